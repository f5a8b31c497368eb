/* SPDX-License-Identifier: MIT */
#include "term.h"

/* From these widths on there is room for more of the margin. */
#define FULL_FROM 60
#define NUMBER_FROM 24
#define MARK_FROM 4
#define SIDES_FROM 100

#define BAR "│"

static size_t
digits_of(uint64_t number)
{
	size_t digits = 1;

	for (; number > 9; number /= 10)
		digits++;
	return digits;
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

	for (int side = 0; side < 2; side++)
		term.digits[side] =
			digits_of(comparison->docs[side]->unit_count);
	term.margin = term.width >= FULL_FROM     ? STEMMA_MARGIN_FULL
		      : term.width >= NUMBER_FROM ? STEMMA_MARGIN_NUMBER
		      : term.width >= MARK_FROM   ? STEMMA_MARGIN_MARK
						  : STEMMA_MARGIN_NONE;
	term.sides = options->side_by_side && term.width >= SIDES_FROM;
	return term;
}

static size_t
most_digits(const struct stemma_term *term)
{
	return term->digits[0] > term->digits[1] ? term->digits[0]
						 : term->digits[1];
}

/* Columns that the margin takes; in front of the left of two columns it has
   the old number alone. */
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

/* A number to the right of `digits` columns; spaces for none. */
static void
write_number(const struct stemma_term *term, uint64_t number, size_t digits)
{
	size_t size = number ? digits_of(number) : 0;

	stemma_out_repeat(term->out, ' ', digits - size);
	if (!number)
		return;
	stemma_style_start(term->out, STEMMA_STYLE_DIM, term->options->color);
	stemma_out_number(term->out, number);
	stemma_style_end(term->out, STEMMA_STYLE_DIM, term->options->color);
}

static void
write_styled(const struct stemma_term *term, const char *text,
	enum stemma_style style)
{
	stemma_style_start(term->out, style, term->options->color);
	stemma_out_string(term->out, text);
	stemma_style_end(term->out, style, term->options->color);
}

static void
write_mark(const struct stemma_term *term, const struct stemma_note *note,
	bool first)
{
	char mark[2] = {note->mark, '\0'};

	if (note->mark != ' ' && (first || note->every))
		write_styled(term, mark, note->style);
	else
		stemma_out_char(term->out, ' ');
}

/* The bar has the colour of the mark, so that it is seen on every line. */
static enum stemma_style
bar_style(const struct stemma_note *note)
{
	return note->every ? note->style : STEMMA_STYLE_DIM;
}

static void
write_margin(const struct stemma_term *term, const struct stemma_note *note,
	bool first)
{
	static const uint64_t none[2] = {0, 0};
	const uint64_t *numbers = first ? note->numbers : none;

	if (term->margin == STEMMA_MARGIN_NONE)
		return;
	write_mark(term, note, first);
	stemma_out_char(term->out, ' ');
	if (term->sides) {
		write_number(term, numbers[0], term->digits[0]);
		stemma_out_char(term->out, ' ');
	} else if (term->margin == STEMMA_MARGIN_NUMBER) {
		write_number(term, numbers[1] ? numbers[1] : numbers[0],
			most_digits(term));
		stemma_out_char(term->out, ' ');
	} else if (term->margin == STEMMA_MARGIN_FULL) {
		write_number(term, numbers[0], term->digits[0]);
		stemma_out_char(term->out, ' ');
		write_number(term, numbers[1], term->digits[1]);
		stemma_out_char(term->out, ' ');
		write_styled(term, BAR, bar_style(note));
		stemma_out_char(term->out, ' ');
	}
}

/* Where there is no margin a mark stands on the line before. */
static void
write_bare_mark(const struct stemma_term *term, const struct stemma_note *note)
{
	if (term->margin != STEMMA_MARGIN_NONE || note->mark == ' ')
		return;
	write_mark(term, note, true);
	stemma_out_char(term->out, '\n');
}

static size_t
text_columns(const struct stemma_term *term)
{
	size_t margin = margin_columns(term);

	return term->width > margin ? term->width - margin : 1;
}

void
stemma_term_paragraph(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;
	bool first = true;

	write_bare_mark(term, note);
	while (term->out->code == STEMMA_OK &&
		stemma_wrap_next(&wrap, text_columns(term), &line)) {
		write_margin(term, note, first);
		stemma_wrap_write(
			term->out, &wrap, &line, term->options->color);
		stemma_out_char(term->out, '\n');
		first = false;
	}
}

void
stemma_term_flush(
	const struct stemma_term *term, const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;

	while (stemma_wrap_next(&wrap, term->width, &line)) {
		stemma_wrap_write(
			term->out, &wrap, &line, term->options->color);
		stemma_out_char(term->out, '\n');
	}
}

void
stemma_term_line(const struct stemma_term *term, const struct stemma_note *note,
	const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;

	write_bare_mark(term, note);
	if (!stemma_wrap_next(&wrap, text_columns(term) - 1, &line))
		return;
	write_margin(term, note, true);
	stemma_wrap_write(term->out, &wrap, &line, term->options->color);
	if (stemma_wrap_next(&wrap, 1, &line))
		write_styled(term, "…", STEMMA_STYLE_DIM);
	stemma_out_char(term->out, '\n');
}

/* ---- two columns -------------------------------------------------------- */

/* Columns of the text on either side: "~ 11 text │ 12 text". */
static size_t
side_columns(const struct stemma_term *term)
{
	size_t rest = 2 + term->digits[0] + 1 + 3 + term->digits[1] + 1;

	return term->width > rest + 2 ? (term->width - rest) / 2 : 1;
}

/* One side's line of a row and its number; all spaces where it has none. */
static void
write_side(const struct stemma_term *term, enum stemma_side side,
	uint64_t number, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line)
{
	size_t columns = side_columns(term);

	write_number(term, number, term->digits[side]);
	if (line) {
		stemma_out_char(term->out, ' ');
		stemma_wrap_write(term->out, wrap, line, term->options->color);
		columns = columns > line->columns ? columns - line->columns : 0;
	} else {
		columns++;
	}
	if (side == STEMMA_OLD)
		stemma_out_repeat(term->out, ' ', columns);
}

void
stemma_term_sides(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *old,
	const struct stemma_runs *new)
{
	const struct stemma_runs *runs[2] = {old, new};
	struct stemma_wrap wraps[2];
	bool first = true;

	for (int side = 0; side < 2; side++)
		wraps[side] = runs[side] ? stemma_wrap_start(runs[side]->runs,
						   runs[side]->count)
					 : stemma_wrap_start(NULL, 0);
	while (term->out->code == STEMMA_OK) {
		struct stemma_wrapped_line lines[2];
		bool has[2];

		for (int side = 0; side < 2; side++)
			has[side] = stemma_wrap_next(
				&wraps[side], side_columns(term), &lines[side]);
		if (!has[0] && !has[1])
			return;
		write_mark(term, note, first);
		stemma_out_char(term->out, ' ');
		write_side(term, STEMMA_OLD, first ? note->numbers[0] : 0,
			&wraps[0], has[0] ? &lines[0] : NULL);
		stemma_out_char(term->out, ' ');
		write_styled(term, BAR, bar_style(note));
		if (has[1]) {
			stemma_out_char(term->out, ' ');
			write_side(term, STEMMA_NEW,
				first ? note->numbers[1] : 0, &wraps[1],
				&lines[1]);
		}
		stemma_out_char(term->out, '\n');
		first = false;
	}
}
