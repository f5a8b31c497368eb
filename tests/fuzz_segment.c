/*
 * Any text is a page: whatever its stories and kinds are, every unit has a kind
 * and stands in one story, and all formats can be written. The first byte
 * chooses how stories are looked for.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stemma.h>

#include "support/demand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_stories(const struct stemma_outline *outline)
{
	uint32_t next = 0;

	for (size_t k = 0; k < outline->story_count; k++) {
		const struct stemma_story *story = &outline->stories[k];

		check(story->first == next && story->last >= story->first,
			"stories do not follow each other");
		check(story->confidence >= 0 && story->confidence <= 1,
			"a confidence is none");
		check(story->title == STEMMA_NO_TITLE ||
				(story->title >= story->first &&
					story->title <= story->last),
			"a title is in another story");
		next = story->last + 1;
	}
	check(next == outline->unit_count, "a unit is in no story");
}

static void
check_kinds(const struct stemma_outline *outline)
{
	for (size_t u = 0; u < outline->unit_count; u++) {
		check(outline->kinds[u] < STEMMA_KIND_COUNT,
			"a unit has no kind");
		check(outline->sure[u] <= 100, "surer than sure");
	}
}

static void
write_all(const struct stemma_doc *doc, const struct stemma_outline *outline,
	struct stemma_arena *scratch)
{
	const struct stemma_render_options options = {.width = 60};
	struct stemma_out out = {0};

	check(stemma_render_segment_json(
		      &out, doc, outline, &options, scratch) == STEMMA_OK &&
			stemma_render_segment_term(&out, doc, outline, &options,
				scratch) == STEMMA_OK &&
			stemma_render_text(&out, doc) == STEMMA_OK,
		"no memory");
	stemma_out_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t starts[] = {0, 2, 3, 9};
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_outline_options options = {
		.starts = starts, .start_count = 4};
	struct stemma_outline outline;
	struct stemma_doc doc;
	enum stemma_code code;

	check(arena && scratch, "no memory");
	if (size) {
		options.stories = (enum stemma_story_mode)(*data % 4);
		options.count = *data >> 2;
		data++;
		size--;
	}
	check(stemma_doc_split(&doc,
		      (struct stemma_view){(const char *)data, size}, NULL,
		      arena, NULL) == STEMMA_OK,
		"no document");
	code = stemma_outline_make(&outline, &doc, &options, arena, scratch);
	if (code == STEMMA_OK) {
		check_stories(&outline);
		check_kinds(&outline);
		write_all(&doc, &outline, scratch);
	} else {
		check(code == STEMMA_INVALID, "it fails without a reason");
	}
	check(stemma_arena_used(scratch) == 0, "scratch is left in use");
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	return 0;
}
