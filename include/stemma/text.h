/*
 * text.h - bytes of any encoding become a document: units (paragraphs or
 * sentences) as spans into its text, and words inside them on request.
 *
 *     raw bytes, as read        fe ff 00 4f 00 6e 00 65 …      (borrowed)
 *        │ decode: UTF-8 is used where it lies, else transcoded
 *        ▼
 *     text, UTF-8               One two.\n\nThree “four” five.
 *        │ layout, paragraphs   ├──────┤    ├────────────────┤  units
 *        ▼                      ├─┤ ├─┤┤    …                   words
 *     offsets into the text go back to raw ones: stemma_doc_offset()
 *
 * Words are split only where somebody asks: most of a long document is the
 * same in both versions, and equal keys say so at a tenth of the cost.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TEXT_H
#define STEMMA_TEXT_H

#include <stemma/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* How paragraphs are told apart in a document. */
enum stemma_layout {
	STEMMA_LAYOUT_AUTO = 0,   /* as an option: look at the text */
	STEMMA_LAYOUT_BLANK_LINE, /* a line each, blank lines between */
	STEMMA_LAYOUT_NEWLINE,    /* a line each */
	STEMMA_LAYOUT_WRAPPED, /* hard-wrapped, blank line or indent between */
	STEMMA_LAYOUT_MIXED    /* stretches of more than one of these */
};

/* "blank-line", "newline", "wrapped", "mixed" (formats.md); static. */
const char *stemma_layout_name(enum stemma_layout layout);

enum stemma_unit_type { STEMMA_UNIT_PARAGRAPH = 0, STEMMA_UNIT_SENTENCE };

/* "paragraph" or "sentence"; static. */
const char *stemma_unit_type_name(enum stemma_unit_type type);

/* Zeros mean: look at the bytes, look at the text, paragraphs. */
struct stemma_text_options {
	const char *encoding; /* an iconv name, or NULL to detect; borrowed */
	enum stemma_layout layout;
	enum stemma_unit_type unit;
};

/* A paragraph or sentence. Never blank; white space at its ends is cut off. */
struct stemma_unit {
	size_t start, end;  /* bytes of the document's text, half-open */
	uint64_t key;       /* stemma_hash() of exactly these bytes */
	uint32_t line;      /* its first line in the file, from 1 */
	uint32_t paragraph; /* index of the paragraph it is or belongs to */
};

/*
 * A stretch of text over which raw bytes and text bytes run in step; the
 * segments cover a transcoded text in order. A character of `text_step` text
 * bytes stands for `raw_step` raw bytes.
 */
struct stemma_offset_segment {
	size_t text; /* where it starts in the text, in bytes */
	size_t raw;  /* where it starts in the raw bytes */
	uint32_t text_step;
	uint32_t raw_step;
};

struct stemma_doc {
	struct stemma_view raw;  /* as read; the caller's, outlives the doc */
	struct stemma_view text; /* UTF-8, no BOM; inside raw, or in the arena.
	                            May hold NULs and controls, but no invalid
	                            sequence: those became U+FFFD */
	const char *encoding; /* "utf-8", "utf-16le", "windows-1252", …; static,
	                         in the arena, or the option's */
	enum stemma_layout layout;
	enum stemma_unit_type unit;
	struct stemma_unit *units; /* in reading order, not overlapping */
	size_t unit_count;
	struct stemma_offset_segment *segments; /* NULL: text lies in raw */
	size_t segment_count;
};

/*
 * Read `raw` into `doc`. Any bytes are a text. Encoding: a BOM (UTF-8, UTF-16
 * either way) decides, else valid UTF-8 is UTF-8, else windows-1252;
 * `options->encoding` overrules. All that is allocated lives in `arena`;
 * `options` and `error` may be NULL.
 *
 * STEMMA_NOMEM; STEMMA_UNSUPPORTED for an encoding that iconv does not know.
 * On failure `doc` is all zeros. O(bytes); valid UTF-8 is not copied.
 */
enum stemma_code stemma_doc_split(struct stemma_doc *doc,
	struct stemma_view raw, const struct stemma_text_options *options,
	struct stemma_arena *arena, struct stemma_error *error);

/* The raw byte offset that belongs to offset `text` of the document's text. */
size_t stemma_doc_offset(const struct stemma_doc *doc, size_t text);

/* The text of one unit, in UTF-8. */
struct stemma_view stemma_doc_unit(const struct stemma_doc *doc, size_t index);

/* ---- words ------------------------------------------------------------- */

enum stemma_word_type {
	STEMMA_WORD_LETTERS, /* a word of a script that puts spaces between */
	STEMMA_WORD_NUMBER,  /* has a digit: 12, 1.5, 9/11, G7, 2nd */
	STEMMA_WORD_GRAPHEME, /* one grapheme of Han, Kana, Thai, Lao, Khmer… */
	STEMMA_WORD_EMOJI,    /* a pictographic sequence */
	STEMMA_WORD_PUNCTUATION /* marks and symbols, a run of dots or dashes */
};

/*
 * A word as UAX #29 cuts it, white space left out, with four additions: a run
 * of hyphens ("--") or of full stops ("...") is one word, as the dash or
 * ellipsis it stands for; invisible characters (soft hyphen, zero width space
 * or joiner outside a cluster, BOM) never make a word of their own; words start
 * and end at edges of graphemes: a mark that combines with a space is a word
 * that begins with the space, one that is put before others takes what follows.
 */
struct stemma_word {
	uint32_t start, end; /* bytes from the `base` of its stemma_words */
	uint32_t id;  /* equal for words that differ at most in typography */
	uint8_t type; /* enum stemma_word_type */
	uint8_t sentence_end; /* 1: the last word of a sentence */
	uint16_t reserved;
};

struct stemma_words {
	size_t base; /* where the span starts in the document's text */
	struct stemma_word *words;
	size_t count;
};

/*
 * The words of `span` of the document, with ids from `intern`, which then
 * borrows the document's bytes; only `words` lives in `arena`. STEMMA_NOMEM;
 * STEMMA_UNSUPPORTED for a span past 4 GiB. O(bytes).
 */
enum stemma_code stemma_words_split(struct stemma_words *words,
	const struct stemma_doc *doc, struct stemma_span span,
	struct stemma_intern *intern, struct stemma_arena *arena);

/* ---- sentences, graphemes, folding ------------------------------------- */

/*
 * The sentences of `span` (UAX #29 with abbreviations, quotation marks and the
 * full stops of CJK, Devanagari and Arabic), white space at their ends cut
 * off, in order; none is empty. STEMMA_NOMEM. O(bytes).
 */
enum stemma_code stemma_sentences_split(struct stemma_span **sentences,
	size_t *count, const struct stemma_doc *doc, struct stemma_span span,
	struct stemma_arena *arena);

/*
 * The offset after the extended grapheme cluster (UAX #29) that starts at
 * `at`, which is below text.size. `text` is valid UTF-8.
 */
size_t stemma_grapheme_next(struct stemma_view text, size_t at);

/* Terminal columns of one cluster: 0, 1 or 2, whatever it is made of. */
int stemma_grapheme_width(struct stemma_view cluster);

/* Decode the code point at `at` of valid UTF-8; sets `*size` to its bytes. */
uint32_t stemma_code_point(struct stemma_view text, size_t at, size_t *size);

enum {
	/* NFC; a run of white space becomes one space, none at the ends;
	   quotation marks, dashes, ellipses alike; invisible characters gone.
	   Never digits, decimal points, commas or letter case. */
	STEMMA_FOLD_TYPOGRAPHY = 1,
	STEMMA_FOLD_CASE = 2,        /* full case folding */
	STEMMA_FOLD_PUNCTUATION = 4, /* all punctuation dropped */
	STEMMA_FOLD_NUMBERS = 8      /* every number becomes one zero */
};

/* What options and pages call a single one of these flags: "typography",
   "case", "punctuation", "numbers"; static. NULL: it is none. */
const char *stemma_fold_name(unsigned flag);

/*
 * `text` (valid UTF-8) folded by the flags; into `arena`, or `text` itself
 * where folding changes nothing. Two texts are "reformatted" when they are
 * equal under STEMMA_FOLD_TYPOGRAPHY. STEMMA_NOMEM. O(bytes).
 */
enum stemma_code stemma_fold(struct stemma_view *folded,
	struct stemma_view text, unsigned flags, struct stemma_arena *arena);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
