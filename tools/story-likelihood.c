/*
 * story-likelihood.c - the likelihood of a page's true cut and its slopes, for
 * tools/stories/model.py, which says what all of it means: the same sums over
 * all cuts in plain loops.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A page; what of it is asked comes back in `of_start` and `of_span`. */
struct sums {
	const float *spans; /* [count × reach × kinds] */
	const double *weights;
	size_t count, reach, kinds;
	double *start;          /* [count], the first is 0 */
	double *span;           /* [count × reach] */
	double *before, *after; /* [count + 1] */
};

static double *
span_at(const struct sums *s, size_t first, size_t end)
{
	return &s->span[(end - 1) * s->reach + (end - 1 - first)];
}

static size_t
shorter(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void
score_spans(struct sums *s)
{
	for (size_t p = 0; p < s->count; p++) {
		for (size_t d = 0; d < shorter(p + 1, s->reach); d++) {
			const float *x =
				&s->spans[(p * s->reach + d) * s->kinds];
			double sum = 0;

			for (size_t k = 0; k < s->kinds; k++)
				sum += (double)x[k] * s->weights[k];
			s->span[p * s->reach + d] = sum;
		}
	}
}

static void
sum_forward(struct sums *s)
{
	s->before[0] = 0;
	for (size_t end = 1; end <= s->count; end++) {
		size_t least = end - shorter(end, s->reach);
		double most = -INFINITY, sum = 0;

		for (int pass = 0; pass < 2; pass++) {
			for (size_t first = least; first < end; first++) {
				double way = s->before[first] +
					     s->start[first] +
					     *span_at(s, first, end);

				if (pass)
					sum += exp(way - most);
				else if (way > most)
					most = way;
			}
		}
		s->before[end] = most + log(sum);
	}
}

static void
sum_backward(struct sums *s)
{
	s->after[s->count] = 0;
	for (size_t first = s->count; first-- > 0;) {
		size_t last = first + shorter(s->count - first, s->reach);
		double most = -INFINITY, sum = 0;

		for (int pass = 0; pass < 2; pass++) {
			for (size_t end = first + 1; end <= last; end++) {
				double way =
					s->after[end] + *span_at(s, first, end);

				if (pass)
					sum += exp(way - most);
				else if (way > most)
					most = way;
			}
		}
		s->after[first] = s->start[first] + most + log(sum);
	}
}

/* Add `share` times the features of the story [first, end). */
static void
add_story(double *of_span, const struct sums *s, size_t first, size_t end,
	double share)
{
	const float *x = &s->spans[((end - 1) * s->reach + (end - 1 - first)) *
				   s->kinds];

	for (size_t k = 0; k < s->kinds; k++)
		of_span[k] += share * (double)x[k];
}

static void
subtract_expected(double *of_start, double *of_span, const struct sums *s)
{
	for (size_t end = 1; end <= s->count; end++) {
		for (size_t d = 0; d < shorter(end, s->reach); d++) {
			size_t first = end - 1 - d;
			double chance =
				exp(s->before[first] + s->start[first] +
					*span_at(s, first, end) +
					s->after[end] - s->before[s->count]);

			if (chance < 1e-12)
				continue;
			of_start[first] -= chance;
			add_story(of_span, s, first, end, -chance);
		}
	}
}

/*
 * The logarithm of how likely the cut with the `gold` starts is, the first of
 * which is 0; its slopes by the score of each start, and by each weight.
 */
__attribute__((visibility("default"))) double
cut_likelihood(const float *spans, size_t count, size_t reach, size_t kinds,
	const double *weights, const double *start, const int64_t *gold,
	size_t stories, double *of_start, double *of_span)
{
	double *room = calloc(3 * count + 2 + count * reach, sizeof *room);
	struct sums s;
	double told = 0;

	if (!room)
		abort();
	s = (struct sums){spans, weights, count, reach, kinds, room,
		room + 3 * count + 2, room + count, room + 2 * count + 1};
	memcpy(s.start + 1, start + 1, (count - 1) * sizeof *start);
	memset(of_start, 0, count * sizeof *of_start);
	memset(of_span, 0, kinds * sizeof *of_span);
	score_spans(&s);
	sum_forward(&s);
	sum_backward(&s);
	subtract_expected(of_start, of_span, &s);
	for (size_t k = 0; k < stories; k++) {
		size_t first = (size_t)gold[k];
		size_t end = k + 1 < stories ? (size_t)gold[k + 1] : count;

		of_start[first] += 1;
		told += s.start[first] + *span_at(&s, first, end);
		add_story(of_span, &s, first, end, 1);
	}
	of_start[0] = 0;
	told -= s.before[count];
	free(room);
	return told;
}
