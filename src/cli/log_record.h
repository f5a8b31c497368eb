/*
 * log_record.h - a revision and what it changed, as a line of a file.
 *
 *     <commit before> <commit> <tree> <numbers> <texts>
 *
 * The commit before the first one is all zeros. Numbers are decimal, a space
 * behind each; texts are "5:bytes", one behind the other.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LOG_RECORD_H
#define STEMMA_CLI_LOG_RECORD_H

#include "change.h"

/* With a line feed at its end; `before` NULL: it is the first. */
void
stemma_log_record_write(struct stemma_out *out, const struct stemma_id *before,
	const struct stemma_revision *revision, const struct stemma_told *told);

/* A text, as records have them. */
void stemma_log_text_write(struct stemma_out *out, struct stemma_view text);

/* Take one off the front of `line`; false, with `line` anywhere, if there is
   none. */
bool stemma_log_text_read(struct stemma_view *text, struct stemma_view *line);

/* Room for what a record begins with, and its NUL. */
#define STEMMA_LOG_START_SIZE 83

/* What the record of `after` begins with. */
void stemma_log_record_start(char start[STEMMA_LOG_START_SIZE],
	const struct stemma_id *before, const struct stemma_id *after);

/*
 * Read a line, which may be anything: views into it, arrays in `arena`. Of the
 * revision all but its number is set.
 */
bool stemma_log_record_read(struct stemma_revision *revision,
	struct stemma_told *told, struct stemma_view line,
	struct stemma_arena *arena);

#endif
