/* SPDX-License-Identifier: MIT */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

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
	uint64_t seed;
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
	table->seed = (uint64_t)(uintptr_t)table * UINT64_C(0x9e3779b97f4a7c15);
	return grow(table) ? table : NULL;
}

/*
 * The hash of up to eight bytes is a reversible mixing of them: two of the same
 * size have the same hash only if they are the same, so most words are found
 * without a look at their text. The seed is the table's address: which slots
 * are crowded cannot be planned by whoever wrote the text, and what the table
 * tells does not depend on it.
 */
static inline uint64_t
hash_of(const struct stemma_intern *table, struct stemma_view string)
{
	uint64_t bytes = 0;

	if (string.size > 8)
		return XXH3_64bits_withSeed(
			string.bytes, string.size, table->seed);
	if (string.size >= 4) {
		uint32_t low, high;

		memcpy(&low, string.bytes, 4);
		memcpy(&high, string.bytes + string.size - 4, 4);
		bytes = (uint64_t)high << (string.size - 4) * 8 | low;
	} else {
		for (size_t k = 0; k < string.size; k++)
			bytes |= (uint64_t)(unsigned char)string.bytes[k]
				 << 8 * k;
	}
	bytes = (bytes ^ table->seed) * UINT64_C(0x9e3779b97f4a7c15);
	bytes = (bytes ^ bytes >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return bytes ^ bytes >> 32;
}

static inline bool
is_string(const struct entry *entry, struct stemma_view string, uint64_t hash)
{
	return entry->hash == hash && entry->string.size == string.size &&
	       (string.size <= 8 || memcmp(entry->string.bytes, string.bytes,
					    string.size) == 0);
}

/* The slot of `string`, or the empty one where it would go. */
static inline struct slot *
find_slot(const struct stemma_intern *table, struct stemma_view string,
	uint64_t hash)
{
	uint32_t mask = table->slot_count - 1, tag = (uint32_t)(hash >> 32);
	uint32_t at = (uint32_t)hash & mask;

	while (table->slots[at].number) {
		const struct slot *slot = &table->slots[at];

		if (slot->tag == tag &&
			is_string(&table->entries[slot->number - 1], string,
				hash))
			break;
		at = (at + 1) & mask;
	}
	return &table->slots[at];
}

uint32_t
stemma_intern_id(struct stemma_intern *table, struct stemma_view string)
{
	uint64_t hash = hash_of(table, string);
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
	const struct slot *slot =
		find_slot(table, string, hash_of(table, string));

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
