/* SPDX-License-Identifier: MIT */
#include "teller.h"

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
stemma_term_stories_start(struct stemma_term *term)
{
	const struct stemma_comparison *comparison = term->comparison;

	for (int side = 0; side < 2 && has_kept(comparison); side++) {
		size_t count = comparison->outlines[side].story_count;

		term->stories[side] = stemma_arena_alloc(
			term->scratch, count, sizeof **term->stories);
		if (!term->stories[side])
			return false;
		for (size_t k = 0; k < comparison->story_count; k++) {
			const struct stemma_story_link *link =
				&comparison->stories[k];

			if (link->story[side] != STEMMA_NO_STORY)
				term->stories[side][link->story[side]] = link;
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
stemma_term_story(
	const struct stemma_term *term, const struct stemma_step *step)
{
	enum stemma_side side =
		step->kind == STEMMA_STEP_OLD ? STEMMA_OLD : STEMMA_NEW;
	const struct stemma_outline *outline =
		&term->comparison->outlines[side];
	const struct stemma_story_link *link;
	const struct stemma_story *story;

	if (term->options->context == STEMMA_CONTEXT_ALL ||
		term->options->unfold || step->moved ||
		step->kind == STEMMA_STEP_BOTH || !term->stories[side])
		return NULL;
	story = &outline->stories[story_of(outline, step->units[side].first)];
	link = term->stories[side][story - outline->stories];
	if (link->op == STEMMA_STORY_KEPT ||
		story->last - story->first + 1 < FOLDED_FROM)
		return NULL;
	return link;
}

static const char *
words_of(const struct stemma_story_link *link, enum stemma_side side)
{
	if (link->op == STEMMA_STORY_REPLACED)
		return side == STEMMA_OLD ? "story replaced"
					  : "story in its place";
	if (link->op == STEMMA_STORY_REMOVED)
		return "story removed";
	return link->at_end ? "story appended" : "story added";
}

void
stemma_term_tell_story(struct stemma_term *term,
	const struct stemma_story_link *link, enum stemma_side side,
	struct stemma_range units)
{
	const struct stemma_story *story =
		&term->comparison->outlines[side].stories[link->story[side]];
	bool old = side == STEMMA_OLD;
	enum stemma_style style =
		old ? STEMMA_STYLE_REMOVED : STEMMA_STYLE_ADDED;
	struct stemma_note note = {old ? '-' : '+', style, true, {0, 0}};
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_runs *runs = &teller.runs[0];

	note.numbers[side] = (uint64_t)units.first + 1;
	stemma_say_words(runs, style, words_of(link, side));
	stemma_say_words(runs, STEMMA_STYLE_DIM, ", ");
	stemma_say_count(term, runs, units.count);
	stemma_say_excerpt(term, runs, side,
		story->title == STEMMA_NO_TITLE ? story->first : story->title);
	stemma_term_line(term, &note, runs);
	stemma_teller_end(&teller);
}
