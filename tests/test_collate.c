/* Any number of versions in one table. SPDX-License-Identifier: MIT */
#include "support/collate.h"

/* "0 1 -|1 0 0": the unit of each version in each row. */
static void
assert_rows(const char *const *texts, size_t count, const char *expected)
{
	struct text rows = {.size = 0};
	struct set set;

	set_of(&set, texts, count);
	for (size_t row = 0; row < set.collation.row_count; row++) {
		if (row)
			text_add(&rows, "|");
		for (uint32_t d = 0; d < count; d++) {
			const struct stemma_cell *cell =
				stemma_collation_cell(&set.collation, row, d);
			char digits[16];

			if (d)
				text_add(&rows, " ");
			if (!cell)
				text_add(&rows, "-");
			for (uint32_t k = 0; cell && k < cell->count; k++) {
				snprintf(digits, sizeof digits, "%s%u",
					k ? "," : "",
					set.collation.units[cell->first + k]);
				text_add(&rows, digits);
			}
		}
	}
	text_add(&rows, "");
	rows.bytes[rows.size] = '\0';
	assert_string_equal(rows.bytes, expected);
	set_free(&set);
}

#define ONE "The council rejected the night ferry to the island."
#define ONE_B "The council rejected a night ferry to this island."
#define TWO "About nine thousand people cross the water every day."
#define THREE "Teachers on the mainland said that they were not asked."
#define FOUR "A second bridge has been planned for thirty years now."
#define GAP "\n\n"

static void
collate_aligns_three_versions(void **state)
{
	static const char *const texts[] = {ONE GAP TWO GAP THREE,
		ONE_B GAP THREE, ONE GAP FOUR GAP TWO GAP THREE};

	(void)state;
	assert_rows(texts, 3, "0 0 0|- - 1|1 - 2|2 1 3");
}

static void
collate_finds_what_the_nearest_version_lacks(void **state)
{
	/* FOUR stands in the first and last, and not in those between. */
	static const char *const texts[] = {ONE GAP TWO GAP FOUR,
		ONE GAP TWO GAP THREE, ONE_B GAP TWO GAP THREE,
		ONE_B GAP FOUR GAP THREE};

	(void)state;
	for (int k = 0; k < 4; k++) {
		struct set set;
		size_t with_four = 0;

		set_of(&set, texts, 4);
		for (size_t row = 0; row < set.collation.row_count; row++)
			with_four +=
				stemma_collation_cell(&set.collation, row, 0) &&
				stemma_collation_cell(&set.collation, row, 3) &&
				set.collation.rows[row].cell_count == 2;
		assert_int_equal(with_four, 1);
		set_free(&set);
	}
}

static void
collate_joins_what_one_version_splits(void **state)
{
	static const char *const texts[] = {ONE " " TWO GAP THREE,
		ONE GAP TWO GAP THREE, ONE " " TWO GAP THREE};

	(void)state;
	assert_rows(texts, 3, "0 0,1 0|1 2 1");
}

static void
collate_marks_what_moved(void **state)
{
	static const char *const texts[] = {ONE GAP TWO GAP THREE GAP FOUR,
		ONE GAP TWO GAP THREE GAP FOUR, TWO GAP THREE GAP FOUR GAP ONE};
	struct set set;

	(void)state;
	set_of(&set, texts, 3);
	assert_int_equal(set.collation.row_count, 4);
	for (size_t row = 0; row < 4; row++)
		for (uint32_t d = 0; d < 3; d++)
			assert_int_equal(
				stemma_collation_cell(&set.collation, row, d)
					->moved,
				row == 0 && d == 2);
	set_free(&set);
}

static void
collate_numbers_readings_by_how_many_have_them(void **state)
{
	static const char *const texts[] = {ONE_B, ONE, ONE, ONE};
	struct stemma_row_words words;
	struct set set;

	(void)state;
	set_of(&set, texts, 4);
	assert_int_equal(set.collation.rows[0].reading_count, 2);
	assert_int_equal(
		stemma_collation_cell(&set.collation, 0, 0)->reading, 1);
	assert_int_equal(
		stemma_collation_cell(&set.collation, 0, 3)->reading, 0);
	assert_int_equal(stemma_collation_words(&words, &set.collation, 0,
				 set.arena, set.scratch),
		STEMMA_OK);
	/* Nine words and a full stop; "a" and "this" stand for "the". */
	assert_int_equal(words.column_count, 10);
	assert_int_equal(words.readings[0].support, 3);
	assert_int_equal(words.readings[0].doc, 1);
	set_free(&set);
}

static void
collate_takes_versions_without_text(void **state)
{
	static const char *const texts[] = {"", ONE, "", " \n\n"};
	static const char *const none[] = {"", ""};

	(void)state;
	assert_rows(texts, 4, "- 0 - -");
	assert_rows(none, 2, "");
	assert_rows(texts + 1, 1, "0");
}

static void
collate_says_when_its_budget_is_spent(void **state)
{
	static const char *const texts[] = {ONE GAP TWO GAP FOUR,
		ONE GAP TWO GAP THREE, ONE_B GAP TWO GAP THREE,
		ONE_B GAP FOUR GAP THREE};
	const struct stemma_collate_options options = {.budget = 1};
	struct stemma_collation collation;
	struct set set;

	(void)state;
	set_of(&set, texts, 4);
	assert_false(set.collation.approximate);
	assert_int_equal(stemma_collation_make(&collation, set.given, 4,
				 &options, set.arena, set.scratch),
		STEMMA_OK);
	assert_true(collation.approximate);
	set.collation = collation;
	check_table(&set);
	set_free(&set);
}

static void
collate_refuses_none_and_too_many(void **state)
{
	static const struct stemma_doc *docs[STEMMA_COLLATE_MOST + 1];
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_collation collation;

	(void)state;
	assert_int_equal(
		stemma_collation_make(&collation, docs, 0, NULL, arena, arena),
		STEMMA_INVALID);
	assert_int_equal(
		stemma_collation_make(&collation, docs, STEMMA_COLLATE_MOST + 1,
			&(struct stemma_collate_options){.budget = 1}, arena,
			arena),
		STEMMA_UNSUPPORTED);
	stemma_arena_free(arena);
}

static void
collate_survives_every_lack_of_memory(void **state)
{
	static const char *const texts[] = {ONE GAP TWO GAP FOUR,
		ONE_B GAP THREE, ONE GAP FOUR GAP TWO GAP THREE};
	struct set set;
	bool done = false;

	(void)state;
	set_of(&set, texts, 3);
	for (size_t limit = 1; !done; limit += 1 + limit / 32) {
		struct stemma_arena *arena = stemma_arena_new(limit);
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_row_words words;
		struct stemma_collation table, line;
		enum stemma_code code = stemma_collation_make(
			&table, set.given, 3, NULL, arena, scratch);

		if (code == STEMMA_OK)
			code = stemma_collation_words(
				&words, &table, 0, arena, scratch);
		else
			assert_null(table.rows);
		if (code == STEMMA_OK)
			code = stemma_collation_line(
				&line, &table, arena, scratch);
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(scratch), 0);
		done = code == STEMMA_OK;
		stemma_arena_free(arena);
		stemma_arena_free(scratch);
	}
	set_free(&set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(collate_aligns_three_versions),
		cmocka_unit_test(collate_finds_what_the_nearest_version_lacks),
		cmocka_unit_test(collate_joins_what_one_version_splits),
		cmocka_unit_test(collate_marks_what_moved),
		cmocka_unit_test(
			collate_numbers_readings_by_how_many_have_them),
		cmocka_unit_test(collate_takes_versions_without_text),
		cmocka_unit_test(collate_says_when_its_budget_is_spent),
		cmocka_unit_test(collate_refuses_none_and_too_many),
		cmocka_unit_test(collate_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
