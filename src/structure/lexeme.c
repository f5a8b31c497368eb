/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cues.h"
#include "lexeme.h"
#include "look.h"
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

/* The first `count` code points of `word`, which is valid UTF-8. */
static struct stemma_view
cut(struct stemma_view word, size_t count)
{
	size_t at = 0;

	if (word.size <= count)
		return word;
	while (at < word.size && count--) {
		at++;
		while (at < word.size && (word.bytes[at] & 0xc0) == 0x80)
			at++;
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

/* The part of a folded word that all its forms have in common. */
static size_t
term_size(struct stemma_view folded)
{
	/* Latin letters with marks start with bytes up to 0xc9. */
	return (unsigned char)folded.bytes[0] > 0xc9
		       ? cut(folded, STEM_OTHER).size
		       : stem(folded).size;
}

/* Capitals, told by what folding changed: no table of letters is needed. */
static uint8_t
capital_flags(struct stemma_view spelling, struct stemma_view folded)
{
	size_t size, other;
	uint8_t flags = STEMMA_LEXEME_CAPITAL;

	if (stemma_look_point(spelling, 0, &size) ==
		stemma_look_point(folded, 0, &other))
		return 0;
	if (size == spelling.size)
		return flags;
	for (size_t a = 0, b = 0; a < spelling.size && b < folded.size;) {
		uint32_t c = stemma_look_point(spelling, a, &size);

		if (c == stemma_look_point(folded, b, &other) &&
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

/* Look at one spelling; returns the languages it is a stop word of. */
static uint8_t
look(struct stemma_lexeme *lexeme, struct stemma_view spelling, uint8_t type,
	struct stemma_arena *arena)
{
	char room[STEMMA_CUE_MAX];
	unsigned languages;
	size_t skipped, stem_size;
	uint32_t hash;
	struct stemma_view folded =
		stemma_cue_fold(room, spelling, &skipped, arena);

	*lexeme = (struct stemma_lexeme){.flags = STEMMA_LEXEME_WORD};
	if (folded.size == 0)
		return 0;
	stem_size = term_size(folded);
	hash = stemma_cue_hash(folded.bytes, stem_size);
	lexeme->terms[0] = hash | 1;
	lexeme->hash = stemma_cue_hash_on(
		hash, folded.bytes + stem_size, folded.size - stem_size);
	lexeme->terms[1] = ((lexeme->hash ^ 0x5e) * 0x9e3779b1u) | 1;
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
	lexeme->cues = stemma_cue_classes(lexeme->hash, ~0u, &languages);
	if (cut(folded, 1).size == folded.size)
		lexeme->flags |= STEMMA_LEXEME_SHORT;
	return (uint8_t)languages;
}

/* What needs the language: classes of cues, of which those in all languages are
   known, and words that are no terms. */
static void
look_again(struct stemma_lexeme *lexeme, unsigned language)
{
	if (lexeme->cues)
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

/* Note the type of the first word of each spelling that is more than a mark;
   returns how often each is among the first words, or NULL without memory. */
static uint16_t *
meet(const struct stemma_page *page, struct stemma_arena *arena)
{
	const struct stemma_word *words = page->words.words;
	uint16_t *times =
		stemma_arena_zalloc(arena, page->lexeme_count, sizeof *times);
	uint8_t *types = page->types;

	if (!times)
		return NULL;
	for (size_t k = page->words.count; k-- > 0;) {
		uint32_t id = words[k].id;

		if (words[k].type >= STEMMA_WORD_EMOJI)
			continue;
		types[id] = (uint8_t)(words[k].type + 1);
		if (k < SAMPLE)
			times[id]++;
	}
	return times;
}

_Static_assert(STEMMA_WORD_PUNCTUATION > STEMMA_WORD_EMOJI &&
		       STEMMA_WORD_GRAPHEME < STEMMA_WORD_EMOJI,
	"the types of marks come last");

/* The language whose stop words are met most often. */
static unsigned
language_of(const struct stemma_page *page, const uint16_t *times)
{
	uint32_t counts[STEMMA_CUES_LANGUAGES] = {0};
	unsigned best = 0;

	for (size_t k = 0; k < page->lexeme_count; k++) {
		for (unsigned l = 0;
			page->stops[k] && l < STEMMA_CUES_LANGUAGES; l++)
			counts[l] += (page->stops[k] >> l & 1) * times[k];
	}
	for (unsigned k = 1; k < STEMMA_CUES_LANGUAGES; k++) {
		if (counts[k] > counts[best])
			best = k;
	}
	return counts[best] ? 1u << best : 0;
}

/* The number on the page before of a spelling that was a word of this type
   there; STEMMA_NONE: it was none. */
static uint32_t
known_before(const struct stemma_page *page, const struct stemma_page *before,
	uint32_t lexeme)
{
	uint32_t spelling;

	if (!before)
		return STEMMA_NONE;
	spelling = stemma_page_spelling(page, lexeme);
	return spelling < before->lexeme_count &&
			       before->types[spelling] == page->types[lexeme]
		       ? spelling
		       : STEMMA_NONE;
}

static void
look_at(struct stemma_page *page, uint32_t lexeme, struct stemma_arena *arena)
{
	page->stops[lexeme] = look(&page->lexemes[lexeme],
		stemma_intern_string(
			page->spellings, stemma_page_spelling(page, lexeme)),
		(uint8_t)(page->types[lexeme] - 1), arena);
}

/* Look at each spelling once that is not `known`, and tell the language. */
static void
look_at_new(struct stemma_page *page, const struct stemma_page *before,
	const uint32_t *known, const uint16_t *times,
	struct stemma_arena *arena)
{
	for (uint32_t k = 0; k < page->lexeme_count; k++) {
		if (!page->types[k])
			continue;
		if (known[k] == STEMMA_NONE)
			look_at(page, k, arena);
		else
			page->stops[k] = before->stops[known[k]];
	}
	page->language = language_of(page, times);
}

/* Look at each spelling again, now that the language is known. */
static void
look_at_all(struct stemma_page *page, const struct stemma_page *before,
	const uint32_t *known, struct stemma_arena *arena)
{
	bool same = before && before->language == page->language;

	page->alike = same;
	for (uint32_t k = 0; k < page->lexeme_count; k++) {
		if (!page->types[k])
			continue;
		if (known[k] != STEMMA_NONE && same) {
			page->lexemes[k] = before->lexemes[known[k]];
			continue;
		}
		if (known[k] != STEMMA_NONE)
			look_at(page, k, arena);
		else if (before &&
			 stemma_page_spelling(page, k) < before->lexeme_count)
			page->alike = false;
		look_again(&page->lexemes[k], page->language);
	}
}

/* Number the forms in the order in which they come on this page. */
static enum stemma_code
number_forms(struct stemma_page *page, const struct stemma_page *before,
	const uint32_t *known, struct stemma_arena *arena)
{
	size_t most = page->lexeme_count;
	uint32_t *numbers;

	if (before)
		page->forms = before->forms;
	else if (!stemma_numbering_init(&page->forms, most, arena))
		return STEMMA_NOMEM;
	most += page->forms.count;
	numbers = stemma_arena_zalloc(arena, most, sizeof *numbers);
	if (!numbers)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < page->lexeme_count; k++) {
		struct stemma_lexeme *lexeme = &page->lexemes[k];
		uint32_t form;

		if (!lexeme->flags)
			continue;
		form = known[k] != STEMMA_NONE
			       ? before->lexemes[known[k]].form
			       : stemma_numbering_of(
					 &page->forms, lexeme->hash);
		if (form == STEMMA_NO_ID)
			return STEMMA_NOMEM;
		if (!numbers[form])
			numbers[form] = (uint32_t)++page->form_count;
		lexeme->form = numbers[form] - 1;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_lexemes_make(struct stemma_page *page, const struct stemma_page *before,
	struct stemma_arena *arena)
{
	size_t count = page->lexeme_count;
	uint32_t *known = stemma_arena_alloc(arena, count, sizeof *known);
	uint16_t *times;

	page->lexemes =
		stemma_arena_zalloc(arena, count, sizeof *page->lexemes);
	page->types = stemma_arena_zalloc(arena, count, 1);
	page->stops = stemma_arena_zalloc(arena, count, 1);
	if (!page->lexemes || !page->types || !page->stops || !known)
		return STEMMA_NOMEM;
	times = meet(page, arena);
	if (!times)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < count; k++)
		known[k] = known_before(page, before, k);
	look_at_new(page, before, known, times, arena);
	look_at_all(page, before, known, arena);
	return number_forms(page, before, known, arena);
}
