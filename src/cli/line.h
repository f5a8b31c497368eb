/*
 * line.h - a line of JSON (RFC 8259) read piece by piece, without a tree: at
 * ten times the speed of one, since most of a line is one long string.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LINE_H
#define STEMMA_CLI_LINE_H

#include <stemma.h>

/* The line and how far it is read. */
struct stemma_line {
	char *start, *at, *end;
	struct stemma_error *error; /* where it is told what is wrong */
};

/* Tell what is wrong, and where; false. */
bool stemma_line_wrong(struct stemma_line *line, const char *what);

/* Pass over white space. */
void stemma_line_skip_space(struct stemma_line *line);

/* Pass over `c`, which may have space before it; false if it is not next. */
bool stemma_line_take(struct stemma_line *line, char c);

/* The same for "true", "false" or "null", without space. */
bool stemma_line_take_word(struct stemma_line *line, const char *word);

/*
 * The string whose opening quote was passed, made what it means in the place
 * where it stands. Half a surrogate pair becomes U+FFFD, as there is no such
 * character. False, and told, if it is not closed, or not UTF-8.
 */
bool stemma_line_string(struct stemma_line *line, struct stemma_view *string);

/* Whether a number is next, and its digits as they are. */
bool stemma_line_is_number(const struct stemma_line *line);
bool stemma_line_number(struct stemma_line *line, struct stemma_view *number);

/* Pass over a value of any kind. */
bool stemma_line_skip_value(struct stemma_line *line);

#endif
