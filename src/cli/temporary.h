/*
 * temporary.h - a file under a name of its own beside the one it becomes when
 * all of it is written. It does not stay behind if a signal ends the process.
 *
 *     folder/name  ◄─ rename ─  folder/.name.XXXXXX
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_TEMPORARY_H
#define STEMMA_CLI_TEMPORARY_H

#include <stdbool.h>
#include <sys/stat.h>

#include "guard.h"

/* Stays where it is while there is a file. */
struct stemma_temporary {
	int fd;     /* to write to; -1: none */
	char *name; /* NULL: there is none */
	struct stemma_guard_file guard;
};

/* The permissions that open() would give a new file. */
mode_t stemma_temporary_mode(void);

/* Make one for `target`. False with errno, and there is none. */
bool stemma_temporary_make(
	struct stemma_temporary *file, const char *target, mode_t mode);

/* Close it and put it in the place of `target`. False with errno: it is still
   to be dropped. */
bool stemma_temporary_put(struct stemma_temporary *file, const char *target);

/* Remove it, if there is one. */
void stemma_temporary_drop(struct stemma_temporary *file);

#endif
