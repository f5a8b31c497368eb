/* SPDX-License-Identifier: MIT */

#include "maths.h"
#include "cues.h"
#include "features.h"

/* Blocks on each side among which an opening must stand out. */
#define PEAK 3

#define BLOCK_WORDS_SHORT 15
#define BLOCK_WORDS_LONG 60
#define HEADING_WORDS_LONG 6

static const struct stemma_token *
tokens_of(const struct stemma_reading *r, uint32_t block)
{
	return &r->page.tokens[r->page.blocks[block].first_token];
}

static const struct stemma_lexeme *
lexeme_at(const struct stemma_reading *r, uint32_t block, uint32_t token)
{
	return &r->page.lexemes[tokens_of(r, block)[token].lexeme];
}

static bool
starts_with(const struct stemma_reading *r, uint32_t block, uint32_t classes)
{
	return r->page.blocks[block].token_count &&
	       lexeme_at(r, block, 0)->cues & classes;
}

/* "The minister", not "The Hague". */
static bool
starts_definite(const struct stemma_reading *r, uint32_t block, bool name)
{
	const struct stemma_lexeme *l = NULL;
	uint32_t count = r->page.blocks[block].token_count;

	if (count && lexeme_at(r, block, 0)->flags & STEMMA_LEXEME_ELIDED)
		l = lexeme_at(r, block, 0);
	else if (count > 1 && starts_with(r, block, STEMMA_CUE_DEFINITE))
		l = lexeme_at(r, block, 1);
	return l && !(l->flags & STEMMA_LEXEME_CAPITAL) == !name;
}

static void
tell_opening(float *x, const struct stemma_reading *r, uint32_t b)
{
	const struct stemma_block *block = &r->page.blocks[b];
	bool connective = starts_with(r, b, STEMMA_CUE_CONNECTIVE);

	x[STEMMA_F_PRONOUN] = starts_with(r, b, STEMMA_CUE_PRONOUN);
	x[STEMMA_F_CONNECTIVE] = connective;
	x[STEMMA_F_LINK] = !connective && starts_with(r, b, STEMMA_CUE_LINK);
	x[STEMMA_F_DEFINITE] = starts_definite(r, b, false);
	x[STEMMA_F_DEFINITE_NAME] = starts_definite(r, b, true);
	x[STEMMA_F_INDEFINITE] = starts_with(r, b, STEMMA_CUE_INDEFINITE);
	x[STEMMA_F_QUOTE] = block->flags & STEMMA_BLOCK_QUOTE ? 1 : 0;
	x[STEMMA_F_DIGIT] = block->token_count &&
			    lexeme_at(r, b, 0)->flags & STEMMA_LEXEME_NUMBER;
}

static void
tell_lead(float *x, const struct stemma_reading *r, uint32_t b)
{
	const struct stemma_block *block = &r->page.blocks[b];
	const struct stemma_token *tokens = tokens_of(r, b);
	uint32_t lead = block->lead, capitals = 0, numbers = 0, cues = 0;
	uint32_t late = 0;

	for (uint32_t k = 0; k < lead; k++) {
		const struct stemma_lexeme *l =
			&r->page.lexemes[tokens[k].lexeme];

		cues |= l->cues;
		if (k + 8 >= lead)
			late |= l->cues;
		capitals += l->flags & STEMMA_LEXEME_CAPITAL &&
			    !(tokens[k].flags & STEMMA_TOKEN_BEGINS);
		numbers += (l->flags & STEMMA_LEXEME_NUMBER) != 0;
	}
	x[STEMMA_F_ONE_SENTENCE] = lead == block->token_count;
	x[STEMMA_F_FIRST_PERSON] = (cues & STEMMA_CUE_FIRST) != 0;
	x[STEMMA_F_TIME] = (cues & STEMMA_CUE_TIME) != 0;
	x[STEMMA_F_SAY] = (cues & STEMMA_CUE_SAY) != 0;
	x[STEMMA_F_SAY_ENDS] =
		(late & STEMMA_CUE_SAY) && lead == block->token_count;
	x[STEMMA_F_PERFECT] = (cues & STEMMA_CUE_PERFECT) != 0;
	x[STEMMA_F_LEAD_SHORT] = lead < 13;
	x[STEMMA_F_LEAD_MIDDLE] = lead >= 13 && lead < 20;
	x[STEMMA_F_LEAD_LONG] = lead > 36;
	x[STEMMA_F_LEAD_LN] = stemma_ln_quick((float)lead + 1);
	x[STEMMA_F_CAPITALS] = capitals < 6 ? (float)capitals / 6 : 1;
	x[STEMMA_F_NUMBERS] = numbers < 4 ? (float)numbers / 4 : 1;
	x[STEMMA_F_QUOTED_LEAD] =
		block->flags & STEMMA_BLOCK_QUOTED_LEAD ? 1 : 0;
	x[STEMMA_F_DATELINE] = block->flags & STEMMA_BLOCK_DATELINE ? 1 : 0;
	x[STEMMA_F_LIST] = block->flags & STEMMA_BLOCK_LIST ? 1 : 0;
}

static void
tell_front(float *x, const struct stemma_block *block)
{
	uint32_t n = block->headings;

	x[STEMMA_F_HEADING_SHORT] =
		n && block->heading_words < HEADING_WORDS_LONG;
	x[STEMMA_F_HEADING_LONG] =
		n && block->heading_words >= HEADING_WORDS_LONG;
	x[STEMMA_F_HEADINGS] = n < 4 ? (float)n / 4 : 1;
	x[STEMMA_F_RULE] = block->flags & STEMMA_BLOCK_RULE ? 1 : 0;
	x[STEMMA_F_BYLINE] =
		block->flags & (STEMMA_BLOCK_BYLINE | STEMMA_BLOCK_DATED) ? 1
									  : 0;
	x[STEMMA_F_CAPTION] = block->flags & STEMMA_BLOCK_CAPTION ? 1 : 0;
	x[STEMMA_F_CLOSED] = block->flags & STEMMA_BLOCK_CLOSED ? 1 : 0;
}

static float
words_ln(const struct stemma_reading *r, uint32_t b)
{
	return stemma_ln_quick((float)r->page.blocks[b].token_count + 1);
}

static void
tell_neighbours(float *x, const struct stemma_reading *r, uint32_t b)
{
	const struct stemma_block *blocks = r->page.blocks;
	uint32_t last = (uint32_t)r->page.block_count - 1;
	float words = words_ln(r, b);

	if (b) {
		uint16_t flags = blocks[b - 1].flags;

		x[STEMMA_F_PREVIOUS_QUOTE_END] =
			flags & STEMMA_BLOCK_QUOTE_END ? 1 : 0;
		x[STEMMA_F_PREVIOUS_COLON] = flags & STEMMA_BLOCK_COLON ? 1 : 0;
		x[STEMMA_F_PREVIOUS_SHORT] =
			blocks[b - 1].token_count < BLOCK_WORDS_SHORT;
		x[STEMMA_F_PREVIOUS_PRONOUN] =
			starts_with(r, b - 1, STEMMA_CUE_PRONOUN);
		x[STEMMA_F_PREVIOUS_RELATIVE] = words_ln(r, b - 1) - words;
	}
	if (b < last) {
		x[STEMMA_F_NEXT_DEFINITE] = starts_definite(r, b + 1, false);
		x[STEMMA_F_NEXT_QUOTE] =
			blocks[b + 1].flags & STEMMA_BLOCK_QUOTE ? 1 : 0;
		x[STEMMA_F_NEXT_CONNECTIVE] =
			starts_with(r, b + 1, STEMMA_CUE_CONNECTIVE);
		x[STEMMA_F_NEXT_PRONOUN] =
			starts_with(r, b + 1, STEMMA_CUE_PRONOUN);
		x[STEMMA_F_NEXT_RELATIVE] = words_ln(r, b + 1) - words;
	}
	x[STEMMA_F_IS_LAST] = b == last;
	x[STEMMA_F_NEXT_IS_LAST] = b + 1 == last;
}

/* What all blocks are measured against. */
struct whole {
	float words_ln; /* of the mean block */
	float opening;  /* the mean score */
	float headings; /* share of blocks that have one in front */
	float cased;    /* share of blocks that open with a capital */
};

static struct whole
sum_up(const struct stemma_reading *r)
{
	uint32_t count = (uint32_t)r->page.block_count;
	struct whole whole = {0};

	for (uint32_t b = 0; b < count; b++) {
		const struct stemma_block *block = &r->page.blocks[b];

		whole.words_ln += words_ln(r, b);
		whole.opening += r->manners[b].opens;
		whole.headings += block->headings > 0;
		whole.cased +=
			block->token_count &&
			lexeme_at(r, b, 0)->flags & STEMMA_LEXEME_CAPITAL;
	}
	whole.words_ln /= (float)count;
	whole.opening /= (float)count;
	whole.headings /= (float)count;
	whole.cased /= (float)count;
	return whole;
}

static float
distance(float a, float b)
{
	return a < b ? b - a : a - b;
}

static void
tell_page(float *x, const struct stemma_reading *r, uint32_t b,
	const struct whole *whole)
{
	const struct stemma_block *first = &r->page.blocks[0];
	const struct stemma_block *block = &r->page.blocks[b];
	float words = words_ln(r, b);

	x[STEMMA_F_WORDS_LN] = words;
	x[STEMMA_F_WORDS_RELATIVE] = words - whole->words_ln;
	x[STEMMA_F_SHORT] = block->token_count < BLOCK_WORDS_SHORT;
	x[STEMMA_F_LONG] = block->token_count > BLOCK_WORDS_LONG;
	x[STEMMA_F_LIKE_FIRST] = -distance(words, words_ln(r, 0)) -
				 ((block->lead == block->token_count) !=
					 (first->lead == first->token_count));
	x[STEMMA_F_DATELINE_MISSING] = first->flags & STEMMA_BLOCK_DATELINE &&
				       !(block->flags & STEMMA_BLOCK_DATELINE);
	x[STEMMA_F_HEADING_MISSING] = first->headings && !block->headings;
	x[STEMMA_F_HEADING_RATE] = whole->headings;
	x[STEMMA_F_KNOWN] = r->page.known;
	x[STEMMA_F_BLOCKS_LN] = stemma_ln_quick((float)r->page.block_count);
	x[STEMMA_F_CASED] = whole->cased;
}

static void
tell_manner(float *x, const struct stemma_reading *r, uint32_t b,
	const struct whole *whole)
{
	const struct stemma_manner *m = r->manners;
	uint32_t count = (uint32_t)r->page.block_count;
	float rival = -8;

	for (uint32_t k = b > PEAK ? b - PEAK : 0; k < count && k <= b + PEAK;
		k++) {
		if (k != b && m[k].opens > rival)
			rival = m[k].opens;
	}
	x[STEMMA_F_OPENING] = m[b].opens;
	x[STEMMA_F_OPENING_PEAK] = m[b].opens - rival;
	x[STEMMA_F_OPENING_RELATIVE] = m[b].opens - whole->opening;
	x[STEMMA_F_SECOND] = m[b].second;
	x[STEMMA_F_CLOSING] = m[b].closes;
	if (b) {
		x[STEMMA_F_OPENING_PREVIOUS] = m[b - 1].opens;
		x[STEMMA_F_CLOSING_PREVIOUS] = m[b - 1].closes;
	}
	if (b + 1 < count) {
		x[STEMMA_F_OPENING_NEXT] = m[b + 1].opens;
		x[STEMMA_F_SECOND_NEXT] = m[b + 1].second;
	}
}

/* How like a lede it is worded, beside its neighbours. */
static void
tell_lede(float *x, const struct stemma_reading *r, uint32_t b)
{
	const float *ledes = r->ledes;
	uint32_t count = (uint32_t)r->page.block_count;
	float before = b ? ledes[b - 1] : 0;
	float behind = b + 1 < count ? ledes[b + 1] : 0;

	x[STEMMA_F_LEDE] = ledes[b];
	x[STEMMA_F_LEDE_PREVIOUS] = before;
	x[STEMMA_F_LEDE_NEXT] = behind;
	x[STEMMA_F_LEDE_PEAK] = ledes[b] - (before > behind ? before : behind);
}

void
stemma_features_wording(float *features, const struct stemma_reading *reading)
{
	struct whole whole = sum_up(reading);

	for (uint32_t b = 0; b < reading->page.block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		tell_opening(x, reading, b);
		tell_lead(x, reading, b);
		tell_front(x, &reading->page.blocks[b]);
		tell_neighbours(x, reading, b);
		tell_page(x, reading, b, &whole);
		tell_manner(x, reading, b, &whole);
		tell_lede(x, reading, b);
	}
}

float *
stemma_features_make(
	const struct stemma_reading *reading, struct stemma_arena *arena)
{
	float *features = stemma_arena_zalloc(arena, reading->page.block_count,
		STEMMA_FEATURE_COUNT * sizeof *features);

	if (!features || reading->page.block_count == 0)
		return features;
	stemma_features_wording(features, reading);
	stemma_features_names(features, reading);
	return stemma_features_terms(features, reading, arena) ? features
							       : NULL;
}
