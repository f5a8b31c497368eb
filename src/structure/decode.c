/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "maths.h"
#include "cues.h"
#include "decode.h"
#include "model.h"

#define MAX STEMMA_STORY_MAX

/* The largest scaled input of the net. */
#define INPUT_MAX 6.0f

/* Below any score that is reached. */
#define LEAST (-1e30)

/*
 * A story longer than MAX blocks is made of pieces of MAX blocks and a rest:
 * what ends with a full piece may be CLOSED, as any story, or stay OPEN.
 */
enum { CLOSED, OPEN };

/* What the length of a story adds, for each that the page can have, and for a
   full piece. */
static void
score_lengths(double lengths[MAX + 1], const float *w, size_t blocks)
{
	lengths[0] = 0;
	for (uint32_t n = 1; n <= MAX; n++) {
		double ln;

		if (n > blocks && n < MAX)
			continue;
		ln = stemma_ln(n);
		lengths[n] = (n <= 3 ? (double)w[n - 1] : 0) +
			     (double)w[3] * ln + (double)w[4] * ln * ln;
	}
}

/* No single feature speaks louder than it could in training. */
static float
clamp(float value)
{
	value = value > INPUT_MAX ? INPUT_MAX : value;
	return value < -INPUT_MAX ? -INPUT_MAX : value;
}

/* Hidden nodes that are worked on together: so many fit into registers. */
#define TOGETHER 16

/* What the hidden nodes from `first` on add, from the inputs `v`, on top of
   `sum`. */
static float
add_hidden(float sum, const struct stemma_model_net *net, const float *v,
	uint32_t first)
{
	const float *w = net->weights + first, *biases = net->biases + first;
	stemma_four a = stemma_four_load(biases);
	stemma_four b = stemma_four_load(biases + 4);
	stemma_four c = stemma_four_load(biases + 8);
	stemma_four d = stemma_four_load(biases + 12);
	float hidden[TOGETHER];

	for (uint32_t k = 0; k < net->inputs; k++, w += STEMMA_MODEL_HIDDEN) {
		a += stemma_four_load(w) * v[k];
		b += stemma_four_load(w + 4) * v[k];
		c += stemma_four_load(w + 8) * v[k];
		d += stemma_four_load(w + 12) * v[k];
	}
	memcpy(hidden, &a, sizeof a);
	memcpy(hidden + 4, &b, sizeof b);
	memcpy(hidden + 8, &c, sizeof c);
	memcpy(hidden + 12, &d, sizeof d);
	for (int h = 0; h < TOGETHER; h++)
		sum += net->out[first + (uint32_t)h] * stemma_tanh(hidden[h]);
	return sum;
}

/* Score one start: see stemma_model_net. */
static float
score_start(const struct stemma_model_net *net, const float *x)
{
	float sum = net->bias, v[STEMMA_FEATURE_COUNT];

	for (uint32_t k = 0; k < net->inputs; k++) {
		v[k] = clamp((x[k] - net->shift[k]) * net->scale[k]);
		sum += net->direct[k] * v[k];
	}
	for (uint32_t h = 0; h < STEMMA_MODEL_HIDDEN; h += TOGETHER)
		sum = add_hidden(sum, net, v, h);
	return sum;
}

/* The features of a page are larger than all else that is known of it, and of
   no more use then: they are gone before there are spans. */
static enum stemma_code
score_starts(float *starts, const struct stemma_reading *reading,
	const struct stemma_model_net *net, struct stemma_arena *arena)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	const float *features = stemma_features_make(reading, arena);

	for (size_t b = 0; features && b < reading->page.block_count; b++)
		starts[b] =
			b == 0 ? 0
			       : score_start(net,
					 &features[b * STEMMA_FEATURE_COUNT]);
	stemma_arena_rewind(arena, mark);
	return features ? STEMMA_OK : STEMMA_NOMEM;
}

enum stemma_code
stemma_scores_make(struct stemma_scores *scores,
	const struct stemma_reading *reading, struct stemma_arena *arena)
{
	struct stemma_pairs pairs;
	size_t blocks = reading->page.block_count;
	const struct stemma_model *model =
		reading->page.language == STEMMA_CUES_EN ? &stemma_model_english
							 : &stemma_model_any;

	*scores = (struct stemma_scores){.blocks = blocks};
	score_lengths(scores->lengths, model->length, blocks);
	scores->starts =
		stemma_arena_alloc(arena, blocks, sizeof *scores->starts);
	if (!scores->starts || score_starts(scores->starts, reading,
				       &model->start, arena) != STEMMA_OK)
		return STEMMA_NOMEM;
	scores->spans =
		stemma_arena_alloc(arena, blocks, MAX * sizeof *scores->spans);
	if (!scores->spans ||
		stemma_pairs_init(&pairs, reading, arena) != STEMMA_OK)
		return STEMMA_NOMEM;
	for (uint32_t p = 0; p < blocks; p++) {
		float *row = &scores->spans[(size_t)p * MAX];
		const float *last = row - MAX;
		uint32_t count =
			stemma_pairs_score(row, &pairs, model->pair, p);

		for (uint32_t d = 1; d < count; d++)
			row[d] += last[d - 1];
	}
	return STEMMA_OK;
}

/*
 * What a piece of `n` blocks that ends before block `e` adds, by whether its
 * story was OPEN where it starts. `gain` is the start's, if it starts there.
 */
static double
piece(const struct stemma_scores *scores, size_t e, uint32_t n, int from,
	double bonus)
{
	double sum = (double)scores->spans[(e - 1) * MAX + n - 1];
	size_t s = e - n;

	if (from == CLOSED && s > 0)
		sum += (double)scores->starts[s] + bonus;
	return sum + scores->lengths[from == OPEN ? MAX : n];
}

size_t
stemma_scores_cut(uint8_t *cuts, const struct stemma_scores *scores,
	float bonus, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t blocks = scores->blocks, count = 0, e;
	double(*best)[2] =
		stemma_arena_alloc(scratch, blocks + 1, sizeof *best);
	/* By end: how long the last piece is, and how its story was. */
	uint8_t(*back)[2] =
		stemma_arena_alloc(scratch, blocks + 1, sizeof *back);
	const double *lengths = scores->lengths;
	int state = CLOSED;

	if (!best || !back)
		goto end;
	memset(cuts, 0, blocks);
	best[0][CLOSED] = 0;
	best[0][OPEN] = LEAST;
	for (e = 1; e <= blocks; e++) {
		uint32_t most = e < MAX ? (uint32_t)e : MAX;

		best[e][CLOSED] = best[e][OPEN] = LEAST;
		for (uint32_t n = 1; n <= most; n++) {
			for (int from = CLOSED; from <= OPEN; from++) {
				double sum = best[e - n][from];

				if (sum <= LEAST)
					continue;
				sum += piece(scores, e, n, from, (double)bonus);
				if (sum > best[e][CLOSED]) {
					best[e][CLOSED] = sum;
					back[e][CLOSED] =
						(uint8_t)(n * 2 +
							  (uint32_t)from);
				}
				sum -= lengths[MAX];
				if (n == MAX && sum > best[e][OPEN]) {
					best[e][OPEN] = sum;
					back[e][OPEN] =
						(uint8_t)(n * 2 +
							  (uint32_t)from);
				}
			}
		}
	}
	for (e = blocks; e > 0;) {
		uint8_t step = back[e][state];

		e -= step >> 1;
		state = step & 1;
		if (state == CLOSED) {
			cuts[e] = 1;
			count++;
		}
	}
end:
	stemma_arena_rewind(scratch, mark);
	return count;
}

/* Logarithms of what the ways to one place add up to, and the largest. */
struct ways {
	double logs[2 * MAX];
	double most;
	unsigned count;
};

/* A way smaller than the largest by this factor, as a logarithm, is none. */
#define NEGLIGIBLE 23

static void
add_way(struct ways *ways, double log)
{
	ways->logs[ways->count++] = log;
	if (log > ways->most)
		ways->most = log;
}

/* The logarithm of their sum. */
static double
sum_ways(const struct ways *ways)
{
	double sum = 0;

	if (ways->most <= LEAST)
		return LEAST;
	for (unsigned k = 0; k < ways->count; k++) {
		double less = ways->logs[k] - ways->most;

		if (less > -NEGLIGIBLE)
			sum += stemma_exp_quick(less);
	}
	return ways->most + stemma_ln(sum);
}

/* The same of a sum in two states. */
static double
add_logs(const double sums[2])
{
	struct ways ways = {.most = LEAST};

	add_way(&ways, sums[CLOSED]);
	add_way(&ways, sums[OPEN]);
	return sum_ways(&ways);
}

/* What `n` blocks from block `s` on have in common. */
static double
span_score(const struct stemma_scores *scores, size_t s, uint32_t n)
{
	return (double)scores->spans[(s + n - 1) * MAX + n - 1];
}

/* The score that a story starts at block `s`; the first one does anyway. */
static double
start_score(const struct stemma_scores *scores, size_t s)
{
	return s > 0 && s < scores->blocks ? (double)scores->starts[s] : 0;
}

/*
 * What all ways to cut the blocks before `e` add up to, when a story starts at
 * e (CLOSED), whose score is counted in, or when one goes on there (OPEN).
 */
static void
sum_forward(double (*sums)[2], const struct stemma_scores *scores,
	const double *lengths)
{
	struct ways ways;

	sums[0][CLOSED] = 0;
	sums[0][OPEN] = LEAST;
	for (size_t e = 1; e <= scores->blocks; e++) {
		const float *spans = &scores->spans[(e - 1) * MAX];
		uint32_t most = e < MAX ? (uint32_t)e : MAX;

		ways.count = 0;
		ways.most = LEAST;
		for (uint32_t n = 1; n <= most; n++) {
			double span = (double)spans[n - 1];

			add_way(&ways, sums[e - n][CLOSED] + span + lengths[n]);
			if (sums[e - n][OPEN] > LEAST)
				add_way(&ways, sums[e - n][OPEN] + span +
						       lengths[MAX]);
		}
		sums[e][CLOSED] = sum_ways(&ways) + start_score(scores, e);
		sums[e][OPEN] = e < MAX ? LEAST
					: (double)spans[MAX - 1] +
						  add_logs(sums[e - MAX]);
	}
}

/*
 * The same from the end: all ways to cut the blocks from `s` on, when a story
 * starts there, its score counted in, or goes on.
 */
static void
sum_backward(double (*sums)[2], const struct stemma_scores *scores,
	const double *lengths)
{
	size_t blocks = scores->blocks;
	struct ways ways;

	sums[blocks][CLOSED] = 0;
	sums[blocks][OPEN] = LEAST;
	for (size_t s = blocks; s-- > 0;) {
		uint32_t most = blocks - s < MAX ? (uint32_t)(blocks - s) : MAX;
		/* No story goes on before its first full piece. */
		int last = s < MAX ? CLOSED : OPEN;

		sums[s][OPEN] = LEAST;
		for (int from = CLOSED; from <= last; from++) {
			ways.count = 0;
			ways.most = LEAST;
			for (uint32_t n = 1; n <= most; n++)
				add_way(&ways,
					sums[s + n][CLOSED] +
						span_score(scores, s, n) +
						lengths[from == OPEN ? MAX
								     : n]);
			if (most == MAX && sums[s + MAX][OPEN] > LEAST)
				add_way(&ways,
					sums[s + MAX][OPEN] +
						span_score(scores, s, MAX));
			sums[s][from] = sum_ways(&ways);
		}
		sums[s][CLOSED] += start_score(scores, s);
	}
}

enum stemma_code
stemma_scores_chances(float *chances, const struct stemma_scores *scores,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t blocks = scores->blocks;
	double(*ahead)[2] =
		stemma_arena_alloc(scratch, blocks + 1, sizeof *ahead);
	double(*behind)[2] =
		stemma_arena_alloc(scratch, blocks + 1, sizeof *behind);
	enum stemma_code code = STEMMA_NOMEM;

	if (ahead && behind) {
		sum_forward(ahead, scores, scores->lengths);
		sum_backward(behind, scores, scores->lengths);
		for (size_t b = 0; b < blocks; b++)
			chances[b] = (float)stemma_exp(
				ahead[b][CLOSED] + behind[b][CLOSED] -
				start_score(scores, b) - behind[0][CLOSED]);
		code = STEMMA_OK;
	}
	stemma_arena_rewind(scratch, mark);
	return code;
}
