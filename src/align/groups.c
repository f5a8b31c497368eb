/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "align/similar.h"

/* A piece belongs to a whole when this share of its weight is found there and
   in no other piece: edited pieces keep about so much. */
#define PIECE_CONTAINED 0.5f

/* A group must be more alike than its best single piece by this. */
#define GROUP_GAIN 0.02f

/* By the whole's unit, then by the piece's. */
static int
compare_old_first(const void *left, const void *right)
{
	const struct stemma_edge *a = left, *b = right;

	if (a->first[0] != b->first[0])
		return a->first[0] < b->first[0] ? -1 : 1;
	return a->first[1] < b->first[1] ? -1 : a->first[1] > b->first[1];
}

static int
compare_new_first(const void *left, const void *right)
{
	const struct stemma_edge *a = left, *b = right;

	if (a->first[1] != b->first[1])
		return a->first[1] < b->first[1] ? -1 : 1;
	return a->first[0] < b->first[0] ? -1 : a->first[0] > b->first[0];
}

static const struct stemma_features *
features_of(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return &similar->features[side][similar->rest_of[side][unit]];
}

/* A run of neighbouring pieces that one whole holds, as it grows. */
struct group {
	uint32_t first, count;
	float shared, weight; /* of the pieces together */
	float best;           /* the most alike single piece */
};

/* Finish a group: add it when it tells more than its best piece. */
static enum stemma_code
close_group(struct stemma_similar *similar, struct group *group, int whole_side,
	uint32_t whole)
{
	float total = features_of(similar, whole_side, whole)->weight;
	struct stemma_edge edge;
	enum stemma_code code = STEMMA_OK;

	edge.first[whole_side] = whole;
	edge.count[whole_side] = 1;
	edge.first[!whole_side] = group->first;
	edge.count[!whole_side] = group->count;
	edge.shared = group->shared;
	edge.score = 2 * group->shared / (total + group->weight);
	if (group->count > 1 && edge.score > group->best + GROUP_GAIN)
		code = stemma_similar_add(similar, &edge);
	for (uint32_t k = 0; k < group->count; k++)
		stemma_similar_unspend(similar,
			features_of(similar, !whole_side, group->first + k));
	*group = (struct group){0};
	return code;
}

/* The edges [from, to) share one whole and are in order of their pieces. */
static enum stemma_code
group_pieces(struct stemma_similar *similar, const struct stemma_edge *from,
	const struct stemma_edge *to, int whole_side)
{
	uint32_t whole = from->first[whole_side];
	const struct stemma_features *stock =
		features_of(similar, whole_side, whole);
	struct group group = {0};
	enum stemma_code code = STEMMA_OK;

	stemma_similar_stock(similar, stock, true);
	for (; from < to && code == STEMMA_OK; from++) {
		uint32_t piece = from->first[!whole_side];
		const struct stemma_features *features =
			features_of(similar, !whole_side, piece);
		float shared;

		if (from->shared < PIECE_CONTAINED * features->weight)
			continue;
		if (group.count && piece != group.first + group.count)
			code = close_group(similar, &group, whole_side, whole);
		shared = stemma_similar_spend(similar, features);
		if (shared < PIECE_CONTAINED * features->weight) {
			stemma_similar_unspend(similar, features);
			if (code == STEMMA_OK)
				code = close_group(
					similar, &group, whole_side, whole);
			continue;
		}
		if (group.count++ == 0)
			group.first = piece;
		group.shared += shared;
		group.weight += features->weight;
		if (from->score > group.best)
			group.best = from->score;
	}
	if (code == STEMMA_OK)
		code = close_group(similar, &group, whole_side, whole);
	stemma_similar_stock(similar, stock, false);
	return code;
}

static enum stemma_code
group_side(struct stemma_similar *similar, size_t count, int whole_side)
{
	struct stemma_edge *edges;
	enum stemma_code code = STEMMA_OK;

	if (count == 0)
		return STEMMA_OK;
	edges = stemma_arena_alloc(
		similar->aligner->scratch, count, sizeof *edges);
	if (!edges)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < count; k++)
		edges[k] = similar->edges[k];
	qsort(edges, count, sizeof *edges,
		whole_side ? compare_new_first : compare_old_first);
	for (size_t from = 0, to; from < count && code == STEMMA_OK;
		from = to) {
		for (to = from + 1;
			to < count && edges[to].first[whole_side] ==
					      edges[from].first[whole_side];
			to++)
			;
		if (to > from + 1)
			code = group_pieces(
				similar, edges + from, edges + to, whole_side);
	}
	return code;
}

enum stemma_code
stemma_similar_groups(struct stemma_similar *similar)
{
	size_t singles = similar->edge_count;
	enum stemma_code code = group_side(similar, singles, 0);

	return code == STEMMA_OK ? group_side(similar, singles, 1) : code;
}
