/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "look.h"
#include "phrases.h"
#include "shape.h"

/* Bytes of marks in front of a phrase. */
#define MARKS 16

/* Bytes of marks behind a phrase that ends a paragraph. */
#define END_BYTES 12u

/* The texts one behind the other, and places in them: pointers would have to be
   relocated at every start of the program. */
#define NAMED(line) phrase_##line
#define MEMBER(line) NAMED(line)
#define WORDS(class, language, words)
#define PHRASE(shape, place, text) char MEMBER(__LINE__)[sizeof text];
struct texts {
#include "cues.def"
};
#undef PHRASE
#define PHRASE(shape, place, text) text,
static const struct texts texts = {
#include "cues.def"
};
#undef PHRASE
#define PHRASE(shape, place, text)                                  \
	{offsetof(struct texts, MEMBER(__LINE__)), sizeof text - 1, \
		STEMMA_SHAPE_##shape, STEMMA_PLACE_##place},
static const struct stemma_phrase table[] = {
#include "cues.def"
};

#define COUNT (sizeof table / sizeof *table)

_Static_assert(COUNT == STEMMA_PHRASES, "run tools/structure-tables");

#define HALF (STEMMA_PHRASE_ROWS / 2)

static unsigned
row_of(const char *bytes, bool anywhere)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (b[0] * 37u + b[1] * 7u) % HALF + (anywhere ? HALF : 0);
}

const char *
stemma_phrases_text(const struct stemma_phrase *phrase)
{
	return (const char *)&texts + phrase->text;
}

/* Digits, letters of ASCII, and all that is beyond it. */
static const bool word_bytes[256] = {['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
	[0x80 ... 0xff] = true};

static bool
is_word_byte(unsigned char c)
{
	return word_bytes[c];
}

/* Whether the phrase that ends at `at` ends a word there. Scripts without
   blanks have no other end of a word. */
static bool
ends_word(struct stemma_view text, size_t at)
{
	unsigned char last = (unsigned char)text.bytes[at - 1];
	unsigned char next;

	if (at == text.size || !is_word_byte(last))
		return true;
	next = (unsigned char)text.bytes[at];
	if (!is_word_byte(next))
		return true;
	/* Han and kana, and full-width marks behind them. */
	return at >= 3 && (unsigned char)text.bytes[at - 3] >= 0xe3 &&
	       next >= 0xe2;
}

/* Whether what follows a label sets it apart: ":", "|", "-", "." or the end;
   a blank, behind Han. */
static bool
ends_label(struct stemma_view text, size_t at)
{
	if (at < text.size && at >= 3 && text.bytes[at] == ' ' &&
		(unsigned char)text.bytes[at - 3] >= 0xe3)
		return true;
	while (at < text.size && text.bytes[at] == ' ')
		at++;
	if (at == text.size || strchr(":|-.>)]", text.bytes[at]) ||
		(text.bytes[at] == '/' && text.bytes[at - 1] == ' '))
		return true;
	return text.size - at >= 3 &&
	       (memcmp(text.bytes + at, "\xef\xbc\x9a", 3) == 0 ||
		       memcmp(text.bytes + at, "\xe2\x80\xa2", 3) == 0);
}

/* Whether nothing but marks and a number follows: "Comments (48)". */
static bool
ends_line(struct stemma_view text, size_t at)
{
	size_t size;

	for (; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);

		if (c != ' ' &&
			(c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z'
				  : (c < 0x2000 && c >= 0xc0 &&
					    !stemma_point_is_digit(c)) ||
						(c >= 0x3400 && c < 0xfe00)))
			return false;
	}
	return true;
}

/* Where the number in front of "48 comments" ends; 0: none is there. */
static size_t
number_in_front(struct stemma_view text)
{
	size_t at = 0, size = 0;

	while (at < text.size &&
		stemma_point_is_digit(stemma_code_point(text, at, &size)))
		at += size;
	if (at > 0 && at < text.size && text.bytes[at] == ' ')
		at++;
	return at;
}

/* The longest phrase at `at`, of those that begin a paragraph or those that may
   stand anywhere. */
static const struct stemma_phrase *
phrase_at(struct stemma_view text, size_t at, bool anywhere)
{
	const struct stemma_phrase *best = NULL;
	unsigned row = row_of(text.bytes + at, anywhere);

	for (uint16_t k = stemma_phrase_rows[row];
		k < stemma_phrase_rows[row + 1]; k++) {
		const struct stemma_phrase *p = &table[stemma_phrase_order[k]];
		const char *own = stemma_phrases_text(p);

		if (p->size > text.size - at ||
			(best && p->size <= best->size) ||
			text.bytes[at + p->size - 1] != own[p->size - 1] ||
			(p->place == STEMMA_PLACE_END &&
				text.size - at > p->size + END_BYTES) ||
			memcmp(text.bytes + at, own, p->size) != 0 ||
			!ends_word(text, at + p->size) ||
			(p->place == STEMMA_PLACE_WHOLE &&
				!ends_line(text, at + p->size)) ||
			(p->place == STEMMA_PLACE_LABEL &&
				!ends_label(text, at + p->size)))
			continue;
		best = p;
	}
	return best;
}

/* Marks that may stand in front of a phrase: "» Read more", "[Correction: …]",
   "（责任编辑：…）"; quotation marks are none. */
static size_t
marks_in_front(struct stemma_view text)
{
	size_t at = 0, size;

	while (at < text.size && at < MARKS) {
		uint32_t c = stemma_code_point(text, at, &size);

		if (c < 0x80 ? is_word_byte((unsigned char)c) || c == '(' ||
					c == '"'
			     : c != 0xab && c != 0xbb && c != 0xb7 &&
					(c < 0x2010 || c >= 0x2e00 ||
						(c >= 0x2018 && c <= 0x201f)) &&
					(c < 0x3001 || c > 0x3020 ||
						(c >= 0x300c && c <= 0x300f)) &&
					(c < 0xff00 || c > 0xff0f) &&
					c != 0xfe0f && c < 0x1f000)
			break;
		at += size;
	}
	return at;
}

/* The first phrase that stands anywhere and begins from `at` up to `end`: not
   inside a word of ASCII, unless that is the first byte of all, nor inside a
   character. */
static const struct stemma_phrase *
scan(struct stemma_view text, size_t at, size_t end, bool first)
{
	const unsigned char *bytes = (const unsigned char *)text.bytes;
	const struct stemma_phrase *found = NULL;
	bool inside = !first && at < end && is_word_byte(bytes[at - 1]);

	for (; at < end && !found; at++) {
		unsigned char c = bytes[at];
		bool begins = stemma_phrase_begins[c] > inside;

		inside = word_bytes[c];
		if (begins)
			found = phrase_at(text, at, true);
	}
	return found;
}

/* The first phrase that stands anywhere near the ends of `text`, from `first`
   on. */
static const struct stemma_phrase *
find_inside(struct stemma_view text, size_t first)
{
	size_t end = text.size - 1, at = end;
	const struct stemma_phrase *found;

	if (first >= end)
		return NULL;
	if (at > STEMMA_PHRASE_HEAD + 1)
		at = STEMMA_PHRASE_HEAD + 1;
	if (at < first)
		at = first;
	found = scan(text, first, at, true);
	if (!found && at < end && at + STEMMA_PHRASE_TAIL < text.size) {
		unsigned char c = (unsigned char)text.bytes[at];

		/* Whether it may begin there is told by what was left. */
		at = text.size - STEMMA_PHRASE_TAIL;
		if ((c & 0xc0) != 0x80 &&
			(c >= 0x80 || !is_word_byte(c) ||
				!is_word_byte(
					(unsigned char)text.bytes[at - 1])))
			found = phrase_at(text, at, true);
		at++;
	}
	return found ? found : scan(text, at, end, at == first);
}

const struct stemma_phrase *
stemma_phrases_find(struct stemma_view text)
{
	size_t first = marks_in_front(text), number;
	const struct stemma_phrase *found = NULL;

	if (first + 1 < text.size)
		found = phrase_at(text, first, false);
	if (!found && (number = number_in_front(text)) > 0 &&
		number + 1 < text.size) {
		found = phrase_at(text, number, false);
		if (found && found->place != STEMMA_PLACE_WHOLE)
			found = NULL;
	}
	return found || text.size == 0 ? found : find_inside(text, first);
}
