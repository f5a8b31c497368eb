/*
 * program.h - another program, with pipes to its input and from its output.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PROGRAM_H
#define STEMMA_CLI_PROGRAM_H

#include <stdbool.h>
#include <sys/types.h>

struct stemma_program_pipes {
	pid_t process; /* 0: none */
	int to;        /* its standard input */
	int from;      /* its standard output */
};

/*
 * Start `arguments`, ended by NULL, the first of them looked for in PATH. What
 * it says on stderr goes to ours. Returns 0, or STEMMA_EXIT_TROUBLE after
 * saying why not.
 */
int stemma_program_start(
	struct stemma_program_pipes *pipes, char *const *arguments);

/* Close the pipes and wait; whether it ended well. All zeros are allowed. */
bool stemma_program_end(struct stemma_program_pipes *pipes);

#endif
