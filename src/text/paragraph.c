/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "paragraph.h"
#include "wrap.h"

#define FIRST_UNITS 64

/* Lines as units, on the heap until it is known how many there are. */
struct gathering {
	struct stemma_unit *units;
	size_t count, capacity;
};

/* What one look at all lines found. */
struct survey {
	size_t gaps;       /* lines after a blank one */
	unsigned column;   /* of the whole document, or 0 */
	bool some_wrapped; /* a stretch of it is */
};

static struct stemma_unit
unit_of(const struct stemma_line *line, size_t number)
{
	return (struct stemma_unit){.start = line->start,
		.end = line->end,
		.line = line->number,
		.paragraph = (uint32_t)number};
}

static uint64_t
key_of(struct stemma_view text, const struct stemma_unit *unit)
{
	struct stemma_span span = {unit->start, unit->end};

	return stemma_hash(stemma_view_cut(text, span));
}

static bool
gather(struct gathering *gathering, struct stemma_view text,
	const struct stemma_line *line)
{
	struct stemma_unit *units = gathering->units;
	size_t capacity = gathering->capacity;

	if (gathering->count == capacity) {
		capacity = capacity ? capacity * 2 : FIRST_UNITS;
		if (capacity > SIZE_MAX / sizeof *units)
			return false;
		units = realloc(units, capacity * sizeof *units);
		if (!units)
			return false;
		gathering->units = units;
		gathering->capacity = capacity;
	}
	units += gathering->count;
	*units = unit_of(line, gathering->count++);
	units->key = key_of(text, units);
	return true;
}

/*
 * Whether a line is longer than any wrapped one, told without decoding: a word
 * starts behind more columns than that.
 */
static bool
is_plainly_long(struct stemma_view text, const struct stemma_line *line)
{
	const signed char *s = (const signed char *)text.bytes + line->start;
	size_t size = line->end - line->start;
	unsigned columns = 0;

	if (size <= 128)
		return false;
	for (unsigned k = 0; k < 128; k++)
		columns += s[k] >= ' '; /* printable ASCII */
	return columns > STEMMA_WRAP_MOST &&
	       memchr(s + 128, ' ', size > 256 ? 128 : size - 128);
}

static struct stemma_shape
shape_of(struct stemma_view text, const struct stemma_line *line)
{
	if (is_plainly_long(text, line))
		return (struct stemma_shape){
			.columns = STEMMA_WRAP_MOST + 1,
			.after_blank = line->after_blank,
		};
	return stemma_shape_of(text, line);
}

/* Whether a line ends the stretch that could be wrapped on its own. */
static bool
ends_stretch(const struct stemma_shape *shape)
{
	return shape->after_blank || shape->columns > STEMMA_WRAP_MOST;
}

/* Gather all lines and look at how they follow each other. */
static bool
look_around(struct survey *survey, struct gathering *gathering,
	struct stemma_lines lines)
{
	struct stemma_wrap whole = {0}, stretch = {0};
	struct stemma_shape shape, previous;
	struct stemma_line line;

	while (stemma_lines_next(&lines, &line)) {
		bool first = gathering->count == 0;

		shape = shape_of(lines.text, &line);
		survey->gaps += !first && line.after_blank;
		stemma_wrap_add(&whole, first ? NULL : &previous, &shape);
		if (stretch.lines && ends_stretch(&shape)) {
			survey->some_wrapped |=
				stemma_wrap_column(&stretch, false) != 0;
			stretch = (struct stemma_wrap){0};
		}
		if (shape.columns <= STEMMA_WRAP_MOST)
			stemma_wrap_add(&stretch,
				stretch.lines ? &previous : NULL, &shape);
		previous = shape;
		if (!gather(gathering, lines.text, &line))
			return false;
	}
	survey->column = stemma_wrap_column(&whole, true);
	survey->some_wrapped |= stemma_wrap_column(&stretch, false) != 0;
	return true;
}

/*
 * The column of the stretch that starts with a line of `shape`, which the
 * reader of `lines` has just passed.
 */
static unsigned
column_of_stretch(struct stemma_lines lines, const struct stemma_shape *shape)
{
	struct stemma_shape previous = *shape, next;
	struct stemma_wrap stretch = {0};
	struct stemma_line line;

	if (shape->columns > STEMMA_WRAP_MOST)
		return 0;
	stemma_wrap_add(&stretch, NULL, shape);
	while (stemma_lines_next(&lines, &line)) {
		next = shape_of(lines.text, &line);
		if (ends_stretch(&next))
			break;
		stemma_wrap_add(&stretch, &previous, &next);
		previous = next;
	}
	return stemma_wrap_column(&stretch, false);
}

/*
 * Join gathered lines to paragraphs, in place. A column of 0 is found anew
 * for every stretch.
 */
static void
join_lines(struct gathering *gathering, struct stemma_lines lines,
	unsigned document_column)
{
	struct stemma_shape first, previous = {0}, shape;
	unsigned column = document_column;
	struct stemma_unit *units = gathering->units;
	struct stemma_line line;
	size_t count = 0;

	while (stemma_lines_next(&lines, &line)) {
		shape = shape_of(lines.text, &line);
		if (!document_column &&
			(!count || ends_stretch(&shape) ||
				previous.columns > STEMMA_WRAP_MOST))
			column = column_of_stretch(lines, &shape);
		if (count && column &&
			stemma_wrap_continues(
				column, &first, &previous, &shape)) {
			units[count - 1].end = line.end;
		} else {
			units[count] = unit_of(&line, count);
			first = shape;
			count++;
		}
		previous = shape;
	}
	for (size_t k = 0; k < count; k++)
		units[k].key = key_of(lines.text, &units[k]);
	gathering->count = count;
}

/* What to call a document of that many lines. */
static enum stemma_layout
layout_of(const struct survey *survey, size_t lines)
{
	size_t pairs = lines ? lines - 1 : 0, gaps = survey->gaps;

	if (survey->column)
		return STEMMA_LAYOUT_WRAPPED;
	if (survey->some_wrapped ||
		(pairs > 8 && gaps * 3 > pairs && gaps * 3 < pairs * 2))
		return STEMMA_LAYOUT_MIXED;
	return gaps && gaps * 2 >= pairs ? STEMMA_LAYOUT_BLANK_LINE
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

static enum stemma_code
settle(struct stemma_doc *doc, const struct gathering *gathering,
	struct stemma_arena *arena)
{
	size_t count = gathering->count;

	doc->units = stemma_arena_alloc(arena, count, sizeof *doc->units);
	if (!doc->units)
		return STEMMA_NOMEM;
	if (count)
		memcpy(doc->units, gathering->units,
			count * sizeof *doc->units);
	doc->unit_count = count;
	return STEMMA_OK;
}

enum stemma_code
stemma_doc_paragraphs(struct stemma_doc *doc, struct stemma_breaks breaks,
	struct stemma_arena *arena)
{
	struct stemma_lines lines = stemma_lines_of(doc->text, breaks);
	struct gathering gathering = {0};
	enum stemma_code code = STEMMA_NOMEM;
	struct survey survey = {0};

	if (look_around(&survey, &gathering, lines)) {
		obey(&survey, doc->layout);
		if (doc->layout == STEMMA_LAYOUT_AUTO)
			doc->layout = layout_of(&survey, gathering.count);
		if (survey.column || survey.some_wrapped)
			join_lines(&gathering, lines, survey.column);
		code = settle(doc, &gathering, arena);
	}
	free(gathering.units);
	return code;
}
