/* SPDX-License-Identifier: MIT */
#include "walk.h"

#include <stdlib.h>

/* qsort() has no argument for the links, so a pair carries its key. */
struct gone {
	uint32_t old;
	uint32_t link;
};

static int
by_old_unit(const void *a, const void *b)
{
	uint32_t x = ((const struct gone *)a)->old;
	uint32_t y = ((const struct gone *)b)->old;

	return (x > y) - (x < y);
}

static bool
left_its_place(const struct stemma_link *link)
{
	return link->moved && link->units[STEMMA_OLD].count &&
	       link->units[STEMMA_NEW].count;
}

enum stemma_code
stemma_walk_start(struct stemma_walk *walk,
	const struct stemma_comparison *comparison, struct stemma_arena *arena)
{
	const struct stemma_link *links = comparison->links;
	struct stemma_mark mark;
	struct gone *gone;
	uint32_t *list;
	size_t count = 0;

	*walk = (struct stemma_walk){.comparison = comparison};
	for (size_t i = 0; i < comparison->link_count; i++)
		count += left_its_place(&links[i]);
	list = stemma_arena_alloc(arena, count, sizeof *list);
	mark = stemma_arena_mark(arena);
	gone = stemma_arena_alloc(arena, count, sizeof *gone);
	if (!list || !gone)
		return STEMMA_NOMEM;
	count = 0;
	for (size_t i = 0; i < comparison->link_count; i++) {
		if (left_its_place(&links[i]))
			gone[count++] = (struct gone){
				links[i].units[STEMMA_OLD].first, (uint32_t)i};
	}
	if (count)
		qsort(gone, count, sizeof *gone, by_old_unit);
	for (size_t i = 0; i < count; i++)
		list[i] = gone[i].link;
	stemma_arena_rewind(arena, mark);
	walk->gone = list;
	walk->gone_count = count;
	return STEMMA_OK;
}

/* The moved link whose old units start at the next old unit, or NULL. */
static const struct stemma_link *
gone_here(struct stemma_walk *walk)
{
	const struct stemma_link *links = walk->comparison->links;

	for (; walk->gone_at < walk->gone_count; walk->gone_at++) {
		const struct stemma_link *link =
			&links[walk->gone[walk->gone_at]];
		uint32_t first = link->units[STEMMA_OLD].first;

		if (first == walk->old)
			return link;
		if (first > walk->old)
			break;
	}
	return NULL;
}

/* Old text that does not stand here any more: `link` NULL for removed. */
static bool
step_old(struct stemma_walk *walk, struct stemma_step *step,
	const struct stemma_link *link)
{
	uint32_t count = link ? link->units[STEMMA_OLD].count : 1;

	*step = (struct stemma_step){.kind = STEMMA_STEP_OLD,
		.units[STEMMA_OLD] = {walk->old, count},
		.link = link,
		.moved = link && link->units[STEMMA_NEW].count};
	walk->old += count;
	return true;
}

/* Old units that have to be told before unit `end` can be. */
static bool
step_until(struct stemma_walk *walk, struct stemma_step *step, uint32_t end)
{
	return walk->old < end && step_old(walk, step, gone_here(walk));
}

static bool
step_link(struct stemma_walk *walk, struct stemma_step *step,
	const struct stemma_link *link)
{
	bool in_place = link->units[STEMMA_OLD].count && !link->moved &&
			link->units[STEMMA_OLD].first == walk->old;

	*step = (struct stemma_step){
		.kind = in_place ? STEMMA_STEP_BOTH : STEMMA_STEP_NEW,
		.units[STEMMA_NEW] = link->units[STEMMA_NEW],
		.link = link,
		.moved = !in_place && link->units[STEMMA_OLD].count};
	if (in_place) {
		step->units[STEMMA_OLD] = link->units[STEMMA_OLD];
		walk->old += link->units[STEMMA_OLD].count;
	}
	walk->link++;
	return true;
}

bool
stemma_walk_next(struct stemma_walk *walk, struct stemma_step *step)
{
	const struct stemma_comparison *comparison = walk->comparison;
	const struct stemma_link *gone = gone_here(walk);

	/* A pointer to where a unit went stands right where it was. */
	if (gone)
		return step_old(walk, step, gone);
	for (; walk->link < comparison->link_count; walk->link++) {
		const struct stemma_link *link = &comparison->links[walk->link];
		struct stemma_range old = link->units[STEMMA_OLD];

		if (!old.count || link->moved || old.first < walk->old) {
			if (link->units[STEMMA_NEW].count)
				return step_link(walk, step, link);
			continue; /* removed, and told already */
		}
		if (step_until(walk, step, old.first))
			return true;
		if (link->units[STEMMA_NEW].count)
			return step_link(walk, step, link);
		walk->link++;
		return step_old(walk, step, link);
	}
	return step_until(
		walk, step, (uint32_t)comparison->docs[STEMMA_OLD]->unit_count);
}

enum stemma_code
stemma_walk_fail(struct stemma_out *out, struct stemma_arena *scratch,
	struct stemma_mark mark)
{
	stemma_arena_rewind(scratch, mark);
	if (out->code == STEMMA_OK)
		out->code = STEMMA_NOMEM;
	return out->code;
}

bool
stemma_link_is_seen(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	for (uint32_t i = 0; i < link->change_count; i++) {
		const struct stemma_change *change =
			&comparison->changes[link->first_change + i];

		if (!change->hidden && !change->reformat)
			return true;
	}
	return false;
}
