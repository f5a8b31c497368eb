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

/* A mention after which its term may be gone, or with which it may come. */
struct edge {
	uint32_t next; /* block of the term's next mention, or STEMMA_NONE */
	uint32_t last; /* block of the one before it, or STEMMA_NONE */
	float weight;
	bool name;
};

struct edges {
	struct edge *edges;
	uint32_t *first; /* by block; one more at the end */
	uint32_t count;
};

struct chains {
	struct edges ends, births;
};

/* Mentions of terms that stand in several blocks. */
static size_t
count_recurring(const struct stemma_page *page)
{
	size_t count = 0;

	for (size_t t = 0; t < page->term_count; t++)
		count += page->terms[t].blocks > 1 ? page->terms[t].blocks : 0;
	return count;
}

static bool
prepare_edges(struct edges *edges, const struct stemma_page *page, size_t most,
	struct stemma_arena *arena)
{
	edges->edges = stemma_arena_alloc(arena, most, sizeof *edges->edges);
	edges->first = stemma_arena_alloc(
		arena, page->block_count + 1, sizeof *edges->first);
	edges->count = 0;
	return edges->edges && edges->first;
}

/* What of a block's terms is said in the blocks near it. */
struct recurrence {
	float all, ahead, back;       /* rarity */
	float all_g, ahead_g, back_g; /* weight */
	unsigned names, old_names, new_names, new_words;
};

/* A mention of a term that stands in other blocks too. */
static void
recur(struct recurrence *r, struct chains *chains,
	const struct stemma_page *page, const struct stemma_mention *m)
{
	const struct stemma_term *term = &page->terms[m->term];
	uint32_t before = distance_back(page, m);
	uint32_t behind = next_block(page, m), b = m->block;
	bool goes_on = behind != STEMMA_NONE && behind - b <= NEAR;
	const struct edge edge = {.next = behind,
		.last = before == STEMMA_NONE ? STEMMA_NONE : b - before,
		.weight = term->weight,
		.name = term->name};

	if (goes_on) {
		r->ahead += term->rarity;
		r->ahead_g += term->weight;
	}
	if (before <= NEAR) {
		r->back += term->rarity;
		r->back_g += term->weight;
	}
	r->old_names += term->name && before <= NEAR + 1;
	if (goes_on && before > FAR)
		*(term->name ? &r->new_names : &r->new_words) += 1;
	if (before <= FAR)
		chains->ends.edges[chains->ends.count++] = edge;
	else if (behind != STEMMA_NONE && behind - b < FAR)
		chains->births.edges[chains->births.count++] = edge;
}

/* How much of what a block says is said in the blocks near it. */
static void
tell_recurrence(float *x, struct chains *chains, const struct stemma_page *page,
	uint32_t b)
{
	const struct stemma_block *block = &page->blocks[b];
	struct recurrence r = {0};

	chains->ends.first[b] = chains->ends.count;
	chains->births.first[b] = chains->births.count;
	for (uint32_t k = 0; k < block->mention_count; k++) {
		const struct stemma_mention *m =
			&page->mentions[block->first_mention + k];
		const struct stemma_term *term = &page->terms[m->term];

		r.all += term->rarity;
		r.all_g += term->weight;
		r.names += term->name;
		if (term->blocks > 1)
			recur(&r, chains, page, m);
	}
	x[STEMMA_F_AHEAD] = r.all > 0 ? r.ahead / r.all : 0;
	x[STEMMA_F_BACK] = r.all > 0 ? r.back / r.all : 0;
	x[STEMMA_F_AHEAD_WEIGHED] = r.all_g > 0 ? r.ahead_g / r.all_g : 0;
	x[STEMMA_F_BACK_WEIGHED] = r.all_g > 0 ? r.back_g / r.all_g : 0;
	x[STEMMA_F_NEW_NAMES] = (float)at_most(4, r.new_names) / 4;
	x[STEMMA_F_NEW_WORDS] = (float)at_most(5, r.new_words) / 5;
	x[STEMMA_F_OLD_NAMES] =
		r.names ? (float)r.old_names / (float)r.names : 0.5f;
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
tell_chains(float *x, const struct stemma_page *page,
	const struct chains *chains, uint32_t b)
{
	const struct edges *ends = &chains->ends, *births = &chains->births;
	uint32_t first = b > EDGE ? b - EDGE : 0;
	uint32_t end = at_most(b + EDGE, (uint32_t)page->block_count);
	unsigned names = 0, words = 0, born = 0;
	float weight = 0, born_weight = 0;

	for (uint32_t k = ends->first[first]; k < ends->first[b]; k++) {
		const struct edge *edge = &ends->edges[k];

		if (edge->next != STEMMA_NONE && edge->next - b < FAR)
			continue;
		*(edge->name ? &names : &words) += 1;
		weight += edge->weight;
	}
	for (uint32_t k = births->first[b]; k < births->first[end]; k++) {
		const struct edge *edge = &births->edges[k];

		if (edge->next - b >= FAR ||
			(edge->last != STEMMA_NONE && edge->last + FAR >= b))
			continue;
		born++;
		born_weight += edge->weight;
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
	uint32_t count = (uint32_t)page->block_count;
	size_t most = count_recurring(page);
	struct chains chains;

	if (!prepare_edges(&chains.ends, page, most, arena) ||
		!prepare_edges(&chains.births, page, most, arena))
		return false;
	for (uint32_t b = 0; b < count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		tell_recurrence(x, &chains, page, b);
		tell_votes(x, reading, b);
		tell_cut(x, reading, b);
	}
	chains.ends.first[count] = chains.ends.count;
	chains.births.first[count] = chains.births.count;
	for (uint32_t b = 0; b < count; b++)
		tell_chains(&features[(size_t)b * STEMMA_FEATURE_COUNT], page,
			&chains, b);
	return stemma_features_cosines(features, page, arena);
}
