/* SPDX-License-Identifier: MIT */
#include "wrap.h"

#include <stemma/text.h>

#include "atom.h"
#include "base/show.h"

/* A place where the line may end, and what it holds up to there. */
struct chance {
	bool found;
	struct stemma_place end;    /* of this line */
	struct stemma_place resume; /* of the next, after white space */
	size_t columns;
	bool has_rtl;
};

/* Where a line is being measured. */
struct scan {
	const struct stemma_wrap *wrap;
	struct stemma_place place;
	size_t columns;
	bool has_rtl;
	bool spaced; /* white space stands right before the place */
};

/* Step over the ends of runs; false at the end of all. */
static bool
settle(const struct stemma_wrap *wrap, struct stemma_place *place)
{
	while (place->run < wrap->count &&
		place->at == wrap->runs[place->run].text.size) {
		place->run++;
		place->at = 0;
	}
	return place->run < wrap->count;
}

static struct stemma_atom
atom_of(const struct stemma_wrap *wrap, struct stemma_place place)
{
	return stemma_atom_at(wrap->runs[place.run].text, place.at);
}

static void
skip_spaces(const struct stemma_wrap *wrap, struct stemma_place *place)
{
	while (settle(wrap, place)) {
		struct stemma_atom atom = atom_of(wrap, *place);

		if (atom.kind != STEMMA_ATOM_SPACE)
			break;
		place->at += atom.size;
	}
}

/* The first strong letter of a stretch: 1 for right-to-left, 0 for the other
   direction, -1 for none. */
static int
direction_of(struct stemma_view text)
{
	size_t size;

	for (size_t at = 0; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);

		if (stemma_is_rtl(c))
			return 1;
		if ((c | 0x20) - 'a' < 26 || (c >= 0xc0 && c < 0x2000) ||
			c >= 0x3040)
			return 0;
	}
	return -1;
}

struct stemma_wrap
stemma_wrap_start(const struct stemma_run *runs, size_t count)
{
	struct stemma_wrap wrap = {.runs = runs, .count = count};

	for (size_t i = 0; i < count; i++) {
		int direction = direction_of(runs[i].text);

		if (direction >= 0) {
			wrap.direction = direction ? STEMMA_RIGHT_TO_LEFT
						   : STEMMA_LEFT_TO_RIGHT;
			break;
		}
	}
	return wrap;
}

static void
take_chance(struct chance *chance, const struct scan *scan,
	struct stemma_place resume)
{
	*chance = (struct chance){
		true, scan->place, resume, scan->columns, scan->has_rtl};
}

/* Take the cluster at the scan's place into the line. */
static void
advance(struct scan *scan, const struct stemma_atom *atom)
{
	scan->place.at += atom->size;
	scan->columns += atom->width;
	scan->spaced = false;
	scan->has_rtl = scan->has_rtl || stemma_is_rtl(atom->first);
}

/*
 * The end of a line that is full: at the last good chance, but in a script
 * without spaces rather inside a phrase than with half of the line empty.
 */
static struct chance
choose(const struct chance *good, const struct chance *poor,
	const struct scan *scan, size_t width)
{
	struct chance here;

	if (good->found && (good->columns >= width / 2 || !poor->found))
		return *good;
	if (poor->found)
		return *poor;
	take_chance(&here, scan, scan->place);
	return here;
}

/* Whether a line may end after a dash: inside a word, but not next to the
   brackets of a mark. */
static bool
is_inner(const struct stemma_wrap *wrap, struct stemma_place after)
{
	struct stemma_view text = wrap->runs[after.run].text;
	struct stemma_atom atom;

	if (after.at < 2 || after.at == text.size)
		return false;
	atom = stemma_atom_at(text, after.at);
	return atom.first >= '0' && atom.kind != STEMMA_ATOM_CLOSING;
}

/* Whether a deletion ends and what stands in its place begins. */
static bool
is_between_marks(const struct stemma_wrap *wrap, struct stemma_place place)
{
	return place.at == 0 && place.run > 0 &&
	       wrap->runs[place.run].style == STEMMA_STYLE_INSERTED &&
	       wrap->runs[place.run - 1].style == STEMMA_STYLE_DELETED;
}

/*
 * How many bytes from `at` on are clusters of one column each that give no
 * chance to end a line, at most `most`. Most text is that, and passes here at
 * a byte a step.
 */
static size_t
count_plain(struct stemma_view text, size_t at, size_t most)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;
	size_t left = text.size - at, count = 0;

	if (most > left)
		most = left;
	while (count < most && s[count] > ' ' && s[count] < 0x7f &&
		s[count] != '-' && (count + 1 == left || s[count + 1] < 0x80))
		count++;
	return count;
}

/* What allows the line to end before a cluster. */
static void
take_chances(struct chance *good, struct chance *poor, const struct scan *scan,
	enum stemma_atom_kind kind)
{
	if (!scan->columns || scan->spaced)
		return;
	if (kind == STEMMA_ATOM_WIDE ||
		is_between_marks(scan->wrap, scan->place))
		take_chance(good, scan, scan->place);
	if (kind == STEMMA_ATOM_JOINED)
		take_chance(poor, scan, scan->place);
}

/* Scan up to the end of the paragraph or to the first cluster too many. */
static struct chance
measure(struct scan *scan, size_t width)
{
	const struct stemma_wrap *wrap = scan->wrap;
	struct chance good = {0}, poor = {0}, end;

	while (settle(wrap, &scan->place)) {
		struct stemma_atom atom;
		size_t plain = 0;

		if (scan->columns < width && scan->place.at)
			plain = count_plain(wrap->runs[scan->place.run].text,
				scan->place.at, width - scan->columns);
		if (plain) {
			scan->place.at += plain;
			scan->columns += plain;
			scan->spaced = false;
			continue;
		}
		atom = atom_of(wrap, scan->place);
		if (atom.kind == STEMMA_ATOM_SPACE) {
			struct stemma_place resume = scan->place;

			skip_spaces(wrap, &resume);
			take_chance(&good, scan, resume);
			if (!settle(wrap, &resume))
				return good;
			scan->place = resume;
			scan->columns++;
			scan->spaced = true;
			continue;
		}
		take_chances(&good, &poor, scan, atom.kind);
		if (scan->columns && scan->columns + atom.width > width)
			return choose(&good, &poor, scan, width);
		advance(scan, &atom);
		if (atom.kind == STEMMA_ATOM_DASH &&
			is_inner(wrap, scan->place))
			take_chance(&good, scan, scan->place);
	}
	take_chance(&end, scan, scan->place);
	return end;
}

bool
stemma_wrap_next(struct stemma_wrap *wrap, size_t width,
	struct stemma_wrapped_line *line)
{
	struct scan scan = {.wrap = wrap};
	struct chance end;

	skip_spaces(wrap, &wrap->place);
	if (wrap->place.run == wrap->count)
		return false;
	scan.place = wrap->place;
	end = measure(&scan, width ? width : 1);
	*line = (struct stemma_wrapped_line){
		wrap->place, end.end, end.columns, end.has_rtl};
	wrap->place = end.resume;
	return true;
}

/* SGR parameters: blue and yellow, which most people tell apart, and never
   colour alone. */
static const char *
sgr_of(enum stemma_style style)
{
	switch (style) {
	case STEMMA_STYLE_PLAIN:
		break;
	case STEMMA_STYLE_DELETED:
		return "\033[9;33m";
	case STEMMA_STYLE_INSERTED:
		return "\033[1;4;34m";
	case STEMMA_STYLE_DIM:
		return "\033[2m";
	case STEMMA_STYLE_MOVED:
		return "\033[35m";
	case STEMMA_STYLE_REMOVED:
		return "\033[1;33m";
	case STEMMA_STYLE_ADDED:
		return "\033[1;34m";
	case STEMMA_STYLE_EDITED:
		return "\033[1m";
	}
	return NULL;
}

void
stemma_style_start(struct stemma_out *out, enum stemma_style style, bool color)
{
	const char *sgr = sgr_of(style);

	if (color && sgr)
		stemma_out_string(out, sgr);
}

void
stemma_style_end(struct stemma_out *out, enum stemma_style style, bool color)
{
	if (color && sgr_of(style))
		stemma_out_string(out, "\033[0m");
}

/* Write bytes [at, end) of a run; `*spaced` tells of a space just written. */
static void
write_text(struct stemma_out *out, struct stemma_view text, size_t at,
	size_t end, bool *spaced)
{
	size_t from = at;

	while (at < end) {
		size_t plain = count_plain(text, at, end - at);
		struct stemma_atom atom;
		char form[STEMMA_SHOW_SIZE];
		size_t size;

		if (plain) {
			at += plain;
			*spaced = false;
			continue;
		}
		if (text.bytes[at] == ' ' && !*spaced) {
			at++;
			*spaced = true;
			continue;
		}
		atom = stemma_atom_at(text, at);

		if (atom.kind != STEMMA_ATOM_SPACE &&
			atom.kind != STEMMA_ATOM_CONTROL) {
			at += atom.size;
			*spaced = false;
			continue;
		}
		stemma_out_bytes(out, text.bytes + from, at - from);
		at += atom.size;
		from = at;
		if (atom.kind == STEMMA_ATOM_CONTROL) {
			stemma_show_control(form, &size, atom.first);
			stemma_out_bytes(out, form, size);
		} else if (!*spaced) {
			stemma_out_char(out, ' ');
		}
		*spaced = atom.kind == STEMMA_ATOM_SPACE;
	}
	if (from < end)
		stemma_out_bytes(out, text.bytes + from, end - from);
}

void
stemma_wrap_write(struct stemma_out *out, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line, bool color)
{
	bool rtl = wrap->direction == STEMMA_RIGHT_TO_LEFT;
	bool spaced = false;

	if (rtl || line->has_rtl) /* RLI or LRI */
		stemma_out_string(out, rtl ? "\xe2\x81\xa7" : "\xe2\x81\xa6");
	for (size_t run = line->start.run;
		run <= line->end.run && run < wrap->count; run++) {
		const struct stemma_run *part = &wrap->runs[run];
		size_t at = run == line->start.run ? line->start.at : 0;
		size_t end =
			run == line->end.run ? line->end.at : part->text.size;

		if (at == end)
			continue;
		stemma_style_start(out, part->style, color);
		write_text(out, part->text, at, end, &spaced);
		stemma_style_end(out, part->style, color);
	}
	if (rtl || line->has_rtl) /* PDI */
		stemma_out_string(out, "\xe2\x81\xa9");
}
