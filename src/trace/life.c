/* SPDX-License-Identifier: MIT */
#include "state.h"

/*
 * What had become of the wordings when the revision in question stood: they are
 * looked for in all that came and went up to it. `places` says for a passage
 * which wording it is, plus one.
 */
static void
look_back(struct stemma_wording *life, const uint32_t *places,
	const struct stemma_trace *trace, uint32_t revision)
{
	for (uint32_t r = 1; r <= revision; r++) {
		const struct stemma_turn *turn = &stemma_turns(trace)[r - 1];
		const uint32_t *members;
		uint32_t count;

		members = stemma_set_members(trace, turn->come, &count);
		for (uint32_t k = 0; k < count; k++) {
			uint32_t place = places[members[k]];

			if (!place)
				continue;
			life[place - 1].last = revision;
			if (r > life[place - 1].revision)
				life[place - 1].returns++;
		}
		members = stemma_set_members(trace, turn->gone, &count);
		for (uint32_t k = 0; k < count; k++) {
			uint32_t place = places[members[k]];

			if (place)
				life[place - 1].last = r - 1;
		}
	}
}

/* The life of the passage `id`, which has `count` wordings. */
static void
list(struct stemma_wording *life, size_t count,
	const struct stemma_trace *trace, uint32_t id)
{
	for (size_t k = count; k-- > 0;) {
		const struct stemma_passage *p = &stemma_passages(trace)[id];

		life[k] = (struct stemma_wording){.revision = p->revision,
			.last = p->last,
			.unit = p->unit,
			.words = p->count,
			.kept = p->kept,
			.brought = p->brought,
			.returns = p->returns};
		id = p->parent;
	}
}

/* The same as it was in an older revision. */
static bool
list_older(struct stemma_wording *life, size_t count,
	const struct stemma_trace *trace, uint32_t id, uint32_t revision,
	struct stemma_arena *arena)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	uint32_t *places = stemma_arena_zalloc(
		arena, trace->passages.count, sizeof *places);

	if (!places)
		return false;
	for (size_t k = count; k-- > 0;
		id = stemma_passages(trace)[id].parent) {
		places[id] = (uint32_t)k + 1;
		life[k].returns = 0;
	}
	look_back(life, places, trace, revision);
	stemma_arena_rewind(arena, mark);
	return true;
}

enum stemma_code
stemma_trace_life(struct stemma_wording **life, size_t *count,
	const struct stemma_trace *trace, const struct stemma_origins *origins,
	size_t unit, struct stemma_arena *arena)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	uint32_t first;

	*life = NULL;
	*count = 0;
	if (unit >= origins->unit_count)
		return STEMMA_INVALID;
	first = origins->wordings[unit];
	for (uint32_t id = first; id != STEMMA_NONE;
		id = stemma_passages(trace)[id].parent)
		++*count;
	*life = stemma_arena_alloc(arena, *count, sizeof **life);
	if (*life) {
		list(*life, *count, trace, first);
		if (origins->revision == trace->revision ||
			list_older(*life, *count, trace, first,
				origins->revision, arena))
			return STEMMA_OK;
	}
	stemma_arena_rewind(arena, mark);
	*life = NULL;
	*count = 0;
	return STEMMA_NOMEM;
}
