/*
 * guard.h - what has to be in order when the process is killed: no temporary
 * file stays behind, and a mapped file that was cut short under us gives a
 * plain message. Signal handlers can only reach static data, so this is the
 * one place of the program that has any.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_GUARD_H
#define STEMMA_CLI_GUARD_H

#include <stddef.h>

/* A stretch of memory that is a file; the owner keeps it while guarded. */
struct stemma_guard_map {
	const char *start;
	size_t size;
	char *line; /* to say when the file ends before the map, or NULL */
	struct stemma_guard_map *next;
};

void stemma_guard_map_add(struct stemma_guard_map *map);
void stemma_guard_map_drop(struct stemma_guard_map *map);

/* A file that is to be removed if a signal ends the process; as above. */
struct stemma_guard_file {
	const char *path;
	struct stemma_guard_file *next;
};

void stemma_guard_file_add(struct stemma_guard_file *file);
void stemma_guard_file_drop(struct stemma_guard_file *file);

#endif
