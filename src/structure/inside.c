/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kinds.h"
#include "look.h"
#include "names_line.h"
#include "run.h"

/* Words of a subhead at most, in a script without capitals too; of a question
   that the text asks itself. */
#define SUBHEAD_WORDS 14
#define UNCASED_SUBHEAD_WORDS 8
#define ASIDE_WORDS 6

/* Words of a line with a colon above a list. */
#define ANNOUNCEMENT_WORDS 5

/* Lines in a row that make a list, and the words of each; if they are alike. */
#define LIST_LINES 4
#define ITEM_WORDS 8
#define ALIKE_LINES 2

/* Words of the headline of another story: over its author's name, and where
   there have been others. */
#define TITLE_WORDS 4
#define UNCASED_AUTHOR_WORDS 5
#define ANOTHER_WORDS 5

/* Answers in the first person that make an interview, and the bytes of one
   that are looked at. */
#define ANSWERS 2
#define ANSWER_BYTES 300

/* Words of the line under a quotation that says whose it is. */
#define SPEAKER_WORDS 14

/* What is known of the headings of a story. */
struct inside {
	const struct stemma_part *story;
	const struct stemma_paragraph *tail; /* behind its last text */
	unsigned headings, questions;
	unsigned titles; /* headlines that have come so far */
	bool interview;
};

/* Lines without anything in common make a list only if they are short. */
static bool
are_short(const struct stemma_run *run)
{
	for (const struct stemma_paragraph *p = run->first; p < run->end; p++) {
		if (p->words > ITEM_WORDS)
			return false;
	}
	return true;
}

static void
set_items(struct stemma_paragraph *p, const struct stemma_paragraph *end,
	unsigned sure)
{
	for (; p < end; p++)
		stemma_kind_set(p, STEMMA_KIND_LIST, sure);
}

/* Whether the line above announces a list: "What helps:". */
static bool
is_introduced(const struct inside *in, const struct stemma_run *run)
{
	return run->first > in->story->first &&
	       (run->first[-1].traits & STEMMA_TRAIT_COLON);
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

	if (count < (trait ? ALIKE_LINES : LIST_LINES) ||
		(!trait && !are_short(lines)))
		return false;
	if (run.first->shape == STEMMA_SHAPE_HEADING &&
		!(run.first->traits & trait) && !is_introduced(in, lines))
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
	return stemma_name_line_read(&line, stemma_part_text(in->story, p)) &&
	       line.numbers <= 1;
}

/* Whether a line signs a letter: "Ada Marsh, Callis". */
static bool
is_signature(const struct stemma_part *story, const struct stemma_paragraph *p)
{
	struct stemma_name_line line;

	return (p->traits & STEMMA_TRAIT_PARTS) &&
	       !(p->traits & (STEMMA_TRAIT_NUMBER | STEMMA_TRAIT_QUOTES)) &&
	       stemma_name_line_read(&line, stemma_part_text(story, p)) &&
	       !line.bare && line.titles == 0;
}

/* A heading that stands alone inside a story. */
static void
assign_heading(struct inside *in, struct stemma_paragraph *p)
{
	bool question = (p->traits & STEMMA_TRAIT_QUESTION) != 0;
	const struct stemma_paragraph *next = p + 1;

	if (p->traits & STEMMA_TRAIT_SIGNED)
		stemma_kind_set(p, STEMMA_KIND_BODY, STEMMA_SURE_FAIR);
	else if (is_signature(in->story, p))
		stemma_kind_set(p, STEMMA_KIND_BYLINE, STEMMA_SURE_GUESS);
	else if (p->words > ((p->traits & STEMMA_TRAIT_UNCASED)
					    ? UNCASED_SUBHEAD_WORDS
					    : SUBHEAD_WORDS))
		stemma_kind_set(p, STEMMA_KIND_BODY, STEMMA_SURE_GUESS);
	else if (next < in->story->end &&
		 (next->shape == STEMMA_SHAPE_BYLINE ||
			 (next->shape == STEMMA_SHAPE_DATELINE &&
				 (next->traits & STEMMA_TRAIT_DAY))))
		stemma_kind_set(p, STEMMA_KIND_HEADLINE, STEMMA_SURE_FAIR);
	else if (in->titles > 0 && p->words >= ANOTHER_WORDS && !question &&
		 !(p->traits & (STEMMA_TRAIT_LABEL | STEMMA_TRAIT_QUOTES)))
		stemma_kind_set(p, STEMMA_KIND_HEADLINE, STEMMA_SURE_GUESS);
	else if (question && in->interview)
		stemma_kind_set(p, STEMMA_KIND_BODY, STEMMA_SURE_GUESS);
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
		author->shape != STEMMA_SHAPE_HEADING || run->end >= in->tail)
		return false;
	if (author->traits & STEMMA_TRAIT_UNCASED) {
		if (author->words > UNCASED_AUTHOR_WORDS ||
			!(author->traits & STEMMA_TRAIT_PARTS))
			return false;
	} else if (!stemma_name_line_read(
			   &line, stemma_part_text(in->story, author)) ||
		   line.titles > 0 || line.numbers > 0) {
		return false;
	}
	stemma_kind_set(run->first, STEMMA_KIND_HEADLINE, STEMMA_SURE_GUESS);
	stemma_kind_set(author, STEMMA_KIND_BYLINE, STEMMA_SURE_GUESS);
	return true;
}

/* "What helps:", above a list. */
static bool
is_announcement(
	const struct stemma_part *story, const struct stemma_paragraph *p)
{
	return p + 1 < story->end && p->shape == STEMMA_SHAPE_BODY &&
	       p->words > 0 && p->words <= ANNOUNCEMENT_WORDS &&
	       (p->traits & STEMMA_TRAIT_COLON) &&
	       !(p->traits & (STEMMA_TRAIT_INNER | STEMMA_TRAIT_QUOTES)) &&
	       (p[1].shape == STEMMA_SHAPE_LIST ||
		       p[1].shape == STEMMA_SHAPE_HEADING);
}

/* "Out on 14 November", behind other items. */
static bool
is_dated_item(const struct stemma_part *story, const struct stemma_paragraph *p)
{
	return p > story->first && p[-1].kind == STEMMA_KIND_LIST &&
	       p->shape == STEMMA_SHAPE_DATELINE &&
	       (p->traits & (STEMMA_TRAIT_PLAIN | STEMMA_TRAIT_LABEL));
}

/* "Salt and pepper" behind items that begin with a number, in front of a
   subhead: another item. */
static bool
assign_end_of_list(const struct inside *in, const struct stemma_run *run)
{
	if (run->first == in->story->first || run->end >= in->tail ||
		run->end - run->first != 2 ||
		run->first[-1].shape != STEMMA_SHAPE_LIST ||
		run->first[-1].sure >= STEMMA_SURE_SAID ||
		run->first->words > ITEM_WORDS ||
		(run->first->traits & STEMMA_TRAIT_QUESTION))
		return false;
	stemma_kind_set(run->first, STEMMA_KIND_LIST, STEMMA_SURE_GUESS);
	return true;
}

/* Lines in a row. */
static void
assign_run(struct inside *in, const struct stemma_run *run)
{
	bool last =
		run->first >= in->tail && run->end - run->first < LIST_LINES;

	if (assign_list(in, run) || assign_end_of_list(in, run) ||
		assign_title(in, run))
		last = false;
	for (struct stemma_paragraph *p = run->first; p < run->end; p++) {
		if (p->kind != STEMMA_KIND_SUBHEAD ||
			p->shape != STEMMA_SHAPE_HEADING)
			continue;
		if (last)
			stemma_tail_line(p);
		else
			assign_heading(in, p);
	}
	for (const struct stemma_paragraph *p = run->first; p < run->end; p++)
		in->titles += p->kind == STEMMA_KIND_HEADLINE;
}

/* Whether somebody speaks of themselves, outside quotation marks. */
static bool
is_first_person(
	const struct stemma_part *story, const struct stemma_paragraph *p)
{
	struct stemma_view text = stemma_part_text(story, p);
	struct stemma_look look;

	if (text.size > ANSWER_BYTES) {
		text.size = ANSWER_BYTES;
		while (text.size > 0 && (text.bytes[text.size] & 0xc0) == 0x80)
			text.size--;
	}
	stemma_look_at(&look, text);
	return look.firsts > 0 && look.quotes == 0;
}

/* Whether most questions are answered in the first person. */
static bool
is_interview(const struct inside *in, const struct stemma_paragraph *from)
{
	unsigned answers = 0;

	if (in->questions < ANSWERS)
		return false;
	for (const struct stemma_paragraph *p = from; p + 1 < in->tail; p++)
		answers += p->shape == STEMMA_SHAPE_HEADING &&
			   (p->traits & STEMMA_TRAIT_QUESTION) &&
			   p[1].shape == STEMMA_SHAPE_BODY &&
			   is_first_person(in->story, p + 1);
	return answers >= ANSWERS && answers * 2 >= in->questions;
}

void
stemma_inside_assign(
	const struct stemma_part *story, struct stemma_paragraph *p)
{
	struct inside in = {.story = story};
	struct stemma_paragraph *from = p, *tail = stemma_tail_find(story, p);

	in.tail = tail;
	for (; p < tail; p++) {
		in.headings += p->shape == STEMMA_SHAPE_HEADING;
		in.questions += p->shape == STEMMA_SHAPE_HEADING &&
				(p->traits & STEMMA_TRAIT_QUESTION);
	}
	/* Where stories come without one, a missed story would too. */
	for (const struct stemma_paragraph *q = story->first; q < from; q++)
		in.titles += story->later && q->kind == STEMMA_KIND_HEADLINE;
	in.interview = is_interview(&in, from);
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
		if (p->shape == STEMMA_SHAPE_HEADING &&
			(p->traits & STEMMA_TRAIT_CREDIT)) {
			stemma_kind_set(
				p++, STEMMA_KIND_CAPTION, STEMMA_SURE_FAIR);
			continue;
		}
		if (is_announcement(story, p)) {
			stemma_kind_set(
				p++, STEMMA_KIND_SUBHEAD, STEMMA_SURE_FAIR);
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
	stemma_tail_assign(story, tail);
}
