/* SPDX-License-Identifier: MIT */
#include "align/similar.h"

/* Up to this many pairs are all looked at; past it, only those that share a
   feature that is rare enough. */
#define ALL_PAIRS 40000

/* Lists of units longer than this say too little for their cost. */
#define LONGEST_LIST 10

/* Of the units that share rare features with one, so many get a full look,
   and more for a long one, which may have been split into many. */
#define BEST_FEW 16

/* A candidate that shares less of its weight in rare features, by itself or
   beside the best, gets no look. */
#define LEAST_RARE 0.05f
#define LEAST_OF_BEST 0.3f

/* Below this no edge is worth keeping. */
#define LEAST_ALIKE 0.08f
#define LEAST_CONTAINED 0.25f

/* By feature, the units of the new side that have it. */
struct lists {
	uint32_t *starts; /* feature_count + 1 */
	uint32_t *units;  /* indexes into the rest */
};

struct candidate {
	uint32_t unit;
	float weight;
};

/* Look fully at unit i of the old and j of the new rest; i's features are the
   stock. */
static enum stemma_code
look(struct stemma_similar *similar, uint32_t i, uint32_t j)
{
	const struct stemma_features *a = &similar->features[0][i];
	struct stemma_features *b = &similar->features[1][j];
	struct stemma_edge edge = {
		.first = {similar->words[0][i].unit, similar->words[1][j].unit},
		.count = {1, 1},
	};
	float least = a->weight < b->weight ? a->weight : b->weight;

	edge.shared = stemma_similar_shared(similar, a, b);
	edge.score = 2 * edge.shared / (a->weight + b->weight);
	if (edge.shared <= 0 || (edge.score < LEAST_ALIKE &&
					edge.shared < LEAST_CONTAINED * least))
		return STEMMA_OK;
	return stemma_similar_add(similar, &edge);
}

static enum stemma_code
look_at_all(struct stemma_similar *similar)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t i = 0; i < similar->counts[0]; i++) {
		if (!stemma_similar_is_free(similar, 0, i))
			continue;
		stemma_similar_stock(similar, &similar->features[0][i], true);
		for (uint32_t j = 0;
			j < similar->counts[1] && code == STEMMA_OK; j++)
			if (stemma_similar_is_free(similar, 1, j))
				code = look(similar, i, j);
		stemma_similar_stock(similar, &similar->features[0][i], false);
	}
	return code;
}

/* How many features of new unit j go into the lists: all, or none. */
static uint32_t
lists_count(const struct stemma_similar *similar, uint32_t j)
{
	return stemma_similar_is_free(similar, 1, j)
		       ? similar->features[1][j].count
		       : 0;
}

static enum stemma_code
make_lists(struct lists *lists, const struct stemma_similar *similar)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	size_t total = 0;

	for (uint32_t j = 0; j < similar->counts[1]; j++)
		total += similar->features[1][j].count;
	lists->starts = stemma_arena_zalloc(scratch,
		(size_t)similar->feature_count + 2, sizeof *lists->starts);
	lists->units = stemma_arena_alloc(scratch, total, sizeof *lists->units);
	if (!lists->starts || !lists->units)
		return STEMMA_NOMEM;
	for (uint32_t j = 0; j < similar->counts[1]; j++)
		for (uint32_t k = 0; k < lists_count(similar, j); k++)
			lists->starts[similar->features[1][j].ids[k] + 2]++;
	for (uint32_t f = 0; f < similar->feature_count; f++)
		lists->starts[f + 2] += lists->starts[f + 1];
	for (uint32_t j = 0; j < similar->counts[1]; j++)
		for (uint32_t k = 0; k < lists_count(similar, j); k++)
			lists->units
				[lists->starts[similar->features[1][j].ids[k] +
					       1]++] = j;
	return STEMMA_OK;
}

static bool
is_heavier(const struct candidate *a, const struct candidate *b)
{
	return a->weight != b->weight ? a->weight > b->weight
				      : a->unit < b->unit;
}

/* Put the `most` heaviest first, in order; the rest behind them is lost. */
static uint32_t
keep_heaviest(struct candidate *found, uint32_t count, uint32_t most)
{
	uint32_t kept = 0;

	for (uint32_t k = 0; k < count; k++) {
		struct candidate next = found[k];
		uint32_t at = kept;

		if (kept == most && !is_heavier(&next, &found[kept - 1]))
			continue;
		if (kept < most)
			kept++;
		else
			at--;
		for (; at && is_heavier(&next, &found[at - 1]); at--)
			found[at] = found[at - 1];
		found[at] = next;
	}
	return kept;
}

/* The units of the new side by the rare features they share with unit i. */
static uint32_t
find_candidates(struct candidate *found, float *sums,
	const struct stemma_similar *similar, const struct lists *lists,
	uint32_t i, uint32_t most)
{
	const struct stemma_features *features = &similar->features[0][i];
	struct stemma_budget *budget = similar->aligner->budget;
	uint32_t count = 0;

	for (uint32_t k = 0; k < features->count; k++) {
		uint32_t f = features->ids[k];
		uint32_t length = lists->starts[f + 1] - lists->starts[f];

		if (length > LONGEST_LIST)
			continue;
		if (budget->left < length) {
			budget->reached = true;
			break;
		}
		budget->left -= length;
		for (uint32_t at = lists->starts[f]; at < lists->starts[f + 1];
			at++) {
			uint32_t j = lists->units[at];

			if (sums[j] == 0)
				found[count++].unit = j;
			sums[j] += similar->all[f].weight;
		}
	}
	for (uint32_t k = 0; k < count; k++) {
		const struct stemma_features *other =
			&similar->features[1][found[k].unit];
		float least = features->weight < other->weight
				      ? features->weight
				      : other->weight;

		found[k].weight = sums[found[k].unit] / least;
		sums[found[k].unit] = 0;
	}
	return keep_heaviest(found, count, most);
}

static enum stemma_code
look_at_likely(struct stemma_similar *similar)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	enum stemma_code code = STEMMA_OK;
	struct candidate *found;
	struct lists lists;
	float *sums;

	if (make_lists(&lists, similar) != STEMMA_OK)
		return STEMMA_NOMEM;
	found = stemma_arena_alloc(scratch, similar->counts[1], sizeof *found);
	sums = stemma_arena_zalloc(scratch, similar->counts[1], sizeof *sums);
	if (!found || !sums)
		return STEMMA_NOMEM;
	for (uint32_t i = 0; i < similar->counts[0] && code == STEMMA_OK; i++) {
		const struct stemma_features *features =
			&similar->features[0][i];
		uint32_t most = BEST_FEW + features->count / 32;
		uint32_t count;

		if (!stemma_similar_is_free(similar, 0, i))
			continue;
		count = find_candidates(found, sums, similar, &lists, i, most);
		stemma_similar_stock(similar, features, true);
		for (uint32_t k = 0; k < count && code == STEMMA_OK; k++) {
			if (found[k].weight < LEAST_RARE ||
				found[k].weight <
					LEAST_OF_BEST * found[0].weight)
				break;
			code = look(similar, i, found[k].unit);
		}
		stemma_similar_stock(similar, features, false);
	}
	return code;
}

enum stemma_code
stemma_similar_pairs(struct stemma_similar *similar)
{
	if ((uint64_t)similar->counts[0] * similar->counts[1] <= ALL_PAIRS)
		return look_at_all(similar);
	return look_at_likely(similar);
}
