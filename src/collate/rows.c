/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "state.h"

uint32_t
stemma_row_find(struct stemma_collating *collating, uint32_t row)
{
	struct stemma_slot *slots = collating->slots;

	while (slots[row].same != row) {
		slots[row].same = slots[slots[row].same].same;
		row = slots[row].same;
	}
	return row;
}

/* A new row of `node` behind `before`, or at the head. */
static uint32_t
insert(struct stemma_collating *collating, uint32_t before, uint32_t node)
{
	uint32_t row = collating->slot_count++;
	uint32_t *link = before == STEMMA_NO_ROW
				 ? &collating->head
				 : &collating->slots[before].next;

	collating->slots[row] = (struct stemma_slot){*link, row, node};
	*link = row;
	return row;
}

void
stemma_rows_start(struct stemma_collating *collating, uint32_t node)
{
	uint32_t before = STEMMA_NO_ROW;

	collating->head = STEMMA_NO_ROW;
	for (size_t u = 0; u < collating->nodes[node]->unit_count; u++) {
		before = insert(collating, before, node);
		collating->rows[node][u] = before;
	}
	collating->in[collating->in_count++] = node;
}

/* Units of one version that a comparison is made of. */
struct part {
	uint32_t node;
	struct stemma_doc doc;
	uint32_t *units; /* which they are in the version; NULL: all of them */
};

static uint32_t
unit_of(const struct part *part, uint32_t unit)
{
	return part->units ? part->units[unit] : unit;
}

/* Compare two parts, the same way around whoever asks. In the arena. */
static enum stemma_code
compare(struct stemma_collating *collating,
	struct stemma_comparison *comparison, const struct part *a,
	const struct part *b)
{
	static const struct stemma_compare_options options = {
		.reading = STEMMA_READ_NOTHING};
	bool swap = b->node < a->node;
	enum stemma_code code = stemma_comparison_make(comparison,
		swap ? &b->doc : &a->doc, swap ? &a->doc : &b->doc, &options,
		collating->arena, collating->scratch);

	collating->approximate |= code == STEMMA_OK && comparison->approximate;
	return code;
}

/* The rows of units `range` of a part that is in become one; which one. */
static uint32_t
unite(struct stemma_collating *collating, const struct part *part,
	struct stemma_range range)
{
	const uint32_t *rows = collating->rows[part->node];
	uint32_t row =
		stemma_row_find(collating, rows[unit_of(part, range.first)]);

	for (uint32_t k = 1; k < range.count; k++) {
		uint32_t other = stemma_row_find(
			collating, rows[unit_of(part, range.first + k)]);

		collating->slots[other].same = row;
	}
	return row;
}

/* All that the nearest version has a link to joins its row. */
static void
join_nearest(struct stemma_collating *collating,
	const struct stemma_comparison *comparison, const struct part *near,
	const struct part *part, bool *moved)
{
	int side = part->node < near->node ? STEMMA_OLD : STEMMA_NEW;

	for (size_t i = 0; i < comparison->link_count; i++) {
		const struct stemma_link *link = &comparison->links[i];
		struct stemma_range range = link->units[side];
		uint32_t row;

		if (!link->units[0].count || !link->units[1].count)
			continue;
		row = unite(collating, near, link->units[!side]);
		collating->slots[row].latest = part->node;
		for (uint32_t k = 0; k < range.count; k++) {
			collating->rows[part->node][range.first + k] = row;
			moved[range.first + k] = link->moved;
		}
	}
}

/* The same of others, one unit to one, where the row is still free. */
static void
join_other(struct stemma_collating *collating,
	const struct stemma_comparison *comparison, const struct part *other,
	const struct part *part, bool *moved)
{
	int side = part->node < other->node ? STEMMA_OLD : STEMMA_NEW;

	for (size_t i = 0; i < comparison->link_count; i++) {
		const struct stemma_link *link = &comparison->links[i];
		uint32_t unit, row;

		if (link->units[0].count != 1 || link->units[1].count != 1)
			continue;
		row = unite(collating, other, link->units[!side]);
		if (collating->slots[row].latest == part->node)
			continue;
		unit = unit_of(part, link->units[side].first);
		collating->rows[part->node][unit] = row;
		collating->slots[row].latest = part->node;
		/* Where it stands among the rest is not asked here. */
		moved[unit] = true;
	}
}

/* Those units of `node` that are still to find a row, or, of one that is in,
   whose row is still free for `joining`. */
static enum stemma_code
make_part(struct stemma_collating *collating, struct part *part, uint32_t node,
	uint32_t joining)
{
	const struct stemma_doc *doc = collating->nodes[node];
	struct stemma_unit *units = stemma_arena_alloc(
		collating->scratch, doc->unit_count, sizeof *units);
	size_t count = 0;

	part->node = node;
	part->doc = *doc;
	part->units = stemma_arena_alloc(
		collating->scratch, doc->unit_count, sizeof *part->units);
	if (!units || !part->units)
		return STEMMA_NOMEM;
	for (uint32_t u = 0; u < doc->unit_count; u++) {
		uint32_t row = collating->rows[node][u];

		if (node == joining) {
			if (row != STEMMA_NO_ROW)
				continue;
		} else {
			row = stemma_row_find(collating, row);
			if (collating->slots[row].latest == joining)
				continue;
		}
		part->units[count] = u;
		units[count++] = doc->units[u];
	}
	part->doc.units = units;
	part->doc.unit_count = count;
	return STEMMA_OK;
}

static uint64_t
bytes_of(const struct part *part)
{
	uint64_t bytes = 0;

	for (size_t u = 0; u < part->doc.unit_count; u++)
		bytes += part->doc.units[u].end - part->doc.units[u].start;
	return bytes;
}

/* Look for partners in one more version; `*left` says if any unit is left. */
static enum stemma_code
look_in(struct stemma_collating *collating, uint32_t node, uint32_t other,
	bool *moved, bool *left)
{
	struct stemma_mark mark = stemma_arena_mark(collating->scratch);
	struct stemma_mark made = stemma_arena_mark(collating->arena);
	struct stemma_comparison comparison;
	struct part parts[2];
	enum stemma_code code;
	uint64_t bytes;

	code = make_part(collating, &parts[0], node, node);
	if (code == STEMMA_OK)
		code = make_part(collating, &parts[1], other, node);
	*left = code == STEMMA_OK && parts[0].doc.unit_count > 0;
	if (!*left || parts[1].doc.unit_count == 0)
		goto done;
	bytes = bytes_of(&parts[0]) + bytes_of(&parts[1]);
	if (bytes > collating->budget) {
		collating->approximate = true;
		*left = false;
		goto done;
	}
	collating->budget -= bytes;
	code = compare(collating, &comparison, &parts[0], &parts[1]);
	if (code == STEMMA_OK)
		join_other(collating, &comparison, &parts[1], &parts[0], moved);
done:
	stemma_arena_rewind(collating->arena, made);
	stemma_arena_rewind(collating->scratch, mark);
	return code;
}

struct candidate {
	uint32_t likeness;
	uint32_t node;
};

static int
by_likeness(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->likeness != y->likeness)
		return x->likeness < y->likeness ? 1 : -1;
	return (x->node > y->node) - (x->node < y->node);
}

/* Look for partners of what is left in all other versions. */
static enum stemma_code
look_further(struct stemma_collating *collating, uint32_t node,
	uint32_t nearest, bool *moved)
{
	struct candidate *candidates = stemma_arena_alloc(
		collating->scratch, collating->in_count, sizeof *candidates);
	enum stemma_code code = STEMMA_OK;
	bool left = true;

	if (!candidates)
		return STEMMA_NOMEM;
	for (uint32_t i = 0; i < collating->in_count; i++)
		candidates[i] =
			(struct candidate){stemma_sketches_likeness(collating,
						   node, collating->in[i]),
				collating->in[i]};
	qsort(candidates, collating->in_count, sizeof *candidates, by_likeness);
	for (uint32_t i = 0;
		i < collating->in_count && left && code == STEMMA_OK; i++)
		if (candidates[i].node != nearest)
			code = look_in(collating, node, candidates[i].node,
				moved, &left);
	return code;
}

enum stemma_code
stemma_rows_join(
	struct stemma_collating *collating, uint32_t node, uint32_t nearest)
{
	struct stemma_mark mark = stemma_arena_mark(collating->scratch);
	struct stemma_mark made = stemma_arena_mark(collating->arena);
	struct part near = {nearest, *collating->nodes[nearest], NULL};
	struct part part = {node, *collating->nodes[node], NULL};
	uint32_t *rows = collating->rows[node], before = STEMMA_NO_ROW;
	struct stemma_comparison comparison;
	bool *moved = stemma_arena_zalloc(
		collating->scratch, part.doc.unit_count, sizeof *moved);
	enum stemma_code code = STEMMA_NOMEM;

	for (size_t u = 0; u < part.doc.unit_count; u++)
		rows[u] = STEMMA_NO_ROW;
	if (moved)
		code = compare(collating, &comparison, &near, &part);
	if (code == STEMMA_OK) {
		join_nearest(collating, &comparison, &near, &part, moved);
		code = look_further(collating, node, nearest, moved);
	}
	for (size_t u = 0; code == STEMMA_OK && u < part.doc.unit_count; u++) {
		if (rows[u] == STEMMA_NO_ROW)
			before = rows[u] = insert(collating, before, node);
		else if (!moved[u])
			before = stemma_row_find(collating, rows[u]);
	}
	stemma_arena_rewind(collating->arena, made);
	stemma_arena_rewind(collating->scratch, mark);
	collating->in[collating->in_count++] = node;
	return code;
}
