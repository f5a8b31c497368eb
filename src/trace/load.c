/*
 * A trace made again from bytes that may be anything: what its own code relies
 * on is made sure of here.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "saved.h"

struct reading {
	struct stemma_trace *trace;
	struct stemma_saved_head head;
	struct stemma_view sections[STEMMA_SAVED_SECTIONS];
};

/* The sizes of one item of the sections. */
static size_t
item_size(struct reading *reading, size_t section)
{
	struct stemma_saved_list lists[STEMMA_SAVED_LISTS];

	if (section == STEMMA_SAVED_BYTES)
		return 1;
	if (section == STEMMA_SAVED_SIZES)
		return sizeof(uint32_t);
	if (section >= STEMMA_SAVED_LISTS)
		return sizeof(struct stemma_slot);
	stemma_saved_lists(lists, reading->trace);
	return lists[section].size;
}

/* Cut the bytes into sections, and see that each is as it was written. */
static enum stemma_code
read_sections(struct reading *reading, struct stemma_view saved)
{
	struct stemma_saved_head *head = &reading->head;
	struct stemma_view rest = saved;

	if (saved.size < sizeof *head)
		return STEMMA_CORRUPT;
	memcpy(head, saved.bytes, sizeof *head);
	if (memcmp(head->magic, STEMMA_SAVED_MAGIC, sizeof head->magic) != 0 ||
		head->order != STEMMA_SAVED_ORDER)
		return STEMMA_UNSUPPORTED;
	if (head->check != stemma_saved_check(head))
		return STEMMA_CORRUPT;
	rest.bytes += sizeof *head;
	rest.size -= sizeof *head;
	for (size_t k = 0; k < STEMMA_SAVED_SECTIONS; k++) {
		size_t size = item_size(reading, k);

		if (head->counts[k] > rest.size / size ||
			head->counts[k] >= STEMMA_SENTENCE_END)
			return STEMMA_CORRUPT;
		size *= (size_t)head->counts[k];
		reading->sections[k] = (struct stemma_view){rest.bytes, size};
		if (stemma_hash(reading->sections[k]) != head->checks[k])
			return STEMMA_CORRUPT;
		rest.bytes += size;
		rest.size -= size;
	}
	return rest.size ? STEMMA_CORRUPT : STEMMA_OK;
}

static enum stemma_code
read_words(struct reading *reading)
{
	const char *sizes = reading->sections[STEMMA_SAVED_SIZES].bytes;
	struct stemma_view rest = reading->sections[STEMMA_SAVED_BYTES];
	struct stemma_intern *words = reading->trace->words;

	for (uint32_t id = 0; id < reading->head.counts[STEMMA_SAVED_SIZES];
		id++) {
		uint32_t size, got;

		memcpy(&size, sizes + id * sizeof size, sizeof size);
		if (size > rest.size)
			return STEMMA_CORRUPT;
		got = stemma_intern_copy(
			words, (struct stemma_view){rest.bytes, size});
		if (got == STEMMA_NO_ID)
			return STEMMA_NOMEM;
		/* The same word twice. */
		if (got != id)
			return STEMMA_CORRUPT;
		rest.bytes += size;
		rest.size -= size;
	}
	return rest.size ? STEMMA_CORRUPT : STEMMA_OK;
}

static bool
read_list(struct reading *reading, size_t section)
{
	struct stemma_saved_list lists[STEMMA_SAVED_LISTS];
	struct stemma_view from = reading->sections[section];
	size_t count = (size_t)reading->head.counts[section];
	struct stemma_list *list;

	stemma_saved_lists(lists, reading->trace);
	list = lists[section].list;
	if (!stemma_list_reserve(
		    list, count, lists[section].size, &reading->trace->account))
		return false;
	if (count)
		memcpy(list->items, from.bytes, from.size);
	list->count = count;
	return true;
}

/* A table whose values are below `bound`, and which has a free slot at which a
   search ends. */
static enum stemma_code
read_table(struct reading *reading, size_t k, size_t bound)
{
	struct stemma_view from = reading->sections[STEMMA_SAVED_LISTS + k];
	size_t capacity = (size_t)reading->head.counts[STEMMA_SAVED_LISTS + k];
	struct stemma_table *tables[STEMMA_SAVED_TABLES], *table;

	stemma_saved_tables(tables, reading->trace);
	table = tables[k];
	if (capacity & (capacity - 1) || (capacity && capacity < 4))
		return STEMMA_CORRUPT;
	if (!capacity)
		return STEMMA_OK;
	if (!stemma_table_resize(table, capacity, &reading->trace->account))
		return STEMMA_NOMEM;
	memcpy(table->slots, from.bytes, from.size);
	for (size_t at = 0; at < capacity; at++) {
		if (table->slots[at].value > bound)
			return STEMMA_CORRUPT;
		table->count += table->slots[at].value != 0;
	}
	return table->count < capacity ? STEMMA_OK : STEMMA_CORRUPT;
}

static enum stemma_code
read_tables(struct reading *reading)
{
	const struct stemma_trace *trace = reading->trace;
	const size_t bounds[STEMMA_SAVED_TABLES] = {trace->passages.count,
		trace->stream.count, trace->stream.count, trace->sets.count};
	enum stemma_code code = STEMMA_OK;

	for (size_t k = 0; k < STEMMA_SAVED_TABLES && code == STEMMA_OK; k++)
		code = read_table(reading, k, bounds[k]);
	return code;
}

static bool
are_below(const uint32_t *numbers, size_t count, uint32_t mask, size_t bound)
{
	bool good = true;

	for (size_t k = 0; k < count; k++)
		good &= (numbers[k] & mask) < bound;
	return good;
}

static bool
check_tokens(const struct stemma_trace *trace)
{
	uint32_t words = stemma_intern_count(trace->words);
	bool good = true;

	for (size_t k = 0; k < trace->tokens.count; k++) {
		const struct stemma_token *t = &stemma_tokens(trace)[k];

		good &= t->word < words && t->root <= k && t->revision &&
			t->revision <= trace->revision &&
			t->reformatted <= trace->revision &&
			t->restored <= trace->revision && !t->holder;
	}
	return good;
}

/* They lie in the stream one after the other, and come from older ones. */
static bool
check_passages(const struct stemma_trace *trace)
{
	size_t end = 0;

	for (size_t k = 0; k < trace->passages.count; k++) {
		const struct stemma_passage *p = &stemma_passages(trace)[k];

		if (p->first != end || p->count > trace->stream.count - end)
			return false;
		end += p->count;
		if ((p->parent != STEMMA_NONE && p->parent >= k) ||
			!p->revision || p->revision > trace->revision ||
			!p->seen || p->seen > p->revision ||
			p->last > trace->revision)
			return false;
	}
	return end == trace->stream.count;
}

static bool
check_sets(const struct stemma_trace *trace)
{
	const struct stemma_set *sets = trace->sets.items;
	size_t members = trace->members.count;

	for (size_t k = 0; k < trace->sets.count; k++) {
		if (sets[k].first > members ||
			sets[k].count > members - sets[k].first)
			return false;
	}
	return trace->turns.count == trace->revision &&
	       are_below(trace->turns.items, 2 * trace->turns.count, UINT32_MAX,
		       trace->sets.count) &&
	       are_below(trace->members.items, members, UINT32_MAX,
		       trace->passages.count);
}

static bool
check(const struct stemma_trace *trace)
{
	return check_tokens(trace) && check_passages(trace) &&
	       check_sets(trace) &&
	       are_below(trace->stream.items, trace->stream.count,
		       ~STEMMA_SENTENCE_END, trace->tokens.count) &&
	       are_below(trace->now.items, trace->now.count, UINT32_MAX,
		       trace->passages.count);
}

enum stemma_code
stemma_trace_load(
	struct stemma_trace **trace, struct stemma_view saved, size_t limit)
{
	struct reading reading = {.trace = stemma_trace_new(limit)};
	enum stemma_code code;

	*trace = NULL;
	if (!reading.trace)
		return STEMMA_NOMEM;
	code = read_sections(&reading, saved);
	if (code == STEMMA_OK)
		code = read_words(&reading);
	for (size_t k = 0; k < STEMMA_SAVED_LISTS && code == STEMMA_OK; k++) {
		if (!read_list(&reading, k))
			code = STEMMA_NOMEM;
	}
	if (code == STEMMA_OK)
		code = read_tables(&reading);
	reading.trace->revision = reading.head.revision;
	if (code == STEMMA_OK && !check(reading.trace))
		code = STEMMA_CORRUPT;
	if (code == STEMMA_OK)
		*trace = reading.trace;
	else
		stemma_trace_free(reading.trace);
	return code;
}
