/*
 * record.h - a revision as a line of JSON (docs/formats.md):
 *
 *     {"story": "…", "date": "…", "source": "…", "title": "…", "text": "…"}
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_RECORD_H
#define STEMMA_CLI_RECORD_H

#include <stemma.h>

#include "input.h"

/* Reads lines, one after the other; all zeros is one that never did. */
struct stemma_records {
	void *parser; /* json-c's */
	void *object; /* of the line read last: what views lead to */
	struct stemma_input file;
	int64_t date;       /* of records that tell none */
	const char *folder; /* where names of files start from; NULL: here */
};

/*
 * Read `line` into `entry`, whose views hold until the next call; what has to
 * be made lives in `arena`. False with `error` set if it is no revision.
 */
bool stemma_record_read(struct stemma_records *records,
	struct stemma_entry *entry, struct stemma_view line,
	struct stemma_arena *arena, struct stemma_error *error);

void stemma_records_free(struct stemma_records *records);

#endif
