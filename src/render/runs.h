/*
 * runs.h - one unit of a comparison as styled runs, ready to be wrapped:
 * edits between marks, long unchanged stretches left out.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_RUNS_H
#define STEMMA_RENDER_RUNS_H

#include <stemma/base.h>
#include <stemma/compare.h>

#include "wrap.h"

/* A growing list of runs. `failed` is sticky: the arena gave no more. */
struct stemma_runs {
	struct stemma_run *runs;
	size_t count;
	size_t capacity;
	struct stemma_arena *arena;
	bool failed;
	bool unmarked; /* edits have no marks around them, styles alone */
};

/* What of a link's changes is shown. */
enum stemma_runs_view {
	STEMMA_RUNS_INLINE, /* deletions and insertions in the new text */
	STEMMA_RUNS_OLD,    /* deletions in the old text */
	STEMMA_RUNS_NEW     /* insertions in the new text */
};

/* The units of a link, one after the other. */
struct stemma_units {
	const struct stemma_comparison *comparison;
	const struct stemma_link *link;
	enum stemma_runs_view view;
	bool whole;      /* leave nothing out, however long */
	uint32_t unit;   /* the next one, on the side that is shown */
	uint32_t change; /* the next change of the link */
};

/* Append text in a style; nothing when it is empty. */
void stemma_runs_add(struct stemma_runs *runs, struct stemma_view text,
	enum stemma_style style);

/* Append unchanged text; unless `whole`, the middle of a long one is left out
   and its length told. */
void stemma_runs_add_same(
	struct stemma_runs *runs, struct stemma_view text, bool whole);

/* Append an edit: old and new between their marks, white space at the ends of
   them outside of the marks. */
void stemma_runs_add_change(struct stemma_runs *runs, struct stemma_view old,
	struct stemma_view new);

struct stemma_units
stemma_units_start(const struct stemma_comparison *comparison,
	const struct stemma_link *link, enum stemma_runs_view view, bool whole);

/*
 * Make `runs` the next unit of the link, dropping what it held; false when
 * there is none left. O(changes of the unit + bytes shown).
 */
bool stemma_units_next(struct stemma_units *units, struct stemma_runs *runs);

#endif
