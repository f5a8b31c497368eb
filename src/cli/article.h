/*
 * article.h - one of the texts that a command was given, from its bytes to its
 * paragraphs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_ARTICLE_H
#define STEMMA_CLI_ARTICLE_H

#include <stemma.h>

#include "command.h"

/* The words of --layout. */
extern const struct stemma_word_choice stemma_layout_words[];

/*
 * One side's part of "OLD,NEW" or of "BOTH", in `arena`; NULL for none. False
 * without memory.
 */
bool stemma_article_encoding(const char **picked, const char *encoding,
	int side, struct stemma_arena *arena);

/*
 * Split `bytes`, called `name`, into `doc`, which lives in `arena`. `encoding` is what
 * --encoding says, "BOTH" or "OLD,NEW" (or NULL), and `side` which of them
 * this text is. Of `options` the encoding is set here. Returns 0, or
 * STEMMA_EXIT_TROUBLE after saying why.
 */
int stemma_article_split(struct stemma_doc *doc, struct stemma_view bytes,
	const char *name, const char *encoding, int side,
	struct stemma_text_options options, struct stemma_arena *arena);

#endif
