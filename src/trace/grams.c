/*
 * Runs of words that are known from anywhere in the story: moved across the
 * page, copied, or restored with changes.
 *
 *     fresh    a b X c d e f g h i j Y k
 *                    └─────────────┘      a run that the index knows
 *     stream   a b   c d e f g h i j   k  the passage it is from
 *
 * SPDX-License-Identifier: MIT
 */
#include "diff/diff.h"

#include "state.h"

/* How much more of a passage than of the gap is looked at beside a run. */
#define REACH 24

/* Steps of the search in one gap. */
#define STEPS 1000000u

struct match {
	size_t fresh;  /* its first word, in `fresh` */
	uint32_t from; /* and in the stream */
	uint32_t count;
};

/* The fresh words of one unit, and their matches. */
struct stretch {
	size_t start, end;
};

/* Extend the run from `k` in `fresh`, `at` in the stream, both ways. */
static struct match
extend(const struct stemma_addition *a, struct stretch in, size_t k,
	uint32_t at)
{
	const struct stemma_trace *trace = a->trace;
	const struct stemma_passage *p =
		&stemma_passages(trace)[stemma_passage_at(trace, at)];
	struct match match = {k, at, 0};
	size_t end = k;

	while (end < in.end && at < p->first + p->count &&
		stemma_stream_word(trace, at) == a->fresh[end].word) {
		end++;
		at++;
	}
	if (end - k < STEMMA_GRAM)
		return match;
	while (match.fresh > in.start && match.from > p->first &&
		stemma_stream_word(trace, match.from - 1) ==
			a->fresh[match.fresh - 1].word) {
		match.fresh--;
		match.from--;
	}
	match.count = (uint32_t)(end - match.fresh);
	return match;
}

/* The longest known run through the STEMMA_GRAM words from `k` on. */
static struct match
find(const struct stemma_addition *a, struct stretch in, size_t k)
{
	struct match best = {0};
	uint64_t hash = 0;
	uint32_t at;
	size_t cursor = 0;

	for (size_t i = 0; i < STEMMA_GRAM; i++)
		hash = stemma_words_hash(hash, a->fresh[k + i].word);
	while ((at = stemma_table_next(&a->trace->grams, hash, &cursor)) !=
		STEMMA_NONE) {
		struct match match = extend(a, in, k, at);

		if (match.count > best.count)
			best = match;
	}
	return best;
}

static void
take(struct stemma_addition *a, const struct match *match)
{
	for (uint32_t i = 0; i < match->count; i++) {
		struct stemma_fresh *f = &a->fresh[match->fresh + i];

		if (f->token != STEMMA_NONE)
			continue;
		f->token = stemma_stream_token(a->trace, match->from + i);
		f->run = match->count;
		f->from = match->from + i;
	}
}

/* The words that the fresh ones in `gap` have in common, in order, with those
   of the stream from `first` to `last`. */
static bool
fill(struct stemma_addition *a, struct stretch gap, uint32_t first,
	uint32_t last)
{
	struct stemma_arena *scratch = a->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_budget budget = {.left = STEPS};
	size_t n = last - first, m = gap.end - gap.start, count;
	uint32_t *words = stemma_arena_alloc(scratch, n + m, sizeof *words);
	struct stemma_run *runs;

	if (!words)
		return false;
	for (uint32_t i = 0; i < n; i++)
		words[i] = stemma_stream_word(a->trace, first + i);
	for (size_t i = 0; i < m; i++)
		words[n + i] = a->fresh[gap.start + i].word;
	if (stemma_diff_make(&runs, &count, words, n, words + n, m, &budget,
		    scratch, a->trace->spare) != STEMMA_OK)
		return false;
	for (size_t k = 0; k < count; k++)
		for (uint32_t i = 0; i < runs[k].length; i++) {
			uint32_t from = first + runs[k].at[0] + i;
			struct stemma_fresh *f =
				&a->fresh[gap.start + runs[k].at[1] + i];

			f->token = stemma_stream_token(a->trace, from);
			f->run = runs[k].length;
			f->from = from;
		}
	stemma_arena_rewind(scratch, mark);
	return true;
}

/*
 * Fill the gap between two runs that the index found in one passage by what
 * stands between them there.
 */
static bool
fill_gap(struct stemma_addition *a, struct stretch in, struct stretch gap)
{
	const struct stemma_passage *p;
	uint32_t left = STEMMA_NONE, right = STEMMA_NONE;
	size_t reach = gap.end - gap.start + REACH;

	if (gap.start > in.start)
		left = a->fresh[gap.start - 1].from;
	if (gap.end < in.end)
		right = a->fresh[gap.end].from;
	if (left == STEMMA_NONE || right == STEMMA_NONE || right <= left)
		return true;
	p = &stemma_passages(a->trace)[stemma_passage_at(a->trace, left)];
	if (right >= p->first + p->count || right - left - 1 > reach ||
		right - left == 1)
		return true;
	return fill(a, gap, left + 1, right);
}

static bool
fill_gaps(struct stemma_addition *a, struct stretch in)
{
	for (size_t k = in.start; k < in.end;) {
		struct stretch gap = {k, k};

		while (gap.end < in.end &&
			a->fresh[gap.end].token == STEMMA_NONE)
			gap.end++;
		if (gap.end > gap.start && !fill_gap(a, in, gap))
			return false;
		k = gap.end + 1;
	}
	return true;
}

static bool
match_stretch(struct stemma_addition *a, struct stretch in)
{
	bool found = false;

	for (size_t k = in.start; k + STEMMA_GRAM <= in.end; k++) {
		struct match match;

		if (a->fresh[k].token != STEMMA_NONE &&
			a->fresh[k + STEMMA_GRAM - 1].token != STEMMA_NONE)
			continue;
		match = find(a, in, k);
		if (match.count < STEMMA_RUN_LEAST)
			continue;
		take(a, &match);
		found = true;
		/* On with the first run that reaches past this one: a wording
		   in between may hold both. */
		if (match.fresh + match.count > k + STEMMA_GRAM)
			k = match.fresh + match.count - STEMMA_GRAM;
	}
	return !found || fill_gaps(a, in);
}

bool
stemma_match_grams(struct stemma_addition *a)
{
	struct stretch in = {0};

	for (; in.start < a->fresh_count; in.start = in.end) {
		in.end = in.start + 1;
		while (in.end < a->fresh_count &&
			a->fresh[in.end].unit == a->fresh[in.start].unit)
			in.end++;
		if (!match_stretch(a, in))
			return false;
	}
	return true;
}
