/* SPDX-License-Identifier: MIT */
#include "pairs.h"
#include "seeds.h"

/* Where the seeds of the next pair start. */
static size_t
pair_end(const struct stemma_seeds *seeds, size_t at)
{
	uint64_t key = seeds->seeds[at].key;

	while (at < seeds->count && seeds->seeds[at].key == key)
		at++;
	return at;
}

bool
stemma_pairs_match(struct stemma_matches *matches,
	const struct stemma_corpus *corpus, uint8_t *worth,
	struct stemma_arena *arena)
{
	struct stemma_seeds seeds;
	size_t most = 0;

	if (!stemma_seeds_find(&seeds, corpus, arena))
		return false;
	for (size_t k = 0, next; k < seeds.count; k = next) {
		next = pair_end(&seeds, k);
		if (next - k > most)
			most = next - k;
	}
	if (!stemma_matches_start(matches, corpus, worth, most, arena))
		return false;
	for (size_t k = 0, next; k < seeds.count; k = next) {
		uint64_t key = seeds.seeds[k].key;

		next = pair_end(&seeds, k);
		if (worth && worth[key >> 32] && worth[key & UINT32_MAX])
			continue;
		if (!stemma_matches_add(matches, &seeds.seeds[k], next - k))
			return false;
	}
	return true;
}
