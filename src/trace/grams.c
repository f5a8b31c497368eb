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
#include "state.h"

/* How much more of a passage than of the gap is looked at beside a run. */
#define REACH 24

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

/*
 * Whether a run is enough to be known anywhere: fewer words are, where a
 * sentence begins or ends with them here and there.
 */
static bool
is_enough(const struct stemma_addition *a, struct stretch in,
	const struct match *match)
{
	size_t end = match->fresh + match->count;
	bool ends, starts;

	if (match->count >= STEMMA_RUN_LEAST)
		return true;
	if (match->count < STEMMA_BOUND_LEAST)
		return false;
	ends = a->fresh[end - 1].end &&
	       stemma_stream_ends(a->trace, match->from + match->count - 1);
	starts =
		(match->fresh == in.start || a->fresh[match->fresh - 1].end) &&
		(!match->from || stemma_stream_ends(a->trace, match->from - 1));
	return ends || starts;
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
		f->stood = f->from;
	}
}

/* The blocks that the fresh words in `gap` have in common, in order, with the
   words of the stream from `first` to `last`. */
static bool
fill(struct stemma_addition *a, struct stretch gap, uint32_t first,
	uint32_t last)
{
	struct stemma_arena *scratch = a->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t counts[2] = {last - first, gap.end - gap.start}, count;
	uint32_t *words = stemma_arena_alloc(
		scratch, counts[0] + counts[1], sizeof *words);
	struct stemma_run *runs;

	if (!words)
		return false;
	for (uint32_t i = 0; i < counts[0]; i++)
		words[i] = stemma_stream_word(a->trace, first + i);
	for (size_t i = 0; i < counts[1]; i++)
		words[counts[0] + i] = a->fresh[gap.start + i].word;
	if (!stemma_blocks_make(&runs, &count,
		    (const uint32_t *const[]){words, words + counts[0]}, counts,
		    scratch, a->trace->spare))
		return false;
	for (size_t k = 0; k < count; k++)
		take(a, &(struct match){gap.start + runs[k].at[1],
				first + runs[k].at[0], runs[k].length});
	stemma_arena_rewind(scratch, mark);
	return true;
}

/*
 * Fill the gap beside a run that the index found, or between two of one
 * passage, by what stands there in that passage.
 */
static bool
fill_gap(struct stemma_addition *a, struct stretch in, struct stretch gap)
{
	const struct stemma_passage *p;
	uint32_t left = STEMMA_NONE, right = STEMMA_NONE;
	uint32_t reach = (uint32_t)(gap.end - gap.start + REACH);

	if (gap.start > in.start)
		left = a->fresh[gap.start - 1].from;
	if (gap.end < in.end)
		right = a->fresh[gap.end].from;
	if (left == STEMMA_NONE && right == STEMMA_NONE)
		return true;
	p = &stemma_passages(a->trace)[stemma_passage_at(
		a->trace, left == STEMMA_NONE ? right : left)];
	if (left == STEMMA_NONE)
		left = right - p->first > reach ? right - reach : p->first;
	else
		left++;
	if (right == STEMMA_NONE)
		right = p->first + p->count - left > reach
				? left + reach
				: p->first + p->count;
	if (right <= left || right > p->first + p->count ||
		right - left > reach)
		return true;
	return fill(a, gap, left, right);
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
		if (!is_enough(a, in, &match))
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
