/*
 * term.h - the terminal's page: margins, paragraphs in them, and two columns
 * beside each other. What is told, and in which words, is in term.c.
 *
 *     ~  3  4 │ The bank [-rejects-]{+shoots down+} the plan that
 *             │ it had asked for.
 *     mark, old number, new number, text
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_TERM_H
#define STEMMA_RENDER_TERM_H

#include <stemma/render.h>

#include "folds.h"
#include "runs.h"
#include "walk.h"
#include "wrap.h"

/* How much of the margin there is room for. */
enum stemma_margin {
	STEMMA_MARGIN_NONE,   /* a mark on a line of its own */
	STEMMA_MARGIN_MARK,   /* "~ " */
	STEMMA_MARGIN_NUMBER, /* "~ 12 ": the new number, or the old of a
	                         unit that is gone */
	STEMMA_MARGIN_FULL    /* "~ 11 12 │ " */
};

struct stemma_term {
	struct stemma_out *out;
	const struct stemma_comparison *comparison;
	const struct stemma_render_options *options;
	struct stemma_arena *scratch;
	size_t width; /* columns of the terminal, at least 1 */
	enum stemma_margin margin;
	size_t digits[2];          /* columns of the numbers, by side */
	size_t columns;            /* of the text beside the margin */
	bool sides;                /* two columns */
	struct stemma_folds folds; /* stories that came or went */
	bool failed;               /* scratch gave no more memory */
};

/* What stands in the margin of a paragraph. */
struct stemma_note {
	char mark;               /* ' ' for none */
	enum stemma_style style; /* of mark and bar */
	bool every; /* the mark stands on each line, not on the first alone */
	uint64_t numbers[2]; /* by side, from 1; 0 for none */
};

/* The bytes of a margin: marks, numbers, spaces and their colours. */
struct stemma_margin_text {
	char bytes[256];
	size_t size;
};

struct stemma_term stemma_term_start(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

/* ---- margins (term_margin.c) -------------------------------------------- */

void stemma_margin_add(struct stemma_margin_text *margin, const char *text,
	enum stemma_style style, bool color);

/* `count` of them, which is below 64. */
void stemma_margin_add_spaces(struct stemma_margin_text *margin, size_t count);

/* A number to the right of `digits` columns; spaces for 0. */
void stemma_margin_add_number(struct stemma_margin_text *margin,
	uint64_t number, size_t digits, bool color);

/* The mark of a first or a later line, or a space. */
void stemma_margin_add_mark(struct stemma_margin_text *margin,
	const struct stemma_note *note, bool first, bool color);

/* " │ " in the colour of the mark, if that stands on every line. */
void stemma_margin_add_bar(struct stemma_margin_text *margin,
	const struct stemma_note *note, bool color);

/* All that stands before the text of a line over the whole width. */
void stemma_margin_make(struct stemma_margin_text *margin,
	const struct stemma_term *term, const struct stemma_note *note,
	bool first);

/* ---- pages (term_page.c) ------------------------------------------------ */

/* A paragraph over as many lines as it takes; over the whole width. */
void stemma_term_paragraph(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *runs);

/* The same without a margin. */
void stemma_term_flush(
	const struct stemma_term *term, const struct stemma_runs *runs);

/* Its first line alone, with "…" where more would follow. */
void stemma_term_line(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *runs);

/*
 * Two paragraphs beside each other, with the numbers of `note` on either side;
 * NULL leaves a side empty.
 */
void stemma_term_sides(const struct stemma_term *term,
	const struct stemma_note *note, const struct stemma_runs *old,
	const struct stemma_runs *new);

/* ---- stories (term_story.c) --------------------------------------------- */

/*
 * What became of the story that the unit of a step is in, if that came or went
 * as a whole and is long enough to be told in one line; NULL if not.
 */
const struct stemma_story_link *stemma_term_story(
	const struct stemma_term *term, const struct stemma_step *step);

/* A story that came or went, in one line: `units` of it are on `side`. */
void stemma_term_tell_story(struct stemma_term *term,
	const struct stemma_story_link *link, enum stemma_side side,
	struct stemma_range units);

/* ---- what is told (term_tell.c) ----------------------------------------- */

/* "… 7 paragraphs unchanged" in the place of so many. */
void
stemma_term_tell_folded(struct stemma_term *term, uint64_t count, bool hidden);

/* One step: the paragraphs of it, under a label where that is called for. */
void stemma_term_tell(struct stemma_term *term, const struct stemma_step *step);

/* Unchanged units that moved here from `from`: the label before them, and
   then each of them without one. */
void
stemma_term_tell_arrived(struct stemma_term *term, struct stemma_range from);
void stemma_term_tell_unlabelled(
	struct stemma_term *term, const struct stemma_step *step);

/* Units `here` that moved away to `there`, in one line. */
void stemma_term_tell_left(struct stemma_term *term, struct stemma_range here,
	struct stemma_range there);

/* Units `units` (of both sides) that only look different, in one line. */
void stemma_term_tell_reformatted(
	struct stemma_term *term, const struct stemma_range units[2]);

#endif
