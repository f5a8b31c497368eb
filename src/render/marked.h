/*
 * marked.h - both texts in one, told apart by marks: what wdiff and
 * CriticMarkup are made of.
 *
 * All bytes of both documents' texts come out, in order: leave out what is
 * marked as deleted and the rest is the new text; leave out what is inserted
 * and it is the old one. A moved paragraph is deleted here and inserted there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_MARKED_H
#define STEMMA_RENDER_MARKED_H

#include <stemma/base.h>
#include <stemma/compare.h>

/* The words of a format. NULL for what it has not. */
struct stemma_marks {
	const char *delete_open, *delete_close;
	const char *insert_open, *insert_close;
	const char *replace_open, *replace_middle, *replace_close;
	const char *comment_open, *comment_close;
	bool critic; /* the text's own marks are broken by an empty comment */
};

/* Write all of `comparison` with `marks`. O(size of both texts). */
enum stemma_code stemma_marked_write(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_marks *marks, struct stemma_arena *scratch);

#endif
