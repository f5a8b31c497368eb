/*
 * pairs.h - a corpus, pair of units by pair of units.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_PAIRS_H
#define REUSE_PAIRS_H

#include "match.h"

/*
 * Find the matches of all pairs of units that have seeds in common. With
 * `worth` none is made: it is only marked, by unit of the corpus, which of them
 * would be looked at closely. False without memory.
 */
bool stemma_pairs_match(struct stemma_matches *matches,
	const struct stemma_corpus *corpus, uint8_t *worth,
	struct stemma_arena *arena);

#endif
