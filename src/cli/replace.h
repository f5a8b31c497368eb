/*
 * replace.h - a file that is replaced as a whole: written under another name
 * beside it, made durable, then renamed over it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_REPLACE_H
#define STEMMA_CLI_REPLACE_H

#include "output.h"

/*
 * Open `output` for the file `path`: its fd, and unless `path` is something
 * that is no regular file, temporary and target. False with `error` set.
 */
bool stemma_replace_begin(struct stemma_output *output, const char *path);

/* Put the temporary file in the target's place. False with `error` set. */
bool stemma_replace_commit(struct stemma_output *output);

/* Remove the temporary file. */
void stemma_replace_abandon(struct stemma_output *output);

#endif
