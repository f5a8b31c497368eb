/* What holds of every collation. SPDX-License-Identifier: MIT */
#include "support/collate.h"

/* ---- order -------------------------------------------------------------- */

/* The same versions in another order give the same table. */
static void
check_permutation(const struct set *set, const struct stemma_view *texts,
	const size_t *order)
{
	struct stemma_view permuted[MOST];
	struct set other;

	for (size_t k = 0; k < set->count; k++)
		permuted[k] = texts[order[k]];
	set_make(&other, permuted, set->count);
	assert_int_equal(other.collation.row_count, set->collation.row_count);
	for (size_t row = 0; row < set->collation.row_count; row++) {
		assert_int_equal(other.collation.rows[row].reading_count,
			set->collation.rows[row].reading_count);
		for (uint32_t k = 0; k < set->count; k++) {
			const struct stemma_cell *a = stemma_collation_cell(
				&set->collation, row, (uint32_t)order[k]);
			const struct stemma_cell *b =
				stemma_collation_cell(&other.collation, row, k);

			assert_int_equal(a != NULL, b != NULL);
			if (!a)
				continue;
			assert_int_equal(a->count, b->count);
			assert_int_equal(a->reading, b->reading);
			assert_int_equal(a->moved, b->moved);
			assert_memory_equal(set->collation.units + a->first,
				other.collation.units + b->first,
				a->count * sizeof *set->collation.units);
		}
	}
	set_free(&other);
}

static void
shuffle(size_t *order, size_t count, uint32_t *seed)
{
	for (size_t k = 0; k < count; k++)
		order[k] = k;
	for (size_t k = count; k > 1; k--) {
		size_t other = next_random(seed) % k, keep = order[k - 1];

		order[k - 1] = order[other];
		order[other] = keep;
	}
}

static const char *const words_of[] = {"the", "bank", "said", "on", "Monday",
	"that", "it", "would", "not", "pay", "ferry", "island", "council",
	"vote", "boat", "12", "\u201cyes\u201d", "\"yes\"", "and", "of", ",",
	"\u603b\u7edf", "caf\u00e9", "harbour", "trial", "crowns"};

/* Versions that come of one another, each of any before it. */
static size_t
versions_make(struct text *texts, struct stemma_view *views,
	struct generator *generator)
{
	static struct draft drafts[MOST];
	size_t count = 2 + next_random(&generator->seed) % (MOST - 1);

	draft_make(&drafts[0], generator);
	for (size_t k = 0; k < count; k++) {
		if (k)
			draft_revise(&drafts[k],
				&drafts[next_random(&generator->seed) % k],
				generator);
		if (drafts[k].count > 16)
			drafts[k].count = 16;
		draft_write(
			&texts[k], &drafts[k], generator, "\n\n", " ", "\n");
		views[k] = text_view(&texts[k]);
	}
	return count;
}

static void
the_order_of_versions_changes_nothing(void **state)
{
	static struct text texts[MOST];
	struct stemma_view views[MOST];
	struct generator generator = {
		7, words_of, sizeof words_of / sizeof *words_of};

	(void)state;
	for (int round = 0; round < 150; round++) {
		size_t count = versions_make(texts, views, &generator);
		size_t order[MOST];
		struct set set;

		set_make(&set, views, count);
		check_table(&set);
		for (int k = 0; k < 3; k++) {
			shuffle(order, count, &generator.seed);
			check_permutation(&set, views, order);
		}
		set_free(&set);
	}
}

/* Bytes of all kinds, and texts that have little to do with each other. */
static void
collate_takes_any_bytes(void **state)
{
	static const char pieces[] = " \n\n\n.,\"ab\xc3\xa9\xe2\x80\x8b\x01";
	static struct text texts[MOST];
	struct stemma_view views[MOST];
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < 200; round++) {
		size_t count = 1 + next_random(&seed) % MOST;
		struct set set;

		for (size_t k = 0; k < count; k++) {
			size_t size = next_random(&seed) % 80;

			for (size_t i = 0; i < size; i++)
				texts[k].bytes[i] = pieces[next_random(&seed) %
							   (sizeof pieces - 1)];
			texts[k].size = size;
			views[k] = text_view(&texts[k]);
		}
		set_make(&set, views, count);
		check_units(&set);
		set_free(&set);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_versions_changes_nothing),
		cmocka_unit_test(collate_takes_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
