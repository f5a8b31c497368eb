/*
 * What denies, and what tells that somebody says it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/facts.h"
#include "structure/cues.h"

static bool
is_point(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	int64_t at, uint32_t point)
{
	return at >= (int64_t)stretch->from && at < (int64_t)stretch->to &&
	       stemma_facts_point(facts, (uint32_t)at) == point;
}

/* "No. 5" and "No 10" count, and deny nothing. */
static bool
is_numero(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	uint32_t next = at + 1;

	if (!(facts->of[at].look & STEMMA_LOOK_CAPITAL) ||
		facts->tongue->latin != STEMMA_CUES_EN)
		return false;
	next += is_point(facts, stretch, next, '.');
	return stemma_fact_at(facts, stretch, next).look & STEMMA_LOOK_NUMBER &&
	       (next > at + 1 || !(facts->of[at].look & STEMMA_LOOK_BEGINS));
}

/* French "personne", "plus": with a "ne" at most five words away. */
static bool
has_ne(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	for (int64_t k = (int64_t)at - 5; k <= (int64_t)at + 5; k++) {
		struct stemma_fact fact = stemma_fact_at(facts, stretch, k);
		uint32_t point;

		if (!(fact.signs & STEMMA_SIGN_NEGATION))
			continue;
		point = stemma_facts_point(facts, (uint32_t)k) | 0x20;
		if (point == 'n')
			return true;
	}
	return false;
}

static bool
denies(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	uint32_t signs = facts->of[at].signs;

	if (signs & STEMMA_SIGN_NEGATION)
		return !is_numero(facts, stretch, at);
	return signs & STEMMA_SIGN_NEEDS_NE && has_ne(facts, stretch, at);
}

/* A verb that may also be of saying is so beside a quotation, a comma, or
   "that"; not before an article: "announced plans", "reported a loss". */
static bool
has_speech(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);
	static const char *const that[] = {"that", "dass", "que", "что", "أن",
		"که", "how", "whether", "it", "on", "he", "she", "they"};
	struct stemma_view text;

	if (next.look == 0)
		return true;
	if (!(next.look & STEMMA_LOOK_WORD))
		return true;
	text = stemma_view_cut(facts->tokens->doc->text,
		(struct stemma_span){stemma_token_start(facts->tokens, at + 1),
			stemma_token_end(facts->tokens, at + 1)});
	for (size_t k = 0; k < sizeof that / sizeof *that; k++)
		if (stemma_view_equal(text, stemma_view_of(that[k])))
			return true;
	return false;
}

static bool
says(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];

	if (fact->facts & (STEMMA_FACT_NAME | STEMMA_FACT_NUMBER))
		return false;
	if (fact->signs &
		(STEMMA_SIGN_SAY | STEMMA_SIGN_HEDGE | STEMMA_SIGN_SOURCE))
		return true;
	return fact->signs & STEMMA_SIGN_SAYISH &&
	       has_speech(facts, stretch, at);
}

void
stemma_facts_said(
	struct stemma_facts *facts, const struct stemma_stretch *stretch)
{
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		if (denies(facts, stretch, k))
			facts->of[k].facts |= STEMMA_FACT_NEGATION;
		if (says(facts, stretch, k))
			facts->of[k].facts |= STEMMA_FACT_SAY;
	}
}
