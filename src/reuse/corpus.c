/* SPDX-License-Identifier: MIT */
#include <stemma/base.h>

#include "structure/cues.h"

#include "corpus.h"

/* What is known of a spelling, by its id. */
struct spelling {
	uint32_t number; /* plus one; 0: not looked at */
	uint8_t content;
};

/* Bytes of the shortest word that says something. */
#define CONTENT_MIN 3

/* Fold one spelling, and number the folded word. False without memory. */
static bool
look_up(struct spelling *spelling, struct stemma_view text,
	struct stemma_intern *folded_words, struct stemma_arena *arena)
{
	char room[STEMMA_CUE_MAX];
	size_t skipped;
	struct stemma_view folded =
		stemma_cue_fold(room, text, &skipped, arena);
	unsigned stop = 0;
	uint32_t id;

	if (folded.size == 0) {
		id = stemma_intern_id(folded_words, text);
	} else {
		stemma_cue_classes(
			stemma_cue_hash(folded.bytes, folded.size), 0, &stop);
		id = stemma_intern_find(folded_words, folded);
	}
	if (folded.size && id == STEMMA_NO_ID) {
		char *copy = stemma_arena_string(arena, folded);

		if (copy)
			id = stemma_intern_id(folded_words,
				(struct stemma_view){copy, folded.size});
	}
	if (id == STEMMA_NO_ID)
		return false;
	spelling->number = id + 1;
	spelling->content =
		!stop && (folded.size >= CONTENT_MIN || folded.size == 0);
	return true;
}

/* The words of all documents as they are split, with one table of ids. */
struct text {
	struct stemma_words words[2];
	struct stemma_intern *ids;
};

static enum stemma_code
split(struct text *text, const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena)
{
	text->ids = stemma_intern_new(arena);
	if (!text->ids)
		return STEMMA_NOMEM;
	for (size_t d = 0; d < count; d++) {
		const struct stemma_doc *doc = docs[d];
		struct stemma_span span = {0, 0};
		enum stemma_code code;

		if (doc->unit_count)
			span = (struct stemma_span){doc->units[0].start,
				doc->units[doc->unit_count - 1].end};
		code = stemma_words_split(
			&text->words[d], doc, span, text->ids, arena);
		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

/* What reading needs beside the corpus. */
struct reading {
	struct stemma_corpus *corpus;
	struct text text;
	struct spelling *spellings; /* by id */
	struct stemma_intern *folded;
	struct stemma_arena *arena;
};

/* Add a word. False without memory. */
static inline bool
take_word(struct reading *r, const struct stemma_word *w)
{
	struct stemma_corpus *corpus = r->corpus;
	struct spelling *spelling = &r->spellings[w->id];

	if (!spelling->number &&
		!look_up(spelling, stemma_intern_string(r->text.ids, w->id),
			r->folded, r->arena))
		return false;
	corpus->words[corpus->word_count++] = (struct stemma_corpus_word){
		.start = w->start,
		.end = w->end,
		.number = spelling->number,
		.weight = w->type == STEMMA_WORD_GRAPHEME
				  ? STEMMA_WEIGHT_GRAPHEME
				  : STEMMA_WEIGHT_WORD,
		.content = spelling->content,
		.sentence_end = w->sentence_end,
	};
	return true;
}

/* Take the words of one document over, unit by unit. */
static bool
take(struct reading *r, size_t d, const struct stemma_doc *doc)
{
	const struct stemma_words *words = &r->text.words[d];
	struct stemma_corpus *corpus = r->corpus;
	size_t k = 0;

	corpus->bases[d] = words->base;
	for (size_t u = 0; u < doc->unit_count; u++) {
		size_t end = doc->units[u].end - words->base;
		uint32_t first = corpus->word_count;

		for (; k < words->count && words->words[k].start < end; k++) {
			const struct stemma_word *w = &words->words[k];

			if (w->type != STEMMA_WORD_PUNCTUATION &&
				w->type != STEMMA_WORD_EMOJI) {
				if (!take_word(r, w))
					return false;
			} else if (w->sentence_end &&
				   corpus->word_count > first) {
				corpus->words[corpus->word_count - 1]
					.sentence_end = true;
			}
		}
		if (corpus->word_count == first)
			continue;
		corpus->words[corpus->word_count - 1].sentence_end = true;
		corpus->units[corpus->unit_count++] =
			(struct stemma_corpus_unit){.doc = (uint8_t)d,
				.unit = (uint32_t)u,
				.first = first,
				.end = corpus->word_count};
	}
	return true;
}

enum stemma_code
stemma_corpus_read(struct stemma_corpus *corpus,
	const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena)
{
	struct reading r = {.corpus = corpus, .arena = arena};
	enum stemma_code code = split(&r.text, docs, count, arena);
	size_t words = 0, units = 0;

	*corpus = (struct stemma_corpus){.docs = count};
	if (code != STEMMA_OK)
		return code;
	for (size_t d = 0; d < count; d++) {
		words += r.text.words[d].count;
		units += docs[d]->unit_count;
	}
	if (words >= UINT32_MAX || units >= UINT32_MAX)
		return STEMMA_UNSUPPORTED;
	r.folded = stemma_intern_new(arena);
	r.spellings = stemma_arena_zalloc(
		arena, stemma_intern_count(r.text.ids), sizeof *r.spellings);
	corpus->words = stemma_arena_alloc(arena, words, sizeof *corpus->words);
	corpus->units = stemma_arena_alloc(arena, units, sizeof *corpus->units);
	if (!r.folded || !r.spellings || !corpus->words || !corpus->units)
		return STEMMA_NOMEM;
	for (size_t d = 0; d < count; d++) {
		if (!take(&r, d, docs[d]))
			return STEMMA_NOMEM;
	}
	return STEMMA_OK;
}
