/* SPDX-License-Identifier: MIT */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stemma/base.h>

#define FIRST_SLOTS 256u

/*
 * Open addressing with linear probing. A slot holds all that is needed to know
 * a short string again, so that a word of a text costs one look into memory
 * that is seldom in the cache, not two.
 */
struct slot {
	uint64_t hash;
	uint64_t rest;   /* of the string, beside the hash */
	uint32_t number; /* of the string, plus one; 0: empty */
	uint32_t size;   /* of the string, in bytes, as far as it can tell */
};

struct stemma_intern {
	struct stemma_arena *arena;
	struct slot *slots;
	struct stemma_view *strings;
	uint32_t slot_count;      /* a power of two */
	uint32_t count, capacity; /* of strings */
	uint64_t seed;
};

/* Put what is in the old slots into the new, larger ones. */
static void
move_slots(const struct stemma_intern *table, struct slot *slots,
	uint32_t slot_count)
{
	for (uint32_t k = 0; k < table->slot_count; k++) {
		const struct slot *slot = &table->slots[k];
		uint32_t at = (uint32_t)slot->hash & (slot_count - 1);

		if (!slot->number)
			continue;
		while (slots[at].number)
			at = (at + 1) & (slot_count - 1);
		slots[at] = *slot;
	}
}

/* Have `count` slots. */
static bool
grow(struct stemma_intern *table, uint32_t count)
{
	struct stemma_view *strings;
	struct slot *slots;

	if (count <= table->slot_count || count > UINT32_MAX / 4)
		return false;
	slots = stemma_arena_zalloc(table->arena, count, sizeof *slots);
	strings = stemma_arena_alloc(table->arena, count / 2, sizeof *strings);
	if (!slots || !strings)
		return false;
	move_slots(table, slots, count);
	if (table->count)
		memcpy(strings, table->strings, table->count * sizeof *strings);
	table->slots = slots;
	table->strings = strings;
	table->slot_count = count;
	table->capacity = count / 2;
	return true;
}

struct stemma_intern *
stemma_intern_new(struct stemma_arena *arena)
{
	return stemma_intern_new_for(0, arena);
}

struct stemma_intern *
stemma_intern_new_for(size_t count, struct stemma_arena *arena)
{
	struct stemma_intern *table =
		stemma_arena_zalloc(arena, 1, sizeof *table);
	uint32_t slots = FIRST_SLOTS;

	if (!table)
		return NULL;
	while (slots / 2 < count && slots < UINT32_MAX / 8)
		slots *= 2;
	table->arena = arena;
	table->seed = (uint64_t)(uintptr_t)table * UINT64_C(0x9e3779b97f4a7c15);
	return grow(table, slots) ? table : NULL;
}

static inline uint64_t
load(const char *bytes, size_t size)
{
	uint64_t word = 0;

	memcpy(&word, bytes, size);
	return word;
}

/* Strings up to this size are known by their key alone. */
#define KEY_MAX 16

/* What a slot says of a string. */
struct key {
	uint64_t hash, rest;
	uint32_t size;
};

/*
 * The hash is a reversible mixing of the first eight bytes with the others,
 * which are the rest: two strings of the same size up to KEY_MAX have the same
 * key only if they are the same. The seed is the table's address: which slots
 * are crowded cannot be planned by whoever wrote the text, and what the table
 * tells does not depend on it.
 */
static inline struct key
key_of(const struct stemma_intern *table, struct stemma_view string)
{
	const char *s = string.bytes;
	size_t size = string.size;
	uint64_t bytes = 0, rest = 0;

	if (size > KEY_MAX)
		return (struct key){
			XXH3_64bits_withSeed(s, size, table->seed),
			0,
			size < UINT32_MAX ? (uint32_t)size : UINT32_MAX,
		};
	if (size > 8) {
		bytes = load(s, 8);
		rest = load(s + size - 8, 8);
	} else if (size >= 4)
		bytes = load(s, 4) | load(s + size - 4, 4) << 32;
	else if (size)
		bytes = load(s, 1) | load(s + size / 2, 1) << 8 |
			load(s + size - 1, 1) << 16;
	bytes ^= table->seed + rest * UINT64_C(0xa0761d6478bd642f);
	bytes = (bytes ^ bytes >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	bytes = (bytes ^ bytes >> 32) * UINT64_C(0xd6e8feb86659fd93);
	return (struct key){bytes ^ bytes >> 32, rest, (uint32_t)size};
}

/* The slot of `string`, or the empty one where it would go. */
static inline struct slot *
find_slot(const struct stemma_intern *table, struct stemma_view string,
	struct key key)
{
	uint32_t mask = table->slot_count - 1, at = (uint32_t)key.hash & mask;
	struct slot *slot = &table->slots[at];

	for (; slot->number; slot = &table->slots[at]) {
		if (slot->hash == key.hash && slot->rest == key.rest &&
			slot->size == key.size &&
			(key.size <= KEY_MAX ||
				stemma_view_equal(
					table->strings[slot->number - 1],
					string)))
			break;
		at = (at + 1) & mask;
	}
	return slot;
}

static uint32_t
id_of(struct stemma_intern *table, struct stemma_view string, struct key key)
{
	struct slot *slot = find_slot(table, string, key);

	if (slot->number)
		return slot->number - 1;
	if (table->count == table->capacity) {
		if (!grow(table, table->slot_count * 2))
			return STEMMA_NO_ID;
		slot = find_slot(table, string, key);
	}
	table->strings[table->count] = string;
	*slot = (struct slot){key.hash, key.rest, ++table->count, key.size};
	return slot->number - 1;
}

uint32_t
stemma_intern_id(struct stemma_intern *table, struct stemma_view string)
{
	return id_of(table, string, key_of(table, string));
}

uint32_t
stemma_intern_copy(struct stemma_intern *table, struct stemma_view string)
{
	struct key key = key_of(table, string);
	struct slot *slot = find_slot(table, string, key);
	struct stemma_mark mark;
	uint32_t id;

	if (slot->number)
		return slot->number - 1;
	mark = stemma_arena_mark(table->arena);
	string.bytes = stemma_arena_string(table->arena, string);
	if (!string.bytes)
		return STEMMA_NO_ID;
	id = id_of(table, string, key);
	if (id == STEMMA_NO_ID)
		stemma_arena_rewind(table->arena, mark);
	return id;
}

/* How many look-ups wait for memory at the same time. */
#define BATCH 32

bool
stemma_intern_ids(struct stemma_intern *table, uint32_t *ids,
	const struct stemma_view *strings, size_t count)
{
	struct key keys[BATCH];

	for (; count; count -= count < BATCH ? count : BATCH) {
		size_t batch = count < BATCH ? count : BATCH;

		for (size_t k = 0; k < batch; k++) {
			keys[k] = key_of(table, strings[k]);
			__builtin_prefetch(
				&table->slots[(uint32_t)keys[k].hash &
					      (table->slot_count - 1)]);
		}
		for (size_t k = 0; k < batch; k++) {
			ids[k] = id_of(table, strings[k], keys[k]);
			if (ids[k] == STEMMA_NO_ID)
				return false;
		}
		ids += batch;
		strings += batch;
	}
	return true;
}

uint32_t
stemma_intern_find(const struct stemma_intern *table, struct stemma_view string)
{
	const struct slot *slot =
		find_slot(table, string, key_of(table, string));

	return slot->number ? slot->number - 1 : STEMMA_NO_ID;
}

struct stemma_view
stemma_intern_string(const struct stemma_intern *table, uint32_t id)
{
	return table->strings[id];
}

uint32_t
stemma_intern_count(const struct stemma_intern *table)
{
	return table->count;
}
