/*
 * pairs.h - what a block adds to a story that started at an earlier block.
 *
 *     score of a story [s, e) = start(s) + Σ pair(s, p) for s ≤ p < e
 *                               + length(e - s)
 *
 * pair(s, p) is a sum of features, each with its weight. Most of them, taken
 * over all starts s, change only where something of p stood before: so they are
 * written as steps of the weighted sum, and the cost follows the repetitions.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_PAIRS_H
#define STRUCTURE_PAIRS_H

#include "features.h"
#include "repeats.h"

/* The most blocks that a story has. */
#define STEMMA_STORY_MAX 90

/* clang-format off */
#define STEMMA_PAIRS(X)                                                        \
	/* Written as steps: how much likelier its words, names are, as ln */  \
	X(COHESION_WORDS) X(COHESION_NAMES)                                    \
	/* words again, smoothed more */                                       \
	X(COHESION_FAR)                                                        \
	/* names not introduced in this story */                               \
	X(BARE_A) X(BARE_B) X(TITLED_FIRST)                                    \
	/* names introduced again, and with their title */                     \
	X(FULL_NEAR) X(FULL_FAR) X(TITLED_LATER) X(FULL_TITLED)                \
	/* Written as they are: hardly like the first two; how like, as ln */  \
	X(LEDE_LOOSE) X(LEDE_LINK)                                             \
	/* the same of any of the ten before */                                \
	X(LOOSE) X(LINK)                                                       \
	/* share of it that this story has already; a fifth of it; half */     \
	X(REPEATED) X(REPEATED_SOME) X(REPEATED_HALF)
/* clang-format on */

#define STEMMA_PAIR_ENUM(name) STEMMA_P_##name,
enum { STEMMA_PAIRS(STEMMA_PAIR_ENUM) STEMMA_PAIR_COUNT };

/* What pair features are made from; made once for a page. */
struct stemma_pairs {
	const struct stemma_reading *reading;
	struct stemma_repeats repeats;
	double *logs;        /* [n]: Σ ln(k + smoothing) for k < n */
	double *logs_far;    /* the same, smoothed more */
	uint32_t *tokens[2]; /* [block]: words, names in the blocks before */
	uint32_t totals[2];  /* on the page */
};

/* STEMMA_NOMEM. O(tokens). */
enum stemma_code stemma_pairs_init(struct stemma_pairs *pairs,
	const struct stemma_reading *reading, struct stemma_arena *arena);

/*
 * Fill `row`[d] with what block `p` adds to a story that started `d` blocks
 * before it, for all d below the count that is returned. `weights` are those of
 * the features, STEMMA_PAIR_COUNT; one feature alone comes from a weight of 1
 * among weights of 0.
 */
uint32_t stemma_pairs_score(float row[STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, const float *weights, uint32_t p);

#endif
