/* SPDX-License-Identifier: MIT */
#include "report_lives.h"

#include <stdlib.h>

struct stemma_life_note {
	struct stemma_life_event event;
	struct stemma_life_note *next;
};

enum stemma_code
stemma_lives_start(struct stemma_lives *lives, const struct stemma_doc *newest,
	struct stemma_arena *arena)
{
	*lives = (struct stemma_lives){.arena = arena,
		.count = newest->unit_count,
		.tracks = stemma_arena_zalloc(
			arena, newest->unit_count, sizeof *lives->tracks)};
	if (!lives->tracks)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < lives->count; k++)
		lives->tracks[k].unit = (uint32_t)k;
	return STEMMA_OK;
}

static enum stemma_code
note(struct stemma_lives *lives, struct stemma_life_track *track,
	enum stemma_life_kind kind, uint32_t revision, uint32_t before)
{
	struct stemma_life_note *made =
		stemma_arena_alloc(lives->arena, 1, sizeof *made);

	if (!made)
		return STEMMA_NOMEM;
	*made = (struct stemma_life_note){
		{revision, {before, track->unit}, (uint8_t)kind}, track->notes};
	track->notes = made;
	track->count++;
	return STEMMA_OK;
}

/* ---- texts that come up again -------------------------------------------- */

struct key {
	uint64_t key;
	uint32_t unit;
};

static int
by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

/* The keys of a document's units in order; NULL without memory. */
static struct key *
sort_keys(const struct stemma_doc *doc, struct stemma_arena *scratch)
{
	struct key *keys =
		stemma_arena_alloc(scratch, doc->unit_count, sizeof *keys);

	for (size_t k = 0; keys && k < doc->unit_count; k++)
		keys[k] = (struct key){doc->units[k].key, (uint32_t)k};
	if (keys)
		qsort(keys, doc->unit_count, sizeof *keys, by_key);
	return keys;
}

/* The first unit with that text, or NULL. */
static const struct key *
find_key(const struct key *keys, size_t count, uint64_t wanted)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (keys[middle].key < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && keys[low].key == wanted ? &keys[low] : NULL;
}

/* ---- one step back ------------------------------------------------------- */

struct step {
	struct stemma_lives *lives;
	const struct stemma_comparison *comparison;
	const uint32_t *links;  /* by new unit */
	const struct key *keys; /* of the old text */
	uint32_t number;
};

/* The old unit that a link's units come from: the longest of them. */
static uint32_t
origin_of(const struct step *step, const struct stemma_link *link)
{
	const struct stemma_unit *units =
		step->comparison->docs[STEMMA_OLD]->units;
	struct stemma_range range = link->units[STEMMA_OLD];
	uint32_t best = range.first;

	for (uint32_t k = range.first; k < range.first + range.count; k++)
		if (units[k].end - units[k].start >
			units[best].end - units[best].start)
			best = k;
	return best;
}

static enum stemma_code
see(const struct step *step, struct stemma_life_track *track)
{
	track->seen = true;
	return note(step->lives, track, STEMMA_LIFE_SEEN, step->number,
		track->unit);
}

/* It was not there before: it is new, unless it comes up again further back. A
   copy of what stood there is new. */
static enum stemma_code
pass_added(const struct step *step, struct stemma_life_track *track)
{
	const struct stemma_doc *const *docs = step->comparison->docs;

	track->key = docs[STEMMA_NEW]->units[track->unit].key;
	if (find_key(step->keys, docs[STEMMA_OLD]->unit_count, track->key))
		return see(step, track);
	track->back = step->number;
	step->lives->gone++;
	return STEMMA_OK;
}

static enum stemma_code
pass_standing(const struct step *step, struct stemma_life_track *track)
{
	static const uint8_t kinds[STEMMA_OP_COUNT] = {
		[STEMMA_REFORMATTED] = STEMMA_LIFE_REFORMATTED,
		[STEMMA_EDITED] = STEMMA_LIFE_EDITED,
		[STEMMA_SPLIT] = STEMMA_LIFE_SPLIT,
		[STEMMA_MERGED] = STEMMA_LIFE_MERGED,
		[STEMMA_REGROUPED] = STEMMA_LIFE_REGROUPED};
	const struct stemma_link *link =
		&step->comparison->links[step->links[track->unit]];
	enum stemma_code code = STEMMA_OK;
	uint32_t before;

	if (link->op == STEMMA_ADDED)
		return pass_added(step, track);
	before = origin_of(step, link);
	if (kinds[link->op] != STEMMA_LIFE_SEEN)
		code = note(step->lives, track,
			(enum stemma_life_kind)kinds[link->op], step->number,
			before);
	if (code == STEMMA_OK && link->moved)
		code = note(step->lives, track, STEMMA_LIFE_MOVED, step->number,
			before);
	track->unit = before;
	return code;
}

/* One that is gone from revision `number` on until it is back. */
static enum stemma_code
pass_gone(const struct step *step, struct stemma_life_track *track)
{
	const struct key *found = find_key(step->keys,
		step->comparison->docs[STEMMA_OLD]->unit_count, track->key);
	enum stemma_code code;

	if (!found)
		return STEMMA_OK;
	code = note(step->lives, track, STEMMA_LIFE_RESTORED, track->back,
		found->unit);
	track->unit = found->unit;
	if (code == STEMMA_OK)
		code = note(step->lives, track, STEMMA_LIFE_REMOVED,
			step->number, found->unit);
	track->back = 0;
	step->lives->gone--;
	return code;
}

/* Which link each new unit is in; NULL without memory. */
static uint32_t *
find_links(const struct stemma_comparison *comparison,
	struct stemma_arena *scratch)
{
	uint32_t *links = stemma_arena_zalloc(scratch,
		comparison->docs[STEMMA_NEW]->unit_count, sizeof *links);

	for (uint32_t k = 0; links && k < comparison->link_count; k++) {
		struct stemma_range range =
			comparison->links[k].units[STEMMA_NEW];

		for (uint32_t u = 0; u < range.count; u++)
			links[range.first + u] = k;
	}
	return links;
}

enum stemma_code
stemma_lives_pass(struct stemma_lives *lives,
	const struct stemma_comparison *comparison, uint32_t number,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct step step = {.lives = lives,
		.comparison = comparison,
		.links = find_links(comparison, scratch),
		.keys = sort_keys(comparison->docs[STEMMA_OLD], scratch),
		.number = number};
	enum stemma_code code =
		step.links && step.keys ? STEMMA_OK : STEMMA_NOMEM;

	for (size_t k = 0; k < lives->count && code == STEMMA_OK; k++) {
		struct stemma_life_track *track = &lives->tracks[k];

		if (track->seen)
			continue;
		code = track->back ? pass_gone(&step, track)
				   : pass_standing(&step, track);
	}
	stemma_arena_rewind(scratch, mark);
	return code;
}

/* ---- the end ------------------------------------------------------------- */

/* The first revision is reached: what stands there is new in it, and what was
   gone is new where it came. */
static enum stemma_code
finish(struct stemma_lives *lives, struct stemma_life_track *track)
{
	if (track->seen)
		return STEMMA_OK;
	return note(lives, track, STEMMA_LIFE_SEEN,
		track->back ? track->back : 1, track->unit);
}

enum stemma_code
stemma_lives_end(struct stemma_lives *lives, struct stemma_history_life **told)
{
	*told = stemma_arena_zalloc(lives->arena, lives->count, sizeof **told);
	if (!*told)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < lives->count; k++) {
		struct stemma_life_track *track = &lives->tracks[k];
		struct stemma_life_event *events = NULL;
		size_t at = 0;

		if (finish(lives, track) == STEMMA_OK)
			events = stemma_arena_alloc(
				lives->arena, track->count, sizeof *events);
		if (!events)
			return STEMMA_NOMEM;
		for (const struct stemma_life_note *note = track->notes; note;
			note = note->next)
			events[at++] = note->event;
		(*told)[k].events = events;
		(*told)[k].event_count = track->count;
	}
	return STEMMA_OK;
}
