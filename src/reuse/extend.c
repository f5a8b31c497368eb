/* SPDX-License-Identifier: MIT */
#include "extend.h"

/* What a match is worth and an edit costs, and the least that counts. */
#define MATCH 2
#define EDIT 1
#define LEAST 3

/* What the end of a sentence on both sides is worth. */
#define EDGE 2

/* Costs without a match after which nothing better is looked for. */
#define DROP 8

/* Words in which two in a row are looked for. */
#define NEAR 9

#define NEVER (-100)

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The number of the word `k` words away, the nearest being 0. */
static uint32_t
number_at(const struct stemma_corpus *corpus, const struct stemma_outlook *o,
	uint32_t from, uint32_t k)
{
	return corpus->words[o->back ? from - 1 - k : from + k].number;
}

bool
stemma_outlook_promises(
	const struct stemma_corpus *corpus, const struct stemma_outlook *o)
{
	uint32_t rows = least(o->source_way, NEAR);
	uint32_t columns = least(o->target_way, NEAR);
	uint32_t numbers[NEAR];
	uint64_t there = 0;

	for (uint32_t i = 0; i < rows; i++) {
		numbers[i] = number_at(corpus, o, o->source, i);
		there |= (uint64_t)1 << (numbers[i] & 63);
	}
	for (uint32_t j = 0; j + 1 < columns; j++) {
		uint32_t number = number_at(corpus, o, o->target, j);

		if (!(there >> (number & 63) & 1))
			continue;
		for (uint32_t i = 0; i + 1 < rows; i++) {
			if (numbers[i] == number &&
				numbers[i + 1] ==
					number_at(corpus, o, o->target, j + 1))
				return true;
		}
	}
	return false;
}

/* The table of an extension: what the best way to each pair of places, so many
   words away, is worth. */
struct table {
	int8_t worth[STEMMA_REACH + 1][STEMMA_REACH + 1];
	uint32_t source[STEMMA_REACH], target[STEMMA_REACH]; /* numbers */
	uint32_t rows, columns;
};

static void
start(struct table *t, const struct stemma_corpus *corpus,
	const struct stemma_outlook *o)
{
	t->rows = least(o->source_way, STEMMA_REACH);
	t->columns = least(o->target_way, STEMMA_REACH);
	for (uint32_t i = 0; i < t->rows; i++)
		t->source[i] = number_at(corpus, o, o->source, i);
	for (uint32_t j = 0; j < t->columns; j++)
		t->target[j] = number_at(corpus, o, o->target, j);
	for (uint32_t k = 0; k <= STEMMA_REACH; k++) {
		int worth = k > DROP ? NEVER : -(int)k * EDIT;

		t->worth[k][0] = (int8_t)worth;
		t->worth[0][k] = (int8_t)worth;
	}
}

/* Whether the words so far away end (or, back, start) sentences. */
static bool
meets_edge(const struct stemma_corpus *corpus, const struct stemma_outlook *o,
	uint32_t i, uint32_t j)
{
	const struct stemma_corpus_word *words = corpus->words;

	if (!o->back)
		return words[o->source + i].sentence_end &&
		       words[o->target + j].sentence_end;
	return (o->source == i + 1 || words[o->source - i - 2].sentence_end) &&
	       (o->target == j + 1 || words[o->target - j - 2].sentence_end);
}

static int
most_of_three(int a, int b, int c)
{
	int most = a > b ? a : b;

	return most > c ? most : c;
}

/* Fill the table; the best end is at *row and *column. False if none is worth
   it. */
static bool
fill(struct table *t, const struct stemma_corpus *corpus,
	const struct stemma_outlook *o, uint32_t *row, uint32_t *column)
{
	int best = LEAST - 1, top = 0;

	for (uint32_t i = 0; i < t->rows; i++) {
		/* Farther from the diagonal the costs are too high. */
		uint32_t first = i > DROP ? i - DROP : 0;
		uint32_t end = least(t->columns, i + DROP + 1);
		int alive = NEVER;

		if (first)
			t->worth[i + 1][first] = NEVER;
		if (end < t->columns)
			t->worth[i + 1][end + 1] = NEVER;
		for (uint32_t j = first; j < end; j++) {
			bool same = t->source[i] == t->target[j];
			int worth = most_of_three(
				t->worth[i][j] + (same ? MATCH : -EDIT),
				t->worth[i][j + 1] - EDIT,
				t->worth[i + 1][j] - EDIT);
			int total = worth;

			if (worth < top - DROP)
				worth = NEVER;
			t->worth[i + 1][j + 1] = (int8_t)worth;
			if (worth > alive)
				alive = worth;
			if (worth > top)
				top = worth;
			if (!same || worth != t->worth[i][j] + MATCH)
				continue;
			if (meets_edge(corpus, o, i, j))
				total += EDGE;
			if (total > best) {
				best = total;
				*row = i + 1;
				*column = j + 1;
			}
		}
		if (alive == NEVER)
			break;
	}
	return best >= LEAST;
}

size_t
stemma_outlook_extend(struct stemma_word_pair pairs[STEMMA_REACH],
	const struct stemma_corpus *corpus, const struct stemma_outlook *o)
{
	struct table t;
	uint32_t i, j;
	size_t count = 0;

	start(&t, corpus, o);
	if (!fill(&t, corpus, o, &i, &j))
		return 0;
	while (i && j) {
		int worth = t.worth[i][j];

		if (t.source[i - 1] == t.target[j - 1] &&
			worth == t.worth[i - 1][j - 1] + MATCH) {
			i--;
			j--;
			pairs[count++] =
				o->back ? (struct stemma_word_pair){o->source -
									    1 -
									    i,
						  o->target - 1 - j}
					: (struct stemma_word_pair){
						  o->source + i, o->target + j};
		} else if (worth == t.worth[i - 1][j - 1] - EDIT) {
			i--;
			j--;
		} else if (worth == t.worth[i - 1][j] - EDIT) {
			i--;
		} else {
			j--;
		}
	}
	return count;
}
