/* SPDX-License-Identifier: MIT */
#include "folds.h"

/* Fewer paragraphs than this are shown, not folded. */
#define FOLDED_FROM 3

/* Whether the pages have a story in common: else the whole page is news. */
static bool
has_kept(const struct stemma_comparison *comparison)
{
	for (size_t k = 0; k < comparison->story_count; k++)
		if (comparison->stories[k].op == STEMMA_STORY_KEPT)
			return true;
	return false;
}

bool
stemma_folds_start(struct stemma_folds *folds,
	const struct stemma_comparison *comparison, struct stemma_arena *arena)
{
	*folds = (struct stemma_folds){.comparison = comparison};
	for (int side = 0; side < 2 && has_kept(comparison); side++) {
		size_t count = comparison->outlines[side].story_count;

		folds->stories[side] = stemma_arena_alloc(
			arena, count, sizeof **folds->stories);
		if (!folds->stories[side])
			return false;
		for (size_t k = 0; k < comparison->story_count; k++) {
			const struct stemma_story_link *link =
				&comparison->stories[k];

			if (link->story[side] != STEMMA_NO_STORY)
				folds->stories[side][link->story[side]] = link;
		}
	}
	return true;
}

/* The story that a unit is in. O(log stories). */
static uint32_t
story_of(const struct stemma_outline *outline, uint32_t unit)
{
	size_t low = 0, high = outline->story_count - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (outline->stories[middle].last < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

const struct stemma_story_link *
stemma_fold_of(const struct stemma_folds *folds, const struct stemma_step *step)
{
	enum stemma_side side =
		step->kind == STEMMA_STEP_OLD ? STEMMA_OLD : STEMMA_NEW;
	const struct stemma_outline *outline =
		&folds->comparison->outlines[side];
	const struct stemma_story_link *link;
	const struct stemma_story *story;

	if (step->moved || step->kind == STEMMA_STEP_BOTH ||
		!folds->stories[side])
		return NULL;
	story = &outline->stories[story_of(outline, step->units[side].first)];
	link = folds->stories[side][story - outline->stories];
	if (link->op == STEMMA_STORY_KEPT ||
		story->last - story->first + 1 < FOLDED_FROM)
		return NULL;
	return link;
}

const char *
stemma_fold_words(const struct stemma_story_link *link, enum stemma_side side)
{
	if (link->op == STEMMA_STORY_REPLACED)
		return side == STEMMA_OLD ? "story replaced"
					  : "story in its place";
	if (link->op == STEMMA_STORY_REMOVED)
		return "story removed";
	return link->at_end ? "story appended" : "story added";
}

uint32_t
stemma_fold_title(const struct stemma_folds *folds,
	const struct stemma_story_link *link, enum stemma_side side)
{
	const struct stemma_story *story =
		&folds->comparison->outlines[side].stories[link->story[side]];

	return story->title == STEMMA_NO_TITLE ? story->first : story->title;
}
