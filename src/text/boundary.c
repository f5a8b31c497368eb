/* SPDX-License-Identifier: MIT */
#include "segment.h"
#include "tables.h"
#include "utf8.h"
#include "word.h"

/* A code point of the text as the word rules see it. */
struct glyph {
	size_t end;        /* where it ends */
	uint8_t class;     /* STEMMA_WB_… */
	bool pictographic; /* Extended_Pictographic */
};

/* The place a scan for the next word boundary has reached. */
struct scan {
	struct stemma_view text;
	size_t at;
	uint8_t last; /* class of the last code point that counts (WB4) */
	bool joined;  /* the very last code point is a ZWJ */
	bool tailored;
};

static struct glyph
look(const struct scan *scan, size_t at)
{
	size_t size;
	uint32_t c = stemma_utf8_read(scan->text, at, &size);
	const struct stemma_property *property = stemma_property_of(c);

	return (struct glyph){at + size,
		scan->tailored ? stemma_word_class(property) : property->word,
		property->flags & STEMMA_IS_PICTOGRAPHIC};
}

static bool
is_ignored(uint8_t class)
{
	return class == STEMMA_WB_EXTEND || class == STEMMA_WB_FORMAT ||
	       class == STEMMA_WB_ZWJ;
}

static bool
is_letter(uint8_t class)
{
	return class == STEMMA_WB_ALETTER || class == STEMMA_WB_HEBREW_LETTER;
}

static bool
is_newline(uint8_t class)
{
	return class == STEMMA_WB_NEWLINE || class == STEMMA_WB_CR ||
	       class == STEMMA_WB_LF;
}

static void
take(struct scan *scan, struct glyph glyph)
{
	scan->at = glyph.end;
	scan->last = glyph.class;
	scan->joined = glyph.class == STEMMA_WB_ZWJ;
}

/* WB4: what extends a code point belongs to it. */
static void
take_ignored(struct scan *scan)
{
	while (scan->at < scan->text.size) {
		struct glyph glyph = look(scan, scan->at);

		if (!is_ignored(glyph.class))
			break;
		scan->at = glyph.end;
		scan->joined = glyph.class == STEMMA_WB_ZWJ;
	}
}

/*
 * WB5, WB8-10, WB13-13b: classes that hold together by themselves. Each rule
 * needs only its two neighbours.
 */
static bool
pair_holds(uint8_t last, uint8_t next)
{
	if (is_letter(last) || last == STEMMA_WB_NUMERIC)
		return is_letter(next) || next == STEMMA_WB_NUMERIC ||
		       next == STEMMA_WB_EXTENDNUMLET;
	if (last == STEMMA_WB_KATAKANA)
		return next == STEMMA_WB_KATAKANA ||
		       next == STEMMA_WB_EXTENDNUMLET;
	if (last == STEMMA_WB_EXTENDNUMLET)
		return is_letter(next) || next == STEMMA_WB_NUMERIC ||
		       next == STEMMA_WB_KATAKANA ||
		       next == STEMMA_WB_EXTENDNUMLET;
	return false;
}

/*
 * WB6-7, WB7b-7c, WB11-12: `middle` between two letters or two digits. Takes
 * it with what follows, or leaves the scan alone.
 */
static bool
take_middle(struct scan *scan, struct glyph middle)
{
	bool quote = middle.class == STEMMA_WB_SINGLE_QUOTE ||
		     middle.class == STEMMA_WB_MIDNUMLET;
	struct scan ahead = *scan;
	struct glyph after;
	bool holds = false;

	if (!quote && middle.class != STEMMA_WB_MIDLETTER &&
		middle.class != STEMMA_WB_MIDNUM &&
		middle.class != STEMMA_WB_DOUBLE_QUOTE)
		return false;
	take(&ahead, middle);
	take_ignored(&ahead);
	if (ahead.at == ahead.text.size)
		return false;
	after = look(&ahead, ahead.at);
	if (middle.class == STEMMA_WB_DOUBLE_QUOTE)
		holds = scan->last == STEMMA_WB_HEBREW_LETTER &&
			after.class == STEMMA_WB_HEBREW_LETTER;
	else if (quote || middle.class == STEMMA_WB_MIDLETTER)
		holds = is_letter(scan->last) && is_letter(after.class);
	if (quote || middle.class == STEMMA_WB_MIDNUM)
		holds = holds || (scan->last == STEMMA_WB_NUMERIC &&
					 after.class == STEMMA_WB_NUMERIC);
	if (!holds)
		return false;
	take(&ahead, after);
	*scan = ahead;
	return true;
}

/* WB15-16: regional indicators go in pairs. */
static bool
take_pair(struct scan *scan, struct glyph next)
{
	if (scan->last != STEMMA_WB_REGIONAL_INDICATOR ||
		next.class != STEMMA_WB_REGIONAL_INDICATOR)
		return false;
	take(scan, next);
	scan->last = STEMMA_WB_OTHER;
	return true;
}

/* Take one more code point, or say that there is a boundary. */
static bool
take_next(struct scan *scan)
{
	struct glyph next = look(scan, scan->at);

	if (scan->joined && next.pictographic) /* WB3c */
		take(scan, next);
	else if (pair_holds(scan->last, next.class))
		take(scan, next);
	else if (scan->last == STEMMA_WB_HEBREW_LETTER &&
		 next.class == STEMMA_WB_SINGLE_QUOTE) { /* WB7a */
		if (!take_middle(scan, next))
			take(scan, next);
	} else if (!take_pair(scan, next) && !take_middle(scan, next))
		return false;
	return true;
}

size_t
stemma_word_edge(struct stemma_view text, size_t at, bool tailored)
{
	struct scan scan = {.text = text, .at = at, .tailored = tailored};
	struct glyph first = look(&scan, at);

	take(&scan, first);
	if (is_newline(first.class)) {
		if (first.class == STEMMA_WB_CR && scan.at < text.size &&
			text.bytes[scan.at] == '\n')
			scan.at++;
		return scan.at;
	}
	while (first.class == STEMMA_WB_WSEGSPACE && scan.at < text.size &&
		look(&scan, scan.at).class == STEMMA_WB_WSEGSPACE)
		take(&scan, look(&scan, scan.at)); /* WB3d */
	do
		take_ignored(&scan);
	while (scan.at < text.size && take_next(&scan));
	return scan.at;
}

size_t
stemma_word_next(struct stemma_view text, size_t at)
{
	return stemma_word_edge(text, at, false);
}
