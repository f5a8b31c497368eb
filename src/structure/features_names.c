/* SPDX-License-Identifier: MIT */
#include "cues.h"
#include "features.h"

/* Tokens in which the name that a block opens with must begin. */
#define OPENING_TOKENS 4

/* Blocks within which a full name is taken up by a short one. */
#define SOON 3

/* Blocks back to which a full name was already introduced. */
#define RECENT 40

/* The next naming of the same key that is not in full, soon enough. */
static bool
is_used_soon(const struct stemma_names *names, const struct stemma_naming *n)
{
	uint32_t block = n->block, at = n->next;

	for (; at != STEMMA_NONE; at = names->namings[at].next) {
		if (names->namings[at].block > block + SOON)
			break;
		if (names->namings[at].shape != STEMMA_NAME_FULL)
			return true;
	}
	return false;
}

static bool
was_short_before(
	const struct stemma_names *names, const struct stemma_naming *n)
{
	uint32_t block = n->block, at = n->previous;

	for (; at != STEMMA_NONE; at = names->namings[at].previous) {
		if (names->namings[at].block + RECENT < block)
			break;
		if (names->namings[at].shape != STEMMA_NAME_FULL)
			return true;
	}
	return false;
}

/* Whether a key is introduced with a title though it was mentioned before. */
static bool
is_introduced_again(
	const struct stemma_names *names, const struct stemma_naming *n)
{
	return n->titled && n->shape == STEMMA_NAME_FULL &&
	       n->previous != STEMMA_NONE &&
	       names->namings[n->previous].block + RECENT >= n->block;
}

/* Count what the block's namings say. */
static void
tell_namings(float *x, const struct stemma_names *names, uint32_t b)
{
	unsigned used = 0, bare = 0, again = 0, introduced = 0;

	for (uint32_t k = names->block_namings[b];
		k < names->block_namings[b + 1]; k++) {
		const struct stemma_naming *n = &names->namings[k];
		uint8_t use = names->uses[n->key];

		if (n->shape == STEMMA_NAME_FULL) {
			used += is_used_soon(names, n);
			again += was_short_before(names, n);
			introduced += is_introduced_again(names, n);
		}
		bare += n->shape == STEMMA_NAME_BARE && use == STEMMA_USE_A;
	}
	x[STEMMA_F_NAMES_USED] = used < 2 ? (float)used : 2;
	x[STEMMA_F_NAMES_BARE] = bare < 2 ? (float)bare : 2;
	x[STEMMA_F_NAMES_AGAIN] = again < 2 ? (float)again : 2;
	x[STEMMA_F_INTRODUCED_AGAIN] = introduced > 0;
}

/* "Reza Valizadeh, a former reporter": a comma and an article or number. */
static bool
has_apposition(const struct stemma_reading *r, const struct stemma_name *name,
	uint32_t end)
{
	const struct stemma_page *page = &r->page;
	uint32_t last = name->token + name->size - 1;
	const struct stemma_lexeme *l;
	const struct stemma_word *comma;
	size_t size;

	if (last + 1 >= end ||
		page->tokens[last + 1].word != page->tokens[last].word + 2)
		return false;
	comma = &page->words.words[page->tokens[last].word + 1];
	l = &page->lexemes[page->tokens[last + 1].lexeme];
	return stemma_code_point(page->doc->text,
		       page->words.base + comma->start, &size) == ',' &&
	       (l->flags & STEMMA_LEXEME_NUMBER ||
		       l->cues &
			       (STEMMA_CUE_DEFINITE | STEMMA_CUE_INDEFINITE |
				       STEMMA_CUE_PRONOUN | STEMMA_CUE_TITLE));
}

static void
tell_names(float *x, const struct stemma_reading *r, uint32_t b)
{
	const struct stemma_block *block = &r->page.blocks[b];
	uint32_t lead = block->first_token + block->lead;
	uint32_t end = block->first_token + block->token_count;
	unsigned full = 0, appositions = 0;

	for (uint32_t k = r->names.block_names[b];
		k < r->names.block_names[b + 1]; k++) {
		const struct stemma_name *name = &r->names.names[k];

		if (k == r->names.block_names[b] &&
			name->token - block->first_token < OPENING_TOKENS) {
			bool known = r->names.uses[name->last];

			if (name->shape == STEMMA_NAME_FULL)
				x[STEMMA_F_OPENS_FULL] = 1;
			else if (name->shape == STEMMA_NAME_TITLED)
				x[STEMMA_F_OPENS_TITLED] = known;
			else
				x[STEMMA_F_OPENS_BARE] = known;
		}
		if (name->shape != STEMMA_NAME_FULL)
			continue;
		full++;
		if (name->token < lead)
			appositions += has_apposition(r, name, end);
	}
	x[STEMMA_F_NAMES_FULL] = full < 4 ? (float)full / 4 : 1;
	x[STEMMA_F_APPOSITION] = appositions < 2 ? (float)appositions : 2;
	x[STEMMA_F_NAMES_AGAIN_LEAD] =
		x[STEMMA_F_NAMES_AGAIN] > 0 && x[STEMMA_F_OPENS_FULL] > 0;
}

void
stemma_features_names(float *features, const struct stemma_reading *reading)
{
	for (uint32_t b = 0; b < reading->page.block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		tell_namings(x, &reading->names, b);
		tell_names(x, reading, b);
		if (b)
			x[STEMMA_F_PREVIOUS_FULL] =
				x[STEMMA_F_NAMES_FULL -
					(int)STEMMA_FEATURE_COUNT] > 0;
	}
	for (uint32_t b = 0; b + 1 < reading->page.block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		x[STEMMA_F_NEXT_BARE] =
			x[STEMMA_F_NAMES_USED] > 0 &&
			x[STEMMA_FEATURE_COUNT + STEMMA_F_NAMES_BARE] > 0;
	}
}
