/*
 * Which passages came and went with each revision.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "state.h"

const uint32_t *
stemma_set_members(
	const struct stemma_trace *trace, uint32_t set, uint32_t *count)
{
	const struct stemma_set *sets = trace->sets.items;
	const uint32_t *members = trace->members.items;

	*count = sets[set].count;
	return *count ? members + sets[set].first : NULL;
}

/* Where there are no members yet, there is nothing to count from either. */
static uint64_t
hash_of(const uint32_t *members, size_t first, size_t count)
{
	if (!count)
		return 0;
	return stemma_hash((struct stemma_view){
		(const char *)(members + first), count * sizeof *members});
}

static bool
are_alike(const uint32_t *members, size_t one, size_t other, size_t count)
{
	return !count ||
	       !memcmp(members + one, members + other, count * sizeof *members);
}

uint32_t
stemma_set_close(struct stemma_trace *trace, size_t first)
{
	struct stemma_set *sets = trace->sets.items;
	const uint32_t *members = trace->members.items;
	size_t count = trace->members.count - first, cursor = 0;
	uint64_t hash = hash_of(members, first, count);
	uint32_t set;

	while ((set = stemma_table_next(&trace->set_keys, hash, &cursor)) !=
		STEMMA_NONE) {
		if (sets[set].count == count &&
			are_alike(members, sets[set].first, first, count)) {
			trace->members.count = first;
			return set;
		}
	}
	set = (uint32_t)trace->sets.count++;
	sets[set] = (struct stemma_set){(uint32_t)first, (uint32_t)count};
	stemma_table_put(&trace->set_keys, hash, set);
	return set;
}
