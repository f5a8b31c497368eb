/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diff/diff.h"
#include "diff/search.h"

struct state {
	struct stemma_arena *arena, *scratch;
	uint64_t seed;
};

static uint32_t
random_below(struct state *state, uint32_t limit)
{
	state->seed = state->seed * UINT64_C(6364136223846793005) +
		      UINT64_C(1442695040888963407);
	return (uint32_t)(state->seed >> 33) % limit;
}

static void
setup(struct state *state, uint64_t seed)
{
	state->arena = stemma_arena_new(0);
	state->scratch = stemma_arena_new(0);
	state->seed = seed;
	assert_non_null(state->arena);
	assert_non_null(state->scratch);
}

static void
teardown(struct state *state)
{
	stemma_arena_free(state->arena);
	stemma_arena_free(state->scratch);
}

/* The textbook table. */
static uint32_t
longest(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
	uint32_t *row = calloc((size_t)m + 1, sizeof *row), result;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t diagonal = 0;

		for (uint32_t j = 0; j < m; j++) {
			uint32_t above = row[j + 1];

			if (a[i] == b[j])
				row[j + 1] = diagonal + 1;
			else if (row[j] > above)
				row[j + 1] = row[j];
			diagonal = above;
		}
	}
	result = row[m];
	free(row);
	return result;
}

/* The runs are in order and equal; returns how much they pair. */
static uint32_t
check_runs(const struct stemma_run *runs, size_t count, const uint32_t *a,
	uint32_t n, const uint32_t *b, uint32_t m)
{
	uint32_t ends[2] = {0, 0}, total = 0;

	for (size_t r = 0; r < count; r++) {
		assert_true(runs[r].length > 0);
		assert_true(runs[r].at[0] >= ends[0]);
		assert_true(runs[r].at[1] >= ends[1]);
		for (uint32_t k = 0; k < runs[r].length; k++)
			assert_int_equal(
				a[runs[r].at[0] + k], b[runs[r].at[1] + k]);
		ends[0] = runs[r].at[0] + runs[r].length;
		ends[1] = runs[r].at[1] + runs[r].length;
		total += runs[r].length;
	}
	assert_true(ends[0] <= n && ends[1] <= m);
	return total;
}

static uint32_t
diff(struct state *state, const uint32_t *a, uint32_t n, const uint32_t *b,
	uint32_t m, struct stemma_budget *budget)
{
	struct stemma_run *runs;
	size_t count, used = stemma_arena_used(state->scratch);

	assert_int_equal(stemma_diff_make(&runs, &count, a, n, b, m, budget,
				 state->arena, state->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(state->scratch), used);
	return check_runs(runs, count, a, n, b, m);
}

static void
diff_finds_a_longest_common_subsequence_of_short_arrays(void **unused)
{
	struct state state;

	(void)unused;
	setup(&state, 7);
	for (int round = 0; round < 2000; round++) {
		uint32_t a[150], b[150];
		uint32_t n = random_below(&state, 150);
		uint32_t m = random_below(&state, 150);
		uint32_t letters = 1 + random_below(&state, 30);
		struct stemma_budget budget = {.left = UINT64_MAX};

		for (uint32_t i = 0; i < n; i++)
			a[i] = random_below(&state, letters);
		for (uint32_t j = 0; j < m; j++)
			b[j] = random_below(&state, letters);
		assert_int_equal(
			diff(&state, a, n, b, m, &budget), longest(a, n, b, m));
		assert_false(budget.reached);
	}
	teardown(&state);
}

static void
myers_finds_a_longest_common_subsequence_within_its_budget(void **unused)
{
	struct state state;

	(void)unused;
	setup(&state, 11);
	for (int round = 0; round < 2000; round++) {
		uint32_t a[100], b[100], places[100], partners[100];
		uint32_t n = random_below(&state, 100), total = 0;
		uint32_t m = random_below(&state, 100), last = 0;
		struct stemma_budget budget = {.left = UINT64_MAX};
		struct stemma_piece piece = {.ids = {a, b},
			.places = {places, places},
			.counts = {n, m}};

		for (uint32_t i = 0; i < 100; i++) {
			a[i] = random_below(&state, 4);
			b[i] = random_below(&state, 4);
			places[i] = i;
			partners[i] = STEMMA_UNPAIRED;
		}
		assert_int_equal(stemma_diff_myers(&piece, partners, &budget,
					 state.scratch),
			STEMMA_OK);
		for (uint32_t i = 0; i < n; i++) {
			if (partners[i] == STEMMA_UNPAIRED)
				continue;
			assert_int_equal(a[i], b[partners[i]]);
			assert_true(total == 0 || partners[i] > last);
			last = partners[i];
			total++;
		}
		assert_int_equal(total, longest(a, n, b, m));
	}
	teardown(&state);
}

static void
a_budget_that_runs_out_gives_a_coarser_answer_and_says_so(void **unused)
{
	enum { SIZE = 60000 };
	uint32_t *a = malloc(SIZE * sizeof *a), *b = malloc(SIZE * sizeof *b);
	struct stemma_budget small = {.left = 1000};
	struct state state;

	(void)unused;
	setup(&state, 3);
	for (uint32_t i = 0; i < SIZE; i++) {
		a[i] = random_below(&state, 2);
		b[i] = random_below(&state, 2);
	}
	diff(&state, a, SIZE, b, SIZE, &small);
	assert_true(small.reached);
	free(a);
	free(b);
	teardown(&state);
}

static void
a_search_takes_only_so_many_steps_for_each_number(void **unused)
{
	enum { SIZE = 60000, EACH = 16 };
	uint32_t *a = malloc(SIZE * sizeof *a), *b = malloc(SIZE * sizeof *b);
	struct stemma_budget budget = {.left = UINT64_MAX, .each = EACH};
	struct state state;

	(void)unused;
	setup(&state, 3);
	for (uint32_t i = 0; i < SIZE; i++) {
		a[i] = random_below(&state, 2);
		b[i] = random_below(&state, 2);
	}
	assert_in_range(
		diff(&state, a, SIZE, b, SIZE, &budget), SIZE / 2, SIZE);
	assert_true(budget.reached);
	assert_in_range(UINT64_MAX - budget.left, 1, EACH * 2 * SIZE);
	free(a);
	free(b);
	teardown(&state);
}

static void
a_long_array_lightly_edited_is_told_exactly(void **unused)
{
	enum { SIZE = 100000, EVERY = 50 };
	uint32_t *a = malloc(SIZE * sizeof *a), *b = malloc(SIZE * sizeof *b);
	struct stemma_budget budget = {.left = UINT64_C(1) << 28};
	struct state state;
	uint32_t edits = 0;

	(void)unused;
	setup(&state, 5);
	for (uint32_t i = 0; i < SIZE; i++) {
		a[i] = random_below(&state, 2000);
		b[i] = i % EVERY == 7 ? 3000 + i : a[i];
		edits += a[i] != b[i];
	}
	assert_int_equal(diff(&state, a, SIZE, b, SIZE, &budget), SIZE - edits);
	assert_false(budget.reached);
	free(a);
	free(b);
	teardown(&state);
}

static void
one_repeated_number_is_no_trouble_at_any_length(void **unused)
{
	enum { SIZE = 300000 };
	uint32_t *a = calloc(SIZE, sizeof *a), *b = calloc(SIZE, sizeof *b);
	struct stemma_budget budget = {.left = UINT64_C(1) << 28};
	struct state state;

	(void)unused;
	setup(&state, 5);
	a[1000] = 1;
	b[SIZE / 2] = 2;
	b[SIZE / 3] = 1;
	assert_true(diff(&state, a, SIZE, b, SIZE - 5, &budget) >= SIZE - 7);
	free(a);
	free(b);
	teardown(&state);
}

static void
many_numbers_beside_few_take_no_more_memory_than_others(void **unused)
{
	enum { LONG = 150000, SHORT = 700 };
	uint32_t *a = calloc(LONG, sizeof *a), b[SHORT];
	struct stemma_budget budget = {.left = UINT64_C(1) << 28};
	struct state state;

	(void)unused;
	setup(&state, 6);
	stemma_arena_free(state.scratch);
	state.scratch = stemma_arena_new((size_t)64 << 20);
	for (uint32_t i = 0; i < LONG; i++)
		a[i] = i;
	for (uint32_t j = 0; j < SHORT; j++)
		b[j] = LONG - 1 - 100 * j;
	for (int side = 0; side < 2; side++)
		assert_int_equal(
			diff(&state, side ? b : a, side ? SHORT : LONG,
				side ? a : b, side ? LONG : SHORT, &budget),
			1);
	free(a);
	teardown(&state);
}

static void
diff_without_memory_says_so_and_leaves_scratch_as_it_was(void **unused)
{
	uint32_t a[400], b[400];
	struct state state;
	bool done = false;

	(void)unused;
	setup(&state, 13);
	for (uint32_t i = 0; i < 400; i++) {
		a[i] = random_below(&state, 50);
		b[i] = random_below(&state, 50);
	}
	teardown(&state);
	for (size_t limit = 16; !done; limit += 16 + limit / 16) {
		struct stemma_budget budget = {.left = 1 << 20};
		struct stemma_run *runs;
		size_t count;
		enum stemma_code code;

		state.arena = stemma_arena_new(limit);
		state.scratch = stemma_arena_new(limit);
		code = stemma_diff_make(&runs, &count, a, 400, b, 400, &budget,
			state.arena, state.scratch);
		assert_int_equal(stemma_arena_used(state.scratch), 0);
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		done = code == STEMMA_OK;
		teardown(&state);
	}
}

/* Every subset of up to 12 steps, the slow way. */
static uint64_t
heaviest(const struct stemma_step *steps, uint32_t count)
{
	uint64_t best = 0;

	for (uint32_t set = 0; set < UINT32_C(1) << count; set++) {
		uint64_t weight = 0;
		int64_t last = -1;

		for (uint32_t k = 0; k < count; k++) {
			if (!(set >> k & 1))
				continue;
			if ((int64_t)steps[k].key <= last) {
				weight = 0;
				break;
			}
			last = steps[k].key;
			weight += steps[k].weight;
		}
		best = weight > best ? weight : best;
	}
	return best;
}

static void
the_heaviest_increasing_subsequence_is_no_lighter_than_any(void **unused)
{
	struct state state;

	(void)unused;
	setup(&state, 17);
	for (int round = 0; round < 500; round++) {
		struct stemma_step steps[12];
		uint32_t count = random_below(&state, 13);
		uint64_t weight = 0;
		int64_t last = -1;

		for (uint32_t k = 0; k < count; k++)
			steps[k] = (struct stemma_step){
				.key = random_below(&state, 14),
				.weight = 1 + random_below(&state, 9)};
		assert_int_equal(
			stemma_increasing_heaviest(steps, count, state.scratch),
			STEMMA_OK);
		for (uint32_t k = 0; k < count; k++) {
			if (!steps[k].kept)
				continue;
			assert_true((int64_t)steps[k].key > last);
			last = steps[k].key;
			weight += steps[k].weight;
		}
		assert_int_equal(weight, heaviest(steps, count));
	}
	teardown(&state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			diff_finds_a_longest_common_subsequence_of_short_arrays),
		cmocka_unit_test(
			myers_finds_a_longest_common_subsequence_within_its_budget),
		cmocka_unit_test(
			a_budget_that_runs_out_gives_a_coarser_answer_and_says_so),
		cmocka_unit_test(
			a_search_takes_only_so_many_steps_for_each_number),
		cmocka_unit_test(a_long_array_lightly_edited_is_told_exactly),
		cmocka_unit_test(
			one_repeated_number_is_no_trouble_at_any_length),
		cmocka_unit_test(
			many_numbers_beside_few_take_no_more_memory_than_others),
		cmocka_unit_test(
			diff_without_memory_says_so_and_leaves_scratch_as_it_was),
		cmocka_unit_test(
			the_heaviest_increasing_subsequence_is_no_lighter_than_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
