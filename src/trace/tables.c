/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "state.h"

/* Whether so many more bytes fit; if so they are counted. */
static bool
spend(struct stemma_account *account, size_t bytes)
{
	if (account->limit && (bytes > account->limit ||
				      account->used > account->limit - bytes))
		return false;
	account->used += bytes;
	return true;
}

bool
stemma_list_reserve(struct stemma_list *list, size_t more, size_t size,
	struct stemma_account *account)
{
	size_t capacity = list->capacity, need = list->count + more;
	void *items;

	if (need <= capacity)
		return true;
	/* An eighth more each time: large lists move, they do not double. */
	capacity += capacity / 8 + 64;
	if (capacity < need)
		capacity = need;
	if (capacity > SIZE_MAX / size)
		return false;
	if (!spend(account, (capacity - list->capacity) * size))
		return false;
	items = realloc(list->items, capacity * size);
	if (!items) {
		account->used -= (capacity - list->capacity) * size;
		return false;
	}
	list->items = items;
	list->capacity = capacity;
	return true;
}

void
stemma_list_free(struct stemma_list *list)
{
	free(list->items);
	*list = (struct stemma_list){0};
}

void
stemma_table_free(struct stemma_table *table)
{
	free(table->slots);
	*table = (struct stemma_table){0};
}

static void
put(struct stemma_slot *slots, size_t capacity, struct stemma_slot slot)
{
	size_t at = slot.tag & (capacity - 1);

	while (slots[at].value)
		at = (at + 1) & (capacity - 1);
	slots[at] = slot;
}

bool
stemma_table_reserve(
	struct stemma_table *table, size_t more, struct stemma_account *account)
{
	size_t capacity = table->capacity ? table->capacity : 64;

	while (capacity / 4 * 3 < table->count + more)
		capacity *= 2;
	return capacity == table->capacity ||
	       stemma_table_resize(table, capacity, account);
}

bool
stemma_table_resize(struct stemma_table *table, size_t capacity,
	struct stemma_account *account)
{
	struct stemma_slot *slots;

	if (!spend(account, (capacity - table->capacity) * sizeof *slots))
		return false;
	slots = calloc(capacity, sizeof *slots);
	if (!slots) {
		account->used -= (capacity - table->capacity) * sizeof *slots;
		return false;
	}
	for (size_t k = 0; k < table->capacity; k++) {
		if (table->slots[k].value)
			put(slots, capacity, table->slots[k]);
	}
	free(table->slots);
	table->slots = slots;
	table->capacity = capacity;
	return true;
}

static uint32_t
tag_of(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

void
stemma_table_put(struct stemma_table *table, uint64_t hash, uint32_t value)
{
	put(table->slots, table->capacity,
		(struct stemma_slot){tag_of(hash), value + 1});
	table->count++;
}

uint32_t
stemma_table_next(
	const struct stemma_table *table, uint64_t hash, size_t *cursor)
{
	uint32_t tag = tag_of(hash);
	const struct stemma_slot *slot;

	if (!table->capacity)
		return STEMMA_NONE;
	for (;; ++*cursor) {
		slot = &table->slots[(tag + *cursor) & (table->capacity - 1)];
		if (!slot->value)
			return STEMMA_NONE;
		if (slot->tag == tag)
			break;
	}
	++*cursor;
	return slot->value - 1;
}

uint64_t
stemma_words_hash(uint64_t hash, uint32_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 29;
}

uint32_t
stemma_passage_find(
	const struct stemma_trace *trace, uint64_t key, size_t bytes)
{
	size_t cursor = 0;
	uint32_t k;

	while ((k = stemma_table_next(&trace->keys, key, &cursor)) !=
		STEMMA_NONE) {
		const struct stemma_passage *p = &stemma_passages(trace)[k];

		if (p->key == key && p->bytes == bytes)
			return k;
	}
	return STEMMA_NONE;
}

uint32_t
stemma_passage_at(const struct stemma_trace *trace, uint32_t at)
{
	const struct stemma_passage *passages = stemma_passages(trace);
	size_t low = 0, high = trace->passages.count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (passages[middle].first <= at)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}
