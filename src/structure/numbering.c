/* SPDX-License-Identifier: MIT */
#include "numbering.h"

#define LEAST_SLOTS 64u

/* Spread the hash over the slots: only its low bits choose one. */
static uint32_t
slot_of(uint32_t hash, uint32_t mask)
{
	return (hash * 0x9e3779b1u >> 7) & mask;
}

static bool
grow(struct stemma_numbering *numbering, uint32_t count)
{
	const struct stemma_numbering_slot *old = numbering->slots;
	struct stemma_numbering_slot *slots =
		stemma_arena_zalloc(numbering->arena, count, sizeof *slots);

	if (!slots)
		return false;
	for (uint32_t k = 0; k < numbering->slot_count; k++) {
		uint32_t at = slot_of(old[k].hash, count - 1);

		if (!old[k].number)
			continue;
		while (slots[at].number)
			at = (at + 1) & (count - 1);
		slots[at] = old[k];
	}
	numbering->slots = slots;
	numbering->slot_count = count;
	return true;
}

bool
stemma_numbering_init(struct stemma_numbering *numbering, size_t expected,
	struct stemma_arena *arena)
{
	uint32_t count = LEAST_SLOTS;

	while (count / 2 <= expected && count < 1u << 31)
		count *= 2;
	*numbering = (struct stemma_numbering){.arena = arena};
	return grow(numbering, count);
}

uint32_t
stemma_numbering_of(struct stemma_numbering *numbering, uint32_t hash)
{
	struct stemma_numbering_slot *slot;
	uint32_t mask, at;

	if (numbering->count * 2 >= numbering->slot_count &&
		!grow(numbering, numbering->slot_count * 2))
		return STEMMA_NO_ID;
	mask = numbering->slot_count - 1;
	at = slot_of(hash, mask);
	for (slot = &numbering->slots[at]; slot->number;
		slot = &numbering->slots[at]) {
		if (slot->hash == hash)
			return slot->number - 1;
		at = (at + 1) & mask;
	}
	*slot = (struct stemma_numbering_slot){hash, ++numbering->count};
	return slot->number - 1;
}
