/* SPDX-License-Identifier: MIT */
#include "life_places.h"

#include <stdlib.h>

static int
compare_places(const void *a, const void *b)
{
	const struct stemma_place *one = a, *two = b;

	if (one->key != two->key)
		return one->key < two->key ? -1 : 1;
	return (one->unit > two->unit) - (one->unit < two->unit);
}

struct stemma_place *
stemma_places_sort(const struct stemma_doc *doc, struct stemma_arena *arena)
{
	struct stemma_place *places =
		stemma_arena_alloc(arena, doc->unit_count + 1, sizeof *places);

	for (size_t u = 0; places && u < doc->unit_count; u++)
		places[u] = (struct stemma_place){doc->units[u].key, u};
	if (places)
		qsort(places, doc->unit_count, sizeof *places, compare_places);
	return places;
}

size_t
stemma_places_find(const struct stemma_place *places, size_t count,
	uint64_t key, size_t next)
{
	size_t found = STEMMA_NO_PLACE;

	for (int round = 0; round < 2 && found == STEMMA_NO_PLACE; round++) {
		struct stemma_place wanted = {key, round ? 0 : next};
		size_t low = 0, high = count;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (compare_places(&places[middle], &wanted) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < count && places[low].key == key)
			found = places[low].unit;
	}
	return found;
}
