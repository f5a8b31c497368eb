/*
 * report.h - the page of a story, from its archive.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_REPORT_H
#define STEMMA_CLI_REPORT_H

#include <stemma.h>

#include "archive.h"

/* How many bytes of pairs a page has at most, if nobody says. */
#define STEMMA_REPORT_LIMIT ((uint64_t)4 << 20)

struct stemma_report_options {
	uint64_t limit; /* of the pairs, in bytes, as the page tells it */
	uint64_t room;  /* and how many there may be in truth */
	bool alone;     /* tell nothing of other stories, and ask no index */
	int64_t until;  /* revisions of other stories after that do not count */
};

/*
 * Write the history of the story that `operand` names, STORY or STORY@REVISION.
 * `*left_out`: how many pairs of revisions there was no room for. Returns 0,
 * also if writing failed, which `out` knows; or STEMMA_EXIT_TROUBLE after a line
 * on stderr.
 */
int stemma_report_write(struct stemma_out *out, uint64_t *left_out,
	const struct stemma_archive_settings *archive, const char *operand,
	const struct stemma_report_options *options);

#endif
