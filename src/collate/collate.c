/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "state.h"

/* ---- versions in an order of their own ---------------------------------- */

/* A version as it was given, and what it is put in order by. */
struct version {
	const struct stemma_doc *doc;
	uint64_t hash;
	uint32_t given;
};

static int
by_content(const void *a, const void *b)
{
	const struct version *x = a, *y = b;
	struct stemma_view p = x->doc->text, q = y->doc->text;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (p.size != q.size)
		return p.size < q.size ? -1 : 1;
	if (x->doc->unit_count != y->doc->unit_count)
		return x->doc->unit_count < y->doc->unit_count ? -1 : 1;
	return p.size ? memcmp(p.bytes, q.bytes, p.size) : 0;
}

/* Versions of the same content are one node. */
static enum stemma_code
make_nodes(struct stemma_collating *collating,
	const struct stemma_doc *const *docs, size_t count)
{
	struct stemma_arena *scratch = collating->scratch;
	struct version *versions =
		stemma_arena_alloc(scratch, count, sizeof *versions);

	collating->nodes =
		stemma_arena_alloc(scratch, count, sizeof *collating->nodes);
	collating->node_of =
		stemma_arena_alloc(scratch, count, sizeof *collating->node_of);
	if (!versions || !collating->nodes || !collating->node_of)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < count; k++)
		versions[k] = (struct version){
			docs[k], stemma_hash(docs[k]->text), (uint32_t)k};
	qsort(versions, count, sizeof *versions, by_content);
	for (size_t k = 0; k < count; k++) {
		if (k == 0 || by_content(&versions[k - 1], &versions[k]) != 0)
			collating->nodes[collating->count++] = versions[k].doc;
		collating->node_of[versions[k].given] = collating->count - 1;
	}
	return STEMMA_OK;
}

static enum stemma_code
make_room(struct stemma_collating *collating)
{
	struct stemma_arena *scratch = collating->scratch;
	size_t units = 0;

	collating->rows = stemma_arena_alloc(
		scratch, collating->count, sizeof *collating->rows);
	collating->in = stemma_arena_alloc(
		scratch, collating->count, sizeof *collating->in);
	if (!collating->rows || !collating->in)
		return STEMMA_NOMEM;
	for (uint32_t n = 0; n < collating->count; n++) {
		size_t count = collating->nodes[n]->unit_count;

		collating->rows[n] = stemma_arena_alloc(
			scratch, count, sizeof **collating->rows);
		if (!collating->rows[n])
			return STEMMA_NOMEM;
		units += count;
	}
	if (units >= STEMMA_NO_ROW)
		return STEMMA_NOMEM;
	collating->slots =
		stemma_arena_alloc(scratch, units, sizeof *collating->slots);
	return collating->slots ? STEMMA_OK : STEMMA_NOMEM;
}

/* ---- who joins when, and whose neighbour it is -------------------------- */

/* What a node that is not in yet is most like. */
struct branch {
	uint32_t likeness;
	uint32_t nearest;
	bool in;
};

/* The version that is most like all others. */
static uint32_t
find_first(const struct stemma_collating *collating)
{
	uint64_t best = 0;
	uint32_t first = 0;

	for (uint32_t a = 0; a < collating->count; a++) {
		uint64_t sum = 0;

		for (uint32_t b = 0; b < collating->count; b++)
			sum += b == a ? 0
				      : stemma_sketches_likeness(
						collating, a, b);
		if (a == 0 || sum > best) {
			best = sum;
			first = a;
		}
	}
	return first;
}

static enum stemma_code
grow(struct stemma_collating *collating)
{
	struct branch *branches = stemma_arena_zalloc(
		collating->scratch, collating->count, sizeof *branches);
	enum stemma_code code = STEMMA_OK;
	uint32_t node = find_first(collating);

	if (!branches)
		return STEMMA_NOMEM;
	stemma_rows_start(collating, node);
	for (uint32_t k = 1; k < collating->count && code == STEMMA_OK; k++) {
		uint32_t next = STEMMA_NO_ROW;

		branches[node].in = true;
		for (uint32_t n = 0; n < collating->count; n++) {
			uint32_t likeness =
				stemma_sketches_likeness(collating, n, node);

			if (branches[n].in)
				continue;
			if (k == 1 || likeness > branches[n].likeness ||
				(likeness == branches[n].likeness &&
					node < branches[n].nearest)) {
				branches[n].likeness = likeness;
				branches[n].nearest = node;
			}
			if (next == STEMMA_NO_ROW ||
				branches[n].likeness > branches[next].likeness)
				next = n;
		}
		node = next;
		code = stemma_rows_join(
			collating, node, branches[node].nearest);
	}
	return code;
}

/* ---- the table ---------------------------------------------------------- */

/* Number the rows in the order of the list; returns how many there are. */
static size_t
number_rows(struct stemma_collating *collating, uint32_t *numbers)
{
	size_t count = 0;

	for (uint32_t row = collating->head; row != STEMMA_NO_ROW;
		row = collating->slots[row].next)
		if (collating->slots[row].same == row)
			numbers[row] = (uint32_t)count++;
	return count;
}

static size_t
row_of(struct stemma_collating *collating, const uint32_t *numbers, size_t doc,
	size_t unit)
{
	uint32_t node = collating->node_of[doc];

	return numbers[stemma_row_find(collating, collating->rows[node][unit])];
}

/* Arrays for as many cells and units as there can be. */
static bool
make_table(struct stemma_collation *collation, struct stemma_arena *arena)
{
	size_t units = 0;

	for (size_t d = 0; d < collation->doc_count; d++)
		units += collation->docs[d]->unit_count;
	collation->rows = stemma_arena_zalloc(
		arena, collation->row_count, sizeof *collation->rows);
	collation->cells =
		stemma_arena_alloc(arena, units, sizeof *collation->cells);
	collation->units =
		stemma_arena_alloc(arena, units, sizeof *collation->units);
	return units < UINT32_MAX && collation->rows && collation->cells &&
	       collation->units;
}

/* Count the units of each row, then put each where its row has room. */
static enum stemma_code
fill_table(struct stemma_collating *collating,
	struct stemma_collation *collation, const uint32_t *numbers)
{
	struct stemma_row *rows = collation->rows;
	uint32_t *ends = stemma_arena_zalloc(
		collating->scratch, collation->row_count + 1, sizeof *ends);
	uint32_t *latest = stemma_arena_zalloc(
		collating->scratch, collation->row_count, sizeof *latest);
	size_t cells = 0, units = 0;

	if (!ends || !latest)
		return STEMMA_NOMEM;
	for (size_t d = 0; d < collation->doc_count; d++)
		for (size_t u = 0; u < collation->docs[d]->unit_count; u++) {
			size_t row = row_of(collating, numbers, d, u);

			ends[row]++;
			rows[row].cell_count += latest[row] != d + 1;
			latest[row] = (uint32_t)d + 1;
		}
	for (size_t row = 0; row < collation->row_count; row++) {
		size_t count = ends[row];

		rows[row].first_cell = cells;
		cells += rows[row].cell_count;
		rows[row].cell_count = 0;
		ends[row] = (uint32_t)units;
		units += count;
		latest[row] = 0;
	}
	collation->cell_count = cells;
	for (size_t d = 0; d < collation->doc_count; d++)
		for (size_t u = 0; u < collation->docs[d]->unit_count; u++) {
			size_t row = row_of(collating, numbers, d, u);
			struct stemma_cell *cell =
				collation->cells + rows[row].first_cell;

			if (latest[row] != d + 1)
				cell[rows[row].cell_count++] =
					(struct stemma_cell){.doc = (uint32_t)d,
						.first = ends[row]};
			latest[row] = (uint32_t)d + 1;
			cell[rows[row].cell_count - 1].count++;
			collation->units[ends[row]++] = (uint32_t)u;
		}
	return STEMMA_OK;
}

static enum stemma_code
tabulate(struct stemma_collating *collating, struct stemma_collation *collation)
{
	uint32_t *numbers = stemma_arena_alloc(
		collating->scratch, collating->slot_count, sizeof *numbers);
	enum stemma_code code = STEMMA_NOMEM;

	if (!numbers)
		return STEMMA_NOMEM;
	collation->row_count = number_rows(collating, numbers);
	if (make_table(collation, collating->arena))
		code = fill_table(collating, collation, numbers);
	if (code == STEMMA_OK)
		code = stemma_readings_make(collation, collating->scratch);
	if (code == STEMMA_OK)
		code = stemma_cells_find_moved(collation, collating->scratch);
	return code;
}

static uint64_t
default_budget(const struct stemma_doc *const *docs, size_t count)
{
	uint64_t bytes = 0;

	for (size_t k = 0; k < count; k++)
		bytes += docs[k]->text.size;
	return 32 * bytes;
}

enum stemma_code
stemma_collation_make(struct stemma_collation *collation,
	const struct stemma_doc *const *docs, size_t doc_count,
	const struct stemma_collate_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark start = stemma_arena_mark(arena);
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_collating collating = {.arena = arena,
		.scratch = scratch,
		.budget = options && options->budget
				  ? options->budget
				  : default_budget(docs, doc_count)};
	enum stemma_code code = STEMMA_INVALID;

	*collation =
		(struct stemma_collation){.docs = docs, .doc_count = doc_count};
	if (doc_count > STEMMA_COLLATE_MOST)
		code = STEMMA_UNSUPPORTED;
	else if (doc_count)
		code = make_nodes(&collating, docs, doc_count);
	if (code == STEMMA_OK)
		code = make_room(&collating);
	if (code == STEMMA_OK)
		code = stemma_sketches_make(&collating);
	if (code == STEMMA_OK)
		code = grow(&collating);
	if (code == STEMMA_OK)
		code = tabulate(&collating, collation);
	collation->approximate = collating.approximate;
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK) {
		stemma_arena_rewind(arena, start);
		*collation = (struct stemma_collation){0};
	}
	return code;
}

/* ---- two that are compared already -------------------------------------- */

enum stemma_code
stemma_collation_of(struct stemma_collation *collation,
	const struct stemma_comparison *comparison, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark start = stemma_arena_mark(arena);
	uint32_t units = 0;

	*collation = (struct stemma_collation){.docs = comparison->docs,
		.doc_count = 2,
		.row_count = comparison->link_count,
		.approximate = comparison->approximate};
	if (!make_table(collation, arena))
		goto fail;
	for (size_t i = 0; i < comparison->link_count; i++) {
		const struct stemma_link *link = &comparison->links[i];

		collation->rows[i].first_cell = collation->cell_count;
		for (uint32_t side = 0; side < 2; side++) {
			struct stemma_range range = link->units[side];

			if (!range.count)
				continue;
			collation->cells[collation->cell_count++] =
				(struct stemma_cell){.doc = side,
					.first = units,
					.count = range.count,
					.moved = link->moved &&
						 side == STEMMA_OLD};
			collation->rows[i].cell_count++;
			for (uint32_t k = 0; k < range.count; k++)
				collation->units[units++] = range.first + k;
		}
	}
	if (stemma_readings_make(collation, scratch) == STEMMA_OK)
		return STEMMA_OK;
fail:
	stemma_arena_rewind(arena, start);
	*collation = (struct stemma_collation){0};
	return STEMMA_NOMEM;
}

const struct stemma_cell *
stemma_collation_cell(
	const struct stemma_collation *collation, size_t row, uint32_t doc)
{
	const struct stemma_cell *cells =
		collation->cells + collation->rows[row].first_cell;
	uint32_t low = 0, high = collation->rows[row].cell_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (cells[middle].doc < doc)
			low = middle + 1;
		else
			high = middle;
	}
	return low < collation->rows[row].cell_count && cells[low].doc == doc
		       ? &cells[low]
		       : NULL;
}
