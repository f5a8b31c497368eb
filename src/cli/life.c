/* SPDX-License-Identifier: MIT */
#include "life.h"
#include "life_places.h"

#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "crossed.h"

/* Of the words that make a paragraph the one before: a quarter of its own. */
enum { SHARE = 4 };

/* A revision while it is looked at; `arena` has all of it. */
struct page {
	struct stemma_arena *arena;
	uint32_t revision; /* from 1 */
	struct stemma_doc doc;
	struct stemma_origins origins; /* once they were asked for */
	bool told;
};

/* A word, however it looks: where it first stood. */
struct origin {
	uint32_t revision;
	size_t start;
};

struct follower {
	struct stemma_past *past;
	struct stemma_life *life;
	struct page pages[2];
	struct page *here;   /* the last revision in which it was found */
	struct page *page;   /* the one that is looked at */
	size_t unit;         /* of `here` */
	struct origin *core; /* words of it that are followed, sorted: in what
	                        it was merged with, not those of others */
	size_t core_count;
	struct stemma_error *error;
};

static struct stemma_arena *
scratch_of(const struct follower *f)
{
	return f->past->archive.scratch;
}

static enum stemma_code
read_page(struct follower *f, struct page *page, uint32_t revision)
{
	struct stemma_view bytes;
	enum stemma_code code;

	stemma_arena_free(page->arena);
	*page = (struct page){
		.arena = stemma_arena_new(0), .revision = revision};
	if (!page->arena)
		return STEMMA_NOMEM;
	code = stemma_store_read(f->past->archive.store, &bytes,
		&f->past->log.revisions[revision - 1], page->arena, f->error);
	return code == STEMMA_OK ? stemma_doc_split(&page->doc, bytes, NULL,
					   page->arena, f->error)
				 : code;
}

/* Where the page's words came from, found once. */
static enum stemma_code
tell_page(struct follower *f, struct page *page)
{
	enum stemma_code code;

	if (page->told)
		return STEMMA_OK;
	code = stemma_trace_tell(&page->origins, f->past->trace, page->revision,
		&page->doc, page->arena, scratch_of(f));
	page->told = code == STEMMA_OK;
	return code;
}

/* ---- the paragraph before ------------------------------------------------ */

static bool
is_same(const struct stemma_doc *a, size_t at, const struct stemma_doc *b,
	size_t bt)
{
	return a->units[at].key == b->units[bt].key &&
	       stemma_view_equal(
		       stemma_doc_unit(a, at), stemma_doc_unit(b, bt));
}

/* The unit of `page` with the same bytes, of several the nearest; the count of
   units if there is none. */
static size_t
find_same(const struct follower *f, const struct page *page)
{
	size_t found = page->doc.unit_count, least = SIZE_MAX;

	for (size_t u = 0; u < page->doc.unit_count; u++) {
		size_t far = u > f->unit ? u - f->unit : f->unit - u;

		if (far < least &&
			is_same(&f->here->doc, f->unit, &page->doc, u)) {
			found = u;
			least = far;
		}
	}
	return found;
}

static int
compare_origins(const void *a, const void *b)
{
	const struct origin *x = a, *y = b;

	if (x->revision != y->revision)
		return x->revision < y->revision ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

/* The origins of a unit's words, sorted; NULL without memory. */
static struct origin *
sort_origins(const struct page *page, size_t unit, size_t *count,
	struct stemma_arena *arena)
{
	const struct stemma_origins *o = &page->origins;
	size_t first = o->firsts[unit];
	struct origin *sorted;

	*count = o->firsts[unit + 1] - first;
	sorted = stemma_arena_alloc(arena, *count + 1, sizeof *sorted);
	for (size_t k = 0; sorted && k < *count; k++)
		sorted[k] = (struct origin){o->words[first + k].revision,
			o->words[first + k].at.start};
	if (sorted)
		qsort(sorted, *count, sizeof *sorted, compare_origins);
	return sorted;
}

/* How many words of the unit are among these. */
static uint32_t
count_shared(const struct page *page, size_t unit, const struct origin *sorted,
	size_t count)
{
	const struct stemma_origins *o = &page->origins;
	uint32_t shared = 0;

	for (size_t k = o->firsts[unit]; k < o->firsts[unit + 1]; k++) {
		struct origin origin = {
			o->words[k].revision, o->words[k].at.start};

		shared += bsearch(&origin, sorted, count, sizeof *sorted,
				  compare_origins) != NULL;
	}
	return shared;
}

/* The unit of `page` that has most of its words, enough of them to be the one
   it developed from; as with find_same(). */
static enum stemma_code
find_alike(struct follower *f, struct page *page, size_t *unit)
{
	uint32_t most = 0;
	enum stemma_code code = tell_page(f, page);

	*unit = page->doc.unit_count;
	if (code != STEMMA_OK)
		return code;
	for (size_t u = 0; u < page->doc.unit_count; u++) {
		uint32_t shared = count_shared(page, u, f->core, f->core_count);

		if (shared > most) {
			most = shared;
			*unit = u;
		}
	}
	if ((size_t)most * SHARE < f->core_count)
		*unit = page->doc.unit_count;
	return STEMMA_OK;
}

/* Follow the words of the page's unit, or those of them that are followed
   already if the others are more: then it was split from them. */
static enum stemma_code
take_core(struct follower *f, struct page *page, size_t unit)
{
	size_t count, shared = 0;
	enum stemma_code code = tell_page(f, page);
	struct origin *core = code == STEMMA_OK
				      ? sort_origins(page, unit, &count,
						f->past->archive.arena)
				      : NULL;

	if (!core)
		return code == STEMMA_OK ? STEMMA_NOMEM : code;
	if (f->core)
		shared = count_shared(page, unit, f->core, f->core_count);
	if (f->core && 2 * shared <= count) {
		size_t kept = 0;

		for (size_t k = 0; k < count; k++)
			if (bsearch(&core[k], f->core, f->core_count,
				    sizeof *core, compare_origins))
				core[kept++] = core[k];
		count = kept;
	}
	f->core = core;
	f->core_count = count;
	return STEMMA_OK;
}

/* ---- whether it moved ---------------------------------------------------- */

#define NONE STEMMA_NO_PLACE

/* For each unit of `page` its place in `here`, or NONE. */
static size_t *
map_units(const struct follower *f, size_t unit)
{
	const struct stemma_doc *old = &f->page->doc, *new = &f->here->doc;
	size_t *map =
		stemma_arena_alloc(scratch_of(f), old->unit_count, sizeof *map);
	struct stemma_place *places = stemma_places_sort(new, scratch_of(f));
	size_t next = 0;

	if (!map || !places)
		return NULL;
	/* Mostly the next one is the next one. */
	for (size_t u = 0; u < old->unit_count; u++) {
		map[u] = stemma_places_find(
			places, new->unit_count, old->units[u].key, next);
		if (map[u] != NONE && !is_same(old, u, new, map[u]))
			map[u] = NONE;
		if (map[u] != NONE)
			next = map[u] + 1;
	}
	map[unit] = f->unit;
	return map;
}

/* Of those that have other bytes here, where they stand, as a comparison of the
   two pages says. */
static enum stemma_code
map_edited(const struct follower *f, size_t *map)
{
	struct stemma_arena *own = stemma_arena_new(0);
	struct stemma_comparison comparison;
	enum stemma_code code =
		own ? stemma_comparison_make(&comparison, &f->page->doc,
			      &f->here->doc, NULL, own, scratch_of(f))
		    : STEMMA_NOMEM;

	for (size_t k = 0; code == STEMMA_OK && k < comparison.link_count;
		k++) {
		const struct stemma_range *units = comparison.links[k].units;

		for (uint32_t u = 0;
			units[STEMMA_NEW].count && u < units[STEMMA_OLD].count;
			u++) {
			size_t *at = &map[units[STEMMA_OLD].first + u];

			if (*at == NONE)
				*at = units[STEMMA_NEW].first;
		}
	}
	stemma_arena_free(own);
	return code;
}

/*
 * Whether it moved, and not others past it: those that it crossed did not cross
 * more than it did.
 */
static enum stemma_code
find_moved(const struct follower *f, size_t unit, bool *moved)
{
	struct stemma_mark mark = stemma_arena_mark(scratch_of(f));
	size_t count = f->page->doc.unit_count,
	       places = f->here->doc.unit_count;
	size_t *map = map_units(f, unit), *crossed = NULL;
	enum stemma_code code = STEMMA_OK;

	if (map)
		crossed =
			stemma_crossed_count(map, count, places, scratch_of(f));
	*moved = crossed && crossed[unit];
	if (*moved) {
		code = map_edited(f, map);
		crossed =
			stemma_crossed_count(map, count, places, scratch_of(f));
	}
	if (!crossed)
		code = STEMMA_NOMEM;
	for (size_t u = 0; u < count && *moved && code == STEMMA_OK; u++)
		if ((u < unit) != (map[u] < map[unit]))
			*moved = crossed[u] <= crossed[unit];
	stemma_arena_rewind(scratch_of(f), mark);
	return code;
}

/* Whether it is one of more than there were, and another one stands nearer to
   where that was. */
static bool
is_copy(const struct follower *f, size_t unit)
{
	const struct stemma_doc *old = &f->page->doc, *new = &f->here->doc;
	size_t far = unit > f->unit ? unit - f->unit : f->unit - unit;
	size_t before = 0, after = 0;
	bool nearer = false;

	for (size_t u = 0; u < old->unit_count; u++)
		before += is_same(old, u, old, unit);
	for (size_t u = 0; u < new->unit_count; u++) {
		if (!is_same(new, u, old, unit))
			continue;
		after++;
		nearer |= (unit > u ? unit - u : u - unit) < far;
	}
	return after > before && nearer;
}

/* ---- events -------------------------------------------------------------- */

/* There is room for two a revision. They are turned round at the end. */
static void
add_event(struct follower *f, const struct stemma_event *event)
{
	f->life->events[f->life->count++] = *event;
}

/* What became of it from `unit` of the page to where it was found after. */
static enum stemma_code
compare(struct follower *f, size_t unit, struct stemma_event *event)
{
	struct stemma_mark mark = stemma_arena_mark(scratch_of(f));
	struct stemma_arena *arena = f->past->archive.arena;
	struct origin *sorted;
	size_t count;
	enum stemma_code code = tell_page(f, f->here);

	if (code == STEMMA_OK)
		code = tell_page(f, f->page);
	if (code != STEMMA_OK)
		return code;
	sorted = sort_origins(f->page, unit, &count, scratch_of(f));
	event->told = stemma_arena_zalloc(arena, 1, sizeof *event->told);
	if (!sorted || !event->told)
		return STEMMA_NOMEM;
	event->edited = true;
	event->before = (uint32_t)count;
	event->kept = count_shared(f->here, f->unit, sorted, count);
	stemma_arena_rewind(scratch_of(f), mark);
	return stemma_change_tell(event->told,
		stemma_doc_unit(&f->page->doc, unit),
		stemma_doc_unit(&f->here->doc, f->unit), arena, scratch_of(f));
}

/* How the paragraph stood in `here`. */
static enum stemma_code
describe(struct follower *f, struct stemma_event *event)
{
	const struct stemma_origins *o = &f->here->origins;
	enum stemma_code code = tell_page(f, f->here);

	if (code != STEMMA_OK)
		return code;
	event->revision = f->here->revision;
	event->unit = (uint32_t)f->unit;
	for (size_t k = o->firsts[f->unit]; k < o->firsts[f->unit + 1]; k++) {
		event->words++;
		event->brought += o->words[k].revision == event->revision;
	}
	return STEMMA_OK;
}

/* It is unit `unit` of the page, which comes before `here`. */
static enum stemma_code
step(struct follower *f, size_t unit)
{
	bool back = f->page->revision + 1 < f->here->revision;
	bool same = is_same(&f->page->doc, unit, &f->here->doc, f->unit);
	struct stemma_event event = {
		.back = back, .copied = same && !back && is_copy(f, unit)};
	struct page *other = f->here;
	enum stemma_code code = STEMMA_OK;

	if (!back && !event.copied)
		code = find_moved(f, unit, &event.moved);
	if (code == STEMMA_OK && !same)
		code = compare(f, unit, &event);
	if (code == STEMMA_OK &&
		(back || event.moved || event.copied || !same)) {
		code = describe(f, &event);
		if (code == STEMMA_OK)
			add_event(f, &event);
	}
	if (back)
		add_event(f, &(struct stemma_event){
				     .revision = f->page->revision + 1,
				     .gone = true});
	if (code == STEMMA_OK && !same)
		code = take_core(f, f->page, unit);
	f->here = f->page;
	f->page = other;
	f->unit = unit;
	return code;
}

/* Look for it in revision `r`; `*more`: an older one may have it, too. */
static enum stemma_code
look_back(struct follower *f, uint32_t r, bool *more)
{
	enum stemma_code code = read_page(f, f->page, r);
	size_t unit;

	*more = true;
	if (code != STEMMA_OK)
		return code;
	unit = find_same(f, f->page);
	if (unit == f->page->doc.unit_count)
		code = find_alike(f, f->page, &unit);
	if (code != STEMMA_OK)
		return code;
	if (unit < f->page->doc.unit_count)
		return step(f, unit);
	/* The oldest of its words are first. */
	*more = f->core_count && f->core[0].revision < r;
	return STEMMA_OK;
}

static enum stemma_code
follow(struct follower *f)
{
	struct stemma_event first = {0};
	enum stemma_code code =
		read_page(f, f->here, f->past->revision->number);
	bool more = true;

	if (code == STEMMA_OK)
		code = take_core(f, f->here, f->unit);
	for (uint32_t r = f->past->revision->number - 1;
		r && more && code == STEMMA_OK; r--)
		code = look_back(f, r, &more);
	if (code == STEMMA_OK)
		code = describe(f, &first);
	if (code == STEMMA_OK)
		add_event(f, &first);
	return code;
}

enum stemma_code
stemma_life_follow(struct stemma_life *life, struct stemma_past *past,
	size_t unit, struct stemma_error *error)
{
	struct follower f = {
		.past = past, .life = life, .unit = unit, .error = error};
	enum stemma_code code = STEMMA_NOMEM;

	*life = (struct stemma_life){0};
	f.here = &f.pages[0];
	f.page = &f.pages[1];
	life->events = stemma_arena_alloc(past->archive.arena,
		2 * (size_t)past->revision->number, sizeof *life->events);
	if (life->events)
		code = follow(&f);
	for (size_t k = 0; life->events && k < life->count / 2; k++) {
		struct stemma_event later = life->events[k];

		life->events[k] = life->events[life->count - 1 - k];
		life->events[life->count - 1 - k] = later;
	}
	stemma_arena_free(f.pages[0].arena);
	stemma_arena_free(f.pages[1].arena);
	return code;
}
