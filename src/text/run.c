/* SPDX-License-Identifier: MIT */
#include "run.h"
#include "utf8.h"
#include "word.h"

const uint8_t stemma_byte_kinds[256] = {
	['\t' ... '\r'] = STEMMA_BYTE_SPACE,
	[' '] = STEMMA_BYTE_SPACE,
	['\''] = STEMMA_BYTE_MIDDLE,
	[','] = STEMMA_BYTE_MIDDLE,
	['.'] = STEMMA_BYTE_MIDDLE,
	['0' ... '9'] = STEMMA_BYTE_DIGIT,
	[':' ... ';'] = STEMMA_BYTE_MIDDLE,
	['A' ... 'Z'] = STEMMA_BYTE_LETTER,
	['_'] = STEMMA_BYTE_UNDERSCORE,
	['`'] = STEMMA_BYTE_MIDDLE, /* folded to an apostrophe */
	['a' ... 'z'] = STEMMA_BYTE_LETTER,
	[0x80 ... 0xff] = STEMMA_BYTE_HIGH,
};

/* A place in a word. */
struct place {
	struct stemma_view text;
	size_t at;
	uint8_t last; /* STEMMA_BYTE_LETTER, _DIGIT or _UNDERSCORE: before it */
	bool joiner;  /* before it, a ZWJ */
};

/* Note what a code point past ASCII brings to the word. */
static void
note(struct stemma_run *run, const struct stemma_property *p)
{
	run->number |=
		p->kind == STEMMA_KIND_DIGIT || p->kind == STEMMA_KIND_NUMBER;
	run->fold |= p->folds || p->ccc || p->flags & STEMMA_IS_UNNORMAL;
}

/*
 * Take letters, digits and what extends them: whatever their order, the rules
 * keep them together. Returns the class of what comes next if that is past
 * ASCII, else STEMMA_WB_OTHER.
 */
static uint8_t
take_all(struct place *place, struct stemma_run *run)
{
	const unsigned char *s = (const unsigned char *)place->text.bytes;

	for (;;) {
		const struct stemma_property *p;
		size_t at = place->at, size;
		uint8_t class;

		place->at = stemma_run_plain(place->text, at, &run->number);
		if (place->at > at) {
			place->last = stemma_byte_kinds[s[place->at - 1]];
			place->joiner = false;
		}
		if (place->at == place->text.size || s[place->at] < 0x80)
			return STEMMA_WB_OTHER;
		p = stemma_property_of(
			stemma_utf8_read(place->text, place->at, &size));
		class = stemma_word_class(p);
		if (class == STEMMA_WB_ALETTER)
			place->last = STEMMA_BYTE_LETTER;
		else if (class == STEMMA_WB_NUMERIC)
			place->last = STEMMA_BYTE_DIGIT;
		else if (class == STEMMA_WB_EXTENDNUMLET)
			place->last = STEMMA_BYTE_UNDERSCORE;
		else if (class != STEMMA_WB_EXTEND &&
			 class != STEMMA_WB_FORMAT && class != STEMMA_WB_ZWJ)
			return place->joiner &&
					       p->flags & STEMMA_IS_PICTOGRAPHIC
				       ? STEMMA_WB_ZWJ
				       : class;
		place->joiner = class == STEMMA_WB_ZWJ;
		note(run, p);
		place->at += size;
	}
}

/* Whether a class past ASCII, after letters or digits, ends them at once. */
static bool
ends_run(uint8_t class)
{
	return class != STEMMA_WB_ZWJ && class != STEMMA_WB_HEBREW_LETTER &&
	       class != STEMMA_WB_MIDLETTER && class != STEMMA_WB_MIDNUM &&
	       class != STEMMA_WB_MIDNUMLET;
}

/* Whether the mark keeps what is before it together with more of the sort. */
static bool
joins(unsigned char mark, uint8_t last)
{
	if (last == STEMMA_BYTE_LETTER)
		return mark == '\'' || mark == '.' || mark == ':';
	return last == STEMMA_BYTE_DIGIT &&
	       (mark == '\'' || mark == '.' || mark == ',' || mark == ';');
}

bool
stemma_run_take(struct stemma_run *run, struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	struct place place = {.text = text, .at = at};

	*run = (struct stemma_run){0};
	for (;;) {
		uint8_t class = take_all(&place, run), after;
		unsigned char mark;
		size_t size = 1;

		run->end = place.at;
		if (place.at == text.size)
			return true;
		mark = s[place.at];
		if (mark >= 0x80) {
			if (class != STEMMA_WB_SINGLE_QUOTE)
				return ends_run(class);
			stemma_utf8_read(text, place.at, &size);
		}
		if (mark >= 0x80 || mark == '`')
			mark = '\'';
		if (!joins(mark, place.last) || place.at + size == text.size)
			return true;
		after = stemma_byte_kinds[s[place.at + size]];
		if (after == STEMMA_BYTE_HIGH)
			return false;
		if (after != place.last)
			return true;
		run->fold |= mark != s[place.at];
		place.at += size;
	}
}
