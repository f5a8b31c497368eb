/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/eight.h"
#include "cues.h"
#include "look.h"

/* Bytes of a word, about, where no blanks are between them. */
#define UNSPACED_BYTES 9

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

/* Fold what is ASCII from `text` on, eight bytes at a time; returns how many
   of `size` were. */
static size_t
fold_plain(char *room, const char *text, size_t size)
{
	uint64_t bytes, capitals;
	size_t at = 0;

	for (; size - at >= sizeof bytes; at += sizeof bytes) {
		memcpy(&bytes, text + at, sizeof bytes);
		if (bytes & STEMMA_EACH(0x80))
			break;
		capitals = stemma_in_range(bytes, 'A', 'Z' + 1) &
			   STEMMA_EACH(0x80u);
		bytes |= capitals >> 2;
		memcpy(room + at, &bytes, sizeof bytes);
	}
	return at;
}

size_t
stemma_look_fold(char *room, struct stemma_view text)
{
	size_t size, to = 0;

	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c, small;

		size = fold_plain(room + to, text.bytes + at, text.size - at);
		if (size) {
			to += size;
			continue;
		}
		c = stemma_look_point(text, at, &size);
		small = small_of(c);

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

bool
stemma_point_is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0x660 && c < 0x66a) ||
	       (c >= 0x6f0 && c < 0x6fa) || (c >= 0xff10 && c < 0xff1a);
}

/* What follows a number: '/' a calendar date, ':' a time, '.' perhaps one, 0
   neither. Reads "3/5/2024", "18:40", "18h40" and "18.40"; `*end` becomes
   where they end. */
static char
date_at(struct stemma_view text, size_t at, size_t *end)
{
	unsigned digits[3] = {0}, groups = 0;
	char marks[3] = {0};
	size_t size;

	*end = at;
	for (; at < text.size; at += size) {
		uint32_t c = stemma_look_point(text, at, &size);

		if (stemma_point_is_digit(c)) {
			digits[groups]++;
			*end = at + size;
		} else if (groups < 2 && digits[groups] &&
			   (c == '/' || c == '.' || c == '-' || c == ':' ||
				   c == 'h' || c == 0xff1a)) {
			marks[groups++] = c == 0xff1a ? ':' : (char)c;
		} else {
			break;
		}
	}
	if (groups == 2 && marks[0] == marks[1] && marks[0] != ':' &&
		digits[1] <= 2 && digits[1] && digits[0] + digits[2] >= 4 &&
		digits[0] + digits[2] <= 6)
		return '/';
	if (groups >= 1 && (marks[0] == ':' || marks[0] == 'h') &&
		digits[0] <= 2 && digits[1] == 2)
		return ':';
	if (groups == 1 && marks[0] == '.' && digits[0] <= 2 && digits[1] == 2)
		return '.';
	return 0;
}

/* Take note of the number at `at`; returns where it ends. */
static size_t
look_at_number(struct stemma_look *look, struct stemma_view text, size_t at)
{
	size_t end, size;
	char kind = date_at(text, at, &end);

	look->numbers++;
	look->calendar += kind == '/';
	look->clocks += kind == ':';
	look->points += kind == '.';
	if (kind)
		return end;
	while (at < text.size) {
		uint32_t c = stemma_look_point(text, at, &size);

		if (!is_letter(c) || is_wide(c))
			break;
		at += size;
	}
	return at;
}

/* Whether words of the script have no blanks between them: Thai to Burmese,
   Khmer. */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0xe01 && c < 0xf00) || (c >= 0x1000 && c < 0x10a0) ||
	       (c >= 0x1780 && c < 0x1800);
}

/* Take note of the word that starts with `c`. */
static void
look_at_word(struct stemma_look *look, struct stemma_view word, uint32_t c)
{
	char room[STEMMA_CUE_MAX];
	int letter_case = case_of(c);
	uint32_t cues = 0, known;
	size_t size;

	room[0] = '\0';
	if (word.size < sizeof room)
		cues = stemma_cue_classes(
			stemma_cue_hash(room, stemma_look_fold(room, word)),
			~0u, NULL);
	known = STEMMA_CUE_MONTH | STEMMA_CUE_TIME | STEMMA_CUE_DATEWORD |
		STEMMA_CUE_FILLER;
	look->dates += (cues & (STEMMA_CUE_MONTH | STEMMA_CUE_TIME |
				       STEMMA_CUE_DATEWORD)) != 0;
	look->days += (cues & (STEMMA_CUE_MONTH | STEMMA_CUE_TIME)) != 0;
	look->fillers += (cues & STEMMA_CUE_FILLER) != 0;
	look->plain += (cues & known) == 0;
	look->titles += (cues & STEMMA_CUE_TITLE) != 0;
	look->roles += (cues & STEMMA_CUE_ROLE) != 0;
	look->firsts += (cues & STEMMA_CUE_FIRST) != 0 && room[0] != 'y';
	look->joins += (cues & STEMMA_CUE_JOIN) != 0;
	look->agencies += (cues & STEMMA_CUE_AGENCY) != 0;
	look->capitals += letter_case > 0;
	look->smalls += letter_case < 0 && !(cues & STEMMA_CUE_PARTICLE);
	stemma_look_point(word, 0, &size);
	if (is_unspaced(c))
		look->words += (uint32_t)(word.size / UNSPACED_BYTES);
	look->shouts += letter_case > 0 && size < word.size &&
			case_of(stemma_look_point(word, size, &size)) > 0;
}

/* Take note of one character of a script without blanks. */
static void
look_at_wide(struct stemma_look *look, struct stemma_view text, size_t at,
	size_t size, uint32_t c)
{
	uint32_t cues = stemma_cue_classes(
		stemma_cue_hash(text.bytes + at, size), STEMMA_CUES_ZH, NULL);
	bool date = (cues & (STEMMA_CUE_MONTH | STEMMA_CUE_DATEWORD)) != 0;

	look->wide += is_letter(c);
	look->dates += date;
	look->days += (cues & STEMMA_CUE_MONTH) != 0;
	look->fillers += date;
	look->firsts += (cues & STEMMA_CUE_FIRST) != 0;
	look->stops += c == 0x3002 && at + size < text.size;
}

/* The bytes of the letters from `at` on. */
static size_t
letters_end(struct stemma_view text, size_t at)
{
	size_t size;

	while (at < text.size) {
		uint32_t c = stemma_look_point(text, at, &size);

		if (!is_letter(c) || is_wide(c))
			break;
		at += size;
	}
	return at;
}

static bool
is_address(struct stemma_view text, size_t at)
{
	return (text.bytes[at] == '@' && at > 0 && at + 1 < text.size &&
		       text.bytes[at - 1] > ' ' && text.bytes[at + 1] > ' ') ||
	       (text.size - at > 4 &&
		       (memcmp(text.bytes + at, "www.", 4) == 0 ||
			       memcmp(text.bytes + at, "://", 3) == 0));
}

/* The letters, number or mark at `at`; returns where they end. */
static size_t
look_at_point(struct stemma_look *look, struct stemma_view text, size_t at,
	size_t size, uint32_t c)
{
	size_t end = at + size;

	look->letters = look->letters || is_letter(c);
	look->address = look->address || is_address(text, at);
	if (is_wide(c)) {
		look_at_wide(look, text, at, size, c);
	} else if (stemma_point_is_digit(c)) {
		end = look_at_number(look, text, at);
	} else if (is_letter(c)) {
		end = letters_end(text, at);
		look_at_word(look,
			(struct stemma_view){text.bytes + at, end - at}, c);
	}
	return end;
}

void
stemma_look_at(struct stemma_look *look, struct stemma_view text)
{
	uint32_t before = 0;
	bool inside = false;
	size_t size, end;

	*look = (struct stemma_look){0};
	for (size_t at = 0; at < text.size; at = end) {
		uint32_t c = stemma_look_point(text, at, &size);

		end = at + size;
		if (!look->first)
			look->first = c;
		if (c <= ' ' || c == 0xa0 || c == 0x202f || c == 0x3000) {
			look->stops += before == '.' || before == '!' ||
				       stemma_point_is_question(before);
			inside = false;
			continue;
		}
		look->final = c;
		look->quotes += stemma_point_is_quote(c);
		look->words += !inside && !is_wide(c);
		inside = !is_wide(c);
		if (!stemma_point_is_closing(c))
			look->last = before = c;
		end = look_at_point(look, text, at, size, c);
	}
	look->words += look->wide / 2;
	look->plain += (look->wide - (look->wide < look->dates ? look->wide
							       : look->dates)) /
		       2;
}
