/*
 * walk.h - the comparison in one reading order for both versions, which every
 * format but JSON is written along.
 *
 *     old   A  M  B  C          steps: both A · old M (went to new 3) · new X
 *     new   A  X  B  M                 both B · old C (gone) · new M (from 1)
 *
 * The old units of all steps, in order, are the old document; the new units
 * are the new one. So whoever writes each step's two sides loses nothing.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_WALK_H
#define STEMMA_RENDER_WALK_H

#include <stemma/base.h>
#include <stemma/compare.h>

enum stemma_step_kind {
	STEMMA_STEP_BOTH, /* units of both sides, in place */
	STEMMA_STEP_OLD,  /* gone from here: removed, or moved away */
	STEMMA_STEP_NEW   /* new here: added, or moved here */
};

struct stemma_step {
	enum stemma_step_kind kind;
	struct stemma_range
		units[2]; /* count 0 on the side it has nothing of */
	const struct stemma_link *link; /* NULL only for STEMMA_STEP_OLD: a
	                                   removed unit ahead of its link */
	bool moved; /* the link's other side stands elsewhere */
};

/*
 * A place in the walk: a plain value, so that a copy can look ahead. It
 * borrows the comparison and a list in the arena it was started with.
 */
struct stemma_walk {
	const struct stemma_comparison *comparison;
	const uint32_t *gone; /* moved links, by the place of their old units */
	size_t gone_count;
	size_t gone_at; /* the first of them not yet passed */
	size_t link;    /* the next link */
	uint32_t old;   /* the next old unit */
};

/* Stand before the first step. STEMMA_NOMEM. O(links + moved · log moved). */
enum stemma_code stemma_walk_start(struct stemma_walk *walk,
	const struct stemma_comparison *comparison, struct stemma_arena *arena);

/* The next step, or false at the end. O(1). */
bool stemma_walk_next(struct stemma_walk *walk, struct stemma_step *step);

/*
 * The passage by which most of a unit of the new document stands twice on its
 * page, or NULL. O(log passages + those of the unit).
 */
const struct stemma_passage *
stemma_twin_of(const struct stemma_comparison *comparison, uint32_t unit);

/*
 * A renderer without memory: makes STEMMA_NOMEM the failure of `out`, unless
 * it has one, and rewinds `scratch` to `mark`. Returns the failure of `out`.
 */
enum stemma_code stemma_walk_fail(struct stemma_out *out,
	struct stemma_arena *scratch, struct stemma_mark mark);

/* Whether a link has word edits that are not ignored. */
bool stemma_link_is_seen(const struct stemma_comparison *comparison,
	const struct stemma_link *link);

#endif
