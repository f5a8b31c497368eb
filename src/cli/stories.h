/*
 * stories.h - the value of --stories: where the stories of a page start.
 *
 *     auto          where the page looks like it
 *     off           nowhere: it is one story
 *     6             as many of them
 *     starts.txt    at the paragraphs that a file names by number, from 1, one
 *                   a line; what follows a # is a remark
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_STORIES_H
#define STEMMA_CLI_STORIES_H

#include <stemma.h>

#include "command.h"

/* The words of --stories. */
extern const struct stemma_word_choice stemma_stories_words[];

/*
 * Read `value` (NULL is "auto") into `options`, whose list of starts lives in
 * `arena`. Returns 0, or STEMMA_EXIT_TROUBLE after saying why.
 */
int stemma_stories_read(struct stemma_outline_options *options,
	struct stemma_view value, struct stemma_arena *arena);

/*
 * The same for two pages: "VALUE" is for the new one, "OLD,NEW" for each;
 * "off" alone is for both.
 */
int stemma_stories_read_pair(struct stemma_outline_options options[2],
	const char *value, struct stemma_arena *arena);

/* Returns 0, or STEMMA_EXIT_TROUBLE after saying which start of `options`, read
   before, is no unit of `doc`. */
int stemma_stories_fit(const struct stemma_outline_options *options,
	const struct stemma_doc *doc);

#endif
