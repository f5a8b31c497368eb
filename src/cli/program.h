/*
 * program.h - another program, with pipes to its input and from its output.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_PROGRAM_H
#define STEMMA_CLI_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stemma_program_pipes {
	pid_t process; /* 0: none */
	int to;        /* its standard input */
	int from;      /* its standard output */
	int complaint; /* a file in memory with what it says on stderr */
};

/*
 * Start `arguments`, ended by NULL, the first of them looked for in PATH.
 * Returns 0, or STEMMA_EXIT_TROUBLE after saying why not.
 */
int stemma_program_start(
	struct stemma_program_pipes *pipes, char *const *arguments);

/*
 * Close the pipes and wait; whether it ended well. All zeros are allowed.
 * `said`, of `room` bytes unless it is NULL, gets what it complained of: the
 * first line that is one, else the first line, or nothing.
 */
bool
stemma_program_end(struct stemma_program_pipes *pipes, char *said, size_t room);

#endif
