/*
 * demand.h - what has to hold of every input of a fuzz target.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_DEMAND_H
#define STEMMA_TESTS_DEMAND_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* End with a message, which libFuzzer takes for a finding, unless `holds`. */
static inline void
check(bool holds, const char *message)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", message);
	abort();
}

#endif
