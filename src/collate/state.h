/*
 * state.h - a collation in the making: distinct versions in an order of their
 * own, and a list of rows that each of them in turn joins or makes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_COLLATE_STATE_H
#define STEMMA_COLLATE_STATE_H

#include <stemma/collate.h>

#define STEMMA_NO_ROW UINT32_MAX

/* A row: a place in a list, with whoever else turned out to belong to it. */
struct stemma_slot {
	uint32_t next;   /* in the list, or STEMMA_NO_ROW */
	uint32_t same;   /* itself, or a row that it became part of */
	uint32_t latest; /* the last node that joined */
};

struct stemma_collating {
	const struct stemma_doc **nodes; /* distinct versions, by content */
	uint32_t count;
	uint32_t *node_of;  /* by version as given */
	uint32_t *sketches; /* STEMMA_SKETCH numbers for each node */
	uint32_t **rows;    /* by node and unit: its row */
	struct stemma_slot *slots;
	uint32_t slot_count;
	uint32_t head; /* of the list */
	uint32_t *in;  /* nodes that have joined, in order */
	uint32_t in_count;
	uint64_t budget; /* bytes left to compare */
	bool approximate;
	struct stemma_arena *arena; /* for comparisons, and given back */
	struct stemma_arena *scratch;
};

/* ---- sketch.c: how alike two versions are ------------------------------- */

/* How many hashes of word pairs stand for a version. */
#define STEMMA_SKETCH 128

/* Fill the sketches of all nodes. STEMMA_NOMEM. O(words · log words). */
enum stemma_code stemma_sketches_make(struct stemma_collating *collating);

/* 0 to 65536: the share of word pairs that two nodes have in common, as far as
   the sketches tell. O(1). */
uint32_t stemma_sketches_likeness(
	const struct stemma_collating *collating, uint32_t a, uint32_t b);

/* ---- rows.c: versions joining ------------------------------------------- */

/* The row that `row` has become part of. */
uint32_t stemma_row_find(struct stemma_collating *collating, uint32_t row);

/* The first node makes the list. */
void stemma_rows_start(struct stemma_collating *collating, uint32_t node);

/* `node` joins, `nearest` being in. STEMMA_NOMEM. */
enum stemma_code stemma_rows_join(
	struct stemma_collating *collating, uint32_t node, uint32_t nearest);

/* ---- readings.c: cells and what they hold ------------------------------- */

/* Number the readings of all rows. STEMMA_NOMEM. O(bytes). */
enum stemma_code stemma_readings_make(
	struct stemma_collation *collation, struct stemma_arena *scratch);

/* Mark the cells that stand out of order. STEMMA_NOMEM. */
enum stemma_code stemma_cells_find_moved(
	struct stemma_collation *collation, struct stemma_arena *scratch);

#endif
