/* SPDX-License-Identifier: MIT */
#include "marked.h"

#include <string.h>

#include "parts.h"
#include "space.h"
#include "walk.h"

/* An empty comment, which stands between the halves of a mark in the text. */
#define SEPARATOR "{>><<}"

struct writer {
	struct stemma_out *out;
	const struct stemma_comparison *comparison;
	const struct stemma_marks *marks;
	size_t at[2]; /* how much of each text has been written */
	char last[2]; /* the last bytes written, when they were text */
};

static void
write_mark(struct writer *writer, const char *mark)
{
	stemma_out_string(writer->out, mark);
	writer->last[0] = writer->last[1] = 0;
}

/* Whether `c` after the bytes before it completes a mark of CriticMarkup. */
static bool
completes_mark(char c, const char last[2])
{
	switch (c) {
	case '>':
		if (last[1] == '~')
			return true;
		/* fall through */
	case '+':
	case '-':
	case '~':
	case '=':
		return last[1] == c && last[0] == '{';
	case '}':
		return last[1] == last[0] && last[0] &&
		       strchr("+-~<=", last[0]);
	default:
		return false;
	}
}

static void
write_text(struct writer *writer, struct stemma_view text)
{
	char last[2] = {writer->last[0], writer->last[1]};
	size_t from = 0;

	if (!writer->marks->critic) {
		stemma_out_view(writer->out, text);
		return;
	}
	for (size_t at = 0; at < text.size; at++) {
		char c = text.bytes[at];

		if (completes_mark(c, last)) {
			stemma_out_bytes(
				writer->out, text.bytes + from, at - from);
			stemma_out_string(writer->out, SEPARATOR);
			from = at;
			last[1] = 0;
		}
		last[0] = last[1];
		last[1] = c;
	}
	stemma_out_bytes(writer->out, text.bytes + from, text.size - from);
	writer->last[0] = last[0];
	writer->last[1] = last[1];
}

/* The next line feed or carriage return from `at` on, or the end. */
static size_t
next_break(struct stemma_view text, size_t at)
{
	const char *from = text.bytes + at, *found;
	size_t size = text.size - at;

	found = size ? memchr(from, '\n', size) : NULL;
	if (found)
		size = (size_t)(found - from);
	found = size ? memchr(from, '\r', size) : NULL;
	return at + (found ? (size_t)(found - from) : size);
}

/*
 * Where the mark that starts at `at` has to end: before the white space of a
 * blank line, or after it where it starts with that, since a mark over several
 * paragraphs is none to most readers of CriticMarkup.
 */
static size_t
piece_end(struct stemma_view text, size_t at)
{
	size_t k = at, size;

	while ((k = next_break(text, k)) < text.size) {
		size_t start = k, end = k;
		unsigned breaks = 0;

		while (end < text.size && (size = stemma_space_at(text, end))) {
			char c = text.bytes[end];

			breaks += c == '\n' ||
				  (c == '\r' &&
					  (end + 1 == text.size ||
						  text.bytes[end + 1] != '\n'));
			end += size;
		}
		while (start > at && (size = stemma_space_before(text, start)))
			start -= size;
		if (breaks > 1)
			return start > at ? start : end;
		k = end;
	}
	return text.size;
}

static void
write_pieces(struct writer *writer, const char *open, const char *close,
	struct stemma_view text)
{
	for (size_t at = 0, end; at < text.size; at = end) {
		end = piece_end(text, at);
		write_mark(writer, open);
		write_text(writer,
			stemma_view_cut(text, (struct stemma_span){at, end}));
		write_mark(writer, close);
	}
}

/* Two texts that differ, either of which may be empty. */
static void
write_change(
	struct writer *writer, struct stemma_view old, struct stemma_view new)
{
	const struct stemma_marks *marks = writer->marks;

	if (marks->replace_open && old.size &&
		new.size &&piece_end(old, 0) == old.size &&piece_end(new, 0) ==
			new.size) {
		write_mark(writer, marks->replace_open);
		write_text(writer, old);
		write_mark(writer, marks->replace_middle);
		write_text(writer, new);
		write_mark(writer, marks->replace_close);
		return;
	}
	write_pieces(writer, marks->delete_open, marks->delete_close, old);
	write_pieces(writer, marks->insert_open, marks->insert_close, new);
}

/*
 * Text that no change covers. It is the same on both sides, but between the
 * units of a split and in a reformatted unit, where white space or typography
 * differs: there it goes word by word.
 */
static void
write_same(
	struct writer *writer, struct stemma_view old, struct stemma_view new)
{
	struct stemma_parts parts = {.rest = {old, new}};

	while (stemma_parts_next(&parts)) {
		write_text(writer, parts.same);
		write_change(writer, parts.differ[STEMMA_OLD],
			parts.differ[STEMMA_NEW]);
	}
}

/* The text of one side from where it was left up to `end`. */
static struct stemma_view
take(struct writer *writer, enum stemma_side side, size_t end)
{
	struct stemma_span span = {writer->at[side], end};

	writer->at[side] = end;
	return stemma_view_cut(writer->comparison->docs[side]->text, span);
}

/* What stands between units is a piece of its own, or the same on both. */
static void
write_gap(struct writer *writer, size_t old_end, size_t new_end)
{
	struct stemma_view old = take(writer, STEMMA_OLD, old_end);
	struct stemma_view new = take(writer, STEMMA_NEW, new_end);

	if (stemma_view_equal(old, new))
		write_text(writer, new);
	else
		write_change(writer, old, new);
}

static void
write_both(struct writer *writer, const struct stemma_link *link)
{
	const struct stemma_comparison *comparison = writer->comparison;
	struct stemma_span spans[2];

	for (int side = 0; side < 2; side++)
		spans[side] = stemma_link_span(
			comparison, link, (enum stemma_side)side);
	write_gap(writer, spans[STEMMA_OLD].start, spans[STEMMA_NEW].start);
	for (uint32_t i = 0; i < link->change_count; i++) {
		const struct stemma_change *change =
			&comparison->changes[link->first_change + i];
		struct stemma_view old, new;

		old = take(writer, STEMMA_OLD, change->at[STEMMA_OLD].start);
		new = take(writer, STEMMA_NEW, change->at[STEMMA_NEW].start);
		write_same(writer, old, new);
		old = take(writer, STEMMA_OLD, change->at[STEMMA_OLD].end);
		new = take(writer, STEMMA_NEW, change->at[STEMMA_NEW].end);
		write_change(writer, old, new);
	}
	write_same(writer, take(writer, STEMMA_OLD, spans[STEMMA_OLD].end),
		take(writer, STEMMA_NEW, spans[STEMMA_NEW].end));
}

/* "moved from paragraph 7", where the format has comments. */
static void
write_comment(struct writer *writer, const char *words,
	const struct stemma_link *link, enum stemma_side where)
{
	const struct stemma_doc *doc = writer->comparison->docs[where];

	if (!writer->marks->comment_open)
		return;
	write_mark(writer, writer->marks->comment_open);
	stemma_out_string(writer->out, words);
	stemma_out_string(writer->out, stemma_unit_type_name(doc->unit));
	stemma_out_char(writer->out, ' ');
	stemma_out_number(writer->out, (uint64_t)link->units[where].first + 1);
	write_mark(writer, writer->marks->comment_close);
}

/* Units of one side alone, each after what stands before it. */
static void
write_alone(struct writer *writer, const struct stemma_step *step,
	enum stemma_side side)
{
	const struct stemma_unit *units = writer->comparison->docs[side]->units;
	const struct stemma_marks *marks = writer->marks;
	bool old = side == STEMMA_OLD;
	const char *open = old ? marks->delete_open : marks->insert_open;
	const char *close = old ? marks->delete_close : marks->insert_close;
	struct stemma_range range = step->units[side];

	for (uint32_t u = range.first; u < range.first + range.count; u++) {
		write_pieces(writer, open, close,
			take(writer, side, units[u].start));
		write_pieces(
			writer, open, close, take(writer, side, units[u].end));
	}
	if (step->moved)
		write_comment(writer, old ? "moved to " : "moved from ",
			step->link, old ? STEMMA_NEW : STEMMA_OLD);
}

/* The byte order marks, which are no text but bytes of the files. */
static void
write_byte_order_marks(struct writer *writer)
{
	struct stemma_view marks[2];

	for (int side = 0; side < 2; side++) {
		const struct stemma_doc *doc = writer->comparison->docs[side];

		marks[side] = (struct stemma_view){doc->raw.bytes,
			doc->segments ? 0 : doc->raw.size - doc->text.size};
	}
	if (stemma_view_equal(marks[STEMMA_OLD], marks[STEMMA_NEW]))
		write_text(writer, marks[STEMMA_NEW]);
	else
		write_change(writer, marks[STEMMA_OLD], marks[STEMMA_NEW]);
}

enum stemma_code
stemma_marked_write(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_marks *marks, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct writer writer = {
		.out = out, .comparison = comparison, .marks = marks};
	struct stemma_walk walk;
	struct stemma_step step;

	if (stemma_walk_start(&walk, comparison, scratch) != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	if (marks->critic)
		write_byte_order_marks(&writer);
	while (out->code == STEMMA_OK && stemma_walk_next(&walk, &step)) {
		if (step.kind == STEMMA_STEP_BOTH)
			write_both(&writer, step.link);
		else if (step.kind == STEMMA_STEP_OLD)
			write_alone(&writer, &step, STEMMA_OLD);
		else
			write_alone(&writer, &step, STEMMA_NEW);
	}
	write_gap(&writer, comparison->docs[STEMMA_OLD]->text.size,
		comparison->docs[STEMMA_NEW]->text.size);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}
