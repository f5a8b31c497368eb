/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/digest.h"

/* Graphemes of either side of an edit, and of what stands around it. */
#define SIDE_MOST 48
#define AROUND_MOST 24

/* Bytes of one piece of text: clusters can be long. */
#define PIECE_MOST 300

static void
put(struct stemma_phrase *phrase, const char *bytes, size_t size)
{
	if (size > STEMMA_PHRASE_MAX - phrase->size)
		return;
	memcpy(phrase->bytes + phrase->size, bytes, size);
	phrase->size += size;
}

void
stemma_phrase_string(struct stemma_phrase *phrase, const char *string)
{
	put(phrase, string, strlen(string));
}

void
stemma_phrase_number(struct stemma_phrase *phrase, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	put(phrase, digits + at, sizeof digits - at);
}

void
stemma_phrase_units(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison, uint64_t count)
{
	stemma_phrase_number(phrase, count);
	stemma_phrase_string(phrase, " ");
	stemma_phrase_string(phrase,
		stemma_unit_type_name(comparison->docs[STEMMA_NEW]->unit));
	if (count != 1)
		stemma_phrase_string(phrase, "s");
}

/* Whether the character that starts at `at` is white space; `*size`: its
   bytes. */
static bool
space_at(struct stemma_view text, size_t at, size_t *size)
{
	uint32_t point = stemma_code_point(text, at, size);

	return point <= ' ' || point == 0x85 || point == 0xa0 ||
	       point == 0x2028 || point == 0x2029 || point == 0x3000;
}

static bool
is_space(struct stemma_view text, size_t at)
{
	size_t size;

	return space_at(text, at, &size);
}

/* Whether white space ends at `at`, which is not the start of the text. */
static bool
is_space_before(struct stemma_view text, size_t at)
{
	do
		at--;
	while (at && ((unsigned char)text.bytes[at] & 0xc0) == 0x80);
	return is_space(text, at);
}

void
stemma_phrase_text(
	struct stemma_phrase *phrase, struct stemma_view text, size_t graphemes)
{
	size_t at = 0, count = 0, used = 0;
	bool gap = false, begun = false;

	while (at < text.size) {
		size_t next = stemma_grapheme_next(text, at);

		if (is_space(text, at)) {
			gap = begun;
			at = next;
			continue;
		}
		if (count + gap >= graphemes ||
			used + gap + next - at > PIECE_MOST) {
			stemma_phrase_string(phrase, "…");
			return;
		}
		put(phrase, " ", gap);
		put(phrase, text.bytes + at, next - at);
		count += 1 + gap;
		used += gap + next - at;
		gap = false;
		begun = true;
		at = next;
	}
}

/* The unit's span that holds what a change says on `side`. */
static struct stemma_span
unit_around(const struct stemma_comparison *comparison,
	const struct stemma_link *link, int side, struct stemma_span at)
{
	const struct stemma_doc *doc = comparison->docs[side];
	struct stemma_range units = link->units[side];
	uint32_t low = units.first, high = units.first + units.count;

	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (doc->units[middle].start <= at.start)
			low = middle;
		else
			high = middle;
	}
	return (struct stemma_span){doc->units[low].start,
		doc->units[low].end > at.end ? doc->units[low].end : at.end};
}

/* Whether a sentence or clause ends with this character. */
static bool
is_stop(uint32_t point)
{
	return point == '.' || point == '!' || point == '?' || point == ';' ||
	       point == ',' || point == ':' || point == '"' || point == '(' ||
	       point == ')' || point == 0x201c || point == 0x201d ||
	       point == 0xab || point == 0xbb || point == 0x3001 ||
	       point == 0x3002 || point == 0xff0c || point == 0xff01 ||
	       point == 0xff1f || point == 0x61f || point == 0x60c ||
	       point == 0x61b;
}

/* Scripts without spaces: two characters are about a word. */
static bool
is_han(uint32_t point)
{
	return point >= 0x2e80 && point < 0xe000 && point != 0x3000;
}

/* The end of the next few words from `at` on, inside of the clause. */
static size_t
words_after(struct stemma_view text, size_t at, size_t end, int words)
{
	size_t last = at, count = 0, size;
	int han = 2 * words;
	bool inside = false;

	while (at < end && count < AROUND_MOST) {
		uint32_t point = stemma_code_point(text, at, &size);

		if (is_han(point) && han-- == 0)
			return last;
		if (is_space(text, at)) {
			if (inside && --words == 0)
				return last;
			inside = false;
		} else if (is_stop(point)) {
			return last;
		} else {
			inside = true;
			last = at + size;
		}
		at += size;
		count++;
	}
	return last;
}

/* The start of the last few words before `at`. */
static size_t
words_before(struct stemma_view text, size_t at, size_t start, int words)
{
	size_t first = at, count = 0, size;
	int han = 2 * words;
	bool inside = false;

	while (at > start && count < AROUND_MOST) {
		do
			at--;
		while (at > start &&
			((unsigned char)text.bytes[at] & 0xc0) == 0x80);
		if (is_han(stemma_code_point(text, at, &size)) && han-- == 0)
			return first;
		if (is_space(text, at)) {
			if (inside && --words == 0)
				return first;
			inside = false;
		} else if (is_stop(stemma_code_point(text, at, &size))) {
			return first;
		} else {
			inside = true;
			first = at;
		}
		count++;
	}
	return first;
}

/* A cut of the text, with the white space at the joints that it has. */
static void
put_cut(struct stemma_phrase *phrase, struct stemma_view text, size_t from,
	size_t to, size_t graphemes)
{
	bool before = from < to && is_space(text, from);
	bool after = from < to && is_space_before(text, to);

	if (before && phrase->size && phrase->bytes[phrase->size - 1] != ' ')
		stemma_phrase_string(phrase, " ");
	stemma_phrase_text(phrase,
		stemma_view_cut(text, (struct stemma_span){from, to}),
		graphemes);
	if (after && phrase->size && phrase->bytes[phrase->size - 1] != ' ')
		stemma_phrase_string(phrase, " ");
}

static bool
is_blank(struct stemma_view text, struct stemma_span at)
{
	size_t size;

	for (size_t k = at.start; k < at.end; k += size)
		if (!space_at(text, k, &size))
			return false;
	return true;
}

/* "will [-not-] close": what came or went, between its neighbours. */
static void
put_marked(struct stemma_phrase *phrase, struct stemma_view text,
	struct stemma_span unit, struct stemma_span at,
	const char *const marks[2], int words)
{
	size_t from = words_before(text, at.start, unit.start, words);
	size_t to = words_after(text, at.end, unit.end, words), size;

	put_cut(phrase, text, from, at.start, SIDE_MOST);
	while (at.start < at.end && space_at(text, at.start, &size)) {
		if (phrase->size && phrase->bytes[phrase->size - 1] != ' ')
			stemma_phrase_string(phrase, " ");
		at.start += size;
	}
	stemma_phrase_string(phrase, marks[0]);
	stemma_phrase_text(phrase, stemma_view_cut(text, at), SIDE_MOST);
	stemma_phrase_string(phrase, marks[1]);
	if (at.start < at.end && is_space_before(text, at.end))
		stemma_phrase_string(phrase, " ");
	put_cut(phrase, text, at.end, to, SIDE_MOST);
	while (phrase->size && phrase->bytes[phrase->size - 1] == ' ')
		phrase->size--;
}

void
stemma_phrase_change(struct stemma_phrase *phrase,
	const struct stemma_comparison *comparison,
	const struct stemma_link *link, const struct stemma_change *change,
	int words)
{
	static const char *const marks[2][2] = {{"[-", "-]"}, {"{+", "+}"}};
	bool blank[2];

	for (int side = 0; side < 2; side++)
		blank[side] = is_blank(
			comparison->docs[side]->text, change->at[side]);
	if (blank[0] || blank[1]) {
		int side = blank[0] ? STEMMA_NEW : STEMMA_OLD;

		put_marked(phrase, comparison->docs[side]->text,
			unit_around(comparison, link, side, change->at[side]),
			change->at[side], marks[side], words);
		return;
	}
	stemma_phrase_text(phrase,
		stemma_view_cut(comparison->docs[STEMMA_OLD]->text,
			change->at[STEMMA_OLD]),
		SIDE_MOST);
	stemma_phrase_string(phrase, " → ");
	stemma_phrase_text(phrase,
		stemma_view_cut(comparison->docs[STEMMA_NEW]->text,
			change->at[STEMMA_NEW]),
		SIDE_MOST);
	if (words && change->words[STEMMA_NEW] <= 3) {
		struct stemma_view text = comparison->docs[STEMMA_NEW]->text;
		struct stemma_span at = change->at[STEMMA_NEW];
		struct stemma_span unit =
			unit_around(comparison, link, STEMMA_NEW, at);

		put_cut(phrase, text, at.end,
			words_after(text, at.end, unit.end, words),
			AROUND_MOST);
	}
}
