/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kinds.h"

/* Words of the last line of a page that is no text. */
#define LAST_WORDS 12

/* Paragraphs at the top of a story in which its author is named, and the bytes
   of such a line. */
#define TOP_LINES 12
#define TOP_BYTES 200

void
stemma_tail_line(struct stemma_paragraph *p)
{
	if (p->traits & STEMMA_TRAIT_AGENCY)
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_FAIR);
	else if (p->traits & STEMMA_TRAIT_CREDIT)
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_FAIR);
	else
		stemma_kind_set(p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_GUESS);
}

/* Whether the name of an author begins the paragraph: it tells who that is. */
static bool
is_about_author(
	const struct stemma_part *story, const struct stemma_paragraph *p)
{
	struct stemma_view text = stemma_part_text(story, p), name = text;
	size_t blanks = 0, size = 0;

	while (size < text.size && blanks < 2)
		blanks += text.bytes[size++] == ' ';
	name.size = size - (size > 0);
	if (blanks < 2)
		return false;
	for (const struct stemma_paragraph *q = story->first;
		q < p && q < story->first + TOP_LINES; q++) {
		struct stemma_view line = stemma_part_text(story, q);

		if (q->kind == STEMMA_KIND_BYLINE && line.size < TOP_BYTES &&
			memmem(line.bytes, line.size, name.bytes, name.size))
			return true;
	}
	return false;
}

/* Where a list that follows boilerplate begins, if one ends at `end`: titles of
   other stories, by number. Else `end`. */
static struct stemma_paragraph *
skip_titles(const struct stemma_paragraph *from, struct stemma_paragraph *end)
{
	struct stemma_paragraph *p = end;

	while (p > from && p[-1].shape == STEMMA_SHAPE_LIST)
		p--;
	return p > from && p[-1].shape == STEMMA_SHAPE_BOILERPLATE ? p : end;
}

/* The last line of a page has no heading's shape, but may be none of its text
   all the same: a short one that does not end a sentence. */
static bool
is_last_line(const struct stemma_part *story, const struct stemma_paragraph *p)
{
	return p + 1 == story->end && p->shape == STEMMA_SHAPE_BODY &&
	       p->words > 0 && p->words <= LAST_WORDS &&
	       !(p->traits & STEMMA_TRAIT_STOP);
}

struct stemma_paragraph *
stemma_tail_find(const struct stemma_part *story, struct stemma_paragraph *from)
{
	struct stemma_paragraph *tail = story->end;

	while (tail > from) {
		struct stemma_paragraph *p = tail - 1;

		if (p->shape == STEMMA_SHAPE_LIST)
			p = skip_titles(from, tail);
		else if (p > from && is_last_line(story, p)) {
			p->shape = STEMMA_SHAPE_HEADING;
			p->kind = STEMMA_KIND_SUBHEAD;
		} else if (p > from && p->shape == STEMMA_SHAPE_BODY &&
			   p->words > 0 &&
			   ((p->traits & STEMMA_TRAIT_ADDRESS) ||
				   is_about_author(story, p)))
			stemma_kind_set(
				p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_LIKELY);
		else if (stemma_shape_is_text(p) ||
			 (p->traits & STEMMA_TRAIT_SIGNED))
			break;
		if (p == tail)
			break;
		tail = p;
	}
	return tail;
}

void
stemma_tail_assign(const struct stemma_part *story, struct stemma_paragraph *p)
{
	bool closed = false;

	for (; p < story->end; p++) {
		if (closed && (p->shape == STEMMA_SHAPE_HEADING ||
				      p->shape == STEMMA_SHAPE_LIST))
			stemma_kind_set(
				p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_FAIR);
		closed |= p->kind == STEMMA_KIND_BOILERPLATE &&
			  p->shape != STEMMA_SHAPE_RULE;
	}
}
