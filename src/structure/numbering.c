/* SPDX-License-Identifier: MIT */
#include "numbering.h"

#define FIRST_SLOTS 1024

/* Spread the hash over the slots: only its low bits choose one. */
static uint32_t
slot_of(uint32_t hash, uint32_t mask)
{
	return (hash * 0x9e3779b1u >> 7) & mask;
}

static bool
grow(struct stemma_numbering *numbering, uint32_t slots)
{
	struct stemma_arena *arena = numbering->arena;
	uint32_t *hashes = stemma_arena_alloc(arena, slots, sizeof *hashes);
	uint32_t *numbers = stemma_arena_zalloc(arena, slots, sizeof *numbers);

	if (!hashes || !numbers)
		return false;
	for (uint32_t k = 0; k < numbering->slots; k++) {
		uint32_t at = slot_of(numbering->hashes[k], slots - 1);

		if (!numbering->numbers[k])
			continue;
		while (numbers[at])
			at = (at + 1) & (slots - 1);
		hashes[at] = numbering->hashes[k];
		numbers[at] = numbering->numbers[k];
	}
	numbering->hashes = hashes;
	numbering->numbers = numbers;
	numbering->slots = slots;
	return true;
}

bool
stemma_numbering_init(
	struct stemma_numbering *numbering, struct stemma_arena *arena)
{
	*numbering = (struct stemma_numbering){.arena = arena};
	return grow(numbering, FIRST_SLOTS);
}

uint32_t
stemma_numbering_of(struct stemma_numbering *numbering, uint32_t hash)
{
	uint32_t mask, at;

	if (numbering->count * 2 >= numbering->slots &&
		!grow(numbering, numbering->slots * 2))
		return STEMMA_NO_ID;
	mask = numbering->slots - 1;
	at = slot_of(hash, mask);
	while (numbering->numbers[at]) {
		if (numbering->hashes[at] == hash)
			return numbering->numbers[at] - 1;
		at = (at + 1) & mask;
	}
	numbering->hashes[at] = hash;
	numbering->numbers[at] = ++numbering->count;
	return numbering->count - 1;
}
