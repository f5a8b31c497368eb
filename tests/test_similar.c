/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stemma/compare.h>

#include "align/similar.h"

enum { FEATURES = 40, MOST = 4000 };

static uint64_t seed = 1;

static uint32_t
random_below(uint32_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % n;
}

static void
fill(struct stemma_features *features, uint32_t count)
{
	features->count = count;
	features->sorted = false;
	for (uint32_t k = 0; k < count; k++)
		features->ids[k] = random_below(FEATURES);
}

static uint32_t
count_of(const struct stemma_features *features, uint32_t id)
{
	uint32_t count = 0;

	for (uint32_t k = 0; k < features->count; k++)
		count += features->ids[k] == id;
	return count;
}

/* The weights are whole numbers, so that sums are the same in any order. */
static float
shared_plainly(const struct stemma_similar *similar,
	const struct stemma_features *a, const struct stemma_features *b)
{
	float shared = 0;

	for (uint32_t f = 0; f < FEATURES; f++) {
		uint32_t x = count_of(a, f), y = count_of(b, f);

		shared += similar->all[f].weight * (float)(x < y ? x : y);
	}
	return shared;
}

/* Units of `one` and of `other` features: what is shared, and whether the
   second was put in order, which is to say not gone through. */
static bool
compare(uint32_t one, uint32_t other)
{
	static struct stemma_feature all[FEATURES];
	static uint32_t ids[2][MOST];
	struct stemma_similar similar = {.all = all, .feature_count = FEATURES};
	struct stemma_features a = {.ids = ids[0]}, b = {.ids = ids[1]};

	for (uint32_t f = 0; f < FEATURES; f++)
		all[f].weight = (float)(1 + f % 7);
	fill(&a, one);
	fill(&b, other);
	stemma_similar_stock(&similar, &a, true);
	for (int round = 0; round < 2; round++)
		assert_true(stemma_similar_shared(&similar, &a, &b) ==
			    shared_plainly(&similar, &a, &b));
	stemma_similar_stock(&similar, &a, false);
	for (uint32_t f = 0; f < FEATURES; f++) {
		assert_int_equal(all[f].spent, 0);
		assert_int_equal(all[f].stock, 0);
	}
	return b.sorted;
}

static void
what_two_units_share_does_not_depend_on_which_is_longer(void **state)
{
	(void)state;
	for (int round = 0; round < 200; round++) {
		assert_false(compare(random_below(MOST), random_below(60)));
		compare(random_below(60), random_below(MOST));
	}
}

static void
a_far_longer_unit_is_not_gone_through_for_a_short_one(void **state)
{
	(void)state;
	assert_false(compare(10, 300));
	assert_true(compare(10, 400));
	assert_true(compare(1, MOST));
}

enum { SENTENCES = 600 };

/* Paragraphs of two sentences, the first border being `shift` sentences on. */
static struct stemma_view
write_shifted(struct stemma_out *out, unsigned shift)
{
	seed = 1;
	for (unsigned k = 0; k < SENTENCES; k++) {
		stemma_out_string(out, k % 2 == shift ? "\n\n" : " ");
		stemma_out_format(out, "Sentence %u is", k);
		for (int word = 0; word < 8; word++)
			stemma_out_format(out, " w%u", random_below(90));
		stemma_out_char(out, '.');
	}
	assert_int_equal(out->code, STEMMA_OK);
	return (struct stemma_view){out->bytes, out->size};
}

/* How many links there are where all borders have passed one sentence on. */
static size_t
count_links(uint64_t budget, bool *approximate)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_compare_options options = {.budget = budget};
	struct stemma_out outs[2] = {{0}, {0}};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];

	for (unsigned side = 0; side < 2; side++)
		assert_int_equal(stemma_doc_split(&docs[side],
					 write_shifted(&outs[side], side), NULL,
					 arena, NULL),
			STEMMA_OK);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 &options, arena, scratch),
		STEMMA_OK);
	*approximate = comparison.approximate;
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	stemma_out_free(&outs[0]);
	stemma_out_free(&outs[1]);
	return comparison.link_count;
}

static void
a_long_chain_of_regrouped_units_is_looked_at_within_the_budget(void **state)
{
	bool approximate;

	(void)state;
	assert_int_equal(count_links(0, &approximate), 1);
	assert_false(approximate);
	/* Then only the end of the chain is looked at, and it is said. */
	assert_int_equal(count_links(2000000, &approximate), 1);
	assert_true(approximate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_two_units_share_does_not_depend_on_which_is_longer),
		cmocka_unit_test(
			a_far_longer_unit_is_not_gone_through_for_a_short_one),
		cmocka_unit_test(
			a_long_chain_of_regrouped_units_is_looked_at_within_the_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
