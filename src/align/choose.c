/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "align/similar.h"

/*
 * How alike two units must be. Between the same neighbours less is enough:
 * where they stand speaks for them too. These are shares of weighted words
 * (similar.h); unrelated paragraphs of one story share about a tenth.
 */
#define ALIKE_ANYWHERE 0.36f
#define ALIKE_IN_PLACE 0.25f
#define ALIKE_ALONE 0.16f

/* Standing between the same neighbours decides between near equals. */
#define PLACE_BONUS 0.05f

/* Past this many cells a gap is not searched for its best order. */
#define MOST_CELLS 250000

static uint32_t *
number_gaps(const struct stemma_similar *similar, int side)
{
	const struct stemma_aligner *aligner = similar->aligner;
	uint32_t *gaps = stemma_arena_alloc(
		aligner->scratch, similar->counts[side], sizeof *gaps);
	struct stemma_gap gap = {{0, 0}, {0, 0}};
	uint32_t k = 0, r = 0, number = 0;

	while (gaps && stemma_align_next_gap(aligner, &k, &gap)) {
		for (; r < similar->counts[side] &&
			similar->words[side][r].unit < gap.to[side];
			r++)
			gaps[r] = number;
		number++;
	}
	return gaps;
}

static bool
in_same_gap(const struct stemma_similar *similar, uint32_t *const gaps[2],
	const struct stemma_edge *edge)
{
	return gaps[0][similar->rest_of[0][edge->first[0]]] ==
	       gaps[1][similar->rest_of[1][edge->first[1]]];
}

/* Best first; where equal, by place. */
static int
compare_edges(const void *left, const void *right)
{
	const struct stemma_edge *a = left, *b = right;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	for (int side = 0; side < 2; side++)
		if (a->first[side] != b->first[side])
			return a->first[side] < b->first[side] ? -1 : 1;
	return 0;
}

static bool
is_free(const struct stemma_aligner *aligner, const struct stemma_edge *edge)
{
	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < edge->count[side]; u++)
			if (aligner->link_of[side][edge->first[side] + u] !=
				STEMMA_UNPAIRED)
				return false;
	return true;
}

/* Take edges from the best down while their units are free. */
static enum stemma_code
take_best(struct stemma_similar *similar)
{
	struct stemma_aligner *aligner = similar->aligner;
	struct stemma_edge *edges = similar->edges;
	uint32_t *gaps[2] = {number_gaps(similar, 0), number_gaps(similar, 1)};

	if (!gaps[0] || !gaps[1])
		return STEMMA_NOMEM;
	for (size_t k = 0; k < similar->edge_count; k++)
		if (in_same_gap(similar, gaps, &edges[k]))
			edges[k].score += PLACE_BONUS;
	if (similar->edge_count)
		qsort(edges, similar->edge_count, sizeof *edges, compare_edges);
	for (size_t k = 0; k < similar->edge_count; k++) {
		bool placed = in_same_gap(similar, gaps, &edges[k]);
		float least =
			placed ? ALIKE_IN_PLACE + PLACE_BONUS : ALIKE_ANYWHERE;

		if (edges[k].score >= least && is_free(aligner, &edges[k]))
			stemma_align_link(aligner, edges[k].first,
				edges[k].count, STEMMA_PAIR_SIMILAR, false);
		if (placed)
			edges[k].score -= PLACE_BONUS;
	}
	return stemma_align_order(aligner);
}

/* A table over the free units of one gap: gains of pairing them in order. */
struct table {
	uint32_t rows, columns; /* old and new units */
	uint32_t *units[2];
	float *gains; /* of pairing row and column, 0: not allowed */
	float *best;  /* (rows + 1) * (columns + 1), from the end */
};

static uint32_t
list_free(const struct stemma_similar *similar, int side,
	const struct stemma_gap *gap, uint32_t *units)
{
	const struct stemma_aligner *aligner = similar->aligner;
	uint32_t count = 0;

	for (uint32_t u = gap->from[side]; u < gap->to[side]; u++)
		if (aligner->link_of[side][u] == STEMMA_UNPAIRED &&
			similar->rest_of[side][u] != STEMMA_UNPAIRED) {
			if (units)
				units[count] = u;
			count++;
		}
	return count;
}

static struct stemma_features *
features_in(struct stemma_similar *similar, int side, uint32_t unit)
{
	return &similar->features[side][similar->rest_of[side][unit]];
}

/* The gains of all pairs of a table. */
static void
fill_gains(struct stemma_similar *similar, struct table *table)
{
	float *gain = table->gains;

	for (uint32_t r = 0; r < table->rows; r++) {
		struct stemma_features *a =
			features_in(similar, 0, table->units[0][r]);

		stemma_similar_stock(similar, a, true);
		for (uint32_t c = 0; c < table->columns; c++, gain++) {
			struct stemma_features *b =
				features_in(similar, 1, table->units[1][c]);

			*gain = 2 * stemma_similar_shared(similar, a, b) /
				(a->weight + b->weight);
			if (*gain <= ALIKE_ALONE)
				*gain = 0;
		}
		stemma_similar_stock(similar, a, false);
	}
}

static void
fill_table(struct table *table)
{
	size_t width = (size_t)table->columns + 1;

	for (uint32_t r = table->rows; r-- > 0;)
		for (uint32_t c = table->columns; c-- > 0;) {
			float *cell = &table->best[r * width + c];
			float gain = table->gains[r * table->columns + c];

			*cell = cell[1] > cell[width] ? cell[1] : cell[width];
			if (gain > 0 && gain + cell[width + 1] > *cell)
				*cell = gain + cell[width + 1];
		}
}

static void
take_path(struct stemma_aligner *aligner, const struct table *table)
{
	static const uint32_t one[2] = {1, 1};
	size_t width = (size_t)table->columns + 1;

	for (uint32_t r = 0, c = 0; r < table->rows && c < table->columns;) {
		const float *cell = &table->best[r * width + c];

		if (*cell == cell[width]) {
			r++;
		} else if (*cell == cell[1]) {
			c++;
		} else {
			stemma_align_link(aligner,
				(uint32_t[2]){table->units[0][r++],
					table->units[1][c++]},
				one, STEMMA_PAIR_SIMILAR, false);
		}
	}
}

/* Pair what is left between the same neighbours, in order. */
static enum stemma_code
fill_gap(struct stemma_similar *similar, const struct stemma_gap *gap)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct table table;
	enum stemma_code code = STEMMA_NOMEM;
	uint64_t cells;

	table.rows = list_free(similar, 0, gap, NULL);
	table.columns = list_free(similar, 1, gap, NULL);
	cells = (uint64_t)table.rows * table.columns;
	if (cells == 0 || cells > MOST_CELLS)
		return STEMMA_OK;
	if (cells * 64 > similar->aligner->budget->left) {
		similar->aligner->budget->reached = true;
		return STEMMA_OK;
	}
	similar->aligner->budget->left -= cells * 64;
	for (int side = 0; side < 2; side++)
		table.units[side] = stemma_arena_alloc(scratch,
			side ? table.columns : table.rows,
			sizeof **table.units);
	table.gains =
		stemma_arena_alloc(scratch, (size_t)cells, sizeof *table.gains);
	table.best = stemma_arena_zalloc(scratch,
		((size_t)table.rows + 1) * ((size_t)table.columns + 1),
		sizeof *table.best);
	if (!table.units[0] || !table.units[1] || !table.gains || !table.best)
		goto out;
	for (int side = 0; side < 2; side++)
		list_free(similar, side, gap, table.units[side]);
	fill_gains(similar, &table);
	fill_table(&table);
	take_path(similar->aligner, &table);
	code = STEMMA_OK;
out:
	stemma_arena_rewind(scratch, mark);
	return code;
}

static enum stemma_code
fill_gaps(struct stemma_similar *similar)
{
	struct stemma_gap gap = {{0, 0}, {0, 0}};
	enum stemma_code code = STEMMA_OK;
	uint32_t k = 0;

	while (code == STEMMA_OK &&
		stemma_align_next_gap(similar->aligner, &k, &gap))
		code = fill_gap(similar, &gap);
	return code == STEMMA_OK ? stemma_align_order(similar->aligner) : code;
}

enum stemma_code
stemma_similar_choose(struct stemma_similar *similar)
{
	enum stemma_code code = take_best(similar);

	return code == STEMMA_OK ? fill_gaps(similar) : code;
}
