/*
 * complete_print.h - candidates as each shell wants them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMPLETE_PRINT_H
#define STEMMA_CLI_COMPLETE_PRINT_H

#include "complete.h"
#include "shell_line.h"

/*
 * First a line of options for compopt, then a line for each word that readline
 * may put in the place of what was typed. Where it will list them, and only
 * there, each has its description behind it.
 */
void stemma_complete_print_bash(struct stemma_out *out,
	const struct stemma_candidates *candidates,
	const struct stemma_shell_line *line);

/*
 * A line for each: '=' if more of the word may follow, else '.'; '~' if it
 * replaces what was typed, else '.'; the word, a tab, and what to show.
 */
void stemma_complete_print_zsh(
	struct stemma_out *out, const struct stemma_candidates *candidates);

/* A line for each: the word, a tab, the description. */
void stemma_complete_print_fish(
	struct stemma_out *out, const struct stemma_candidates *candidates);

#endif
