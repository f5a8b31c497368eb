/*
 * terminal.h - what is known about whoever looks at the output.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_TERMINAL_H
#define STEMMA_CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"

enum stemma_color {
	STEMMA_COLOR_AUTO,
	STEMMA_COLOR_ALWAYS,
	STEMMA_COLOR_NEVER
};

/* The words of --color. */
extern const struct stemma_word_choice stemma_color_words[];

/*
 * Whether to use colour on `fd`: `color` if it says so, else NO_COLOR (not
 * empty), else CLICOLOR_FORCE (not 0), else whether it is a terminal that is
 * not dumb, or goes through git's pager to one.
 */
bool stemma_terminal_color(unsigned color, int fd);

/* Columns to fill: COLUMNS, else those of the terminal on `fd`, else 80. */
uint32_t stemma_terminal_width(int fd);

#endif
