/* SPDX-License-Identifier: MIT */
#include "cues.h"
#include "names.h"

/* Bytes that a word of a name must have to be a key. */
#define KEY_MIN 3

/* Capitalised words that are no names. */
#define NO_NAME                                                             \
	(STEMMA_CUE_STOP | STEMMA_CUE_PRONOUN | STEMMA_CUE_FIRST |          \
		STEMMA_CUE_CONNECTIVE | STEMMA_CUE_LINK | STEMMA_CUE_TIME | \
		STEMMA_CUE_MONTH)

static const struct stemma_lexeme *
lexeme_of(const struct stemma_page *page, uint32_t token)
{
	return &page->lexemes[page->tokens[token].lexeme];
}

/* Whether `token` is capitalised and goes on with the name before it. */
static bool
goes_on(const struct stemma_page *page, uint32_t token)
{
	return lexeme_of(page, token)->flags & STEMMA_LEXEME_CAPITAL &&
	       page->tokens[token].flags & STEMMA_TOKEN_GLUED &&
	       !(page->tokens[token].flags & STEMMA_TOKEN_BEGINS);
}

/* The end of the run of capitalised words from `token` on. */
static uint32_t
run_end(const struct stemma_page *page, uint32_t token, uint32_t end)
{
	for (token++; token < end; token++) {
		if (lexeme_of(page, token - 1)->flags &
			STEMMA_LEXEME_POSSESSIVE)
			break;
		if (goes_on(page, token))
			continue;
		if (token + 1 < end &&
			page->tokens[token].flags & STEMMA_TOKEN_GLUED &&
			lexeme_of(page, token)->cues & STEMMA_CUE_PARTICLE &&
			goes_on(page, token + 1))
			continue;
		break;
	}
	return token;
}

/* The name in the run [token, end), if titles leave anything. */
static bool
name_in_run(struct stemma_name *name, const struct stemma_page *page,
	uint32_t block, uint32_t token, uint32_t end)
{
	bool titled = false, lone = end - token == 1;
	uint32_t from = token;

	for (uint32_t k = token; k < end; k++) {
		if (lexeme_of(page, k)->cues & STEMMA_CUE_TITLE) {
			from = k + 1;
			titled = true;
		}
	}
	if (from == end)
		return false;
	*name = (struct stemma_name){.block = block,
		.token = from,
		.first = lexeme_of(page, from)->form,
		.last = lexeme_of(page, end - 1)->form,
		.size = (uint8_t)(end - from < 255 ? end - from : 255),
		.shape = end - from > 1 ? STEMMA_NAME_FULL
			 : titled       ? STEMMA_NAME_TITLED
					: STEMMA_NAME_BARE,
		.begins = lone && !titled &&
			  page->tokens[token].flags & STEMMA_TOKEN_BEGINS,
		.titled = titled};
	return true;
}

static void
find_runs(struct stemma_names *names, const struct stemma_page *page)
{
	for (uint32_t b = 0; b < page->block_count; b++) {
		const struct stemma_block *block = &page->blocks[b];
		uint32_t token = block->first_token;
		uint32_t end = token + block->token_count, next;

		names->block_names[b] = (uint32_t)names->name_count;
		for (; token < end; token = next) {
			const struct stemma_lexeme *l = lexeme_of(page, token);

			next = token + 1;
			if (!(l->flags & STEMMA_LEXEME_CAPITAL) ||
				l->cues & NO_NAME)
				continue;
			next = run_end(page, token, end);
			names->name_count +=
				name_in_run(&names->names[names->name_count],
					page, b, token, next);
		}
	}
	names->block_names[page->block_count] = (uint32_t)names->name_count;
}

static bool
may_be_key(const struct stemma_page *page, uint32_t token)
{
	const struct stemma_lexeme *l = lexeme_of(page, token);

	return l->size >= KEY_MIN && !(l->flags & STEMMA_LEXEME_NUMBER) &&
	       !(l->cues & STEMMA_CUE_PARTICLE);
}

/* Mark the first and last words of full names. */
static void
mark_keys(const struct stemma_names *names, const struct stemma_page *page,
	uint8_t *keys)
{
	for (size_t k = 0; k < names->name_count; k++) {
		const struct stemma_name *name = &names->names[k];

		if (name->shape != STEMMA_NAME_FULL)
			continue;
		if (may_be_key(page, name->token))
			keys[name->first] = 1;
		if (lexeme_of(page, name->token)->size >= KEY_MIN)
			keys[name->last] = 1;
	}
}

static void
add_naming(struct stemma_names *names, uint32_t *last, uint32_t key,
	const struct stemma_name *name)
{
	uint32_t at = (uint32_t)names->naming_count;

	if (last[key] != STEMMA_NONE) {
		if (names->namings[last[key]].block == name->block)
			return;
		names->namings[last[key]].next = at;
	}
	names->namings[at] = (struct stemma_naming){.key = key,
		.block = name->block,
		.previous = last[key],
		.next = STEMMA_NONE,
		.shape = name->shape,
		.titled = name->titled && key == name->last};
	last[key] = at;
	names->naming_count++;
}

/* Tell how each key is used from the chain that ends in `last`. */
static uint8_t
use_of(const struct stemma_names *names, uint32_t last)
{
	unsigned full = 0, shorter = 0;
	uint32_t at = last, first = last;

	for (; at != STEMMA_NONE; at = names->namings[at].previous) {
		first = at;
		if (names->namings[at].shape == STEMMA_NAME_FULL)
			full++;
		else
			shorter++;
	}
	if (!full)
		return STEMMA_USE_NONE;
	if (shorter)
		return names->namings[first].shape == STEMMA_NAME_FULL
			       ? STEMMA_USE_A
			       : STEMMA_USE_B;
	return full > 1 ? STEMMA_USE_C : STEMMA_USE_NONE;
}

enum stemma_code
stemma_names_find(struct stemma_names *names, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	size_t forms = page->form_count, blocks = page->block_count + 1;
	uint32_t *last = stemma_arena_alloc(arena, forms, sizeof *last);
	uint8_t *keys = stemma_arena_zalloc(arena, forms, 1);

	*names = (struct stemma_names){0};
	names->names = stemma_arena_alloc(
		arena, page->token_count, sizeof *names->names);
	names->block_names =
		stemma_arena_alloc(arena, blocks, sizeof *names->block_names);
	names->block_namings =
		stemma_arena_alloc(arena, blocks, sizeof *names->block_namings);
	names->uses = stemma_arena_zalloc(arena, forms, 1);
	if (!last || !keys || !names->names || !names->block_names ||
		!names->block_namings || !names->uses)
		return STEMMA_NOMEM;
	find_runs(names, page);
	names->namings = stemma_arena_alloc(
		arena, 2 * names->name_count, sizeof *names->namings);
	if (!names->namings)
		return STEMMA_NOMEM;
	mark_keys(names, page, keys);
	for (size_t k = 0; k < forms; k++)
		last[k] = STEMMA_NONE;
	for (uint32_t b = 0, k = 0; b <= page->block_count; b++) {
		names->block_namings[b] = (uint32_t)names->naming_count;
		for (; k < names->name_count && names->names[k].block == b;
			k++) {
			const struct stemma_name *name = &names->names[k];

			if (keys[name->first])
				add_naming(names, last, name->first, name);
			if (name->shape == STEMMA_NAME_FULL && keys[name->last])
				add_naming(names, last, name->last, name);
		}
	}
	for (size_t k = 0; k < forms; k++)
		names->uses[k] = use_of(names, last[k]);
	return STEMMA_OK;
}
