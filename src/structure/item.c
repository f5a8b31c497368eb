/* SPDX-License-Identifier: MIT */
#include "item.h"
#include "look.h"

/* Digits of the number of an item. */
#define DIGITS 3

/* What an item begins with. */
enum mark {
	MARK_NONE,
	MARK_BULLET,
	MARK_DASH,
	MARK_NUMBER,
	MARK_LETTER,
	MARK_SPEECH
};

static bool
is_bullet(uint32_t c)
{
	return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25e6 ||
	       c == 0x2219 || c == 0xb7 || (c >= 0x2705 && c <= 0x2718) ||
	       c == 0x2192 || c == 0x21d2 || c == 0x27a4 || c == 0x2794 ||
	       c == 0x1f449 || (c >= 0x2460 && c <= 0x2473) ||
	       (c >= 0x2776 && c <= 0x277f);
}

/* A dash, or a shape that also stands in front of names of authors. */
static bool
is_dash(uint32_t c)
{
	return c == '*' || c == '-' || c == '+' || c == 0x2013 ||
	       (c >= 0x25a0 && c <= 0x25cf);
}

/* Han numbers, in front of "、". */
static bool
is_han_number(uint32_t c)
{
	return c == 0x4e00 || c == 0x4e8c || c == 0x4e09 || c == 0x56db ||
	       c == 0x4e94 || c == 0x516d || c == 0x4e03 || c == 0x516b ||
	       c == 0x4e5d || c == 0x5341;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x3000;
}

/* The code point at `*at`, which is moved behind it; 0 at the end. */
static uint32_t
take(struct stemma_view text, size_t *at)
{
	size_t size = 0;
	uint32_t c = 0;

	if (*at < text.size)
		c = stemma_look_point(text, *at, &size);
	*at += size;
	return c;
}

/* What stands behind a number or letter: "1." "1)" "1-" and a blank, "1、". */
static bool
is_numbered(struct stemma_view text, size_t at, bool number)
{
	uint32_t c = take(text, &at);

	if (c == 0x3001 || c == 0xff0e || c == 0xff09)
		return true;
	if (c != ')' && !(number && (c == '.' || c == '-' || c == 0x2013)))
		return false;
	c = take(text, &at);
	if (c == '-' && number)
		c = take(text, &at);
	return is_blank(c) || c >= 0x600;
}

/* Whether there is nothing but marks, as in a rule of them. */
static bool
is_ornament(struct stemma_view text)
{
	size_t at = 0;

	while (at < text.size) {
		uint32_t c = take(text, &at);

		if (!is_bullet(c) && !is_dash(c) && !is_blank(c))
			return false;
	}
	return true;
}

static enum mark
mark_of(struct stemma_view text)
{
	size_t at = 0, behind, digits = 0;
	uint32_t c = take(text, &at);

	if (is_ornament(text))
		return MARK_NONE;
	if (is_bullet(c) || (c == '>' && take(text, &at) == '>'))
		return MARK_BULLET;
	if (is_dash(c))
		return c >= 0x25a0 || is_blank(take(text, &at)) ? MARK_DASH
								: MARK_NONE;
	if (c == '(' || c == 0xff08)
		c = take(text, &at);
	behind = at;
	if (((c | 32) >= 'a' && (c | 32) <= 'h') || (c >= 0x430 && c <= 0x438))
		return is_numbered(text, behind, false) ? MARK_LETTER
							: MARK_NONE;
	while ((stemma_point_is_digit(c) || is_han_number(c)) &&
		digits <= DIGITS) {
		digits++;
		behind = at;
		c = take(text, &at);
	}
	return digits && digits <= DIGITS && is_numbered(text, behind, true)
		       ? MARK_NUMBER
		       : MARK_NONE;
}

static bool
asks(struct stemma_view text)
{
	size_t at = text.size, size;

	while (at > 0 && (text.bytes[--at] & 0xc0) == 0x80)
		;
	return stemma_point_is_question(stemma_look_point(text, at, &size));
}

/* The mark of paragraph `k`; a dash in front of a question is none, as it
   stands for somebody who asks. */
static enum mark
mark_at(const struct stemma_paragraph *paragraphs, size_t count, size_t k,
	const struct stemma_doc *doc)
{
	struct stemma_view text;
	enum mark mark;

	if (k >= count)
		return MARK_NONE;
	text = stemma_view_cut(doc->text, paragraphs[k].span);
	mark = mark_of(text);
	return mark == MARK_DASH && asks(text) ? MARK_SPEECH : mark;
}

bool
stemma_item_is(const struct stemma_paragraph *paragraphs, size_t count,
	size_t k, const struct stemma_doc *doc)
{
	enum mark mark = mark_at(paragraphs, count, k, doc);
	enum mark above, below;

	if (mark == MARK_NONE || mark == MARK_BULLET || mark == MARK_SPEECH)
		return mark == MARK_BULLET;
	above = k ? mark_at(paragraphs, count, k - 1, doc) : MARK_NONE;
	below = mark_at(paragraphs, count, k + 1, doc);
	if (mark == MARK_DASH && (above == MARK_SPEECH || below == MARK_SPEECH))
		return false;
	return above == mark || below == mark;
}
