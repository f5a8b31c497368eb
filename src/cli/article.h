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

/* The options of a command that reads texts: a part of its settings. */
struct stemma_article_settings {
	const char *encoding; /* "ALL" or "OLD,NEW"; NULL: look at the bytes */
	unsigned layout;      /* enum stemma_layout */
};

/* --encoding: of all texts, or of two that may differ; --layout */
extern const struct stemma_option stemma_encoding_options[];
extern const struct stemma_option stemma_encodings_options[];
extern const struct stemma_option stemma_layout_options[];

/*
 * One side's part of "OLD,NEW" or of "BOTH", in `arena`; NULL for none. False
 * without memory.
 */
bool stemma_article_encoding(const char **picked, const char *encoding,
	int side, struct stemma_arena *arena);

/*
 * Split `bytes`, called `name`, into units of `unit` in `doc`, which lives in
 * `arena`; `side` says which part of "OLD,NEW" is its encoding. Returns 0, or
 * STEMMA_EXIT_TROUBLE after saying why.
 */
int stemma_article_split(struct stemma_doc *doc, struct stemma_view bytes,
	const char *name, const struct stemma_article_settings *settings,
	int side, enum stemma_unit_type unit, struct stemma_arena *arena);

#endif
