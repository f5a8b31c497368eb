/*
 * lines.h - a document as the lines of a file with one paragraph a line, which
 * is what line-based tools can compare.
 *
 * A document that has this layout gives the lines of its text as they are,
 * with blank ones and indents. Any other gives a line for each paragraph, the
 * line breaks inside it made single spaces; the last line ends with a line
 * feed if the text does.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_LINES_H
#define STEMMA_RENDER_LINES_H

#include <stemma/base.h>
#include <stemma/text.h>

struct stemma_line {
	struct stemma_view text; /* without the line feed at its end */
	bool joined; /* line breaks inside it stand for single spaces */
	bool ended;  /* with a line feed */
};

/* A place between lines: a plain value. Borrows the document. */
struct stemma_textlines {
	const struct stemma_doc *doc;
	bool raw;  /* lines of the text as they are */
	size_t at; /* raw: where the next line starts; else: its first unit */
	uint64_t line; /* lines before this place */
};

struct stemma_textlines stemma_textlines_start(const struct stemma_doc *doc);

/* The next line, or false at the end. */
bool
stemma_textlines_next(struct stemma_textlines *lines, struct stemma_line *line);

/* Whether the next line starts after `unit`: it is already told. */
bool stemma_textlines_past(const struct stemma_textlines *lines, uint32_t unit);

/* Whether the next line is the one in which `unit` starts. */
bool stemma_textlines_at(const struct stemma_textlines *lines, uint32_t unit);

/* Whether two lines come out as the same bytes. */
bool
stemma_line_equal(const struct stemma_line *a, const struct stemma_line *b);

/* Write `line` without the line feed at its end. */
void stemma_line_write(struct stemma_out *out, const struct stemma_line *line);

#endif
