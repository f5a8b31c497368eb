/*
 * input.h - a file's bytes, whatever kind of file it is.
 *
 *     a large regular file      mapped, so that its pages cost no copy
 *     a small one, /proc, a     read into memory
 *       pipe, a terminal, -
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_INPUT_H
#define STEMMA_CLI_INPUT_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include <stemma.h>

#include "guard.h"

struct stemma_input {
	const char *name;         /* as given; borrowed */
	struct stemma_view bytes; /* until stemma_input_close() */
	int fd;                   /* of a mapped file, else -1 */
	off_t size;               /* of it, and when it was changed last */
	struct timespec changed;
	struct stemma_guard_map map; /* size 0: `bytes` are on the heap */
};

/*
 * Read the file called `name`, "-" for standard input. Returns 0, or
 * STEMMA_EXIT_TROUBLE after saying on stderr why not; `input` is then empty.
 * It must stay where it is until it is closed.
 */
int stemma_input_read(struct stemma_input *input, const char *name);

/*
 * Whether these are names that can all be read: if more than one is "-", says
 * so and returns STEMMA_EXIT_TROUBLE, else 0. To be asked before any is read.
 */
int stemma_input_once(char *const *names, size_t count);

/*
 * Whether the file is still what was read. If somebody wrote to a mapped file
 * meanwhile, says so and returns STEMMA_EXIT_TROUBLE, else 0.
 */
int stemma_input_verify(const struct stemma_input *input);

/* Give the bytes back. All zeros are allowed. */
void stemma_input_close(struct stemma_input *input);

#endif
