/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

static uint64_t *
slot_of(const struct stemma_set *set, uint64_t hash)
{
	uint32_t at = (uint32_t)(hash ^ hash >> 32) & (set->room - 1);

	while (set->slots[at] && set->slots[at] != hash)
		at = (at + 1) & (set->room - 1);
	return &set->slots[at];
}

static bool
grow(struct stemma_set *set, struct stemma_arena *arena)
{
	struct stemma_set old = *set;

	if (set->room > UINT32_MAX / 2)
		return false;
	set->room = old.room ? old.room * 2 : 256;
	set->slots = stemma_arena_zalloc(arena, set->room, sizeof *set->slots);
	if (!set->slots) {
		*set = old;
		return false;
	}
	for (uint32_t k = 0; k < old.room; k++)
		if (old.slots[k])
			*slot_of(set, old.slots[k]) = old.slots[k];
	return true;
}

enum stemma_code
stemma_set_add(struct stemma_set *set, bool *added, uint64_t hash,
	struct stemma_arena *arena)
{
	uint64_t *slot;

	if (!hash) {
		*added = !set->zero;
		set->zero = true;
		return STEMMA_OK;
	}
	if (set->count >= set->room / 2 && !grow(set, arena))
		return STEMMA_NOMEM;
	slot = slot_of(set, hash);
	*added = !*slot;
	if (*added)
		set->count++;
	*slot = hash;
	return STEMMA_OK;
}
