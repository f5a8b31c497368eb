/*
 * A unified diff of the two documents with one paragraph a line.
 *
 * Every unit that stayed in its place is a point where both files meet: the
 * lines up to it are told as removed and added, then its own. A hunk is
 * written in two passes over a copy of the reading state, one to count the
 * lines for its head, so that it needs no memory.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma/render.h>

#include "lines.h"
#include "walk.h"

/* One line of the diff. */
struct event {
	char mark; /* ' ', '-' or '+' */
	struct stemma_line line;
};

/* Where the diff stands: a plain value, so that a copy can look ahead. */
struct reader {
	struct stemma_walk walk;
	struct stemma_textlines lines[2]; /* by side */
	struct stemma_range meet[2]; /* the units where both files meet next */
	bool more;                   /* there is such a unit */
	bool trimming; /* equal lines may still start the stretch before it */
	bool owed;     /* the new line of a unit whose old one is told */
};

/* Go on to the next unit that stands in its place on both sides. */
static void
next_meeting(struct reader *reader)
{
	struct stemma_step step;

	reader->trimming = true;
	while ((reader->more = stemma_walk_next(&reader->walk, &step))) {
		if (step.kind != STEMMA_STEP_BOTH ||
			step.units[STEMMA_OLD].count > 1 ||
			step.units[STEMMA_NEW].count > 1)
			continue;
		reader->meet[STEMMA_OLD] = step.units[STEMMA_OLD];
		reader->meet[STEMMA_NEW] = step.units[STEMMA_NEW];
		/* A line with several units meets at its first. */
		if (!stemma_textlines_past(&reader->lines[STEMMA_OLD],
			    step.units[STEMMA_OLD].first) &&
			!stemma_textlines_past(&reader->lines[STEMMA_NEW],
				step.units[STEMMA_NEW].first))
			return;
	}
}

static bool
is_before_meeting(const struct reader *reader, int side)
{
	const struct stemma_textlines *lines = &reader->lines[side];

	if (!reader->more)
		return true;
	return !stemma_textlines_at(lines, reader->meet[side].first);
}

/* The next line of `side` without going past it; false at the end. */
static bool
peek(const struct reader *reader, int side, struct stemma_line *line)
{
	struct stemma_textlines lines = reader->lines[side];

	return is_before_meeting(reader, side) &&
	       stemma_textlines_next(&lines, line);
}

static bool
tell(struct reader *reader, char mark, struct event *event)
{
	struct stemma_line other;

	event->mark = mark;
	if (mark != '+')
		stemma_textlines_next(&reader->lines[STEMMA_OLD], &event->line);
	if (mark != '-')
		stemma_textlines_next(&reader->lines[STEMMA_NEW],
			mark == '+' ? &event->line : &other);
	return true;
}

/* Both files stand at the line where they meet. */
static bool
tell_meeting(struct reader *reader, struct event *event)
{
	struct stemma_textlines ahead[2] = {reader->lines[0], reader->lines[1]};
	struct stemma_line lines[2];

	stemma_textlines_next(&ahead[STEMMA_OLD], &lines[STEMMA_OLD]);
	stemma_textlines_next(&ahead[STEMMA_NEW], &lines[STEMMA_NEW]);
	if (stemma_line_equal(&lines[STEMMA_OLD], &lines[STEMMA_NEW])) {
		tell(reader, ' ', event);
		next_meeting(reader);
		return true;
	}
	reader->owed = true;
	return tell(reader, '-', event);
}

static bool
next_event(struct reader *reader, struct event *event)
{
	struct stemma_line old, new;
	bool has_old, has_new;

	if (reader->owed) {
		reader->owed = false;
		tell(reader, '+', event);
		next_meeting(reader);
		return true;
	}
	has_old = peek(reader, STEMMA_OLD, &old);
	has_new = peek(reader, STEMMA_NEW, &new);
	reader->trimming = reader->trimming && has_old && has_new &&
			   stemma_line_equal(&old, &new);
	if (reader->trimming)
		return tell(reader, ' ', event);
	if (has_old)
		return tell(reader, '-', event);
	if (has_new)
		return tell(reader, '+', event);
	return reader->more && tell_meeting(reader, event);
}

static void
write_event(struct stemma_out *out, const struct event *event)
{
	stemma_out_char(out, event->mark);
	stemma_line_write(out, &event->line);
	stemma_out_char(out, '\n');
	if (!event->line.ended)
		stemma_out_string(out, "\\ No newline at end of file\n");
}

/* "12,3"; a file's line before the hunk when it has none of its lines. */
static void
write_range(struct stemma_out *out, uint64_t first, uint64_t count)
{
	stemma_out_number(out, count ? first + 1 : first);
	if (count != 1) {
		stemma_out_char(out, ',');
		stemma_out_number(out, count);
	}
}

/*
 * How many lines the hunk that starts at `reader` has: up to the last change
 * that has no more than 2 * context equal lines before it, and context more.
 */
static uint64_t
measure_hunk(struct reader reader, uint32_t context, uint64_t counts[2])
{
	uint64_t total = 0, equal = 0, most = (uint64_t)context * 2;
	bool changed = false;
	struct event event;

	counts[0] = counts[1] = 0;
	while (next_event(&reader, &event)) {
		if (event.mark == ' ' && changed && ++equal > most)
			break;
		if (event.mark != ' ') {
			changed = true;
			equal = 0;
		}
		total++;
		counts[STEMMA_OLD] += event.mark != '+';
		counts[STEMMA_NEW] += event.mark != '-';
	}
	/* Equal lines at the end past the context are not of the hunk. */
	equal = equal > most ? most : equal;
	equal = equal > context ? equal - context : 0;
	counts[STEMMA_OLD] -= equal;
	counts[STEMMA_NEW] -= equal;
	return total - equal;
}

static void
write_hunk(struct stemma_out *out, struct reader *reader, uint32_t context)
{
	uint64_t counts[2];
	uint64_t total = measure_hunk(*reader, context, counts);
	struct event event;

	stemma_out_string(out, "@@ -");
	write_range(out, reader->lines[STEMMA_OLD].line, counts[STEMMA_OLD]);
	stemma_out_string(out, " +");
	write_range(out, reader->lines[STEMMA_NEW].line, counts[STEMMA_NEW]);
	stemma_out_string(out, " @@\n");
	for (; total && next_event(reader, &event); total--)
		write_event(out, &event);
}

/* Whether a name needs git's quotes: see git-diff's core.quotePath. */
static bool
is_odd(const char *name)
{
	for (const char *c = name; *c; c++) {
		if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7f ||
			*c == '"' || *c == '\\')
			return true;
	}
	return false;
}

static void
write_quoted(struct stemma_out *out, const char *name)
{
	static const char letters[] = "abtnvfr"; /* from \a on */

	for (const char *s = name; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\') {
			stemma_out_char(out, '\\');
			stemma_out_char(out, *s);
		} else if (c >= '\a' && c <= '\r') {
			stemma_out_char(out, '\\');
			stemma_out_char(out, letters[c - '\a']);
		} else if (c < 0x20 || c >= 0x7f) {
			stemma_out_char(out, '\\');
			stemma_out_char(out, (char)('0' + (c >> 6)));
			stemma_out_char(out, (char)('0' + (c >> 3 & 7)));
			stemma_out_char(out, (char)('0' + (c & 7)));
		} else {
			stemma_out_char(out, *s);
		}
	}
}

static void
write_name(struct stemma_out *out, const char *prefix, const char *name)
{
	bool odd = is_odd(name);

	if (odd)
		stemma_out_char(out, '"');
	stemma_out_string(out, prefix);
	write_quoted(out, name);
	if (odd)
		stemma_out_char(out, '"');
}

/*
 * Both lines name the old file, since git and patch change what the second
 * one names, and they are asked to change the old file into the new one. The
 * new name stands behind a tab, where they look for nothing.
 */
static void
write_head(struct stemma_out *out, const struct stemma_render_options *options)
{
	const char *old = options->names[STEMMA_OLD];
	const char *new = options->names[STEMMA_NEW];

	old = old ? old : "old";
	new = new ? new : "new";
	while (*old == '/')
		old++;
	stemma_out_string(out, "--- ");
	write_name(out, "a/", old);
	if (strchr(old, ' '))
		stemma_out_char(out, '\t');
	stemma_out_string(out, "\n+++ ");
	write_name(out, "b/", old);
	stemma_out_char(out, '\t');
	write_name(out, "", new);
	stemma_out_char(out, '\n');
}

static void
write_hunks(struct stemma_out *out, struct reader *reader,
	const struct stemma_render_options *options)
{
	uint32_t context = options->context;
	struct reader start = *reader, ahead = *reader;
	struct event event;
	uint64_t equal = 0;
	bool headed = false;

	/* `ahead` looks for a change; `start` follows `context` lines behind. */
	while (out->code == STEMMA_OK && next_event(&ahead, &event)) {
		if (event.mark == ' ') {
			if (++equal > context)
				next_event(&start, &event);
			continue;
		}
		if (!headed)
			write_head(out, options);
		headed = true;
		write_hunk(out, &start, context);
		ahead = start;
		equal = 0;
	}
}

enum stemma_code
stemma_render_unified(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct reader reader = {0};

	for (int side = 0; side < 2; side++)
		reader.lines[side] =
			stemma_textlines_start(comparison->docs[side]);
	if (stemma_walk_start(&reader.walk, comparison, scratch) != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	next_meeting(&reader);
	write_hunks(out, &reader, options);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}
