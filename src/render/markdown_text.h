/*
 * markdown_text.h - text that comes out of Markdown as it went in, and marks
 * around parts of it.
 *
 * What Markdown (CommonMark, GitHub's, pandoc's) takes for a mark is escaped,
 * white space becomes single spaces, controls are shown (base/show.h). Where
 * there is no escape an empty comment stands, which shows as nothing: in @name,
 * #1, www. and ://, which GitHub makes links of, and beside ** or ~~ where the
 * signs on its sides keep it from being a mark.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_MARKDOWN_TEXT_H
#define STEMMA_RENDER_MARKDOWN_TEXT_H

#include <stemma/base.h>

/* What a sign is to the rules on ** and ~~. */
enum stemma_sign {
	STEMMA_SIGN_SPACE, /* also the start of a line */
	STEMMA_SIGN_MARK,  /* ASCII punctuation */
	STEMMA_SIGN_LETTER,
	STEMMA_SIGN_OTHER /* one or the other, by version of the rules */
};

/* A line being written; zeros but for `out` at its start. */
struct stemma_markdown {
	struct stemma_out *out;
	bool begun;            /* something stands on the line */
	enum stemma_sign last; /* before this place */
	const char *closed;    /* the mark that ended here, what is in it … */
	enum stemma_sign inside; /* … ends with this sign */
};

/* Text without marks. */
void
stemma_markdown_text(struct stemma_markdown *markdown, struct stemma_view text);

/* Text between two of `mark`, "**" or "~~"; white space at its ends outside. */
void stemma_markdown_marked(struct stemma_markdown *markdown,
	struct stemma_view text, const char *mark);

#endif
