/*
 * kinds.h - from shapes to kinds: what the place of a paragraph in its story
 * says. Three passes, each over a part of it:
 *
 *     front    up to the first text: headline, byline, dateline, caption
 *     inside   subheads and lists without marks
 *     tail     behind the last text: credits and boilerplate
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_KINDS_H
#define STRUCTURE_KINDS_H

#include "shape.h"

/* The paragraphs of one story. */
struct stemma_part {
	const struct stemma_doc *doc;
	struct stemma_paragraph *first, *end;
	bool later; /* it is not the first of its page */
};

/* Give the paragraphs in front of the first text their kinds; returns that
   text, or where the story ends. O(paragraphs in front). */
struct stemma_paragraph *stemma_front_assign(const struct stemma_part *story);

/* Give those from `p` on their kinds. O(paragraphs). */
void stemma_inside_assign(
	const struct stemma_part *story, struct stemma_paragraph *p);

/* Where the last text of the story ends, not before `from`; a line about the
   author is none, and is told so. O(paragraphs). */
struct stemma_paragraph *stemma_tail_find(
	const struct stemma_part *story, struct stemma_paragraph *from);

/* Give a short line behind all text its kind. */
void stemma_tail_line(struct stemma_paragraph *p);

/* What follows boilerplate there is more of it: titles of other stories, names
   of subjects. O(paragraphs from `p`). */
void
stemma_tail_assign(const struct stemma_part *story, struct stemma_paragraph *p);

static inline struct stemma_view
stemma_part_text(
	const struct stemma_part *story, const struct stemma_paragraph *p)
{
	return stemma_view_cut(story->doc->text, p->span);
}

/* Whether a paragraph is what a story consists of. */
static inline bool
stemma_shape_is_text(const struct stemma_paragraph *p)
{
	return p->shape == STEMMA_SHAPE_BODY || p->shape == STEMMA_SHAPE_LIST ||
	       p->shape == STEMMA_SHAPE_QUOTE;
}

static inline void
stemma_kind_set(
	struct stemma_paragraph *p, enum stemma_kind kind, unsigned sure)
{
	p->kind = (uint8_t)kind;
	p->sure = (uint8_t)sure;
}

#endif
