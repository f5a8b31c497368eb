/*
 * What shows little or nothing: typography, invisible characters, marks that
 * combine with others.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/compared.h"

static void
other_quotes_dashes_and_spaces_are_a_reformatting(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "\"We'll wait\" - so they said in the harbour office...\n",
		"“We’ll  wait” – so they said in the harbour\xc2\xa0office…\n",
		0);
	assert_links(&c, "reformatted 0>0");
	assert_changes(&c, "");
	teardown(&c);
}

static void
typography_inside_an_edited_paragraph_is_told_apart(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "The mayor said \"nobody\" knew about the sea wall.\n",
		"The mayor said “nobody” knew of the  sea wall.\n", 0);
	assert_changes(&c, "reformat \"=>“|reformat \"=>”|about=>of|"
			   "reformat  =>  ");
	assert_int_equal(c.comparison.stats.words_added, 1);
	teardown(&c);
}

static void
words_that_only_invisible_characters_part_are_a_reformatting(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "Wait -- said the mayor of the harbour...\n",
		"Wait -\u00ad- said the may\u200bor of the harbour.\u2060..\n",
		0);
	assert_links(&c, "reformatted 0>0");
	teardown(&c);
	/* Here words are graphemes, and one of them is cut in two. */
	setup(&c, "\u0e20\u0e32\u0e31 msgr\n",
		"\u0e20\u0e32\ufeff\u0e31 msgr\n", 0);
	assert_links(&c, "reformatted 0>0");
	assert_changes(&c, "");
	assert_int_equal(c.comparison.links[0].weights, 0);
	teardown(&c);
}

static void
a_backtick_is_an_apostrophe(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "They don't know about it.\n", "They don`t know of it.\n", 0);
	assert_changes(&c, "reformat don't=>don`t|about=>of");
	teardown(&c);
}

static void
an_edit_takes_a_space_along_that_something_combines_with(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "Heart of the \ufe0f.\n", "Heart of the quay.\n", 0);
	assert_changes(&c, " \ufe0f=> quay");
	teardown(&c);
	setup(&c, "Heart of the \u0301.\n", "Heart of the quay.\n", 0);
	assert_changes(&c, " \u0301=> quay");
	teardown(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			other_quotes_dashes_and_spaces_are_a_reformatting),
		cmocka_unit_test(
			typography_inside_an_edited_paragraph_is_told_apart),
		cmocka_unit_test(
			words_that_only_invisible_characters_part_are_a_reformatting),
		cmocka_unit_test(a_backtick_is_an_apostrophe),
		cmocka_unit_test(
			an_edit_takes_a_space_along_that_something_combines_with),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
