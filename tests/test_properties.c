/*
 * What holds of every comparison, tried on generated pages and revisions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

#include <stemma/critic.h>

#include "support/formats.h"
#include "support/invariants.h"
#include "support/marked.h"
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

static void
render(struct stemma_out *out, const struct format *format,
	const struct stemma_comparison *comparison,
	struct stemma_arena *scratch)
{
	size_t used = stemma_arena_used(scratch);

	assert_int_equal(
		format->render(out, comparison, &format->options, scratch),
		STEMMA_OK);
	assert_int_equal(stemma_out_finish(out), STEMMA_OK);
	assert_int_equal(stemma_arena_used(scratch), used);
}

/* The same comparison made and written anew, in other memory. */
static void
check_deterministic(struct trial *trial)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_comparison again;

	assert_non_null(arena);
	assert_non_null(scratch);
	assert_non_null(stemma_arena_alloc(arena, trial->seed % 5000, 1));
	assert_int_equal(stemma_comparison_make(&again, &trial->docs[0],
				 &trial->docs[1], NULL, arena, scratch),
		STEMMA_OK);
	assert_int_equal(
		stemma_comparison_make(&trial->comparison, &trial->docs[0],
			&trial->docs[1], NULL, trial->arena, trial->scratch),
		STEMMA_OK);
	for (size_t k = 0; k < FORMAT_COUNT; k++) {
		struct stemma_out out[2] = {{0}, {0}};

		render(&out[0], &formats[k], &trial->comparison,
			trial->scratch);
		render(&out[1], &formats[k], &again, scratch);
		check(trial, out[0].size == out[1].size, formats[k].name);
		if (out[0].size)
			assert_memory_equal(
				out[0].bytes, out[1].bytes, out[0].size);
		stemma_out_free(&out[0]);
		stemma_out_free(&out[1]);
	}
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
}

static void
every_format_writes_the_same_bytes_again(void **state)
{
	(void)state;
	for_each_script(check_deterministic, 40);
}

/* Read `format`'s output by `reader`: it has both texts in it. */
static void
check_reading(struct trial *trial, size_t format,
	void (*reader)(struct stemma_view text, struct stemma_out parts[2]))
{
	struct stemma_out out = {0}, parts[2] = {{0}, {0}};

	render(&out, &formats[format], &trial->comparison, trial->scratch);
	reader((struct stemma_view){out.bytes, out.size}, parts);
	for (int side = 0; side < 2; side++) {
		struct stemma_view part = {parts[side].bytes, parts[side].size};

		check(trial, stemma_view_equal(part, trial->docs[side].text),
			formats[format].name);
		stemma_out_free(&parts[side]);
	}
	stemma_out_free(&out);
}

/* The library's own reader has both files. */
static void
check_criticmarkup(struct trial *trial, size_t format)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_out out = {0};
	struct stemma_critic critic;

	render(&out, &formats[format], &trial->comparison, trial->scratch);
	check(trial,
		stemma_critic_read(&critic,
			(struct stemma_view){out.bytes, out.size},
			arena) == STEMMA_OK,
		formats[format].name);
	for (int side = 0; side < 2; side++)
		check(trial,
			stemma_view_equal(
				critic.versions[side], trial->docs[side].raw),
			formats[format].name);
	stemma_arena_free(arena);
	stemma_out_free(&out);
}

static void
check_marked(struct trial *trial)
{
	for (size_t k = 0; k < FORMAT_COUNT; k++) {
		if (formats[k].render == stemma_render_criticmarkup)
			check_criticmarkup(trial, k);
		if (formats[k].render == stemma_render_wdiff)
			check_reading(trial, k, read_wdiff);
	}
}

static void
marked_formats_hold_both_texts_byte_for_byte(void **state)
{
	(void)state;
	for_each_script(check_marked, 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			units_links_and_edits_of_a_comparison_fit_together),
		cmocka_unit_test(swapping_the_documents_mirrors_the_comparison),
		cmocka_unit_test(a_text_does_not_differ_from_itself),
		cmocka_unit_test(every_format_writes_the_same_bytes_again),
		cmocka_unit_test(marked_formats_hold_both_texts_byte_for_byte),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
