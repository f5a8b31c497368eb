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

/* A mention of a term that stands in several blocks. */
struct link {
	uint32_t block;
	uint32_t next; /* block of the term's next mention, or STEMMA_NONE */
	uint32_t back; /* how many blocks back its last one is, or that */
	float weight;
	bool name;
};

struct links {
	struct link *links;
	uint32_t *first; /* by block; one more at the end */
};

static bool
find_links(struct links *links, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	uint32_t count = 0;

	links->links = stemma_arena_alloc(
		arena, page->mention_count, sizeof *links->links);
	links->first = stemma_arena_alloc(
		arena, page->block_count + 1, sizeof *links->first);
	if (!links->links || !links->first)
		return false;
	for (uint32_t b = 0; b < page->block_count; b++) {
		const struct stemma_block *block = &page->blocks[b];
		uint32_t end = block->first_mention + block->mention_count;

		links->first[b] = count;
		for (uint32_t k = block->first_mention; k < end; k++) {
			const struct stemma_mention *m = &page->mentions[k];
			const struct stemma_term *term = &page->terms[m->term];

			if (m->previous == STEMMA_NONE &&
				m->next == STEMMA_NONE)
				continue;
			links->links[count++] = (struct link){.block = b,
				.next = next_block(page, m),
				.back = distance_back(page, m),
				.weight = term->weight,
				.name = term->name};
		}
	}
	links->first[page->block_count] = count;
	return true;
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
tell_chains(float *x, const struct stemma_page *page, const struct links *links,
	uint32_t b)
{
	uint32_t first = b > EDGE ? b - EDGE : 0;
	uint32_t end = at_most(b + EDGE, (uint32_t)page->block_count);
	unsigned names = 0, words = 0, born = 0;
	float weight = 0, born_weight = 0;

	for (uint32_t k = links->first[first]; k < links->first[b]; k++) {
		const struct link *link = &links->links[k];

		if (link->back > FAR ||
			(link->next != STEMMA_NONE && link->next - b < FAR))
			continue;
		*(link->name ? &names : &words) += 1;
		weight += link->weight;
	}
	for (uint32_t k = links->first[b]; k < links->first[end]; k++) {
		const struct link *link = &links->links[k];

		if (link->next == STEMMA_NONE || link->next - b >= FAR ||
			(link->back != STEMMA_NONE &&
				link->block - link->back + FAR >= b))
			continue;
		born++;
		born_weight += link->weight;
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
	struct links links;

	if (!find_links(&links, page, arena))
		return false;
	for (uint32_t b = 0; b < page->block_count; b++) {
		float *x = &features[(size_t)b * STEMMA_FEATURE_COUNT];

		tell_recurrence(x, page, b);
		tell_votes(x, reading, b);
		tell_cut(x, reading, b);
		tell_chains(x, page, &links, b);
	}
	return stemma_features_cosines(features, page, arena);
}
