/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kinds.h"
#include "look.h"
#include "names_line.h"

/* Words of a line over the headline ("Politics"), and of a headline then. */
#define KICKER_WORDS 2
#define UNDER_KICKER_WORDS 3
#define UNCASED_UNDER_WORDS 5

/* Words of a headline that ends in a mark, and of a short text in front of
   bylines; how much longer the text below is. */
#define MARKED_WORDS 25
#define STANDFIRST_WORDS 45
#define MARKED_RATIO 2

/* Words of a headline that begins like boilerplate. */
#define HIDDEN_WORDS 5

/* Words of a name in a script without capitals, of the place or profession
   below a name, of the shortest caption without a credit. */
#define UNCASED_WORDS 4
#define BELOW_NAME_WORDS 3
#define CAPTION_WORDS 5

/* Texts and bytes of each in which a name is looked for, for so many lines. */
#define MENTION_TEXTS 8
#define MENTION_BYTES 2000
#define MENTION_LINES 16

/* What has been seen so far. */
struct front {
	const struct stemma_part *story;
	bool titled, authored, dated;
	bool uncased;      /* the headline is of a script without capitals */
	unsigned mentions; /* lines looked for in the text */
};

/* Whether the same line stands directly before or behind: the words of a
   picture often come twice. */
static bool
stands_twice(const struct stemma_part *s, const struct stemma_paragraph *p)
{
	struct stemma_view text = stemma_part_text(s, p);

	return (p > s->first &&
		       stemma_view_equal(text, stemma_part_text(s, p - 1))) ||
	       (p + 1 < s->end &&
		       stemma_view_equal(text, stemma_part_text(s, p + 1)));
}

static bool
is_last_text(const struct stemma_part *s, const struct stemma_paragraph *p)
{
	unsigned lines = 0;

	for (p++; p < s->end && lines < MENTION_LINES; p++, lines++) {
		if (stemma_shape_is_text(p))
			return false;
	}
	return p == s->end;
}

/* A bare name is the author's, unless the text speaks of it soon. */
static bool
is_mentioned(struct front *f, const struct stemma_paragraph *p,
	struct stemma_view name)
{
	const char *at;
	unsigned texts = 0;

	if (f->mentions++ >= MENTION_LINES)
		return false;
	for (p++; p < f->story->end && texts < MENTION_TEXTS; p++) {
		struct stemma_view text = stemma_part_text(f->story, p);

		if (!stemma_shape_is_text(p))
			continue;
		texts++;
		if (text.size > MENTION_BYTES)
			text.size = MENTION_BYTES;
		at = memmem(text.bytes, text.size, name.bytes, name.size);
		/* "Ada Marsh is the author of …" at the end of the page. */
		if (at && !(at == text.bytes && p->words > 0 &&
				  is_last_text(f->story, p)))
			return true;
	}
	return false;
}

/* "Politics" over "Parliament votes for an early election". */
static bool
is_kicker(const struct stemma_part *s, const struct stemma_paragraph *p)
{
	if (p->traits & STEMMA_TRAIT_KICKER)
		return true;
	return p + 1 < s->end && p[1].shape == STEMMA_SHAPE_HEADING &&
	       p->words <= KICKER_WORDS && p->words + 2 <= p[1].words + 1 &&
	       p[1].words >= ((p->traits & STEMMA_TRAIT_UNCASED)
					     ? UNCASED_UNDER_WORDS
					     : UNDER_KICKER_WORDS) &&
	       !(p->traits & (STEMMA_TRAIT_NUMBER | STEMMA_TRAIT_QUESTION));
}

/* A first line with "!", "?" or "…" behind it, or all in quotation marks, may
   be a headline all the same: when it is short and the text below longer. */
static bool
is_marked_headline(
	const struct stemma_part *s, const struct stemma_paragraph *p)
{
	const struct stemma_paragraph *next = p + 1;
	bool quote = p->shape == STEMMA_SHAPE_QUOTE &&
		     !(p->traits & STEMMA_TRAIT_STOP);
	bool inner = (p->traits & STEMMA_TRAIT_INNER) != 0;

	if ((p->shape != STEMMA_SHAPE_BODY && !quote) || p->words == 0 ||
		p->words > MARKED_WORDS || (!quote && inner) || next == s->end)
		return false;
	/* What stands between a headline and the text. */
	if (p == s->first && (next->shape == STEMMA_SHAPE_BYLINE ||
				     next->shape == STEMMA_SHAPE_DATELINE))
		return true;
	if (!quote && !(p->traits & STEMMA_TRAIT_MARKED))
		return false;
	if (next->shape == STEMMA_SHAPE_HEADING)
		return true;
	while (next < s->end && !stemma_shape_is_text(next))
		next++;
	return next < s->end &&
	       next->span.end - next->span.start >=
		       (p->span.end - p->span.start) * MARKED_RATIO;
}

/* Whether the first line of a story was told to be boilerplate, or when and
   where, by how it begins alone, and no headline is to be seen below. */
static bool
is_hidden_headline(
	const struct stemma_part *s, const struct stemma_paragraph *p)
{
	unsigned lines = 0;

	if (p->words < HIDDEN_WORDS || p->sure >= STEMMA_SURE_SAID ||
		(p->traits & (STEMMA_TRAIT_STOP | STEMMA_TRAIT_INNER |
				     STEMMA_TRAIT_ADDRESS)) ||
		(p->shape != STEMMA_SHAPE_BOILERPLATE &&
			p->shape != STEMMA_SHAPE_CAPTION &&
			p->shape != STEMMA_SHAPE_DATELINE))
		return false;
	for (p++; p < s->end && lines < MENTION_LINES; p++, lines++) {
		if (stemma_shape_is_text(p))
			return true;
		if (p->shape == STEMMA_SHAPE_HEADING)
			return false;
	}
	return false;
}

/* A line with nothing but names: of the author, or of who is in the picture. */
static bool
assign_name(struct front *f, struct stemma_paragraph *p)
{
	struct stemma_name_line line;
	bool named =
		stemma_name_line_read(&line, stemma_part_text(f->story, p));

	if (!named || line.numbers > 0)
		return false;
	if (line.titles == 0 && !is_mentioned(f, p, line.name))
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_FAIR);
	else if (line.bare)
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_FAIR);
	else
		return false;
	return true;
}

/* Whether a list, with marks or without, begins right behind. */
static bool
is_list_next(const struct stemma_part *s, const struct stemma_paragraph *p)
{
	return p + 1 < s->end &&
	       (p[1].shape == STEMMA_SHAPE_LIST ||
		       (p[1].traits & STEMMA_TRAIT_LEADING &&
			       p[1].shape == STEMMA_SHAPE_HEADING));
}

/* Whether a line stands where that with the author does. */
static bool
is_beside_date(const struct front *f, const struct stemma_paragraph *p)
{
	const struct stemma_paragraph *next = p + 1;

	if (f->authored || next == f->story->end)
		return false;
	return next->shape == STEMMA_SHAPE_DATELINE ||
	       next->shape == STEMMA_SHAPE_BYLINE ||
	       (p > f->story->first && p[-1].shape == STEMMA_SHAPE_DATELINE &&
		       stemma_shape_is_text(next));
}

/* A heading below the headline. */
static void
assign_below(struct front *f, struct stemma_paragraph *p)
{
	bool followed = f->authored || f->dated;
	bool below_name =
		p > f->story->first && p[-1].kind == STEMMA_KIND_BYLINE;

	stemma_kind_set(p, STEMMA_KIND_SUBHEAD, STEMMA_SURE_FAIR);
	if (stands_twice(f->story, p) ||
		(p->traits & (STEMMA_TRAIT_CREDIT | STEMMA_TRAIT_SIGNED))) {
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_LIKELY);
		return;
	}
	if (p->traits & STEMMA_TRAIT_ROLE) {
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_LIKELY);
		return;
	}
	if ((p->traits & (STEMMA_TRAIT_QUESTION | STEMMA_TRAIT_LABEL)) ||
		is_list_next(f->story, p) || assign_name(f, p))
		return;
	if ((f->uncased && p->words <= UNCASED_WORDS && !f->authored) ||
		(p->words <= BELOW_NAME_WORDS &&
			!(p->traits & STEMMA_TRAIT_NUMBER) &&
			(below_name || is_beside_date(f, p))))
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_GUESS);
	else if (followed && p->words >= CAPTION_WORDS)
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_GUESS);
}

/* An entry of a page that grows: "18:40", and a heading below. */
static bool
is_entry(const struct stemma_part *s, const struct stemma_paragraph *p)
{
	return s->later && p > s->first &&
	       p[-1].shape == STEMMA_SHAPE_DATELINE &&
	       !(p[-1].traits & STEMMA_TRAIT_DAY);
}

/* A heading or text above or at the headline. */
static void
assign_title(struct front *f, struct stemma_paragraph *p)
{
	struct stemma_look look;

	if (p->shape == STEMMA_SHAPE_HEADING && is_kicker(f->story, p)) {
		stemma_kind_set(p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_FAIR);
		return;
	}
	f->titled = true;
	if (is_entry(f->story, p))
		return;
	if (p->shape != STEMMA_SHAPE_HEADING &&
		!is_marked_headline(f->story, p))
		return;
	stemma_look_at(&look, stemma_part_text(f->story, p));
	f->uncased = look.capitals + look.smalls == 0;
	stemma_kind_set(p, STEMMA_KIND_HEADLINE, STEMMA_SURE_LIKELY);
}

/* Where what belongs to the page before this story ends: at a rule. */
static struct stemma_paragraph *
skip_rest(const struct stemma_part *story)
{
	struct stemma_paragraph *start = story->first, *p = start;

	for (; p < story->end && !stemma_shape_is_text(p); p++) {
		if (p->shape == STEMMA_SHAPE_RULE)
			start = p + 1;
	}
	for (p = story->first; p < start; p++) {
		if (p->shape == STEMMA_SHAPE_HEADING)
			stemma_kind_set(
				p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_FAIR);
	}
	return start;
}

/* Whether bylines follow a short text: it stood between them and the
   headline. */
static bool
is_standfirst(struct front *f, const struct stemma_paragraph *p)
{
	struct stemma_name_line line;

	if (f->authored || f->dated || p->shape != STEMMA_SHAPE_BODY ||
		p->words == 0 || p->words > STANDFIRST_WORDS ||
		p + 1 >= f->story->end)
		return false;
	p++;
	if (p->shape == STEMMA_SHAPE_BYLINE ||
		p->shape == STEMMA_SHAPE_DATELINE)
		return true;
	return p->shape == STEMMA_SHAPE_HEADING && p + 1 < f->story->end &&
	       stemma_name_line_read(&line, stemma_part_text(f->story, p)) &&
	       line.titles == 0 && line.numbers == 0 &&
	       !is_mentioned(f, p, line.name);
}

struct stemma_paragraph *
stemma_front_assign(const struct stemma_part *story)
{
	struct front front = {.story = story};
	struct stemma_paragraph *p = skip_rest(story);
	bool standfirst = false;

	for (; p < story->end; p++) {
		bool heading = p->shape == STEMMA_SHAPE_HEADING;

		if (p == story->first && is_hidden_headline(story, p)) {
			stemma_kind_set(
				p, STEMMA_KIND_HEADLINE, STEMMA_SURE_GUESS);
			front.titled = true;
			continue;
		}
		if (p > story->first && heading &&
			(p[-1].traits & STEMMA_TRAIT_LEADS))
			stemma_kind_set(
				p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_FAIR);
		else if (!front.titled && (heading || stemma_shape_is_text(p)))
			assign_title(&front, p);
		else if (heading)
			assign_below(&front, p);
		front.authored |= p->kind == STEMMA_KIND_BYLINE;
		front.dated |= p->kind == STEMMA_KIND_DATELINE;
		if (!stemma_shape_is_text(p) || p->kind == STEMMA_KIND_HEADLINE)
			continue;
		if (standfirst || !is_standfirst(&front, p))
			break;
		standfirst = true;
	}
	return p;
}
