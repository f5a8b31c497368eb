/*
 * Rule "rewritten": a shortest script keeps every word that happens to stand
 * in both versions of a rewritten sentence, and leaves a reader with confetti.
 * A few words between two edits are taken into one edit with them when
 *
 *   - both versions lose and gain words there, so that it is a rewriting and
 *     not two insertions around old text;
 *   - what is kept weighs at most a quarter of the smaller edit beside it: a
 *     word counts 1, one of three letters or a single grapheme 1/2,
 *     punctuation 1/4; and never more than three words;
 *   - no number is among them: a number that stayed is news.
 *
 * Joined edits are larger and may take in their other neighbours, so the rule
 * runs until nothing changes.
 *
 * Then rule "confetti": three edits or more, one behind the other, with never
 * more than one short word between two, become one if words went and came, six
 * or more in all, and what is kept weighs at most a quarter of these.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/edits.h"

/* In quarters of a word. */
#define MOST_KEPT 12

/* A run of edits that are one: so many, with so many words. */
#define RUN_EDITS 3
#define RUN_WORDS 6

static uint32_t
worth(const struct stemma_word *token)
{
	if (token->type == STEMMA_WORD_PUNCTUATION)
		return 1;
	if (token->type == STEMMA_WORD_GRAPHEME ||
		token->end - token->start <= 3)
		return 2;
	return 4;
}

/* The words of an edit's larger side. */
static uint32_t
size_of(const struct stemma_edits *edits, const struct stemma_edit *edit)
{
	uint32_t size[2] = {0, 0};

	for (int side = 0; side < 2; side++)
		for (uint32_t k = edit->from[side]; k < edit->to[side]; k++)
			size[side] += !stemma_token_is_punctuation(
				&edits->sides[side], k);
	return size[0] > size[1] ? size[0] : size[1];
}

/* What stands between two edits, in quarters; past MOST_KEPT: leave it. */
static uint32_t
kept_between(const struct stemma_edits *edits, const struct stemma_edit *a,
	const struct stemma_edit *b)
{
	uint32_t kept = 0;

	for (uint32_t k = a->to[0]; k < b->from[0] && kept <= MOST_KEPT; k++) {
		const struct stemma_word *token =
			&edits->sides[0].words.words[k];

		if (token->type == STEMMA_WORD_NUMBER)
			return MOST_KEPT + 1;
		kept += worth(token);
	}
	return kept;
}

static bool
is_rewriting(const struct stemma_edit *a, const struct stemma_edit *b)
{
	for (int side = 0; side < 2; side++)
		if (a->to[side] == a->from[side] &&
			b->to[side] == b->from[side])
			return false;
	return true;
}

static bool
joins(const struct stemma_edits *edits, const struct stemma_edit *a,
	uint32_t a_size, const struct stemma_edit *b)
{
	uint32_t kept, size;

	if (!is_rewriting(a, b))
		return false;
	kept = kept_between(edits, a, b);
	if (kept > MOST_KEPT)
		return false;
	size = size_of(edits, b);
	return kept <= (a_size < size ? a_size : size);
}

/* One pass from left to right; true when something was joined. */
static bool
pass(struct stemma_edits *edits)
{
	uint32_t kept = 0, last_size;

	if (edits->count == 0)
		return false;
	last_size = size_of(edits, &edits->edits[0]);
	for (uint32_t k = 1; k < edits->count; k++) {
		struct stemma_edit *last = &edits->edits[kept];
		const struct stemma_edit *edit = &edits->edits[k];

		if (joins(edits, last, last_size, edit)) {
			last->to[0] = edit->to[0];
			last->to[1] = edit->to[1];
		} else {
			edits->edits[++kept] = *edit;
		}
		last_size = size_of(edits, &edits->edits[kept]);
	}
	if (kept + 1 == edits->count)
		return false;
	edits->count = kept + 1;
	return true;
}

/* What stands between two edits of a run, in quarters of a word: one short
   word at most. Past MOST_KEPT: they are of no run. */
static uint32_t
little_between(const struct stemma_edits *edits, const struct stemma_edit *a,
	const struct stemma_edit *b)
{
	uint32_t kept = 0, words = 0;

	if (b->from[0] - a->to[0] > 2)
		return MOST_KEPT + 1;
	for (uint32_t k = a->to[0]; k < b->from[0]; k++) {
		const struct stemma_word *token =
			&edits->sides[0].words.words[k];

		words += !stemma_token_is_punctuation(&edits->sides[0], k);
		if (token->type == STEMMA_WORD_NUMBER || token->sentence_end ||
			worth(token) > 2 || words > 1)
			return MOST_KEPT + 1;
		kept += worth(token);
	}
	return kept;
}

/* The run of edits from `first` on: its end, and what is kept inside. */
static uint32_t
run_end(const struct stemma_edits *edits, uint32_t first, uint32_t *kept)
{
	uint32_t k = first + 1;

	for (*kept = 0; k < edits->count; k++) {
		uint32_t between = little_between(
			edits, &edits->edits[k - 1], &edits->edits[k]);

		if (between > MOST_KEPT)
			break;
		*kept += between;
	}
	return k;
}

static uint32_t
words_of(const struct stemma_tokens *side, uint32_t from, uint32_t to)
{
	uint32_t words = 0;

	for (uint32_t k = from; k < to; k++)
		words += !stemma_token_is_punctuation(side, k);
	return words;
}

static bool
is_confetti(const struct stemma_edits *edits, uint32_t first, uint32_t end,
	uint32_t kept)
{
	uint32_t words[2] = {0, 0}, changed = 0;

	if (end - first < RUN_EDITS)
		return false;
	for (uint32_t k = first; k < end; k++) {
		const struct stemma_edit *edit = &edits->edits[k];

		for (int side = 0; side < 2; side++)
			words[side] += words_of(&edits->sides[side],
				edit->from[side], edit->to[side]);
	}
	changed = words[0] + words[1];
	return words[0] && words[1] && changed >= RUN_WORDS && kept <= changed;
}

static void
join_runs(struct stemma_edits *edits)
{
	uint32_t count = 0, end, kept;

	for (uint32_t k = 0; k < edits->count; k = end) {
		end = run_end(edits, k, &kept);
		if (is_confetti(edits, k, end, kept)) {
			struct stemma_edit joined = edits->edits[k];

			joined.to[0] = edits->edits[end - 1].to[0];
			joined.to[1] = edits->edits[end - 1].to[1];
			edits->edits[count++] = joined;
		} else {
			for (; k < end; k++)
				edits->edits[count++] = edits->edits[k];
		}
	}
	edits->count = count;
}

void
stemma_edits_absorb(struct stemma_edits *edits)
{
	/* Each pass but the last shortens the list, mostly by half. */
	for (int passes = 0; passes < 16 && pass(edits); passes++)
		;
	join_runs(edits);
}
