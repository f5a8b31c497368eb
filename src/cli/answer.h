/*
 * answer.h - one line of stemma batch, answered.
 *
 *     {"id": "…", "compare": {…}}     {"id": "…", "line": 7, "error": "…"}
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_ANSWER_H
#define STEMMA_CLI_ANSWER_H

#include <stemma.h>

#include "compare.h"

/* How all lines are answered; read by every thread, written by none. */
struct stemma_answers {
	const struct stemma_compare_settings *compare;
	const char *encodings[2]; /* of files, by side; NULL: look */
	struct stemma_outline_options stories[2]; /* by side */
	enum stemma_reading reading;
	bool unnumbered; /* do not tell the number of a line */
};

/* What a thread has for itself; all zeros is nothing yet. */
struct stemma_answerer {
	const struct stemma_answers *answers;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

/* False without memory; nothing is to be freed then. */
bool stemma_answerer_open(
	struct stemma_answerer *answerer, const struct stemma_answers *answers);
void stemma_answerer_close(struct stemma_answerer *answerer);

/*
 * Write the answer to the line with `number` to `out`, which has no sink. The
 * line is written to. If the answer is an error, returns which: STEMMA_NOMEM
 * where this machine was short of memory or descriptors, so that another try
 * may have a comparison, and any other code where the line is to blame.
 */
enum stemma_code stemma_answer_write(struct stemma_answerer *answerer,
	struct stemma_out *out, char *line, size_t size, uint64_t number);

/* The answer to a line that was too long to be read. */
void stemma_answer_refuse(const struct stemma_answers *answers,
	struct stemma_out *out, uint64_t number, const char *why);

#endif
