/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "sentence.h"
#include "tokens.h"
#include "utf8.h"
#include "word.h"

/* A span being split. */
struct splitting {
	struct stemma_view text; /* of the span */
	struct stemma_tokens tokens;
	size_t sentence_end; /* found ahead, in bytes; 0: none */
};

/* What an ASCII byte is to a word that it starts or goes on with. */
enum { MARK, SPACE, LETTER, DIGIT, UNDERSCORE };

static const uint8_t ascii[128] = {
	['\t' ... '\r'] = SPACE,
	[' '] = SPACE,
	['0' ... '9'] = DIGIT,
	['A' ... 'Z'] = LETTER,
	['_'] = UNDERSCORE,
	['a' ... 'z'] = LETTER,
};

/* A word found, and how to number it. */
struct find {
	size_t start, end;
	uint8_t type;
	bool fold;                /* the string to intern is the folded one */
	struct stemma_view alike; /* the one to intern, if known; else empty */
};

static bool
add(struct splitting *s, const struct find *find)
{
	struct stemma_tokens *tokens = &s->tokens;
	struct stemma_view view = {
		s->text.bytes + find->start, find->end - find->start};
	struct stemma_word word = {.start = (uint32_t)find->start,
		.end = (uint32_t)find->end,
		.type = find->type};

	if (s->sentence_end && find->start >= s->sentence_end) {
		tokens->words[tokens->count - 1].sentence_end = 1;
		s->sentence_end = 0;
	}
	if (find->type == STEMMA_WORD_PUNCTUATION && !s->sentence_end)
		s->sentence_end = stemma_sentence_end(
			s->text, stemma_utf8_before(s->text, find->end));
	if (find->alike.size)
		return stemma_tokens_add(tokens, word, find->alike);
	return find->fold ? stemma_tokens_add_folded(tokens, word, view)
			  : stemma_tokens_add(tokens, word, view);
}

/* The type of a word that the full rules found. */
static uint8_t
type_of(struct stemma_view text, size_t at, size_t end)
{
	const struct stemma_property *first = NULL;
	bool letter = false, emoji = false;
	size_t size;

	for (; at < end; at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		const struct stemma_property *p = stemma_property_of(c);

		if (!first)
			first = p;
		if (p->kind == STEMMA_KIND_DIGIT ||
			p->kind == STEMMA_KIND_NUMBER)
			return STEMMA_WORD_NUMBER;
		letter |= p->kind == STEMMA_KIND_LETTER;
		emoji |= c == 0xfe0f || p->flags & STEMMA_IS_EMOJI;
	}
	if (emoji && first->flags & (STEMMA_IS_PICTOGRAPHIC | STEMMA_IS_EMOJI))
		return STEMMA_WORD_EMOJI;
	return letter ? STEMMA_WORD_LETTERS : STEMMA_WORD_PUNCTUATION;
}

/* The end of a run of dashes, or of full stops and ellipses. */
static size_t
run_end(struct stemma_view text, size_t at, bool dashes)
{
	size_t size;

	for (; at < text.size; at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		const struct stemma_property *p = stemma_property_of(c);

		if (dashes ? p->folds != STEMMA_FOLDS_DASH
			   : p->folds < STEMMA_FOLDS_STOP ||
					p->folds > STEMMA_FOLDS_ELLIPSIS)
			break;
	}
	return at;
}

/* A word that starts with `p`, by all the rules. */
static void
find_any(struct stemma_view text, struct find *find,
	const struct stemma_property *p)
{
	find->fold = true;
	if (p->kind == STEMMA_KIND_GRAPHEME) {
		find->end = stemma_grapheme_next(text, find->start);
		find->type = STEMMA_WORD_GRAPHEME;
		find->fold = find->end - find->start > STEMMA_UTF8_MAX;
		return;
	}
	if (p->folds == STEMMA_FOLDS_DASH)
		find->end = run_end(text, find->start, true);
	else if (p->folds >= STEMMA_FOLDS_STOP &&
		 p->folds <= STEMMA_FOLDS_ELLIPSIS)
		find->end = run_end(text, find->start, false);
	else
		find->end = stemma_word_edge(text, find->start, true);
	find->type = type_of(text, find->start, find->end);
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The high bit of each byte that is at least `low` and below `high`, for bytes
   without it. */
static inline uint64_t
in_range(uint64_t bytes, unsigned char low, unsigned char high)
{
	return (bytes + EACH(0x80u - low)) & ~(bytes + EACH(0x80u - high));
}

/*
 * The end of the ASCII letters, digits and underscores from `at` on, eight at
 * a time: a loop over bytes would be mispredicted at the end of every word.
 */
static inline size_t
skip_plain(struct stemma_view text, size_t at, bool *digit)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	const uint64_t high = EACH(0x80u);

	while (text.size - at >= 8) {
		uint64_t bytes, low, digits, all, below;

		memcpy(&bytes, s + at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		bytes = __builtin_bswap64(bytes);
#endif
		low = bytes & ~high;
		digits = in_range(low, '0', '9' + 1) & ~bytes & high;
		all = digits | ((in_range(low | EACH(0x20u), 'a', 'z' + 1) |
					in_range(low, '_', '_' + 1)) &
				       ~bytes & high);
		if (all == high) {
			*digit |= digits != 0;
			at += 8;
			continue;
		}
		/* The bits below the first byte that is no part of it. */
		below = (all ^ high) - 1;
		below &= ~(all ^ high);
		*digit |= (digits & below) != 0;
		return at + (size_t)__builtin_ctzll(all ^ high) / 8;
	}
	while (at < text.size && s[at] < 0x80 && ascii[s[at]] > SPACE)
		*digit |= ascii[s[at++]] == DIGIT;
	return at;
}

/* A place in a word of letters and digits. */
struct run {
	size_t at;
	uint8_t last; /* LETTER, DIGIT or UNDERSCORE: what is before */
	bool joiner;  /* before it, a ZWJ */
};

/*
 * Take letters, digits and what extends them, in any script that puts spaces
 * between words: whatever their order, the rules keep them together. Returns
 * the class of what comes next, or STEMMA_WB_OTHER at the end.
 */
static uint8_t
take_run(struct stemma_view text, struct run *run, struct find *find)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	bool digit = false;
	size_t size;

	for (;;) {
		const struct stemma_property *p;
		size_t at = run->at;
		uint8_t class;

		run->at = skip_plain(text, at, &digit);
		if (run->at > at) {
			run->last = ascii[s[run->at - 1]];
			run->joiner = false;
		}
		if (digit)
			find->type = STEMMA_WORD_NUMBER;
		if (run->at == text.size || s[run->at] < 0x80)
			return STEMMA_WB_OTHER;
		p = stemma_property_of(stemma_utf8_read(text, run->at, &size));
		class = stemma_word_class(p);
		if (class == STEMMA_WB_ALETTER)
			run->last = LETTER;
		else if (class == STEMMA_WB_NUMERIC)
			run->last = DIGIT;
		else if (class == STEMMA_WB_EXTENDNUMLET)
			run->last = UNDERSCORE;
		else if (class != STEMMA_WB_EXTEND &&
			 class != STEMMA_WB_FORMAT && class != STEMMA_WB_ZWJ)
			return run->joiner && p->flags & STEMMA_IS_PICTOGRAPHIC
				       ? STEMMA_WB_ZWJ
				       : class;
		run->joiner = class == STEMMA_WB_ZWJ;
		digit = p->kind == STEMMA_KIND_DIGIT ||
			p->kind == STEMMA_KIND_NUMBER;
		find->fold |=
			p->folds || p->ccc || p->flags & STEMMA_IS_UNNORMAL;
		run->at += size;
	}
}

/* Whether a mark keeps letters together, digits, both or nothing. */
static void
joins_of(unsigned char c, bool *letters, bool *digits)
{
	*letters = c == '\'' || c == '.' || c == ':';
	*digits = c == '\'' || c == '.' || c == ',' || c == ';';
}

/*
 * Find the word of letters and digits from find->start on; false where only
 * the full rules can tell.
 */
static bool
find_letters(struct stemma_view text, struct find *find)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	struct run run = {.at = find->start};

	find->type = STEMMA_WORD_LETTERS;
	for (;;) {
		uint8_t class = take_run(text, &run, find);
		bool letters, digits;
		size_t mark = 1, after;

		find->end = run.at;
		if (run.at == text.size || s[run.at] == ' ')
			return true;
		if (s[run.at] < 0x80) {
			joins_of(s[run.at], &letters, &digits);
		} else if (class == STEMMA_WB_SINGLE_QUOTE) {
			letters = digits = true;
			stemma_utf8_read(text, run.at, &mark);
		} else
			return class != STEMMA_WB_ZWJ &&
			       class != STEMMA_WB_HEBREW_LETTER &&
			       class != STEMMA_WB_MIDLETTER &&
			       class != STEMMA_WB_MIDNUM &&
			       class != STEMMA_WB_MIDNUMLET;
		if (!(run.last == LETTER && letters) &&
			!(run.last == DIGIT && digits))
			return true;
		after = run.at + mark;
		if (after == text.size)
			return true;
		if (s[after] >= 0x80)
			return false;
		if (ascii[s[after]] != run.last)
			return true;
		find->fold |= mark > 1;
		run.at = after;
	}
}

/* An ASCII mark before ASCII is a word of its own, if not one of a run. */
static bool
find_mark(struct stemma_view text, struct find *find)
{
	const char *s = text.bytes + find->start;
	bool last = find->start + 1 == text.size;

	if (!last && ((unsigned char)s[1] >= 0x80 ||
			     ((*s == '-' || *s == '.') && s[1] == *s)))
		return false;
	find->end = find->start + 1;
	find->type = STEMMA_WORD_PUNCTUATION;
	if (*s == '`')
		find->alike = stemma_view_of("'");
	return true;
}

/* Find the next word from find->start on; false when there is none. */
static bool
find_next(struct stemma_view text, struct find *find)
{
	const unsigned char *s = (const unsigned char *)text.bytes;

	find->fold = false;
	find->alike.size = 0;
	while (find->start < text.size) {
		const struct stemma_property *p;
		size_t size;

		if (s[find->start] < 0x80) {
			uint8_t class = ascii[s[find->start]];

			if (class == SPACE) {
				find->start++;
				continue;
			}
			if (class == MARK ? find_mark(text, find)
					  : find_letters(text, find))
				return true;
		}
		p = stemma_property_of(
			stemma_utf8_read(text, find->start, &size));
		if (p->kind == STEMMA_KIND_SPACE ||
			p->kind == STEMMA_KIND_INVISIBLE) {
			find->start += size;
			continue;
		}
		if (s[find->start] < 0x80 ||
			stemma_word_class(p) != STEMMA_WB_ALETTER ||
			!find_letters(text, find))
			find_any(text, find, p);
		return true;
	}
	return false;
}

static bool
split(struct splitting *s)
{
	struct find find = {0};

	while (find_next(s->text, &find)) {
		if (!add(s, &find))
			return false;
		find.start = find.end;
	}
	if (s->tokens.count)
		s->tokens.words[s->tokens.count - 1].sentence_end = 1;
	return true;
}

enum stemma_code
stemma_words_split(struct stemma_words *words, const struct stemma_doc *doc,
	struct stemma_span span, struct stemma_intern *intern,
	struct stemma_arena *arena)
{
	struct splitting splitting;
	bool failed;

	*words = (struct stemma_words){0};
	if (span.end - span.start > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	splitting.text = stemma_view_cut(doc->text, span);
	splitting.sentence_end = 0;
	stemma_tokens_start(&splitting.tokens, intern, arena);
	failed = !split(&splitting);
	words->words = stemma_tokens_finish(&splitting.tokens, failed);
	if (!words->words)
		return STEMMA_NOMEM;
	words->base = span.start;
	words->count = splitting.tokens.count;
	return STEMMA_OK;
}
