/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/pages.h"

#include "base/below.h"
#include "compare/stories.h"

/* So many units that came, went or moved may be a story. */
#define STORY_UNITS 3

/* Units at both ends of a page that are looked at for the kinds of others. */
#define END_UNITS 6

struct reader {
	struct stemma_comparison *comparison;
	const struct stemma_compare_options *options;
	enum stemma_side along; /* which side to look at first */
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
	struct stemma_unit_pair *pairs; /* 1:1 links, by unit of the new side */
	size_t pair_count;
};

static enum stemma_code
collect_pairs(struct reader *reader)
{
	const struct stemma_comparison *comparison = reader->comparison;

	reader->pairs = stemma_arena_alloc(
		reader->scratch, comparison->link_count, sizeof *reader->pairs);
	if (!reader->pairs)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];

		if (link->op <= STEMMA_EDITED)
			reader->pairs[reader->pair_count++] =
				(struct stemma_unit_pair){
					{link->units[STEMMA_OLD].first,
						link->units[STEMMA_NEW].first}};
	}
	return STEMMA_OK;
}

/* Whether a link's units came, went or moved. */
static bool
is_elsewhere(const struct stemma_link *link)
{
	return link->op >= STEMMA_ADDED || link->moved;
}

/*
 * Whether between two units that stayed so many came, went or moved, on both
 * pages together, that they may be a story: then those of the pages may differ.
 * A move counts where it went and where it came from, so that the same is told
 * with the pages swapped.
 */
static enum stemma_code
tell_whether_stories_differ(bool *may, const struct reader *reader)
{
	const struct stemma_comparison *comparison = reader->comparison;
	size_t stayed = 0, count = comparison->link_count;
	struct stemma_mark mark = stemma_arena_mark(reader->scratch);
	uint32_t *olds =
		stemma_arena_alloc(reader->scratch, count, sizeof *olds);
	size_t *units =
		stemma_arena_zalloc(reader->scratch, count + 1, sizeof *units);

	if (!olds || !units)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < count; k++) {
		const struct stemma_link *link = &comparison->links[k];

		if (!is_elsewhere(link))
			olds[stayed++] = link->units[STEMMA_OLD].first;
		else
			units[stayed] +=
				link->units[STEMMA_NEW].count +
				(link->moved ? 0
					     : link->units[STEMMA_OLD].count);
	}
	*may = false;
	for (size_t k = 0; k < count; k++) {
		const struct stemma_link *link = &comparison->links[k];

		if (link->moved)
			units[stemma_count_below(
				olds, stayed, link->units[STEMMA_OLD].first)] +=
				link->units[STEMMA_OLD].count;
	}
	for (size_t k = 0; k <= stayed && !*may; k++)
		*may = units[k] >= STORY_UNITS;
	stemma_arena_rewind(reader->scratch, mark);
	return STEMMA_OK;
}

bool
stemma_compare_is_too_long(
	const struct stemma_doc *old_doc, const struct stemma_doc *new_doc)
{
	return old_doc->text.size + new_doc->text.size > STEMMA_READ_MOST ||
	       old_doc->unit_count + new_doc->unit_count >
		       STEMMA_READ_MOST_UNITS;
}

static void
want(uint8_t *wanted, size_t units, size_t first, size_t end)
{
	end = end < units ? end : units;
	if (first < end)
		memset(&wanted[first], 1, end - first);
}

static enum stemma_code
read_reuse_of_added(struct reader *reader)
{
	struct stemma_comparison *comparison = reader->comparison;
	const struct stemma_doc *doc = comparison->docs[STEMMA_NEW];
	uint8_t *added =
		stemma_arena_zalloc(reader->scratch, doc->unit_count, 1);

	if (!added)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];
		struct stemma_range range = link->units[STEMMA_NEW];

		if (link->op == STEMMA_ADDED)
			want(added, doc->unit_count, range.first,
				(size_t)range.first + range.count);
	}
	return stemma_reuse_find_of(
		&comparison->reuse, doc, added, reader->arena, reader->scratch);
}

/* What stands twice in the new document; if that was asked for only where it
   changed, not unless units came. */
static enum stemma_code
read_reuse(struct reader *reader)
{
	struct stemma_comparison *comparison = reader->comparison;
	const struct stemma_doc *docs[1] = {comparison->docs[STEMMA_NEW]};
	enum stemma_code code = STEMMA_OK;

	if (reader->options->reuse)
		comparison->reuse = *reader->options->reuse;
	else if (reader->options->reading == STEMMA_READ_ALL)
		code = stemma_reuse_find(&comparison->reuse, docs, 1,
			reader->arena, reader->scratch);
	else if (comparison->stats.units[STEMMA_ADDED])
		code = read_reuse_of_added(reader);
	else
		return STEMMA_OK;
	comparison->approximate |= comparison->reuse.approximate;
	return code;
}

/*
 * The units whose kinds matter when no story came or went: those that are not
 * as they were, and both ends of the page, where what is there tells what the
 * rest is. NULL without memory.
 */
static uint8_t *
find_wanted(const struct reader *reader, int side)
{
	const struct stemma_comparison *comparison = reader->comparison;
	size_t units = comparison->docs[side]->unit_count;
	uint8_t *wanted = stemma_arena_zalloc(reader->scratch, units, 1);

	if (!wanted)
		return NULL;
	want(wanted, units, 0, END_UNITS);
	want(wanted, units, units > END_UNITS ? units - END_UNITS : 0, units);
	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];
		struct stemma_range range = link->units[side];

		if (link->op != STEMMA_UNCHANGED || link->moved)
			want(wanted, units, range.first,
				(size_t)range.first + range.count);
	}
	return wanted;
}

/* One side as the structure wants it; false without memory for its kinds. */
static bool
prepare_kinds(struct stemma_kinds_side *kinds, struct reader *reader, int side)
{
	const struct stemma_doc *doc = reader->comparison->docs[side];
	struct stemma_outline *outline = &reader->comparison->outlines[side];

	outline->unit_count = doc->unit_count;
	outline->kinds = stemma_arena_alloc(reader->arena, doc->unit_count, 1);
	outline->sure = stemma_arena_alloc(reader->arena, doc->unit_count, 1);
	*kinds = (struct stemma_kinds_side){doc, outline->kinds, outline->sure};
	return outline->kinds && outline->sure;
}

static enum stemma_code
read_kinds(struct reader *reader)
{
	struct stemma_kinds_side sides[2];
	const uint8_t *wanted[2];

	for (int side = 0; side < 2; side++) {
		wanted[side] = find_wanted(reader, side);
		if (!wanted[side] || !prepare_kinds(&sides[side], reader, side))
			return STEMMA_NOMEM;
	}
	return stemma_kinds_tell_both(sides, wanted, reader->scratch);
}

static void
agree_on_kinds(struct reader *reader)
{
	struct stemma_kinds_side sides[2];

	for (int side = 0; side < 2; side++)
		sides[side] = (struct stemma_kinds_side){
			reader->comparison->docs[side],
			reader->comparison->outlines[side].kinds,
			reader->comparison->outlines[side].sure};
	stemma_kinds_agree(sides, reader->pairs, reader->pair_count);
}

/* Whether the caller has said where stories start, which nothing overrules. */
static bool
is_told(const struct reader *reader, int side)
{
	const struct stemma_outline_options *options =
		reader->options->stories[side];

	return options && options->stories != STEMMA_STORIES_AUTO;
}

/*
 * Hints for one side: what was put behind or in front of a page as a whole may
 * well be a story of its own. NULL without memory.
 */
static uint8_t *
hint_at_joints(const struct reader *reader, int side)
{
	const struct stemma_comparison *comparison = reader->comparison;
	uint32_t units = (uint32_t)comparison->docs[side]->unit_count;
	uint32_t first = units, end = 0; /* of those that both versions have */
	uint8_t *hints = stemma_arena_zalloc(reader->scratch, units, 1);

	for (size_t k = 0; k < comparison->link_count && hints; k++) {
		const struct stemma_link *link = &comparison->links[k];
		struct stemma_range range = link->units[side];

		if (is_elsewhere(link))
			continue;
		if (range.first < first)
			first = range.first;
		if (range.first + range.count > end)
			end = range.first + range.count;
	}
	if (hints && first < units && first >= STORY_UNITS)
		hints[first] = STEMMA_HINT_START;
	if (hints && end && units - end >= STORY_UNITS)
		hints[end] = STEMMA_HINT_START;
	return hints;
}

static enum stemma_code
make_outlines(struct reader *reader)
{
	struct stemma_comparison *comparison = reader->comparison;
	struct stemma_outline_options hinted[2] = {{0}};
	const struct stemma_outline_options *options[2];

	for (int side = 0; side < 2; side++) {
		hinted[side].hints = hint_at_joints(reader, side);
		if (!hinted[side].hints)
			return STEMMA_NOMEM;
		options[side] = is_told(reader, side)
					? reader->options->stories[side]
					: &hinted[side];
	}
	return stemma_outlines_make(comparison->outlines, comparison->docs,
		options, reader->arena, reader->scratch);
}

static enum stemma_code
read_stories(struct reader *reader)
{
	struct stemma_comparison *comparison = reader->comparison;
	enum stemma_code code = make_outlines(reader);

	if (code == STEMMA_OK && !is_told(reader, STEMMA_OLD) &&
		!is_told(reader, STEMMA_NEW))
		code = stemma_stories_agree(comparison->outlines,
			comparison->docs, reader->pairs, reader->pair_count,
			reader->arena, reader->scratch);
	if (code != STEMMA_OK)
		return code;
	return stemma_stories_compare(
		comparison, reader->along, reader->arena, reader->scratch);
}

static enum stemma_code
read_all(struct reader *reader)
{
	bool stories = reader->options->reading == STEMMA_READ_ALL;
	enum stemma_code code = collect_pairs(reader);

	if (code == STEMMA_OK && !stories)
		code = tell_whether_stories_differ(&stories, reader);
	if (code == STEMMA_OK)
		code = stories ? read_stories(reader) : read_kinds(reader);
	if (code == STEMMA_OK)
		agree_on_kinds(reader);
	return code == STEMMA_OK ? read_reuse(reader) : code;
}

enum stemma_code
stemma_pages_read(struct stemma_comparison *comparison,
	const struct stemma_compare_options *options, enum stemma_side along,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct reader reader = {.comparison = comparison,
		.options = options,
		.along = along,
		.arena = arena,
		.scratch = scratch};
	enum stemma_code code = STEMMA_OK;

	if (options->reading == STEMMA_READ_NOTHING ||
		(options->reading == STEMMA_READ_CHANGED &&
			!comparison->different))
		return STEMMA_OK;
	comparison->unread = stemma_compare_is_too_long(
		comparison->docs[STEMMA_OLD], comparison->docs[STEMMA_NEW]);
	if (!comparison->unread)
		code = read_all(&reader);
	stemma_arena_rewind(scratch, mark);
	return code;
}
