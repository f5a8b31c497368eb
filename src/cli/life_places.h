/*
 * life_places.h - units of a page found by their keys, however many there are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LIFE_PLACES_H
#define STEMMA_CLI_LIFE_PLACES_H

#include <stemma.h>

#define STEMMA_NO_PLACE SIZE_MAX

struct stemma_place {
	uint64_t key;
	size_t unit;
};

/* All of them by key, in `arena`; NULL without memory. */
struct stemma_place *
stemma_places_sort(const struct stemma_doc *doc, struct stemma_arena *arena);

/* The first unit with this key from `next` on, or else from the top, or
   STEMMA_NO_PLACE. */
size_t stemma_places_find(const struct stemma_place *places, size_t count,
	uint64_t key, size_t next);

#endif
