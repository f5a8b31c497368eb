/*
 * What stands inside quotation marks. A paragraph is looked at from its start:
 * “ opens and ” closes, a straight mark opens where space stands before it,
 * and an apostrophe is a quotation mark only if it has a partner. A quotation
 * that nobody closes goes on to the paragraph's end, as newspapers print one of
 * several paragraphs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/facts.h"

/* Tokens of a quotation between apostrophes. */
#define SINGLE_MOST 256

enum mark { NO_MARK, OPENS, CLOSES, EITHER, SINGLE_OPENS, SINGLE };

static enum mark
mark_of(uint32_t point)
{
	switch (point) {
	case '"':
	case 0xff02:
		return EITHER;
	case 0x201e: /* „ */
	case 0xab:   /* «, which » Germans » turn around */
	case 0x300c:
	case 0x300e:
		return OPENS;
	case 0xbb:
	case 0x201d:
	case 0x300d:
	case 0x300f:
		return CLOSES;
	case 0x201c: /* “ closes in German */
		return EITHER;
	case 0x2039:
	case 0x201a:
	case 0x2018:
		return SINGLE_OPENS;
	case '\'':
	case 0x2019:
	case 0x203a:
		return SINGLE;
	default:
		return NO_MARK;
	}
}

/* Whether the mark at `at` stands at the end of a word or sentence. */
static bool
is_at_end(const struct stemma_facts *facts, uint32_t at)
{
	const struct stemma_tokens *tokens = facts->tokens;

	return stemma_facts_glued(facts, at) &&
	       (at + 1 == tokens->count || !stemma_facts_glued(facts, at + 1) ||
		       stemma_token_is_punctuation(tokens, at + 1));
}

/* Where a quotation that a single mark opens at `at` ends; `at` if nowhere.
   Up to `*scanned` there is no end of one, which is kept up. */
static uint32_t
single_end(const struct stemma_facts *facts, uint32_t at, uint32_t *scanned)
{
	const struct stemma_tokens *tokens = facts->tokens;
	uint32_t k = at + 2 > *scanned ? at + 2 : *scanned;

	for (; k < tokens->count && k - at < SINGLE_MOST; k++) {
		if (stemma_token_starts_unit(tokens, k))
			break;
		if (stemma_token_is_punctuation(tokens, k) &&
			mark_of(stemma_facts_point(facts, k)) == SINGLE &&
			is_at_end(facts, k))
			return k;
		*scanned = k + 1;
	}
	return at;
}

static bool
opens_single(const struct stemma_facts *facts, uint32_t at)
{
	const struct stemma_tokens *tokens = facts->tokens;

	return (at == 0 || !stemma_facts_glued(facts, at) ||
		       stemma_token_is_punctuation(tokens, at - 1)) &&
	       at + 1 < tokens->count && stemma_facts_glued(facts, at + 1) &&
	       !stemma_token_is_punctuation(tokens, at + 1);
}

/* Whether the mark at `at` opens, where none is open. */
static bool
opens(const struct stemma_facts *facts, uint32_t at, enum mark mark)
{
	if (mark == OPENS || mark == EITHER)
		return true;
	return mark == CLOSES && !is_at_end(facts, at) &&
	       stemma_facts_point(facts, at) == 0xbb;
}

/* Whether it closes what `opener` opened. */
static bool
closes(uint32_t point, uint32_t opener)
{
	switch (opener) {
	case 0x201e:
		return point == 0x201c || point == 0x201d || point == '"';
	case 0x201c:
	case '"':
	case 0xff02:
		return point == 0x201d || point == '"' || point == 0xff02 ||
		       point == 0x201c;
	case 0xab:
		return point == 0xbb;
	case 0xbb:
		return point == 0xab;
	default:
		return point == opener + 1;
	}
}

void
stemma_facts_quote(struct stemma_facts *facts)
{
	const struct stemma_tokens *tokens = facts->tokens;
	uint32_t opener = 0, single = 0, scanned = 0;

	for (uint32_t k = 0; k < tokens->count; k++) {
		struct stemma_fact *fact = &facts->of[k];
		enum mark mark = NO_MARK;
		uint32_t point = 0;

		if (stemma_token_starts_unit(tokens, k))
			opener = single = 0;
		if (opener || k < single)
			fact->facts |= STEMMA_FACT_IN_QUOTE;
		if (!stemma_token_is_punctuation(tokens, k))
			continue;
		point = stemma_facts_point(facts, k);
		mark = mark_of(point);
		if (mark == NO_MARK)
			continue;
		if (opener && closes(point, opener)) {
			opener = 0;
			fact->facts = STEMMA_FACT_QUOTE_MARK;
		} else if (!opener && opens(facts, k, mark)) {
			opener = point;
			fact->facts =
				STEMMA_FACT_QUOTE_MARK | STEMMA_FACT_IN_QUOTE;
		} else if (!opener && k == single && single) {
			fact->facts = STEMMA_FACT_QUOTE_MARK;
		} else if (!opener && k >= single &&
			   (mark == SINGLE || mark == SINGLE_OPENS) &&
			   opens_single(facts, k)) {
			single = single_end(facts, k, &scanned);
			if (single > k)
				fact->facts = STEMMA_FACT_QUOTE_MARK |
					      STEMMA_FACT_IN_QUOTE;
		}
	}
}
