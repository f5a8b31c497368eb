/*
 * pages.h - pages of prose made from a seed, in scripts that put spaces between
 * words and in scripts that do not.
 *
 *     page -> paragraphs -> pieces     a piece is a word and what follows it
 *
 * A page stays in pieces until it is written out, so that revise.h can change
 * words and sentences of any script without knowing about its rules.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_PAGES_H
#define STEMMA_TESTS_PAGES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MOST_PIECES 160
#define MOST_PARAGRAPHS 40

struct piece {
	char bytes[160]; /* UTF-8, NUL-terminated, with the space after it */
	bool ends_sentence;
};

struct paragraph {
	struct piece pieces[MOST_PIECES];
	uint32_t count;
};

struct page {
	struct paragraph paragraphs[MOST_PARAGRAPHS];
	uint32_t count;
};

/* ---- chance ------------------------------------------------------------ */

/* splitmix64 (Steele, Lea and Flood 2014): the same numbers everywhere. */
static inline uint64_t
random_next(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static inline uint32_t
random_below(uint64_t *seed, uint32_t bound)
{
	return (uint32_t)(random_next(seed) % bound);
}

static inline bool
random_chance(uint64_t *seed, uint32_t percent)
{
	return random_below(seed, 100) < percent;
}

/* ---- scripts ----------------------------------------------------------- */

struct script {
	const char *name;
	const char *syllables[24]; /* words are made of these, or … */
	uint32_t syllable_count;
	uint32_t first_point, points; /* … of these code points */
	const char *space, *comma, *stop;
};

static const struct script scripts[] = {
	{"Latin",
		{"ka", "lo", "mer", "tin", "sa", "vel", "or", "du", "ni", "spe",
			"gra", "ho", "ë", "ță", "bø", "ling", "mo", "ra", "te",
			"ur"},
		20, 0, 0, " ", ", ", ". "},
	{"Cyrillic",
		{"ка", "ло", "мер", "тин", "са", "вел", "ор", "ду", "ни", "спе",
			"гра", "хо", "ё", "й", "бы", "щик", "мо", "ра", "те",
			"ъя"},
		20, 0, 0, " ", ", ", ". "},
	{"Arabic",
		{"كت", "با", "مد", "ين", "سل", "ور", "ها", "تو", "دَ", "قِ", "شّ",
			"لا", "أم", "ئي", "ؤو", "ذر"},
		16, 0, 0, " ", "، ", ". "},
	{"Devanagari",
		{"क", "का", "कि", "स्त", "न्त्र", "मी", "रू", "ले", "पो", "हँ", "जं",
			"क़", "श्री", "ये", "टु", "धा"},
		16, 0, 0, " ", ", ", "। "},
	{"Thai",
		{"กา", "ที่", "น้ำ", "เรือ", "ไป", "มัน", "ดี", "ผู้", "ขาย", "ลม",
			"โต๊ะ", "ปู", "ชื่อ", "ใหญ่", "ต้น", "เก็บ"},
		16, 0, 0, "", " ", " "},
	{"Chinese", {NULL}, 0, 0x4e00, 3000, "", "，", "。"},
	{"emoji",
		{"👨‍👩‍👧‍👦", "👩🏽‍🚀", "🇳🇴", "🇸🇪",
			"❤️", "☎", "1️⃣", "👍🏿", "🏴‍☠️",
			"🧑🏻‍🤝‍🧑🏾", "🦊", "🚢", "⛴", "🌊",
			"📰", "🗞️"},
		16, 0, 0, " ", ", ", "! "},
};

#define SCRIPT_COUNT (sizeof scripts / sizeof *scripts)

static inline void
append_point(char *bytes, uint32_t point)
{
	char three[4] = {(char)(0xe0 | point >> 12),
		(char)(0x80 | (point >> 6 & 0x3f)),
		(char)(0x80 | (point & 0x3f)), '\0'};

	strcat(bytes, three);
}

/* A word of the script; small numbers, which are common words, come often. */
static inline void
make_word(char *bytes, const struct script *script, uint64_t *seed)
{
	uint32_t number = random_below(seed, 1 + random_below(seed, 6000));

	*bytes = '\0';
	if (random_chance(seed, 4)) {
		sprintf(bytes, random_chance(seed, 40) ? "%u.%u" : "%u",
			1 + random_below(seed, 400), random_below(seed, 10));
		return;
	}
	do {
		if (script->points) {
			append_point(bytes,
				script->first_point + number % script->points);
			number /= script->points;
		} else {
			strcat(bytes,
				script->syllables[number %
						  script->syllable_count]);
			number /= script->syllable_count;
		}
	} while (number);
}

/* ---- pages ------------------------------------------------------------- */

static inline void
make_piece(struct piece *piece, const struct script *script, uint64_t *seed)
{
	make_word(piece->bytes, script, seed);
	strcat(piece->bytes,
		random_chance(seed, 8) ? script->comma : script->space);
	piece->ends_sentence = false;
}

/* A sentence after what the paragraph has, sometimes in quotation marks. */
static inline void
make_sentence(struct paragraph *paragraph, const struct script *script,
	uint64_t *seed)
{
	uint32_t words = 5 + random_below(seed, 16);
	uint32_t first = paragraph->count;
	bool quoted = random_chance(seed, 15);
	struct piece *last;

	if (paragraph->count + words > MOST_PIECES)
		return;
	for (uint32_t k = 0; k < words; k++)
		make_piece(
			&paragraph->pieces[paragraph->count++], script, seed);
	last = &paragraph->pieces[paragraph->count - 1];
	make_word(last->bytes, script, seed);
	strcat(last->bytes, quoted ? "”" : "");
	strcat(last->bytes, script->stop);
	last->ends_sentence = true;
	if (quoted) {
		struct piece *opens = &paragraph->pieces[first];
		memmove(opens->bytes + strlen("“"), opens->bytes,
			strlen(opens->bytes) + 1);
		memcpy(opens->bytes, "“", strlen("“"));
	}
}

static inline void
make_paragraph(struct paragraph *paragraph, const struct script *script,
	uint64_t *seed)
{
	uint32_t sentences = 1 + random_below(seed, 5);

	paragraph->count = 0;
	for (uint32_t k = 0; k < sentences; k++)
		make_sentence(paragraph, script, seed);
}

static inline void
make_page(struct page *page, const struct script *script, uint32_t paragraphs,
	uint64_t *seed)
{
	page->count = paragraphs;
	for (uint32_t k = 0; k < paragraphs; k++)
		make_paragraph(&page->paragraphs[k], script, seed);
}

/* ---- writing ----------------------------------------------------------- */

struct layout {
	const char *between, *after; /* between paragraphs, after the last */
	const char *mark;            /* a byte order mark, or nothing */
	uint32_t
		wrap; /* a line is broken after about that many bytes; 0: not */
};

static const struct layout layouts[] = {
	{"\n\n", "\n", "", 0},
	{"\n", "\n", "", 0},
	{"\r\n\r\n", "\r\n", "", 0},
	{"\r", "\r", "", 0},
	{"\n\n", "", "", 0},
	{"\n \n\t\n", "\n\n\n", "", 0},
	{"\n\n", "\n", "\xef\xbb\xbf", 0},
	{"\n\n", "\n", "", 60},
	{"\xe2\x80\xa9", "", "", 0},
};

#define LAYOUT_COUNT (sizeof layouts / sizeof *layouts)

static inline void
write_paragraph(struct stemma_out *out, const struct paragraph *paragraph,
	uint32_t wrap)
{
	size_t line = 0;

	for (uint32_t k = 0; k < paragraph->count; k++) {
		const char *bytes = paragraph->pieces[k].bytes;
		size_t size = strlen(bytes);
		bool spaced = size && bytes[size - 1] == ' ';
		bool last = k + 1 == paragraph->count;

		line += size;
		size -= spaced;
		stemma_out_bytes(out, bytes, size);
		if (!spaced || last)
			continue;
		if (wrap && line > wrap) {
			stemma_out_char(out, '\n');
			line = 0;
		} else {
			stemma_out_char(out, ' ');
		}
	}
}

static inline void
write_page(struct stemma_out *out, const struct page *page,
	const struct layout *layout)
{
	stemma_out_string(out, layout->mark);
	for (uint32_t k = 0; k < page->count; k++) {
		if (k)
			stemma_out_string(out, layout->between);
		write_paragraph(out, &page->paragraphs[k], layout->wrap);
	}
	stemma_out_string(out, layout->after);
}

#endif
