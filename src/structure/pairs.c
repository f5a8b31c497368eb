/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "maths.h"
#include "pairs.h"

/* Added to counts before they are compared: how much a start may differ. */
#define SMOOTH 30
#define SMOOTH_FAR 300

/* Blocks back to which any link holds a story together. */
#define LINK_BLOCKS 10

/* A link weaker than this is none. */
#define LINK_MIN 0.015f

/* Blocks after which a name is introduced again with some right. */
#define NAME_NEAR 5

#define SOME 0.2f
#define HALF 0.5f

/* Σ ln(k · ratio + smooth) for `count` occurrences behind `before` others. */
static float
likelihood(uint32_t before, uint32_t count, float ratio, float smooth)
{
	float sum = 0;

	for (uint32_t k = 0; k < count; k++)
		sum += stemma_ln_quick((float)(before + k) * ratio + smooth);
	return sum;
}

/* Write how much likelier block p's terms are after those since the start, as
   steps of what the distance of the start adds. */
static void
step_cohesion(float (*planes)[STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, uint32_t p)
{
	const struct stemma_page *page = &pairs->reading->page;
	const struct stemma_block *block = &page->blocks[p];

	for (uint32_t k = 0; k < block->mention_count; k++) {
		const struct stemma_mention *m =
			&page->mentions[block->first_mention + k];
		const struct stemma_term *term = &page->terms[m->term];
		float *plane = planes[term->name ? STEMMA_P_COHESION_NAMES
						 : STEMMA_P_COHESION_WORDS];
		float ratio =
			(float)pairs->totals[term->name] / (float)term->tokens;
		uint32_t before = 0, at = m->previous;
		float last = likelihood(0, m->count, ratio, SMOOTH), far = 0;

		plane[0] += last;
		if (!term->name) {
			far = likelihood(0, m->count, ratio, SMOOTH_FAR);
			planes[STEMMA_P_COHESION_FAR][0] += far;
		}
		while (at != STEMMA_NONE) {
			const struct stemma_mention *o = &page->mentions[at];
			uint32_t d = p - o->block;
			float now;

			if (d >= STEMMA_STORY_MAX)
				break;
			before += o->count;
			now = likelihood(before, m->count, ratio, SMOOTH);
			plane[d] += now - last;
			last = now;
			if (!term->name) {
				now = likelihood(
					before, m->count, ratio, SMOOTH_FAR);
				planes[STEMMA_P_COHESION_FAR][d] += now - far;
				far = now;
			}
			at = o->previous;
		}
	}
}

/* Names that are first, or again, introduced; as steps. */
static void
step_names(float (*planes)[STEMMA_STORY_MAX], const struct stemma_pairs *pairs,
	uint32_t p)
{
	const struct stemma_names *names = &pairs->reading->names;

	for (uint32_t k = names->block_namings[p];
		k < names->block_namings[p + 1]; k++) {
		const struct stemma_naming *n = &names->namings[k];
		uint8_t use = names->uses[n->key];
		int first = -1, later = -1;
		uint32_t d = STEMMA_STORY_MAX;

		if (n->previous != STEMMA_NONE)
			d = p - names->namings[n->previous].block;
		if (use != STEMMA_USE_A && use != STEMMA_USE_B)
			continue;
		if (n->shape == STEMMA_NAME_BARE)
			first = use == STEMMA_USE_A ? STEMMA_P_BARE_A
						    : STEMMA_P_BARE_B;
		else if (n->shape == STEMMA_NAME_TITLED)
			first = STEMMA_P_TITLED_FIRST;
		if (n->shape == STEMMA_NAME_TITLED)
			later = STEMMA_P_TITLED_LATER;
		else if (n->shape == STEMMA_NAME_FULL)
			later = d <= NAME_NEAR ? STEMMA_P_FULL_NEAR
					       : STEMMA_P_FULL_FAR;
		if (first >= 0)
			planes[first][0] += 1;
		if (d >= STEMMA_STORY_MAX)
			continue;
		if (first >= 0)
			planes[first][d] -= 1;
		if (later >= 0)
			planes[later][d] += 1;
	}
}

/* The part of the cohesion that only depends on how long the story is. */
static void
subtract_lengths(float (*planes)[STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, uint32_t p, uint32_t count)
{
	for (uint32_t d = 0; d < count; d++) {
		uint32_t s = p - d;

		for (int name = 0; name < 2; name++) {
			const uint32_t *t = pairs->tokens[name];
			uint32_t from = t[p] - t[s], to = t[p + 1] - t[s];
			double sum = pairs->logs[to] - pairs->logs[from];

			planes[name ? STEMMA_P_COHESION_NAMES
				    : STEMMA_P_COHESION_WORDS][d] -= (float)sum;
			if (!name)
				planes[STEMMA_P_COHESION_FAR][d] -=
					(float)(pairs->logs_far[to] -
						pairs->logs_far[from]);
		}
	}
}

static void
fill_links(float (*planes)[STEMMA_STORY_MAX], const struct stemma_pairs *pairs,
	uint32_t p, uint32_t count)
{
	const struct stemma_ties *ties = &pairs->reading->ties;
	float most = 0, before = 0;

	for (uint32_t d = 1; d < count; d++) {
		float alike = stemma_ties_alike(ties, p, p - d);
		float lede = alike > before ? alike : before;

		if (d <= LINK_BLOCKS && alike > most)
			most = alike;
		planes[STEMMA_P_LOOSE][d] = most < LINK_MIN;
		planes[STEMMA_P_LINK][d] = stemma_ln_quick(most + 0.01f);
		planes[STEMMA_P_LEDE_LOOSE][d] = lede < LINK_MIN;
		planes[STEMMA_P_LEDE_LINK][d] = stemma_ln_quick(lede + 0.01f);
		before = alike;
	}
}

static void
fill_repeats(float (*planes)[STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, uint32_t p, uint32_t count)
{
	const struct stemma_repeats *repeats = &pairs->repeats;
	float share = 0;

	if (repeats->first[p] == repeats->first[p + 1])
		return;
	for (uint32_t k = repeats->first[p]; k < repeats->first[p + 1]; k++) {
		const struct stemma_repeat *r = &repeats->repeats[k];
		float *at = &planes[STEMMA_P_REPEATED][r->distance];

		if (r->distance < count && r->share > *at)
			*at = r->share;
	}
	for (uint32_t d = 0; d < count; d++) {
		if (planes[STEMMA_P_REPEATED][d] > share)
			share = planes[STEMMA_P_REPEATED][d];
		planes[STEMMA_P_REPEATED][d] = share;
		planes[STEMMA_P_REPEATED_SOME][d] =
			share >= SOME && share < HALF;
		planes[STEMMA_P_REPEATED_HALF][d] = share >= HALF;
	}
}

uint32_t
stemma_pairs_fill(float planes[STEMMA_PAIR_COUNT][STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, uint32_t p)
{
	uint32_t count = p < STEMMA_STORY_MAX ? p + 1 : STEMMA_STORY_MAX;

	memset(planes, 0, STEMMA_PAIR_COUNT * sizeof *planes);
	step_cohesion(planes, pairs, p);
	step_names(planes, pairs, p);
	for (int k = 0; k < STEMMA_P_STEPS; k++) {
		for (uint32_t d = 1; d < count; d++)
			planes[k][d] += planes[k][d - 1];
	}
	subtract_lengths(planes, pairs, p, count);
	fill_links(planes, pairs, p, count);
	fill_repeats(planes, pairs, p, count);
	return count;
}

enum stemma_code
stemma_pairs_init(struct stemma_pairs *pairs,
	const struct stemma_reading *reading, struct stemma_arena *arena)
{
	const struct stemma_page *page = &reading->page;
	size_t blocks = page->block_count, tokens = page->token_count;

	*pairs = (struct stemma_pairs){.reading = reading};
	pairs->logs =
		stemma_arena_alloc(arena, tokens + 1, sizeof *pairs->logs);
	pairs->logs_far =
		stemma_arena_alloc(arena, tokens + 1, sizeof *pairs->logs);
	for (int k = 0; k < 2; k++) {
		pairs->tokens[k] = stemma_arena_zalloc(
			arena, blocks + 1, sizeof *pairs->tokens[k]);
		if (!pairs->tokens[k])
			return STEMMA_NOMEM;
	}
	if (!pairs->logs || !pairs->logs_far)
		return STEMMA_NOMEM;
	for (size_t b = 0; b < blocks; b++) {
		const struct stemma_block *block = &page->blocks[b];

		for (int k = 0; k < 2; k++)
			pairs->tokens[k][b + 1] = pairs->tokens[k][b];
		for (uint32_t k = 0; k < block->mention_count; k++) {
			const struct stemma_mention *m =
				&page->mentions[block->first_mention + k];

			pairs->tokens[page->terms[m->term].name][b + 1] +=
				m->count;
		}
	}
	for (int k = 0; k < 2; k++)
		pairs->totals[k] = pairs->tokens[k][blocks];
	pairs->logs[0] = pairs->logs_far[0] = 0;
	for (size_t k = 0; k < tokens; k++) {
		pairs->logs[k + 1] = pairs->logs[k] +
				     (double)stemma_ln_quick((float)k + SMOOTH);
		pairs->logs_far[k + 1] =
			pairs->logs_far[k] +
			(double)stemma_ln_quick((float)k + SMOOTH_FAR);
	}
	return stemma_repeats_find(
		&pairs->repeats, page, STEMMA_STORY_MAX, arena);
}
