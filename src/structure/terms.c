/* SPDX-License-Identifier: MIT */

#include <assert.h>

#include "maths.h"
#include "model.h"
#include "numbering.h"
#include "page.h"
#include "terms.h"

/* How often the page writes a word inside a sentence, by its form. */
struct usage {
	uint32_t capital, small;
};

static struct usage *
count_usage(const struct stemma_page *page, struct stemma_arena *arena)
{
	struct usage *usage =
		stemma_arena_zalloc(arena, page->form_count, sizeof *usage);

	for (size_t k = 0; usage && k < page->token_count; k++) {
		const struct stemma_token *token = &page->tokens[k];
		const struct stemma_lexeme *l = &page->lexemes[token->lexeme];

		if (!(l->flags & STEMMA_LEXEME_CAPITAL))
			usage[l->form].small++;
		else if (!(token->flags & STEMMA_TOKEN_BEGINS))
			usage[l->form].capital++;
	}
	return usage;
}

/* The hash of the token's term; 0: it has none. Sets `*name`. */
static uint32_t
term_hash(const struct stemma_page *page, const struct stemma_token *token,
	const struct usage *usage, bool *name)
{
	const struct stemma_lexeme *l = &page->lexemes[token->lexeme];

	*name = false;
	if (l->flags & STEMMA_LEXEME_GRAPHEME) {
		const struct stemma_lexeme *next;

		/* Two neighbours stand for a word. */
		if (token + 1 == page->tokens + page->token_count ||
			!(token[1].flags & STEMMA_TOKEN_GLUED))
			return 0;
		next = &page->lexemes[token[1].lexeme];
		if (!(next->flags & STEMMA_LEXEME_GRAPHEME))
			return 0;
		return (l->hash * 0x85ebca6bu ^ next->hash) * 0xc2b2ae35u | 1;
	}
	*name = l->flags & STEMMA_LEXEME_CAPITAL &&
		(!(token->flags & STEMMA_TOKEN_BEGINS) ||
			usage[l->form].capital > usage[l->form].small);
	return l->terms[*name];
}

static float
rarity_of(uint32_t hash, bool name, bool *known)
{
	uint32_t at = stemma_model_rarity_index[hash >> 20];
	uint32_t end = stemma_model_rarity_index[(hash >> 20) + 1];

	while (at < end && stemma_model_rarities[at].hash < hash)
		at++;
	*known = at < end && stemma_model_rarities[at].hash == hash;
	if (*known)
		return (float)stemma_model_rarities[at].rarity / 32;
	return stemma_model_rarity_unknown + (name ? 0.5f : 0);
}

/* The terms themselves, with what the page and the language say of them. */
static void
weigh(struct stemma_page *page)
{
	double known_tokens = 0, tokens = 0;

	for (size_t k = 0; k < page->term_count; k++) {
		struct stemma_term *term = &page->terms[k];
		bool known;
		float rarity = rarity_of(term->hash, term->name, &known);

		term->rarity = stemma_ln_quick(
			(float)(page->block_count + 1) / (float)term->blocks);
		term->weight = term->rarity * rarity;
		tokens += term->tokens;
		known_tokens += known ? term->tokens : 0;
	}
	page->known = tokens > 0 ? (float)(known_tokens / tokens) : 0;
}

/* Add one token's term to the mentions of its block. */
static void
mention(struct stemma_page *page, uint32_t block, uint32_t number)
{
	struct stemma_term *term = &page->terms[number];
	struct stemma_mention *last =
		term->blocks ? &page->mentions[term->last] : NULL;
	uint32_t at = (uint32_t)page->mention_count;

	assert(page->mentions);
	term->tokens++;
	if (last && last->block == block) {
		last->count++;
		return;
	}
	page->mentions[at] = (struct stemma_mention){.term = number,
		.block = block,
		.previous = last ? term->last : STEMMA_NONE,
		.next = STEMMA_NONE,
		.count = 1};
	if (last)
		last->next = at;
	term->last = at;
	term->blocks++;
	page->mention_count++;
}

/* Make room for one more term. */
static bool
grow(struct stemma_page *page, size_t *capacity, struct stemma_arena *arena)
{
	struct stemma_term *terms;

	if (page->term_count < *capacity)
		return true;
	*capacity = *capacity ? *capacity * 2 : 512;
	terms = stemma_arena_alloc(arena, *capacity, sizeof *terms);
	if (!terms)
		return false;
	for (size_t k = 0; k < page->term_count; k++)
		terms[k] = page->terms[k];
	page->terms = terms;
	return true;
}

enum stemma_code
stemma_terms_find(struct stemma_page *page, struct stemma_arena *arena)
{
	struct usage *usage = count_usage(page, arena);
	struct stemma_numbering numbers;
	size_t capacity = 0;

	page->mentions = stemma_arena_alloc(
		arena, page->token_count, sizeof *page->mentions);
	if (!usage || !page->mentions ||
		!stemma_numbering_init(&numbers, arena))
		return STEMMA_NOMEM;
	for (uint32_t b = 0; b < page->block_count; b++) {
		struct stemma_block *block = &page->blocks[b];

		block->first_mention = (uint32_t)page->mention_count;
		for (uint32_t k = 0; k < block->token_count; k++) {
			struct stemma_token *token =
				&page->tokens[block->first_token + k];
			bool name;
			uint32_t hash = term_hash(page, token, usage, &name);

			if (!hash)
				continue;
			token->term = stemma_numbering_of(&numbers, hash);
			if (token->term == STEMMA_NO_ID ||
				!grow(page, &capacity, arena))
				return STEMMA_NOMEM;
			if (token->term == page->term_count)
				page->terms[page->term_count++] =
					(struct stemma_term){
						.hash = hash, .name = name};
			mention(page, b, token->term);
		}
		block->mention_count =
			(uint32_t)page->mention_count - block->first_mention;
	}
	weigh(page);
	return STEMMA_OK;
}
