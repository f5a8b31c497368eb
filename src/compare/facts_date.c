/*
 * What is a date: days, months and years by name or number, and "last week";
 * not a time of day, nor how long something takes: those are numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/facts.h"

static bool
is_month(const struct stemma_fact *fact)
{
	return fact->signs & STEMMA_SIGN_MONTH ||
	       (fact->signs & STEMMA_SIGN_CAPITAL_MONTH &&
		       fact->facts & STEMMA_FACT_DATE);
}

/* A month or day that is another word as well: "May", "sat". */
static bool
is_capital_date(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);

	if ((last.look | next.look) & STEMMA_LOOK_NUMBER)
		return true;
	if (!(fact->look & STEMMA_LOOK_CAPITAL) || stretch->titled)
		return false;
	return !(fact->look & STEMMA_LOOK_BEGINS);
}

/* Whether a token with one of `signs` is at most `most` tokens away from `at`
   in the direction of `step`. */
static bool
has_near(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at, int step, int most, uint32_t signs)
{
	int64_t k = at;

	for (int n = 0; n < most; n++) {
		k += step;
		if (stemma_fact_at(facts, stretch, k).signs & signs)
			return true;
	}
	return false;
}

/* "3 March", "March 3", "3rd of March", "3 de marzo", "3月", "3. März". */
static bool
is_day_of_month(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	struct stemma_fact after =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);
	struct stemma_fact second =
		stemma_fact_at(facts, stretch, (int64_t)at + 2);
	struct stemma_fact before =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);

	if (after.signs & STEMMA_SIGN_DATE_MARK || is_month(&after) ||
		is_month(&before))
		return true;
	if (!is_month(&second))
		return false;
	return after.signs & STEMMA_SIGN_STOP ||
	       !(after.look & STEMMA_LOOK_WORD);
}

static bool
is_date_joiner(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, int64_t at)
{
	uint32_t point;

	if (at < (int64_t)stretch->from || at >= (int64_t)stretch->to ||
		facts->of[at].look & STEMMA_LOOK_WORD)
		return false;
	point = stemma_facts_point(facts, (uint32_t)at);
	return (point == '-' || point == '/' || point == '.') &&
	       stemma_facts_glued(facts, (uint32_t)at);
}

/* "2024-03-05", "5/3/2024": two joiners about or beside. */
static bool
is_in_digits(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	for (int64_t first = (int64_t)at - 4; first <= (int64_t)at;
		first += 2) {
		bool fits = true;

		for (int64_t k = first; k < first + 5 && fits; k += 2)
			fits = stemma_fact_at(facts, stretch, k).look &
			       STEMMA_LOOK_NUMBER;
		if (fits && is_date_joiner(facts, stretch, first + 1) &&
			is_date_joiner(facts, stretch, first + 3))
			return true;
	}
	return false;
}

/* "1.3.2024" and such, which is one word: digits in three parts. */
static bool
is_one_word(const struct stemma_facts *facts, uint32_t at)
{
	struct stemma_view text = stemma_view_cut(facts->tokens->doc->text,
		(struct stemma_span){stemma_token_start(facts->tokens, at),
			stemma_token_end(facts->tokens, at)});
	int parts = 1, digits = 0, most = 0;

	if (text.size < 6 || text.size > 10)
		return false;
	for (size_t k = 0; k < text.size; k++) {
		bool digit = text.bytes[k] >= '0' && text.bytes[k] <= '9';

		if (!digit && text.bytes[k] != '.' && text.bytes[k] != '/' &&
			text.bytes[k] != '-')
			return false;
		digits = digit ? digits + 1 : 0;
		most = digits > most ? digits : most;
		parts += !digit;
	}
	return parts == 3 && (most == 4 || most == 2);
}

/* A year: four digits that nothing is counted by. */
static bool
is_year(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);
	const uint32_t counted =
		STEMMA_SIGN_UNIT | STEMMA_SIGN_MONEY | STEMMA_SIGN_NUMERAL;

	if (fact->value < 1100 || fact->value > 2199)
		return false;
	if (last.signs & (STEMMA_SIGN_RELATIVE | STEMMA_SIGN_PERIOD) ||
		next.signs & STEMMA_SIGN_PERIOD || is_month(&last) ||
		last.look & STEMMA_LOOK_NUMBER)
		return !(next.signs & counted);
	if (next.signs & counted || last.facts & STEMMA_FACT_NUMBER)
		return false;
	/* "In 1999 the", "the 2012 vote", but not "killed 2000 people". */
	if (last.signs & STEMMA_SIGN_STOP || !(last.look & STEMMA_LOOK_WORD))
		return true;
	return fact->value >= 1900 && fact->value < 2100 &&
	       (!(next.look & STEMMA_LOOK_WORD) ||
		       next.signs & STEMMA_SIGN_STOP);
}

/* "last week", "two years ago", "this morning". */
static bool
is_period(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];

	if (fact->signs & STEMMA_SIGN_PART)
		return true;
	return fact->signs & STEMMA_SIGN_PERIOD &&
	       (has_near(facts, stretch, at, -1, 1, STEMMA_SIGN_RELATIVE) ||
		       has_near(
			       facts, stretch, at, 1, 1, STEMMA_SIGN_RELATIVE));
}

static bool
is_date(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	const struct stemma_fact *fact = &facts->of[at];

	if (fact->look & STEMMA_LOOK_NUMBER)
		return is_day_of_month(facts, stretch, at) ||
		       is_in_digits(facts, stretch, at) ||
		       is_one_word(facts, at) || is_year(facts, stretch, at);
	if (fact->signs & STEMMA_SIGN_DATE_MARK)
		return stemma_fact_at(facts, stretch, (int64_t)at - 1).facts &
		       STEMMA_FACT_NUMBER;
	return is_period(facts, stretch, at);
}

/* "last" in "last week": part of the date beside it. */
static bool
is_relative(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	const uint32_t times =
		STEMMA_SIGN_PERIOD | STEMMA_SIGN_MONTH | STEMMA_SIGN_DAY;

	return facts->of[at].signs & STEMMA_SIGN_RELATIVE &&
	       (has_near(facts, stretch, at, 1, 1, times) ||
		       has_near(facts, stretch, at, -1, 1, times));
}

void
stemma_facts_date(
	struct stemma_facts *facts, const struct stemma_stretch *stretch)
{
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		struct stemma_fact *fact = &facts->of[k];

		if (fact->signs & (STEMMA_SIGN_MONTH | STEMMA_SIGN_DAY) ||
			(fact->signs & (STEMMA_SIGN_CAPITAL_MONTH |
					       STEMMA_SIGN_CAPITAL_DAY) &&
				is_capital_date(facts, stretch, k)))
			fact->facts |= STEMMA_FACT_DATE;
	}
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		if (is_date(facts, stretch, k))
			facts->of[k].facts |= STEMMA_FACT_DATE;
	}
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		if (is_relative(facts, stretch, k))
			facts->of[k].facts |= STEMMA_FACT_DATE;
	}
}
