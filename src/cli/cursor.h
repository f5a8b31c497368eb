/*
 * cursor.h - how far somebody has read an archive, in a file of lines:
 *
 *     stemma.cursor/1
 *     KEY COMMIT         of this story all up to that head was read
 *
 * A later line of a story counts for more, so that going on is appending one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_CURSOR_H
#define STEMMA_CLI_CURSOR_H

#include <stemma.h>

/* All zeros is none: nothing was read, and nothing is kept. */
struct stemma_cursor {
	const char *path; /* borrowed */
	int fd;
	struct stemma_intern *keys;
	struct stemma_id *heads; /* by number of the key */
	struct stemma_out said;  /* lines that are not in the file yet */
};

/*
 * Open the file, which is made if there is none; it is read to `arena`, which
 * outlives the cursor. Half a line, at its end or where somebody went on behind
 * it, is passed over: whoever wrote it was killed. Returns 0, or STEMMA_EXIT_TROUBLE after saying why.
 */
int stemma_cursor_open(struct stemma_cursor *cursor, const char *path,
	struct stemma_arena *arena);

/* The head up to which the story with `key` was read, or NULL. */
const struct stemma_id *
stemma_cursor_find(const struct stemma_cursor *cursor, struct stemma_view key);

/* It was read up to `head`: so the file will say after the next save. */
void stemma_cursor_move(struct stemma_cursor *cursor, struct stemma_view key,
	const struct stemma_id *head);

/* Returns 0, or STEMMA_EXIT_TROUBLE after saying why. */
int stemma_cursor_save(struct stemma_cursor *cursor);

void stemma_cursor_close(struct stemma_cursor *cursor);

#endif
