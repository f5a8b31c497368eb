/* SPDX-License-Identifier: MIT */
#include "collation.h"

#include "space.h"

void
stemma_siglum_write(struct stemma_out *out, size_t index)
{
	char letters[8];
	size_t at = sizeof letters;

	for (index++; index && at; index = (index - 1) / 26)
		letters[--at] = (char)('A' + (index - 1) % 26);
	stemma_out_bytes(out, letters + at, sizeof letters - at);
}

size_t
stemma_siglum_width(size_t count)
{
	return count <= 26 ? 1 : count <= 702 ? 2 : 3;
}

struct stemma_view
stemma_token_text(const struct stemma_collation *collation,
	const struct stemma_row_reading *reading,
	const struct stemma_token *token)
{
	return stemma_view_cut(collation->docs[reading->doc]->text,
		(struct stemma_span){token->start, token->end});
}

enum stemma_code
stemma_row_walk_start(struct stemma_row_walk *walk,
	const struct stemma_collation *collation,
	const struct stemma_row_words *words, struct stemma_arena *arena)
{
	*walk = (struct stemma_row_walk){
		.collation = collation, .words = words};
	walk->at = stemma_arena_alloc(
		arena, words->reading_count, 2 * sizeof *walk->at);
	if (!walk->at)
		return STEMMA_NOMEM;
	walk->next = walk->at + words->reading_count;
	for (uint32_t r = 0; r < words->reading_count; r++)
		walk->next[r] = words->readings[r].first_token;
	return STEMMA_OK;
}

/* The token of a reading in `column` if it is the next one, or NULL. */
static const struct stemma_token *
token_in(const struct stemma_row_walk *walk, uint32_t r, uint32_t column)
{
	const struct stemma_row_reading *reading = &walk->words->readings[r];
	const struct stemma_token *token = &walk->words->tokens[walk->next[r]];

	return walk->next[r] < reading->first_token + reading->token_count &&
			       token->column == column
		       ? token
		       : NULL;
}

/* Whether all readings have the same bytes in a column. */
static bool
is_same(const struct stemma_row_walk *walk, uint32_t column)
{
	const struct stemma_row_reading *readings = walk->words->readings;
	const struct stemma_token *first = token_in(walk, 0, column);

	for (uint32_t r = 0; r < walk->words->reading_count; r++) {
		const struct stemma_token *token = token_in(walk, r, column);

		if (!first || !token || token->space != first->space ||
			!stemma_view_equal(stemma_token_text(walk->collation,
						   &readings[r], token),
				stemma_token_text(
					walk->collation, &readings[0], first)))
			return false;
	}
	return true;
}

bool
stemma_row_walk_next(
	struct stemma_row_walk *walk, struct stemma_stretch *stretch)
{
	const struct stemma_row_words *words = walk->words;

	if (walk->column == words->column_count)
		return false;
	for (uint32_t r = 0; r < words->reading_count; r++)
		walk->at[r] = walk->next[r];
	stretch->first = walk->column;
	stretch->same = is_same(walk, walk->column);
	do {
		for (uint32_t r = 0; r < words->reading_count; r++)
			walk->next[r] +=
				token_in(walk, r, walk->column) != NULL;
		walk->column++;
	} while (walk->column < words->column_count &&
		 is_same(walk, walk->column) == stretch->same);
	stretch->end = walk->column;
	return true;
}

/* A token may have white space inside, beside a character that is none. */
static void
write_token(struct stemma_out *out, struct stemma_view text)
{
	for (size_t at = 0; at < text.size;) {
		size_t end = stemma_space_end(text, at);

		if (end > at)
			stemma_out_char(out, ' ');
		at = end;
		end = stemma_word_end(text, at);
		stemma_out_bytes(out, text.bytes + at, end - at);
		at = end;
	}
}

void
stemma_row_walk_write(const struct stemma_row_walk *walk, uint32_t reading,
	struct stemma_out *out)
{
	for (size_t k = walk->at[reading]; k < walk->next[reading]; k++) {
		const struct stemma_token *token = &walk->words->tokens[k];

		write_token(
			out, stemma_token_text(walk->collation,
				     &walk->words->readings[reading], token));
		if (token->space)
			stemma_out_char(out, ' ');
	}
}

bool
stemma_row_walk_alike(
	const struct stemma_row_walk *walk, uint32_t a, uint32_t b)
{
	const struct stemma_token *tokens = walk->words->tokens;
	size_t count = walk->next[a] - walk->at[a];

	if (walk->next[b] - walk->at[b] != count)
		return false;
	for (size_t k = 0; k < count; k++)
		if (tokens[walk->at[a] + k].id != tokens[walk->at[b] + k].id)
			return false;
	return true;
}
