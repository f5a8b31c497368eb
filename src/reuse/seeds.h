/*
 * seeds.h - short runs of words that stand twice.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_SEEDS_H
#define REUSE_SEEDS_H

#include "corpus.h"
#include "sort.h"

/*
 * Words from which on some words are the same, as far as a hash tells: `first`
 * is the word in the source, `second` in the target, and the key names their
 * units, target << 32 | source.
 */
struct stemma_seeds {
	struct stemma_sortable *seeds; /* by key */
	size_t count;
};

/*
 * Find the seeds of the corpus. Of what stands in many places, each place is
 * paired with the first and with the one before; longer runs there are looked
 * at on their own. False without memory. O(words).
 */
bool stemma_seeds_find(struct stemma_seeds *seeds,
	const struct stemma_corpus *corpus, struct stemma_arena *arena);

#endif
