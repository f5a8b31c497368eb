/*
 * Who says it. Changed words are the speaker if a verb of saying follows them
 * with at most a title or noun between ("a [police] spokesman said"), or stands
 * before them turned around (", said [Smith]", "sagte der [Minister]",
 * "قال [الوزير]"), or what always names a source does ("according to [Smith]").
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/weigh.h"
#include "structure/cues.h"

/* How many words may stand between. */
#define BETWEEN 4

/* The words of "said" that are no speaker: "he [also] said". */
static bool
may_speak(const struct stemma_fact *fact)
{
	if (!(fact->look & STEMMA_LOOK_WORD) ||
		fact->facts & (STEMMA_FACT_NUMBER | STEMMA_FACT_DATE |
				      STEMMA_FACT_NEGATION | STEMMA_FACT_SAY))
		return false;
	if (fact->facts & STEMMA_FACT_NAME)
		return true;
	return !(fact->signs & STEMMA_SIGN_STOP) ||
	       fact->signs & STEMMA_SIGN_PRONOUN;
}

static bool
is_adverb(const struct stemma_facts *facts, uint32_t at)
{
	struct stemma_view text = stemma_view_cut(facts->tokens->doc->text,
		(struct stemma_span){stemma_token_start(facts->tokens, at),
			stemma_token_end(facts->tokens, at)});

	return facts->tongue->latin == STEMMA_CUES_EN && text.size > 4 &&
	       text.bytes[text.size - 1] == 'y' &&
	       text.bytes[text.size - 2] == 'l';
}

static bool
has_speaker(const struct stemma_facts *facts, uint32_t from, uint32_t to)
{
	for (uint32_t k = from; k < to; k++)
		if (may_speak(&facts->of[k]) && !is_adverb(facts, k))
			return true;
	return false;
}

/* A word that may stand between a speaker's words and the verb. */
static bool
is_between(const struct stemma_fact *fact)
{
	if (!(fact->look & STEMMA_LOOK_WORD))
		return false;
	if (fact->facts & STEMMA_FACT_NAME ||
		fact->signs & (STEMMA_SIGN_PARTICLE | STEMMA_SIGN_DETERMINER |
				      STEMMA_SIGN_TITLE | STEMMA_SIGN_SPEAKER))
		return true;
	return !(fact->signs & STEMMA_SIGN_STOP) &&
	       !(fact->facts & (STEMMA_FACT_NUMBER | STEMMA_FACT_DATE |
				       STEMMA_FACT_NEGATION));
}

static bool
is_comma(const struct stemma_facts *facts, int64_t at)
{
	uint32_t point = stemma_facts_point(facts, (uint32_t)at);

	return point == ',' || point == 0x60c || point == 0x3001 ||
	       point == 0xff0c;
}

/* "Smith, a spokesman for the bank, said": from the comma at `at` to the
   word behind the next one. */
static int64_t
behind_aside(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, int64_t at)
{
	int64_t k = at + 1;

	for (; k < (int64_t)stretch->to && k - at < 10; k++) {
		if (facts->of[k].look & STEMMA_LOOK_WORD)
			continue;
		return is_comma(facts, k) ? k + 1 : at;
	}
	return at;
}

static bool
verb_follows(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t from, uint32_t to)
{
	int64_t k = to;
	bool named = false, past_comma = false;

	for (uint32_t n = from; n < to; n++)
		named |= facts->of[n].facts & STEMMA_FACT_NAME;
	for (int words = 0; words <= BETWEEN && k < (int64_t)stretch->to;
		words++, k++) {
		const struct stemma_fact *fact = &facts->of[k];

		if (fact->facts & STEMMA_FACT_SAY &&
			!(fact->signs &
				(STEMMA_SIGN_SOURCE | STEMMA_SIGN_HEDGE)))
			return true;
		if (named && !past_comma && !(fact->look & STEMMA_LOOK_WORD) &&
			is_comma(facts, k)) {
			int64_t behind = behind_aside(facts, stretch, k);

			if (behind == k || behind >= (int64_t)stretch->to)
				return false;
			past_comma = true;
			k = behind - 1;
			continue;
		}
		/* An auxiliary: "Macron a déclaré". */
		if (!is_between(fact) &&
			!(k + 1 < (int64_t)stretch->to &&
				fact->look & STEMMA_LOOK_WORD &&
				facts->of[k + 1].facts & STEMMA_FACT_SAY))
			return false;
	}
	return false;
}

/* Whether a verb of saying at `at` stands before who says it. */
static bool
is_turned(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, int64_t at)
{
	struct stemma_fact last = stemma_fact_at(facts, stretch, at - 1);
	uint32_t point = stemma_facts_point(facts, (uint32_t)at);

	if (facts->of[at].signs & STEMMA_SIGN_SOURCE)
		return true;
	if (facts->of[at].signs & STEMMA_SIGN_HEDGE)
		return false;
	if (point >= 0x600 && point < 0x700)
		return facts->tongue->arabic == STEMMA_CUES_AR;
	if (last.look && !(last.look & STEMMA_LOOK_WORD))
		return true;
	/* ", a déclaré Macron" */
	if (last.look & STEMMA_LOOK_WORD && last.signs & STEMMA_SIGN_STOP &&
		at - 2 >= (int64_t)stretch->from &&
		!(facts->of[at - 2].look & STEMMA_LOOK_WORD))
		return !(last.signs & STEMMA_SIGN_PRONOUN);
	return false;
}

static bool
verb_precedes(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t from)
{
	int64_t k = (int64_t)from - 1;
	bool stopped = false;

	for (int words = 0; words <= BETWEEN && k >= (int64_t)stretch->from;
		words++, k--) {
		const struct stemma_fact *fact = &facts->of[k];

		if (fact->facts & STEMMA_FACT_SAY) {
			if (fact->signs & STEMMA_SIGN_SOURCE)
				return true;
			return !stopped && is_turned(facts, stretch, k);
		}
		if (!(fact->look & STEMMA_LOOK_WORD))
			return false;
		/* "according to the" may have any small words, "said" not. */
		stopped |= !is_between(fact);
	}
	return false;
}

bool
stemma_facts_speaks(
	const struct stemma_facts *facts, uint32_t from, uint32_t to)
{
	struct stemma_stretch stretch;

	if (from >= to || !has_speaker(facts, from, to))
		return false;
	stretch = stemma_facts_sentence(facts, to - 1);
	if (verb_follows(facts, &stretch, from, to))
		return true;
	stretch = stemma_facts_sentence(facts, from);
	return verb_precedes(facts, &stretch, from);
}
