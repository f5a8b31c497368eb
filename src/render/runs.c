/* SPDX-License-Identifier: MIT */
#include "runs.h"

#include <stdio.h>
#include <string.h>

#include <stemma/text.h>

#include "space.h"

/* Unchanged text longer than LONG bytes is shown by KEEP bytes at its ends:
   a newspaper's paragraph stays whole, a chapter without a break does not. */
#define LONG 1200
#define KEEP 200

static const struct stemma_view one_space = {" ", 1};

void
stemma_runs_add(struct stemma_runs *runs, struct stemma_view text,
	enum stemma_style style)
{
	if (text.size == 0 || runs->failed)
		return;
	if (runs->count == runs->capacity) {
		size_t capacity = runs->capacity ? runs->capacity * 2 : 64;
		struct stemma_run *grown = stemma_arena_alloc(
			runs->arena, capacity, sizeof *grown);

		if (!grown) {
			runs->failed = true;
			return;
		}
		if (runs->count)
			memcpy(grown, runs->runs, runs->count * sizeof *grown);
		runs->runs = grown;
		runs->capacity = capacity;
	}
	runs->runs[runs->count++] = (struct stemma_run){text, style};
}

static struct stemma_view
cut(struct stemma_view text, size_t start, size_t end)
{
	return stemma_view_cut(text, (struct stemma_span){start, end});
}

/* Where to stop after about KEEP bytes: at white space, if there is any. */
static size_t
head_end(struct stemma_view text)
{
	size_t at = 0, space = 0;

	while (at < KEEP) {
		if (stemma_space_at(text, at))
			space = at;
		at = stemma_grapheme_next(text, at);
	}
	return space > KEEP / 2 ? space : at;
}

/* Where to go on for the last KEEP bytes or fewer. */
static size_t
tail_start(struct stemma_view text)
{
	size_t at = text.size - KEEP, end;

	while ((text.bytes[at] & 0xc0) == 0x80)
		at--;
	at = stemma_grapheme_next(text, at);
	end = at + KEEP / 2 < text.size ? at + KEEP / 2 : text.size;
	for (size_t k = at; k < end; k = stemma_grapheme_next(text, k)) {
		size_t size = stemma_space_at(text, k);

		if (size)
			return k + size;
	}
	return at;
}

static size_t
code_points(struct stemma_view text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
	return count;
}

/* " … 4980 characters unchanged … " */
static void
add_left_out(struct stemma_runs *runs, struct stemma_view text)
{
	const size_t most = 64;
	char *words = stemma_arena_alloc(runs->arena, most, 1);

	if (!words) {
		runs->failed = true;
		return;
	}
	snprintf(
		words, most, "… %zu characters unchanged …", code_points(text));
	stemma_runs_add(runs, one_space, STEMMA_STYLE_PLAIN);
	stemma_runs_add(runs, stemma_view_of(words), STEMMA_STYLE_DIM);
	stemma_runs_add(runs, one_space, STEMMA_STYLE_PLAIN);
}

void
stemma_runs_add_same(
	struct stemma_runs *runs, struct stemma_view text, bool whole)
{
	size_t head, tail;

	if (whole || text.size <= LONG) {
		stemma_runs_add(runs, text, STEMMA_STYLE_PLAIN);
		return;
	}
	head = head_end(text);
	tail = tail_start(text);
	if (head >= tail) {
		stemma_runs_add(runs, text, STEMMA_STYLE_PLAIN);
		return;
	}
	stemma_runs_add(runs, cut(text, 0, head), STEMMA_STYLE_PLAIN);
	add_left_out(runs, cut(text, head, tail));
	stemma_runs_add(runs, cut(text, tail, text.size), STEMMA_STYLE_PLAIN);
}

/* The text without the white space at its ends. */
static struct stemma_view
trim(struct stemma_view text)
{
	size_t start = stemma_space_end(text, 0), end = text.size, size;

	if (text.size == 0)
		return text;
	while (end > start && (size = stemma_space_before(text, end)))
		end -= size;
	return cut(text, start, end);
}

/* Text between the marks of its style; none for white space alone. */
static void
add_marked(struct stemma_runs *runs, struct stemma_view text,
	enum stemma_style style)
{
	bool deleted = style == STEMMA_STYLE_DELETED;

	if (text.size == 0)
		return;
	if (!runs->unmarked)
		stemma_runs_add(
			runs, stemma_view_of(deleted ? "[-" : "{+"), style);
	stemma_runs_add(runs, text, style);
	if (!runs->unmarked)
		stemma_runs_add(
			runs, stemma_view_of(deleted ? "-]" : "+}"), style);
}

void
stemma_runs_add_change(struct stemma_runs *runs, struct stemma_view old,
	struct stemma_view new)
{
	bool before = stemma_space_at(old, 0) || stemma_space_at(new, 0);
	bool after = stemma_space_before(old, old.size) ||
		     stemma_space_before(new, new.size);

	if (before)
		stemma_runs_add(runs, one_space, STEMMA_STYLE_PLAIN);
	add_marked(runs, trim(old), STEMMA_STYLE_DELETED);
	add_marked(runs, trim(new), STEMMA_STYLE_INSERTED);
	if (after)
		stemma_runs_add(runs, one_space, STEMMA_STYLE_PLAIN);
}

struct stemma_units
stemma_units_start(const struct stemma_comparison *comparison,
	const struct stemma_link *link, enum stemma_runs_view view, bool whole)
{
	enum stemma_side side =
		view == STEMMA_RUNS_OLD ? STEMMA_OLD : STEMMA_NEW;

	return (struct stemma_units){.comparison = comparison,
		.link = link,
		.view = view,
		.whole = whole,
		.unit = link->units[side].first};
}

/* The part of a span that lies in the unit that is shown. */
static struct stemma_view
clip(struct stemma_view text, struct stemma_span span,
	const struct stemma_unit *unit)
{
	if (span.start < unit->start)
		span.start = unit->start;
	if (span.end > unit->end)
		span.end = unit->end;
	if (span.start > span.end)
		span.start = span.end;
	return stemma_view_cut(text, span);
}

static void
show_change(const struct stemma_units *units, struct stemma_runs *runs,
	const struct stemma_change *change, const struct stemma_unit *unit,
	enum stemma_side side)
{
	struct stemma_view none = {NULL, 0}, here, other;

	here = clip(
		units->comparison->docs[side]->text, change->at[side], unit);
	/* What goes on from the unit before has told its other side there. */
	other = change->at[side].start < unit->start
			? none
			: stemma_view_cut(units->comparison->docs[!side]->text,
				  change->at[!side]);
	if (change->reformat || change->hidden)
		stemma_runs_add(runs, here, STEMMA_STYLE_PLAIN);
	else if (units->view == STEMMA_RUNS_INLINE)
		stemma_runs_add_change(runs, other, here);
	else if (units->view == STEMMA_RUNS_OLD)
		stemma_runs_add_change(runs, here, none);
	else
		stemma_runs_add_change(runs, none, here);
}

bool
stemma_units_next(struct stemma_units *units, struct stemma_runs *runs)
{
	const struct stemma_link *link = units->link;
	enum stemma_side side =
		units->view == STEMMA_RUNS_OLD ? STEMMA_OLD : STEMMA_NEW;
	const struct stemma_doc *doc = units->comparison->docs[side];
	uint32_t last = link->units[side].first + link->units[side].count;
	const struct stemma_unit *unit;
	size_t at;

	runs->count = 0;
	if (units->unit == last)
		return false;
	unit = &doc->units[units->unit++];
	at = unit->start;
	while (units->change < link->change_count) {
		const struct stemma_change *change =
			&units->comparison
				 ->changes[link->first_change + units->change];
		struct stemma_span span = change->at[side];

		if (span.start > unit->end && units->unit < last)
			break;
		if (span.start > at)
			stemma_runs_add_same(runs,
				cut(doc->text, at, span.start), units->whole);
		show_change(units, runs, change, unit, side);
		at = span.end;
		if (span.end > unit->end && units->unit < last)
			break;
		units->change++;
	}
	if (at < unit->end)
		stemma_runs_add_same(
			runs, cut(doc->text, at, unit->end), units->whole);
	return true;
}
