/*
 * decode.h - the best cut of a page into stories, and how probable each start
 * is over all cuts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_DECODE_H
#define STRUCTURE_DECODE_H

#include "pairs.h"

/*
 * Scores of all stories of a page: `starts`[s] that one starts at block s, and
 * `spans`[p × MAX + d] what the blocks from p - d to p have in common.
 */
struct stemma_scores {
	size_t blocks;
	float *starts;
	float *spans;
	/* What a story of so many blocks gets, up to how many the page has; and
	   one of the most. */
	double lengths[STEMMA_STORY_MAX + 1];
};

/* STEMMA_NOMEM. O(tokens + blocks × STEMMA_STORY_MAX). */
enum stemma_code stemma_scores_make(struct stemma_scores *scores,
	const struct stemma_reading *reading, struct stemma_arena *arena);

/*
 * Mark the starts of the best cut in `cuts`, one byte a block, when each start
 * gets `bonus` on top of its score; returns how many. `scratch` is left as it
 * was found; 0 without memory.
 */
size_t stemma_scores_cut(uint8_t *cuts, const struct stemma_scores *scores,
	float bonus, struct stemma_arena *scratch);

/*
 * The probability of each start, into `chances`, one a block.
 * STEMMA_NOMEM.
 */
enum stemma_code stemma_scores_chances(float *chances,
	const struct stemma_scores *scores, struct stemma_arena *scratch);

#endif
