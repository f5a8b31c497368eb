/*
 * output.h - where results go: standard output, a pager before it, or a file
 * that is there whole or not at all.
 *
 *     renderer -> stemma_out -> stemma_output_sink() ─┬─ stdout
 *                                                     ├─ pager ─ terminal
 *                                                     └─ .FILE.XXXXXX ─ FILE
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_OUTPUT_H
#define STEMMA_CLI_OUTPUT_H

#include <stdbool.h>
#include <sys/types.h>

#include <stemma.h>

#include "command.h"
#include "temporary.h"

/* The options of a command that writes: a part of its settings. */
struct stemma_output_settings {
	const char *file; /* NULL: standard output */
	bool no_pager;
	bool leavable; /* a reader who goes away is no trouble */
};

/* -o, --output */
extern const struct stemma_option stemma_output_options[];

/* --no-pager, of a command that starts one (pager.h); its group is the same. */
extern const struct stemma_option stemma_pager_options[];

/* --pretty, of a command that writes JSON; its group is a bool. */
extern const struct stemma_option stemma_pretty_options[];

/* All zeros is a closed one. */
struct stemma_output {
	int fd;
	int error;        /* errno of the first write that failed, or 0 */
	const char *name; /* for messages */
	struct stemma_temporary temporary; /* written to, to become … */
	char *target;  /* … this file; NULL: written in place */
	bool no_pager; /* whatever it is written to */
	bool leavable; /* as in the settings */
	pid_t pager;   /* 0: none */
};

/*
 * Get ready to write to `file`, NULL or "-" being standard output. A regular
 * file is replaced as a whole at the end: same permissions, symbolic links
 * followed; anything else is written to as it is. Returns 0, or
 * STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_output_open(struct stemma_output *output, const char *file);

/* A sink for struct stemma_out; the cookie is the stemma_output. */
enum stemma_code
stemma_output_sink(void *cookie, const char *bytes, size_t size);

/* Get ready to write as `settings` say, through `out`, whose sink this becomes.
   As above. */
int stemma_output_begin(struct stemma_output *output, struct stemma_out *out,
	const struct stemma_output_settings *settings);

/*
 * Complete what was written, `code` saying whether it is all. A reader who
 * has gone away ends the process as SIGPIPE does; a pager that was left early
 * is no trouble. Waits for the pager. Returns 0, or STEMMA_EXIT_TROUBLE after
 * a line on stderr; a file is then as it was before.
 */
int stemma_output_close(struct stemma_output *output, enum stemma_code code);

/* The same where there was trouble, which was said: a file stays as it was.
   Returns STEMMA_EXIT_TROUBLE. */
int stemma_output_cancel(struct stemma_output *output);

/* stemma_output_close() after what is left in `out`, which is freed; `code` says
   whether all was written to it. */
int stemma_output_end(struct stemma_output *output, struct stemma_out *out,
	enum stemma_code code);

/* stemma_output_cancel(), and `out` is freed. */
int stemma_output_drop(struct stemma_output *output, struct stemma_out *out);

/*
 * Write what was gathered in `out`, which has no sink, to standard output,
 * and free it. Returns as stemma_output_close() does.
 */
int stemma_output_print(struct stemma_out *out);

#endif
