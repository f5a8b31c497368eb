/*
 * What stands twice is not looked for once more than it has to be.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stemma/compare.h>

#include "reuse/pairs.h"

enum { WORDS = 20000 };

/* What is left of the steps of a unit that has a few words in any order. */
static uint64_t
count_left(uint8_t *worth, struct stemma_arena *arena)
{
	char text[2 * WORDS];
	uint8_t all[1] = {1}, *read[1] = {all};
	struct stemma_doc doc;
	const struct stemma_doc *docs[1] = {&doc};
	struct stemma_arena *spare = stemma_arena_new(0);
	struct stemma_corpus corpus;
	struct stemma_matches matches;
	uint64_t seed = 1;

	for (size_t k = 0; k < WORDS; k++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		text[2 * k] = "abcd"[seed >> 62];
		text[2 * k + 1] = ' ';
	}
	assert_int_equal(
		stemma_doc_split(&doc, (struct stemma_view){text, sizeof text},
			NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_corpus_read(&corpus, docs, read, 1, arena, spare),
		STEMMA_OK);
	assert_true(stemma_pairs_match(&matches, &corpus, worth, arena));
	stemma_arena_free(spare);
	return matches.steps;
}

static void
screening_stops_when_both_units_are_worth_reading(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	uint8_t worth[1] = {0};
	uint64_t all = count_left(NULL, arena);
	uint64_t some = count_left(worth, arena);

	(void)state;
	assert_int_equal(worth[0], 1);
	print_message("%llu steps left of matching, %llu of screening\n",
		(unsigned long long)all, (unsigned long long)some);
	assert_true(some > all + 64 * WORDS);
	stemma_arena_free(arena);
}

static void
a_comparison_takes_what_stands_twice_as_it_was_found_before(void **state)
{
	static const char old_text[] = "Nothing else stands in the old one.\n";
	static const char new_text[] =
		"Rents in the old quarter rose by a tenth within one year.\n"
		"Rents in the old quarter rose by a tenth within one year.\n";
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_reuse again;
	struct stemma_compare_options options = {
		.reading = STEMMA_READ_ALL, .reuse = &again};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	const struct stemma_doc *newer = &docs[1];

	(void)state;
	assert_int_equal(stemma_doc_split(&docs[0], stemma_view_of(old_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_doc_split(&docs[1], stemma_view_of(new_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_reuse_find(&again, &newer, 1, arena, scratch),
		STEMMA_OK);
	assert_int_equal(again.passage_count, 1);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 &options, arena, scratch),
		STEMMA_OK);
	assert_ptr_equal(comparison.reuse.passages, again.passages);
	assert_int_equal(comparison.reuse.passage_count, 1);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
}

static void
pages_of_very_many_units_are_compared_but_not_read(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_compare_options options = {.reading = STEMMA_READ_ALL};
	size_t units = STEMMA_READ_MOST_UNITS / 2 + 1;
	struct stemma_out out = {0};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];

	(void)state;
	for (size_t k = 0; k < units; k++)
		stemma_out_string(&out, "a\n");
	for (int side = 0; side < 2; side++)
		assert_int_equal(stemma_doc_split(&docs[side],
					 (struct stemma_view){out.bytes,
						 out.size - 2 * (size_t)side},
					 NULL, arena, NULL),
			STEMMA_OK);
	assert_int_equal(docs[0].unit_count, units);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 &options, arena, scratch),
		STEMMA_OK);
	assert_true(comparison.unread);
	assert_int_equal(comparison.stats.units[STEMMA_UNCHANGED], units - 1);
	assert_null(comparison.outlines[STEMMA_NEW].kinds);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	stemma_out_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			screening_stops_when_both_units_are_worth_reading),
		cmocka_unit_test(
			a_comparison_takes_what_stands_twice_as_it_was_found_before),
		cmocka_unit_test(
			pages_of_very_many_units_are_compared_but_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
