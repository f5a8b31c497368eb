/*
 * across.h - which words of a revision stood in other stories before they
 * stood in its own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_ACROSS_H
#define STEMMA_CLI_ACROSS_H

#include "past.h"

/*
 * Set blame->across, in the archive's arena, of a past that has been read.
 * `rebuild` makes the index anew first. Returns 0, or STEMMA_EXIT_TROUBLE
 * after a line on stderr.
 */
int stemma_across_find(
	struct stemma_past *past, struct stemma_blame *blame, bool rebuild);

#endif
