/* SPDX-License-Identifier: MIT */
#include "walk.h"

/* The first passage whose target is in `unit` or behind it. */
static size_t
first_passage(const struct stemma_reuse *reuse, uint32_t unit)
{
	size_t low = 0, high = reuse->passage_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (reuse->passages[middle].target.unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
size_of(struct stemma_span span)
{
	return span.end - span.start;
}

const struct stemma_passage *
stemma_twin_of(const struct stemma_comparison *comparison, uint32_t unit)
{
	const struct stemma_reuse *reuse = &comparison->reuse;
	const struct stemma_unit *text =
		&comparison->docs[STEMMA_NEW]->units[unit];
	const struct stemma_passage *best = NULL;

	for (size_t k = first_passage(reuse, unit);
		k < reuse->passage_count &&
		reuse->passages[k].target.unit == unit;
		k++) {
		const struct stemma_passage *passage = &reuse->passages[k];

		if (!best || size_of(passage->target.span) >
				     size_of(best->target.span))
			best = passage;
	}
	/* Most of it: more than half. */
	if (!best || size_of(best->target.span) * 2 <= text->end - text->start)
		return NULL;
	return best;
}
