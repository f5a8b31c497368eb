/*
 * wrap.h - a paragraph of styled runs cut into lines of so many terminal
 * columns, one line at a time and without a copy of its text.
 *
 *     runs     The bank |[-rejects-]|{+shoots down+}| the plan
 *     lines    └──── start … end ────┘└─ start … end ─┘
 *
 * Lines break at white space, after dashes, between wide characters, and
 * anywhere only where a word alone is longer than the line. White space is
 * shown as one space. Columns count by grapheme cluster.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_WRAP_H
#define STEMMA_RENDER_WRAP_H

#include <stemma/base.h>

enum stemma_style {
	STEMMA_STYLE_PLAIN,
	STEMMA_STYLE_DELETED,
	STEMMA_STYLE_INSERTED,
	STEMMA_STYLE_DIM,
	STEMMA_STYLE_MOVED,
	STEMMA_STYLE_REMOVED, /* in the margin */
	STEMMA_STYLE_ADDED,
	STEMMA_STYLE_EDITED
};

struct stemma_run {
	struct stemma_view text; /* valid UTF-8 */
	enum stemma_style style;
};

/* A place in a list of runs: byte `at` of run `run`. */
struct stemma_place {
	size_t run;
	size_t at;
};

enum stemma_direction { STEMMA_LEFT_TO_RIGHT, STEMMA_RIGHT_TO_LEFT };

/* A paragraph being cut; zeros but for the runs is its start. */
struct stemma_wrap {
	const struct stemma_run *runs;
	size_t count;
	struct stemma_place place;       /* of the next line */
	enum stemma_direction direction; /* of the first letter; set by start */
};

struct stemma_wrapped_line {
	struct stemma_place start, end;
	size_t columns;
	bool has_rtl;   /* holds right-to-left letters */
	bool rewritten; /* is not written byte for byte: controls, white space */
};

/* Start with `runs`, which stay the caller's. O(bytes to the first letter). */
struct stemma_wrap
stemma_wrap_start(const struct stemma_run *runs, size_t count);

/*
 * The next line of at most `width` columns (0 is taken as 1; one cluster
 * always fits); false at the end. O(bytes of the line).
 */
bool stemma_wrap_next(struct stemma_wrap *wrap, size_t width,
	struct stemma_wrapped_line *line);

/*
 * Write a line without its end. Controls are shown (base/show.h); a line of a
 * right-to-left paragraph, or with right-to-left letters, is an isolate of its
 * paragraph's direction, so that it turns nothing beside it.
 */
void stemma_wrap_write(struct stemma_out *out, const struct stemma_wrap *wrap,
	const struct stemma_wrapped_line *line, bool color);

/* Whether all lines have been given. */
bool stemma_wrap_done(struct stemma_wrap *wrap);

/* The SGR sequence of a style, "" for none or without colour; static. */
const char *stemma_style_start(enum stemma_style style, bool color);

/* The one that ends it. */
const char *stemma_style_end(enum stemma_style style, bool color);

#endif
