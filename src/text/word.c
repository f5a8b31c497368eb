/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <stemma/text.h>

#include "run.h"
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

/* A word found, and how to number it. */
struct find {
	size_t start, end;
	size_t lead; /* bytes before the start that its grapheme begins with */
	uint8_t type;
	bool fold;          /* the string to intern is the folded one … */
	const char *folded; /* … or this, if it is known; else NULL */
};

/* Note that the sentence before `start` has ended, if it has. */
static inline void
pass_sentence(struct splitting *s, size_t start)
{
	struct stemma_tokens *tokens = &s->tokens;

	if (s->sentence_end && start >= s->sentence_end) {
		tokens->words[tokens->count - 1].sentence_end = 1;
		s->sentence_end = 0;
	}
}

static inline struct stemma_word
word_of(size_t start, size_t end, uint8_t type)
{
	return (struct stemma_word){
		.start = (uint32_t)start, .end = (uint32_t)end, .type = type};
}

static bool
add(struct splitting *s, const struct find *find)
{
	struct stemma_word word =
		word_of(find->start - find->lead, find->end, find->type);
	struct stemma_view view = {
		s->text.bytes + find->start, find->end - find->start};

	pass_sentence(s, find->start);
	if (find->type == STEMMA_WORD_PUNCTUATION && !s->sentence_end)
		s->sentence_end = stemma_sentence_end(
			s->text, stemma_utf8_before(s->text, find->end));
	if (find->folded)
		view = stemma_view_of(find->folded);
	else if (find->fold)
		return stemma_tokens_add_folded(&s->tokens, word, view);
	return stemma_tokens_add(&s->tokens, word, view);
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

static bool
is_stop(const struct stemma_property *p)
{
	return p->folds >= STEMMA_FOLDS_STOP &&
	       p->folds <= STEMMA_FOLDS_ELLIPSIS;
}

/* The end of a run of dashes, or of full stops and ellipses; folding leaves the
   invisible characters in it out. */
static size_t
marks_end(struct stemma_view text, size_t at, bool dashes)
{
	size_t end = at, size;

	for (; at < text.size; at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		const struct stemma_property *p = stemma_property_of(c);

		if (dashes ? p->folds == STEMMA_FOLDS_DASH : is_stop(p))
			end = at + size;
		else if (p->folds != STEMMA_FOLDS_INVISIBLE)
			break;
	}
	return end;
}

/* The end of what combines with a mark that ends at `at`. */
static size_t
skip_extending(struct stemma_view text, size_t at)
{
	size_t size;

	for (; at < text.size; at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		uint8_t class = stemma_word_class(stemma_property_of(c));

		if (class != STEMMA_WB_EXTEND && class != STEMMA_WB_FORMAT &&
			class != STEMMA_WB_ZWJ)
			break;
	}
	return at;
}

/* What a quotation mark is folded to; NULL if `p` is none. */
static const char *
folded_quote(const struct stemma_property *p)
{
	if (p->folds == STEMMA_FOLDS_SINGLE_QUOTE)
		return "'";
	return p->folds == STEMMA_FOLDS_DOUBLE_QUOTE ? "\"" : NULL;
}

/* A word that starts with a code point of `size` bytes, by all the rules. */
static void
find_any(struct stemma_view text, struct find *find, size_t size,
	const struct stemma_property *p)
{
	size_t start = find->start, end;

	find->fold = true;
	find->folded = NULL;
	if (p->kind == STEMMA_KIND_GRAPHEME) {
		find->end = stemma_grapheme_next(text, start);
		find->type = STEMMA_WORD_GRAPHEME;
		find->fold = find->end > start + size ||
			     p->flags & STEMMA_IS_UNNORMAL;
		return;
	}
	if (p->folds == STEMMA_FOLDS_DASH || is_stop(p)) {
		end = marks_end(text, start, !is_stop(p));
		find->end = skip_extending(text, end);
		find->type = STEMMA_WORD_PUNCTUATION;
		if (find->end == end && !is_stop(p))
			find->folded = "-";
		return;
	}
	find->end = stemma_word_edge(text, start, true);
	find->type = type_of(text, start, find->end);
	if (find->end == start + size)
		find->folded = folded_quote(p);
}

/* Whether an ASCII mark at `at` is a word of its own: nothing combines with it,
   and it is not one of a run. */
static bool
stands_alone(struct stemma_view text, size_t at)
{
	const char *s = text.bytes + at;

	if (at + 1 == text.size)
		return true;
	return (unsigned char)s[1] < 0x80 &&
	       !((*s == '-' || *s == '.') && s[1] == *s);
}

/* Whether a grapheme may go on with this, depending on what is before it. */
static bool
may_go_on(const struct stemma_property *p)
{
	return (p->grapheme >= STEMMA_GB_EXTEND &&
		       p->grapheme != STEMMA_GB_PREPEND) ||
	       p->flags & STEMMA_IS_PICTOGRAPHIC;
}

/* The first edge of a grapheme at or after `at`; `from` is one before it, and
   becomes the last one before it or the same. */
static size_t
edge_from(struct stemma_view text, size_t *from, size_t at)
{
	size_t edge = *from;

	while (edge < at) {
		*from = edge;
		edge = stemma_grapheme_next(text, edge);
	}
	return edge;
}

/* Bytes before the word at `at` that its grapheme starts with: mostly a space
   that a mark combines with. No edit may part the two. */
static size_t
lead_of(const struct splitting *s, size_t at)
{
	size_t count = s->tokens.count;
	size_t from = count ? s->tokens.words[count - 1].end : 0;

	return edge_from(s->text, &from, at) > at ? at - from : 0;
}

/* Let the word end where a grapheme does: a mark that is put before others, as
   some of Arabic are, takes what comes, be it a space. */
static void
take_grapheme(struct stemma_view text, struct find *find)
{
	size_t from = find->start - find->lead, end, last, size;

	if (find->end == text.size ||
		!(((unsigned char)text.bytes[find->end - 1] |
			  (unsigned char)text.bytes[find->end]) &
			0x80))
		return;
	last = stemma_utf8_before(text, find->end);
	if (!may_go_on(stemma_property_of(
		    stemma_utf8_read(text, find->end, &size))) &&
		stemma_property_of(stemma_utf8_read(text, last, &size))
				->grapheme != STEMMA_GB_PREPEND)
		return;
	end = edge_from(text, &from, find->end);
	if (end == find->end)
		return;
	find->end = end;
	find->fold = true;
	find->folded = NULL;
}

/* Find and add the word at `at`, past the plainest sort; returns where to go
   on, or 0 without memory. */
static size_t
split_other(struct splitting *s, size_t at)
{
	struct stemma_view text = s->text;
	struct find find = {.start = at};
	unsigned char c = (unsigned char)text.bytes[at];
	const struct stemma_property *p;
	struct stemma_run run;
	size_t size;

	p = stemma_property_of(stemma_utf8_read(text, at, &size));
	if (p->kind == STEMMA_KIND_SPACE || p->kind == STEMMA_KIND_INVISIBLE)
		return at + size;
	if (c < 0x80 && stemma_byte_kinds[c] < STEMMA_BYTE_HIGH &&
		stands_alone(text, at)) {
		find.end = at + 1;
		find.type = STEMMA_WORD_PUNCTUATION;
		find.folded = c == '`' ? "'" : NULL;
	} else if (p->kind != STEMMA_KIND_MARK &&
		   (stemma_word_class(p) == STEMMA_WB_ALETTER ||
			   stemma_word_class(p) == STEMMA_WB_NUMERIC)) {
		if (stemma_run_take(&run, text, at)) {
			find.end = run.end;
			find.type = run.number ? STEMMA_WORD_NUMBER
					       : STEMMA_WORD_LETTERS;
			find.fold = run.fold;
		} else
			find_any(text, &find, size, p);
	} else
		find_any(text, &find, size, p);
	if (may_go_on(p))
		find.lead = lead_of(s, at);
	take_grapheme(text, &find);
	return add(s, &find) ? find.end : 0;
}

/*
 * Most words are ASCII letters between spaces, commas and full stops: those
 * are found and added here, all others by the way around.
 */
static bool
split(struct splitting *s)
{
	const unsigned char *bytes = (const unsigned char *)s->text.bytes;
	size_t size = s->text.size;

	for (size_t at = 0, end; at < size; at = end) {
		uint8_t kind = stemma_byte_kinds[bytes[at]];
		bool digit = false;

		if (kind == STEMMA_BYTE_SPACE) {
			end = at + 1;
			continue;
		}
		/* Underscores are part of a word, but make none. */
		end = kind == STEMMA_BYTE_LETTER || kind == STEMMA_BYTE_DIGIT
			      ? stemma_run_plain(s->text, at, &digit)
			      : 0;
		if (end && stemma_run_ends(s->text, end)) {
			pass_sentence(s, at);
			if (!stemma_tokens_add(&s->tokens,
				    word_of(at, end,
					    digit ? STEMMA_WORD_NUMBER
						  : STEMMA_WORD_LETTERS),
				    (struct stemma_view){
					    s->text.bytes + at, end - at}))
				return false;
		} else {
			end = split_other(s, at);
			if (end == 0)
				return false;
		}
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
