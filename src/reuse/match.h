/*
 * match.h - what two units have in common: runs of equal words, chained.
 *
 *     seeds   ····          runs      ├────┤              chain
 *                 ····   →       ├──────┤   ├─────┤   →   ├────┤ ├────┤ ├─────┤
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_MATCH_H
#define REUSE_MATCH_H

#include "corpus.h"
#include "sort.h"

/* Words that a gap between two runs has at most, on either side. */
#define STEMMA_GAP 8

/* `size` equal words. */
struct stemma_match_run {
	uint32_t source, target, size;
};

/* A passage: runs in order on both sides, with small gaps between them. */
struct stemma_match {
	uint32_t source_unit, target_unit; /* of the corpus */
	uint32_t first_run, run_count;
	uint32_t matched; /* words in all of the runs */
};

struct stemma_matches {
	const struct stemma_corpus *corpus;
	struct stemma_match *matches;
	size_t count, capacity;
	struct stemma_match_run *runs; /* of all matches */
	size_t run_count, run_capacity;
	uint8_t *worth;   /* by unit: it would have been looked at; or NULL */
	bool approximate; /* the steps did not suffice somewhere */

	/* The pair of units at hand. */
	uint32_t source_unit, target_unit;
	uint32_t pair;      /* its number, from 1 */
	size_t first_match; /* of its matches */
	uint64_t steps;     /* left for all pairs with this target unit */
	uint32_t *taken[2]; /* by word: the last pair of which it is in a
	                       match, as source and as target; NULL: none yet */
	struct stemma_match_run *found;     /* room for its runs, … */
	struct stemma_match_step *steps_to; /* … what is known of each, … */
	struct stemma_match_rank *ranks;    /* … the best first, … */
	struct stemma_match_run *chain;     /* … and those of one chain */
	struct stemma_arena *arena;
};

/*
 * Start without matches. `seeds` is the most that a pair of units has. With
 * `worth` no match is made: it is marked which units would be looked at. False
 * without memory.
 */
bool stemma_matches_start(struct stemma_matches *matches,
	const struct stemma_corpus *corpus, uint8_t *worth, size_t seeds,
	struct stemma_arena *arena);

/*
 * Add the passages of a pair of units that its seeds lead to, best first, none
 * of which overlaps another on either side. Sorts the seeds. False without
 * memory. O(seeds × ln seeds + words), within the steps.
 */
bool stemma_matches_add(struct stemma_matches *matches,
	struct stemma_sortable *seeds, size_t count);

/*
 * Of a chain of `count` runs, add what is not taken and is enough to be a
 * passage. Changes the chain. False without memory. (chain.c)
 */
bool stemma_chain_add(struct stemma_matches *matches,
	struct stemma_match_run *chain, size_t count);

/*
 * Cut off the front of `next` what `run` has too, and tell how many words lie
 * between them on the side where they are more. False if `next` does not come
 * after `run` within a gap.
 */
bool stemma_match_run_follow(const struct stemma_match_run *run,
	struct stemma_match_run *next, uint32_t *gap);

/*
 * Whether runs in order are a passage, or what could as well be said by two
 * who do not know of each other. (enough.c)
 */
bool stemma_match_enough(const struct stemma_corpus *corpus,
	const struct stemma_match_run *runs, size_t count, uint32_t source_unit,
	uint32_t target_unit);

/* Whether runs of which no more is known are worth a close look. */
bool stemma_match_worth(const struct stemma_match_run *runs, size_t count);

#endif
