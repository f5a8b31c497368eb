/*
 * diff.h - a shortest edit script between two arrays of numbers, bounded; and
 * the heaviest increasing subsequence, which is what "in order" means here.
 *
 *     a   7 3 9 9 4 1            runs   { 0, 0, 2 }   7 3 = 7 3
 *     b   7 3 5 9 4 1    →              { 3, 3, 3 }   9 4 1 = 9 4 1
 *
 * What the numbers mean is the caller's affair.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_DIFF_H
#define STEMMA_SRC_DIFF_H

#include <stemma/base.h>

/* `length` equal numbers from at[0] in a and from at[1] in b on. */
struct stemma_run {
	uint32_t at[2];
	uint32_t length;
};

/* Steps that a search may still take; `reached` tells that one ran out and a
   coarser answer was given. */
struct stemma_budget {
	uint64_t left;
	uint64_t each; /* of them, how many the bounded search may take for each
	                  number of a piece; 0: all that are left. It never
	                  takes less than a few for each */
	bool reached;
};

/* No partner. */
#define STEMMA_UNPAIRED UINT32_MAX

/*
 * The equal stretches of a longest common subsequence of `a` (n numbers) and
 * `b` (m), maximal and in order, into `arena`; `scratch` is left as found.
 *
 * Exact for n * m up to about 10^8 (bit-parallel rows: Crochemore et al. 2001,
 * Hyyrö 2004). Longer inputs are first cut at k-grams that stand once on each
 * side (after Cohen's patience diff), pieces without any go to Myers' (1986)
 * linear-space search, which splits at the furthest point when the budget, or
 * what a piece may take of it, is reached. STEMMA_NOMEM.
 */
enum stemma_code
stemma_diff_make(struct stemma_run **runs, size_t *count, const uint32_t *a,
	size_t n, const uint32_t *b, size_t m, struct stemma_budget *budget,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/* What the heaviest increasing subsequence chooses among. */
struct stemma_step {
	uint32_t key; /* position on the other side; the array is in the order
	                    of this side. Equal keys never both are kept */
	bool kept;    /* the answer */
	uint64_t weight; /* at least 1 */
};

/*
 * Set `kept` for a subsequence with strictly increasing keys whose weights
 * have the largest sum; the first such by a rule that depends only on the
 * input. STEMMA_NOMEM. O(n log n), by a tree of prefix maxima.
 */
enum stemma_code stemma_increasing_heaviest(
	struct stemma_step *steps, size_t count, struct stemma_arena *scratch);

#endif
