/*
 * past.h - the loop that joins archive and trace: a story's revisions, fed
 * oldest first up to the one in question, but for those that the trace knows
 * from another day.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PAST_H
#define STEMMA_CLI_PAST_H

#include <stemma.h>

#include "archive.h"
#include "past_cache.h"

/* What is known of a revision and its past; zeros to start, but for `whole`. */
struct stemma_past {
	bool whole; /* the log is to tell all of each revision, not only its
	               commit, tree, times and source */
	struct stemma_archive archive;
	struct stemma_kept kept;
	struct stemma_log log;
	const struct stemma_revision *revision;
	struct stemma_trace *trace;
	struct stemma_doc doc;
	struct stemma_origins origins;
};

/*
 * Open the archive, find the revision that `operand` names and feed all up to
 * it. Returns 0 or STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_past_read(struct stemma_past *past,
	const struct stemma_archive_settings *settings, const char *operand);

/*
 * What there is to tell of it, in the archive's arena: the words' origins, the
 * revisions' names and, if they are wanted, the kinds of the units. As above.
 */
int stemma_past_blame(
	struct stemma_past *past, struct stemma_blame *blame, bool kinds);

/* Find also when the words were gone, in `origins`. As above. */
int stemma_past_absences(struct stemma_past *past);

void stemma_past_close(struct stemma_past *past);

#endif
