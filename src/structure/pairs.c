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

/*
 * What the occurrences of a term in block p add, as steps: the more often it
 * stood since the start, the likelier it is.
 */
static void
step_term(float *row, const struct stemma_page *page,
	const struct stemma_mention *m, uint32_t p, float ratio, float smooth,
	float weight)
{
	float last = likelihood(0, m->count, ratio, smooth);
	uint32_t before = 0;

	row[0] += weight * last;
	for (uint32_t at = m->previous; at != STEMMA_NONE;) {
		const struct stemma_mention *o = &page->mentions[at];
		uint32_t d = p - o->block;
		float now;

		if (d >= STEMMA_STORY_MAX)
			break;
		before += o->count;
		now = likelihood(before, m->count, ratio, smooth);
		row[d] += weight * (now - last);
		last = now;
		at = o->previous;
	}
}

static void
step_cohesion(float *row, const struct stemma_pairs *pairs,
	const float *weights, uint32_t p)
{
	const struct stemma_page *page = &pairs->reading->page;
	const struct stemma_block *block = &page->blocks[p];
	float near = stemma_ln_quick(SMOOTH);
	/* What a word, a name adds that stands here alone, as most do. */
	const float once[2] = {weights[STEMMA_P_COHESION_WORDS] * near +
				       weights[STEMMA_P_COHESION_FAR] *
					       stemma_ln_quick(SMOOTH_FAR),
		weights[STEMMA_P_COHESION_NAMES] * near};

	for (uint32_t k = 0; k < block->mention_count; k++) {
		const struct stemma_mention *m =
			&page->mentions[block->first_mention + k];
		const struct stemma_term *term = &page->terms[m->term];
		float ratio;

		if (m->previous == STEMMA_NONE && m->count == 1) {
			row[0] += once[term->name];
			continue;
		}
		ratio = (float)pairs->totals[term->name] / (float)term->tokens;
		step_term(row, page, m, p, ratio, SMOOTH,
			weights[term->name ? STEMMA_P_COHESION_NAMES
					   : STEMMA_P_COHESION_WORDS]);
		if (!term->name)
			step_term(row, page, m, p, ratio, SMOOTH_FAR,
				weights[STEMMA_P_COHESION_FAR]);
	}
}

/* Names that are first, or again, introduced; as steps. */
static void
step_names(float *row, const struct stemma_pairs *pairs, const float *weights,
	uint32_t p)
{
	const struct stemma_names *names = &pairs->reading->names;

	for (uint32_t k = names->block_namings[p];
		k < names->block_namings[p + 1]; k++) {
		const struct stemma_naming *n = &names->namings[k];
		uint8_t use = names->uses[n->key];
		float first = 0, later = 0;
		uint32_t d = STEMMA_STORY_MAX;

		if (n->previous != STEMMA_NONE)
			d = p - names->namings[n->previous].block;
		if (use != STEMMA_USE_A && use != STEMMA_USE_B)
			continue;
		if (n->shape == STEMMA_NAME_BARE)
			first = weights[use == STEMMA_USE_A ? STEMMA_P_BARE_A
							    : STEMMA_P_BARE_B];
		else if (n->shape == STEMMA_NAME_TITLED)
			first = weights[STEMMA_P_TITLED_FIRST];
		if (n->shape == STEMMA_NAME_TITLED)
			later = weights[STEMMA_P_TITLED_LATER];
		else if (n->shape == STEMMA_NAME_FULL)
			later = weights[d <= NAME_NEAR ? STEMMA_P_FULL_NEAR
						       : STEMMA_P_FULL_FAR];
		if (n->titled && n->shape == STEMMA_NAME_FULL)
			later += weights[STEMMA_P_FULL_TITLED];
		row[0] += first;
		if (d < STEMMA_STORY_MAX)
			row[d] += later - first;
	}
}

/* The part of the cohesion that only depends on how long the story is. */
static void
subtract_lengths(float *row, const struct stemma_pairs *pairs,
	const float *weights, uint32_t p, uint32_t count)
{
	const uint32_t *words = pairs->tokens[0], *names = pairs->tokens[1];
	double by_word = (double)weights[STEMMA_P_COHESION_WORDS];
	double by_far = (double)weights[STEMMA_P_COHESION_FAR];
	double by_name = (double)weights[STEMMA_P_COHESION_NAMES];

	for (uint32_t d = 0; d < count; d++) {
		uint32_t s = p - d;
		uint32_t from = words[p] - words[s];
		uint32_t to = words[p + 1] - words[s];
		double sum =
			by_word * (pairs->logs[to] - pairs->logs[from]) +
			by_far * (pairs->logs_far[to] - pairs->logs_far[from]);

		from = names[p] - names[s];
		to = names[p + 1] - names[s];
		sum += by_name * (pairs->logs[to] - pairs->logs[from]);
		row[d] -= (float)sum;
	}
}

/* What a likeness says: whether it is hardly one, and its logarithm. */
static float
link_score(float alike, const float *weights, int loose, int link)
{
	return (alike < LINK_MIN ? weights[loose] : 0) +
	       weights[link] * stemma_ln_quick(alike + 0.01f);
}

static void
add_links(float *row, const struct stemma_pairs *pairs, const float *weights,
	uint32_t p, uint32_t count)
{
	const struct stemma_ties *ties = &pairs->reading->ties;
	float none =
		link_score(0, weights, STEMMA_P_LEDE_LOOSE, STEMMA_P_LEDE_LINK);
	float most = 0, before = 0;
	float link = link_score(0, weights, STEMMA_P_LOOSE, STEMMA_P_LINK);

	for (uint32_t d = 1; d < count; d++) {
		float alike = stemma_ties_alike(ties, p, p - d);
		float lede = alike > before ? alike : before;

		if (d <= LINK_BLOCKS && alike > most) {
			most = alike;
			link = link_score(
				most, weights, STEMMA_P_LOOSE, STEMMA_P_LINK);
		}
		row[d] += link + (lede > 0 ? link_score(lede, weights,
						     STEMMA_P_LEDE_LOOSE,
						     STEMMA_P_LEDE_LINK)
					   : none);
		before = alike;
	}
}

static void
add_repeats(float *row, const struct stemma_pairs *pairs, const float *weights,
	uint32_t p, uint32_t count)
{
	const struct stemma_repeats *repeats = &pairs->repeats;
	float shares[STEMMA_STORY_MAX] = {0};
	float share = 0, score = 0;

	if (repeats->first[p] == repeats->first[p + 1])
		return;
	for (uint32_t k = repeats->first[p]; k < repeats->first[p + 1]; k++) {
		const struct stemma_repeat *r = &repeats->repeats[k];

		if (r->distance < count && r->share > shares[r->distance])
			shares[r->distance] = r->share;
	}
	for (uint32_t d = 0; d < count; d++) {
		if (shares[d] > share) {
			share = shares[d];
			score = share * weights[STEMMA_P_REPEATED];
			if (share >= HALF)
				score += weights[STEMMA_P_REPEATED_HALF];
			else if (share >= SOME)
				score += weights[STEMMA_P_REPEATED_SOME];
		}
		row[d] += score;
	}
}

uint32_t
stemma_pairs_score(float row[STEMMA_STORY_MAX],
	const struct stemma_pairs *pairs, const float *weights, uint32_t p)
{
	uint32_t count = p < STEMMA_STORY_MAX ? p + 1 : STEMMA_STORY_MAX;

	memset(row, 0, STEMMA_STORY_MAX * sizeof *row);
	step_cohesion(row, pairs, weights, p);
	step_names(row, pairs, weights, p);
	for (uint32_t d = 1; d < count; d++)
		row[d] += row[d - 1];
	subtract_lengths(row, pairs, weights, p, count);
	add_links(row, pairs, weights, p, count);
	add_repeats(row, pairs, weights, p, count);
	return count;
}

/* The most tokens that the blocks of a story can have. */
static size_t
longest_story(const uint32_t *before, size_t blocks)
{
	size_t most = 0;

	for (size_t b = 1; b <= blocks; b++) {
		size_t first = b > STEMMA_STORY_MAX ? b - STEMMA_STORY_MAX : 0;

		if (before[b] - before[first] > most)
			most = before[b] - before[first];
	}
	return most;
}

/* Logarithms that are taken together. */
#define TOGETHER 64

/* Σ ln(k + smooth) for k below each n up to `most`, smoothed less and more;
   false without memory. */
static bool
sum_logs(struct stemma_pairs *pairs, size_t most, struct stemma_arena *arena)
{
	double *logs = stemma_arena_alloc(arena, most + 1, sizeof *pairs->logs);
	double *far =
		stemma_arena_alloc(arena, most + 1, sizeof *pairs->logs_far);
	float near_ln[TOGETHER], far_ln[TOGETHER];

	if (!logs || !far)
		return false;
	logs[0] = far[0] = 0;
	for (size_t from = 0; from < most; from += TOGETHER) {
		for (size_t k = 0; k < TOGETHER; k++) {
			near_ln[k] = (float)(from + k) + SMOOTH;
			far_ln[k] = (float)(from + k) + SMOOTH_FAR;
		}
		stemma_ln_quick_all(near_ln, TOGETHER);
		stemma_ln_quick_all(far_ln, TOGETHER);
		for (size_t k = from; k < most && k < from + TOGETHER; k++) {
			logs[k + 1] = logs[k] + (double)near_ln[k - from];
			far[k + 1] = far[k] + (double)far_ln[k - from];
		}
	}
	pairs->logs = logs;
	pairs->logs_far = far;
	return true;
}

enum stemma_code
stemma_pairs_init(struct stemma_pairs *pairs,
	const struct stemma_reading *reading, struct stemma_arena *arena)
{
	const struct stemma_page *page = &reading->page;
	size_t blocks = page->block_count, most = 0;

	*pairs = (struct stemma_pairs){.reading = reading};
	for (int k = 0; k < 2; k++) {
		pairs->tokens[k] = stemma_arena_zalloc(
			arena, blocks + 1, sizeof *pairs->tokens[k]);
		if (!pairs->tokens[k])
			return STEMMA_NOMEM;
	}
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
	for (int k = 0; k < 2; k++) {
		size_t longest = longest_story(pairs->tokens[k], blocks);

		pairs->totals[k] = pairs->tokens[k][blocks];
		most = longest > most ? longest : most;
	}
	if (!sum_logs(pairs, most, arena))
		return STEMMA_NOMEM;
	return stemma_repeats_find(
		&pairs->repeats, page, STEMMA_STORY_MAX, arena);
}
