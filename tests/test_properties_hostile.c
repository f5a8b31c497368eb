/*
 * Texts that are hard to compare: the answers are as right as on easy ones.
 * What it costs is measured elsewhere (tests/bench).
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

#include "support/invariants.h"
#include "support/mirror.h"

static const struct script hostile = {.name = "hostile"};

/* Compare what was written to the two texts; the links and edits must fit. */
static void
run(struct trial *trial)
{
	struct checker checker = {.comparison = &trial->comparison};

	trial->script = &hostile;
	trial->arena = stemma_arena_new(0);
	trial->scratch = stemma_arena_new(0);
	assert_non_null(trial->arena);
	assert_non_null(trial->scratch);
	compare(trial, NULL, NULL);
	checker.arena = trial->scratch;
	check(trial, check_comparison(&checker), checker.message);
	check(trial, check_mirror(&checker, &trial->mirrored), checker.message);
}

/* A sentence that stands only once, of words that stand often. */
static void
write_sentence(struct stemma_out *out, uint32_t number)
{
	uint64_t seed = number;

	stemma_out_format(out, "Item %u:", number);
	for (int word = 0; word < 12; word++)
		stemma_out_format(out, " w%u", random_below(&seed, 500));
	stemma_out_string(out, ".");
}

static void
paragraphs_in_reverse_order_are_all_moves(void **state)
{
	struct trial trial = {0};
	const struct stemma_stats *stats = &trial.comparison.stats;

	(void)state;
	for (uint32_t k = 0; k < 2000; k++) {
		write_sentence(&trial.texts[0], k);
		write_sentence(&trial.texts[1], 1999 - k);
		stemma_out_string(&trial.texts[0], "\n");
		stemma_out_string(&trial.texts[1], "\n");
	}
	run(&trial);
	assert_int_equal(stats->units[STEMMA_UNCHANGED], 2000);
	assert_int_equal(stats->moved, 1999);
	assert_false(trial.comparison.approximate);
	teardown_trial(&trial);
}

static void
equal_lines_stay_where_they_are(void **state)
{
	struct trial trial = {0};
	const struct stemma_stats *stats = &trial.comparison.stats;

	(void)state;
	for (uint32_t k = 0; k < 2000; k++) {
		stemma_out_string(&trial.texts[0], "All quiet here.\n");
		if (k % 500 == 100)
			stemma_out_format(&trial.texts[1],
				"Visitor %u came by and left a note.\n", k);
		if (k % 500 != 300)
			stemma_out_string(&trial.texts[1], "All quiet here.\n");
	}
	run(&trial);
	assert_int_equal(stats->units[STEMMA_UNCHANGED], 1996);
	assert_int_equal(stats->units[STEMMA_ADDED], 4);
	assert_int_equal(stats->units[STEMMA_REMOVED], 4);
	assert_int_equal(stats->moved, 0);
	assert_false(trial.comparison.approximate);
	teardown_trial(&trial);
}

static void
unrelated_texts_have_nothing_in_common(void **state)
{
	struct trial trial = {0};
	const struct stemma_stats *stats = &trial.comparison.stats;

	(void)state;
	for (uint32_t k = 0; k < 1500; k++)
		for (int side = 0; side < 2; side++) {
			uint64_t seed = k * 2 + (uint32_t)side;

			for (int word = 0; word < 25; word++)
				stemma_out_format(&trial.texts[side], "%s%u ",
					side ? "vo" : "ka",
					random_below(&seed, 4000));
			stemma_out_string(&trial.texts[side], ".\n");
		}
	run(&trial);
	assert_int_equal(stats->units[STEMMA_REMOVED], 1500);
	assert_int_equal(stats->units[STEMMA_ADDED], 1500);
	teardown_trial(&trial);
}

static void
a_long_paragraph_lightly_edited_is_told_exactly(void **state)
{
	struct trial trial = {0};
	uint64_t seed = 5;
	uint32_t touched = 0;

	(void)state;
	for (uint32_t k = 0; k < 40000; k++) {
		uint32_t word = random_below(&seed, 3000);
		bool touch = k % 800 == 400;

		stemma_out_format(&trial.texts[0], "word%u ", word);
		if (touch)
			stemma_out_format(&trial.texts[1], "new%u ", k);
		else
			stemma_out_format(&trial.texts[1], "word%u ", word);
		touched += touch;
	}
	run(&trial);
	assert_int_equal(trial.comparison.link_count, 1);
	assert_int_equal(trial.comparison.change_count, touched);
	assert_int_equal(trial.comparison.stats.words_added, touched);
	assert_int_equal(trial.comparison.stats.words_removed, touched);
	assert_false(trial.comparison.approximate);
	teardown_trial(&trial);
}

static void
one_word_repeated_less_often_is_one_deletion(void **state)
{
	struct trial trial = {0};

	(void)state;
	for (uint32_t k = 0; k < 20000; k++) {
		stemma_out_string(&trial.texts[0], k ? " very" : "very");
		if (k < 19990)
			stemma_out_string(
				&trial.texts[1], k ? " very" : "very");
	}
	run(&trial);
	assert_int_equal(trial.comparison.stats.words_removed, 10);
	assert_int_equal(trial.comparison.stats.words_added, 0);
	assert_int_equal(trial.comparison.stats.changes, 1);
	teardown_trial(&trial);
}

static void
one_long_paragraph_of_unrelated_words_is_a_rewrite(void **state)
{
	struct trial trial = {0};

	(void)state;
	for (uint32_t k = 0; k < 20000; k++) {
		stemma_out_format(&trial.texts[0], "ka%u ", k);
		stemma_out_format(&trial.texts[1], "vo%u ", k);
	}
	run(&trial);
	assert_true(trial.comparison.different);
	teardown_trial(&trial);
}

static void
a_mark_on_every_letter_is_cut_nowhere(void **state)
{
	struct trial trial = {0};

	(void)state;
	for (uint32_t k = 0; k < 3000; k++)
		for (int side = 0; side < 2; side++) {
			stemma_out_string(&trial.texts[side], "a");
			for (uint32_t mark = 0; mark < k % 7; mark++)
				stemma_out_string(&trial.texts[side],
					side && k % 100 == 50 ? "\xcc\x81"
							      : "\xcc\x80");
			if (k % 5 == 0)
				stemma_out_string(&trial.texts[side], " ");
		}
	run(&trial);
	teardown_trial(&trial);
}

static void
thousands_of_marks_on_one_letter_are_one_grapheme(void **state)
{
	struct trial trial = {0};

	(void)state;
	for (int side = 0; side < 2; side++) {
		stemma_out_string(&trial.texts[side], "One e");
		for (int mark = 0; mark < 20000 + side; mark++)
			stemma_out_string(&trial.texts[side], "\xcc\x81");
		stemma_out_string(&trial.texts[side], " more.\n");
	}
	run(&trial);
	assert_int_equal(trial.comparison.stats.changes, 1);
	teardown_trial(&trial);
}

static void
pages_of_every_byte_are_compared_all_the_same(void **state)
{
	(void)state;
	for (uint64_t round = 0; round < 300; round++) {
		struct trial trial = {.seed = round};
		uint64_t seed = round;

		for (int side = 0; side < 2; side++)
			for (uint32_t k = random_below(&seed, 400); k; k--)
				stemma_out_char(&trial.texts[side],
					random_chance(&seed, 80)
						? " \n.ab\r\t\""[random_below(
							  &seed, 8)]
						: (char)random_below(
							  &seed, 256));
		run(&trial);
		teardown_trial(&trial);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_in_reverse_order_are_all_moves),
		cmocka_unit_test(equal_lines_stay_where_they_are),
		cmocka_unit_test(unrelated_texts_have_nothing_in_common),
		cmocka_unit_test(
			a_long_paragraph_lightly_edited_is_told_exactly),
		cmocka_unit_test(one_word_repeated_less_often_is_one_deletion),
		cmocka_unit_test(
			one_long_paragraph_of_unrelated_words_is_a_rewrite),
		cmocka_unit_test(a_mark_on_every_letter_is_cut_nowhere),
		cmocka_unit_test(
			thousands_of_marks_on_one_letter_are_one_grapheme),
		cmocka_unit_test(pages_of_every_byte_are_compared_all_the_same),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
