/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shape.h"

/* Words that a heading has at most; if it asks a question. */
#define HEADING_WORDS 25
#define QUESTION_WORDS 8

struct stemma_paragraph *
stemma_paragraphs_find(
	size_t *count, const struct stemma_doc *doc, struct stemma_arena *arena)
{
	struct stemma_paragraph *paragraphs =
		stemma_arena_alloc(arena, doc->unit_count, sizeof *paragraphs);

	*count = 0;
	for (size_t k = 0; paragraphs && k < doc->unit_count; k++) {
		const struct stemma_unit *unit = &doc->units[k];

		if (*count && doc->units[k - 1].paragraph == unit->paragraph) {
			paragraphs[*count - 1].unit_count++;
			paragraphs[*count - 1].span.end = unit->end;
			continue;
		}
		paragraphs[(*count)++] =
			(struct stemma_paragraph){.first_unit = (uint32_t)k,
				.unit_count = 1,
				.span = {unit->start, unit->end}};
	}
	return paragraphs;
}

static bool
is_closing_mark(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xbb ||
	       (c >= 0x2018 && c <= 0x201f) || c == 0x300d || c == 0x300f ||
	       c == 0xff09 || c == 0x203a;
}

static bool
is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == ';' || c == ':' || c == ',' ||
	       c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1b ||
	       c == 0xff1a || c == 0xff0c || c == 0x3001 || c == 0x61b ||
	       c == 0x60c || c == 0x6d4 || c == 0x964;
}

static bool
is_question(uint32_t c)
{
	return c == '?' || c == 0xff1f || c == 0x61f;
}

static bool
is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) ||
	       (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000);
}

/* The last code point that is no closing mark or white space. */
static uint32_t
last_point(struct stemma_view text)
{
	size_t at = text.size, size;

	while (at) {
		uint32_t c;

		do
			at--;
		while (at && ((unsigned char)text.bytes[at] & 0xc0) == 0x80);
		c = stemma_code_point(text, at, &size);
		if (c > ' ' && c != 0xa0 && !is_closing_mark(c))
			return c;
	}
	return 0;
}

/* About how many words `text` has, and whether it has a letter or digit. */
static uint32_t
count_words(struct stemma_view text, bool *letters)
{
	uint32_t words = 0, wide = 0;
	bool inside = false;
	size_t size;

	*letters = false;
	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);
		bool letter =
			(c >= '0' && c <= '9') || (c | 32) - 'a' < 26u ||
			(c >= 0xaa && c != 0xab && c != 0xb7 && c != 0xbb &&
				c != 0xd7 && c != 0xf7 &&
				!(c >= 0x2000 && c < 0x2c00) &&
				!(c >= 0x3000 && c < 0x3005) &&
				!(c >= 0xfe00 && c < 0xfe10) && c < 0x1f000);

		*letters |= letter;
		if (is_wide(c)) {
			wide++;
			inside = false;
		} else {
			words += !inside && c > ' ' && c != 0xa0;
			inside = c > ' ' && c != 0xa0;
		}
	}
	return words + wide / 2;
}

static enum stemma_shape
shape_of(struct stemma_view text, bool last)
{
	uint32_t end = last_point(text);
	bool letters;
	uint32_t words;

	if (text.size > 400)
		return STEMMA_SHAPE_BODY;
	words = count_words(text, &letters);
	if (!letters)
		return STEMMA_SHAPE_RULE;
	if (last || is_stop(end))
		return STEMMA_SHAPE_BODY;
	return words <= (is_question(end) ? QUESTION_WORDS : HEADING_WORDS)
		       ? STEMMA_SHAPE_HEADING
		       : STEMMA_SHAPE_BODY;
}

enum stemma_code
stemma_shapes_tell(struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_doc *doc, struct stemma_arena *scratch)
{
	(void)scratch;
	for (size_t k = 0; k < count; k++)
		paragraphs[k].shape = (uint8_t)shape_of(
			stemma_view_cut(doc->text, paragraphs[k].span),
			k + 1 == count);
	return STEMMA_OK;
}
