/*
 * log_cache.h - a story's revisions and what each of them changed, computed
 * once: a file beside the archive's git data that may be deleted at any time.
 *
 *     stemma/log/<key of the story>
 *         stemma-log 2 <version of stemma> <hash of all that follows>
 *         <head> <story>
 *         <a record for each revision, oldest first: log_record.h>
 *
 * What is not whole is as if it were not there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LOG_CACHE_H
#define STEMMA_CLI_LOG_CACHE_H

#include "archive.h"
#include "change.h"

/*
 * What each revision of `log` changed against the one before it: log->count
 * of them, the first one all zeros, in the archive's arena. Returns 0, or
 * STEMMA_EXIT_TROUBLE after a line on stderr if a revision cannot be read.
 */
int stemma_log_changes(struct stemma_archive *archive,
	const struct stemma_log *log, struct stemma_told **told);

/*
 * The same, and the log with it, from the cache alone, all in `arena`; `archive`
 * is its folder. False if there is none of the head that the story has now.
 * Neither a store nor libgit2 is needed.
 */
bool stemma_log_recall(struct stemma_log *log, struct stemma_told **told,
	const char *archive, struct stemma_view story,
	struct stemma_arena *arena);

/* The cache of a story, to be looked into without an archive that is open, and
   without writing. */
struct stemma_log_past {
	struct stemma_view records;
	struct stemma_arena *arena;
	size_t until; /* the search goes from there to the start */
	size_t misses;
};

/* A cache that is not there is an empty one. `archive` is its folder. */
void stemma_log_past_open(struct stemma_log_past *past, const char *archive,
	struct stemma_view story, struct stemma_arena *arena);

/* What `after` changed against `before`, the one before it in time. Ask for
   the newest first. False: it is not known. */
bool
stemma_log_past_find(struct stemma_log_past *past, struct stemma_told *told,
	const struct stemma_id *before, const struct stemma_id *after);

#endif
