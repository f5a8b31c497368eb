/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/base.h>

#define FIRST_SLOTS 256u

struct entry {
	struct stemma_view string;
	uint64_t hash;
};

/*
 * Open addressing with linear probing. A slot holds an entry's number plus
 * one, and the high half of its hash, so that a probe rarely leaves the slots.
 */
struct slot {
	uint32_t number;
	uint32_t tag;
};

struct stemma_intern {
	struct stemma_arena *arena;
	struct slot *slots;
	struct entry *entries;
	uint32_t slot_count; /* a power of two */
	uint32_t entry_count;
	uint32_t entry_capacity;
};

static bool
grow(struct stemma_intern *table)
{
	uint32_t count =
		table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
	struct entry *entries;
	struct slot *slots;

	if (count < table->slot_count || count > UINT32_MAX / 4)
		return false;
	slots = stemma_arena_zalloc(table->arena, count, sizeof *slots);
	entries = stemma_arena_alloc(table->arena, count / 2, sizeof *entries);
	if (!slots || !entries)
		return false;
	if (table->entry_count)
		memcpy(entries, table->entries,
			table->entry_count * sizeof *entries);
	for (uint32_t k = 0; k < table->entry_count; k++) {
		uint32_t at = (uint32_t)entries[k].hash & (count - 1);

		while (slots[at].number)
			at = (at + 1) & (count - 1);
		slots[at].number = k + 1;
		slots[at].tag = (uint32_t)(entries[k].hash >> 32);
	}
	table->slots = slots;
	table->entries = entries;
	table->slot_count = count;
	table->entry_capacity = count / 2;
	return true;
}

struct stemma_intern *
stemma_intern_new(struct stemma_arena *arena)
{
	struct stemma_intern *table =
		stemma_arena_zalloc(arena, 1, sizeof *table);

	if (!table)
		return NULL;
	table->arena = arena;
	return grow(table) ? table : NULL;
}

/* The slot of `string`, or the empty one where it would go. */
static struct slot *
find_slot(const struct stemma_intern *table, struct stemma_view string,
	uint64_t hash)
{
	uint32_t mask = table->slot_count - 1, tag = (uint32_t)(hash >> 32);
	uint32_t at = (uint32_t)hash & mask;

	while (table->slots[at].number) {
		const struct slot *slot = &table->slots[at];

		if (slot->tag == tag &&
			stemma_view_equal(
				table->entries[slot->number - 1].string,
				string))
			break;
		at = (at + 1) & mask;
	}
	return &table->slots[at];
}

uint32_t
stemma_intern_id(struct stemma_intern *table, struct stemma_view string)
{
	uint64_t hash = stemma_hash(string);
	struct slot *slot = find_slot(table, string, hash);

	if (slot->number)
		return slot->number - 1;
	if (table->entry_count == table->entry_capacity) {
		if (!grow(table))
			return STEMMA_NO_ID;
		slot = find_slot(table, string, hash);
	}
	table->entries[table->entry_count] = (struct entry){string, hash};
	slot->number = ++table->entry_count;
	slot->tag = (uint32_t)(hash >> 32);
	return slot->number - 1;
}

uint32_t
stemma_intern_find(const struct stemma_intern *table, struct stemma_view string)
{
	const struct slot *slot = find_slot(table, string, stemma_hash(string));

	return slot->number ? slot->number - 1 : STEMMA_NO_ID;
}

struct stemma_view
stemma_intern_string(const struct stemma_intern *table, uint32_t id)
{
	return table->entries[id].string;
}

uint32_t
stemma_intern_count(const struct stemma_intern *table)
{
	return table->entry_count;
}
