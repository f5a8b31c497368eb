/* SPDX-License-Identifier: MIT */
#include "diff/diff.h"

#define NONE UINT32_MAX

/* A step's best sum of a subsequence that ends with it, and the one before. */
struct chain {
	uint64_t sum;
	uint32_t previous;
	uint32_t rank; /* of its key, from 1 */
};

/* Sort step numbers by key, least significant byte first; stable. */
static void
sort_by_key(uint32_t *order, uint32_t *other, const struct stemma_step *steps,
	size_t count)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		size_t starts[257] = {0};
		uint32_t *swap = order;

		for (size_t k = 0; k < count; k++)
			starts[(steps[order[k]].key >> shift & 255) + 1]++;
		for (size_t k = 0; k < 256; k++)
			starts[k + 1] += starts[k];
		for (size_t k = 0; k < count; k++) {
			unsigned digit = steps[order[k]].key >> shift & 255;

			other[starts[digit]++] = order[k];
		}
		order = other;
		other = swap;
	}
}

static bool
is_increasing(const struct stemma_step *steps, size_t count)
{
	for (size_t k = 1; k < count; k++)
		if (steps[k].key <= steps[k - 1].key)
			return false;
	return true;
}

static void
rank_keys(struct chain *chains, uint32_t *order, uint32_t *other,
	const struct stemma_step *steps, size_t count)
{
	uint32_t rank = 0;

	for (size_t k = 0; k < count; k++)
		order[k] = (uint32_t)k;
	sort_by_key(order, other, steps, count);
	for (size_t k = 0; k < count; k++) {
		if (k == 0 || steps[order[k]].key != steps[order[k - 1]].key)
			rank++;
		chains[order[k]].rank = rank;
	}
}

/* `best[r]`: the step with the largest sum among a stretch of ranks. */
static uint32_t
best_below(const uint32_t *best, const struct chain *chains, uint32_t rank)
{
	uint32_t found = NONE;

	for (uint32_t r = rank - 1; r > 0; r -= r & -r)
		if (best[r] != NONE &&
			(found == NONE ||
				chains[best[r]].sum > chains[found].sum))
			found = best[r];
	return found;
}

static void
note_best(
	uint32_t *best, size_t ranks, const struct chain *chains, uint32_t step)
{
	for (uint32_t r = chains[step].rank; r <= ranks; r += r & -r)
		if (best[r] == NONE || chains[step].sum > chains[best[r]].sum)
			best[r] = step;
}

enum stemma_code
stemma_increasing_heaviest(
	struct stemma_step *steps, size_t count, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct chain *chains;
	uint32_t *best, *order, last = NONE;

	for (size_t k = 0; k < count; k++)
		steps[k].kept = false;
	if (is_increasing(steps, count)) {
		for (size_t k = 0; k < count; k++)
			steps[k].kept = true;
		return STEMMA_OK;
	}
	chains = stemma_arena_alloc(scratch, count, sizeof *chains);
	best = stemma_arena_alloc(scratch, count + 1, sizeof *best);
	order = stemma_arena_alloc(scratch, count, sizeof *order);
	if (!chains || !best || !order) {
		stemma_arena_rewind(scratch, mark);
		return STEMMA_NOMEM;
	}
	rank_keys(chains, order, best, steps, count);
	for (size_t k = 0; k <= count; k++)
		best[k] = NONE;
	for (uint32_t k = 0; k < count; k++) {
		uint32_t previous = best_below(best, chains, chains[k].rank);

		chains[k].previous = previous;
		chains[k].sum = steps[k].weight +
				(previous == NONE ? 0 : chains[previous].sum);
		note_best(best, count, chains, k);
		if (last == NONE || chains[k].sum > chains[last].sum)
			last = k;
	}
	for (; last != NONE; last = chains[last].previous)
		steps[last].kept = true;
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}
