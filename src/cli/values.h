/*
 * values.h - the value of an option, from text to its field.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_VALUES_H
#define STEMMA_CLI_VALUES_H

#include "command.h"

/*
 * Store `text` as a value of `option` in `field`, whose type is that of the
 * option's kind of value. False, and a line on stderr, if it is none.
 */
bool stemma_value_store(
	const struct stemma_option *option, const char *text, void *field);

#endif
