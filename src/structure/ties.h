/*
 * ties.h - how alike blocks of a page are: the cosine of their sets of terms,
 * weighted by rarity, for blocks at most STEMMA_TIES_WINDOW apart.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_TIES_H
#define STRUCTURE_TIES_H

#include "page.h"

#define STEMMA_TIES_WINDOW 60

struct stemma_ties {
	float *alike; /* [block × WINDOW + distance - 1]: with blocks before */
	float *best;  /* by block: the largest of the 12 blocks before */
	uint32_t *whose; /* by block: which one that is, or STEMMA_NONE */
};

/* STEMMA_NOMEM. O(mentions × how often they recur within the window). */
enum stemma_code stemma_ties_make(struct stemma_ties *ties,
	const struct stemma_page *page, struct stemma_arena *arena);

/* How alike block `a` is to an earlier block `b`; 0 beyond the window. */
static inline float
stemma_ties_alike(const struct stemma_ties *ties, uint32_t a, uint32_t b)
{
	return a > b && a - b <= STEMMA_TIES_WINDOW
		       ? ties->alike[(size_t)a * STEMMA_TIES_WINDOW +
				     (a - b - 1)]
		       : 0;
}

#endif
