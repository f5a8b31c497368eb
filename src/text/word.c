/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <stemma/text.h>

#include "fold.h"
#include "sentence.h"
#include "utf8.h"
#include "word.h"

/* How many words are gathered before the heap is asked. */
#define FIRST_WORDS 256

/* Words in the making; the heap's beyond FIRST_WORDS. */
struct gathering {
	struct stemma_word first[FIRST_WORDS];
	struct stemma_word *words; /* `first`, or the heap's */
	size_t count, capacity;
	struct stemma_view text; /* of the span */
	size_t sentence_end;     /* found ahead, in bytes; 0: none */
	struct stemma_intern *intern;
	struct stemma_arena *arena;
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

static bool
add(struct gathering *g, struct stemma_word word)
{
	struct stemma_word *words;
	size_t capacity = g->capacity * 2;

	if (g->count == g->capacity) {
		words = realloc(g->words == g->first ? NULL : g->words,
			capacity * sizeof *words);
		if (!words)
			return false;
		if (g->words == g->first)
			memcpy(words, g->first, sizeof g->first);
		g->words = words;
		g->capacity = capacity;
	}
	g->words[g->count++] = word;
	return true;
}

/* The id of a word whose bytes are perhaps not the ones to intern. */
static uint32_t
folded_id(struct gathering *g, struct stemma_view word)
{
	char room[256], *copy = room;
	size_t size = stemma_fold_write(
		room, sizeof room, word, STEMMA_FOLD_TYPOGRAPHY);
	uint32_t id;

	if (size == word.size && size <= sizeof room &&
		memcmp(room, word.bytes, size) == 0)
		return stemma_intern_id(g->intern, word);
	if (size <= sizeof room) {
		id = stemma_intern_find(
			g->intern, (struct stemma_view){room, size});
		if (id != STEMMA_NO_ID)
			return id;
	}
	copy = stemma_arena_alloc(g->arena, size, 1);
	if (!copy)
		return STEMMA_NO_ID;
	if (size <= sizeof room)
		memcpy(copy, room, size);
	else
		stemma_fold_write(copy, size, word, STEMMA_FOLD_TYPOGRAPHY);
	return stemma_intern_id(g->intern, (struct stemma_view){copy, size});
}

/* Add the word at [start, end), and mark the end of a sentence. */
static bool
add_word(struct gathering *g, size_t start, size_t end, uint8_t type, bool fold)
{
	struct stemma_view view = {g->text.bytes + start, end - start};
	struct stemma_word word = {.start = (uint32_t)start,
		.end = (uint32_t)end,
		.type = type,
		.id = fold ? folded_id(g, view)
			   : stemma_intern_id(g->intern, view)};

	if (word.id == STEMMA_NO_ID)
		return false;
	if (g->sentence_end && start >= g->sentence_end) {
		g->words[g->count - 1].sentence_end = 1;
		g->sentence_end = 0;
	}
	if (type == STEMMA_WORD_PUNCTUATION && !g->sentence_end)
		g->sentence_end = stemma_sentence_end(
			g->text, stemma_utf8_before(g->text, end));
	return add(g, word);
}

/* The end of an ASCII word from `at` on, 0 if the slow way must tell. */
static size_t
ascii_end(struct stemma_view text, size_t at, bool *digit)
{
	const unsigned char *s = (const unsigned char *)text.bytes;

	for (;;) {
		uint8_t last;

		while (at < text.size && s[at] < 0x80 && ascii[s[at]] > SPACE) {
			*digit = *digit || ascii[s[at]] == DIGIT;
			at++;
		}
		if (at == text.size)
			return at;
		if (s[at] >= 0x80)
			return 0;
		if (s[at] == ' ' || at + 1 == text.size)
			return at;
		last = ascii[s[at - 1]];
		if (s[at + 1] >= 0x80)
			return 0;
		if (last == UNDERSCORE || ascii[s[at + 1]] != last)
			return at;
		if (!(s[at] == '\'' || s[at] == '.' ||
			    (s[at] == ':' && last == LETTER) ||
			    ((s[at] == ',' || s[at] == ';') && last == DIGIT)))
			return at;
		at++;
	}
}

static size_t
run_end(struct stemma_view text, size_t at, bool dashes)
{
	size_t size;

	for (; at < text.size; at += size) {
		const struct stemma_property *p =
			stemma_property_of(stemma_utf8_read(text, at, &size));

		if (dashes ? p->folds != STEMMA_FOLDS_DASH
			   : p->folds < STEMMA_FOLDS_STOP ||
					p->folds > STEMMA_FOLDS_ELLIPSIS)
			break;
	}
	return at;
}

/* The type of a word that is not plain ASCII. */
static uint8_t
type_of(struct stemma_view text, size_t at, size_t end)
{
	const struct stemma_property *first = NULL;
	bool letter = false;
	size_t size;

	for (; at < end; at += size) {
		const struct stemma_property *p =
			stemma_property_of(stemma_utf8_read(text, at, &size));

		if (!first)
			first = p;
		if (p->kind == STEMMA_KIND_DIGIT ||
			p->kind == STEMMA_KIND_NUMBER)
			return STEMMA_WORD_NUMBER;
		letter |= p->kind == STEMMA_KIND_LETTER;
	}
	if (first->flags & (STEMMA_IS_PICTOGRAPHIC | STEMMA_IS_EMOJI))
		return STEMMA_WORD_EMOJI;
	return letter ? STEMMA_WORD_LETTERS : STEMMA_WORD_PUNCTUATION;
}

/* One word from `at` on by the full rules; returns where to go on, 0: no
   memory. */
static size_t
add_any(struct gathering *g, size_t at)
{
	size_t size, end;
	const struct stemma_property *p =
		stemma_property_of(stemma_utf8_read(g->text, at, &size));

	if (p->kind == STEMMA_KIND_SPACE || p->kind == STEMMA_KIND_INVISIBLE)
		return at + size;
	if (p->kind == STEMMA_KIND_GRAPHEME) {
		end = stemma_grapheme_next(g->text, at);
		return add_word(g, at, end, STEMMA_WORD_GRAPHEME, true) ? end
									: 0;
	}
	if (p->folds == STEMMA_FOLDS_DASH)
		end = run_end(g->text, at, true);
	else if (p->folds >= STEMMA_FOLDS_STOP &&
		 p->folds <= STEMMA_FOLDS_ELLIPSIS)
		end = run_end(g->text, at, false);
	else
		end = stemma_word_edge(g->text, at, true);
	return add_word(g, at, end, type_of(g->text, at, end), true) ? end : 0;
}

static bool
gather_words(struct gathering *g)
{
	struct stemma_view text = g->text;

	for (size_t at = 0; at < text.size;) {
		unsigned char c = (unsigned char)text.bytes[at];
		bool digit = false;
		size_t end = 0;

		if (c < 0x80 && ascii[c] == SPACE) {
			at++;
			continue;
		}
		if (c < 0x80 && ascii[c] > SPACE)
			end = ascii_end(text, at, &digit);
		if (end == 0)
			end = add_any(g, at);
		else if (!add_word(g, at, end,
				 digit ? STEMMA_WORD_NUMBER
				       : STEMMA_WORD_LETTERS,
				 false))
			end = 0;
		if (end == 0)
			return false;
		at = end;
	}
	if (g->count)
		g->words[g->count - 1].sentence_end = 1;
	return true;
}

enum stemma_code
stemma_words_split(struct stemma_words *words, const struct stemma_doc *doc,
	struct stemma_span span, struct stemma_intern *intern,
	struct stemma_arena *arena)
{
	struct gathering g = {
		.capacity = FIRST_WORDS, .intern = intern, .arena = arena};
	enum stemma_code code = STEMMA_NOMEM;

	*words = (struct stemma_words){0};
	if (span.end - span.start > UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	g.words = g.first;
	g.text = stemma_view_cut(doc->text, span);
	if (gather_words(&g)) {
		words->words = stemma_arena_alloc(
			arena, g.count, sizeof *words->words);
		if (words->words) {
			memcpy(words->words, g.words,
				g.count * sizeof *words->words);
			words->base = span.start;
			words->count = g.count;
			code = STEMMA_OK;
		}
	}
	if (g.words != g.first)
		free(g.words);
	return code;
}
