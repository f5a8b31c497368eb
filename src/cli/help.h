/*
 * help.h - what the table says, for people.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_HELP_H
#define STEMMA_CLI_HELP_H

#include <stemma.h>

#include "command.h"

/* -h: usage and a line for each option. */
void
stemma_help_short(struct stemma_out *out, const struct stemma_command *command);

/* --help: usage, what it does, examples, options with all their words. */
void
stemma_help_full(struct stemma_out *out, const struct stemma_command *command);

/* Print one of them to standard output. Returns the exit status. */
int stemma_help_print(const struct stemma_command *command, bool full);

#endif
