/*
 * saved.h - a trace as bytes.
 *
 *     head | word sizes | lists, each as it is in memory | tables, likewise |
 *     the words' bytes
 *
 * Nothing is translated: what is of another version, another order of bytes or
 * other sizes is not read at all. Each section has a hash in the head, and the
 * head one of itself.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TRACE_SAVED_H
#define TRACE_SAVED_H

#include "state.h"

#define STEMMA_SAVED_MAGIC "stemma trace 1\n"

/* What an order of bytes makes of this number tells which one it is. */
#define STEMMA_SAVED_ORDER 0x01020304u

enum { STEMMA_SAVED_LISTS = 7, STEMMA_SAVED_TABLES = 4 };

/* Sections: these, the sizes of the words, and their bytes. */
enum {
	STEMMA_SAVED_SIZES = STEMMA_SAVED_LISTS + STEMMA_SAVED_TABLES,
	STEMMA_SAVED_BYTES,
	STEMMA_SAVED_SECTIONS
};

struct stemma_saved_head {
	char magic[16];
	uint32_t order;
	uint32_t revision;
	uint64_t counts[STEMMA_SAVED_SECTIONS]; /* of items */
	uint64_t checks[STEMMA_SAVED_SECTIONS];
	uint64_t check; /* of all above */
};

/* A list or table of the trace, and the size of its items. */
struct stemma_saved_list {
	struct stemma_list *list;
	size_t size;
};

static inline void
stemma_saved_lists(struct stemma_saved_list lists[STEMMA_SAVED_LISTS],
	struct stemma_trace *trace)
{
	const struct stemma_saved_list all[STEMMA_SAVED_LISTS] = {
		{&trace->tokens, sizeof(struct stemma_token)},
		{&trace->stream, sizeof(uint32_t)},
		{&trace->passages, sizeof(struct stemma_passage)},
		{&trace->now, sizeof(uint32_t)},
		{&trace->sets, sizeof(struct stemma_set)},
		{&trace->members, sizeof(uint32_t)},
		{&trace->turns, sizeof(struct stemma_turn)}};

	for (size_t k = 0; k < STEMMA_SAVED_LISTS; k++)
		lists[k] = all[k];
}

static inline void
stemma_saved_tables(struct stemma_table *tables[STEMMA_SAVED_TABLES],
	struct stemma_trace *trace)
{
	tables[0] = &trace->keys;
	tables[1] = &trace->sentences;
	tables[2] = &trace->grams;
	tables[3] = &trace->set_keys;
}

/* The hash of the head, without what says it. */
static inline uint64_t
stemma_saved_check(const struct stemma_saved_head *head)
{
	return stemma_hash((struct stemma_view){
		(const char *)head, offsetof(struct stemma_saved_head, check)});
}

_Static_assert(sizeof(struct stemma_token) == 44 &&
		       sizeof(struct stemma_passage) == 64 &&
		       sizeof(struct stemma_slot) == 8 &&
		       sizeof(struct stemma_saved_head) ==
			       24 + 16 * STEMMA_SAVED_SECTIONS + 8,
	"no padding is written");

#endif
