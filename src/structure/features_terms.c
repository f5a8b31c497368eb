/* SPDX-License-Identifier: MIT */

#include "maths.h"
#include "features.h"

/* Blocks in which a term counts as going on, and as new or gone. */
#define NEAR 4
#define FAR 12

/* Blocks on each side of a cut across which all pairs are looked at. */
#define CUT 6
#define CUT_NEAR 2

/* Blocks in front of a cut, or behind it, whose terms may end or begin. */
#define EDGE 3

/* A link weaker than this is none. */
#define LINK_MIN 0.02f

static uint32_t
at_most(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The block of a mention; far away when there is none. */
static uint32_t
next_block(const struct stemma_page *page, const struct stemma_mention *m)
{
	return m->next == STEMMA_NONE ? STEMMA_NONE
				      : page->mentions[m->next].block;
}

/* How many blocks lie between a mention and the one before it. */
static uint32_t
distance_back(const struct stemma_page *page, const struct stemma_mention *m)
{
	return m->previous == STEMMA_NONE
		       ? STEMMA_NONE
		       : m->block - page->mentions[m->previous].block;
}

/* How much of what a block says is said in the blocks near it. */
static void
tell_recurrence(float *x, const struct stemma_page *page, uint32_t b)
{
	const struct stemma_block *block = &page->blocks[b];
	float all = 0, ahead = 0, back = 0, all_g = 0, ahead_g = 0, back_g = 0;
	unsigned names = 0, old_names = 0, new_names = 0, new_words = 0;

	for (uint32_t k = 0; k < block->mention_count; k++) {
		const struct stemma_mention *m =
			&page->mentions[block->first_mention + k];
		const struct stemma_term *term = &page->terms[m->term];
		uint32_t before = distance_back(page, m);
		uint32_t behind = next_block(page, m);
		bool goes_on = behind != STEMMA_NONE && behind - b <= NEAR;

		all += term->rarity;
		all_g += term->weight;
		if (goes_on) {
			ahead += term->rarity;
			ahead_g += term->weight;
		}
		if (before <= NEAR) {
			back += term->rarity;
			back_g += term->weight;
		}
		names += term->name;
		old_names += term->name && before <= NEAR + 1;
		if (goes_on && before > FAR)
			*(term->name ? &new_names : &new_words) += 1;
	}
	x[STEMMA_F_AHEAD] = all > 0 ? ahead / all : 0;
	x[STEMMA_F_BACK] = all > 0 ? back / all : 0;
	x[STEMMA_F_AHEAD_WEIGHED] = all_g > 0 ? ahead_g / all_g : 0;
	x[STEMMA_F_BACK_WEIGHED] = all_g > 0 ? back_g / all_g : 0;
	x[STEMMA_F_NEW_NAMES] = (float)at_most(4, new_names) / 4;
	x[STEMMA_F_NEW_WORDS] = (float)at_most(5, new_words) / 5;
	x[STEMMA_F_OLD_NAMES] = names ? (float)old_names / (float)names : 0.5f;
}

/* The sets of terms in the blocks on both sides of a cut that moves on. */
struct sides {
	uint8_t *before, *behind; /* by term: in how many blocks */
	double product, norm_before, norm_behind;
};

/* Put a block's terms on a side, or take them off it. */
static void
shift(struct sides *sides, const struct stemma_page *page, uint32_t b,
	bool before, int step)
{
	const struct stemma_block *block = &page->blocks[b];
	uint8_t *mine = before ? sides->before : sides->behind;
	const uint8_t *other = before ? sides->behind : sides->before;
	double product = 0, grown = 0;

	for (uint32_t k = 0; k < block->mention_count; k++) {
		uint32_t t = page->mentions[block->first_mention + k].term;
		double g = (double)page->terms[t].weight *
			   (double)page->terms[t].weight;
		int count = mine[t];

		product += g * (step * other[t]);
		/* The next square less this one. */
		grown += g * (2 * step * count + 1);
		mine[t] = (uint8_t)(count + step);
	}
	sides->product += product;
	*(before ? &sides->norm_before : &sides->norm_behind) += grown;
}

/* The cosine of the terms of the `width` blocks on both sides of each cut. */
static void
tell_cosine(float *features, int feature, const struct stemma_page *page,
	struct sides *sides, uint32_t width)
{
	uint32_t count = (uint32_t)page->block_count;

	for (size_t t = 0; t < page->term_count; t++)
		sides->before[t] = sides->behind[t] = 0;
	sides->product = sides->norm_before = sides->norm_behind = 0;
	for (uint32_t b = 0; b < at_most(width, count); b++)
		shift(sides, page, b, false, 1);
	for (uint32_t b = 0; b < count; b++) {
		double norm = sides->norm_before * sides->norm_behind;

		features[(size_t)b * STEMMA_FEATURE_COUNT + (size_t)feature] =
			stemma_ln_quick(
				0.01f + (norm > 0 ? (float)(sides->product /
							    stemma_root(norm))
						  : 0));
		shift(sides, page, b, false, -1);
		shift(sides, page, b, true, 1);
		if (b + width < count)
			shift(sides, page, b + width, false, 1);
		if (b + 1 > width)
			shift(sides, page, b - width, true, -1);
	}
}

/* Whether the blocks from `b` on are closest to blocks before it. */
static void
tell_votes(float *x, const struct stemma_reading *r, uint32_t b)
{
	uint32_t end = at_most(b + CUT, (uint32_t)r->page.block_count);
	float votes = 0, strength = 0;

	if (b == 0)
		return;
	for (uint32_t k = b; k < end; k++) {
		uint32_t whose = r->ties.whose[k];

		if (whose == STEMMA_NONE || whose >= b)
			continue;
		votes += r->ties.best[k] > LINK_MIN;
		strength += r->ties.best[k];
	}
	x[STEMMA_F_VOTES] = votes / (float)(end - b);
	x[STEMMA_F_VOTE_STRENGTH] = strength / (float)(end - b);
}

/* How alike the blocks on both sides of the cut are, pair by pair. */
static void
tell_cut(float *x, const struct stemma_reading *r, uint32_t b)
{
	uint32_t count = (uint32_t)r->page.block_count;
	uint32_t first = b > CUT ? b - CUT : 0, end = at_most(b + CUT, count);
	float most = 0, sum = 0, near_sum = 0, next = 0, back = 0;
	unsigned pairs = 0, near_pairs = 0;

	for (uint32_t p = b; p < end; p++) {
		for (uint32_t q = first; q < b; q++) {
			float alike = stemma_ties_alike(&r->ties, p, q);

			most = alike > most ? alike : most;
			sum += alike;
			pairs++;
			if (p < b + CUT_NEAR && q + CUT_NEAR >= b) {
				near_sum += alike;
				near_pairs++;
			}
			if (p == b && alike > back)
				back = alike;
		}
		if (p > b && p <= b + NEAR) {
			float alike = stemma_ties_alike(&r->ties, p, b);

			next = alike > next ? alike : next;
		}
	}
	x[STEMMA_F_CUT_MAX] = stemma_ln_quick(most + 0.01f);
	x[STEMMA_F_CUT_MEAN] =
		stemma_ln_quick((pairs ? sum / (float)pairs : 0) + 0.003f);
	x[STEMMA_F_CUT_NEAR] = stemma_ln_quick(
		(near_pairs ? near_sum / (float)near_pairs : 0) + 0.003f);
	x[STEMMA_F_LINK_NEXT] = stemma_ln_quick(next + 0.01f);
	x[STEMMA_F_LINK_BACK] = stemma_ln_quick(back + 0.01f);
}

/* Terms that end before the cut, and terms that begin behind it. */
static void
tell_chains(float *x, const struct stemma_page *page, uint32_t b)
{
	uint32_t first = b > EDGE ? b - EDGE : 0;
	uint32_t end = at_most(b + EDGE, (uint32_t)page->block_count);
	unsigned names = 0, words = 0, born = 0;
	float weight = 0, born_weight = 0;
	uint32_t from = page->blocks[first].first_mention;
	uint32_t to = page->blocks[end - 1].first_mention +
		      page->blocks[end - 1].mention_count;

	for (uint32_t k = from; k < to; k++) {
		const struct stemma_mention *m = &page->mentions[k];
		const struct stemma_term *term = &page->terms[m->term];
		uint32_t next, back;

		if (m->previous == STEMMA_NONE && m->next == STEMMA_NONE)
			continue;
		next = next_block(page, m);
		back = distance_back(page, m);
		if (m->block < b) {
			if (back > FAR ||
				(next != STEMMA_NONE && next - b < FAR))
				continue;
			*(term->name ? &names : &words) += 1;
			weight += term->weight;
		} else if (next != STEMMA_NONE && next - b < FAR &&
			   (back == STEMMA_NONE || m->block - back + FAR < b)) {
			born++;
			born_weight += term->weight;
		}
	}
	x[STEMMA_F_END_NAMES] = (float)at_most(6, names) / 6;
	x[STEMMA_F_END_WORDS] = (float)at_most(8, words) / 8;
	x[STEMMA_F_END_WEIGHT] = stemma_ln_quick(1 + weight);
	x[STEMMA_F_BORN] = (float)at_most(8, born) / 8;
	x[STEMMA_F_BORN_WEIGHT] = stemma_ln_quick(1 + born_weight);
}

bool
stemma_features_terms(float *features, const struct stemma_reading *reading,
	struct stemma_arena *arena)
{
	const struct stemma_page *page = &reading->page;
	struct sides sides = {
		.before = stemma_arena_alloc(arena, page->term_count, 1),
		.behind = stemma_arena_alloc(arena, page->term_count, 1)};

	if (!sides.before || !sides.behind)
		return false;
	for (uint32_t b = 0; b < page->block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		tell_recurrence(x, page, b);
		tell_votes(x, reading, b);
		tell_cut(x, reading, b);
		tell_chains(x, page, b);
	}
	tell_cosine(features, STEMMA_F_COSINE_2, page, &sides, 2);
	tell_cosine(features, STEMMA_F_COSINE_4, page, &sides, 4);
	tell_cosine(features, STEMMA_F_COSINE_8, page, &sides, 8);
	for (uint32_t b = 0; b < page->block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		x[STEMMA_F_COSINE] =
			(float)stemma_exp((double)x[STEMMA_F_COSINE_4]) - 0.01f;
	}
	return true;
}
