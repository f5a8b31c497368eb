/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cues.h"
#include "lexeme.h"
#include "numbering.h"

/* Words whose stop words tell the language. */
#define SAMPLE 2000

/* Code points of a word that make its stem, by script. */
#define STEM_LATIN 8
#define STEM_OTHER 6

static bool
ends(struct stemma_view word, const char *suffix)
{
	size_t size = strlen(suffix);

	return word.size > size &&
	       memcmp(word.bytes + word.size - size, suffix, size) == 0;
}

/* The first `count` code points of `word`. */
static struct stemma_view
cut(struct stemma_view word, size_t count)
{
	size_t at = 0, size;

	for (; at < word.size && count; count--) {
		stemma_code_point(word, at, &size);
		at += size;
	}
	word.size = at;
	return word;
}

/*
 * A tiny suffix stripper: plurals, -ing, -ed, -ly, doubled consonants. It is
 * wrong about many words, and wrong alike about all forms of one.
 */
static struct stemma_view
stem(struct stemma_view w)
{
	if (w.size > 4 && ends(w, "ies")) {
		w.size -= 3;
		return cut(w, STEM_LATIN);
	}
	if (w.size > 4 && ends(w, "y"))
		w.size -= 1;
	if (w.size > 5 && ends(w, "ing"))
		w.size -= 3;
	else if (w.size > 4 && (ends(w, "ed") || ends(w, "es")))
		w.size -= 2;
	else if (w.size > 3 && ends(w, "s") && !ends(w, "ss"))
		w.size -= 1;
	if (w.size > 4 && ends(w, "e"))
		w.size -= 1;
	if (w.size > 5 && ends(w, "l"))
		w.size -= 1;
	if (w.size > 3 && w.bytes[w.size - 1] == w.bytes[w.size - 2] &&
		!strchr("lsz", w.bytes[w.size - 1]))
		w.size -= 1;
	return cut(w, STEM_LATIN);
}

/* The hash of the term that a folded word is as a common word. */
static uint32_t
term_hash(struct stemma_view folded)
{
	/* Latin letters with marks start with bytes up to 0xc9. */
	folded = (unsigned char)folded.bytes[0] > 0xc9 ? cut(folded, STEM_OTHER)
						       : stem(folded);
	return stemma_cue_hash(folded.bytes, folded.size);
}

/* Capitals, told by what folding changed: no table of letters is needed. */
static uint8_t
capital_flags(struct stemma_view spelling, struct stemma_view folded)
{
	size_t size, other;
	uint8_t flags = STEMMA_LEXEME_CAPITAL;

	if (stemma_code_point(spelling, 0, &size) ==
		stemma_code_point(folded, 0, &other))
		return 0;
	if (size == spelling.size)
		return flags;
	for (size_t a = 0, b = 0; a < spelling.size && b < folded.size;) {
		uint32_t c = stemma_code_point(spelling, a, &size);

		if (c == stemma_code_point(folded, b, &other) &&
			(c >= 0x80 || (c >= 'a' && c <= 'z')))
			return flags;
		a += size;
		b += other;
	}
	return flags | STEMMA_LEXEME_CAPITALS;
}

/* What a number stands for among words: its shape. */
static uint32_t
number_pattern(struct stemma_view folded)
{
	for (size_t k = 0; k < folded.size; k++) {
		if (folded.bytes[k] < '0' || folded.bytes[k] > '9')
			return stemma_cue_hash("#x", 2);
	}
	return stemma_cue_hash("#4", folded.size == 4 ? 2 : 1);
}

/* Look at one spelling; `*languages` become those it is a stop word of. */
static void
look(struct stemma_lexeme *lexeme, struct stemma_view spelling, uint8_t type,
	struct stemma_arena *arena, unsigned *languages)
{
	char room[STEMMA_CUE_MAX];
	size_t skipped;
	struct stemma_view folded =
		stemma_cue_fold(room, spelling, &skipped, arena);

	lexeme->flags = STEMMA_LEXEME_WORD;
	if (folded.size == 0)
		return;
	lexeme->hash = stemma_cue_hash(folded.bytes, folded.size);
	lexeme->pattern = lexeme->hash;
	lexeme->size = (uint8_t)folded.size;
	if (skipped)
		lexeme->flags |= STEMMA_LEXEME_ELIDED;
	if (skipped + folded.size + 2 == spelling.size)
		lexeme->flags |= STEMMA_LEXEME_POSSESSIVE;
	spelling.bytes += skipped;
	spelling.size -= skipped;
	if (type == STEMMA_WORD_NUMBER) {
		lexeme->flags |= STEMMA_LEXEME_NUMBER;
		lexeme->pattern = number_pattern(folded);
	} else if (type == STEMMA_WORD_GRAPHEME) {
		lexeme->flags |= STEMMA_LEXEME_GRAPHEME;
	} else {
		lexeme->flags |= capital_flags(spelling, folded);
	}
	stemma_cue_classes(lexeme->hash, 0, languages);
	if (cut(folded, 1).size == folded.size)
		lexeme->flags |= STEMMA_LEXEME_SHORT;
	lexeme->terms[0] = term_hash(folded) | 1;
	lexeme->terms[1] = ((lexeme->hash ^ 0x5e) * 0x9e3779b1u) | 1;
}

/* What needs the language: classes of cues, and words that are no terms. */
static void
look_again(struct stemma_lexeme *lexeme, unsigned language)
{
	lexeme->cues = stemma_cue_classes(lexeme->hash, language, NULL);
	/* US, IT, WHO: what is written in capitals is no function word. */
	if (lexeme->flags & STEMMA_LEXEME_CAPITALS)
		lexeme->cues &= STEMMA_CUE_TITLE | STEMMA_CUE_MONTH |
				STEMMA_CUE_UNIT | STEMMA_CUE_ABBREVIATION;
	if (lexeme->cues & STEMMA_CUE_ABBREVIATION)
		lexeme->flags |= STEMMA_LEXEME_SHORT;
	if (lexeme->cues &
		(STEMMA_CUE_STOP | STEMMA_CUE_PRONOUN | STEMMA_CUE_FIRST |
			STEMMA_CUE_CONNECTIVE | STEMMA_CUE_LINK |
			STEMMA_CUE_SAY | STEMMA_CUE_TIME))
		lexeme->terms[0] = lexeme->terms[1] = 0;
	if (lexeme->size < 2 || lexeme->flags & STEMMA_LEXEME_GRAPHEME)
		lexeme->terms[0] = lexeme->terms[1] = 0;
}

static unsigned
most_common(const uint32_t counts[STEMMA_CUES_LANGUAGES])
{
	unsigned best = 0;

	for (unsigned k = 1; k < STEMMA_CUES_LANGUAGES; k++) {
		if (counts[k] > counts[best])
			best = k;
	}
	return counts[best] ? 1u << best : 0;
}

/* Look at each spelling once; returns the language of the first words. */
static unsigned
look_at_all(
	struct stemma_page *page, uint8_t *stops, struct stemma_arena *arena)
{
	uint32_t sample[STEMMA_CUES_LANGUAGES] = {0};

	for (size_t k = 0; k < page->words.count; k++) {
		const struct stemma_word *word = &page->words.words[k];
		struct stemma_lexeme *lexeme = &page->lexemes[word->id];
		unsigned languages = 0;

		if (word->type == STEMMA_WORD_PUNCTUATION ||
			word->type == STEMMA_WORD_EMOJI)
			continue;
		if (!lexeme->flags) {
			look(lexeme,
				stemma_intern_string(page->spellings, word->id),
				word->type, arena, &languages);
			stops[word->id] = (uint8_t)languages;
		}
		for (unsigned l = 0; k < SAMPLE && l < STEMMA_CUES_LANGUAGES;
			l++)
			sample[l] += stops[word->id] >> l & 1;
	}
	return most_common(sample);
}

enum stemma_code
stemma_lexemes_make(struct stemma_page *page, struct stemma_arena *arena)
{
	size_t count = stemma_intern_count(page->spellings);
	uint8_t *stops = stemma_arena_zalloc(arena, count, 1);
	struct stemma_numbering forms;

	page->lexemes =
		stemma_arena_zalloc(arena, count, sizeof *page->lexemes);
	page->lexeme_count = count;
	if (!page->lexemes || !stops || !stemma_numbering_init(&forms, arena))
		return STEMMA_NOMEM;
	page->language = look_at_all(page, stops, arena);
	for (size_t k = 0; k < count; k++) {
		struct stemma_lexeme *lexeme = &page->lexemes[k];

		if (!lexeme->flags)
			continue;
		look_again(lexeme, page->language);
		lexeme->form = stemma_numbering_of(&forms, lexeme->hash);
		if (lexeme->form == STEMMA_NO_ID)
			return STEMMA_NOMEM;
	}
	page->form_count = forms.count;
	return STEMMA_OK;
}
