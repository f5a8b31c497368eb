/*
 * Rule "numbers": a number is read as a whole. Words end at a colon or a minus
 * sign, but "7:30" that becomes "8:30" is another time, not another 7, and "-4"
 * that becomes "4" lost more than a mark. An edit that ends inside of a number
 * is widened over all of it: its sign, and the parts that : . , / and - join.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/edits.h"

/* How far at most, in tokens: no number has more parts, and a bound for lists
   without spaces. */
#define FURTHEST 16

static bool
is_number(const struct stemma_tokens *tokens, int64_t at)
{
	return at >= 0 && at < tokens->count &&
	       tokens->words.words[at].type == STEMMA_WORD_NUMBER;
}

/* Whether nothing stands between token `at` and the one before. */
static bool
is_glued(const struct stemma_tokens *tokens, int64_t at)
{
	return at > 0 && at < tokens->count &&
	       stemma_token_start(tokens, (uint32_t)at) ==
		       stemma_token_end(tokens, (uint32_t)(at - 1));
}

/* The code point of a mark; 0 for anything else. */
static uint32_t
mark_at(const struct stemma_tokens *tokens, int64_t at)
{
	size_t size;

	if (at < 0 || at >= tokens->count ||
		!stemma_token_is_punctuation(tokens, (uint32_t)at))
		return 0;
	return stemma_code_point(tokens->doc->text,
		stemma_token_start(tokens, (uint32_t)at), &size);
}

static bool
is_joiner(uint32_t mark)
{
	return mark == ':' || mark == '.' || mark == ',' || mark == '/' ||
	       mark == '-' || mark == 0x2013 || mark == 0x2212;
}

/* A sign stands before the number, and behind nothing that it could join. */
static bool
is_sign(const struct stemma_tokens *tokens, int64_t at)
{
	uint32_t mark = mark_at(tokens, at);

	return (mark == '-' || mark == '+' || mark == 0x2212 ||
		       mark == 0x2013 || mark == 0xb1) &&
	       is_glued(tokens, at + 1) && is_number(tokens, at + 1) &&
	       (!is_glued(tokens, at) || mark_at(tokens, at - 1));
}

/* Whether the token at `at` joins two parts of a number. */
static bool
joins(const struct stemma_tokens *tokens, int64_t at)
{
	return is_joiner(mark_at(tokens, at)) && is_number(tokens, at - 1) &&
	       is_glued(tokens, at) && is_number(tokens, at + 1) &&
	       is_glued(tokens, at + 1);
}

/* Whether a number goes on over the border before token `at`. */
static bool
goes_over(const struct stemma_tokens *tokens, int64_t at)
{
	return joins(tokens, at) || joins(tokens, at - 1) ||
	       is_sign(tokens, at - 1);
}

static bool
is_inside(const struct stemma_edits *edits, const uint32_t at[2])
{
	return goes_over(&edits->sides[0], at[0]) ||
	       goes_over(&edits->sides[1], at[1]);
}

/* Widen an edit, as far as the tokens `least` and `most` by side. */
static void
widen(const struct stemma_edits *edits, struct stemma_edit *edit,
	const uint32_t least[2], const uint32_t most[2])
{
	for (int k = 0;
		k < FURTHEST && edit->from[0] > least[0] &&
		edit->from[1] > least[1] && is_inside(edits, edit->from);
		k++) {
		edit->from[0]--;
		edit->from[1]--;
	}
	for (int k = 0; k < FURTHEST && edit->to[0] < most[0] &&
			edit->to[1] < most[1] && is_inside(edits, edit->to);
		k++) {
		edit->to[0]++;
		edit->to[1]++;
	}
}

void
stemma_edits_widen(struct stemma_edits *edits)
{
	const uint32_t ends[2] = {edits->sides[0].count, edits->sides[1].count};
	const uint32_t starts[2] = {0, 0};
	uint32_t kept = 0;

	for (uint32_t k = 0; k < edits->count; k++) {
		struct stemma_edit *edit = &edits->edits[k];
		struct stemma_edit *last =
			kept ? &edits->edits[kept - 1] : NULL;

		widen(edits, edit, last ? last->to : starts,
			k + 1 < edits->count ? edit[1].from : ends);
		if (last && last->to[0] == edit->from[0] &&
			last->to[1] == edit->from[1]) {
			last->to[0] = edit->to[0];
			last->to[1] = edit->to[1];
		} else {
			edits->edits[kept++] = *edit;
		}
	}
	edits->count = kept;
}
