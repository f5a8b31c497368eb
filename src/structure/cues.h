/*
 * cues.h - what is known of single words: the classes of cues.def, found by
 * the hash of the folded word.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_CUES_H
#define STRUCTURE_CUES_H

#include <stdint.h>

#include <stemma/base.h>

/* Classes of words: a set of bits. The order is that of the generator. */
enum {
	STEMMA_CUE_STOP = 1 << 0, /* says nothing about the subject */
	STEMMA_CUE_PRONOUN = 1 << 1,
	STEMMA_CUE_FIRST = 1 << 2,      /* the first person */
	STEMMA_CUE_CONNECTIVE = 1 << 3, /* goes on from what was said */
	STEMMA_CUE_LINK = 1 << 4,       /* often does */
	STEMMA_CUE_DEFINITE = 1 << 5,
	STEMMA_CUE_INDEFINITE = 1 << 6,
	STEMMA_CUE_SAY = 1 << 7,
	STEMMA_CUE_TIME = 1 << 8, /* a day of the week, today */
	STEMMA_CUE_MONTH = 1 << 9,
	STEMMA_CUE_DATEWORD = 1 << 10, /* other words of dates */
	STEMMA_CUE_PERFECT = 1 << 11,
	STEMMA_CUE_TITLE = 1 << 12,    /* stands before names */
	STEMMA_CUE_PARTICLE = 1 << 13, /* stands inside names */
	STEMMA_CUE_NEGATION = 1 << 14,
	STEMMA_CUE_NUMERAL = 1 << 15,
	STEMMA_CUE_UNIT = 1 << 16,
	STEMMA_CUE_HEDGE = 1 << 17,
	STEMMA_CUE_BYLINE = 1 << 18,
	STEMMA_CUE_ABBREVIATION = 1 << 19, /* its full stop ends nothing */
	STEMMA_CUE_FILLER = 1 << 20,       /* stands between words of dates */
	STEMMA_CUE_ROLE = 1 << 21,         /* a profession of writers */
	STEMMA_CUE_AGENCY = 1 << 22,       /* of news or pictures */
	STEMMA_CUE_JOIN = 1 << 23          /* stands between names of authors */
};

/* Languages: a set of bits in cue_table.c, one of them for a page. */
enum {
	STEMMA_CUES_EN = 1 << 0,
	STEMMA_CUES_DE = 1 << 1,
	STEMMA_CUES_FR = 1 << 2,
	STEMMA_CUES_ES = 1 << 3,
	STEMMA_CUES_RU = 1 << 4,
	STEMMA_CUES_AR = 1 << 5,
	STEMMA_CUES_FA = 1 << 6,
	STEMMA_CUES_ZH = 1 << 7
};

#define STEMMA_CUES_LANGUAGES 8

/* Most bytes of a word that is folded at all; no cue is longer. */
#define STEMMA_CUE_MAX 64

/* The hash of a folded word by which the tables are ordered: FNV-1a. */
uint32_t stemma_cue_hash(const char *bytes, size_t size);

/* The hash of a word that goes on with these bytes, from that of what is in
   front of them. */
static inline uint32_t
stemma_cue_hash_on(uint32_t hash, const char *bytes, size_t size)
{
	for (size_t k = 0; k < size; k++)
		hash = (hash ^ (unsigned char)bytes[k]) * 16777619u;
	return hash;
}

/*
 * The classes of a folded word in the languages `languages`. `found`, which
 * may be NULL, becomes the set of languages in which the word is a STOP word.
 */
uint32_t stemma_cue_classes(uint32_t hash, unsigned languages, unsigned *found);

struct stemma_cue_entry;

/* The entries of the table that have a hash, `*count` of them. */
const struct stemma_cue_entry *stemma_cue_entries(uint32_t hash, size_t *count);

/*
 * The word `text` folded: lower case, plain apostrophes, without "'s" behind
 * it or "l'", "d'", "qu'" in front (`*skipped` becomes their bytes). Lies in
 * `room` (STEMMA_CUE_MAX bytes) or in `arena`; empty for a word that is too
 * long, or without memory.
 */
struct stemma_view stemma_cue_fold(char *room, struct stemma_view text,
	size_t *skipped, struct stemma_arena *arena);

/* ---- the table, written by tools/structure-tables ---------------------- */

struct stemma_cue_entry {
	uint32_t hash;
	uint32_t classes : 24;
	uint32_t languages : 8;
};

/* Sorted by hash; so many entries of zeros follow, so that they may be looked
   at from any place on. */
#define STEMMA_CUE_LOOKS 3
extern const struct stemma_cue_entry stemma_cue_table[];
/* Where the entries whose hash starts with these twelve bits begin. */
extern const uint16_t stemma_cue_index[4097];

#endif
