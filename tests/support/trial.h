/*
 * trial.h - one generated revision, compared: what the property tests share.
 *
 *     STEMMA_TEST_SEED    where to start; a failure names the seed of its case
 *     STEMMA_TEST_ROUNDS  how many cases a script gets
 *     STEMMA_TEST_KEEP    a folder for the texts of a case that fails
 *     STEMMA_TEST_ONLY    a pattern for the names of tests to run
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_TRIAL_H
#define STEMMA_TESTS_TRIAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stemma/compare.h>

#include "revise.h"

/* Two texts compared, and all that it takes. */
struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_out texts[2];
	struct stemma_doc docs[2];
	struct stemma_comparison comparison, mirrored;
	struct page page;
	uint64_t seed;
	const struct script *script;
};

static inline uint64_t
setting(const char *name, uint64_t otherwise)
{
	const char *value = getenv(name);

	return value ? strtoull(value, NULL, 10) : otherwise;
}

/* Leave the texts of a failure where STEMMA_TEST_KEEP says. */
static inline void
keep(const struct trial *trial)
{
	const char *folder = getenv("STEMMA_TEST_KEEP");

	for (int side = 0; folder && side < 2; side++) {
		char path[500];
		FILE *file;

		snprintf(path, sizeof path, "%s/%s.txt", folder,
			side ? "new" : "old");
		file = fopen(path, "wb");
		if (!file)
			return;
		fwrite(trial->texts[side].bytes, 1, trial->texts[side].size,
			file);
		fclose(file);
	}
}

static inline void
check(const struct trial *trial, bool holds, const char *message)
{
	if (!holds)
		keep(trial);
	if (!holds)
		fail_msg("%s, STEMMA_TEST_SEED=%llu STEMMA_TEST_ROUNDS=1: %s",
			trial->script->name, (unsigned long long)trial->seed,
			message);
}

static inline void
write_texts(struct trial *trial, uint64_t *seed)
{
	uint32_t steps = 1 + random_below(seed, 8);

	make_page(
		&trial->page, trial->script, 1 + random_below(seed, 14), seed);
	write_page(&trial->texts[0], &trial->page,
		&layouts[random_below(seed, LAYOUT_COUNT)]);
	while (steps--)
		revise_once(&trial->page, trial->script, seed);
	write_page(&trial->texts[1], &trial->page,
		&layouts[random_below(seed, LAYOUT_COUNT)]);
}

/* Read both texts and compare them both ways round. */
static inline void
compare(struct trial *trial, const struct stemma_text_options *text,
	const struct stemma_compare_options *options)
{
	for (int side = 0; side < 2; side++)
		assert_int_equal(
			stemma_doc_split(&trial->docs[side],
				(struct stemma_view){trial->texts[side].bytes,
					trial->texts[side].size},
				text, trial->arena, NULL),
			STEMMA_OK);
	assert_int_equal(
		stemma_comparison_make(&trial->comparison, &trial->docs[0],
			&trial->docs[1], options, trial->arena, trial->scratch),
		STEMMA_OK);
	assert_int_equal(
		stemma_comparison_make(&trial->mirrored, &trial->docs[1],
			&trial->docs[0], options, trial->arena, trial->scratch),
		STEMMA_OK);
}

static inline void
setup_trial(struct trial *trial)
{
	uint64_t seed = trial->seed;
	struct stemma_text_options text = {0};
	struct stemma_compare_options options = {.reading = STEMMA_READ_ALL};

	trial->arena = stemma_arena_new(0);
	trial->scratch = stemma_arena_new(0);
	assert_non_null(trial->arena);
	assert_non_null(trial->scratch);
	write_texts(trial, &seed);
	if (random_chance(&seed, 25))
		text.unit = STEMMA_UNIT_SENTENCE;
	if (random_chance(&seed, 20))
		options.ignore = 2 * random_below(&seed, 8);
	compare(trial, &text, &options);
}

static inline void
teardown_trial(struct trial *trial)
{
	stemma_arena_free(trial->arena);
	stemma_arena_free(trial->scratch);
	stemma_out_free(&trial->texts[0]);
	stemma_out_free(&trial->texts[1]);
}

/* Run `test` on new pages in each script. */
static inline void
for_each_script(void (*test)(struct trial *trial), uint64_t rounds)
{
	uint64_t first = setting("STEMMA_TEST_SEED", 20240501);
	struct trial *trial = calloc(1, sizeof *trial);

	assert_non_null(trial);
	print_message("seed %llu\n", (unsigned long long)first);
	rounds = setting("STEMMA_TEST_ROUNDS", rounds);
	for (size_t script = 0; script < SCRIPT_COUNT; script++)
		for (uint64_t round = 0; round < rounds; round++) {
			trial->script = &scripts[script];
			trial->seed = first + round;
			setup_trial(trial);
			test(trial);
			teardown_trial(trial);
		}
	free(trial);
}

#endif
