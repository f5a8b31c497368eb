/* SPDX-License-Identifier: MIT */
#include "term.h"

static void
write_margin(
	const struct stemma_term *term, const struct stemma_margin_text *margin)
{
	stemma_out_bytes(term->out, margin->bytes, margin->size);
}

static void
write_line(const struct stemma_term *term, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line)
{
	stemma_wrap_write(term->out, wrap, line, term->options->color);
}

/* Where there is no margin a mark stands on the line before. */
static void
write_bare_mark(const struct stemma_term *term, const struct stemma_note *note)
{
	struct stemma_margin_text mark = {.size = 0};

	if (term->margin != STEMMA_MARGIN_NONE || note->mark == ' ')
		return;
	stemma_margin_add_mark(&mark, note, true, term->options->color);
	write_margin(term, &mark);
	stemma_out_char(term->out, '\n');
}

void
stemma_term_paragraph(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;
	struct stemma_margin_text margin;
	size_t count = 0;

	write_bare_mark(term, note);
	while (term->out->code == STEMMA_OK &&
		stemma_wrap_next(&wrap, term->columns, &line)) {
		/* From the second line on it is the same. */
		if (count < 2)
			stemma_margin_make(&margin, term, note, count == 0);
		count++;
		write_margin(term, &margin);
		write_line(term, &wrap, &line);
		stemma_out_char(term->out, '\n');
	}
}

void
stemma_term_flush(
	const struct stemma_term *term, const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;

	while (stemma_wrap_next(&wrap, term->width, &line)) {
		write_line(term, &wrap, &line);
		stemma_out_char(term->out, '\n');
	}
}

void
stemma_term_line(const struct stemma_term *term, const struct stemma_note *note,
	const struct stemma_runs *runs)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	struct stemma_wrapped_line line;
	struct stemma_margin_text margin;

	write_bare_mark(term, note);
	/* A column is kept for the ellipsis. */
	if (!stemma_wrap_next(&wrap, term->columns - 1, &line))
		return;
	stemma_margin_make(&margin, term, note, true);
	write_margin(term, &margin);
	write_line(term, &wrap, &line);
	if (!stemma_wrap_done(&wrap)) {
		margin.size = 0;
		stemma_margin_add(
			&margin, "…", STEMMA_STYLE_DIM, term->options->color);
		write_margin(term, &margin);
	}
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

/* The old side of a row, filled with spaces. */
static void
write_old_side(const struct stemma_term *term, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line)
{
	size_t columns = side_columns(term);

	if (line) {
		write_line(term, wrap, line);
		columns = columns > line->columns ? columns - line->columns : 0;
	}
	stemma_out_repeat(term->out, ' ', columns);
}

static void
write_row(const struct stemma_term *term, const struct stemma_note *note,
	bool first, const struct stemma_wrap wraps[2],
	const struct stemma_wrapped_line *const lines[2])
{
	bool color = term->options->color;
	struct stemma_margin_text margin;

	stemma_margin_make(&margin, term, note, first);
	write_margin(term, &margin);
	write_old_side(term, &wraps[STEMMA_OLD], lines[STEMMA_OLD]);
	margin.size = 0;
	stemma_margin_add_bar(&margin, note, color);
	if (lines[STEMMA_NEW]) {
		stemma_margin_add_number(&margin, first ? note->numbers[1] : 0,
			term->digits[1], color);
		stemma_margin_add_spaces(&margin, 1);
	} else {
		margin.size--;
	}
	write_margin(term, &margin);
	if (lines[STEMMA_NEW])
		write_line(term, &wraps[STEMMA_NEW], lines[STEMMA_NEW]);
	stemma_out_char(term->out, '\n');
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
		struct stemma_wrapped_line both[2];
		const struct stemma_wrapped_line *lines[2];

		for (int side = 0; side < 2; side++)
			lines[side] = stemma_wrap_next(&wraps[side],
					      side_columns(term), &both[side])
					      ? &both[side]
					      : NULL;
		if (!lines[0] && !lines[1])
			return;
		write_row(term, note, first, wraps, lines);
		first = false;
	}
}
