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

/* What the tokens of a lexeme are. */
enum {
	NO_TERM,
	WORD,
	INSIDE, /* a name but where a sentence begins */
	NAME,
	GRAPHEME
};

/* How often a lexeme stands on the page, and how often inside a sentence. */
struct places {
	uint32_t all, inside;
};

static struct places *
count_places(const struct stemma_page *page, struct stemma_arena *arena)
{
	struct places *places =
		stemma_arena_zalloc(arena, page->lexeme_count, sizeof *places);

	for (size_t k = 0; places && k < page->token_count; k++) {
		const struct stemma_token *token = &page->tokens[k];

		places[token->lexeme].all++;
		places[token->lexeme].inside +=
			!(token->flags & STEMMA_TOKEN_BEGINS);
	}
	return places;
}

static uint8_t
kind_of(const struct stemma_lexeme *l, const struct usage *usage)
{
	if (l->flags & STEMMA_LEXEME_GRAPHEME)
		return GRAPHEME;
	if (!l->terms[0])
		return NO_TERM;
	if (!(l->flags & STEMMA_LEXEME_CAPITAL))
		return WORD;
	return usage[l->form].capital > usage[l->form].small ? NAME : INSIDE;
}

/* What the tokens of each lexeme are; NULL without memory. */
static uint8_t *
find_kinds(const struct stemma_page *page, struct stemma_arena *arena)
{
	size_t count = page->lexeme_count;
	uint8_t *kinds = stemma_arena_alloc(arena, count, 1);
	struct places *places = count_places(page, arena);
	struct usage *usage =
		stemma_arena_zalloc(arena, page->form_count, sizeof *usage);

	if (!kinds || !places || !usage)
		return NULL;
	for (size_t k = 0; k < count; k++) {
		const struct stemma_lexeme *l = &page->lexemes[k];

		if (l->flags & STEMMA_LEXEME_CAPITAL)
			usage[l->form].capital += places[k].inside;
		else if (l->flags)
			usage[l->form].small += places[k].all;
	}
	for (size_t k = 0; k < count; k++)
		kinds[k] = kind_of(&page->lexemes[k], usage);
	return kinds;
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

static float
rarity_of(uint32_t hash, bool name, bool *known)
{
	uint32_t row = hash >> 20;
	const struct stemma_model_rarity *r =
		&stemma_model_rarities[stemma_model_rarity_index[row]];
	const struct stemma_model_rarity *end;

	/* Where a row ends is not asked at first: that is hard to foretell, and
	   entries of other rows have other hashes. */
	_Static_assert(STEMMA_MODEL_LOOKS == 3, "look at as many");
	if (r[0].hash != hash && r[1].hash != hash && r[2].hash != hash)
		r += STEMMA_MODEL_LOOKS;
	end = &stemma_model_rarities[stemma_model_rarity_index[row + 1]];
	while (r < end && r->hash != hash)
		r++;
	*known = r < end;
	return *known ? (float)r->rarity / 32
		      : stemma_model_rarity_unknown + (name ? 0.5f : 0);
}

/* What the language says of a term, which the page before may know. */
static void
look_up(struct stemma_term *term, const struct stemma_page *before)
{
	const struct stemma_term *known = NULL;

	if (before && term->number < before->term_count)
		known = &before->terms[term->number];
	if (known && known->name == term->name) {
		term->common = known->common;
		term->known = known->known;
	} else {
		term->common = rarity_of(term->hash, term->name, &term->known);
	}
}

/* The terms themselves, with what the page and the language say of them. */
static void
weigh(struct stemma_page *page, const struct stemma_page *before)
{
	const float blocks = (float)(page->block_count + 1);
	const float once = stemma_ln_quick(blocks);
	uint64_t known_tokens = 0, tokens = 0;

	for (size_t k = 0; k < page->term_count; k++) {
		struct stemma_term *term = &page->terms[k];

		look_up(term, before);
		term->rarity =
			term->blocks == 1
				? once
				: stemma_ln_quick(blocks / (float)term->blocks);
		term->weight = term->rarity * term->common;
		tokens += term->tokens;
		known_tokens += term->known ? term->tokens : 0;
	}
	page->known =
		tokens ? (float)((double)known_tokens / (double)tokens) : 0;
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
	const struct stemma_page *before;
	uint8_t *kinds;    /* by lexeme */
	uint32_t *list;    /* of tokens of one block */
	uint32_t *numbers; /* by number of a hash: its term here plus one */
	size_t capacity;
	struct stemma_arena *arena;
};

/* The tokens of the block that has most. */
static size_t
longest_block(const struct stemma_page *page)
{
	size_t most = 0;

	for (size_t b = 0; b < page->block_count; b++) {
		if (page->blocks[b].token_count > most)
			most = page->blocks[b].token_count;
	}
	return most;
}

static bool
prepare(struct gathering *g, struct stemma_page *page,
	const struct stemma_page *before, struct stemma_arena *arena)
{
	*g = (struct gathering){.page = page, .before = before, .arena = arena};
	g->kinds = find_kinds(page, arena);
	page->term_of = stemma_arena_zalloc(
		arena, page->lexeme_count, sizeof *page->term_of);
	page->mentions = stemma_arena_alloc(
		arena, page->token_count, sizeof *page->mentions);
	if (before)
		page->hashes = before->hashes;
	else if (!stemma_numbering_init(&page->hashes, page->form_count, arena))
		return false;
	g->numbers = stemma_arena_zalloc(arena,
		page->hashes.count + page->token_count, sizeof *g->numbers);
	g->list = stemma_arena_alloc(
		arena, longest_block(page) + 1, sizeof *g->list);
	return g->kinds && g->list && page->term_of && page->mentions &&
	       g->numbers;
}

/* Make room for one more term. */
static bool
grow(struct gathering *g)
{
	struct stemma_page *page = g->page;
	struct stemma_term *terms;

	if (page->term_count < g->capacity)
		return true;
	g->capacity = g->capacity ? g->capacity * 2 : page->form_count + 64;
	terms = stemma_arena_alloc(g->arena, g->capacity, sizeof *terms);
	if (!terms)
		return false;
	for (size_t k = 0; k < page->term_count; k++)
		terms[k] = page->terms[k];
	page->terms = terms;
	return true;
}

/* The term of this hash, whose number is `number`; STEMMA_NO_ID without
   memory. */
static uint32_t
term_of(struct gathering *g, uint32_t number, uint32_t hash, bool name)
{
	struct stemma_page *page = g->page;

	if (number == STEMMA_NO_ID || !grow(g))
		return STEMMA_NO_ID;
	if (!g->numbers[number]) {
		page->terms[page->term_count++] = (struct stemma_term){
			.hash = hash, .number = number, .name = name};
		g->numbers[number] = (uint32_t)page->term_count;
	}
	return g->numbers[number] - 1;
}

/* The number of the hash of a lexeme's term, which the page before may know. */
static uint32_t
number_of(struct gathering *g, uint32_t lexeme, bool name)
{
	const struct stemma_page *before = g->before;
	struct stemma_page *page = g->page;
	uint32_t hash = page->lexemes[lexeme].terms[name], spelling;

	spelling = before ? stemma_page_spelling(page, lexeme) : 0;
	if (before && spelling < before->lexeme_count &&
		before->term_of[spelling][name] &&
		before->lexemes[spelling].terms[name] == hash)
		return before->term_of[spelling][name] - 1;
	return stemma_numbering_of(&page->hashes, hash);
}

/* The tokens of a block that may have a term, into `list`, by their place;
   returns how many. Which ones is hard to foretell, so nothing waits for it. */
static uint32_t
list_terms(uint32_t *list, const struct gathering *g,
	const struct stemma_block *block)
{
	const struct stemma_token *tokens =
		&g->page->tokens[block->first_token];
	uint32_t count = 0;

	for (uint32_t k = 0; k < block->token_count; k++) {
		list[count] = k;
		count += g->kinds[tokens[k].lexeme] != NO_TERM;
	}
	return count;
}

/* Set the term of a token that is a grapheme; false without memory. */
static bool
gather_grapheme(struct gathering *g, struct stemma_token *token)
{
	uint32_t hash = grapheme_hash(g->page, token);

	if (hash)
		token->term =
			term_of(g, stemma_numbering_of(&g->page->hashes, hash),
				hash, false);
	return !hash || token->term != STEMMA_NO_ID;
}

/* Set the term of a token that may have one; false without memory. */
static inline bool
gather(struct gathering *g, struct stemma_token *token)
{
	uint8_t kind = g->kinds[token->lexeme];
	uint32_t *known;
	bool name;

	if (kind == GRAPHEME)
		return gather_grapheme(g, token);
	name = kind == NAME ||
	       (kind == INSIDE && !(token->flags & STEMMA_TOKEN_BEGINS));
	known = &g->page->term_of[token->lexeme][name];
	if (!*known)
		*known = term_of(g, number_of(g, token->lexeme, name),
				 g->page->lexemes[token->lexeme].terms[name],
				 name) +
			 1;
	token->term = *known - 1;
	return token->term != STEMMA_NO_ID;
}

enum stemma_code
stemma_terms_find(struct stemma_page *page, const struct stemma_page *before,
	struct stemma_arena *arena)
{
	struct gathering g;

	if (!prepare(&g, page, before, arena))
		return STEMMA_NOMEM;
	for (uint32_t b = 0; b < page->block_count; b++) {
		struct stemma_block *block = &page->blocks[b];

		uint32_t count = list_terms(g.list, &g, block);

		block->first_mention = (uint32_t)page->mention_count;
		for (uint32_t k = 0; k < count; k++) {
			struct stemma_token *token =
				&page->tokens[block->first_token + g.list[k]];

			if (!gather(&g, token))
				return STEMMA_NOMEM;
			if (token->term != STEMMA_NONE)
				mention(page, b, token->term);
		}
		block->mention_count =
			(uint32_t)page->mention_count - block->first_mention;
	}
	weigh(page, before);
	return STEMMA_OK;
}
