/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "cues.h"
#include "look.h"

bool
stemma_point_is_closing(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xbb ||
	       (c >= 0x2018 && c <= 0x201f) || c == 0x300d || c == 0x300f ||
	       c == 0xff09 || c == 0x203a || c == 0x300b;
}

bool
stemma_point_is_quote(uint32_t c)
{
	return c == '"' || c == 0xab || c == 0xbb ||
	       (c >= 0x201c && c <= 0x201f) || (c >= 0x300c && c <= 0x300f);
}

bool
stemma_point_is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == ';' || c == ':' || c == ',' ||
	       c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1b ||
	       c == 0xff1a || c == 0xff0c || c == 0x3001 || c == 0x61b ||
	       c == 0x60c || c == 0x6d4 || c == 0x964;
}

bool
stemma_point_is_question(uint32_t c)
{
	return c == '?' || c == 0xff1f || c == 0x61f;
}

static bool
is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) ||
	       (c >= 0xf900 && c < 0xfb00) || (c >= 0x20000 && c < 0x40000);
}

static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c | 32) - 'a' < 26u;
	return c >= 0xaa && c != 0xab && c != 0xb7 && c != 0xbb && c != 0xd7 &&
	       c != 0xf7 && !(c >= 0x2000 && c < 0x2c00) &&
	       !(c >= 0x3000 && c < 0x3005) && !(c >= 0x3008 && c < 0x3021) &&
	       !(c >= 0xfe00 && c < 0xfe70) && !(c >= 0xff00 && c < 0xff10) &&
	       !(c >= 0xff1a && c < 0xff21) && c != 0x60c && c != 0x61b &&
	       c != 0x61f && c != 0x6d4 && c < 0x1f000;
}

/* 1: a capital letter, -1: a small one, 0: neither. Latin, Greek, Cyrillic. */
static int
case_of(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -1 : 0;
	if (c >= 0xc0 && c < 0x100)
		return c < 0xdf ? 1 : -1;
	if (c >= 0x100 && c < 0x180)
		return c & 1 ? -1 : 1;
	if (c >= 0x391 && c < 0x3d0)
		return c < 0x3aa ? 1 : -1;
	if (c >= 0x400 && c < 0x460)
		return c < 0x430 ? 1 : -1;
	return 0;
}

/* The small letter of a capital one. */
static uint32_t
small_of(uint32_t c)
{
	if (case_of(c) <= 0)
		return c;
	if (c >= 0x100 && c < 0x180)
		return c + 1;
	return c + (c >= 0x400 && c < 0x410 ? 80 : 32);
}

size_t
stemma_look_fold(char *room, struct stemma_view text)
{
	size_t size, to = 0;

	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);
		uint32_t small = small_of(c);

		if (c == 0x2018 || c == 0x2019) {
			room[to++] = '\'';
		} else if (c < 0x80) {
			room[to++] = (char)small;
		} else if (small != c && size == 2) {
			room[to++] = (char)(0xc0 | small >> 6);
			room[to++] = (char)(0x80 | (small & 0x3f));
		} else if (c < 0x200b || c > 0x200f) {
			memcpy(room + to, text.bytes + at, size);
			to += size;
		}
	}
	return to;
}

static bool
is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0x660 && c < 0x66a) ||
	       (c >= 0x6f0 && c < 0x6fa) || (c >= 0xff10 && c < 0xff1a);
}

/* Take note of the word that starts with `c`. */
static void
look_at_word(struct stemma_look *look, struct stemma_view word, uint32_t c)
{
	char room[STEMMA_CUE_MAX];
	int letter_case = case_of(c);
	struct stemma_view folded = {room, word.size};
	uint32_t cues = 0;

	if (is_digit(c)) {
		look->numbers++;
		return;
	}
	/* Folding the first letter is enough for most words of dates. */
	if (word.size < sizeof room) {
		memcpy(room, word.bytes, word.size);
		for (size_t k = 0; k < word.size; k++) {
			if (room[k] >= 'A' && room[k] <= 'Z')
				room[k] = (char)(room[k] + 32);
		}
		cues = stemma_cue_classes(
			stemma_cue_hash(folded.bytes, folded.size), ~0u, NULL);
	}
	look->dates += (cues & (STEMMA_CUE_MONTH | STEMMA_CUE_TIME |
				       STEMMA_CUE_DATEWORD)) != 0;
	look->titles += (cues & STEMMA_CUE_TITLE) != 0;
	look->capitals += letter_case > 0;
	look->smalls += letter_case < 0 && !(cues & STEMMA_CUE_PARTICLE);
}

/* The bytes of the letters from `at` on. */
static size_t
letters_end(struct stemma_view text, size_t at)
{
	size_t size;

	while (at < text.size) {
		uint32_t c = stemma_code_point(text, at, &size);

		if (!is_letter(c) || is_wide(c))
			break;
		at += size;
	}
	return at;
}

void
stemma_look_at(struct stemma_look *look, struct stemma_view text)
{
	uint32_t wide = 0, before = 0;
	bool inside = false;
	size_t size;

	*look = (struct stemma_look){0};
	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);
		bool blank = c <= ' ' || c == 0xa0 || c == 0x3000;

		if (!look->first)
			look->first = c;
		if (blank) {
			look->stops += before == '.' || before == '!' ||
				       stemma_point_is_question(before);
			inside = false;
			continue;
		}
		look->final = c;
		look->quotes += stemma_point_is_quote(c);
		if (is_wide(c)) {
			uint32_t cues = stemma_cue_classes(
				stemma_cue_hash(text.bytes + at, size),
				STEMMA_CUES_ZH, NULL);

			wide += is_letter(c);
			look->dates +=
				(cues & (STEMMA_CUE_MONTH |
						STEMMA_CUE_DATEWORD)) != 0;
			look->stops += c == 0x3002 && at + size < text.size;
			inside = false;
		} else if (!inside) {
			look->words++;
			inside = true;
		}
		if (is_letter(c)) {
			look->letters = true;
			if (!is_wide(c)) {
				size_t end = letters_end(text, at);

				look_at_word(look,
					(struct stemma_view){
						text.bytes + at, end - at},
					c);
				size = end - at;
			}
		}
		if (!stemma_point_is_closing(c)) {
			look->last = c;
			before = c;
		}
	}
	look->words += wide / 2;
}
