/*
 * What is a name. Where a language writes names alone with a capital, a capital
 * tells; but not at a sentence's start, nor in a headline that has one on every
 * word, nor in German. There, and in scripts without capitals, what tells is
 * being known (a country, a given name), a title in front, a verb of saying
 * behind, or standing beside a name.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/facts.h"
#include "structure/cues.h"

/* Words with a capital that are no names. */
#define NO_NAME                                                              \
	(STEMMA_SIGN_STOP | STEMMA_SIGN_TITLE | STEMMA_SIGN_MONTH |          \
		STEMMA_SIGN_DAY | STEMMA_SIGN_PERIOD | STEMMA_SIGN_NUMERAL | \
		STEMMA_SIGN_LONE | STEMMA_SIGN_MONEY | STEMMA_SIGN_UNIT |    \
		STEMMA_SIGN_SAY | STEMMA_SIGN_HEDGE | STEMMA_SIGN_SOURCE |   \
		STEMMA_SIGN_NEGATION | STEMMA_SIGN_SPEAKER |                 \
		STEMMA_SIGN_COMMON)

static bool
ends(struct stemma_view word, const char *suffix)
{
	struct stemma_view end = stemma_view_of(suffix);

	if (word.size < end.size + 3)
		return false;
	word.bytes += word.size - end.size;
	word.size = end.size;
	return stemma_view_equal(word, end);
}

static struct stemma_view
text_at(const struct stemma_facts *facts, uint32_t at)
{
	return stemma_view_cut(facts->tokens->doc->text,
		(struct stemma_span){stemma_token_start(facts->tokens, at),
			stemma_token_end(facts->tokens, at)});
}

/* Endings of nouns, verbs and adverbs that names hardly have. */
static bool
has_common_ending(const struct stemma_facts *facts, uint32_t at)
{
	static const char *const english[] = {"ing", "tion", "tions", "ment",
		"ments", "ness", "ity", "ies", "ers", "ors", "ists", "ians",
		"ants", "ents", "ees", "ed", "ly", "able", "ible", "ful",
		"less", "ous", "ive", "ship", "ism", "ence", "ance", "age",
		"ages", "ures", "ings", "ates", "ets", "ks", "rts", "ects",
		"als", "ples", "ices", "aws", "ouses", "ary", "ical", "ure",
		NULL};
	static const char *const german[] = {"ung", "ungen", "heit", "heiten",
		"keit", "keiten", "schaft", "schaften", "tion", "tionen", "tät",
		"täten", "nis", "nisse", "ismus", "ling", "linge", "chen",
		"lein", "ment", "mente", "enz", "anz", "tum", "ieren", "innen",
		"amt", "werk", "haus", "platz", "straße", "zeug", "ei", "eien",
		"ist", "isten", NULL};
	static const char *const romance[] = {"tion", "tions", "ment", "ments",
		"ción", "ciones", "mente", "miento", "mientos", "dad", "dades",
		"té", "tés", "eurs", "ores", "antes", "ants", "istas", "istes",
		"iers", "adores", "ando", "iendo", "ance", "ence", NULL};
	const char *const *list =
		facts->tongue->latin == STEMMA_CUES_EN   ? english
		: facts->tongue->latin == STEMMA_CUES_DE ? german
							 : romance;
	struct stemma_view word = text_at(facts, at);

	for (; *list; list++)
		if (ends(word, *list))
			return true;
	return false;
}

static bool
is_cyrillic_or_latin(const struct stemma_facts *facts, uint32_t at)
{
	return stemma_facts_point(facts, at) < 0x530;
}

/* Whether a capital means as much as nothing for this token. */
static bool
is_capital_weak(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	if (facts->of[at].look & STEMMA_LOOK_BEGINS || stretch->titled)
		return true;
	return facts->tongue->latin == STEMMA_CUES_DE &&
	       stemma_facts_point(facts, at) < 0x250;
}

/* German: a verb of saying in the singular has a name beside it where there is
   no article, and two nouns after a preposition are mostly one's names. */
static bool
is_told_german(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);

	if (last.signs & STEMMA_SIGN_DETERMINER)
		return false;
	if (next.signs & STEMMA_SIGN_SAY)
		return !ends(text_at(facts, at + 1), "en");
	if (last.signs & STEMMA_SIGN_SAY)
		return !ends(text_at(facts, at - 1), "en");
	return last.signs & STEMMA_SIGN_STOP &&
	       next.look & STEMMA_LOOK_CAPITAL && !(next.signs & NO_NAME) &&
	       !has_common_ending(facts, at + 1);
}

/* What else may tell that a word with a weak capital is a name. */
static bool
is_told(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);
	bool german = facts->tongue->latin == STEMMA_CUES_DE;
	bool begins = facts->of[at].look & STEMMA_LOOK_BEGINS;

	if (facts->of[at].look & STEMMA_LOOK_CAPITALS && !stretch->titled)
		return true;
	if (!german &&
		stemma_lexicon_has_name(facts->lexicon, text_at(facts, at)))
		return true;
	if (has_common_ending(facts, at))
		return false;
	if (!stretch->titled && facts->of[at].look & STEMMA_LOOK_POSSESSIVE)
		return true;
	if (last.signs & STEMMA_SIGN_TITLE && last.look & STEMMA_LOOK_CAPITAL &&
		!stretch->titled)
		return true;
	if (german)
		return is_told_german(facts, stretch, at);
	if (stretch->titled)
		return false;
	if (begins)
		return next.signs & (STEMMA_SIGN_SAY | STEMMA_SIGN_SAYISH) ||
		       (next.look & STEMMA_LOOK_CAPITAL &&
			       !(next.signs & NO_NAME));
	return false;
}

static bool
is_capital_name(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];

	if (!(fact->look & STEMMA_LOOK_CAPITAL) ||
		fact->look & STEMMA_LOOK_NUMBER ||
		fact->facts & STEMMA_FACT_DATE)
		return false;
	if (fact->signs & STEMMA_SIGN_NAME)
		return true;
	if (!is_capital_weak(facts, stretch, at))
		return !(fact->signs &
			 (NO_NAME & ~(uint32_t)(STEMMA_SIGN_COMMON |
						STEMMA_SIGN_UNIT)));
	return !(fact->signs & NO_NAME) && is_told(facts, stretch, at);
}

/* Scripts without capitals: what stands behind a title, up to two words. */
static bool
is_titled_name(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);

	if (facts->of[at].signs || !(last.look & STEMMA_LOOK_WORD))
		return false;
	return last.signs & STEMMA_SIGN_TITLE ||
	       (last.facts & STEMMA_FACT_NAME &&
		       last.signs & STEMMA_SIGN_NAME &&
		       stemma_fact_at(facts, stretch, (int64_t)at - 2).signs &
			       STEMMA_SIGN_TITLE);
}

/* Chinese: a surname with one or two characters, then a title or a verb of
   saying, or a title in front; `*length` gets the characters. */
static bool
is_han_name(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at, uint32_t *length)
{
	const uint32_t frame =
		STEMMA_SIGN_SAY | STEMMA_SIGN_SAYISH | STEMMA_SIGN_TITLE;
	bool titled = stemma_fact_at(facts, stretch, (int64_t)at - 1).signs &
		      STEMMA_SIGN_TITLE;

	if (!(facts->of[at].signs & STEMMA_SIGN_SURNAME))
		return false;
	for (*length = 1; *length <= 3; ++*length) {
		int64_t next = (int64_t)at + *length;
		struct stemma_fact fact = stemma_fact_at(facts, stretch, next);

		if (fact.signs & frame)
			return *length > 1 || fact.signs & STEMMA_SIGN_TITLE;
		if (!(fact.look & STEMMA_LOOK_WORD) ||
			(fact.signs && !(fact.signs & STEMMA_SIGN_SURNAME)))
			return *length > 1 && titled;
	}
	*length = 3;
	return titled;
}

static void
name_han(struct stemma_facts *facts, const struct stemma_stretch *stretch)
{
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		uint32_t length = 1;

		if (facts->of[k].signs & STEMMA_SIGN_NAME)
			facts->of[k].facts |= STEMMA_FACT_NAME;
		else if (is_han_name(facts, stretch, k, &length))
			for (uint32_t n = 0; n < length; n++)
				facts->of[k + n].facts |= STEMMA_FACT_NAME;
	}
}

/* Words that stand beside a name with a capital are of it: "Angela Merkel",
   "Karl von Habsburg". */
static void
grow(struct stemma_facts *facts, const struct stemma_stretch *stretch,
	int64_t at, int step)
{
	struct stemma_fact *fact;
	struct stemma_fact next = stemma_fact_at(facts, stretch, at + step);
	uint32_t beside = (uint32_t)(step > 0 ? at + 1 : at);

	if (!(next.look & STEMMA_LOOK_CAPITAL) ||
		next.facts & STEMMA_FACT_NAME || next.signs & NO_NAME ||
		stretch->titled || stemma_facts_glued(facts, beside) ||
		(step < 0 && has_common_ending(facts, (uint32_t)(at - 1))))
		return;
	fact = &facts->of[at + step];
	fact->facts |= STEMMA_FACT_NAME;
}

void
stemma_facts_name(
	struct stemma_facts *facts, const struct stemma_stretch *stretch)
{
	name_han(facts, stretch);
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		struct stemma_fact *fact = &facts->of[k];
		bool yes;

		if (!(fact->look & STEMMA_LOOK_WORD))
			continue;
		yes = is_cyrillic_or_latin(facts, k)
			      ? is_capital_name(facts, stretch, k)
			      : (fact->signs & STEMMA_SIGN_NAME ||
					is_titled_name(facts, stretch, k));
		if (yes)
			fact->facts |= STEMMA_FACT_NAME;
	}
	for (uint32_t k = stretch->from; k < stretch->to; k++)
		if (facts->of[k].facts & STEMMA_FACT_NAME)
			grow(facts, stretch, k, 1);
	for (uint32_t k = stretch->to; k-- > stretch->from;)
		if (facts->of[k].facts & STEMMA_FACT_NAME)
			grow(facts, stretch, k, -1);
}
