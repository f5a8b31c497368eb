/* SPDX-License-Identifier: MIT */
#include "complete_print.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80, WIDEST = 400, GAP = 2 };

/* Columns of the terminal. */
static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	long width = columns ? strtol(columns, NULL, 10) : 0;

	return width < 20 ? WIDTH : width > WIDEST ? WIDEST : (size_t)width;
}

/* Columns of any bytes, when they are made harmless. */
static size_t
width_of(struct stemma_view text)
{
	struct stemma_out harmless = {0};
	size_t width = 0;

	stemma_out_visible(&harmless, text);
	if (stemma_out_finish(&harmless) == STEMMA_OK)
		text = (struct stemma_view){harmless.bytes, harmless.size};
	else
		text.size = 0;
	for (size_t at = 0; at < text.size;) {
		size_t next = stemma_grapheme_next(text, at);

		width += (size_t)stemma_grapheme_width(
			stemma_view_cut(text, (struct stemma_span){at, next}));
		at = next;
	}
	stemma_out_free(&harmless);
	return width;
}

/* As much of `text` as `room` columns hold, made harmless, on one line. */
static void
write_cut(struct stemma_out *out, struct stemma_view text, size_t room)
{
	struct stemma_out harmless = {0};
	size_t width = 0, at = 0, end = 0;

	stemma_out_visible(&harmless, text);
	if (stemma_out_finish(&harmless) != STEMMA_OK)
		return;
	text = (struct stemma_view){harmless.bytes, harmless.size};
	while (at < text.size && width <= room) {
		size_t next = stemma_grapheme_next(text, at);

		width += (size_t)stemma_grapheme_width(
			stemma_view_cut(text, (struct stemma_span){at, next}));
		if (width < room)
			end = next;
		at = next;
	}
	if (width <= room)
		end = text.size;
	stemma_out_bytes(out, text.bytes, end);
	if (end < text.size)
		stemma_out_string(out, "…");
	stemma_out_free(&harmless);
}

static bool
starts_as_typed(const struct stemma_candidates *candidates, size_t k)
{
	struct stemma_view value = candidates->items[k].value;
	struct stemma_view typed = candidates->typed;

	return value.size >= typed.size &&
	       (!typed.size || !memcmp(value.bytes, typed.bytes, typed.size));
}

/* The widest value, but no more than leaves half a line for descriptions. */
static size_t
column_of(const struct stemma_candidates *candidates, size_t total)
{
	size_t widest = 0;

	for (size_t k = 0; k < candidates->count; k++) {
		size_t width = width_of(candidates->items[k].value);

		if (width > widest && width <= total / 2)
			widest = width;
	}
	return widest;
}

/* ---- bash -------------------------------------------------------------- */

/* Whether readline will only list what it gets, or what all have in common. */
static bool
will_list(void)
{
	const char *type = getenv("COMP_TYPE");
	long key = type ? strtol(type, NULL, 10) : 9;

	return key != '%' && key != '*';
}

/* "  (description)", and no wider than the line. */
static void
write_remark(struct stemma_out *out, struct stemma_view help, size_t used,
	size_t column, size_t total)
{
	size_t room;

	if (used < column)
		stemma_out_repeat(out, ' ', column - used);
	else
		column = used;
	room = total > column + 6 ? total - column - 6 : 0;
	if (room < 8)
		return;
	stemma_out_string(out, "  (");
	write_cut(out, help, room);
	stemma_out_char(out, ')');
}

/* Replies that do not start as what is typed must have nothing in common,
   or readline puts that in its place: this has nothing with any of them. */
static void
keep_typed(struct stemma_out *out, const struct stemma_candidates *candidates)
{
	for (size_t k = 0; k < candidates->count; k++)
		if (!starts_as_typed(candidates, k)) {
			stemma_out_string(out, "(with these words)\n");
			return;
		}
}

static void
write_options(struct stemma_out *out,
	const struct stemma_candidates *candidates, bool listed)
{
	bool open = !listed && candidates->count && candidates->items->open;

	stemma_out_string(out, "-o nosort ");
	stemma_out_string(out, open ? "-o nospace\n" : "+o nospace\n");
}

/* Columns of a reply, with what quotes it; 0: there is none. */
static size_t
reply_width(const struct stemma_shell_line *line, struct stemma_view value)
{
	struct stemma_out reply = {0};
	size_t width = 0;

	if (stemma_shell_line_reply(&reply, line, value) &&
		stemma_out_finish(&reply) == STEMMA_OK)
		width = width_of((struct stemma_view){reply.bytes, reply.size});
	stemma_out_free(&reply);
	return width;
}

/* The widest reply, but no more than leaves half a line for descriptions. */
static size_t
reply_column(const struct stemma_candidates *candidates,
	const struct stemma_shell_line *line, size_t total)
{
	size_t widest = 0;

	for (size_t k = 0; k < candidates->count; k++) {
		size_t width = reply_width(line, candidates->items[k].value);

		if (width > widest && width <= total / 2)
			widest = width;
	}
	return widest;
}

void
stemma_complete_print_bash(struct stemma_out *out,
	const struct stemma_candidates *candidates,
	const struct stemma_shell_line *line)
{
	bool listed = candidates->count > 1 && will_list();
	size_t total = terminal_width(), column = 0;

	write_options(out, candidates, listed);
	if (listed) {
		keep_typed(out, candidates);
		column = reply_column(candidates, line, total);
	}
	for (size_t k = 0; k < candidates->count; k++) {
		const struct stemma_candidate *item = &candidates->items[k];

		if (!stemma_shell_line_reply(out, line, item->value))
			continue;
		if (listed && item->help.size)
			write_remark(out, item->help,
				reply_width(line, item->value), column, total);
		stemma_out_char(out, '\n');
	}
}

/* ---- zsh and fish ------------------------------------------------------ */

void
stemma_complete_print_zsh(
	struct stemma_out *out, const struct stemma_candidates *candidates)
{
	size_t total = terminal_width(), column = column_of(candidates, total);

	for (size_t k = 0; k < candidates->count; k++) {
		const struct stemma_candidate *item = &candidates->items[k];
		size_t width = width_of(item->value);
		size_t used = width > column ? width : column;

		stemma_out_char(out, item->open ? '=' : '.');
		stemma_out_char(
			out, starts_as_typed(candidates, k) ? '.' : '~');
		stemma_out_view(out, item->value);
		stemma_out_char(out, '\t');
		stemma_out_visible(out, item->value);
		if (item->help.size && total > used + 14) {
			stemma_out_repeat(out, ' ', used - width);
			stemma_out_string(out, "  -- ");
			write_cut(out, item->help, total - 6 - used);
		}
		stemma_out_char(out, '\n');
	}
}

void
stemma_complete_print_fish(
	struct stemma_out *out, const struct stemma_candidates *candidates)
{
	for (size_t k = 0; k < candidates->count; k++) {
		const struct stemma_candidate *item = &candidates->items[k];

		stemma_out_view(out, item->value);
		stemma_out_char(out, '\t');
		write_cut(out, item->help, terminal_width());
		stemma_out_char(out, '\n');
	}
}
