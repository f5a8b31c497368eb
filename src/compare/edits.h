/*
 * edits.h - the word edits of one link, from a shortest script to what a
 * reader wants to see.
 *
 *     tokens  The cat sat on the mat .        edits as token ranges; between
 *             The dog lay by the mat .        two of them tokens are paired
 *                 └─edit────┘                 one by one
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_EDITS_H
#define STEMMA_SRC_COMPARE_EDITS_H

#include <stemma/compare.h>

#include "align/align.h"

/* The words of one side of a link; a token is a word's index. */
struct stemma_tokens {
	const struct stemma_doc *doc;
	struct stemma_words words;
	uint32_t *ids; /* of the words, for the diff */
	uint32_t count;
	struct stemma_span span; /* of all units of the side */
	uint32_t *unit_starts;   /* the first token of each unit */
	uint32_t unit_count;
};

/* Tokens [from, to) by side that differ; both empty never. */
struct stemma_edit {
	uint32_t from[2], to[2];
};

struct stemma_edits {
	struct stemma_tokens sides[2];
	struct stemma_edit *edits; /* in order, never touching */
	uint32_t count;
	uint32_t paired; /* tokens that a longest common subsequence pairs */
};

/* Where a token starts and ends, in bytes of the document's text. */
static inline size_t
stemma_token_start(const struct stemma_tokens *tokens, uint32_t at)
{
	return tokens->words.base + tokens->words.words[at].start;
}

static inline size_t
stemma_token_end(const struct stemma_tokens *tokens, uint32_t at)
{
	return tokens->words.base + tokens->words.words[at].end;
}

static inline bool
stemma_token_is_punctuation(const struct stemma_tokens *tokens, uint32_t at)
{
	return tokens->words.words[at].type == STEMMA_WORD_PUNCTUATION;
}

/* Whether a unit starts with this token. O(log units). */
bool stemma_token_starts_unit(const struct stemma_tokens *tokens, uint32_t at);

/* Whether white space, or a unit's edge, stands before this token. */
bool stemma_token_has_space(const struct stemma_tokens *tokens, uint32_t at);

/*
 * The edits of the link, shortest script first, then cleaned up for readers:
 * see slide.c, numbers.c and absorb.c for the rules. Lives in `scratch`. STEMMA_NOMEM.
 */
enum stemma_code stemma_edits_make(struct stemma_edits *edits,
	const struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2],
	const struct stemma_pair_link *link, struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare);

/*
 * The same for a piece of one paragraph on each side, with words numbered by
 * `intern`, which borrows from `scratch`. STEMMA_NOMEM.
 */
enum stemma_code stemma_edits_make_piece(struct stemma_edits *edits,
	const struct stemma_doc *const docs[2],
	const struct stemma_span spans[2], struct stemma_intern *intern,
	struct stemma_budget *budget, struct stemma_arena *scratch,
	struct stemma_arena *spare);

/* Widen edits over all of a number that they are inside of. In place. */
void stemma_edits_widen(struct stemma_edits *edits);

/* Join edits across a few words that were kept by chance. In place. */
void stemma_edits_absorb(struct stemma_edits *edits);

/* Slide pure insertions and deletions to the best edges. In place. */
void stemma_edits_slide(struct stemma_edits *edits);

#endif
