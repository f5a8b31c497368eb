/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const uint8_t kind_of_shape[] = {
	[STEMMA_SHAPE_BODY] = STEMMA_KIND_BODY,
	[STEMMA_SHAPE_HEADING] = STEMMA_KIND_SUBHEAD,
	[STEMMA_SHAPE_BYLINE] = STEMMA_KIND_BYLINE,
	[STEMMA_SHAPE_DATELINE] = STEMMA_KIND_DATELINE,
	[STEMMA_SHAPE_CAPTION] = STEMMA_KIND_CAPTION,
	[STEMMA_SHAPE_LIST] = STEMMA_KIND_LIST,
	[STEMMA_SHAPE_QUOTE] = STEMMA_KIND_QUOTE,
	[STEMMA_SHAPE_CORRECTION] = STEMMA_KIND_CORRECTION,
	[STEMMA_SHAPE_BOILERPLATE] = STEMMA_KIND_BOILERPLATE,
	[STEMMA_SHAPE_RULE] = STEMMA_KIND_BOILERPLATE,
};

static void
assign(uint8_t *kinds, uint8_t *sure, const struct stemma_part *story)
{
	for (struct stemma_paragraph *p = story->first; p < story->end; p++)
		p->kind = kind_of_shape[p->shape];
	stemma_inside_assign(story, stemma_front_assign(story));
	for (const struct stemma_paragraph *p = story->first; p < story->end;
		p++) {
		for (uint32_t u = 0; u < p->unit_count; u++) {
			kinds[p->first_unit + u] = p->kind;
			if (sure)
				sure[p->first_unit + u] = p->sure;
		}
	}
}

void
stemma_kinds_assign(uint8_t *kinds, uint8_t *sure, const struct stemma_doc *doc,
	struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_story *stories, size_t story_count)
{
	struct stemma_part story = {doc, paragraphs, paragraphs, false};
	const struct stemma_paragraph *end = paragraphs + count;

	for (size_t k = 0; story.first < end; k++) {
		uint32_t next = stories && k + 1 < story_count
					? stories[k + 1].first
					: UINT32_MAX;

		while (story.end < end && story.end->first_unit < next)
			story.end++;
		assign(kinds, sure, &story);
		story.first = story.end;
		story.later = true;
	}
}
