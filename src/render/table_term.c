/*
 * A collation for a terminal (render.h): the number of each unit by version,
 * its text, and below it the readings that differ.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "collation.h"
#include "runs.h"
#include "walk.h"
#include "wrap.h"

struct sheet {
	struct stemma_out *out;
	const struct stemma_collation *table;
	struct stemma_arena *arena; /* for what a row takes */
	struct stemma_arena *scratch;
	size_t width;
	size_t column; /* of a number in the grid; 0: no grid, a list */
	size_t margin; /* before the text */
	bool color;
};

/* ---- the margin --------------------------------------------------------- */

/* The letter of a reading: small ones, for versions have the large. */
static void
write_letter(struct stemma_out *out, uint32_t reading)
{
	struct stemma_out text = {0};

	stemma_siglum_write(&text, reading);
	for (size_t k = 0; k < text.size; k++)
		stemma_out_char(
			out, text.bytes[k] >= 'A' && text.bytes[k] <= 'Z'
				     ? (char)(text.bytes[k] | 0x20)
				     : text.bytes[k]);
	stemma_out_free(&text);
}

static void
write_number(struct sheet *sheet, const struct stemma_cell *cell)
{
	struct stemma_out text = {0};

	if (cell) {
		stemma_out_number(
			&text, (uint64_t)sheet->table->units[cell->first] + 1);
		if (cell->count > 1)
			stemma_out_char(&text, '+');
		if (cell->moved)
			stemma_out_char(&text, '>');
		if (cell->reading)
			write_letter(&text, cell->reading);
	} else {
		stemma_out_char(&text, '-');
	}
	if (text.size < sheet->column)
		stemma_out_repeat(sheet->out, ' ', sheet->column - text.size);
	stemma_out_view(
		sheet->out, (struct stemma_view){text.bytes, text.size});
	stemma_out_free(&text);
}

/* "A C" or "-B": who has a reading. */
static void
write_list(struct sheet *sheet, size_t row, uint32_t reading)
{
	for (uint32_t d = 0; d < sheet->table->doc_count; d++) {
		const struct stemma_cell *cell =
			stemma_collation_cell(sheet->table, row, d);

		if (!cell || cell->reading != reading)
			continue;
		stemma_out_char(sheet->out, ' ');
		stemma_siglum_write(sheet->out, d);
		stemma_out_char(sheet->out, cell->moved ? '>' : ':');
		stemma_out_number(sheet->out,
			(uint64_t)sheet->table->units[cell->first] + 1);
	}
	stemma_out_char(sheet->out, '\n');
}

static void
start_reading(struct sheet *sheet, size_t row, uint32_t reading)
{
	struct stemma_out *out = sheet->out;

	if (!sheet->column) {
		stemma_out_string(out, reading ? "    or" : "row");
		if (!reading) {
			stemma_out_char(out, ' ');
			stemma_out_number(out, (uint64_t)row + 1);
		}
		write_list(sheet, row, reading);
		stemma_out_repeat(out, ' ', sheet->margin);
		return;
	}
	if (reading == 0) {
		for (uint32_t d = 0; d < sheet->table->doc_count; d++)
			write_number(sheet,
				stemma_collation_cell(sheet->table, row, d));
		stemma_out_string(out, " | ");
		return;
	}
	stemma_out_repeat(out, ' ', sheet->margin - 2 - sheet->column);
	stemma_out_repeat(out, ' ',
		sheet->column - (reading < 26           ? 1
					: reading < 702 ? 2
							: 3));
	stemma_siglum_write(out, reading);
	stemma_out_string(out, "| ");
}

/* ---- texts -------------------------------------------------------------- */

static bool
add_part(struct sheet *sheet, struct stemma_runs *runs,
	const struct stemma_row_walk *walk, uint32_t reading,
	enum stemma_style style)
{
	struct stemma_out text = {0};
	char *copy;

	stemma_row_walk_write(walk, reading, &text);
	/* Between marks the space behind the words is left to what follows. */
	while (style != STEMMA_STYLE_PLAIN && text.size &&
		text.bytes[text.size - 1] == ' ')
		text.size--;
	copy = stemma_arena_string(
		sheet->arena, (struct stemma_view){text.bytes, text.size});
	if (copy)
		stemma_runs_add(
			runs, (struct stemma_view){copy, text.size}, style);
	stemma_out_free(&text);
	return copy && text.code == STEMMA_OK;
}

/* Whether white space follows what a reading has in the stretch. */
static bool
spaced(const struct stemma_row_walk *walk, uint32_t reading)
{
	size_t next = walk->next[reading];

	return next > walk->at[reading] && walk->words->tokens[next - 1].space;
}

/* A reading as runs: as it is, or as what it has otherwise than the first. */
static bool
make_runs(struct sheet *sheet, struct stemma_runs *runs,
	const struct stemma_row_words *words, uint32_t reading)
{
	struct stemma_row_walk walk;
	struct stemma_stretch stretch;
	bool good = stemma_row_walk_start(&walk, sheet->table, words,
			    sheet->arena) == STEMMA_OK;

	runs->count = 0;
	while (good && stemma_row_walk_next(&walk, &stretch)) {
		if (stretch.same || !reading ||
			stemma_row_walk_alike(&walk, 0, reading)) {
			good = add_part(sheet, runs, &walk, reading,
				STEMMA_STYLE_PLAIN);
			continue;
		}
		if (walk.next[0] > walk.at[0]) {
			stemma_runs_add(runs, stemma_view_of("[-"),
				STEMMA_STYLE_DELETED);
			good = add_part(
				sheet, runs, &walk, 0, STEMMA_STYLE_DELETED);
			stemma_runs_add(runs, stemma_view_of("-]"),
				STEMMA_STYLE_DELETED);
		}
		if (good && walk.next[reading] > walk.at[reading]) {
			stemma_runs_add(runs, stemma_view_of("{+"),
				STEMMA_STYLE_INSERTED);
			good = add_part(sheet, runs, &walk, reading,
				STEMMA_STYLE_INSERTED);
			stemma_runs_add(runs, stemma_view_of("+}"),
				STEMMA_STYLE_INSERTED);
		}
		if (spaced(&walk, 0) || spaced(&walk, reading))
			stemma_runs_add(
				runs, stemma_view_of(" "), STEMMA_STYLE_PLAIN);
	}
	return good && !runs->failed;
}

/* `first`: no more than its first line, since all have the same. */
static void
write_runs(struct sheet *sheet, const struct stemma_runs *runs, bool first)
{
	struct stemma_wrap wrap = stemma_wrap_start(runs->runs, runs->count);
	size_t columns = sheet->width > sheet->margin + 2
				 ? sheet->width - sheet->margin
				 : 2;
	struct stemma_wrapped_line line;
	bool begun = false;

	while (stemma_wrap_next(&wrap, first ? columns - 1 : columns, &line)) {
		if (begun) {
			if (sheet->column)
				stemma_out_repeat(
					sheet->out, ' ', sheet->margin - 2);
			stemma_out_string(
				sheet->out, sheet->column ? "| " : "      ");
		}
		stemma_wrap_write(sheet->out, &wrap, &line, sheet->color);
		if (first && !stemma_wrap_done(&wrap))
			stemma_out_string(sheet->out, "…");
		stemma_out_char(sheet->out, '\n');
		begun = true;
		if (first)
			return;
	}
	if (!begun)
		stemma_out_char(sheet->out, '\n');
}

static enum stemma_code
write_row(struct sheet *sheet, size_t row)
{
	struct stemma_mark mark = stemma_arena_mark(sheet->arena);
	struct stemma_runs runs = {.arena = sheet->arena};
	struct stemma_row_words words;
	enum stemma_code code = stemma_collation_words(
		&words, sheet->table, row, sheet->arena, sheet->scratch);

	for (uint32_t r = 0; code == STEMMA_OK && r < words.reading_count;
		r++) {
		start_reading(sheet, row, r);
		if (make_runs(sheet, &runs, &words, r))
			write_runs(sheet, &runs, words.reading_count == 1);
		else
			code = STEMMA_NOMEM;
	}
	stemma_arena_rewind(sheet->arena, mark);
	return code;
}

/* ---- sheet -------------------------------------------------------------- */

/* Wide enough for the largest number and what may stand behind it. */
static size_t
column_of(const struct stemma_collation *table)
{
	size_t most = 0, digits = 1;

	for (size_t d = 0; d < table->doc_count; d++)
		if (table->docs[d]->unit_count > most)
			most = table->docs[d]->unit_count;
	for (; most >= 10; most /= 10)
		digits++;
	return digits + 4;
}

static void
write_head(struct sheet *sheet, const char *const *names)
{
	const struct stemma_collation *table = sheet->table;
	struct stemma_out *out = sheet->out;
	size_t alike = 0;

	for (size_t i = 0; i < table->row_count; i++)
		alike += table->rows[i].reading_count == 1 &&
			 table->rows[i].cell_count == table->doc_count;
	stemma_out_format(out,
		"%zu version%s, %zu row%s, %zu of them alike%s\n",
		table->doc_count, table->doc_count == 1 ? "" : "s",
		table->row_count, table->row_count == 1 ? "" : "s", alike,
		table->approximate ? "; approximate" : "");
	for (size_t d = 0; d < table->doc_count; d++) {
		stemma_siglum_write(out, d);
		stemma_out_string(out, "  ");
		stemma_out_visible(
			out, stemma_view_of(names && names[d] ? names[d] : ""));
		stemma_out_char(out, '\n');
	}
	if (!sheet->column)
		return;
	for (size_t d = 0; d < table->doc_count; d++) {
		size_t letters = d < 26 ? 1 : d < 702 ? 2 : 3;

		stemma_out_repeat(out, ' ', sheet->column - letters);
		stemma_siglum_write(out, d);
	}
	stemma_out_string(out, " |\n");
}

enum stemma_code
stemma_render_table_term(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct sheet sheet = {.out = out,
		.table = table,
		.arena = stemma_arena_new(0),
		.scratch = scratch,
		.width = options->width ? options->width : 80,
		.color = options->color};
	enum stemma_code code = sheet.arena ? STEMMA_OK : STEMMA_NOMEM;

	sheet.column = column_of(table);
	sheet.margin = sheet.column * table->doc_count + 3;
	if (sheet.margin > sheet.width / 2) {
		sheet.column = 0;
		sheet.margin = 6;
	}
	write_head(&sheet, options->names);
	for (size_t i = 0; i < table->row_count && code == STEMMA_OK &&
			   out->code == STEMMA_OK;
		i++)
		code = write_row(&sheet, i);
	stemma_arena_free(sheet.arena);
	if (code != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	return out->code;
}
