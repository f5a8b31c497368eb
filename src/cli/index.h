/*
 * index.h - the index of an archive, brought up to date.
 *
 * It stands in the archive's folder stemma/, as `index`. Nothing is lost with
 * it: where it is missing, damaged or made by another version it is made again,
 * and a line on stderr says so.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_INDEX_H
#define STEMMA_CLI_INDEX_H

#include <stemma.h>

#include "archive.h"

/*
 * Open the index of `archive` with all that the archive holds now; with
 * `rebuild` it is made anew. In an archive that cannot be written to, and has
 * no index that will do, one is made in memory. Returns 0, or
 * STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_archive_index(struct stemma_archive *archive,
	struct stemma_index **index, bool rebuild);

#endif
