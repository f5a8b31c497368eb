/* SPDX-License-Identifier: MIT */
#include "teller.h"

struct stemma_teller
stemma_teller_start(struct stemma_term *term)
{
	return (struct stemma_teller){.term = term,
		.mark = stemma_arena_mark(term->scratch),
		.runs = {{.arena = term->scratch}, {.arena = term->scratch}}};
}

void
stemma_teller_end(struct stemma_teller *teller)
{
	struct stemma_term *term = teller->term;

	if (teller->runs[0].failed || teller->runs[1].failed)
		term->failed = true;
	stemma_arena_rewind(term->scratch, teller->mark);
}

/* ---- words -------------------------------------------------------------- */

void
stemma_say_words(
	struct stemma_runs *runs, enum stemma_style style, const char *words)
{
	stemma_runs_add(runs, stemma_view_of(words), style);
}

/* A number, whose digits are in the scratch arena. */
void
stemma_say_number(
	struct stemma_runs *runs, enum stemma_style style, uint64_t number)
{
	char *digits = stemma_arena_alloc(runs->arena, 20, 1);
	size_t at = 20;

	if (!digits) {
		runs->failed = true;
		return;
	}
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	stemma_runs_add(
		runs, (struct stemma_view){digits + at, 20 - at}, style);
}

/* "¶7", "¶7–9", "sentence 7", "sentences 7–9". */
void
stemma_say_place(const struct stemma_term *term, struct stemma_runs *runs,
	struct stemma_range range)
{
	if (term->comparison->docs[STEMMA_NEW]->unit == STEMMA_UNIT_PARAGRAPH)
		stemma_say_words(runs, STEMMA_STYLE_MOVED, "¶");
	else
		stemma_say_words(runs, STEMMA_STYLE_MOVED,
			range.count > 1 ? "sentences " : "sentence ");
	stemma_say_number(runs, STEMMA_STYLE_MOVED, (uint64_t)range.first + 1);
	if (range.count > 1) {
		stemma_say_words(runs, STEMMA_STYLE_MOVED, "–");
		stemma_say_number(runs, STEMMA_STYLE_MOVED,
			(uint64_t)range.first + range.count);
	}
}

/* "7 paragraphs" */
void
stemma_say_count(const struct stemma_term *term, struct stemma_runs *runs,
	uint64_t count)
{
	enum stemma_unit_type unit = term->comparison->docs[STEMMA_NEW]->unit;

	stemma_say_number(runs, STEMMA_STYLE_DIM, count);
	stemma_say_words(runs, STEMMA_STYLE_DIM, " ");
	stemma_say_words(runs, STEMMA_STYLE_DIM, stemma_unit_type_name(unit));
	if (count != 1)
		stemma_say_words(runs, STEMMA_STYLE_DIM, "s");
}

/* The start of a unit, after a label, on the line that is left. */
void
stemma_say_excerpt(const struct stemma_term *term, struct stemma_runs *runs,
	enum stemma_side side, uint32_t unit)
{
	stemma_runs_add(runs, stemma_view_of(": "), STEMMA_STYLE_DIM);
	stemma_runs_add(runs,
		stemma_doc_unit(term->comparison->docs[side], unit),
		STEMMA_STYLE_DIM);
}
