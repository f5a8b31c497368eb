/* SPDX-License-Identifier: MIT */
#include "shell_line.h"

#include <string.h>

/* Where reading stands. */
struct reading {
	struct stemma_shell_line *line;
	struct stemma_view text;
	const char *breaks;
	char *bytes;   /* of words, without their quotes */
	size_t at;     /* in text */
	size_t size;   /* of bytes */
	size_t start;  /* of the word in bytes */
	size_t reply;  /* what readline replaces starts there, in text … */
	size_t before; /* … and there in bytes */
	size_t room;   /* for words */
	enum stemma_quote quote;
	bool inside;  /* a word, be it an empty one */
	bool to_file; /* the word belongs to a redirection */
};

static bool
is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* What readline replaces starts here. */
static void
start_reply(struct reading *reading)
{
	reading->reply = reading->at;
	reading->before = reading->size - reading->start;
}

static void
end_word(struct reading *reading)
{
	struct stemma_shell_line *line = reading->line;

	if (reading->inside && !reading->to_file)
		line->words[line->count++] =
			(struct stemma_view){reading->bytes + reading->start,
				reading->size - reading->start};
	if (reading->inside)
		reading->to_file = false;
	reading->inside = false;
	reading->start = reading->size;
}

/* Whether the word is digits alone: the file's number in 2>file. */
static bool
is_number(const struct reading *reading)
{
	for (size_t k = reading->start; k < reading->size; k++)
		if (!is_one_of(reading->bytes[k], "0123456789"))
			return false;
	return true;
}

/* Whether the byte before `at` is the & in &> or >&, or the | in >|. */
static bool
joins_redirection(const struct reading *reading)
{
	const char *here = reading->text.bytes + reading->at - 1;
	bool after = reading->at > 1 && is_one_of(here[-1], "<>");

	if (*here == '&')
		return after ||
		       (reading->at < reading->text.size && here[1] == '>');
	return *here == '|' && after;
}

/* A byte outside quotes. */
static void
read_plain(struct reading *reading, char byte)
{
	bool next = reading->at < reading->text.size;

	if (is_one_of(byte, " \t")) {
		end_word(reading);
		start_reply(reading);
		return;
	}
	if (is_one_of(byte, "|&;()\n") && !joins_redirection(reading)) {
		end_word(reading);
		reading->line->count = 0;
		reading->to_file = false;
		start_reply(reading);
		return;
	}
	if (is_one_of(byte, "<>&|")) {
		if (is_number(reading))
			reading->inside = false;
		end_word(reading);
		reading->to_file = true;
		start_reply(reading);
		return;
	}
	reading->inside = true;
	if (byte == '\'' || byte == '"') {
		reading->quote =
			byte == '"' ? STEMMA_QUOTE_DOUBLE : STEMMA_QUOTE_SINGLE;
	} else if (byte == '$' && next &&
		   reading->text.bytes[reading->at] == '\'') {
		reading->quote = STEMMA_QUOTE_DOLLAR;
		reading->at++;
	} else if (byte == '\\') {
		if (next)
			reading->bytes[reading->size++] =
				reading->text.bytes[reading->at++];
	} else {
		reading->bytes[reading->size++] = byte;
		if (is_one_of(byte, reading->breaks))
			start_reply(reading);
		/* Names of hosts and variables keep what they start with. */
		if (reading->reply == reading->at && is_one_of(byte, "@$")) {
			reading->reply--;
			reading->before--;
		}
	}
}

/* One of the escapes of $'…'; those for control characters are not names. */
static void
read_escape(struct reading *reading)
{
	static const char from[] = "abefnrtv", to[] = "\a\b\033\f\n\r\t\v";
	char byte = reading->text.bytes[reading->at++];
	const char *known = is_one_of(byte, from) ? strchr(from, byte) : NULL;

	reading->bytes[reading->size++] = known ? to[known - from] : byte;
}

static void
read_quoted(struct reading *reading, char byte)
{
	bool double_quote = reading->quote == STEMMA_QUOTE_DOUBLE;
	bool next = reading->at < reading->text.size;

	if (byte == (double_quote ? '"' : '\'')) {
		reading->quote = STEMMA_QUOTE_NONE;
	} else if (byte == '\\' && next &&
		   reading->quote == STEMMA_QUOTE_DOLLAR) {
		read_escape(reading);
	} else if (byte == '\\' && next && double_quote &&
		   is_one_of(reading->text.bytes[reading->at], "\\\"$`")) {
		reading->bytes[reading->size++] =
			reading->text.bytes[reading->at++];
	} else if (byte != '\\' || next ||
		   reading->quote == STEMMA_QUOTE_SINGLE) {
		reading->bytes[reading->size++] = byte;
	}
}

/* What was typed of the last word; a backslash that waits for what it
   escapes is none of it. */
static void
finish(struct reading *reading)
{
	struct stemma_shell_line *line = reading->line;
	size_t end = reading->text.size, slashes = 0;

	while (slashes < end - reading->reply &&
		reading->text.bytes[end - slashes - 1] == '\\')
		slashes++;
	if (reading->quote != STEMMA_QUOTE_SINGLE && slashes % 2)
		end--;
	line->redirection = reading->to_file;
	line->quote = reading->quote;
	reading->inside = true;
	reading->to_file = false;
	end_word(reading);
	line->typed = (struct stemma_view){
		reading->text.bytes + reading->reply, end - reading->reply};
	line->before = reading->before;
}

static void
read_byte(struct reading *reading)
{
	char byte = reading->text.bytes[reading->at++];

	if (reading->quote != STEMMA_QUOTE_NONE) {
		read_quoted(reading, byte);
		return;
	}
	read_plain(reading, byte);
}

bool
stemma_shell_line_read(struct stemma_shell_line *line, struct stemma_view text,
	const char *breaks, struct stemma_arena *arena)
{
	struct reading reading = {.line = line, .text = text, .breaks = breaks};
	size_t plain = 0, plain_before = 0;

	*line = (struct stemma_shell_line){0};
	line->words =
		stemma_arena_alloc(arena, text.size + 1, sizeof *line->words);
	reading.bytes = stemma_arena_alloc(arena, text.size + 1, 1);
	if (!line->words || !reading.bytes)
		return false;
	while (reading.at < text.size) {
		enum stemma_quote quote = reading.quote;

		read_byte(&reading);
		if (quote == reading.quote)
			continue;
		if (quote == STEMMA_QUOTE_NONE) {
			plain = reading.reply;
			plain_before = reading.before;
			start_reply(&reading);
		} else {
			reading.reply = plain;
			reading.before = plain_before;
		}
	}
	finish(&reading);
	return true;
}

/* ---- the reply --------------------------------------------------------- */

/* In '…' a quote ends it, stands alone, and begins it again; the last one does
   not begin it, for readline takes it for the end. */
static void
write_single(struct stemma_out *out, struct stemma_view rest)
{
	for (size_t k = 0; k < rest.size; k++) {
		if (rest.bytes[k] != '\'')
			stemma_out_char(out, rest.bytes[k]);
		else
			stemma_out_string(
				out, k + 1 < rest.size ? "'\\''" : "'\\'");
	}
}

/* In "…" nothing keeps ! from the history, so it stands outside. */
static void
write_double(struct stemma_out *out, struct stemma_view rest)
{
	for (size_t k = 0; k < rest.size; k++) {
		bool last = k + 1 == rest.size;

		if (rest.bytes[k] == '!') {
			stemma_out_string(out, last ? "\"\\!\"\"" : "\"\\!\"");
			continue;
		}
		if (is_one_of(rest.bytes[k], "\\\"$`"))
			stemma_out_char(out, '\\');
		stemma_out_char(out, rest.bytes[k]);
		if (last && rest.bytes[k] == '"')
			stemma_out_char(out, '"');
	}
}

static void
write_dollar(struct stemma_out *out, struct stemma_view rest)
{
	for (size_t k = 0; k < rest.size; k++) {
		if (is_one_of(rest.bytes[k], "\\'"))
			stemma_out_char(out, '\\');
		stemma_out_char(out, rest.bytes[k]);
		if (k + 1 == rest.size && rest.bytes[k] == '\'')
			stemma_out_char(out, '\'');
	}
}

static void
write_plain(struct stemma_out *out, struct stemma_view rest, bool first)
{
	for (size_t k = 0; k < rest.size; k++) {
		if (is_one_of(rest.bytes[k], " \t!\"#$&'()*;<>?[\\]^`{|}") ||
			(rest.bytes[k] == '~' && first && !k))
			stemma_out_char(out, '\\');
		stemma_out_char(out, rest.bytes[k]);
	}
}

/* What is typed stays. If it is all, and ends with a quote that is escaped,
   readline takes that for the end, so that the end has to follow. */
static void
write_typed(struct stemma_out *out, const struct stemma_shell_line *line,
	bool whole)
{
	struct stemma_view typed = line->typed;
	char quote = line->quote == STEMMA_QUOTE_DOUBLE ? '"' : '\'';

	stemma_out_view(out, typed);
	if (whole && line->quote != STEMMA_QUOTE_NONE && typed.size &&
		typed.bytes[typed.size - 1] == quote)
		stemma_out_char(out, quote);
}

bool
stemma_shell_line_reply(struct stemma_out *out,
	const struct stemma_shell_line *line, struct stemma_view word)
{
	struct stemma_view last = line->words[line->count - 1], rest = word;
	size_t done = last.size;

	if (word.size < done || (done && memcmp(word.bytes, last.bytes, done)))
		done = line->before;
	if (word.size < done || (done && memcmp(word.bytes, last.bytes, done)))
		return false;
	rest.bytes += done;
	rest.size -= done;
	if (done == last.size)
		write_typed(out, line, !rest.size);
	if (line->quote == STEMMA_QUOTE_SINGLE)
		write_single(out, rest);
	else if (line->quote == STEMMA_QUOTE_DOUBLE)
		write_double(out, rest);
	else if (line->quote == STEMMA_QUOTE_DOLLAR)
		write_dollar(out, rest);
	else
		write_plain(out, rest, !done);
	return true;
}

/* ---- fish -------------------------------------------------------------- */

struct stemma_view
stemma_fish_word(struct stemma_view typed, struct stemma_arena *arena)
{
	struct stemma_view word = {"", 0};
	char *bytes = stemma_arena_alloc(arena, typed.size + 1, 1);
	char quote = '\0';

	word.bytes = bytes;
	for (size_t k = 0; bytes && k < typed.size; k++) {
		char byte = typed.bytes[k];
		char next = k + 1 < typed.size ? typed.bytes[k + 1] : '\0';

		if (byte == '\\' && (!quote || is_one_of(next, "\\'\"$"))) {
			if (next)
				bytes[word.size++] = typed.bytes[++k];
		} else if (!quote && (byte == '\'' || byte == '"')) {
			quote = byte;
		} else if (quote && byte == quote) {
			quote = '\0';
		} else {
			bytes[word.size++] = byte;
		}
	}
	if (bytes)
		bytes[word.size] = '\0';
	return word;
}
