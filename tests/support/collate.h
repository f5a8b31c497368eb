/*
 * collate.h - versions collated, and what holds of every table.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_COLLATE_H
#define STEMMA_TESTS_COLLATE_H

#include "../render_help.h"

enum { MOST = 8 };

struct set {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[MOST];
	const struct stemma_doc *given[MOST];
	size_t count;
	struct stemma_collation collation;
};

static inline void
set_make(struct set *set, const struct stemma_view *texts, size_t count)
{
	*set = (struct set){.count = count};
	set->arena = stemma_arena_new(0);
	set->scratch = stemma_arena_new(0);
	for (size_t k = 0; k < count; k++) {
		assert_int_equal(stemma_doc_split(&set->docs[k], texts[k], NULL,
					 set->arena, NULL),
			STEMMA_OK);
		set->given[k] = &set->docs[k];
	}
	assert_int_equal(stemma_collation_make(&set->collation, set->given,
				 count, NULL, set->arena, set->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(set->scratch), 0);
}

static inline void
set_free(struct set *set)
{
	stemma_arena_free(set->arena);
	stemma_arena_free(set->scratch);
}

/* ---- what holds of every table ------------------------------------------ */

/* Every unit of every version stands in one row, and cells are in order. */
static inline void
check_units(const struct set *set)
{
	const struct stemma_collation *table = &set->collation;
	size_t cells = 0;

	for (uint32_t d = 0; d < set->count; d++) {
		size_t count = set->docs[d].unit_count, seen = 0;
		bool *stands = calloc(count + 1, 1);

		assert_non_null(stands);
		for (size_t row = 0; row < table->row_count; row++) {
			const struct stemma_cell *cell =
				stemma_collation_cell(table, row, d);

			for (uint32_t k = 0; cell && k < cell->count; k++) {
				uint32_t unit = table->units[cell->first + k];

				assert_true(unit < count && !stands[unit]);
				assert_true(k == 0 ||
					    unit > table->units[cell->first +
								k - 1]);
				stands[unit] = true;
				seen++;
			}
		}
		assert_int_equal(seen, count);
		free(stands);
	}
	for (size_t row = 0; row < table->row_count; row++) {
		assert_int_equal(table->rows[row].first_cell, cells);
		assert_true(table->rows[row].cell_count > 0);
		assert_in_range(table->rows[row].reading_count, 1,
			table->rows[row].cell_count);
		cells += table->rows[row].cell_count;
	}
	assert_int_equal(cells, table->cell_count);
}

/* All that is not white space of a cell, to compare with. */
static inline void
add_cell(struct text *text, const struct set *set,
	const struct stemma_cell *cell)
{
	const struct stemma_doc *doc = set->given[cell->doc];

	text->size = 0;
	for (uint32_t k = 0; k < cell->count; k++) {
		struct stemma_view unit = stemma_doc_unit(
			doc, set->collation.units[cell->first + k]);

		for (size_t i = 0; i < unit.size; i++) {
			char one[2] = {unit.bytes[i], '\0'};

			if (!strchr(" \n\r\t", unit.bytes[i]) || !unit.bytes[i])
				text_add(text, one);
		}
	}
}

/* The words of a row are its readings, and no column has two of one. */
static inline void
check_words(const struct set *set, size_t row)
{
	static struct text expected, got;
	const struct stemma_collation *table = &set->collation;
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_row_words words;

	assert_int_equal(
		stemma_collation_words(&words, table, row, arena, set->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(set->scratch), 0);
	assert_int_equal(words.reading_count, table->rows[row].reading_count);
	for (uint32_t i = 0; i < table->rows[row].cell_count; i++) {
		const struct stemma_cell *cell =
			&table->cells[table->rows[row].first_cell + i];
		const struct stemma_row_reading *reading =
			&words.readings[cell->reading];

		add_cell(&expected, set, cell);
		got.size = 0;
		for (size_t k = 0; k < reading->token_count; k++) {
			const struct stemma_token *token =
				&words.tokens[reading->first_token + k];

			assert_true(token->column < words.column_count);
			assert_true(k == 0 || token->column > token[-1].column);
			assert_true(token->start < token->end);
			for (size_t at = token->start; at < token->end; at++) {
				char one[2] = {set->given[reading->doc]
						       ->text.bytes[at],
					'\0'};

				if (!strchr(" \n\r\t", one[0]) || !one[0])
					text_add(&got, one);
			}
		}
		assert_int_equal(got.size, expected.size);
		assert_memory_equal(got.bytes, expected.bytes, got.size);
	}
	stemma_arena_free(arena);
}

/* Read down, every version's units come in order. */
static inline void
check_line(const struct set *set)
{
	struct set line = *set;
	uint32_t next[MOST] = {0};

	assert_int_equal(stemma_collation_line(&line.collation, &set->collation,
				 set->arena, set->scratch),
		STEMMA_OK);
	check_units(&line);
	for (size_t i = 0; i < line.collation.cell_count; i++) {
		const struct stemma_cell *cell = &line.collation.cells[i];

		assert_false(cell->moved);
		for (uint32_t k = 0; k < cell->count; k++)
			assert_int_equal(line.collation.units[cell->first + k],
				next[cell->doc]++);
	}
}

static inline void
check_table(const struct set *set)
{
	check_units(set);
	check_line(set);
	for (size_t row = 0; row < set->collation.row_count; row++)
		check_words(set, row);
}

static inline void
set_of(struct set *set, const char *const *texts, size_t count)
{
	struct stemma_view views[MOST];

	for (size_t k = 0; k < count; k++)
		views[k] = stemma_view_of(texts[k]);
	set_make(set, views, count);
	check_table(set);
}

#endif
