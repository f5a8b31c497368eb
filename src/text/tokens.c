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
stemma_tokens_add(struct stemma_tokens *tokens, struct stemma_word word,
	struct stemma_view string)
{
	if (tokens->count == tokens->capacity && !grow(tokens))
		return false;
	if (tokens->pending_count == STEMMA_TOKENS_PENDING && !settle(tokens))
		return false;
	tokens->pending[tokens->pending_count++] = string;
	tokens->words[tokens->count++] = word;
	return true;
}

bool
stemma_tokens_add_folded(struct stemma_tokens *tokens, struct stemma_word word,
	struct stemma_view string)
{
	char room[256], *copy;
	size_t size = stemma_fold_write(
		room, sizeof room, string, STEMMA_FOLD_TYPOGRAPHY);

	if (size == string.size && size <= sizeof room &&
		memcmp(room, string.bytes, size) == 0)
		return stemma_tokens_add(tokens, word, string);
	/* A word that is known already needs no copy. */
	if (size <= sizeof room) {
		struct stemma_view view = {room, size};
		uint32_t id;

		if (!settle(tokens))
			return false;
		id = stemma_intern_find(tokens->intern, view);
		if (id != STEMMA_NO_ID)
			return stemma_tokens_add(tokens, word,
				stemma_intern_string(tokens->intern, id));
	}
	copy = stemma_arena_alloc(tokens->arena, size, 1);
	if (!copy)
		return false;
	if (size <= sizeof room)
		memcpy(copy, room, size);
	else
		stemma_fold_write(copy, size, string, STEMMA_FOLD_TYPOGRAPHY);
	return stemma_tokens_add(
		tokens, word, (struct stemma_view){copy, size});
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
