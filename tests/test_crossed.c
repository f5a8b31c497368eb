/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/crossed.h"
#include "cli/life_places.h"

enum { MOST = 40 };

/* As the words of the header say it. */
static size_t
count_plainly(const size_t *map, size_t count, size_t at)
{
	size_t crossed = 0;

	for (size_t u = 0; u < count && map[at] != STEMMA_NO_PLACE; u++)
		crossed += map[u] != STEMMA_NO_PLACE && u != at &&
			   (u < at) != (map[u] < map[at]);
	return crossed;
}

static void
all_that_stand_on_the_other_side_are_counted(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		size_t map[MOST], count = (size_t)round % MOST;
		size_t places = 1 + (size_t)round % 29;
		size_t *crossed;

		for (size_t k = 0; k < count; k++) {
			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			map[k] = (size_t)(seed >> 33) % (places + 1);
			if (map[k] == places)
				map[k] = STEMMA_NO_PLACE;
		}
		crossed = stemma_crossed_count(map, count, places, arena);
		assert_non_null(crossed);
		for (size_t k = 0; k < count; k++)
			assert_int_equal(
				crossed[k], count_plainly(map, count, k));
	}
	stemma_arena_free(arena);
}

static void
one_that_goes_to_the_end_crosses_all_and_each_of_them_only_it(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	const size_t map[] = {3, 0, 1, 2}, expected[] = {3, 1, 1, 1};
	size_t *crossed = stemma_crossed_count(map, 4, 4, arena);

	(void)state;
	assert_non_null(crossed);
	assert_memory_equal(crossed, expected, sizeof expected);
	stemma_arena_free(arena);
}

static void
without_memory_there_is_no_answer(void **state)
{
	struct stemma_arena *arena = stemma_arena_new(64);
	const size_t map[] = {0};

	(void)state;
	assert_null(stemma_crossed_count(map, 1, 100000, arena));
	stemma_arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_stand_on_the_other_side_are_counted),
		cmocka_unit_test(
			one_that_goes_to_the_end_crosses_all_and_each_of_them_only_it),
		cmocka_unit_test(without_memory_there_is_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
