/*
 * folds.h - which paragraphs are told as one: those of a story that came or
 * went as a whole.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_FOLDS_H
#define STEMMA_RENDER_FOLDS_H

#include <stemma/compare.h>

#include "walk.h"

/* By side and story: what became of it; NULL where there is nothing to fold. */
struct stemma_folds {
	const struct stemma_comparison *comparison;
	const struct stemma_story_link **stories[2];
};

/* False without memory. O(stories). */
bool stemma_folds_start(struct stemma_folds *folds,
	const struct stemma_comparison *comparison, struct stemma_arena *arena);

/* The story that the step is told with, or NULL. O(log stories). */
const struct stemma_story_link *stemma_fold_of(
	const struct stemma_folds *folds, const struct stemma_step *step);

/* "story appended", "story removed", … */
const char *
stemma_fold_words(const struct stemma_story_link *link, enum stemma_side side);

/* The unit that is the title of the story on that side, or begins it. */
uint32_t stemma_fold_title(const struct stemma_folds *folds,
	const struct stemma_story_link *link, enum stemma_side side);

#endif
