/* SPDX-License-Identifier: MIT */
#include <stemma/structure.h>

#include "shape.h"
#include "stories.h"
#include "twins.h"

static const char *const kind_names[STEMMA_KIND_COUNT] = {
	[STEMMA_KIND_BODY] = "body",
	[STEMMA_KIND_HEADLINE] = "headline",
	[STEMMA_KIND_BYLINE] = "byline",
	[STEMMA_KIND_DATELINE] = "dateline",
	[STEMMA_KIND_CAPTION] = "caption",
	[STEMMA_KIND_SUBHEAD] = "subhead",
	[STEMMA_KIND_LIST] = "list",
	[STEMMA_KIND_QUOTE] = "quote",
	[STEMMA_KIND_CORRECTION] = "correction",
	[STEMMA_KIND_BOILERPLATE] = "boilerplate",
};

const char *
stemma_kind_name(enum stemma_kind kind)
{
	return kind_names[kind];
}

/* The starts that the options give, as far as they make sense. */
static size_t
take_starts(uint32_t *starts, float *chances, const struct stemma_doc *doc,
	const struct stemma_outline_options *options)
{
	size_t count = 0;

	starts[count] = 0;
	chances[count++] = 1;
	if (options->stories != STEMMA_STORIES_GIVEN)
		return count;
	for (size_t k = 0; k < options->start_count; k++) {
		if (options->starts[k] <= starts[count - 1] ||
			options->starts[k] >= doc->unit_count)
			continue;
		starts[count] = options->starts[k];
		chances[count++] = 1;
	}
	return count;
}

/* The stories that start at `starts`. */
static struct stemma_story *
make_stories(const uint32_t *starts, const float *chances, size_t count,
	size_t units, struct stemma_arena *arena)
{
	struct stemma_story *stories =
		stemma_arena_alloc(arena, count, sizeof *stories);

	for (size_t k = 0; stories && k < count; k++)
		stories[k] = (struct stemma_story){.first = starts[k],
			.last = (uint32_t)(k + 1 < count ? starts[k + 1]
							 : units) -
				1,
			.title = STEMMA_NO_TITLE,
			.confidence = chances[k]};
	return stories;
}

/* A story's title is the first headline in front of its text. */
static void
find_titles(struct stemma_outline *outline)
{
	for (size_t k = 0; k < outline->story_count; k++) {
		struct stemma_story *story = &outline->stories[k];

		for (uint32_t u = story->first; u <= story->last; u++) {
			if (outline->kinds[u] == STEMMA_KIND_HEADLINE)
				story->title = u;
			if (outline->kinds[u] == STEMMA_KIND_HEADLINE ||
				outline->kinds[u] == STEMMA_KIND_BODY)
				break;
		}
	}
}

/* A page of which an outline is made, and what was read of it. */
struct sheet {
	struct stemma_paragraphs paragraphs;
	struct stemma_reading reading;
	bool is_read; /* `reading` was made */
};

/* Divide `doc` into paragraphs, with their twins on the page before. */
static bool
divide(struct sheet *sheet, const struct stemma_doc *doc,
	const struct sheet *before, struct stemma_arena *scratch)
{
	struct stemma_paragraphs *paragraphs = &sheet->paragraphs;

	sheet->is_read = false;
	paragraphs->doc = doc;
	paragraphs->items =
		stemma_paragraphs_find(&paragraphs->count, doc, scratch);
	return paragraphs->items &&
	       (!before || stemma_twins_find(
				   paragraphs, &before->paragraphs, scratch));
}

/* Where stories start, by what was asked for. */
static enum stemma_code
find_starts(uint32_t *starts, float *chances, size_t *count,
	struct sheet *sheet, const struct stemma_outline_options *options,
	const struct sheet *before, struct stemma_arena *scratch)
{
	enum stemma_code code;

	if (options->stories == STEMMA_STORIES_OFF ||
		options->stories == STEMMA_STORIES_GIVEN) {
		*count = take_starts(
			starts, chances, sheet->paragraphs.doc, options);
		return STEMMA_OK;
	}
	code = stemma_stories_find(starts, chances, count, &sheet->paragraphs,
		options, &sheet->reading,
		before && before->is_read ? &before->reading : NULL, scratch);
	sheet->is_read = code == STEMMA_OK;
	return code;
}

/* Paragraphs, stories and kinds, into `outline`, whose kinds have room. */
static enum stemma_code
fill(struct stemma_outline *outline, struct sheet *sheet,
	const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	const struct sheet *before, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	const struct stemma_paragraphs *paragraphs = &sheet->paragraphs;
	uint32_t *starts =
		stemma_arena_alloc(scratch, doc->unit_count, sizeof *starts);
	float *chances =
		stemma_arena_alloc(scratch, doc->unit_count, sizeof *chances);
	enum stemma_code code;
	size_t count;

	if (!divide(sheet, doc, before, scratch) || !starts || !chances)
		return STEMMA_NOMEM;
	stemma_shapes_tell(paragraphs->items, paragraphs->count, doc, NULL);
	code = find_starts(
		starts, chances, &count, sheet, options, before, scratch);
	if (code != STEMMA_OK)
		return code;
	outline->stories =
		make_stories(starts, chances, count, doc->unit_count, arena);
	if (!outline->stories)
		return STEMMA_NOMEM;
	outline->story_count = count;
	stemma_kinds_assign(outline->kinds, outline->sure, doc,
		paragraphs->items, paragraphs->count, outline->stories, count);
	find_titles(outline);
	return STEMMA_OK;
}

/* The outline of one page, of which `before`, if not NULL, has the twins. */
static enum stemma_code
make(struct stemma_outline *outline, struct sheet *sheet,
	const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	const struct sheet *before, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	const struct stemma_outline_options defaults = {0};

	*outline = (struct stemma_outline){.unit_count = doc->unit_count};
	*sheet = (struct sheet){.paragraphs.doc = doc};
	outline->kinds = stemma_arena_zalloc(arena, doc->unit_count, 1);
	outline->sure = stemma_arena_zalloc(arena, doc->unit_count, 1);
	if (!outline->kinds || !outline->sure)
		return STEMMA_NOMEM;
	if (!doc->unit_count)
		return STEMMA_OK;
	return fill(outline, sheet, doc, options ? options : &defaults, before,
		arena, scratch);
}

enum stemma_code
stemma_outline_make(struct stemma_outline *outline,
	const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_mark scratch_mark = stemma_arena_mark(scratch);
	struct sheet sheet;
	enum stemma_code code =
		make(outline, &sheet, doc, options, NULL, arena, scratch);

	stemma_arena_rewind(scratch, scratch_mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, mark);
		*outline = (struct stemma_outline){0};
	}
	return code;
}

enum stemma_code
stemma_outlines_make(struct stemma_outline outlines[2],
	const struct stemma_doc *const docs[2],
	const struct stemma_outline_options *const options[2],
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_mark scratch_mark = stemma_arena_mark(scratch);
	struct sheet sheets[2];
	enum stemma_code code = make(&outlines[0], &sheets[0], docs[0],
		options[0], NULL, arena, scratch);

	if (code == STEMMA_OK)
		code = make(&outlines[1], &sheets[1], docs[1], options[1],
			&sheets[0], arena, scratch);
	stemma_arena_rewind(scratch, scratch_mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, mark);
		outlines[0] = outlines[1] = (struct stemma_outline){0};
	}
	return code;
}

/* The kinds of one page alone. */
static bool
tell_kinds(const struct stemma_kinds_side *side, const uint8_t *wanted,
	const struct stemma_story *stories, size_t story_count,
	struct sheet *sheet, const struct sheet *before,
	struct stemma_arena *scratch)
{
	const struct stemma_paragraphs *paragraphs = &sheet->paragraphs;

	if (!divide(sheet, side->doc, before, scratch))
		return false;
	stemma_shapes_tell(
		paragraphs->items, paragraphs->count, side->doc, wanted);
	stemma_kinds_assign(side->kinds, side->sure, side->doc,
		paragraphs->items, paragraphs->count, stories, story_count);
	return true;
}

enum stemma_code
stemma_kinds_tell(uint8_t *kinds, uint8_t *sure, const struct stemma_doc *doc,
	const uint8_t *wanted, const struct stemma_story *stories,
	size_t story_count, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_kinds_side side = {doc, kinds, sure};
	struct sheet sheet;
	bool told = tell_kinds(
		&side, wanted, stories, story_count, &sheet, NULL, scratch);

	stemma_arena_rewind(scratch, mark);
	return told ? STEMMA_OK : STEMMA_NOMEM;
}

enum stemma_code
stemma_kinds_tell_both(const struct stemma_kinds_side sides[2],
	const uint8_t *const wanted[2], struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct sheet sheets[2];
	bool told = tell_kinds(&sides[0], wanted[0], NULL, 0, &sheets[0], NULL,
			    scratch) &&
		    tell_kinds(&sides[1], wanted[1], NULL, 0, &sheets[1],
			    &sheets[0], scratch);

	stemma_arena_rewind(scratch, mark);
	return told ? STEMMA_OK : STEMMA_NOMEM;
}
