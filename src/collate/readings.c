/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"
#include "state.h"

/* A reading of a row: its text, white space aside, and how many have it. */
struct reading {
	struct stemma_view text;
	uint32_t id; /* as it was found */
	uint32_t support;
};

/* Most support first, then by what it says: nothing here knows an order of
   the versions. */
static int
by_support(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;
	size_t least =
		x->text.size < y->text.size ? x->text.size : y->text.size;
	int order;

	if (x->support != y->support)
		return x->support < y->support ? 1 : -1;
	order = least ? memcmp(x->text.bytes, y->text.bytes, least) : 0;
	if (order)
		return order;
	return (x->text.size > y->text.size) - (x->text.size < y->text.size);
}

/* White space, whatever it is, as one space; `to` has room for it. */
static size_t
add_text(char *to, size_t size, struct stemma_view text)
{
	bool space = size > 0;
	size_t step;

	for (size_t at = 0; at < text.size; at += step) {
		uint32_t c = stemma_code_point(text, at, &step);

		if (c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xa0 ||
			c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
			c == 0x2028 || c == 0x2029 || c == 0x202f ||
			c == 0x205f || c == 0x3000) {
			space = true;
			continue;
		}
		if (space && size)
			to[size++] = ' ';
		space = false;
		memcpy(to + size, text.bytes + at, step);
		size += step;
	}
	return size;
}

static struct stemma_view
text_of(const struct stemma_collation *collation,
	const struct stemma_cell *cell, struct stemma_arena *scratch)
{
	const struct stemma_doc *doc = collation->docs[cell->doc];
	const uint32_t *units = collation->units + cell->first;
	size_t room = cell->count, size = 0;
	char *text;

	for (uint32_t k = 0; k < cell->count; k++)
		room += stemma_doc_unit(doc, units[k]).size;
	text = stemma_arena_alloc(scratch, room, 1);
	if (!text)
		return (struct stemma_view){NULL, 0};
	for (uint32_t k = 0; k < cell->count; k++)
		size = add_text(text, size, stemma_doc_unit(doc, units[k]));
	return (struct stemma_view){text, size};
}

/* Whether all cells have one unit, and the same bytes in it: by far most. */
static bool
is_plain(const struct stemma_collation *collation,
	const struct stemma_cell *cells, uint32_t count)
{
	struct stemma_view first = {NULL, 0};

	for (uint32_t i = 0; i < count; i++) {
		struct stemma_view text =
			stemma_doc_unit(collation->docs[cells[i].doc],
				collation->units[cells[i].first]);

		if (cells[i].count > 1)
			return false;
		if (i == 0)
			first = text;
		else if (!stemma_view_equal(first, text))
			return false;
	}
	return true;
}

static enum stemma_code
number_readings(struct stemma_collation *collation, struct stemma_row *row,
	struct stemma_arena *scratch)
{
	struct stemma_cell *cells = collation->cells + row->first_cell;
	struct stemma_intern *intern = stemma_intern_new(scratch);
	struct reading *readings =
		stemma_arena_zalloc(scratch, row->cell_count, sizeof *readings);
	uint32_t *numbers =
		stemma_arena_alloc(scratch, row->cell_count, sizeof *numbers);

	if (!intern || !readings || !numbers)
		return STEMMA_NOMEM;
	for (uint32_t i = 0; i < row->cell_count; i++) {
		struct stemma_view text =
			text_of(collation, &cells[i], scratch);
		uint32_t id = text.bytes ? stemma_intern_id(intern, text)
					 : STEMMA_NO_ID;

		if (id == STEMMA_NO_ID)
			return STEMMA_NOMEM;
		readings[id].text = text;
		readings[id].id = id;
		readings[id].support++;
		cells[i].reading = id;
	}
	row->reading_count = stemma_intern_count(intern);
	qsort(readings, row->reading_count, sizeof *readings, by_support);
	for (uint32_t r = 0; r < row->reading_count; r++)
		numbers[readings[r].id] = r;
	for (uint32_t i = 0; i < row->cell_count; i++)
		cells[i].reading = numbers[cells[i].reading];
	return STEMMA_OK;
}

enum stemma_code
stemma_readings_make(
	struct stemma_collation *collation, struct stemma_arena *scratch)
{
	for (size_t i = 0; i < collation->row_count; i++) {
		struct stemma_row *row = &collation->rows[i];
		struct stemma_mark mark = stemma_arena_mark(scratch);
		enum stemma_code code = STEMMA_OK;

		row->reading_count = 1;
		if (!is_plain(collation, collation->cells + row->first_cell,
			    row->cell_count))
			code = number_readings(collation, row, scratch);
		stemma_arena_rewind(scratch, mark);
		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

/* The cells of each version in the order of rows: those of `doc` go from
   starts[doc] to starts[doc + 1]. */
static struct stemma_cell **
cells_by_doc(struct stemma_collation *collation, size_t **starts,
	struct stemma_arena *scratch)
{
	struct stemma_cell **cells = stemma_arena_alloc(
		scratch, collation->cell_count, sizeof *cells);
	size_t *at = stemma_arena_zalloc(
		scratch, collation->doc_count + 2, sizeof *at);

	if (!cells || !at)
		return NULL;
	for (size_t i = 0; i < collation->cell_count; i++)
		at[collation->cells[i].doc + 2]++;
	for (size_t d = 2; d < collation->doc_count + 2; d++)
		at[d] += at[d - 1];
	for (size_t i = 0; i < collation->cell_count; i++)
		cells[at[collation->cells[i].doc + 1]++] = &collation->cells[i];
	*starts = at;
	return cells;
}

enum stemma_code
stemma_cells_find_moved(
	struct stemma_collation *collation, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code = STEMMA_OK;
	size_t *starts = NULL;
	struct stemma_cell **cells = cells_by_doc(collation, &starts, scratch);
	struct stemma_step *steps = stemma_arena_alloc(
		scratch, collation->cell_count, sizeof *steps);

	if (!cells || !steps)
		code = STEMMA_NOMEM;
	for (size_t d = 0; d < collation->doc_count && code == STEMMA_OK; d++) {
		size_t count = starts[d + 1] - starts[d];

		for (size_t k = 0; k < count; k++) {
			const struct stemma_cell *cell = cells[starts[d] + k];

			steps[k] = (struct stemma_step){
				.key = collation->units[cell->first],
				.weight = cell->count};
		}
		code = stemma_increasing_heaviest(steps, count, scratch);
		for (size_t k = 0; code == STEMMA_OK && k < count; k++)
			cells[starts[d] + k]->moved = !steps[k].kept;
	}
	stemma_arena_rewind(scratch, mark);
	return code;
}
