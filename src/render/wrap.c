/* SPDX-License-Identifier: MIT */
#include "wrap.h"

#include <string.h>

#include <stemma/text.h>

#include "atom.h"
#include "base/eight.h"

/* A place where the line may end, and what it holds up to there. */
struct chance {
	bool found;
	struct stemma_place end;    /* of this line */
	struct stemma_place resume; /* of the next, after white space */
	size_t columns;
	bool has_rtl;
	bool rewritten;
};

/* Where a line is being measured. */
struct scan {
	const struct stemma_wrap *wrap;
	struct stemma_place place;
	size_t columns;
	bool has_rtl;
	bool rewritten; /* it cannot be written byte for byte */
	bool spaced;    /* white space stands right before the place */
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
	*chance = (struct chance){true, scan->place, resume, scan->columns,
		scan->has_rtl, scan->rewritten};
}

/* Take the cluster at the scan's place into the line. */
static void
advance(struct scan *scan, const struct stemma_atom *atom)
{
	scan->place.at += atom->size;
	scan->columns += atom->width;
	scan->spaced = false;
	scan->has_rtl = scan->has_rtl ||
			(atom->first >= 0x590 && stemma_is_rtl(atom->first));
	scan->rewritten = scan->rewritten || atom->kind == STEMMA_ATOM_CONTROL;
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

/*
 * How many bytes from the scan's place on are clusters of one byte and one
 * column where no line may end: most of most texts.
 */
static size_t
simple_bytes(const struct scan *scan, size_t width)
{
	struct stemma_view text = scan->wrap->runs[scan->place.run].text;
	const unsigned char *s =
		(const unsigned char *)text.bytes + scan->place.at;
	size_t most = text.size - scan->place.at, count = 0;

	if (scan->place.at == 0 || scan->columns >= width)
		return 0;
	if (most > width - scan->columns)
		most = width - scan->columns;
	while (count < most && s[count] > ' ' && s[count] < 0x7f &&
		s[count] != '-')
		count++;
	/* The last may be the base of a longer cluster. */
	if (scan->place.at + count < text.size && s[count] >= 0x80 && count)
		count--;
	return count;
}

/* Whether a space of its own stands at the scan's place, then ASCII. */
static bool
is_simple_space(const struct scan *scan)
{
	struct stemma_view text = scan->wrap->runs[scan->place.run].text;
	size_t at = scan->place.at;

	return text.bytes[at] == ' ' && at + 1 < text.size &&
	       (unsigned char)(text.bytes[at + 1] - 0x21) < 0x7f - 0x21;
}

/*
 * Step over white space, where the line may end: false if the paragraph ends
 * with it.
 */
static bool
take_space(struct scan *scan, struct chance *good)
{
	struct stemma_place resume = scan->place, one = scan->place;

	if (is_simple_space(scan)) {
		resume.at++;
		take_chance(good, scan, resume);
		scan->place = resume;
		scan->columns++;
		scan->spaced = true;
		return true;
	}
	skip_spaces(scan->wrap, &resume);
	take_chance(good, scan, resume);
	if (!settle(scan->wrap, &resume))
		return false;
	one.at++;
	settle(scan->wrap, &one);
	if (scan->wrap->runs[scan->place.run].text.bytes[scan->place.at] !=
			' ' ||
		one.run != resume.run || one.at != resume.at)
		scan->rewritten = true;
	scan->place = resume;
	scan->columns++;
	scan->spaced = true;
	return true;
}

/* Whether one of the eight bytes is zero (Mycroft's test). */
static bool
has_zero(uint64_t bytes)
{
	return (bytes - STEMMA_EACH(1)) & ~bytes & STEMMA_EACH(0x80);
}

/* Whether `size` bytes are printable ASCII without two spaces in a row; looks
   at up to eight bytes more, which must be there. */
static bool
is_simple_text(const char *text, size_t size)
{
	for (size_t at = 0; at < size; at += 8) {
		uint64_t bytes = stemma_eight(text + at);
		uint64_t next = stemma_eight(text + at + 1);

		if ((bytes & STEMMA_EACH(0x80)) ||
			((bytes - STEMMA_EACH(' ')) & STEMMA_EACH(0x80)) ||
			has_zero(bytes ^ STEMMA_EACH(0x7f)) ||
			has_zero((bytes ^ STEMMA_EACH(' ')) |
				 (next ^ STEMMA_EACH(' '))))
			return false;
	}
	return true;
}

/*
 * The end of the line, if it lies in the run that the scan has come to and all
 * up to there is plain ASCII: that is so for most lines, and saves a look at
 * their characters one by one.
 */
static bool
measure_simple(const struct scan *scan, size_t width, struct chance *end)
{
	const struct stemma_wrap *wrap = scan->wrap;
	struct stemma_view text = wrap->runs[scan->place.run].text;
	const char *line = text.bytes + scan->place.at, *space;
	size_t room = width - scan->columns, size = room + 1;
	size_t left = text.size - scan->place.at;
	bool last = left <= room && scan->place.run + 1 == wrap->count;
	char copy[256];

	if (left <= room && !last)
		return false;
	if (left < size + 9) {
		/* Near the end of the text only a copy may be read past. */
		size = left < size ? left : size;
		if (size > sizeof copy - 9)
			return false;
		memcpy(copy, line, size);
		memset(copy + size, '.', 9);
		line = copy;
	}
	if (line[0] == ' ' || !is_simple_text(line, size))
		return false;
	space = last ? line + size : memrchr(line, ' ', size);
	if (!space || space[-1] == ' ' ||
		memchr(space, '-', (size_t)(line + size - space)))
		return false;
	size = (size_t)(space - line);
	*end = (struct chance){true, scan->place, scan->place,
		scan->columns + size, scan->has_rtl, scan->rewritten};
	end->end.at += size;
	end->resume.at += size + !last;
	return true;
}

/* Scan up to the end of the paragraph or to the first cluster too many. */
static struct chance
measure(struct scan *scan, size_t width)
{
	const struct stemma_wrap *wrap = scan->wrap;
	struct chance good = {0}, poor = {0}, end;
	size_t tried = SIZE_MAX;

	while (settle(wrap, &scan->place)) {
		size_t simple;
		struct stemma_atom atom;

		if (scan->place.run != tried && scan->columns < width) {
			tried = scan->place.run;
			if (measure_simple(scan, width, &end))
				return end;
		}
		simple = simple_bytes(scan, width);
		if (simple) {
			scan->place.at += simple;
			scan->columns += simple;
			scan->spaced = false;
			continue;
		}
		if (is_simple_space(scan)) {
			take_space(scan, &good);
			continue;
		}
		atom = atom_of(wrap, scan->place);
		if (atom.kind == STEMMA_ATOM_SPACE) {
			if (!take_space(scan, &good))
				return good;
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
stemma_wrap_done(struct stemma_wrap *wrap)
{
	skip_spaces(wrap, &wrap->place);
	return wrap->place.run == wrap->count;
}

bool
stemma_wrap_next(struct stemma_wrap *wrap, size_t width,
	struct stemma_wrapped_line *line)
{
	struct scan scan = {.wrap = wrap};
	struct chance end;

	if (stemma_wrap_done(wrap))
		return false;
	scan.place = wrap->place;
	end = measure(&scan, width ? width : 1);
	*line = (struct stemma_wrapped_line){
		wrap->place, end.end, end.columns, end.has_rtl, end.rewritten};
	wrap->place = end.resume;
	return true;
}
