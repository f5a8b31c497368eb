/*
 * tokens.h - words being gathered: their room, which nobody can know ahead,
 * and their numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_TOKENS_H
#define TEXT_TOKENS_H

#include <stemma/text.h>

/* How many words are gathered before the heap is asked. */
#define STEMMA_TOKENS_FIRST 256

/* How many strings wait to be interned together. */
#define STEMMA_TOKENS_PENDING 64

struct stemma_tokens {
	struct stemma_word first[STEMMA_TOKENS_FIRST];
	struct stemma_word *words; /* `first`, or the heap's */
	size_t count, capacity;
	struct stemma_view
		pending[STEMMA_TOKENS_PENDING]; /* of the last words */
	size_t pending_count;
	struct stemma_intern *intern;
	struct stemma_arena *arena;
};

/* Start without words, over a table and the arena for what has to be kept. */
void stemma_tokens_start(struct stemma_tokens *tokens,
	struct stemma_intern *intern, struct stemma_arena *arena);

/* Make room for one more word and string. False without memory. */
bool stemma_tokens_reserve(struct stemma_tokens *tokens);

/*
 * Add a word whose number is that of `string`, which outlives the table. The
 * number is set later. False without memory.
 */
static inline bool
stemma_tokens_add(struct stemma_tokens *tokens, struct stemma_word word,
	struct stemma_view string)
{
	if ((tokens->count == tokens->capacity ||
		    tokens->pending_count == STEMMA_TOKENS_PENDING) &&
		!stemma_tokens_reserve(tokens))
		return false;
	tokens->pending[tokens->pending_count++] = string;
	tokens->words[tokens->count++] = word;
	return true;
}

/* The same, for a string that is to be folded first. */
bool stemma_tokens_add_folded(struct stemma_tokens *tokens,
	struct stemma_word word, struct stemma_view string);

/*
 * Copy the words to the arena, numbers set, and free the rest. On failure,
 * which earlier ones may have caused, only the latter. NULL without memory.
 */
struct stemma_word *
stemma_tokens_finish(struct stemma_tokens *tokens, bool failed);

#endif
