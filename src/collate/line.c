/*
 * A table in which every version stands in its own order: what moved gets rows
 * of its own where each version has it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "state.h"

#define NONE UINT32_MAX
/* So far ahead an extra row of the same text is looked for. */
#define LOOK_AHEAD 64

/* A row that is put in between: `row` is where its text stands in the table. */
struct extra {
	uint32_t row;
	uint32_t next;
	uint32_t first, last; /* its entries */
};

/* A unit of a version in an extra row. */
struct entry {
	uint32_t doc, unit, next;
};

struct liner {
	const struct stemma_collation *table;
	uint32_t *
		heads; /* by row + 1: the extra rows behind it; 0: before all */
	struct extra *extras;
	uint32_t extra_count;
	struct entry *entries;
	uint32_t entry_count;
	uint32_t *kept; /* by cell: how many of its units stay */
};

/* Units that stay in a cell: those in a row from its first on. */
static uint32_t
count_kept(const struct stemma_collation *table, const struct stemma_cell *cell)
{
	const uint32_t *units = table->units + cell->first;
	uint32_t count = 1;

	if (cell->moved)
		return 0;
	while (count < cell->count && units[count] == units[count - 1] + 1)
		count++;
	return count;
}

/* Put a unit in an extra row behind `anchor`, not before `*link`: one that has
   the text already, or a new one. Moves `*link` behind it. */
static void
add_extra(struct liner *liner, uint32_t **link, uint32_t row, uint32_t doc,
	uint32_t unit)
{
	uint32_t *at = *link, extra, entry = liner->entry_count++;
	int ahead = 0;

	while (*at != NONE && liner->extras[*at].row != row &&
		ahead++ < LOOK_AHEAD)
		at = &liner->extras[*at].next;
	if (*at == NONE || liner->extras[*at].row != row) {
		at = *link;
		extra = liner->extra_count++;
		liner->extras[extra] = (struct extra){row, *at, NONE, NONE};
		*at = extra;
	}
	extra = *at;
	liner->entries[entry] = (struct entry){doc, unit, NONE};
	if (liner->extras[extra].first == NONE)
		liner->extras[extra].first = entry;
	else
		liner->entries[liner->extras[extra].last].next = entry;
	liner->extras[extra].last = entry;
	*link = &liner->extras[extra].next;
}

/* Where each unit of a version stands: its row, and whether it stays there. */
struct where {
	uint32_t row;
	bool stays;
};

static void
line_up(struct liner *liner, uint32_t doc, const struct where *units)
{
	uint32_t *link = &liner->heads[0];

	for (uint32_t u = 0; u < liner->table->docs[doc]->unit_count; u++) {
		if (units[u].stays)
			link = &liner->heads[units[u].row + 1];
		else
			add_extra(liner, &link, units[u].row, doc, u);
	}
}

/* Every unit of every version: its row. `starts` has where a version's are. */
static struct where *
find_places(struct liner *liner, size_t **starts, size_t *count,
	struct stemma_arena *scratch)
{
	const struct stemma_collation *table = liner->table;
	size_t *at =
		stemma_arena_alloc(scratch, table->doc_count + 1, sizeof *at);
	struct where *places;

	if (!at)
		return NULL;
	at[0] = 0;
	for (size_t d = 0; d < table->doc_count; d++)
		at[d + 1] = at[d] + table->docs[d]->unit_count;
	*count = at[table->doc_count];
	*starts = at;
	places = stemma_arena_alloc(scratch, *count, sizeof *places);
	for (size_t row = 0; places && row < table->row_count; row++)
		for (uint32_t i = 0; i < table->rows[row].cell_count; i++) {
			size_t index = table->rows[row].first_cell + i;
			const struct stemma_cell *cell = &table->cells[index];

			liner->kept[index] = count_kept(table, cell);
			for (uint32_t k = 0; k < cell->count; k++)
				places[at[cell->doc] +
					table->units[cell->first + k]] =
					(struct where){(uint32_t)row,
						k < liner->kept[index]};
		}
	return places;
}

static bool
make_room(struct liner *liner, size_t units, struct stemma_arena *scratch)
{
	size_t rows = liner->table->row_count;

	liner->heads =
		stemma_arena_alloc(scratch, rows + 1, sizeof *liner->heads);
	liner->extras =
		stemma_arena_alloc(scratch, units, sizeof *liner->extras);
	liner->entries =
		stemma_arena_alloc(scratch, units, sizeof *liner->entries);
	for (size_t row = 0; liner->heads && row <= rows; row++)
		liner->heads[row] = NONE;
	return liner->heads && liner->extras && liner->entries;
}

/* ---- the new table ------------------------------------------------------ */

static struct stemma_row *
start_row(struct stemma_collation *line)
{
	struct stemma_row *row = &line->rows[line->row_count++];

	*row = (struct stemma_row){.first_cell = line->cell_count};
	return row;
}

/* A unit to the last cell of the row, if it is the version's, or a new one. */
static void
add_unit(struct stemma_collation *line, struct stemma_row *row, uint32_t doc,
	uint32_t unit, uint32_t *units)
{
	struct stemma_cell *cell = &line->cells[line->cell_count];

	if (row->cell_count == 0 || cell[-1].doc != doc) {
		*cell = (struct stemma_cell){.doc = doc, .first = *units};
		line->cell_count++;
		row->cell_count++;
		cell++;
	}
	cell[-1].count++;
	line->units[(*units)++] = unit;
}

static void
write_extras(const struct liner *liner, struct stemma_collation *line,
	uint32_t extra, uint32_t *units)
{
	for (; extra != NONE; extra = liner->extras[extra].next) {
		struct stemma_row *row = start_row(line);
		uint32_t at = liner->extras[extra].first;

		for (; at != NONE; at = liner->entries[at].next)
			add_unit(line, row, liner->entries[at].doc,
				liner->entries[at].unit, units);
	}
}

static void
write_table(const struct liner *liner, struct stemma_collation *line)
{
	const struct stemma_collation *table = liner->table;
	uint32_t units = 0;

	write_extras(liner, line, liner->heads[0], &units);
	for (size_t i = 0; i < table->row_count; i++) {
		struct stemma_row *row = start_row(line);
		size_t first = table->rows[i].first_cell;

		for (uint32_t k = 0; k < table->rows[i].cell_count; k++) {
			const struct stemma_cell *cell =
				&table->cells[first + k];

			for (uint32_t u = 0; u < liner->kept[first + k]; u++)
				add_unit(line, row, cell->doc,
					table->units[cell->first + u], &units);
		}
		if (row->cell_count == 0)
			line->row_count--;
		write_extras(liner, line, liner->heads[i + 1], &units);
	}
}

static enum stemma_code
make_line(struct stemma_collation *line, const struct stemma_collation *table,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct liner liner = {.table = table};
	struct where *places;
	size_t *starts = NULL, units = 0, rows;

	liner.kept = stemma_arena_alloc(
		scratch, table->cell_count, sizeof *liner.kept);
	if (!liner.kept)
		return STEMMA_NOMEM;
	places = find_places(&liner, &starts, &units, scratch);
	if (!places || !make_room(&liner, units, scratch))
		return STEMMA_NOMEM;
	for (uint32_t d = 0; d < table->doc_count; d++)
		line_up(&liner, d, places + starts[d]);
	rows = table->row_count + liner.extra_count;
	line->rows = stemma_arena_alloc(arena, rows, sizeof *line->rows);
	line->cells = stemma_arena_alloc(arena, units, sizeof *line->cells);
	line->units = stemma_arena_alloc(arena, units, sizeof *line->units);
	if (!line->rows || !line->cells || !line->units)
		return STEMMA_NOMEM;
	write_table(&liner, line);
	return stemma_readings_make(line, scratch);
}

enum stemma_code
stemma_collation_line(struct stemma_collation *line,
	const struct stemma_collation *table, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark start = stemma_arena_mark(arena);
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code;

	*line = (struct stemma_collation){.docs = table->docs,
		.doc_count = table->doc_count,
		.approximate = table->approximate};
	code = make_line(line, table, arena, scratch);
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, start);
		*line = (struct stemma_collation){0};
	}
	return code;
}
