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

/* The options of a command that shows something: a part of its settings. */
struct stemma_terminal_settings {
	uint64_t width; /* in columns; 0: of the terminal */
	unsigned color; /* enum stemma_color */
};

/* -W, --width; --color */
extern const struct stemma_option stemma_terminal_options[];

/*
 * Whether to use colour on `fd`: --color if it says so, else NO_COLOR (not
 * empty), else CLICOLOR_FORCE (not 0), else whether it is a terminal that is
 * not dumb, or goes through git's pager to one.
 */
bool
stemma_terminal_color(const struct stemma_terminal_settings *settings, int fd);

/* Columns to fill: --width, else COLUMNS, else those of the terminal on `fd`,
   else 80. */
uint32_t
stemma_terminal_width(const struct stemma_terminal_settings *settings, int fd);

#endif
