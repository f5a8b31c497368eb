/*
 * What is a number: digits, numerals, and with them their sign, the marks that
 * join their parts, their unit; a currency and a per cent even alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/facts.h"

static bool
is_number(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, int64_t at)
{
	return stemma_fact_at(facts, stretch, at).facts & STEMMA_FACT_NUMBER;
}

static uint32_t
signs_at(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	int64_t at)
{
	return stemma_fact_at(facts, stretch, at).signs;
}

/* "one": a number in "one man", none in "no one", "this one", "one of". */
static bool
counts_alone(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	const uint32_t quantity = STEMMA_SIGN_NUMERAL | STEMMA_SIGN_LONE |
				  STEMMA_SIGN_UNIT | STEMMA_SIGN_MONEY |
				  STEMMA_SIGN_PERIOD;
	struct stemma_fact next =
		stemma_fact_at(facts, stretch, (int64_t)at + 1);
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);

	if (last.look & STEMMA_LOOK_WORD &&
		last.signs & (STEMMA_SIGN_NEGATION | STEMMA_SIGN_PRONOUN))
		return false;
	if (!(next.look & STEMMA_LOOK_WORD))
		return false;
	return next.signs & quantity || !(next.signs & STEMMA_SIGN_STOP);
}

static bool
is_currency(uint32_t point)
{
	return point == '$' || point == '%' || point == 0xa3 || point == 0xa5 ||
	       point == 0xb0 || point == 0x2030 || point == 0x66a ||
	       (point >= 0x20a0 && point <= 0x20cf) || point == 0xff05;
}

static bool
is_joiner(uint32_t point)
{
	return point == ':' || point == '.' || point == '/' || point == '-' ||
	       point == ',' || point == 0x2013 || point == 0x2212 ||
	       point == 0x66b || point == 0x66c || point == 0xd7;
}

static bool
is_sign(uint32_t point)
{
	return point == '-' || point == '+' || point == 0x2212 ||
	       point == 0x2013 || point == 0xb1;
}

/* A mark that belongs to the number beside it. */
static bool
is_part(const struct stemma_facts *facts, const struct stemma_stretch *stretch,
	uint32_t at)
{
	uint32_t point = stemma_facts_point(facts, at);
	bool before = is_number(facts, stretch, (int64_t)at - 1);
	bool after = is_number(facts, stretch, (int64_t)at + 1);

	if (is_currency(point))
		return before || after;
	if (!after || !stemma_facts_glued(facts, at + 1))
		return false;
	if (!stemma_facts_glued(facts, at))
		return is_sign(point);
	if (is_joiner(point) && before)
		return true;
	return is_sign(point) && at > stretch->from && !before &&
	       !(facts->of[at - 1].look & STEMMA_LOOK_WORD);
}

/* A unit behind a number: "9 km", "24-year", "two long weeks". */
static bool
is_counted(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, uint32_t at)
{
	struct stemma_fact last =
		stemma_fact_at(facts, stretch, (int64_t)at - 1);

	if (is_number(facts, stretch, (int64_t)at - 1))
		return true;
	if (!is_number(facts, stretch, (int64_t)at - 2))
		return false;
	if (!(last.look & STEMMA_LOOK_WORD))
		return !(last.look & STEMMA_LOOK_SPACE);
	return !(last.signs & STEMMA_SIGN_STOP) &&
	       !(last.look & STEMMA_LOOK_NUMBER);
}

void
stemma_facts_number(
	struct stemma_facts *facts, const struct stemma_stretch *stretch)
{
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		struct stemma_fact *fact = &facts->of[k];

		if (fact->look & STEMMA_LOOK_NUMBER ||
			fact->signs & (STEMMA_SIGN_NUMERAL | STEMMA_SIGN_MONEY))
			fact->facts |= STEMMA_FACT_NUMBER;
		else if (fact->signs & STEMMA_SIGN_LONE &&
			 counts_alone(facts, stretch, k))
			fact->facts |= STEMMA_FACT_NUMBER;
	}
	for (uint32_t k = stretch->from; k < stretch->to; k++) {
		struct stemma_fact *fact = &facts->of[k];

		if (fact->facts & STEMMA_FACT_NUMBER)
			continue;
		if (fact->look & STEMMA_LOOK_WORD
				? signs_at(facts, stretch, k) &
						  (STEMMA_SIGN_UNIT |
							  STEMMA_SIGN_PERIOD) &&
					  is_counted(facts, stretch, k)
				: is_part(facts, stretch, k))
			fact->facts |= STEMMA_FACT_NUMBER;
	}
}
