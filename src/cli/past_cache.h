/*
 * past_cache.h - what is known of a story's past, kept from one time to the
 * next.
 *
 *     ARCHIVE/stemma/trace/STORY   the revisions there were; then the trace,
 *                                  fed with the first ones of them
 *
 * It is of use to a story that begins with these very revisions in this order.
 * One that got another past is read from its start again.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PAST_CACHE_H
#define STEMMA_CLI_PAST_CACHE_H

#include <stemma.h>

#include "archive.h"

/* The file as it was read. */
struct stemma_kept {
	struct stemma_arena *arena;
	char *path;
	struct stemma_view revisions, trace;
	uint32_t fed;          /* revisions that the trace was fed */
	struct stemma_log log; /* the first ones; by commit, tree, times and
	                          source alone */
	bool damaged;
};

/* Read what is kept of the story, if there is anything. False: no memory. */
bool stemma_kept_read(struct stemma_kept *kept,
	const struct stemma_archive *archive, struct stemma_view story);

/* The trace that was kept, if it was fed with the first revisions of the log;
   a new one if there is none, after a line on stderr if it is damaged. NULL: no
   memory. `*size` is that of what was kept. */
struct stemma_trace *stemma_kept_trace(
	struct stemma_kept *kept, const struct stemma_log *log, size_t *size);

/* Keep the trace, which was fed with the first revisions of the log. */
void stemma_kept_write(const struct stemma_kept *kept,
	const struct stemma_log *log, const struct stemma_trace *trace);

void stemma_kept_free(struct stemma_kept *kept);

#endif
