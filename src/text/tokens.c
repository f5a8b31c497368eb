/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "tokens.h"

void
stemma_tokens_start(struct stemma_tokens *tokens, struct stemma_intern *intern,
	struct stemma_arena *arena)
{
	tokens->words = tokens->first;
	tokens->count = 0;
	tokens->capacity = STEMMA_TOKENS_FIRST;
	tokens->pending_count = 0;
	tokens->intern = intern;
	tokens->arena = arena;
}

static bool
grow(struct stemma_tokens *tokens)
{
	bool first = tokens->words == tokens->first;
	size_t capacity = tokens->capacity * 2;
	struct stemma_word *words =
		realloc(first ? NULL : tokens->words, capacity * sizeof *words);

	if (!words)
		return false;
	if (first)
		memcpy(words, tokens->first, sizeof tokens->first);
	tokens->words = words;
	tokens->capacity = capacity;
	return true;
}

/* Number the words that wait for it, which are the last ones. */
static bool
settle(struct stemma_tokens *tokens)
{
	uint32_t ids[STEMMA_TOKENS_PENDING];
	size_t count = tokens->pending_count;

	if (!stemma_intern_ids(tokens->intern, ids, tokens->pending, count))
		return false;
	for (size_t k = 0; k < count; k++)
		tokens->words[tokens->count - count + k].id = ids[k];
	tokens->pending_count = 0;
	return true;
}

bool
stemma_tokens_reserve(struct stemma_tokens *tokens)
{
	return (tokens->count < tokens->capacity || grow(tokens)) &&
	       (tokens->pending_count < STEMMA_TOKENS_PENDING ||
		       settle(tokens));
}

/* The number of a string longer than any word of a language, folded. */
static uint32_t
fold_long(struct stemma_tokens *tokens, struct stemma_view string, size_t size)
{
	struct stemma_mark mark = stemma_arena_mark(tokens->arena);
	char *room = stemma_arena_alloc(tokens->arena, size, 1);
	uint32_t id;

	if (!room)
		return STEMMA_NO_ID;
	stemma_fold_write(room, size, string, STEMMA_FOLD_TYPOGRAPHY);
	id = stemma_intern_find(
		tokens->intern, (struct stemma_view){room, size});
	if (id != STEMMA_NO_ID)
		stemma_arena_rewind(tokens->arena, mark);
	else
		id = stemma_intern_copy(
			tokens->intern, (struct stemma_view){room, size});
	return id;
}

bool
stemma_tokens_add_folded(struct stemma_tokens *tokens, struct stemma_word word,
	struct stemma_view string)
{
	char room[256];
	size_t size = stemma_fold_write(
		room, sizeof room, string, STEMMA_FOLD_TYPOGRAPHY);

	if (size == string.size && size <= sizeof room &&
		memcmp(room, string.bytes, size) == 0)
		return stemma_tokens_add(tokens, word, string);
	if (!settle(tokens) || !stemma_tokens_reserve(tokens))
		return false;
	word.id = size <= sizeof room
			  ? stemma_intern_copy(tokens->intern,
				    (struct stemma_view){room, size})
			  : fold_long(tokens, string, size);
	tokens->words[tokens->count++] = word;
	return word.id != STEMMA_NO_ID;
}

struct stemma_word *
stemma_tokens_finish(struct stemma_tokens *tokens, bool failed)
{
	struct stemma_word *words = NULL;

	if (!failed && settle(tokens))
		words = stemma_arena_alloc(
			tokens->arena, tokens->count, sizeof *words);
	if (words && tokens->count)
		memcpy(words, tokens->words, tokens->count * sizeof *words);
	if (tokens->words != tokens->first)
		free(tokens->words);
	return words;
}
