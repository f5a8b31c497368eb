/*
 * cache_file.h - what a command keeps of a story from one time to the next, in
 * a folder of the archive beside the index: nobody needs it, anybody may delete
 * it, and a folder that cannot be written to is no trouble.
 *
 *     ARCHIVE/stemma/KIND/STORY
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_CACHE_FILE_H
#define STEMMA_CLI_CACHE_FILE_H

#include <stemma.h>

/* Where the story's is; NULL if that is too long, or without memory. */
char *stemma_cache_path(const char *archive, const char *kind,
	struct stemma_view story, struct stemma_arena *arena);

/* What is in it, in `arena`; empty if nothing can be read, and of no bytes if
   there is no such file. */
struct stemma_view
stemma_cache_read(const char *path, struct stemma_arena *arena);

/* Replace the file whole, and make its folder if it is not there. */
void stemma_cache_write(const char *path, const struct stemma_out *out);

#endif
