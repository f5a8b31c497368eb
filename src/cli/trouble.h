/*
 * trouble.h - the one line on stderr that says what went wrong.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_TROUBLE_H
#define STEMMA_CLI_TROUBLE_H

#include <stdbool.h>

#include <stemma.h>

/*
 * Write "stemma: MESSAGE" as one line to stderr and return
 * STEMMA_EXIT_TROUBLE. `format` is printf's. Whatever it is given, file names
 * above all, is printed as stemma_out_visible() does it.
 */
int
stemma_trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The same line with its newline, as a string to free(), or NULL: for where
 * there will be no time to make it.
 */
char *stemma_trouble_line(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* A code's trouble, with `error`'s message if it has one. Names `name`. */
int stemma_trouble_code(const char *name, enum stemma_code code,
	const struct stemma_error *error);

#endif
