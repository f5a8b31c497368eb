/*
 * summary.h - what happened, in words: one line for the terminal, and the
 * pieces of it for others.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_SUMMARY_H
#define STEMMA_RENDER_SUMMARY_H

#include <stemma/base.h>
#include <stemma/compare.h>

/*
 * "1 paragraph edited, 65 added, 1 removed; edits: +5 -4 words", and what is
 * hidden or approximate, without an end of line. Never empty.
 */
void stemma_summary_write(
	struct stemma_out *out, const struct stemma_comparison *comparison);

/* "1 paragraph", "7 sentences": units as the documents have them. */
void stemma_summary_units(struct stemma_out *out,
	const struct stemma_comparison *comparison, uint64_t count);

/* Why two texts without a visible difference are not the same; or that they
   are. Static. */
const char *stemma_summary_same(const struct stemma_comparison *comparison);

#endif
