/* SPDX-License-Identifier: MIT */
#include "cues.h"
#include "lede.h"

/* Words looked at, and how many at the end of the sentence count as its last. */
#define WORDS 45
#define LAST_WORDS 3

/* The largest sum, in the table's unit. */
#define MOST (4 * 32)

static const int8_t none[STEMMA_LEDE_PLACES];

static const int8_t *
find(uint32_t hash)
{
	uint32_t at = stemma_lede_index[hash >> 24];
	uint32_t end = stemma_lede_index[(hash >> 24) + 1];

	for (; at < end; at++) {
		if (stemma_lede_table[at].hash == hash)
			return stemma_lede_table[at].weights;
	}
	return none;
}

/* What the words of the sentence say, each of them once. */
static int
sum_any(const struct stemma_lexeme *const *words, uint32_t count)
{
	int sum = 0;

	for (uint32_t k = 0; k < count; k++) {
		bool again = words[k]->flags & STEMMA_LEXEME_CAPITAL;
		int weight =
			again ? 0 : find(words[k]->pattern)[STEMMA_LEDE_ANY];

		for (uint32_t j = 0; weight && j < k && !again; j++)
			again = words[j]->pattern == words[k]->pattern &&
				!(words[j]->flags & STEMMA_LEXEME_CAPITAL);
		sum += again ? 0 : weight;
	}
	return sum;
}

static int
sum_places(const struct stemma_lexeme *const *words, uint32_t count)
{
	uint32_t from = count > LAST_WORDS ? count - LAST_WORDS : 0;
	int sum = 0;

	if (count > 0)
		sum += find(words[0]->pattern)[STEMMA_LEDE_FIRST];
	if (count > 1) {
		bool capital = words[1]->flags & STEMMA_LEXEME_CAPITAL;

		sum += find(capital ? stemma_cue_hash("^", 1)
				    : words[1]->pattern)[STEMMA_LEDE_SECOND];
	}
	for (uint32_t k = from; k < count; k++) {
		if (!(words[k]->flags & STEMMA_LEXEME_CAPITAL))
			sum += find(words[k]->pattern)[STEMMA_LEDE_LAST];
	}
	return sum;
}

float
stemma_lede_weigh(
	const struct stemma_page *page, const struct stemma_block *block)
{
	const struct stemma_token *tokens = &page->tokens[block->first_token];
	const struct stemma_lexeme *words[WORDS];
	uint32_t count = block->lead < WORDS ? block->lead : WORDS;
	int sum;

	if (page->language != STEMMA_CUES_EN)
		return 0;
	for (uint32_t k = 0; k < count; k++)
		words[k] = &page->lexemes[tokens[k].lexeme];
	sum = sum_any(words, count) + sum_places(words, count);
	if (sum > MOST)
		sum = MOST;
	else if (sum < -MOST)
		sum = -MOST;
	return (float)sum / 32;
}
