/* SPDX-License-Identifier: MIT */
#include "match.h"

/* What words count: as many as characters of a script without spaces. */
#define WORD_POINTS 4

/* Points of a passage: of what is the same in one of its runs, or in all. */
#define RUN_POINTS (10 * WORD_POINTS)
#define CHAIN_POINTS (16 * WORD_POINTS)

/* Points of a passage that is a sentence or so on both sides, with and without
   the words that differ. */
#define SENTENCE_POINTS (8 * WORD_POINTS)
#define SENTENCE_SAME_POINTS (6 * WORD_POINTS)

/* Percent of words in common, without a run that is enough by itself; and where
   even a sentence has few of them. */
#define LIKENESS 70
#define LIKENESS_OF_FEW 80

/* What makes it worth to look closely: what every passage has, and some that are
   none. */
#define WORTH_WORDS 6
#define WORTH_LIKENESS 60

/* Words that a sentence may have beside the passage that is said to be it. */
#define SENTENCE_REST 2

/* Different words of a passage that say something. */
#define CONTENT_WORDS 3

/* What the words [from, to) count; more than a passage takes is not told. */
static uint32_t
points(const struct stemma_corpus *corpus, uint32_t from, uint32_t to)
{
	uint32_t sum = 0, first = from;

	for (; from < to && sum < CHAIN_POINTS; from++) {
		const struct stemma_corpus_word *w = &corpus->words[from];

		sum += w->weight == STEMMA_WEIGHT_WORD ? WORD_POINTS : 1;
		/* " - " looks like a word, and is counted as one by most. */
		if (w->mark && from > first)
			sum += WORD_POINTS;
	}
	return sum;
}

/* Whether there are enough different words that say something. */
static bool
says_enough(const struct stemma_corpus *corpus,
	const struct stemma_match_run *runs, size_t count)
{
	uint32_t numbers[CONTENT_WORDS];
	unsigned different = 0;

	for (size_t r = 0; r < count; r++) {
		for (uint32_t k = 0; k < runs[r].size; k++) {
			uint32_t word = runs[r].source + k;
			uint32_t number = corpus->words[word].number;
			unsigned n = 0;

			while (n < different && numbers[n] != number)
				n++;
			if (n < different ||
				!stemma_corpus_is_content(corpus, word))
				continue;
			numbers[different++] = number;
			if (different == CONTENT_WORDS)
				return true;
		}
	}
	return false;
}

/*
 * Whether the words [from, to) are a sentence of the unit or more, up to a few
 * words at its ends, and long enough to be told.
 */
static bool
is_sentence(const struct stemma_corpus *corpus, uint32_t unit, uint32_t from,
	uint32_t to)
{
	const struct stemma_corpus_unit *u = &corpus->units[unit];
	const struct stemma_corpus_word *words = corpus->words;
	uint32_t start = from, end = to;

	if (points(corpus, from, to) < SENTENCE_POINTS)
		return false;
	while (start > u->first && !words[start - 1].sentence_end &&
		from - start < SENTENCE_REST)
		start--;
	if (start > u->first && !words[start - 1].sentence_end) {
		/* It starts in the middle of one: is there another in it? */
		for (start = from; start < to && !words[start].sentence_end;)
			start++;
		start++;
	}
	while (!words[end - 1].sentence_end && end - to < SENTENCE_REST)
		end++;
	if (!words[end - 1].sentence_end) {
		for (end = to; end > from && !words[end - 1].sentence_end;)
			end--;
	}
	start = start < from ? from : start;
	end = end > to ? to : end;
	return start < end &&
	       points(corpus, start, end) >=
		       SENTENCE_POINTS - SENTENCE_REST * WORD_POINTS;
}

/* Words in common, of all words from end to end on both sides, in percent. */
static uint64_t
likeness(const struct stemma_match_run *runs, size_t count)
{
	const struct stemma_match_run *last = &runs[count - 1];
	uint64_t words = last->source + last->size - runs[0].source;
	uint64_t matched = 0;

	words += last->target + last->size - runs[0].target;
	for (size_t k = 0; k < count; k++)
		matched += runs[k].size;
	return 200 * matched / words;
}

bool
stemma_match_worth(const struct stemma_match_run *runs, size_t count)
{
	uint32_t matched = 0;

	for (size_t k = 0; k < count && matched < WORTH_WORDS; k++)
		matched += runs[k].size;
	return matched >= WORTH_WORDS &&
	       likeness(runs, count) >= WORTH_LIKENESS;
}

bool
stemma_match_enough(const struct stemma_corpus *corpus,
	const struct stemma_match_run *runs, size_t count, uint32_t source_unit,
	uint32_t target_unit)
{
	const struct stemma_match_run *last = &runs[count - 1];
	uint32_t sum = 0, longest = 0;

	for (size_t k = 0; k < count && sum < CHAIN_POINTS; k++) {
		uint32_t of_run = points(
			corpus, runs[k].source, runs[k].source + runs[k].size);

		sum += of_run;
		if (of_run > longest)
			longest = of_run;
	}
	if (longest >= RUN_POINTS)
		return true;
	if (sum < SENTENCE_SAME_POINTS || !says_enough(corpus, runs, count))
		return false;
	if (likeness(runs, count) <
		(sum < SENTENCE_POINTS ? LIKENESS_OF_FEW : LIKENESS))
		return false;
	return sum >= CHAIN_POINTS ||
	       (is_sentence(corpus, source_unit, runs[0].source,
			last->source + last->size) &&
		       is_sentence(corpus, target_unit, runs[0].target,
			       last->target + last->size));
}
