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

/* The hash that two neighbouring graphemes have as a word; 0: there are none. */
static uint32_t
grapheme_hash(const struct stemma_page *page, const struct stemma_token *token)
{
	const struct stemma_lexeme *l = &page->lexemes[token->lexeme], *next;

	if (token + 1 == page->tokens + page->token_count ||
		!(token[1].flags & STEMMA_TOKEN_GLUED))
		return 0;
	next = &page->lexemes[token[1].lexeme];
	if (!(next->flags & STEMMA_LEXEME_GRAPHEME))
		return 0;
	return (l->hash * 0x85ebca6bu ^ next->hash) * 0xc2b2ae35u | 1;
}

/* Whether the token is a name by how it is written, here or elsewhere. */
static bool
is_name(const struct stemma_lexeme *l, const struct stemma_token *token,
	const struct usage *usage)
{
	return l->flags & STEMMA_LEXEME_CAPITAL &&
	       (!(token->flags & STEMMA_TOKEN_BEGINS) ||
		       usage[l->form].capital > usage[l->form].small);
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

/* The terms of a page, being gathered. */
struct gathering {
	struct stemma_page *page;
	struct usage *usage;
	struct stemma_numbering numbers;
	uint32_t (*known)[2]; /* by lexeme, common word and name: its term plus
	                         one; 0: it was not met yet */
	size_t capacity;
	struct stemma_arena *arena;
};

static bool
prepare(struct gathering *g, struct stemma_page *page,
	struct stemma_arena *arena)
{
	*g = (struct gathering){.page = page, .arena = arena};
	g->usage = count_usage(page, arena);
	g->known = stemma_arena_zalloc(
		arena, page->lexeme_count, sizeof *g->known);
	page->mentions = stemma_arena_alloc(
		arena, page->token_count, sizeof *page->mentions);
	return g->usage && g->known && page->mentions &&
	       stemma_numbering_init(&g->numbers, page->form_count, arena);
}

/* Make room for one more term. */
static bool
grow(struct gathering *g)
{
	struct stemma_page *page = g->page;
	struct stemma_term *terms;

	if (page->term_count < g->capacity)
		return true;
	g->capacity =
		g->capacity ? g->capacity * 2 : page->form_count + 64;
	terms = stemma_arena_alloc(g->arena, g->capacity, sizeof *terms);
	if (!terms)
		return false;
	for (size_t k = 0; k < page->term_count; k++)
		terms[k] = page->terms[k];
	page->terms = terms;
	return true;
}

/* The number of the term of this hash; STEMMA_NO_ID without memory. */
static uint32_t
number_of(struct gathering *g, uint32_t hash, bool name)
{
	struct stemma_page *page = g->page;
	uint32_t number = stemma_numbering_of(&g->numbers, hash);

	if (number == STEMMA_NO_ID || !grow(g))
		return STEMMA_NO_ID;
	if (number == page->term_count)
		page->terms[page->term_count++] =
			(struct stemma_term){.hash = hash, .name = name};
	return number;
}

/* Set the token's term, if it has one; false without memory. */
static bool
gather(struct gathering *g, struct stemma_token *token)
{
	const struct stemma_lexeme *l = &g->page->lexemes[token->lexeme];
	uint32_t *known = g->known[token->lexeme];
	uint32_t hash;
	bool name;

	if (l->flags & STEMMA_LEXEME_GRAPHEME) {
		hash = grapheme_hash(g->page, token);
		if (hash)
			token->term = number_of(g, hash, false);
		return !hash || token->term != STEMMA_NO_ID;
	}
	if (!l->terms[0] && !l->terms[1])
		return true;
	name = is_name(l, token, g->usage);
	if (!known[name]) {
		if (!l->terms[name])
			return true;
		known[name] = number_of(g, l->terms[name], name) + 1;
	}
	token->term = known[name] - 1;
	return token->term != STEMMA_NO_ID;
}

enum stemma_code
stemma_terms_find(struct stemma_page *page, struct stemma_arena *arena)
{
	struct gathering g;

	if (!prepare(&g, page, arena))
		return STEMMA_NOMEM;
	for (uint32_t b = 0; b < page->block_count; b++) {
		struct stemma_block *block = &page->blocks[b];

		block->first_mention = (uint32_t)page->mention_count;
		for (uint32_t k = 0; k < block->token_count; k++) {
			struct stemma_token *token =
				&page->tokens[block->first_token + k];

			if (!gather(&g, token))
				return STEMMA_NOMEM;
			if (token->term != STEMMA_NONE)
				mention(page, b, token->term);
		}
		block->mention_count =
			(uint32_t)page->mention_count - block->first_mention;
	}
	weigh(page);
	return STEMMA_OK;
}
