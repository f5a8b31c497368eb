/*
 * shape.h - what a paragraph looks like, before anybody knows where stories
 * begin: a heading may become a headline or a subhead, the rest is a kind.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_SHAPE_H
#define STRUCTURE_SHAPE_H

#include <stemma/structure.h>

#include "page.h"

enum stemma_shape {
	STEMMA_SHAPE_BODY,
	STEMMA_SHAPE_HEADING, /* a line without a full stop */
	STEMMA_SHAPE_BYLINE,
	STEMMA_SHAPE_DATELINE,
	STEMMA_SHAPE_CAPTION,
	STEMMA_SHAPE_LIST,
	STEMMA_SHAPE_QUOTE,
	STEMMA_SHAPE_CORRECTION,
	STEMMA_SHAPE_BOILERPLATE,
	STEMMA_SHAPE_RULE /* "* * *", "---": nothing but marks */
};

/* How sure a shape or kind is, in percent. */
enum {
	STEMMA_SURE_GUESS = 50,  /* nothing speaks against it */
	STEMMA_SURE_FAIR = 65,   /* looks or place speak for it */
	STEMMA_SURE_LIKELY = 80, /* both do, or a word that is often there */
	STEMMA_SURE_SAID = 95    /* a phrase or mark says so */
};

/* The paragraphs of `doc`; NULL without memory. `*count` becomes how many. */
struct stemma_paragraph *stemma_paragraphs_find(size_t *count,
	const struct stemma_doc *doc, struct stemma_arena *arena);

/* Tell the shape of each paragraph. O(bytes of short paragraphs). */
void stemma_shapes_tell(struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_doc *doc);

/*
 * Give every unit its kind, and how sure it is into `sure`, which may be NULL:
 * a heading in front of a story is its headline, one inside a subhead.
 * `stories` may be NULL: there is one.
 */
void stemma_kinds_assign(uint8_t *kinds, uint8_t *sure,
	const struct stemma_doc *doc, const struct stemma_paragraph *paragraphs,
	size_t count, const struct stemma_story *stories, size_t story_count);

#endif
