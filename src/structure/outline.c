/* SPDX-License-Identifier: MIT */
#include <stemma/structure.h>

#include "shape.h"
#include "stories.h"

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

/* Paragraphs, stories and kinds, into `outline`, whose kinds have room. */
static enum stemma_code
fill(struct stemma_outline *outline, const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	size_t count, starts_count;
	struct stemma_paragraph *paragraphs =
		stemma_paragraphs_find(&count, doc, scratch);
	uint32_t *starts =
		stemma_arena_alloc(scratch, doc->unit_count, sizeof *starts);
	float *chances =
		stemma_arena_alloc(scratch, doc->unit_count, sizeof *chances);
	enum stemma_code code = STEMMA_OK;

	if (!paragraphs || !starts || !chances)
		return STEMMA_NOMEM;
	stemma_shapes_tell(paragraphs, count, doc, NULL);
	if (options->stories == STEMMA_STORIES_OFF ||
		options->stories == STEMMA_STORIES_GIVEN)
		starts_count = take_starts(starts, chances, doc, options);
	else
		code = stemma_stories_find(starts, chances, &starts_count, doc,
			paragraphs, count, options, scratch);
	if (code != STEMMA_OK)
		return code;
	outline->stories = make_stories(
		starts, chances, starts_count, doc->unit_count, arena);
	if (!outline->stories)
		return STEMMA_NOMEM;
	outline->story_count = starts_count;
	stemma_kinds_assign(outline->kinds, outline->sure, doc, paragraphs,
		count, outline->stories, starts_count);
	find_titles(outline);
	return STEMMA_OK;
}

enum stemma_code
stemma_outline_make(struct stemma_outline *outline,
	const struct stemma_doc *doc,
	const struct stemma_outline_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_outline_options defaults = {0};
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_mark scratch_mark = stemma_arena_mark(scratch);
	enum stemma_code code = STEMMA_OK;

	*outline = (struct stemma_outline){.unit_count = doc->unit_count};
	outline->kinds = stemma_arena_zalloc(arena, doc->unit_count, 1);
	outline->sure = stemma_arena_zalloc(arena, doc->unit_count, 1);
	if (!outline->kinds || !outline->sure)
		code = STEMMA_NOMEM;
	else if (doc->unit_count)
		code = fill(outline, doc, options ? options : &defaults, arena,
			scratch);
	stemma_arena_rewind(scratch, scratch_mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, mark);
		*outline = (struct stemma_outline){0};
	}
	return code;
}

enum stemma_code
stemma_kinds_tell(uint8_t *kinds, uint8_t *sure, const struct stemma_doc *doc,
	const uint8_t *wanted, const struct stemma_story *stories,
	size_t story_count, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t count;
	struct stemma_paragraph *paragraphs =
		stemma_paragraphs_find(&count, doc, scratch);

	if (!paragraphs)
		return STEMMA_NOMEM;
	stemma_shapes_tell(paragraphs, count, doc, wanted);
	stemma_kinds_assign(
		kinds, sure, doc, paragraphs, count, stories, story_count);
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}
