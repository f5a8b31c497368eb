/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "paragraph.h"
#include "wrap.h"

/* What one look at all lines found. */
struct survey {
	size_t lines;      /* that show something */
	size_t gaps;       /* of them, after a blank line */
	unsigned column;   /* of the whole document, or 0 */
	bool some_wrapped; /* a stretch of it is */
};

/* Whether a line is longer than any wrapped one, told without decoding. */
static bool
is_plainly_long(struct stemma_view text, const struct stemma_line *line)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t seen = 0, word;

	if (line->end - line->start < 2 * STEMMA_WRAP_MOST)
		return false;
	for (size_t k = 0; k < 2 * STEMMA_WRAP_MOST; k += sizeof word) {
		memcpy(&word, text.bytes + line->start + k, sizeof word);
		seen |= word;
	}
	return !(seen & high);
}

static struct stemma_shape
rough_shape(struct stemma_view text, const struct stemma_line *line)
{
	if (is_plainly_long(text, line))
		return (struct stemma_shape){.columns = STEMMA_WRAP_MOST + 1,
			.after_blank = line->after_blank};
	return stemma_shape_of(text, line);
}

/* Whether a line ends the stretch that could be wrapped on its own. */
static bool
ends_stretch(const struct stemma_shape *shape)
{
	return shape->after_blank || shape->columns > STEMMA_WRAP_MOST;
}

static void
look_around(struct survey *survey, struct stemma_lines lines)
{
	struct stemma_wrap whole = {0}, stretch = {0};
	struct stemma_shape shape, previous;
	struct stemma_line line;

	while (stemma_lines_next(&lines, &line)) {
		shape = rough_shape(lines.text, &line);
		survey->gaps += survey->lines && line.after_blank;
		stemma_wrap_add(
			&whole, survey->lines ? &previous : NULL, &shape);
		if (stretch.lines && ends_stretch(&shape)) {
			survey->some_wrapped |=
				stemma_wrap_column(&stretch, false) != 0;
			stretch = (struct stemma_wrap){0};
		}
		if (shape.columns <= STEMMA_WRAP_MOST)
			stemma_wrap_add(&stretch,
				stretch.lines ? &previous : NULL, &shape);
		previous = shape;
		survey->lines++;
	}
	survey->column = stemma_wrap_column(&whole, true);
	survey->some_wrapped |= stemma_wrap_column(&stretch, false) != 0;
}

/* The column of the stretch that starts with a line of `shape`, before which
   the reader of `lines` has just been. */
static unsigned
column_of_stretch(struct stemma_lines lines, const struct stemma_shape *shape)
{
	struct stemma_wrap stretch = {0};
	struct stemma_shape previous = *shape, next;
	struct stemma_line line;

	if (shape->columns > STEMMA_WRAP_MOST)
		return 0;
	stemma_wrap_add(&stretch, NULL, shape);
	while (stemma_lines_next(&lines, &line)) {
		next = rough_shape(lines.text, &line);
		if (ends_stretch(&next))
			break;
		stemma_wrap_add(&stretch, &previous, &next);
		previous = next;
	}
	return stemma_wrap_column(&stretch, false);
}

static struct stemma_unit
unit_of(const struct stemma_line *line, size_t number)
{
	return (struct stemma_unit){.start = line->start,
		.end = line->end,
		.line = line->number,
		.paragraph = (uint32_t)number};
}

/* Write the units that wrapped lines make, unless `units` is NULL; returns how
   many. A column of 0 is found anew for every stretch. */
static size_t
join_lines(struct stemma_unit *units, struct stemma_lines lines,
	unsigned document_column)
{
	struct stemma_shape first, previous = {0}, shape;
	unsigned column = document_column;
	struct stemma_line line;
	size_t count = 0;

	while (stemma_lines_next(&lines, &line)) {
		shape = stemma_shape_of(lines.text, &line);
		if (!document_column &&
			(!count || ends_stretch(&shape) ||
				previous.columns > STEMMA_WRAP_MOST))
			column = column_of_stretch(lines, &shape);
		if (count && column &&
			stemma_wrap_continues(
				column, &first, &previous, &shape)) {
			if (units)
				units[count - 1].end = line.end;
		} else {
			if (units)
				units[count] = unit_of(&line, count);
			first = shape;
			count++;
		}
		previous = shape;
	}
	return count;
}

static void
copy_lines(struct stemma_unit *units, struct stemma_lines lines)
{
	struct stemma_line line;

	for (size_t k = 0; stemma_lines_next(&lines, &line); k++)
		units[k] = unit_of(&line, k);
}

/* What to call a document whose lines are its paragraphs, or some of them. */
static enum stemma_layout
layout_of(const struct survey *survey)
{
	size_t pairs = survey->lines ? survey->lines - 1 : 0;

	if (survey->column)
		return STEMMA_LAYOUT_WRAPPED;
	if (survey->some_wrapped || (pairs > 8 && survey->gaps * 3 > pairs &&
					    survey->gaps * 3 < pairs * 2))
		return STEMMA_LAYOUT_MIXED;
	return survey->gaps && survey->gaps * 2 >= pairs
		       ? STEMMA_LAYOUT_BLANK_LINE
		       : STEMMA_LAYOUT_NEWLINE;
}

/* Make the survey say what the caller already knows. */
static void
obey(struct survey *survey, enum stemma_layout layout)
{
	if (layout == STEMMA_LAYOUT_WRAPPED) {
		if (!survey->column)
			survey->column = STEMMA_WRAP_ANY;
	} else if (layout != STEMMA_LAYOUT_AUTO) {
		survey->column = 0;
		survey->some_wrapped = layout == STEMMA_LAYOUT_MIXED;
	}
}

enum stemma_code
stemma_doc_paragraphs(
	struct stemma_doc *doc, bool odd_breaks, struct stemma_arena *arena)
{
	struct stemma_lines lines = stemma_lines_of(doc->text, odd_breaks);
	struct survey survey = {0};
	bool join;

	look_around(&survey, lines);
	obey(&survey, doc->layout);
	if (doc->layout == STEMMA_LAYOUT_AUTO)
		doc->layout = layout_of(&survey);
	join = survey.column || survey.some_wrapped;
	doc->unit_count =
		join ? join_lines(NULL, lines, survey.column) : survey.lines;
	doc->units =
		stemma_arena_alloc(arena, doc->unit_count, sizeof *doc->units);
	if (!doc->units)
		return STEMMA_NOMEM;
	if (join)
		join_lines(doc->units, lines, survey.column);
	else
		copy_lines(doc->units, lines);
	return STEMMA_OK;
}
