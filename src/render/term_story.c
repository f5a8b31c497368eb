/* SPDX-License-Identifier: MIT */
#include "teller.h"

const struct stemma_story_link *
stemma_term_story(
	const struct stemma_term *term, const struct stemma_step *step)
{
	if (term->options->context == STEMMA_CONTEXT_ALL ||
		term->options->unfold)
		return NULL;
	return stemma_fold_of(&term->folds, step);
}

void
stemma_term_tell_story(struct stemma_term *term,
	const struct stemma_story_link *link, enum stemma_side side,
	struct stemma_range units)
{
	bool old = side == STEMMA_OLD;
	enum stemma_style style =
		old ? STEMMA_STYLE_REMOVED : STEMMA_STYLE_ADDED;
	struct stemma_note note = {old ? '-' : '+', style, true, {0, 0}};
	struct stemma_teller teller = stemma_teller_start(term);
	struct stemma_runs *runs = &teller.runs[0];

	note.numbers[side] = (uint64_t)units.first + 1;
	stemma_say_words(runs, style, stemma_fold_words(link, side));
	stemma_say_words(runs, STEMMA_STYLE_DIM, ", ");
	stemma_say_count(term, runs, units.count);
	stemma_say_excerpt(
		term, runs, side, stemma_fold_title(&term->folds, link, side));
	stemma_term_line(term, &note, runs);
	stemma_teller_end(&teller);
}
