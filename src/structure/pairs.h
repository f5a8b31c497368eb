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

enum {
	/* Written as steps. */
	STEMMA_P_COHESION_WORDS, /* ln of how much likelier its words are */
	STEMMA_P_COHESION_NAMES,
	STEMMA_P_COHESION_FAR, /* words again, smoothed more */
	STEMMA_P_BARE_A,       /* names not introduced in this story */
	STEMMA_P_BARE_B,
	STEMMA_P_TITLED_FIRST,
	STEMMA_P_FULL_NEAR, /* names introduced again */
	STEMMA_P_FULL_FAR,
	STEMMA_P_TITLED_LATER,
	STEMMA_P_STEPS,
	/* Written as they are. */
	STEMMA_P_LEDE_LOOSE = STEMMA_P_STEPS, /* hardly like the first two */
	STEMMA_P_LEDE_LINK,                   /* ln of how like them */
	STEMMA_P_LOOSE,         /* hardly like any of the ten before */
	STEMMA_P_LINK,          /* ln of how like one of them */
	STEMMA_P_REPEATED,      /* share of it that this story has already */
	STEMMA_P_REPEATED_SOME, /* whether that is a fifth, */
	STEMMA_P_REPEATED_HALF, /* or half */
	STEMMA_PAIR_COUNT
};

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
