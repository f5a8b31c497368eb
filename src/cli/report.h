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

/*
 * Write the history of the story that `operand` names, STORY or STORY@REVISION.
 * `*left_out`: how many pairs of revisions there was no room for in `limit`
 * bytes. Returns 0, also if writing failed, which `out` knows; or
 * STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_report_write(struct stemma_out *out, uint64_t *left_out,
	const struct stemma_archive_settings *archive, const char *operand,
	uint64_t limit);

#endif
