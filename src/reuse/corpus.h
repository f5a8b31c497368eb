/*
 * corpus.h - the words of one or two documents in one row, as numbers that are
 * equal where words are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_CORPUS_H
#define REUSE_CORPUS_H

#include <stemma/base.h>
#include <stemma/text.h>

/* What words weigh: five characters of Han or Thai are two words. */
#define STEMMA_WEIGHT_WORD 5
#define STEMMA_WEIGHT_GRAPHEME 2

struct stemma_corpus_word {
	uint32_t start, end; /* bytes from the base of the document's words */
	uint32_t number;     /* equal for equal words, case folded */
	uint8_t weight;
	bool sentence_end; /* it is the last word of its sentence */
	bool mark;         /* a mark stands in front of it, between spaces */
};

/* A unit, and its words. */
struct stemma_corpus_unit {
	uint8_t doc;
	uint32_t unit;
	uint32_t first, end; /* words */
};

struct stemma_corpus {
	size_t docs;
	size_t bases[2]; /* where the words of each document count from */
	struct stemma_corpus_word *words;
	uint32_t word_count;
	struct stemma_corpus_unit *units; /* those with words */
	uint32_t unit_count;
	const struct stemma_intern *strings; /* by number: the folded word */
};

/*
 * Read the units of the documents that are `worth` it; punctuation is left out. `spare` is used in between and
 * left as it was found. STEMMA_NOMEM, STEMMA_UNSUPPORTED past 4 GiB. O(bytes).
 */
enum stemma_code stemma_corpus_read(struct stemma_corpus *corpus,
	const struct stemma_doc *const docs[], uint8_t *const worth[],
	size_t count, struct stemma_arena *arena, struct stemma_arena *spare);

/* Whether a word says something about a subject. */
bool
stemma_corpus_is_content(const struct stemma_corpus *corpus, uint32_t word);

/* Whether two words are the same. */
static inline bool
stemma_corpus_same(const struct stemma_corpus *corpus, uint32_t a, uint32_t b)
{
	return corpus->words[a].number == corpus->words[b].number;
}

#endif
