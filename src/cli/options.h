/*
 * options.h - reads the arguments of a command as its table says.
 *
 *     stemma compare -f json --unit=sentence -- -odd-name.txt new.txt
 *                    └────── settings ─────┘    └──── operands ─────┘
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_OPTIONS_H
#define STEMMA_CLI_OPTIONS_H

#include "command.h"

enum stemma_parsed {
	STEMMA_PARSED_RUN,        /* go on */
	STEMMA_PARSED_SHORT_HELP, /* -h */
	STEMMA_PARSED_FULL_HELP,  /* --help */
	STEMMA_PARSED_TROUBLE     /* said on stderr */
};

/*
 * Put the home directory in the place of the "~" of --name=~/file, which shells
 * leave alone there, wherever that is the name of a file. Returns the memory
 * that the new arguments live in, or NULL if nothing had to be done.
 */
char *
stemma_options_expand(const struct stemma_command *command, char **arguments);

/*
 * Read `arguments` (NULL-terminated, after the command's name) into
 * `settings`, which holds the defaults. Operands move to the front of
 * `arguments`, `*count` of them. Options may stand among operands up to "--";
 * with `leading` they end at the first operand, which is how the program finds
 * its command. Whether the number of operands is right is not asked here.
 */
enum stemma_parsed stemma_options_read(const struct stemma_command *command,
	char **arguments, bool leading, void *settings, size_t *count);

/*
 * Whether `count` operands are what `command` takes; says on stderr what is
 * missing, with an example, or what is too much.
 */
bool stemma_operands_check(
	const struct stemma_command *command, char **operands, size_t count);

#endif
