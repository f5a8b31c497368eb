/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "phrases.h"
#include "shape.h"

/* Bytes at both ends of a paragraph in which a phrase may stand. */
#define HEAD 96
#define TAIL 80

#define WORDS(class, language, words)
#define PHRASE(shape, place, text) \
	{text, sizeof text - 1, STEMMA_SHAPE_##shape, STEMMA_PLACE_##place},

static const struct stemma_phrase table[] = {
#include "cues.def"
};

#define COUNT (sizeof table / sizeof *table)

_Static_assert(COUNT <= STEMMA_PHRASES_MAX, "make the index larger");

static unsigned
row_of(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (b[0] * 7u + b[1] * 31u) % STEMMA_PHRASE_ROWS;
}

void
stemma_phrases_index(struct stemma_phrases *phrases)
{
	uint16_t next[STEMMA_PHRASE_ROWS];

	memset(phrases->rows, 0, sizeof phrases->rows);
	for (size_t k = 0; k < COUNT; k++)
		phrases->rows[row_of(table[k].text) + 1]++;
	for (size_t k = 0; k < STEMMA_PHRASE_ROWS; k++) {
		phrases->rows[k + 1] =
			(uint16_t)(phrases->rows[k + 1] + phrases->rows[k]);
		next[k] = phrases->rows[k];
	}
	for (size_t k = 0; k < COUNT; k++)
		phrases->order[next[row_of(table[k].text)]++] = (uint16_t)k;
}

static bool
is_word_byte(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') ||
	       ((c | 32) >= 'a' && (c | 32) <= 'z');
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

/* Whether what follows a label sets it apart: ":", "|", "-", "." or the end. */
static bool
ends_label(struct stemma_view text, size_t at)
{
	while (at < text.size && text.bytes[at] == ' ')
		at++;
	if (at == text.size || strchr(":|-/.>)]", text.bytes[at]))
		return true;
	return text.size - at >= 3 &&
	       (memcmp(text.bytes + at, "\xef\xbc\x9a", 3) == 0 ||
		       memcmp(text.bytes + at, "\xe2\x80\xa2", 3) == 0);
}

/* The longest phrase at `at`; only those that may stand ANYwhere, unless that
   is the beginning. */
static const struct stemma_phrase *
phrase_at(const struct stemma_phrases *phrases, struct stemma_view text,
	size_t at, size_t first)
{
	const struct stemma_phrase *best = NULL;
	unsigned row = row_of(text.bytes + at);

	for (uint16_t k = phrases->rows[row]; k < phrases->rows[row + 1]; k++) {
		const struct stemma_phrase *p = &table[phrases->order[k]];

		if (p->size > text.size - at ||
			(best && p->size <= best->size) ||
			(at > first && p->place != STEMMA_PLACE_ANY) ||
			memcmp(text.bytes + at, p->text, p->size) != 0 ||
			!ends_word(text, at + p->size) ||
			(p->place == STEMMA_PLACE_LABEL &&
				!ends_label(text, at + p->size)))
			continue;
		best = p;
	}
	return best;
}

const struct stemma_phrase *
stemma_phrases_find(
	const struct stemma_phrases *phrases, struct stemma_view text)
{
	const struct stemma_phrase *found = NULL;
	size_t first = 0;

	/* Marks in front: "» Read more", "[Correction: …]". */
	while (first < text.size && first < 6 &&
		!is_word_byte((unsigned char)text.bytes[first]) &&
		text.bytes[first] != '(')
		first++;
	for (size_t at = first; !found && at + 1 < text.size; at++) {
		unsigned char c = (unsigned char)text.bytes[at];

		if (at > HEAD && at + TAIL < text.size)
			at = text.size - TAIL;
		if ((c & 0xc0) == 0x80 ||
			(c < 0x80 && at > first && is_word_byte(c) &&
				is_word_byte(
					(unsigned char)text.bytes[at - 1])))
			continue;
		found = phrase_at(phrases, text, at, first);
	}
	return found;
}
