/*
 * signs.h - what a word by itself may be to a reader: a numeral, a month, a
 * negation, a verb of saying, … What it is, its neighbours decide (facts.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_SIGNS_H
#define STEMMA_SRC_COMPARE_SIGNS_H

#include <stemma/text.h>

/* In the order of CLASSES in tools/sign-table. */
enum {
	STEMMA_SIGN_NUMERAL = 1 << 0,
	STEMMA_SIGN_LONE = 1 << 1,  /* a numeral, if not a pronoun: "one" */
	STEMMA_SIGN_UNIT = 1 << 2,  /* behind a number */
	STEMMA_SIGN_MONEY = 1 << 3, /* counts by itself: "percent", "euro" */
	STEMMA_SIGN_MONTH = 1 << 4,
	STEMMA_SIGN_CAPITAL_MONTH = 1 << 5, /* "May", with a capital or day */
	STEMMA_SIGN_DAY = 1 << 6,           /* "Monday", "yesterday" */
	STEMMA_SIGN_CAPITAL_DAY = 1 << 7,   /* "Sun" */
	STEMMA_SIGN_PERIOD = 1 << 8,        /* "week" */
	STEMMA_SIGN_PART = 1 << 9,          /* "morning" */
	STEMMA_SIGN_RELATIVE = 1 << 10,     /* "last", "ago" */
	STEMMA_SIGN_DATE_MARK = 1 << 11,    /* makes a date of a number */
	STEMMA_SIGN_NEGATION = 1 << 12,
	STEMMA_SIGN_NEEDS_NE = 1 << 13, /* "personne", near a "ne" */
	STEMMA_SIGN_SAY = 1 << 14,
	STEMMA_SIGN_SAYISH = 1 << 15, /* a verb of saying, beside speech */
	STEMMA_SIGN_HEDGE = 1 << 16,  /* "reportedly" */
	STEMMA_SIGN_SOURCE = 1 << 17, /* "according", before who said it */
	STEMMA_SIGN_SPEAKER = 1 << 18,
	STEMMA_SIGN_NAME = 1 << 19,   /* known to be one */
	STEMMA_SIGN_TITLE = 1 << 20,  /* stands before names */
	STEMMA_SIGN_COMMON = 1 << 21, /* with a capital, no name by that */
	STEMMA_SIGN_SURNAME = 1 << 22,
	STEMMA_SIGN_STOP = 1 << 23,
	STEMMA_SIGN_PRONOUN = 1 << 24,
	STEMMA_SIGN_DETERMINER = 1 << 25,
	STEMMA_SIGN_PARTICLE = 1 << 26, /* stands inside names */
	STEMMA_SIGN_NONE = 1 << 27,     /* a Chinese word that is nothing */
	STEMMA_SIGN_STARTS = 1 << 28    /* a longer one may start here */
};

/* The languages of two texts, one for each script: bits of cues.h. */
struct stemma_tongue {
	unsigned latin;
	unsigned arabic;
};

/* Votes for languages, by bit number. */
struct stemma_votes {
	uint32_t counts[8];
};

/* What was found out about a spelling. */
struct stemma_known_word {
	uint64_t key; /* of its bytes; 0: none */
	uint32_t signs;
	uint8_t tongue; /* with which the signs were looked up; 0: not yet */
	uint8_t look;   /* STEMMA_LOOK_CAPITAL … of facts.h */
	uint8_t stops;  /* the languages it is a function word of */
	uint8_t hints;  /* the languages whose tables have it */
};

/* What a comparison knows of words: looking them up is most of the work of
   weighing, and texts repeat them. Where two share a slot the last one has it,
   so that nothing but time depends on what is remembered. */
struct stemma_lexicon {
	const struct stemma_doc *docs[2];
	struct stemma_votes votes; /* of both documents */
	bool names_read;           /* once somebody asked for one */
	uint64_t *names;    /* of words that the documents write with a capital
	                    inside of a sentence; 0: none */
	uint64_t last_name; /* slot; one less than a power of two */
	struct stemma_known_word *words;
	uint64_t last_word; /* likewise */
};

/*
 * Make room for the words and names of two documents, which outlive the
 * lexicon; nothing is read yet. Lives in `arena`. STEMMA_NOMEM.
 */
enum stemma_code stemma_lexicon_make(struct stemma_lexicon *lexicon,
	const struct stemma_doc *const docs[2], struct stemma_arena *arena);

/*
 * A word folded for the tables: letter case, typography, and what is invisible
 * gone. In `room` (STEMMA_CUE_MAX bytes) or in `arena`; empty for a word that
 * is too long for any table. STEMMA_NOMEM.
 */
enum stemma_code stemma_sign_fold(struct stemma_view *folded, char *room,
	struct stemma_view word, struct stemma_arena *arena);

/* The signs of a folded word: as it stands, and without what is glued to it
   (an elided article, a possessive, an Arabic preposition). */
uint32_t
stemma_signs_of(struct stemma_view folded, const struct stemma_tongue *tongue);

/* The languages in which a folded word is a function word, and those that have
   it in a table, unless as a name. */
void stemma_sign_languages(
	struct stemma_view folded, uint8_t *stops, uint8_t *hints);

/* The slot of a spelling: its own, or one emptied for it, with its key. */
struct stemma_known_word *stemma_lexicon_find(struct stemma_lexicon *lexicon,
	struct stemma_view word, bool *is_known);

/*
 * Whether one of the documents writes `word`, without "'s", with a capital
 * behind a word without one: where a capital says nothing, as at a sentence's
 * start, that says it is a name. Only their first few hundred kilobytes are
 * read, once somebody asks. O(bytes) the first time.
 */
bool stemma_lexicon_has_name(
	struct stemma_lexicon *lexicon, struct stemma_view word);

/* Let the languages of a word vote, so many times. */
void stemma_votes_add(struct stemma_votes *votes,
	const struct stemma_known_word *word, uint32_t times);

/* The languages with the most of `votes`; English where there are none. */
struct stemma_tongue stemma_votes_count(const struct stemma_votes *votes);

/* Whether `bytes` starts with a letter of the scripts without spaces. */
bool stemma_sign_is_han(struct stemma_view folded);

/* ---- the table, written by tools/sign-table ---------------------------- */

struct stemma_sign_entry {
	uint32_t hash;
	uint32_t adds;
	uint32_t removes;
	uint32_t languages;
};

/* How many bits of a hash tell where in the table its entries are. */
#define STEMMA_SIGN_BITS 11

extern const struct stemma_sign_entry stemma_sign_table[];
/* Where the entries whose hash starts with these bits begin. */
extern const uint16_t stemma_sign_index[(1 << STEMMA_SIGN_BITS) + 1];

#endif
