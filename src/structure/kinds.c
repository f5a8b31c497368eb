/* SPDX-License-Identifier: MIT */
#include "shape.h"

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

void
stemma_kinds_assign(uint8_t *kinds, const struct stemma_doc *doc,
	const struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_story *stories, size_t story_count)
{
	bool fresh = true; /* nothing of the story's text has been seen */
	size_t next = 1;   /* story */

	(void)doc;
	for (size_t k = 0; k < count; k++) {
		const struct stemma_paragraph *p = &paragraphs[k];
		uint8_t kind = kind_of_shape[p->shape];

		if (stories && next < story_count &&
			p->first_unit >= stories[next].first) {
			next++;
			fresh = true;
		}
		if (p->shape == STEMMA_SHAPE_HEADING && fresh)
			kind = STEMMA_KIND_HEADLINE;
		if (p->shape == STEMMA_SHAPE_HEADING ||
			p->shape == STEMMA_SHAPE_BODY)
			fresh = false;
		for (uint32_t u = 0; u < p->unit_count; u++)
			kinds[p->first_unit + u] = kind;
	}
}
