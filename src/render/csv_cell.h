/*
 * csv_cell.h - cells of CSV (RFC 4180) that a spreadsheet shows and never runs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_CSV_CELL_H
#define STEMMA_RENDER_CSV_CELL_H

#include <stemma/base.h>

/*
 * Any UTF-8 as a quoted cell. What a spreadsheet could take for a formula gets
 * an apostrophe before it, and so does what begins with one; so whoever drops
 * one apostrophe at the start of a cell has the text. A NUL, which no reader
 * of CSV gets through, becomes U+FFFD.
 */
void stemma_csv_text(struct stemma_out *out, struct stemma_view text);

#endif
