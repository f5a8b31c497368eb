/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "repeats.h"

/* Words of a run. */
#define RUN 6

/* Places of one run that are looked at, newest first: more is boilerplate. */
#define PLACES 6

/* The most slots of the table: it holds what is near, and stays in the cache. */
#define SLOTS_MOST (1u << 15)

/* Earlier blocks that a block is remembered to repeat. */
#define SOURCES 4

/* Where a run stood; runs of one slot of the table are chained. */
struct place {
	uint32_t token;
	uint32_t block;
	uint32_t previous; /* index of a place plus one; 0: none */
};

struct index {
	uint32_t *forms; /* by token */
	uint8_t *often;  /* by form: whether it stands on the page again */
	uint32_t *slots; /* the newest place plus one; 0: none */
	uint32_t mask;
	struct place *places;
	uint32_t count;
};

/* How much of the block at hand was found in one earlier block. */
struct source {
	uint32_t block;
	uint32_t covered; /* words */
	uint32_t end;     /* token up to which they are counted */
};

static uint32_t
slot_of(const struct index *index, uint32_t token)
{
	const uint32_t *forms = &index->forms[token];
	const uint64_t factor = 0x9e3779b97f4a7c15u;
	uint64_t hash = forms[0] * factor;

	/* Written out: a loop costs as much as what is in it. */
	_Static_assert(RUN == 6, "write as many");
	hash = (hash ^ forms[1]) * factor;
	hash = (hash ^ forms[2]) * factor;
	hash = (hash ^ forms[3]) * factor;
	hash = (hash ^ forms[4]) * factor;
	hash = (hash ^ forms[5]) * factor;
	return (uint32_t)(hash >> 40) & index->mask;
}

static bool
is_same(const struct index *index, uint32_t a, uint32_t b)
{
	return memcmp(&index->forms[a], &index->forms[b],
		       RUN * sizeof *index->forms) == 0;
}

static void
cover(struct source *sources, size_t *count, uint32_t block, uint32_t token)
{
	struct source *source = sources;
	uint32_t from;

	while (source < sources + *count && source->block != block)
		source++;
	if (source == sources + SOURCES)
		return;
	if (source == sources + *count) {
		*source = (struct source){.block = block};
		++*count;
	}
	from = source->end > token ? source->end : token;
	source->covered += token + RUN - from;
	source->end = token + RUN;
}

/* Look up the run at `token`. */
static void
look_up(const struct index *index, uint32_t slot, uint32_t token,
	uint32_t block, uint32_t window, struct source *sources, size_t *count)
{
	uint32_t at = index->slots[slot];

	for (unsigned k = 0; at && k < PLACES; k++) {
		const struct place *place = &index->places[at - 1];

		if (block - place->block > window)
			break;
		if (place->block != block &&
			is_same(index, token, place->token))
			cover(sources, count, place->block, token);
		at = place->previous;
	}
}

/* Look up the runs of block `b`, and remember them. One with a form that stands
   nowhere else was not there before. */
static void
meet(struct index *index, const struct stemma_block *block, uint32_t b,
	uint32_t window, struct source *sources, size_t *count)
{
	uint32_t end = block->first_token + block->token_count;
	uint32_t again = 0; /* forms in a row that do */

	for (uint32_t k = block->first_token; k < end; k++) {
		uint32_t token = k + 1 - RUN, slot;

		again = index->often[index->forms[k]] ? again + 1 : 0;
		if (k + 1 < block->first_token + RUN)
			continue;
		slot = slot_of(index, token);
		if (again >= RUN)
			look_up(index, slot, token, b, window, sources, count);
		index->places[index->count] =
			(struct place){token, b, index->slots[slot]};
		index->slots[slot] = ++index->count;
	}
}

static bool
make_index(struct index *index, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	uint32_t slots = 1024;
	uint8_t *met;

	while (slots < page->token_count && slots < SLOTS_MOST)
		slots *= 2;
	index->mask = slots - 1;
	index->count = 0;
	index->slots = stemma_arena_zalloc(arena, slots, sizeof *index->slots);
	index->places = stemma_arena_alloc(
		arena, page->token_count, sizeof *index->places);
	index->forms = stemma_arena_alloc(
		arena, page->token_count, sizeof *index->forms);
	index->often = stemma_arena_zalloc(arena, page->form_count, 1);
	met = stemma_arena_zalloc(arena, page->form_count, 1);
	if (!index->slots || !index->places || !index->forms || !index->often ||
		!met)
		return false;
	for (size_t k = 0; k < page->token_count; k++) {
		uint32_t form = page->lexemes[page->tokens[k].lexeme].form;

		index->forms[k] = form;
		index->often[form] |= met[form];
		met[form] = 1;
	}
	return true;
}

enum stemma_code
stemma_repeats_find(struct stemma_repeats *repeats,
	const struct stemma_page *page, uint32_t window,
	struct stemma_arena *arena)
{
	struct index index;
	uint32_t number = 0;

	repeats->first = stemma_arena_alloc(
		arena, page->block_count + 1, sizeof *repeats->first);
	repeats->repeats = stemma_arena_alloc(
		arena, page->block_count, SOURCES * sizeof *repeats->repeats);
	if (!repeats->first || !repeats->repeats ||
		!make_index(&index, page, arena))
		return STEMMA_NOMEM;
	for (uint32_t b = 0; b < page->block_count; b++) {
		const struct stemma_block *block = &page->blocks[b];
		struct source sources[SOURCES];
		size_t count = 0;

		repeats->first[b] = number;
		meet(&index, block, b, window, sources, &count);
		for (size_t k = 0; k < count; k++)
			repeats->repeats[number++] =
				(struct stemma_repeat){b - sources[k].block,
					(float)sources[k].covered /
						(float)block->token_count};
	}
	repeats->first[page->block_count] = number;
	return STEMMA_OK;
}
