/* SPDX-License-Identifier: MIT */
#include "model.h"
#include "traits.h"

/* Words looked at: of the first sentence, and behind it. */
#define LEAD_WORDS 48
#define REST_WORDS 48

/* What a trait is about; part of its hash. */
enum {
	ANY = 1,         /* a word of the first sentence */
	PAIR,            /* two of it, side by side */
	AT,              /* the first, second, third, fourth word: AT + 0..3 */
	BEGINS = AT + 4, /* the first two */
	BEGINS_THREE,
	LAST,      /* one of its last four words */
	LAST_PAIR, /* its last two */
	REST,      /* a word behind the first sentence */
	LEAD_SIZE,
	SIZE,
	SHAPE,
	CAPITALS
};

/* A capitalised word inside a sentence, whatever it is. */
#define NAME 0x4e

struct list {
	uint32_t *traits;
	size_t count;
};

static void
add(struct list *list, uint32_t kind, uint32_t value)
{
	uint32_t hash = (value ^ kind * 0x9e3779b1u) * 0x85ebca6bu;

	hash ^= hash >> 15;
	list->traits[list->count++] = hash * 0xc2b2ae35u;
}

static uint32_t
two(uint32_t a, uint32_t b)
{
	return (a * 0x01000193u ^ b) + (a << 7);
}

static uint32_t
pattern_of(const struct stemma_page *page, const struct stemma_token *token)
{
	const struct stemma_lexeme *l = &page->lexemes[token->lexeme];

	if (l->flags & STEMMA_LEXEME_CAPITAL &&
		!(token->flags & STEMMA_TOKEN_BEGINS))
		return NAME;
	return l->pattern;
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void
add_lead(struct list *list, const uint32_t *w, uint32_t count)
{
	for (uint32_t k = 0; k < count; k++) {
		add(list, ANY, w[k]);
		if (k + 1 < count)
			add(list, PAIR, two(w[k], w[k + 1]));
		if (k < 4)
			add(list, AT + k, w[k]);
		if (k + 4 >= count)
			add(list, LAST, w[k]);
	}
	if (count > 1) {
		add(list, BEGINS, two(w[0], w[1]));
		add(list, LAST_PAIR, two(w[count - 2], w[count - 1]));
	}
	if (count > 2)
		add(list, BEGINS_THREE, two(two(w[0], w[1]), w[2]));
}

size_t
stemma_traits_list(uint32_t traits[STEMMA_TRAITS_MAX],
	const struct stemma_page *page, const struct stemma_block *block)
{
	const struct stemma_token *tokens = &page->tokens[block->first_token];
	uint32_t lead = least(block->lead, LEAD_WORDS);
	uint32_t end = least(block->token_count, block->lead + REST_WORDS);
	uint32_t w[LEAD_WORDS], capitals = 0;
	struct list list = {traits, 0};

	for (uint32_t k = 0; k < lead; k++) {
		w[k] = pattern_of(page, &tokens[k]);
		capitals += w[k] == NAME;
	}
	add_lead(&list, w, lead);
	for (uint32_t k = block->lead; k < end; k++)
		add(&list, REST, pattern_of(page, &tokens[k]));
	add(&list, LEAD_SIZE, least(12, block->lead / 4));
	add(&list, SIZE, least(15, block->token_count / 8));
	add(&list, CAPITALS, least(8, capitals));
	add(&list, SHAPE,
		(block->lead == block->token_count) |
			(block->flags & STEMMA_BLOCK_QUOTE ? 2u : 0) |
			(block->flags & STEMMA_BLOCK_QUOTED_LEAD ? 4u : 0) |
			(block->flags & STEMMA_BLOCK_DATELINE ? 8u : 0));
	return list.count;
}

/* What is known of the trait of this hash; NULL: nothing. */
static const struct stemma_model_trait *
find(uint32_t hash)
{
	const struct stemma_model_trait *trait =
		&stemma_model_traits[stemma_model_trait_index[hash >> 20]];
	const struct stemma_model_trait *end;

	/* Where a row ends is not asked at first: that is hard to foretell, and
	   entries of other rows have other hashes. */
	_Static_assert(STEMMA_MODEL_LOOKS == 3, "look at as many");
	if (trait[0].hash != hash && trait[1].hash != hash &&
		trait[2].hash != hash)
		trait += STEMMA_MODEL_LOOKS;
	end = &stemma_model_traits[stemma_model_trait_index[(hash >> 20) + 1]];
	while (trait < end && trait->hash != hash)
		trait++;
	return trait < end ? trait : NULL;
}

struct stemma_manner
stemma_traits_weigh(
	const struct stemma_page *page, const struct stemma_block *block)
{
	uint32_t traits[STEMMA_TRAITS_MAX];
	size_t count = stemma_traits_list(traits, page, block);
	int opens = 0, second = 0, closes = 0;

	for (size_t k = 0; k < count; k++) {
		const struct stemma_model_trait *trait = find(traits[k]);

		if (!trait)
			continue;
		opens += trait->opens;
		second += trait->second;
		closes += trait->closes;
	}
	return (struct stemma_manner){
		(float)opens / 32, (float)second / 32, (float)closes / 32};
}
