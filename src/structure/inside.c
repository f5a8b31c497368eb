/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kinds.h"
#include "look.h"
#include "names_line.h"
#include "run.h"

/* Words of a subhead at most, in a script without capitals too; of a question
   that the text asks itself. */
#define SUBHEAD_WORDS 14
#define UNCASED_SUBHEAD_WORDS 9
#define ASIDE_WORDS 6

/* Lines in a row that make a list; if all look alike. */
#define LIST_LINES 4
#define ALIKE_LINES 2

/* Words of the headline of another story. */
#define TITLE_WORDS 4

/* Words of the line under a quotation that says whose it is, of the last line
   of a page that is no text. */
#define SPEAKER_WORDS 14
#define LAST_WORDS 12

/* What is known of the headings of a story. */
struct inside {
	const struct stemma_part *story;
	const struct stemma_paragraph *tail; /* behind its last text */
	unsigned headings, questions;
};

static void
set_items(struct stemma_paragraph *p, const struct stemma_paragraph *end,
	unsigned sure)
{
	for (; p < end; p++)
		stemma_kind_set(p, STEMMA_KIND_LIST, sure);
}

/* Make a list of the lines, if they are one: all but the subhead above it, and
   one of what follows. Returns whether. */
static bool
assign_list(const struct inside *in, const struct stemma_run *lines)
{
	unsigned trait = stemma_run_trait(lines);
	struct stemma_run run = *lines;
	bool before_text =
		run.end < in->story->end && stemma_shape_is_text(run.end);
	bool before_list =
		run.end < in->story->end && run.end->shape == STEMMA_SHAPE_LIST;
	size_t count = (size_t)(run.end - run.first);

	if (count < (trait ? ALIKE_LINES : LIST_LINES))
		return false;
	if (run.first->shape == STEMMA_SHAPE_HEADING &&
		!(run.first->traits & trait))
		run.first++;
	if (before_text && run.end - run.first > 1 &&
		run.end[-1].shape == STEMMA_SHAPE_HEADING &&
		(before_list || (trait && !(run.end[-1].traits & trait))))
		run.end--;
	if (run.end - run.first < 2)
		return false;
	set_items(run.first, run.end,
		trait ? STEMMA_SURE_LIKELY : STEMMA_SURE_FAIR);
	return true;
}

/* "— Ada Marsh, minister of transport", under a quotation. */
static bool
is_speaker(const struct inside *in, const struct stemma_paragraph *p)
{
	struct stemma_name_line line;
	struct stemma_look look;

	if (p == in->story->first || p[-1].kind != STEMMA_KIND_QUOTE ||
		p->words == 0 || p->words > SPEAKER_WORDS)
		return false;
	stemma_look_at(&look, stemma_part_text(in->story, p));
	if (look.first == 0x2014 || look.first == 0x2013 || look.first == '-' ||
		look.first == 0x2015)
		return true;
	if (p->shape == STEMMA_SHAPE_BODY || p->shape == STEMMA_SHAPE_LIST)
		return false;
	return stemma_name_line_read(&line, stemma_part_text(in->story, p));
}

/* A short line behind all text. */
static void
assign_last(struct stemma_paragraph *p)
{
	if (p->traits & STEMMA_TRAIT_AGENCY)
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_FAIR);
	else if (p->traits & STEMMA_TRAIT_CREDIT)
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_FAIR);
	else
		stemma_kind_set(p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_GUESS);
}

/* A heading that stands alone inside a story. */
static void
assign_heading(const struct inside *in, struct stemma_paragraph *p)
{
	bool question = (p->traits & STEMMA_TRAIT_QUESTION) != 0;
	const struct stemma_paragraph *next = p + 1;

	if (p->traits & STEMMA_TRAIT_CREDIT)
		stemma_kind_set(p, STEMMA_KIND_CAPTION, STEMMA_SURE_FAIR);
	else if (p->words > ((p->traits & STEMMA_TRAIT_UNCASED)
					    ? UNCASED_SUBHEAD_WORDS
					    : SUBHEAD_WORDS))
		stemma_kind_set(p, STEMMA_KIND_BODY, STEMMA_SURE_GUESS);
	else if (next < in->story->end &&
		 (next->shape == STEMMA_SHAPE_BYLINE ||
			 (next->shape == STEMMA_SHAPE_DATELINE &&
				 (next->traits & STEMMA_TRAIT_DAY))))
		stemma_kind_set(p, STEMMA_KIND_HEADLINE, STEMMA_SURE_FAIR);
	else if (question && in->questions == 1 && in->headings == 1 &&
		 p->words <= ASIDE_WORDS)
		stemma_kind_set(p, STEMMA_KIND_BODY, STEMMA_SURE_GUESS);
	else
		stemma_kind_set(p, STEMMA_KIND_SUBHEAD, STEMMA_SURE_FAIR);
}

/* The headline of another story, with its author below it. */
static bool
assign_title(const struct inside *in, const struct stemma_run *run)
{
	struct stemma_name_line line;
	struct stemma_paragraph *author = run->end - 1;

	if (run->end - run->first != 2 || run->first->words < TITLE_WORDS ||
		author->shape != STEMMA_SHAPE_HEADING || run->end >= in->tail ||
		!stemma_name_line_read(
			&line, stemma_part_text(in->story, author)) ||
		line.titles > 0)
		return false;
	stemma_kind_set(run->first, STEMMA_KIND_HEADLINE, STEMMA_SURE_GUESS);
	stemma_kind_set(author, STEMMA_KIND_BYLINE, STEMMA_SURE_GUESS);
	return true;
}

/* "Out on 14 November", behind other items. */
static bool
is_dated_item(const struct stemma_part *story, const struct stemma_paragraph *p)
{
	return p > story->first && p[-1].kind == STEMMA_KIND_LIST &&
	       p->shape == STEMMA_SHAPE_DATELINE &&
	       (p->traits & STEMMA_TRAIT_PLAIN);
}

/* Lines in a row. */
static void
assign_run(const struct inside *in, const struct stemma_run *run)
{
	bool last =
		run->first >= in->tail && run->end - run->first < LIST_LINES;

	if (assign_list(in, run) || assign_title(in, run))
		last = false;
	for (struct stemma_paragraph *p = run->first; p < run->end; p++) {
		if (p->kind != STEMMA_KIND_SUBHEAD ||
			p->shape != STEMMA_SHAPE_HEADING)
			continue;
		if (last)
			assign_last(p);
		else
			assign_heading(in, p);
	}
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
		q < p && q < story->first + 12; q++) {
		struct stemma_view line = stemma_part_text(story, q);

		if (q->kind == STEMMA_KIND_BYLINE && line.size < 200 &&
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

/* Where the last text of the story ends; a line about the author is none. */
static struct stemma_paragraph *
find_tail(const struct stemma_part *story, struct stemma_paragraph *from)
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
			   p->words > 0 && is_about_author(story, p))
			stemma_kind_set(
				p, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_LIKELY);
		else if (stemma_shape_is_text(p))
			break;
		if (p == tail)
			break;
		tail = p;
	}
	return tail;
}

/* Behind the last text, what follows boilerplate is more of it: titles of
   other stories, names of subjects. */
static void
assign_rest(const struct stemma_part *story, struct stemma_paragraph *p)
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

void
stemma_inside_assign(
	const struct stemma_part *story, struct stemma_paragraph *p)
{
	struct inside in = {.story = story};
	struct stemma_paragraph *from = p, *tail = find_tail(story, p);

	in.tail = tail;
	for (; p < tail; p++) {
		in.headings += p->shape == STEMMA_SHAPE_HEADING;
		in.questions += p->shape == STEMMA_SHAPE_HEADING &&
				(p->traits & STEMMA_TRAIT_QUESTION);
	}
	for (p = from; p < story->end;) {
		struct stemma_run run = {p, p};

		if (is_speaker(&in, p)) {
			stemma_kind_set(
				p++, STEMMA_KIND_QUOTE, STEMMA_SURE_FAIR);
			continue;
		}
		if (p > story->first && p->shape == STEMMA_SHAPE_HEADING &&
			(p[-1].traits & STEMMA_TRAIT_LEADS)) {
			stemma_kind_set(
				p++, STEMMA_KIND_BOILERPLATE, STEMMA_SURE_FAIR);
			continue;
		}
		if (is_dated_item(story, p)) {
			stemma_kind_set(
				p++, STEMMA_KIND_LIST, STEMMA_SURE_FAIR);
			continue;
		}
		while (run.end < story->end && stemma_run_takes(run.end))
			run.end++;
		if (run.end > run.first)
			assign_run(&in, &run);
		p = run.end + (run.end == run.first);
	}
	assign_rest(story, tail);
}
