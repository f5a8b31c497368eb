/*
 * Whole runs that get too little memory: whatever allocation fails, the answer
 * is STEMMA_NOMEM, nothing is half made, and what was given back is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

#include "support/formats.h"
#include "support/invariants.h"

/* More by a little each time, so that every allocation fails once or more, and
   large texts do not take for ever. */
static size_t
more(size_t limit)
{
	return limit + 16 + limit / 50;
}

static const struct stemma_comparison none;

static bool
is_none(const struct stemma_comparison *c)
{
	return !c->docs[0] && !c->docs[1] && !c->links && !c->changes &&
	       c->link_count == 0 && c->change_count == 0 && !c->approximate &&
	       !c->identical && !c->different &&
	       memcmp(&c->stats, &none.stats, sizeof c->stats) == 0;
}

/* Texts for `trial`, with all the room they want. */
static void
prepare(struct trial *trial, size_t script)
{
	uint64_t seed = setting("STEMMA_TEST_SEED", 31) + script;

	trial->script = &scripts[script];
	trial->seed = seed;
	setup_trial(trial);
}

static void
reading_without_memory_leaves_nothing(void **state)
{
	struct trial *trial = calloc(1, sizeof *trial);

	(void)state;
	assert_non_null(trial);
	for (size_t script = 0; script < SCRIPT_COUNT; script++) {
		enum stemma_code code = STEMMA_NOMEM;

		prepare(trial, script);
		for (size_t limit = 1; code != STEMMA_OK; limit = more(limit)) {
			struct stemma_arena *arena = stemma_arena_new(limit);
			struct stemma_doc doc;

			assert_non_null(arena);
			code = stemma_doc_split(
				&doc, trial->docs[0].raw, NULL, arena, NULL);
			if (code == STEMMA_OK) {
				assert_true(doc.unit_count > 0);
			} else {
				assert_int_equal(code, STEMMA_NOMEM);
				assert_int_equal(doc.unit_count, 0);
				assert_null(doc.units);
				assert_null(doc.text.bytes);
			}
			stemma_arena_free(arena);
		}
		teardown_trial(trial);
		memset(trial, 0, sizeof *trial);
	}
	free(trial);
}

/* Compare within limits; checks the answer. */
static enum stemma_code
compare_within(const struct trial *trial, size_t limit, size_t scratch_limit)
{
	struct stemma_arena *arena = stemma_arena_new(limit);
	struct stemma_arena *scratch = stemma_arena_new(scratch_limit);
	struct stemma_comparison comparison;
	enum stemma_code code;

	assert_non_null(arena);
	assert_non_null(scratch);
	memset(&comparison, 0xaa, sizeof comparison);
	code = stemma_comparison_make(&comparison, &trial->docs[0],
		&trial->docs[1], NULL, arena, scratch);
	assert_int_equal(stemma_arena_used(scratch), 0);
	if (code != STEMMA_OK) {
		assert_int_equal(code, STEMMA_NOMEM);
		assert_true(is_none(&comparison));
	} else {
		struct checker checker = {
			.comparison = &comparison, .arena = trial->scratch};

		check(trial, check_comparison(&checker), checker.message);
	}
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	return code;
}

static void
comparing_without_memory_leaves_nothing(void **state)
{
	struct trial *trial = calloc(1, sizeof *trial);

	(void)state;
	assert_non_null(trial);
	for (size_t script = 0; script < SCRIPT_COUNT; script++) {
		prepare(trial, script);
		for (size_t limit = 1;
			compare_within(trial, limit, 0) != STEMMA_OK;)
			limit = more(limit);
		for (size_t limit = 1;
			compare_within(trial, 0, limit) != STEMMA_OK;)
			limit = more(limit);
		teardown_trial(trial);
		memset(trial, 0, sizeof *trial);
	}
	free(trial);
}

static enum stemma_code
render_within(const struct trial *trial, const struct format *format,
	size_t limit, size_t scratch_limit)
{
	struct stemma_arena *scratch = stemma_arena_new(scratch_limit);
	struct stemma_out out = {.limit = limit};
	enum stemma_code code;

	assert_non_null(scratch);
	code = format->render(
		&out, &trial->comparison, &format->options, scratch);
	assert_int_equal(stemma_arena_used(scratch), 0);
	if (code == STEMMA_OK)
		code = stemma_out_finish(&out);
	else
		assert_int_equal(stemma_out_finish(&out), code);
	if (code != STEMMA_OK)
		assert_int_equal(code, STEMMA_NOMEM);
	stemma_out_free(&out);
	stemma_arena_free(scratch);
	return code;
}

static void
writing_without_memory_says_so(void **state)
{
	struct trial *trial = calloc(1, sizeof *trial);

	(void)state;
	assert_non_null(trial);
	for (size_t script = 0; script < SCRIPT_COUNT; script++) {
		prepare(trial, script);
		for (size_t k = 0; k < FORMAT_COUNT; k++) {
			const struct format *format = &formats[k];

			for (size_t limit = 1; render_within(trial, format,
						       limit, 0) != STEMMA_OK;)
				limit = more(limit);
			for (size_t limit = 1; render_within(trial, format, 0,
						       limit) != STEMMA_OK;)
				limit = more(limit);
		}
		teardown_trial(trial);
		memset(trial, 0, sizeof *trial);
	}
	free(trial);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading_without_memory_leaves_nothing),
		cmocka_unit_test(comparing_without_memory_leaves_nothing),
		cmocka_unit_test(writing_without_memory_says_so),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
