/* SPDX-License-Identifier: MIT */
#include "term.h"

#include <string.h>

/* From these widths on there is room for more of the margin. */
#define FULL_FROM 60
#define NUMBER_FROM 24
#define MARK_FROM 4
#define SIDES_FROM 100

static size_t
digits_of(uint64_t number)
{
	size_t digits = 1;

	for (; number > 9; number /= 10)
		digits++;
	return digits;
}

static size_t
most_digits(const struct stemma_term *term)
{
	return term->digits[0] > term->digits[1] ? term->digits[0]
						 : term->digits[1];
}

/* Columns that the margin takes; before the left of two columns it has the old
   number alone. */
static size_t
margin_columns(const struct stemma_term *term)
{
	if (term->sides)
		return 2 + term->digits[0] + 1;
	switch (term->margin) {
	case STEMMA_MARGIN_NONE:
		break;
	case STEMMA_MARGIN_MARK:
		return 2;
	case STEMMA_MARGIN_NUMBER:
		return 2 + most_digits(term) + 1;
	case STEMMA_MARGIN_FULL:
		return 2 + term->digits[0] + 1 + term->digits[1] + 3;
	}
	return 0;
}

struct stemma_term
stemma_term_start(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_term term = {.out = out,
		.comparison = comparison,
		.options = options,
		.scratch = scratch,
		.width = options->width ? options->width : 80};
	size_t margin;

	for (int side = 0; side < 2; side++)
		term.digits[side] =
			digits_of(comparison->docs[side]->unit_count);
	term.margin = term.width >= FULL_FROM     ? STEMMA_MARGIN_FULL
		      : term.width >= NUMBER_FROM ? STEMMA_MARGIN_NUMBER
		      : term.width >= MARK_FROM   ? STEMMA_MARGIN_MARK
						  : STEMMA_MARGIN_NONE;
	term.sides = options->side_by_side && term.width >= SIDES_FROM;
	margin = margin_columns(&term);
	term.columns = term.width > margin ? term.width - margin : 1;
	return term;
}

static void
put(struct stemma_margin_text *margin, const char *bytes, size_t size)
{
	memcpy(margin->bytes + margin->size, bytes, size);
	margin->size += size;
}

void
stemma_margin_add(struct stemma_margin_text *margin, const char *text,
	enum stemma_style style, bool color)
{
	const char *start = stemma_style_start(style, color);
	const char *end = stemma_style_end(style, color);

	put(margin, start, strlen(start));
	put(margin, text, strlen(text));
	put(margin, end, strlen(end));
}

void
stemma_margin_add_spaces(struct stemma_margin_text *margin, size_t count)
{
	memset(margin->bytes + margin->size, ' ', count);
	margin->size += count;
}

void
stemma_margin_add_number(struct stemma_margin_text *margin, uint64_t number,
	size_t digits, bool color)
{
	size_t size = number ? digits_of(number) : 0;
	char text[21];

	stemma_margin_add_spaces(margin, digits - size);
	if (!number)
		return;
	text[size] = '\0';
	for (; size; number /= 10)
		text[--size] = (char)('0' + number % 10);
	stemma_margin_add(margin, text, STEMMA_STYLE_DIM, color);
}

void
stemma_margin_add_mark(struct stemma_margin_text *margin,
	const struct stemma_note *note, bool first, bool color)
{
	const char mark[2] = {note->mark, '\0'};

	if (note->mark != ' ' && (first || note->every))
		stemma_margin_add(margin, mark, note->style, color);
	else
		put(margin, " ", 1);
}

void
stemma_margin_add_bar(struct stemma_margin_text *margin,
	const struct stemma_note *note, bool color)
{
	stemma_margin_add(margin, " │",
		note->every ? note->style : STEMMA_STYLE_DIM, color);
	put(margin, " ", 1);
}

void
stemma_margin_make(struct stemma_margin_text *margin,
	const struct stemma_term *term, const struct stemma_note *note,
	bool first)
{
	static const uint64_t none[2] = {0, 0};
	const uint64_t *numbers = first ? note->numbers : none;
	bool color = term->options->color;

	margin->size = 0;
	if (term->margin == STEMMA_MARGIN_NONE)
		return;
	stemma_margin_add_mark(margin, note, first, color);
	put(margin, " ", 1);
	if (term->sides) {
		stemma_margin_add_number(
			margin, numbers[0], term->digits[0], color);
		put(margin, " ", 1);
	} else if (term->margin == STEMMA_MARGIN_NUMBER) {
		stemma_margin_add_number(margin,
			numbers[1] ? numbers[1] : numbers[0], most_digits(term),
			color);
		put(margin, " ", 1);
	} else if (term->margin == STEMMA_MARGIN_FULL) {
		stemma_margin_add_number(
			margin, numbers[0], term->digits[0], color);
		put(margin, " ", 1);
		stemma_margin_add_number(
			margin, numbers[1], term->digits[1], color);
		stemma_margin_add_bar(margin, note, color);
	}
}
