/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <stdio.h>
#include <string.h>

/* Words of a passage that is offered, and bytes of a paragraph's start. */
enum { WORDS = 8, STARTING = 400 };

/* What a passage is looked for in. */
struct reading {
	struct stemma_answer *answer;
	struct stemma_doc doc;
};

/* How many revisions tell which one a selector means: of numbers all. */
static uint32_t
reach_of(struct stemma_view selector)
{
	if (!selector.size ||
		stemma_view_equal(selector, stemma_view_of("latest")))
		return 1;
	return 0;
}

/* The text of the revision that is asked about. */
static bool
read_text(struct stemma_answer *answer, struct stemma_view *bytes)
{
	const char *archive = stemma_answer_archive(answer);
	struct stemma_view selector = answer->question->selector;
	const struct stemma_revision *revision;
	struct stemma_store *store = NULL;
	struct stemma_log log;
	bool whole;
	bool good =
		archive &&
		stemma_answer_log(
			answer, archive, reach_of(selector), &log, &whole) &&
		stemma_log_select(&log, &revision, selector, NULL) ==
			STEMMA_OK &&
		stemma_store_open(&store, archive, NULL, NULL) == STEMMA_OK &&
		stemma_store_read_commit(store, bytes, &revision->commit,
			answer->arena, NULL) == STEMMA_OK;

	stemma_store_close(store);
	return good;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Where the passage that starts at `start` ends: after some words, if the
   sentence has as many, and after what is typed. */
static size_t
end_of(struct stemma_view text, size_t start, size_t end, size_t typed)
{
	size_t words = 0, at = start;

	while (at < end) {
		while (at < end && is_blank(text.bytes[at]))
			at++;
		while (at < end && !is_blank(text.bytes[at]))
			at++;
		if (++words >= WORDS && at >= start + typed)
			break;
	}
	while (at > start && is_blank(text.bytes[at - 1]))
		at--;
	return at;
}

/* Give the passage as one line, and say where it stands. */
static bool
give(struct reading *reading, size_t unit, size_t start, size_t end)
{
	struct stemma_view text = reading->doc.text;
	struct stemma_out value = {0}, help = {0};
	bool more = true;

	for (size_t k = start; k < end; k++) {
		if (!is_blank(text.bytes[k]))
			stemma_out_char(&value, text.bytes[k]);
		else if (k + 1 < end && !is_blank(text.bytes[k + 1]))
			stemma_out_char(&value, ' ');
	}
	stemma_out_format(&help, "paragraph %lu", (unsigned long)unit + 1);
	if (stemma_out_finish(&value) == STEMMA_OK &&
		stemma_out_finish(&help) == STEMMA_OK && value.size)
		more = stemma_answer_give(reading->answer,
			(struct stemma_view){value.bytes, value.size},
			(struct stemma_view){help.bytes, help.size}, false);
	stemma_out_free(&value);
	stemma_out_free(&help);
	return more && reading->answer->count < STEMMA_CANDIDATES_MAX;
}

/* Where what is typed stands from `at` on, at the start of a word. */
static size_t
find_typed(const struct reading *reading, size_t at, size_t end)
{
	struct stemma_view typed = reading->answer->question->typed;
	const char *text = reading->doc.text.bytes;

	for (size_t start = at; at + typed.size <= end; at++)
		if ((at == start || is_blank(text[at - 1])) &&
			!memcmp(text + at, typed.bytes, typed.size))
			return at;
	return end;
}

/* Passages of a paragraph: its sentences, or where what is typed stands. */
static bool
give_unit(struct reading *reading, size_t unit)
{
	struct stemma_span whole = {
		reading->doc.units[unit].start, reading->doc.units[unit].end};
	size_t typed = reading->answer->question->typed.size, count = 0;
	struct stemma_span *sentences = NULL;
	bool more = true;

	if (stemma_sentences_split(&sentences, &count, &reading->doc, whole,
		    reading->answer->arena) != STEMMA_OK)
		return false;
	for (size_t k = 0; k < count && more; k++) {
		size_t start = sentences[k].start, end = sentences[k].end;

		if (typed)
			start = find_typed(reading, start, end);
		if (start < end)
			more = give(reading, unit, start,
				end_of(reading->doc.text, start, end, typed));
	}
	return more;
}

static bool
read_doc(struct reading *reading)
{
	struct stemma_answer *answer = reading->answer;
	struct stemma_view bytes;

	return read_text(answer, &bytes) &&
	       stemma_doc_split(&reading->doc, bytes, NULL, answer->arena,
		       NULL) == STEMMA_OK;
}

/* The number of a paragraph, and how it starts. */
static bool
give_number(struct reading *reading, size_t unit)
{
	struct stemma_view text = stemma_doc_unit(&reading->doc, unit);
	char number[24];

	snprintf(number, sizeof number, "%zu", unit + 1);
	if (text.size > STARTING)
		text.size = STARTING;
	return !stemma_answer_fits(reading->answer, stemma_view_of(number)) ||
	       stemma_answer_give(
		       reading->answer, stemma_view_of(number), text, false);
}

void
stemma_answer_paragraphs(struct stemma_answer *answer)
{
	struct reading reading = {.answer = answer};
	bool more = read_doc(&reading);

	for (size_t k = 0; more && k < reading.doc.unit_count; k++)
		more = give_number(&reading, k);
}

void
stemma_answer_phrases(struct stemma_answer *answer)
{
	struct reading reading = {.answer = answer};
	bool more = read_doc(&reading);

	for (size_t k = 0; more && k < reading.doc.unit_count; k++)
		more = give_unit(&reading, k);
}
