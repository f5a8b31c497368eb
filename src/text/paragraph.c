/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/eight.h"
#include "paragraph.h"
#include "wrap.h"

#define FIRST_UNITS 64

/* Lines that show whether a document, or a stretch of it, is wrapped. */
#define SAMPLE 2048

/* The least lines that can be wrapped on their own. */
#define STRETCH_LEAST 5

/* Lines as units, on the heap until it is known how many there are. */
struct gathering {
	struct stemma_unit *units;
	size_t count, capacity;
};

/* What one look at all lines found. */
struct survey {
	size_t gaps;    /* lines after a blank one */
	size_t longs;   /* lines too long to be wrapped */
	bool stretches; /* some lines on end could be wrapped */
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

/* How many bytes of the word are 0, or how many are 1 in a word of these. */
static unsigned
count_zeros(uint64_t word)
{
	uint64_t zero =
		~(((word & STEMMA_EACH(0x7fu)) + STEMMA_EACH(0x7fu)) | word);

	return (unsigned)((zero >> 7 & STEMMA_EACH(1u)) * STEMMA_EACH(1u) >>
			  56);
}

/*
 * Columns of up to eight bytes of UTF-8, by guess: a column for each code
 * point, but less where a good part of them are combining marks.
 */
static unsigned
guess_columns(uint64_t word)
{
	uint64_t tails = word >> 7 & ~word >> 6 & STEMMA_EACH(1u);
	unsigned points = 8 - (unsigned)(tails * STEMMA_EACH(1u) >> 56);
	unsigned marks =
		count_zeros((word & STEMMA_EACH(0xfeu)) ^ STEMMA_EACH(0xccu));
	unsigned indic = count_zeros(word ^ STEMMA_EACH(0xe0u));

	return points * 8 - marks * 8 - indic * 3;
}

/* Whether a line is longer than any wrapped one, told without decoding. */
static bool
is_long(struct stemma_view text, const struct stemma_line *line)
{
	const char *s = text.bytes + line->start;
	size_t size = line->end - line->start;
	unsigned eighths = 0;
	uint64_t seen = 0;

	if (size <= STEMMA_WRAP_MOST)
		return false;
	if (size >= 104) {
		for (size_t k = 0; k < 104; k += 8)
			seen |= stemma_eight(s + k);
		if (!(seen & STEMMA_EACH(0x80u)))
			return true;
	}
	for (size_t k = 0; k + 8 <= size; k += 8) {
		eighths += guess_columns(stemma_eight(s + k));
		if (eighths > STEMMA_WRAP_MOST * 8)
			return true;
	}
	return false;
}

/* Gather all lines and look at how they follow each other. */
static bool
look_around(struct survey *survey, struct gathering *gathering,
	struct stemma_lines lines)
{
	struct stemma_line line;
	size_t shorts = 0;

	while (stemma_lines_next(&lines, &line)) {
		survey->gaps += gathering->count && line.after_blank;
		if (line.after_blank)
			shorts = 0;
		if (is_long(lines.text, &line)) {
			survey->longs++;
			shorts = 0;
		} else if (++shorts >= STRETCH_LEAST)
			survey->stretches = true;
		if (!gather(gathering, lines.text, &line))
			return false;
	}
	return true;
}

/* Whether a stretch of lines starts here that could be wrapped on its own. */
static bool
is_stretch(struct stemma_lines lines)
{
	struct stemma_line line;

	for (int k = 0; k < STRETCH_LEAST; k++)
		if (!stemma_lines_next(&lines, &line) ||
			(k && line.after_blank) || is_long(lines.text, &line))
			return false;
	return true;
}

/* Where lines are wrapped. */
struct edge {
	unsigned column; /* 0: nowhere */
	enum stemma_measure measure;
};

static struct stemma_wrap
read_wrap(struct stemma_lines lines, bool whole, enum stemma_measure measure)
{
	struct stemma_shape shape, previous;
	struct stemma_wrap wrap = {0};
	struct stemma_line line;

	while (wrap.lines < SAMPLE && stemma_lines_next(&lines, &line)) {
		if (!whole && ((wrap.lines && line.after_blank) ||
				      is_long(lines.text, &line)))
			break;
		shape = stemma_shape_of(lines.text, &line, measure);
		stemma_wrap_add(&wrap, wrap.lines ? &previous : NULL, &shape);
		previous = shape;
	}
	return wrap;
}

/*
 * Where the lines from here on are wrapped: those of the document, or of the
 * stretch up to the next blank or long line.
 */
static struct edge
find_edge(struct stemma_lines lines, bool whole)
{
	struct stemma_wrap wrap = read_wrap(lines, whole, STEMMA_BY_COLUMN);
	struct edge edge = {stemma_wrap_column(&wrap, whole), STEMMA_BY_COLUMN};

	if (edge.column || !wrap.uneven)
		return edge;
	wrap = read_wrap(lines, whole, STEMMA_BY_BYTE);
	return (struct edge){stemma_wrap_column(&wrap, whole), STEMMA_BY_BYTE};
}

/*
 * Join gathered lines to paragraphs, in place. Without an edge of the document
 * it is found anew for every stretch.
 */
static void
join_lines(struct gathering *gathering, struct stemma_lines lines,
	struct edge document)
{
	struct stemma_shape first = {0}, previous = {0}, shape = {0};
	struct stemma_unit *units = gathering->units;
	struct stemma_lines before = lines;
	struct edge edge = document;
	struct stemma_line line;
	bool starts = true; /* the line starts a stretch */
	size_t count = 0;

	if (!units) /* There is no line. */
		return;
	for (size_t k = 0; stemma_lines_next(&lines, &line);
		k++, before = lines) {
		bool is_end = !document.column && is_long(lines.text, &line);

		if (!document.column && (starts || line.after_blank || is_end))
			edge = is_stretch(before) ? find_edge(before, false)
						  : document;
		starts = is_end;
		if (edge.column)
			shape = stemma_shape_of(
				lines.text, &line, edge.measure);
		if (count && edge.column && previous.first &&
			stemma_wrap_continues(
				edge.column, &first, &previous, &shape)) {
			units[count - 1].end = line.end;
			units[count - 1].key = 0;
		} else {
			units[count] = units[k];
			units[count].paragraph = (uint32_t)count;
			first = shape;
			count++;
		}
		previous = edge.column ? shape : (struct stemma_shape){0};
	}
	for (size_t k = 0; k < count; k++)
		if (units[k].key == 0)
			units[k].key = key_of(lines.text, &units[k]);
	gathering->count = count;
}

/* What to call a document of lines that were not joined. */
static enum stemma_layout
layout_of(const struct survey *survey, size_t lines)
{
	size_t pairs = lines ? lines - 1 : 0, gaps = survey->gaps;

	if (pairs > 8 && gaps * 3 > pairs && gaps * 3 < pairs * 2)
		return STEMMA_LAYOUT_MIXED;
	return gaps && gaps * 2 >= pairs ? STEMMA_LAYOUT_BLANK_LINE
					 : STEMMA_LAYOUT_NEWLINE;
}

/* Find out whether lines are wrapped, join them then, and name the layout. */
static enum stemma_layout
join_as_it_looks(struct gathering *gathering, struct stemma_lines lines,
	const struct survey *survey)
{
	size_t count = gathering->count;
	struct edge edge = {0};

	if (survey->longs * 30 <= count)
		edge = find_edge(lines, true);
	if (edge.column || survey->stretches)
		join_lines(gathering, lines, edge);
	if (edge.column)
		return STEMMA_LAYOUT_WRAPPED;
	return gathering->count < count ? STEMMA_LAYOUT_MIXED
					: layout_of(survey, count);
}

/* The same where the caller knows the layout. */
static void
join_as_told(struct gathering *gathering, struct stemma_lines lines,
	enum stemma_layout layout)
{
	struct edge edge = {0};

	if (layout == STEMMA_LAYOUT_WRAPPED) {
		edge = find_edge(lines, true);
		if (edge.column == 0)
			edge = (struct edge){STEMMA_WRAP_ANY, STEMMA_BY_COLUMN};
	}
	if (edge.column || layout == STEMMA_LAYOUT_MIXED)
		join_lines(gathering, lines, edge);
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
		if (doc->layout == STEMMA_LAYOUT_AUTO)
			doc->layout =
				join_as_it_looks(&gathering, lines, &survey);
		else
			join_as_told(&gathering, lines, doc->layout);
		code = settle(doc, &gathering, arena);
	}
	free(gathering.units);
	return code;
}
