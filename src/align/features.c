/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "align/similar.h"

#include "base/below.h"

/* A pair of words is worth this much of a word as rare: it says something of
   the order too, though one edit breaks two pairs. */
#define PAIR_WORTH 1.0f

/* What a word of three letters or less, or a single grapheme of a script
   without spaces, is worth: most are function words or parts of words. */
#define SHORT_WORTH 0.5f

/* A unit so many times as long as another is not gone through for that. */
#define FAR_LONGER 32

static bool
has_words(const struct stemma_words *words)
{
	for (size_t k = 0; k < words->count; k++)
		if (words->words[k].type != STEMMA_WORD_PUNCTUATION)
			return true;
	return false;
}

/* Words, then pairs; punctuation only where there is nothing else. */
uint32_t
stemma_similar_list(const struct stemma_similar *similar, uint32_t *ids,
	const struct stemma_words *words)
{
	bool all = !has_words(words);
	uint32_t count = 0, last = STEMMA_NO_ID;

	for (size_t k = 0; k < words->count; k++) {
		uint32_t id = similar->caseless[words->words[k].id];

		if (!all && words->words[k].type == STEMMA_WORD_PUNCTUATION)
			continue;
		ids[count++] = id;
		if (last != STEMMA_NO_ID) {
			uint64_t pair = ((uint64_t)last << 32 | id) *
					UINT64_C(0x9e3779b97f4a7c15);

			ids[count++] =
				similar->word_count +
				((uint32_t)(pair >> 32) & similar->pair_mask);
		}
		last = id;
	}
	return count;
}

/* By word id, the id of the word in lower case: a headline set in capitals is
   still that headline. Folds each distinct word once. */
static uint32_t *
fold_case(struct stemma_intern *intern, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	uint32_t count = stemma_intern_count(intern);
	uint32_t *caseless =
		stemma_arena_alloc(scratch, count, sizeof *caseless);

	for (uint32_t id = 0; caseless && id < count; id++) {
		struct stemma_view word = stemma_intern_string(intern, id);
		struct stemma_view folded;
		bool plain = true;

		for (size_t k = 0; k < word.size && plain; k++)
			plain = (signed char)word.bytes[k] >= 0 &&
				(word.bytes[k] < 'A' || word.bytes[k] > 'Z');
		caseless[id] = id;
		if (plain)
			continue;
		if (stemma_fold(&folded, word, STEMMA_FOLD_CASE, arena) !=
			STEMMA_OK)
			return NULL;
		caseless[id] = stemma_intern_id(intern, folded);
		if (caseless[id] == STEMMA_NO_ID)
			return NULL;
	}
	return caseless;
}

static float
word_worth(struct stemma_view word)
{
	size_t points = 0;

	for (size_t k = 0; k < word.size; k++)
		points += ((unsigned char)word.bytes[k] & 0xc0) != 0x80;
	return points <= 3 && !(word.bytes[0] >= '0' && word.bytes[0] <= '9')
		       ? SHORT_WORTH
		       : 1.0f;
}

/* The binary logarithm of a number of 1 or more, straight between powers of
   two: the same on every machine, and without the mathematics library. */
static float
logarithm(float x)
{
	float result = 0;

	while (x >= 2) {
		x /= 2;
		result++;
	}
	return result + x - 1;
}

/*
 * Rarity among the rest: the logarithm of how many units there are for one
 * occurrence on each side. A word of every sentence keeps a little.
 */
static void
weigh(struct stemma_similar *similar, const struct stemma_intern *intern)
{
	uint32_t word_count = stemma_intern_count(intern);
	float units = (float)(similar->counts[0] + similar->counts[1]);

	for (uint32_t f = 0; f < similar->feature_count; f++) {
		struct stemma_feature *feature = &similar->all[f];
		float share = (units + 2) / ((float)feature->stock * 0.5f + 1);
		float rarity = share > 1 ? 0.7f * logarithm(share) : 0;
		float worth = PAIR_WORTH;

		if (feature->stock == 0)
			continue;
		if (f < word_count)
			worth = word_worth(stemma_intern_string(intern, f));
		feature->weight = worth * (rarity + 0.2f);
		feature->stock = 0;
	}
}

static enum stemma_code
make_features(struct stemma_similar *similar, struct stemma_intern *intern)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	uint32_t mask = 255, *ids;
	size_t total = 0;

	similar->caseless = fold_case(intern, similar->aligner->arena, scratch);
	if (!similar->caseless)
		return STEMMA_NOMEM;
	similar->word_count = stemma_intern_count(intern);

	for (int side = 0; side < 2; side++)
		for (uint32_t r = 0; r < similar->counts[side]; r++)
			total += similar->words[side][r].words.count;
	/* Pairs go by hash into a table about as large as they are many; two
	   that fall together only blur a weight. */
	while (mask < total && mask < (UINT32_C(1) << 22) - 1)
		mask = mask * 2 + 1;
	similar->pair_mask = mask;
	similar->feature_count = similar->word_count + mask + 1;
	ids = stemma_arena_alloc(scratch, total * 2, sizeof *ids);
	similar->all = stemma_arena_zalloc(
		scratch, similar->feature_count, sizeof *similar->all);
	if (!ids || !similar->all)
		return STEMMA_NOMEM;
	for (int side = 0; side < 2; side++)
		for (uint32_t r = 0; r < similar->counts[side]; r++) {
			struct stemma_features *f = &similar->features[side][r];

			f->ids = ids;
			f->sorted = false;
			f->count = stemma_similar_list(
				similar, ids, &similar->words[side][r].words);
			ids += f->count;
			for (uint32_t k = 0; k < f->count; k++)
				similar->all[f->ids[k]].stock++;
		}
	weigh(similar, intern);
	for (int side = 0; side < 2; side++)
		for (uint32_t r = 0; r < similar->counts[side]; r++) {
			struct stemma_features *f = &similar->features[side][r];

			f->weight = 0;
			for (uint32_t k = 0; k < f->count; k++)
				f->weight += similar->all[f->ids[k]].weight;
		}
	return STEMMA_OK;
}

enum stemma_code
stemma_similar_prepare(struct stemma_similar *similar,
	struct stemma_aligner *aligner, struct stemma_pairing *pairing)
{
	*similar = (struct stemma_similar){.aligner = aligner};
	for (int side = 0; side < 2; side++) {
		uint32_t count = pairing->word_counts[side];

		similar->counts[side] = count;
		similar->words[side] = pairing->words[side];
		similar->rest_of[side] = stemma_arena_alloc(aligner->scratch,
			aligner->counts[side], sizeof **similar->rest_of);
		similar->features[side] = stemma_arena_alloc(aligner->scratch,
			count, sizeof *similar->features[side]);
		if (!similar->rest_of[side] || !similar->features[side])
			return STEMMA_NOMEM;
		for (uint32_t u = 0; u < aligner->counts[side]; u++)
			similar->rest_of[side][u] = STEMMA_UNPAIRED;
		for (uint32_t r = 0; r < count; r++)
			similar->rest_of[side][similar->words[side][r].unit] =
				r;
	}
	return make_features(similar, pairing->intern);
}

void
stemma_similar_stock(struct stemma_similar *similar,
	const struct stemma_features *features, bool in)
{
	for (uint32_t k = 0; k < features->count; k++) {
		if (in)
			similar->all[features->ids[k]].stock++;
		else
			similar->all[features->ids[k]].stock--;
	}
}

float
stemma_similar_spend(
	struct stemma_similar *similar, const struct stemma_features *features)
{
	float weight = 0;

	/* Counting on past the stock keeps unspending a plain subtraction. */
	for (uint32_t k = 0; k < features->count; k++) {
		struct stemma_feature *f = &similar->all[features->ids[k]];

		if (f->spent++ < f->stock)
			weight += f->weight;
	}
	return weight;
}

void
stemma_similar_unspend(
	struct stemma_similar *similar, const struct stemma_features *features)
{
	for (uint32_t k = 0; k < features->count; k++)
		similar->all[features->ids[k]].spent--;
}

static int
compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Where the first one stands, in order, that is not below `id`. */
static uint32_t
place_in_order(const struct stemma_features *features, uint32_t id)
{
	return (uint32_t)stemma_count_below(features->ids, features->count, id);
}

/* Whether one more of `id` is in the unit than were spent. */
static bool
has_more(const struct stemma_features *features, uint32_t id, uint32_t spent)
{
	uint64_t at = (uint64_t)place_in_order(features, id) + spent;

	return at < features->count && features->ids[at] == id;
}

float
stemma_similar_shared(struct stemma_similar *similar,
	const struct stemma_features *a, struct stemma_features *b)
{
	float shared = 0;

	if (b->count / FAR_LONGER <= a->count) {
		shared = stemma_similar_spend(similar, b);
		stemma_similar_unspend(similar, b);
		return shared;
	}
	if (!b->sorted)
		qsort(b->ids, b->count, sizeof *b->ids, compare_ids);
	b->sorted = true;
	for (uint32_t k = 0; k < a->count; k++) {
		struct stemma_feature *f = &similar->all[a->ids[k]];

		if (has_more(b, a->ids[k], f->spent++))
			shared += f->weight;
	}
	stemma_similar_unspend(similar, a);
	return shared;
}

void
stemma_similar_forget(
	struct stemma_similar *similar, const struct stemma_features *features)
{
	for (uint32_t k = 0; k < features->count; k++)
		similar->all[features->ids[k]].spent = 0;
}

enum stemma_code
stemma_similar_add(
	struct stemma_similar *similar, const struct stemma_edge *edge)
{
	if (similar->edge_count == similar->edge_capacity) {
		size_t capacity = similar->edge_capacity
					  ? similar->edge_capacity * 2
					  : 64;
		struct stemma_edge *edges = stemma_arena_alloc(
			similar->aligner->scratch, capacity, sizeof *edges);

		if (!edges)
			return STEMMA_NOMEM;
		if (similar->edge_count)
			memcpy(edges, similar->edges,
				similar->edge_count * sizeof *edges);
		similar->edges = edges;
		similar->edge_capacity = capacity;
	}
	similar->edges[similar->edge_count++] = *edge;
	return STEMMA_OK;
}
