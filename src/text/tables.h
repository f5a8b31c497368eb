/*
 * tables.h - what Unicode says about a code point.
 *
 *     code point ── / 256 ──► blocks ── + % 256 ──► cells ──► properties
 *
 * The tables are written by tools/unicode-tables.awk from Debian's
 * unicode-data; this header names what they hold.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TABLES_H
#define TEXT_TABLES_H

#include <stdint.h>

/* Word_Break (UAX #29). */
enum {
	STEMMA_WB_OTHER,
	STEMMA_WB_CR,
	STEMMA_WB_LF,
	STEMMA_WB_NEWLINE,
	STEMMA_WB_EXTEND,
	STEMMA_WB_ZWJ,
	STEMMA_WB_FORMAT,
	STEMMA_WB_REGIONAL_INDICATOR,
	STEMMA_WB_KATAKANA,
	STEMMA_WB_HEBREW_LETTER,
	STEMMA_WB_ALETTER,
	STEMMA_WB_SINGLE_QUOTE,
	STEMMA_WB_DOUBLE_QUOTE,
	STEMMA_WB_MIDNUMLET,
	STEMMA_WB_MIDLETTER,
	STEMMA_WB_MIDNUM,
	STEMMA_WB_NUMERIC,
	STEMMA_WB_EXTENDNUMLET,
	STEMMA_WB_WSEGSPACE
};

/* Grapheme_Cluster_Break (UAX #29). */
enum {
	STEMMA_GB_OTHER,
	STEMMA_GB_CR,
	STEMMA_GB_LF,
	STEMMA_GB_CONTROL,
	STEMMA_GB_EXTEND,
	STEMMA_GB_ZWJ,
	STEMMA_GB_REGIONAL_INDICATOR,
	STEMMA_GB_PREPEND,
	STEMMA_GB_SPACINGMARK,
	STEMMA_GB_L,
	STEMMA_GB_V,
	STEMMA_GB_T,
	STEMMA_GB_LV,
	STEMMA_GB_LVT
};

/* Sentence_Break (UAX #29). */
enum {
	STEMMA_SB_OTHER,
	STEMMA_SB_CR,
	STEMMA_SB_LF,
	STEMMA_SB_SEP,
	STEMMA_SB_EXTEND,
	STEMMA_SB_FORMAT,
	STEMMA_SB_SP,
	STEMMA_SB_LOWER,
	STEMMA_SB_UPPER,
	STEMMA_SB_OLETTER,
	STEMMA_SB_NUMERIC,
	STEMMA_SB_ATERM,
	STEMMA_SB_SCONTINUE,
	STEMMA_SB_STERM,
	STEMMA_SB_CLOSE
};

/* What sort of word a code point makes. */
enum {
	STEMMA_KIND_SPACE,     /* White_Space: never part of a word */
	STEMMA_KIND_INVISIBLE, /* shows nothing, makes no word of its own */
	STEMMA_KIND_LETTER,
	STEMMA_KIND_DIGIT,
	STEMMA_KIND_NUMBER,   /* a number that is no decimal digit: ½ Ⅳ */
	STEMMA_KIND_GRAPHEME, /* of a script without spaces between words */
	STEMMA_KIND_MARK      /* punctuation, symbol, control */
};

/* What stemma_fold() makes of a code point. */
enum {
	STEMMA_FOLDS_NOTHING,
	STEMMA_FOLDS_SPACE,
	STEMMA_FOLDS_SINGLE_QUOTE,
	STEMMA_FOLDS_DOUBLE_QUOTE,
	STEMMA_FOLDS_DASH,
	STEMMA_FOLDS_STOP,
	STEMMA_FOLDS_TWO_STOPS,
	STEMMA_FOLDS_ELLIPSIS,
	STEMMA_FOLDS_INVISIBLE,
	STEMMA_FOLDS_JOINER
};

/* Flags of a property. */
enum {
	STEMMA_IS_PICTOGRAPHIC = 1, /* Extended_Pictographic */
	STEMMA_IS_UNNORMAL = 2,     /* NFC_Quick_Check is No or Maybe */
	STEMMA_IS_PUNCTUATION = 4,  /* general category P, or a quote by use */
	STEMMA_IS_EMOJI = 8         /* Emoji_Presentation */
};

struct stemma_property {
	uint8_t word;     /* STEMMA_WB_… */
	uint8_t grapheme; /* STEMMA_GB_… */
	uint8_t sentence; /* STEMMA_SB_… */
	uint8_t kind;     /* STEMMA_KIND_… */
	uint8_t folds;    /* STEMMA_FOLDS_… */
	uint8_t width;    /* terminal columns, standing alone */
	uint8_t ccc;      /* canonical combining class */
	uint8_t flags;    /* STEMMA_IS_… */
};

/* The version the tables were made from, such as "15.0.0". */
extern const char stemma_unicode_version[];

extern const struct stemma_property stemma_properties[];
extern const uint8_t stemma_property_blocks[];
extern const uint8_t stemma_property_cells[];

/* The properties of `c`, which is at most 0x10ffff. */
static inline const struct stemma_property *
stemma_property_of(uint32_t c)
{
	uint32_t block = stemma_property_blocks[c >> 8];

	return &stemma_properties[stemma_property_cells[block << 8 |
							(c & 255)]];
}

#endif
