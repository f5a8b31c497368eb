/*
 * nearest.h - "did you mean …?"
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_NEAREST_H
#define STEMMA_CLI_NEAREST_H

#include <stddef.h>

/* The best of some names so far. Start with the typed word and zeros. */
struct stemma_nearest {
	const char *typed;
	size_t size;      /* of what was typed, in bytes */
	const char *name; /* the best yet, or NULL if none is near */
	size_t distance;  /* of it */
};

/*
 * Consider `name`. Near is what the typed word begins, or what differs from it
 * by at most a third of its letters (optimal string alignment: a letter more,
 * less, other, or two swapped). O(size of both).
 */
void stemma_nearest_offer(struct stemma_nearest *nearest, const char *name);

#endif
