/*
 * report_lives.h - what happened to each paragraph of a story's newest text,
 * followed back through the comparisons of neighbours.
 *
 *     start   the newest text
 *     pass    the revision before it and it, the one before that …
 *     end     what was found, the oldest first
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_REPORT_LIVES_H
#define STEMMA_CLI_REPORT_LIVES_H

#include <stemma.h>

/* A paragraph on its way back. */
struct stemma_life_track {
	uint32_t unit; /* which one it is of the revision that was reached */
	uint32_t back; /* it was gone before this revision; 0: it stands */
	bool seen;     /* its first revision was found */
	uint64_t key;  /* of its text, while it is gone */
	struct stemma_life_note *notes; /* the oldest on top */
	uint32_t count;
};

struct stemma_lives {
	struct stemma_arena *arena; /* notes and results live in it */
	struct stemma_life_track *tracks;
	size_t count; /* of units of the newest text */
	size_t gone;  /* tracks that wait for their text to come up again */
};

/* All fail with STEMMA_NOMEM alone. */
enum stemma_code stemma_lives_start(struct stemma_lives *lives,
	const struct stemma_doc *newest, struct stemma_arena *arena);

/* The comparison of revision `number` - 1 with `number`. O(units log units +
   links). */
enum stemma_code stemma_lives_pass(struct stemma_lives *lives,
	const struct stemma_comparison *comparison, uint32_t number,
	struct stemma_arena *scratch);

/* `lives->count` lives, which name no other stories. */
enum stemma_code
stemma_lives_end(struct stemma_lives *lives, struct stemma_history_life **told);

#endif
