/*
 * The end of a digest: stories, paragraphs and moves in numbers, then all that
 * no line tells of.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/digest.h"

/* Graphemes of a title or paragraph. */
#define TITLE_MOST 60

/* Stories of one fate. */
struct fate {
	uint32_t stories;
	uint64_t units;
	const struct stemma_story_link *one; /* the first of them */
};

enum { APPENDED, ADDED, REMOVED, REPLACED, MOVED, FATES };

static int
fate_of(const struct stemma_story_link *link)
{
	switch ((enum stemma_story_op)link->op) {
	case STEMMA_STORY_ADDED:
		return link->at_end ? APPENDED : ADDED;
	case STEMMA_STORY_REMOVED:
		return REMOVED;
	case STEMMA_STORY_REPLACED:
		return REPLACED;
	case STEMMA_STORY_KEPT:
		break;
	}
	return link->moved ? MOVED : FATES;
}

static const struct stemma_story *
story_of(const struct stemma_comparison *comparison,
	const struct stemma_story_link *link, int side)
{
	return link->story[side] == STEMMA_NO_STORY
		       ? NULL
		       : &comparison->outlines[side].stories[link->story[side]];
}

static void
gather(struct fate fates[FATES], const struct stemma_comparison *comparison)
{
	for (size_t k = 0; k < comparison->story_count; k++) {
		const struct stemma_story_link *link = &comparison->stories[k];
		int fate = fate_of(link);
		const struct stemma_story *story =
			story_of(comparison, link, STEMMA_NEW);

		if (fate == FATES)
			continue;
		if (!story)
			story = story_of(comparison, link, STEMMA_OLD);
		fates[fate].stories++;
		if (fates[fate].stories == 1)
			fates[fate].one = link;
		if (story)
			fates[fate].units += story->last - story->first + 1;
	}
}

/* What a story is called: its headline or its first words. */
static void
put_title(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison,
	const struct stemma_story_link *link, int side)
{
	const struct stemma_story *story = story_of(comparison, link, side);

	if (story)
		stemma_phrase_text(phrase,
			stemma_doc_unit(comparison->docs[side],
				story->title == STEMMA_NO_TITLE ? story->first
								: story->title),
			TITLE_MOST);
}

static void
tell_fate(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison, const struct fate *fate,
	int which)
{
	static const char *const names[FATES] = {
		"appended", "added", "removed", "replaced", "moved"};

	if (fate->stories > 1) {
		stemma_phrase_number(phrase, fate->stories);
		stemma_phrase_string(phrase, " stories ");
	} else {
		stemma_phrase_string(phrase, "story ");
	}
	stemma_phrase_string(phrase, names[which]);
	stemma_phrase_string(phrase, " (");
	stemma_phrase_units(phrase, comparison, fate->units);
	stemma_phrase_string(phrase, ")");
	if (fate->stories > 1)
		return;
	stemma_phrase_string(phrase, ": ");
	if (which == REMOVED || which == REPLACED)
		put_title(phrase, comparison, fate->one, STEMMA_OLD);
	if (which == REPLACED)
		stemma_phrase_string(phrase, " → ");
	if (which != REMOVED)
		put_title(phrase, comparison, fate->one, STEMMA_NEW);
}

/* Where a story begins, which may be gone. */
static uint32_t
link_of(const struct stemma_comparison *comparison,
	const struct stemma_story_link *link)
{
	int side = link->story[STEMMA_NEW] == STEMMA_NO_STORY ? STEMMA_OLD
							      : STEMMA_NEW;
	const struct stemma_story *story = story_of(comparison, link, side);

	for (size_t k = 0; story && k < comparison->link_count; k++) {
		const struct stemma_range *units =
			&comparison->links[k].units[side];

		if (story->first >= units->first &&
			story->first - units->first < units->count)
			return (uint32_t)k;
	}
	return STEMMA_NO_LINK;
}

/* Append a line that counts, with a link as its place. */
static enum stemma_code
add_line(struct stemma_comparison *comparison, enum stemma_about about,
	const struct stemma_phrase *phrase, uint32_t link,
	struct stemma_arena *arena)
{
	size_t line = comparison->digest_count;
	enum stemma_code code =
		stemma_digest_add(comparison, about, phrase, arena);

	if (line < comparison->digest_count)
		comparison->digest[line].link = link;
	return code;
}

static enum stemma_code
tell_stories(struct stemma_comparison *comparison, struct stemma_arena *arena)
{
	struct fate fates[FATES] = {{0}};
	enum stemma_code code = STEMMA_OK;

	gather(fates, comparison);
	for (int k = 0; k < FATES && code == STEMMA_OK; k++) {
		struct stemma_phrase phrase = {.size = 0};

		if (!fates[k].stories)
			continue;
		tell_fate(&phrase, comparison, &fates[k], k);
		code = add_line(comparison, STEMMA_ABOUT_STORIES, &phrase,
			link_of(comparison, fates[k].one), arena);
	}
	return code;
}

/* Whether another unit of the new version has the text of this one. */
static bool
stands_again(
	const struct stemma_comparison *comparison, int side, uint32_t unit)
{
	const struct stemma_doc *doc = comparison->docs[side];
	const struct stemma_doc *new_doc = comparison->docs[STEMMA_NEW];
	struct stemma_view text = stemma_doc_unit(doc, unit);

	for (uint32_t u = 0; u < new_doc->unit_count; u++)
		if (new_doc->units[u].key == doc->units[unit].key &&
			(side == STEMMA_OLD || u != unit) &&
			stemma_view_equal(stemma_doc_unit(new_doc, u), text))
			return true;
	return false;
}

/* "paragraph added: The minister …", and whether its text stands elsewhere. */
static void
tell_unit(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison, int side, uint32_t unit)
{
	bool again = stands_again(comparison, side, unit);

	stemma_phrase_string(phrase,
		stemma_unit_type_name(comparison->docs[STEMMA_NEW]->unit));
	stemma_phrase_string(
		phrase, side == STEMMA_NEW ? " added" : " removed");
	if (again)
		stemma_phrase_string(phrase, side == STEMMA_NEW
						     ? " that stands twice"
						     : " that stood twice");
	stemma_phrase_string(phrase, ": ");
	stemma_phrase_text(phrase,
		stemma_doc_unit(comparison->docs[side], unit), TITLE_MOST);
}

/* That, or "3 paragraphs added, 1 removed". */
static void
tell_units(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts)
{
	int side = counts->added ? STEMMA_NEW : STEMMA_OLD;

	if (counts->added + counts->removed == 1) {
		tell_unit(phrase, comparison, side, counts->first[side]);
		return;
	}
	if (counts->added) {
		stemma_phrase_units(phrase, comparison, counts->added);
		stemma_phrase_string(phrase, " added");
	}
	if (!counts->removed)
		return;
	if (counts->added) {
		stemma_phrase_string(phrase, ", ");
		stemma_phrase_number(phrase, counts->removed);
	} else {
		stemma_phrase_units(phrase, comparison, counts->removed);
	}
	stemma_phrase_string(phrase, " removed");
}

static void
separate(struct stemma_phrase *phrase)
{
	if (phrase->size)
		stemma_phrase_string(phrase, ", ");
}

/* "12 more numbers", nothing for none. */
static void
count_plural(struct stemma_phrase *phrase, uint64_t count, const char *before,
	const char *one, const char *many)
{
	if (!count)
		return;
	separate(phrase);
	stemma_phrase_number(phrase, count);
	stemma_phrase_string(phrase, before);
	stemma_phrase_string(phrase, count == 1 ? one : many);
}

/* What no line tells of but as one of many. */
static const enum stemma_op counted[] = {
	STEMMA_SPLIT, STEMMA_MERGED, STEMMA_REGROUPED, STEMMA_REFORMATTED};

/* The first of what the last line counts. */
static uint32_t
rest_link(const struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts)
{
	uint32_t end = counts->rest_link;

	if (end > comparison->link_count)
		end = (uint32_t)comparison->link_count;
	for (uint32_t k = 0; k < end; k++)
		for (size_t op = 0; op < sizeof counted / sizeof *counted; op++)
			if (comparison->links[k].op == counted[op])
				return k;
	return counts->rest_link;
}

/* What no line told. */
static void
tell_rest(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts)
{
	uint64_t told = 0;

	for (int k = 0; k < STEMMA_ABOUT_STORIES; k++) {
		const char *name = stemma_about_name((enum stemma_about)k);

		if (!counts->more[k])
			continue;
		count_plural(phrase, counts->more[k], " more ", name, name);
		if (counts->more[k] > 1)
			stemma_phrase_string(phrase, "s");
		told += counts->more[k];
	}
	for (size_t k = 0; k < comparison->digest_count; k++)
		told += comparison->digest[k].about < STEMMA_ABOUT_STORIES;
	count_plural(phrase, counts->others, told ? " other " : " ", "edit",
		"edits");
	for (size_t k = 0; k < sizeof counted / sizeof *counted; k++) {
		uint32_t count = comparison->stats.units[counted[k]];

		if (!count)
			continue;
		separate(phrase);
		stemma_phrase_units(phrase, comparison, count);
		stemma_phrase_string(phrase, " ");
		stemma_phrase_string(phrase, stemma_op_name(counted[k]));
	}
	count_plural(phrase, comparison->stats.hidden, " ", "change hidden",
		"changes hidden");
	if (comparison->approximate) {
		separate(phrase);
		stemma_phrase_string(phrase, "approximate");
	}
}

size_t
stemma_digest_count_lines(const struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts)
{
	struct fate fates[FATES] = {{0}};
	size_t lines = 1;

	gather(fates, comparison);
	for (int k = 0; k < FATES; k++)
		lines += fates[k].stories > 0;
	return lines + (counts->added || counts->removed) + (counts->moved > 0);
}

enum stemma_code
stemma_digest_count(struct stemma_comparison *comparison,
	const struct stemma_digest_counts *counts, struct stemma_arena *arena)
{
	struct stemma_phrase units = {.size = 0}, moves = {.size = 0};
	struct stemma_phrase rest = {.size = 0};
	enum stemma_code code = tell_stories(comparison, arena);

	if (counts->added || counts->removed)
		tell_units(&units, comparison, counts);
	if (counts->moved) {
		stemma_phrase_units(&moves, comparison, counts->moved);
		stemma_phrase_string(&moves, " moved");
	}
	tell_rest(&rest, comparison, counts);
	if (code == STEMMA_OK)
		code = add_line(comparison, STEMMA_ABOUT_UNITS, &units,
			counts->unit_link, arena);
	if (code == STEMMA_OK)
		code = add_line(comparison, STEMMA_ABOUT_MOVES, &moves,
			counts->moved_link, arena);
	if (code == STEMMA_OK)
		code = add_line(comparison, STEMMA_ABOUT_REST, &rest,
			rest_link(comparison, counts), arena);
	return code;
}
