/*
 * What holds of every comparison, tried on generated pages and revisions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

#include "support/invariants.h"
#include "support/mirror.h"

static void
check_invariants(struct trial *trial)
{
	struct checker checker = {
		.comparison = &trial->comparison, .arena = trial->scratch};

	check(trial, check_comparison(&checker), checker.message);
}

static void
units_links_and_edits_of_a_comparison_fit_together(void **state)
{
	(void)state;
	for_each_script(check_invariants, 200);
}

static void
check_swapped(struct trial *trial)
{
	struct checker checker = {
		.comparison = &trial->comparison, .arena = trial->scratch};

	check(trial, check_mirror(&checker, &trial->mirrored), checker.message);
}

static void
swapping_the_documents_mirrors_the_comparison(void **state)
{
	(void)state;
	for_each_script(check_swapped, 200);
}

static void
check_same(struct trial *trial)
{
	struct stemma_comparison comparison;
	struct checker checker = {
		.comparison = &comparison, .arena = trial->scratch};

	for (int side = 0; side < 2; side++) {
		assert_int_equal(stemma_comparison_make(&comparison,
					 &trial->docs[side], &trial->docs[side],
					 NULL, trial->arena, trial->scratch),
			STEMMA_OK);
		check(trial, check_identity(&checker), checker.message);
	}
}

static void
a_text_does_not_differ_from_itself(void **state)
{
	(void)state;
	for_each_script(check_same, 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			units_links_and_edits_of_a_comparison_fit_together),
		cmocka_unit_test(swapping_the_documents_mirrors_the_comparison),
		cmocka_unit_test(a_text_does_not_differ_from_itself),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
