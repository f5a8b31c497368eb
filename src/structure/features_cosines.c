/* SPDX-License-Identifier: MIT */
#include "features.h"
#include "maths.h"

/* How many blocks on each side of a cut: one measure each, two of which are
   worked on at once. The last one only fills the second pair. */
#define PAIRS 2
static const uint32_t widths[PAIRS * 2] = {2, 4, 8, 0};
#define MEASURES 3

/* A number for each width of a pair. What is done to one is done to both in the
   same order as if each stood alone, so that they are the same. An arena may
   align for less. */
typedef double numbers __attribute__((
	vector_size(2 * sizeof(double)), aligned(sizeof(double))));

/* In how many of the blocks in front of the cut, and behind it, a term is. */
struct counts {
	numbers before[PAIRS], behind[PAIRS];
};

/* A mention, as far as it matters here. */
struct share {
	double square;       /* of its term's weight */
	struct counts *term; /* NULL: the term stands in no other block */
};

/* The sets of terms in the blocks on both sides of a cut that moves on. */
struct sides {
	const struct stemma_page *page;
	struct share *shares; /* by mention */
	/* Of the weights on both sides; the norms of each. */
	numbers product[PAIRS], before[PAIRS], behind[PAIRS];
};

/* Move block `b` from behind the cut to its front, for a pair of widths. Most
   terms stand in no other block: on their side they come and go. */
static void
pass(struct sides *sides, uint32_t b, int pair)
{
	const struct stemma_block *block = &sides->page->blocks[b];
	const struct share *share = &sides->shares[block->first_mention];
	const struct share *end = share + block->mention_count;
	numbers taken = {0}, put = {0}, shrunk = {0}, grown = {0};

	for (; share < end; share++) {
		struct counts *c = share->term;
		numbers square = {share->square, share->square};
		numbers before, behind;

		if (!c) {
			shrunk -= square;
			grown += square;
			continue;
		}
		before = c->before[pair];
		behind = c->behind[pair];
		/* The next square less this one. */
		taken -= square * before;
		shrunk += square * (1 - 2 * behind);
		behind -= 1;
		put += square * behind;
		grown += square * (2 * before + 1);
		c->before[pair] = before + 1;
		c->behind[pair] = behind;
	}
	sides->product[pair] += taken;
	sides->behind[pair] += shrunk;
	sides->product[pair] += put;
	sides->before[pair] += grown;
}

/* Put block `b` behind the cut, for one width. */
static void
put_behind(struct sides *sides, uint32_t b, int w)
{
	const struct stemma_block *block = &sides->page->blocks[b];
	const struct share *share = &sides->shares[block->first_mention];
	const struct share *end = share + block->mention_count;
	double product = 0, grown = 0;

	for (; share < end; share++) {
		struct counts *c = share->term;
		double behind;

		if (!c) {
			grown += share->square;
			continue;
		}
		behind = c->behind[w / 2][w % 2];
		product += share->square * c->before[w / 2][w % 2];
		grown += share->square * (2 * behind + 1);
		c->behind[w / 2][w % 2] = behind + 1;
	}
	sides->product[w / 2][w % 2] += product;
	sides->behind[w / 2][w % 2] += grown;
}

/* Take block `b` off the front of the cut, for one width. */
static void
take_before(struct sides *sides, uint32_t b, int w)
{
	const struct stemma_block *block = &sides->page->blocks[b];
	const struct share *share = &sides->shares[block->first_mention];
	const struct share *end = share + block->mention_count;
	double product = 0, shrunk = 0;

	for (; share < end; share++) {
		struct counts *c = share->term;
		double before;

		if (!c) {
			shrunk -= share->square;
			continue;
		}
		before = c->before[w / 2][w % 2];
		product -= share->square * c->behind[w / 2][w % 2];
		shrunk += share->square * (1 - 2 * before);
		c->before[w / 2][w % 2] = before - 1;
	}
	sides->product[w / 2][w % 2] += product;
	sides->before[w / 2][w % 2] += shrunk;
}

/* The cosine of the terms on both sides, as a logarithm. */
static float
cosine(const struct sides *sides, int w)
{
	double norm = sides->before[w / 2][w % 2] * sides->behind[w / 2][w % 2];

	return stemma_ln_quick(
		0.01f + (norm > 0 ? (float)(sides->product[w / 2][w % 2] /
					    stemma_root(norm))
				  : 0));
}

/* Terms that stand in several blocks. */
static size_t
count_shared(const struct stemma_page *page)
{
	size_t count = 0;

	for (size_t t = 0; t < page->term_count; t++)
		count += page->terms[t].blocks > 1;
	return count;
}

static bool
prepare(struct sides *sides, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	struct counts *free =
		stemma_arena_zalloc(arena, count_shared(page), sizeof *free);
	struct share *shares =
		stemma_arena_alloc(arena, page->mention_count, sizeof *shares);

	*sides = (struct sides){.page = page, .shares = shares};
	if (!free || !shares)
		return false;
	for (size_t k = 0; k < page->mention_count; k++) {
		const struct stemma_mention *m = &page->mentions[k];
		const struct stemma_term *term = &page->terms[m->term];

		shares[k].square = (double)term->weight * (double)term->weight;
		shares[k].term = term->blocks == 1 ? NULL
				 : m->previous != STEMMA_NONE
					 ? shares[m->previous].term
					 : free++;
	}
	return true;
}

bool
stemma_features_cosines(float *features, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	uint32_t count = (uint32_t)page->block_count;
	struct sides sides;

	if (!prepare(&sides, page, arena))
		return false;
	for (int w = 0; w < MEASURES; w++) {
		for (uint32_t b = 0; b < widths[w] && b < count; b++)
			put_behind(&sides, b, w);
	}
	for (uint32_t b = 0; b < count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		x[STEMMA_F_COSINE_2] = cosine(&sides, 0);
		x[STEMMA_F_COSINE_4] = cosine(&sides, 1);
		x[STEMMA_F_COSINE_8] = cosine(&sides, 2);
		x[STEMMA_F_COSINE] =
			(float)stemma_exp((double)x[STEMMA_F_COSINE_4]) - 0.01f;
		for (int pair = 0; pair < PAIRS; pair++)
			pass(&sides, b, pair);
		for (int w = 0; w < MEASURES; w++) {
			if (b + widths[w] < count)
				put_behind(&sides, b + widths[w], w);
			if (b + 1 > widths[w])
				take_before(&sides, b - widths[w], w);
		}
	}
	return true;
}
