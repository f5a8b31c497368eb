/*
 * repeats.h - how much of a block stands, word for word, in blocks before it:
 * stories do not repeat themselves, but they do repeat one another.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_REPEATS_H
#define STRUCTURE_REPEATS_H

#include "page.h"

struct stemma_repeat {
	uint32_t distance; /* in blocks, back to where it stood */
	float share;       /* of the words of the later block */
};

struct stemma_repeats {
	struct stemma_repeat *repeats;
	uint32_t *first; /* by block: its first repeat; one more at the end */
};

/*
 * Runs of six words or more that stand in one of the `window` blocks before.
 * STEMMA_NOMEM. O(tokens).
 */
enum stemma_code stemma_repeats_find(struct stemma_repeats *repeats,
	const struct stemma_page *page, uint32_t window,
	struct stemma_arena *arena);

#endif
