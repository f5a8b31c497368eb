/*
 * Edits are short: what they change is at most a twentieth more than a shortest
 * script changes, except for the words that src/compare/absorb.c takes in by
 * its rule ("rewritten") and the parts of numbers that numbers.c takes in. The shortest script is found here the slow way.
 *
 * SPDX-License-Identifier: MIT
 */
#include "support/trial.h"

/* The longest common subsequence of two stretches of words; of several, one
   whose words weigh least. A word's weight is in quarters, as in the rule. */
struct common {
	uint32_t count, weight;
};

struct side {
	struct stemma_words words;
	uint32_t from, to; /* the stretch looked at */
};

static uint32_t
weight_of(const struct stemma_word *word)
{
	if (word->type == STEMMA_WORD_PUNCTUATION)
		return 1;
	if (word->type == STEMMA_WORD_GRAPHEME || word->end - word->start <= 3)
		return 2;
	return 4;
}

static bool
is_better(struct common a, struct common b)
{
	return a.count > b.count || (a.count == b.count && a.weight < b.weight);
}

static struct common
common_of(const struct side *a, const struct side *b)
{
	uint32_t width = b->to - b->from;
	struct common *row = calloc((size_t)width + 1, sizeof *row), last;

	assert_non_null(row);
	for (uint32_t i = a->from; i < a->to; i++) {
		struct common diagonal = {0, 0};

		for (uint32_t j = 1; j <= width; j++) {
			const struct stemma_word *word =
				&b->words.words[b->from + j - 1];
			struct common taken = {diagonal.count + 1,
				diagonal.weight + weight_of(word)};

			diagonal = row[j];
			if (is_better(row[j - 1], row[j]))
				row[j] = row[j - 1];
			if (a->words.words[i].id == word->id &&
				is_better(taken, row[j]))
				row[j] = taken;
		}
	}
	last = row[width];
	free(row);
	return last;
}

/* Narrow `side` to the words that lie inside `span`. */
static void
narrow(struct side *side, struct stemma_span span)
{
	while (side->from < side->words.count &&
		side->words.base + side->words.words[side->from].start <
			span.start)
		side->from++;
	side->to = side->from;
	while (side->to < side->words.count &&
		side->words.base + side->words.words[side->to].end <= span.end)
		side->to++;
}

static uint32_t
counted(const struct side *side)
{
	uint32_t count = 0;

	for (uint32_t k = side->from; k < side->to; k++)
		count += side->words.words[k].type != STEMMA_WORD_PUNCTUATION;
	return count;
}

/* What the parts of a side's numbers and the marks between them may weigh. */
static uint32_t
weight_of_numbers(const struct side *side)
{
	uint32_t weight = 0;

	for (uint32_t k = side->from; k < side->to; k++)
		if (side->words.words[k].type == STEMMA_WORD_NUMBER)
			weight += 5;
	return weight;
}

/* Words of both sides, in all edited links of all trials. */
static struct {
	uint64_t shortest, changed, absorbed;
} sums;

/* The edits of a link: what they change, and how much of it could have stayed.
   What stays inside one edit weighs at most a quarter of it. */
static void
check_link_cost(struct trial *trial, const struct stemma_link *link)
{
	const struct stemma_comparison *c = &trial->comparison;
	struct stemma_intern *intern = stemma_intern_new(trial->scratch);
	struct side sides[2] = {{{0}, 0, 0}, {{0}, 0, 0}};
	uint64_t shortest, changed = 0, absorbed = 0;

	for (int side = 0; side < 2; side++) {
		struct stemma_words *words = &sides[side].words;

		assert_int_equal(stemma_words_split(words, &trial->docs[side],
					 stemma_link_span(c, link,
						 (enum stemma_side)side),
					 intern, trial->scratch),
			STEMMA_OK);
		sides[side].to = (uint32_t)words->count;
	}
	shortest = sides[0].to + sides[1].to -
		   2 * common_of(&sides[0], &sides[1]).count;
	sides[0].to = sides[1].to = 0;
	for (uint32_t k = 0; k < link->change_count; k++) {
		const struct stemma_change *change =
			&c->changes[link->first_change + k];
		struct common common;
		uint32_t size;

		if (change->reformat)
			continue;
		narrow(&sides[0], change->at[0]);
		narrow(&sides[1], change->at[1]);
		common = common_of(&sides[0], &sides[1]);
		changed += sides[0].to - sides[0].from;
		changed += sides[1].to - sides[1].from;
		absorbed += 2 * common.count;
		size = counted(&sides[0]) > counted(&sides[1])
			       ? counted(&sides[0])
			       : counted(&sides[1]);
		check(trial,
			common.weight <= size + weight_of_numbers(&sides[0]),
			"an edit hides words");
		sides[0].from = sides[0].to;
		sides[1].from = sides[1].to;
	}
	check(trial, changed - absorbed <= shortest + shortest / 20 + 2,
		"edits are longer than a shortest script");
	sums.shortest += shortest;
	sums.changed += changed;
	sums.absorbed += absorbed;
}

static void
check_cost(struct trial *trial)
{
	struct stemma_mark mark = stemma_arena_mark(trial->scratch);

	for (size_t k = 0; k < trial->comparison.link_count; k++) {
		const struct stemma_link *link = &trial->comparison.links[k];

		if (link->op == STEMMA_EDITED)
			check_link_cost(trial, link);
		stemma_arena_rewind(trial->scratch, mark);
	}
}

static void
edits_change_little_more_than_a_shortest_script(void **state)
{
	uint64_t changed;

	(void)state;
	for_each_script(check_cost, 200);
	changed = sums.changed - sums.absorbed;
	print_message("%llu words changed at least, %llu by us, and %llu taken "
		      "into rewritten stretches\n",
		(unsigned long long)sums.shortest, (unsigned long long)changed,
		(unsigned long long)sums.absorbed);
	assert_true(sums.shortest > 0);
	assert_true(changed * 100 <= sums.shortest * 105);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			edits_change_little_more_than_a_shortest_script),
	};

	cmocka_set_test_filter(getenv("STEMMA_TEST_ONLY"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
