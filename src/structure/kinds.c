/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "look.h"
#include "shape.h"

/* Words of a line over the headline ("Politics"), and of a headline then. */
#define KICKER_WORDS 2
#define UNDER_KICKER_WORDS 4

/* Words of a caption that only names what is seen; of a bare author's name. */
#define NAMED_WORDS 8
#define AUTHOR_WORDS 4

/* Words of a headline that ends in a mark; how much longer the text then is. */
#define MARKED_WORDS 25
#define MARKED_RATIO 2

/* Words of the line under a quotation that says whose it is. */
#define SPEAKER_WORDS 14

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

/* The paragraphs of one story. */
struct story {
	const struct stemma_doc *doc;
	const struct stemma_paragraph *first, *end;
};

static struct stemma_view
text_of(const struct story *s, const struct stemma_paragraph *p)
{
	return stemma_view_cut(s->doc->text, p->span);
}

static bool
is_text(const struct stemma_paragraph *p)
{
	return p->shape == STEMMA_SHAPE_BODY || p->shape == STEMMA_SHAPE_LIST ||
	       p->shape == STEMMA_SHAPE_QUOTE;
}

/* Whether the same line stands directly before or behind: the words of a
   picture often come twice. */
static bool
stands_twice(const struct story *s, const struct stemma_paragraph *p)
{
	return (p > s->first &&
		       stemma_view_equal(text_of(s, p), text_of(s, p - 1))) ||
	       (p + 1 < s->end &&
		       stemma_view_equal(text_of(s, p), text_of(s, p + 1)));
}

/* A bare name is the author's, unless the text speaks of it. */
static bool
is_mentioned(const struct story *s, const struct stemma_paragraph *p)
{
	struct stemma_view name = text_of(s, p);

	for (const struct stemma_paragraph *q = p + 1; q < s->end; q++) {
		struct stemma_view text = text_of(s, q);

		if (is_text(q) &&
			memmem(text.bytes, text.size, name.bytes, name.size))
			return true;
	}
	return false;
}

/* A line of capitalised words and nothing else names a picture or an author. */
static enum stemma_kind
kind_below_headline(const struct story *s, const struct stemma_paragraph *p)
{
	struct stemma_look look;

	stemma_look_at(&look, text_of(s, p));
	if (stands_twice(s, p))
		return STEMMA_KIND_CAPTION;
	if (look.smalls > 0 || look.capitals < 2 || look.words > NAMED_WORDS)
		return STEMMA_KIND_SUBHEAD;
	if (look.words <= AUTHOR_WORDS && look.titles == 0 &&
		!is_mentioned(s, p))
		return STEMMA_KIND_BYLINE;
	return STEMMA_KIND_CAPTION;
}

/* "Politics" over "Parliament votes for an early election". */
static bool
is_kicker(const struct story *s, const struct stemma_paragraph *p)
{
	struct stemma_look look, next;

	if (p + 1 == s->end || p[1].shape != STEMMA_SHAPE_HEADING)
		return false;
	stemma_look_at(&look, text_of(s, p));
	stemma_look_at(&next, text_of(s, p + 1));
	return look.words <= KICKER_WORDS && look.numbers == 0 &&
	       !stemma_point_is_question(look.last) &&
	       next.words >= UNDER_KICKER_WORDS && next.smalls > 0;
}

/* A first line with "!", "?" or "…" behind it may be a headline all the same:
   when it is one short sentence and the text below is longer. */
static bool
is_marked_headline(const struct story *s, const struct stemma_paragraph *p)
{
	struct stemma_view text = text_of(s, p);
	const struct stemma_paragraph *next = p + 1;
	struct stemma_look look;

	if (p->shape != STEMMA_SHAPE_BODY)
		return false;
	while (next < s->end && !is_text(next))
		next++;
	if (next == s->end || text_of(s, next).size < text.size * MARKED_RATIO)
		return false;
	stemma_look_at(&look, text);
	return look.words <= MARKED_WORDS && look.stops == 0 &&
	       (stemma_point_is_question(look.last) || look.last == '!' ||
		       look.last == 0xff01 || look.last == 0x2026);
}

/* "— Ada Marsh, minister of transport", under a quotation. */
static bool
is_speaker(const struct story *s, const struct stemma_paragraph *p)
{
	struct stemma_look look;

	if (p == s->first || p[-1].shape != STEMMA_SHAPE_QUOTE)
		return false;
	stemma_look_at(&look, text_of(s, p));
	return look.words <= SPEAKER_WORDS && look.stops == 0 &&
	       (look.first == 0x2014 || look.first == 0x2013 ||
		       look.first == '-' || look.first == 0x2015);
}

/* The kind of a heading or text in front of a story. `*titled` tells whether
   its headline has come. */
static enum stemma_kind
kind_in_front(
	const struct story *s, const struct stemma_paragraph *p, bool *titled)
{
	if (*titled)
		return p->shape == STEMMA_SHAPE_HEADING
			       ? kind_below_headline(s, p)
			       : (enum stemma_kind)kind_of_shape[p->shape];
	if (p->shape == STEMMA_SHAPE_HEADING && is_kicker(s, p))
		return STEMMA_KIND_BOILERPLATE;
	*titled = true;
	if (p->shape == STEMMA_SHAPE_HEADING || is_marked_headline(s, p))
		return STEMMA_KIND_HEADLINE;
	return (enum stemma_kind)kind_of_shape[p->shape];
}

/* What the place of a paragraph says beyond its shape is likely; a headline is
   more: it stands where one is looked for. */
static uint8_t
certainty(const struct stemma_paragraph *p, enum stemma_kind kind)
{
	if (kind == STEMMA_KIND_HEADLINE)
		return STEMMA_SURE_LIKELY;
	return kind == kind_of_shape[p->shape] ? p->sure : STEMMA_SURE_FAIR;
}

static void
assign(uint8_t *kinds, uint8_t *sure, const struct story *s)
{
	bool titled = false, front = true;

	for (const struct stemma_paragraph *p = s->first; p < s->end; p++) {
		enum stemma_kind kind = kind_of_shape[p->shape];

		if (front && (p->shape == STEMMA_SHAPE_HEADING || is_text(p)))
			kind = kind_in_front(s, p, &titled);
		else if (is_speaker(s, p))
			kind = STEMMA_KIND_QUOTE;
		if (is_text(p) && kind != STEMMA_KIND_HEADLINE)
			front = false;
		for (uint32_t u = 0; u < p->unit_count; u++) {
			kinds[p->first_unit + u] = (uint8_t)kind;
			if (sure)
				sure[p->first_unit + u] = certainty(p, kind);
		}
	}
}

void
stemma_kinds_assign(uint8_t *kinds, uint8_t *sure, const struct stemma_doc *doc,
	const struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_story *stories, size_t story_count)
{
	struct story story = {doc, paragraphs, paragraphs};
	const struct stemma_paragraph *end = paragraphs + count;

	for (size_t k = 0; story.first < end; k++) {
		uint32_t next = stories && k + 1 < story_count
					? stories[k + 1].first
					: UINT32_MAX;

		while (story.end < end && story.end->first_unit < next)
			story.end++;
		assign(kinds, sure, &story);
		story.first = story.end;
	}
}
