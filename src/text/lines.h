/*
 * lines.h - a text line by line.
 *
 * LF, CR LF, CR, U+0085, U+2028 and U+2029 end a line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include <stemma/base.h>

#include "utf8.h"

/* `span` without the white space at its ends; empty if that is all it is. */
struct stemma_span
stemma_span_trim(struct stemma_view text, struct stemma_span span);

/* Whether `span` shows nothing: only white space and invisible characters. */
bool stemma_span_blank(struct stemma_view text, struct stemma_span span);

/* A line that shows something. */
struct stemma_line {
	size_t start, end; /* trimmed, in bytes of the text */
	size_t margin;     /* where the line starts untrimmed */
	uint32_t number;   /* in the text, from 1 */
	bool after_blank;  /* a blank line stands before it */
};

/* A place between two lines; a copy can go over the same lines again. */
struct stemma_lines {
	struct stemma_view text;
	size_t at;       /* where the next line starts */
	uint32_t number; /* lines passed */
	bool simple;     /* LF, perhaps after a CR, is all that ends a line */
};

/* The lines of `text` from its start. O(bytes) where there are returns. */
struct stemma_lines
stemma_lines_of(struct stemma_view text, struct stemma_breaks breaks);

/* The next line that shows something; false when there is none. */
bool stemma_lines_next(struct stemma_lines *lines, struct stemma_line *line);

#endif
