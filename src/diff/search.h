/*
 * search.h - the searches that stemma_diff_make() chooses among. All write
 * partners: for a position of a, the position of b that it equals.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_DIFF_SEARCH_H
#define STEMMA_SRC_DIFF_SEARCH_H

#include "diff/diff.h"

/* A piece of the problem: numbers and where they stood in the whole. */
struct stemma_piece {
	const uint32_t *ids[2];
	const uint32_t *places[2]; /* positions in the whole input */
	uint32_t counts[2];
};

/* Whether the exact search is cheap enough for a piece of this size. */
bool stemma_diff_bits_fit(size_t n, size_t m);

/* Exact, in n * m / 64 steps. STEMMA_NOMEM. */
enum stemma_code stemma_diff_bits(const struct stemma_piece *piece,
	uint32_t *partners, struct stemma_arena *scratch);

/*
 * Anchors of a piece: k-grams that stand once on each side, grown to both
 * sides, thinned to the heaviest that are in order. `runs` lie in `scratch`,
 * in the piece's own positions. STEMMA_NOMEM.
 */
enum stemma_code stemma_diff_anchors(struct stemma_run **runs, size_t *count,
	const struct stemma_piece *piece, uint32_t gram,
	struct stemma_arena *scratch);

/* Linear space, bounded by the budget. STEMMA_NOMEM. */
enum stemma_code
stemma_diff_myers(const struct stemma_piece *piece, uint32_t *partners,
	struct stemma_budget *budget, struct stemma_arena *scratch);

#endif
