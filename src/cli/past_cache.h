/*
 * past_cache.h - the trace of a story, kept from one time to the next.
 *
 *     ARCHIVE/stemma/trace/STORY   which revisions it was fed, then the trace
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

/* The trace that was kept, fed with the first revisions of the log; a new one
   if there is none, after a line on stderr if it is damaged. NULL: no memory.
   `*size` is that of the file. */
struct stemma_trace *stemma_past_load(struct stemma_archive *archive,
	const struct stemma_log *log, size_t *size);

/* Keep the trace, which was fed with the first revisions of the log. */
void stemma_past_save(struct stemma_archive *archive,
	const struct stemma_log *log, const struct stemma_trace *trace);

#endif
