/*
 * log_cache.h - what each revision changed, computed once: a file beside the
 * archive's git data that may be deleted at any time.
 *
 *     stemma/log/<key of the story>
 *         stemma-log 1
 *         <commit before> <commit> <check> <statistics> TAB line TAB line …
 *
 * A line whose check does not fit is as if it were not there.
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

#endif
