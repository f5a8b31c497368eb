/*
 * look.h - what a short paragraph looks like at a glance.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_LOOK_H
#define STRUCTURE_LOOK_H

#include <stemma/text.h>

struct stemma_look {
	uint32_t words;    /* about; two characters of Han count as one */
	uint32_t plain;    /* those of which nothing below is known */
	uint32_t capitals; /* words that begin with a capital letter */
	uint32_t smalls;   /* words that begin with a small one, in scripts
	                      that have both, particles of names left out */
	uint32_t shouts;   /* words of two capital letters or more, no small */
	uint32_t numbers;  /* words that begin with a digit */
	uint32_t dates;    /* words of dates and times */
	uint32_t days;     /* those that name a month or a day */
	uint32_t fillers;  /* words that stand between them: at, de, Uhr */
	uint32_t calendar; /* dates in digits: 3/5/2024 */
	uint32_t clocks;   /* times in digits: 18:40, 18h40 */
	uint32_t points;   /* what may be one: 18.40 */
	uint32_t titles;   /* words that stand before names */
	uint32_t roles;    /* professions of those who write */
	uint32_t firsts;   /* words of the first person */
	uint32_t joins;    /* words between names: and, mit */
	uint32_t agencies; /* names of agencies and archives of pictures */
	uint32_t wide;     /* letters of Han and other scripts without blanks */
	uint32_t stops;    /* sentence ends inside */
	uint32_t quotes;   /* quotation marks */
	uint32_t first;    /* first code point */
	uint32_t last;     /* last code point that is no closing mark */
	uint32_t final;    /* last code point of all */
	bool letters;      /* it has a letter or digit at all */
	bool address;      /* an address of the net or of mail */
};

/* Look at `text`, with white space at its ends cut off. O(bytes). */
void stemma_look_at(struct stemma_look *look, struct stemma_view text);

/*
 * Fold the letters of Latin, Greek and Cyrillic to small ones and apostrophes
 * to plain ones, for the phrases of cues.def: `text` into `room`, which has as
 * many bytes; returns the size. Invisible joiners are left out.
 */
size_t stemma_look_fold(char *room, struct stemma_view text);

/* stemma_code_point, without a call for ASCII. */
static inline uint32_t
stemma_look_point(struct stemma_view text, size_t at, size_t *size)
{
	unsigned char c = (unsigned char)text.bytes[at];

	*size = 1;
	return c < 0x80 ? c : stemma_code_point(text, at, size);
}

/* Classes of code points, in the scripts of the eight languages. */
bool stemma_point_is_stop(uint32_t c); /* ends a clause: no heading */
bool stemma_point_is_question(uint32_t c);
bool stemma_point_is_closing(uint32_t c); /* brackets and quotation marks */
bool stemma_point_is_quote(uint32_t c);
bool stemma_point_is_digit(uint32_t c);

#endif
