/* SPDX-License-Identifier: MIT */
#include "look.h"
#include "shape.h"

/* Bytes in which a label ends, and its words. */
#define LABEL_BYTES 60
#define LABEL_WORDS 4

/* Words of a credit behind a caption; of a line that is nothing but one; of
   a line that ends in an abbreviation, and the letters of that. */
#define CREDIT_WORDS 6
#define CREDIT_BYTES 120
#define AGENCY_WORDS 4
#define MEASURE_WORDS 8
#define SHORT 4

/* "Referee: Ann Otway", "Lemons — 2". */
static bool
has_label(struct stemma_view text)
{
	size_t size, words = 1, points = 0;

	for (size_t at = 0; at < text.size && at < LABEL_BYTES; at += size) {
		uint32_t c = stemma_look_point(text, at, &size);
		bool dash = c == 0x2014 || c == 0x2013;

		words += c == ' ';
		points++;
		if (words > LABEL_WORDS + 1)
			return false;
		if ((c == ':' || c == 0xff1a || dash) && points > 2 &&
			at + size < text.size &&
			!stemma_point_is_digit(
				(unsigned char)text.bytes[at - 1]))
			return true;
	}
	return false;
}

/* Where the last part of `text` begins, near its end: behind ". ", " / ", "(", "©". */
static size_t
last_part(struct stemma_view text)
{
	size_t size, start = text.size, at = 0;
	uint32_t before = 0;

	if (text.size > CREDIT_BYTES)
		at = text.size - CREDIT_BYTES;
	while (at < text.size && (text.bytes[at] & 0xc0) == 0x80)
		at++;
	for (; at < text.size; at += size) {
		uint32_t c = stemma_look_point(text, at, &size);

		if (at + size < text.size &&
			((c == ' ' && (before == '.' || before == ';')) ||
				c == '/' || c == '(' || c == 0xa9 ||
				c == 0xff08 || c == '|' ||
				(c == ' ' &&
					(before == '-' || before == 0x2013 ||
						before == 0x2014))))
			start = at + size;
		before = c;
	}
	return start;
}

/* "… its owner said. AFP": an agency signs its report. */
static bool
is_signed(struct stemma_view text)
{
	size_t at = last_part(text);
	struct stemma_look look;

	if (at == text.size || at < 2 || text.bytes[at - 1] != ' ' ||
		text.bytes[at - 2] != '.')
		return false;
	stemma_look_at(
		&look, (struct stemma_view){text.bytes + at, text.size - at});
	return look.words == 1 && look.agencies == 1;
}

/* "Harrow - Omar Stannard", "Callis, Brod". */
static bool
has_parts(struct stemma_view text)
{
	size_t size;

	for (size_t at = 0; at < text.size && at < LABEL_BYTES; at += size) {
		uint32_t c = stemma_look_point(text, at, &size);

		if (c == '-' || c == '|' || c == '/' || c == ',' ||
			c == 0x60c || c == 0x2013 || c == 0x2014 ||
			c == 0xff0c || c == 0x3001)
			return true;
	}
	return false;
}

/* Whether the word that ends in the slash at `slash` is an agency: "EFE/". */
static bool
is_agency(struct stemma_view text, size_t slash)
{
	struct stemma_look look;
	size_t at = slash;

	while (at > 0 && text.bytes[at - 1] != ' ')
		at--;
	stemma_look_at(
		&look, (struct stemma_view){text.bytes + at, slash - at});
	return look.words == 1 && look.agencies == 1;
}

/* Whether a caption ends in whose picture it is: "Ada Marsh/dpa", "EFE/Ada
   Marsh", "CALLIS MUSEUM". */
static bool
has_credit(struct stemma_view text)
{
	size_t at = last_part(text);
	struct stemma_look look;

	if (at == text.size || at < 2)
		return false;
	stemma_look_at(
		&look, (struct stemma_view){text.bytes + at, text.size - at});
	if (look.words > CREDIT_WORDS || look.numbers > 0 || look.smalls > 1)
		return false;
	if (is_signed(text))
		return false;
	/* "(Peter Nash/Observer)", "EFE/Peter Nash" */
	if (text.bytes[at - 1] == '/' && look.capitals > 0 &&
		look.smalls == 0 &&
		(look.final == ')' || is_agency(text, at - 1)))
		return true;
	return look.agencies > 0 ||
	       (look.shouts >= 2 && look.shouts + 1 >= look.capitals);
}

/* "… 3 tbsp.", "… 2 шт.": a number, and a short word behind it at the end. */
static bool
ends_in_measure(struct stemma_view text, const struct stemma_look *look)
{
	size_t at = text.size;

	if (look->last != '.' || look->numbers == 0)
		return false;
	while (at > 0 && text.bytes[at - 1] != ' ')
		at--;
	return look->words <= MEASURE_WORDS && at > 0 &&
	       text.size - at <= (text.bytes[at] & 0x80 ? 2u : 1u) * SHORT + 1;
}

void
stemma_traits_tell(struct stemma_paragraph *paragraph, struct stemma_view text,
	const struct stemma_look *look)
{
	bool question = stemma_point_is_question(look->last);
	bool mark = question || look->last == '!' || look->last == 0xff01 ||
		    look->last == 0x2026;
	unsigned traits = 0;

	traits |= look->numbers ? STEMMA_TRAIT_NUMBER : 0u;
	traits |=
		stemma_point_is_digit(look->first) ? STEMMA_TRAIT_LEADING : 0u;
	traits |= has_label(text) ? STEMMA_TRAIT_LABEL : 0u;
	traits |= ends_in_measure(text, look) ? STEMMA_TRAIT_MEASURE : 0u;
	traits |= stemma_point_is_stop(look->last) ? STEMMA_TRAIT_STOP : 0u;
	traits |= question ? STEMMA_TRAIT_QUESTION : 0u;
	traits |= mark ? STEMMA_TRAIT_MARKED : 0u;
	traits |= look->stops ? STEMMA_TRAIT_INNER : 0u;
	traits |= look->quotes ? STEMMA_TRAIT_QUOTES : 0u;
	traits |= look->days || look->calendar ? STEMMA_TRAIT_DAY : 0u;
	traits |= look->roles ? STEMMA_TRAIT_ROLE : 0u;
	traits |= look->agencies && look->words <= AGENCY_WORDS
			  ? STEMMA_TRAIT_AGENCY
			  : 0u;
	traits |= look->address ? STEMMA_TRAIT_ADDRESS : 0u;
	traits |= look->last == ':' || look->last == 0xff1a ? STEMMA_TRAIT_COLON
							    : 0u;
	traits |= has_parts(text) ? STEMMA_TRAIT_PARTS : 0u;
	if (!stemma_point_is_stop(look->last)) {
		traits |= is_signed(text) ? STEMMA_TRAIT_SIGNED : 0u;
		traits |= has_credit(text) ? STEMMA_TRAIT_CREDIT : 0u;
	}
	traits |= look->capitals + look->smalls ? 0u : STEMMA_TRAIT_UNCASED;
	traits |= look->plain > look->agencies ? STEMMA_TRAIT_PLAIN : 0u;
	paragraph->traits = traits;
	paragraph->words = (uint8_t)(look->words < UINT8_MAX ? look->words : 0);
}
