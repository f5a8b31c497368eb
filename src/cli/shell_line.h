/*
 * shell_line.h - a line that is being typed into bash: its words as the
 * program would get them, and how to write the rest of the last one.
 *
 *     stemma show 'Fed raises r           what is typed
 *     [stemma] [show] [Fed raises r]      its words
 *                       Fed raises r      what readline replaces
 *                       Fed raises rates  the reply; readline adds the quote
 *
 * Nothing of it is ever run or expanded: `…`, $(…) and $name stand for
 * themselves.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_SHELL_LINE_H
#define STEMMA_CLI_SHELL_LINE_H

#include <stemma.h>

enum stemma_quote {
	STEMMA_QUOTE_NONE,
	STEMMA_QUOTE_SINGLE,
	STEMMA_QUOTE_DOUBLE,
	STEMMA_QUOTE_DOLLAR /* $'…' */
};

struct stemma_shell_line {
	struct stemma_view *words; /* of the last command, without redirections;
	                              the last one is being typed */
	size_t count;              /* at least 1 */
	bool redirection; /* what is typed is a file to write to or read from */
	enum stemma_quote quote; /* that is open */
	/* What readline replaces of the last word: what was typed, and how
	   many bytes of the word come before it. */
	struct stemma_view typed;
	size_t before;
};

/*
 * Read `text`, the line up to the cursor; `breaks` are readline's word breaks,
 * COMP_WORDBREAKS. Views point into `arena` and `text`. False: no memory.
 */
bool
stemma_shell_line_read(struct stemma_shell_line *line, struct stemma_view text,
	const char *breaks, struct stemma_arena *arena);

/*
 * Write what shall stand in the place of line->typed so that the last word
 * becomes `word`. Where a quote is open readline closes it, unless the reply
 * ends with such a quote: then it is closed already. False, and nothing
 * written, if the word does not start as the part of it before that does.
 */
bool stemma_shell_line_reply(struct stemma_out *out,
	const struct stemma_shell_line *line, struct stemma_view word);

/* A word as it is being typed into fish, without its quotes, in `arena`; it
   ends with NUL. No bytes: no memory. */
struct stemma_view
stemma_fish_word(struct stemma_view typed, struct stemma_arena *arena);

#endif
