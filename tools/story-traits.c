/*
 * story-traits.c - one pass of the descent of tools/stories/traits.py, which
 * says what it is for: three logistic regressions over traits, with AdaGrad.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LABELS 3
#define SHRINK 0.02

/* What is learned, by trait and label. */
struct learner {
	const uint32_t *ids;           /* of traits, block after block */
	const uint32_t *bounds;        /* [blocks + 1]: where each begins */
	const float *labels, *weights; /* of each block */
	double *learned, *seen;        /* [traits × LABELS] */
	double *bias;                  /* [LABELS] */
	double *slope;  /* [traits × LABELS], 0 between batches */
	uint32_t *used; /* traits of a batch */
	uint8_t *is_used;
};

/* Add a block's slopes; returns how many traits are used by now. */
static size_t
add_block(struct learner *l, uint32_t block, size_t used, double *errors)
{
	double error[LABELS];

	for (int c = 0; c < LABELS; c++) {
		double score = l->bias[c];

		for (uint32_t k = l->bounds[block]; k < l->bounds[block + 1];
			k++)
			score += l->learned[l->ids[k] * LABELS + c];
		score = fmin(30, fmax(-30, score));
		error[c] = (1 / (1 + exp(-score)) -
				   (double)l->labels[block * LABELS + c]) *
			   (double)l->weights[block];
		errors[c] += error[c];
	}
	for (uint32_t k = l->bounds[block]; k < l->bounds[block + 1]; k++) {
		uint32_t id = l->ids[k];

		if (!l->is_used[id]) {
			l->is_used[id] = 1;
			l->used[used++] = id;
		}
		for (int c = 0; c < LABELS; c++)
			l->slope[id * LABELS + c] += error[c];
	}
	return used;
}

static void
step(struct learner *l, size_t used, double rate)
{
	for (size_t k = 0; k < used; k++) {
		uint32_t id = l->used[k];

		for (int c = 0; c < LABELS; c++) {
			size_t at = (size_t)id * LABELS + (size_t)c;
			double slope = l->slope[at] + SHRINK * l->learned[at];

			l->seen[at] += slope * slope;
			l->learned[at] -= rate * slope / sqrt(l->seen[at]);
			l->slope[at] = 0;
		}
		l->is_used[id] = 0;
	}
}

/* Go through the blocks once, in `order`, `batch` of them at a time. */
__attribute__((visibility("default"))) void
traits_pass(const uint32_t *ids, const uint32_t *bounds, const float *labels,
	const float *weights, const uint32_t *order, size_t blocks,
	size_t batch, double rate, double *learned, double *seen, double *bias,
	size_t traits)
{
	struct learner l = {ids, bounds, labels, weights, learned, seen, bias,
		calloc(traits * LABELS + 1, sizeof *l.slope),
		calloc(traits + 1, sizeof *l.used), calloc(traits + 1, 1)};

	if (!l.slope || !l.used || !l.is_used)
		abort();
	for (size_t at = 0; at < blocks; at += batch) {
		size_t end = at + batch < blocks ? at + batch : blocks;
		double errors[LABELS] = {0};
		size_t used = 0;

		for (size_t k = at; k < end; k++)
			used = add_block(&l, order[k], used, errors);
		step(&l, used, rate);
		for (int c = 0; c < LABELS; c++)
			bias[c] -= .01 * rate * errors[c];
	}
	free(l.slope);
	free(l.used);
	free(l.is_used);
}
