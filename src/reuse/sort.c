/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sort.h"

#define DIGIT 11
#define DIGITS (1u << DIGIT)

static void
sort_digit(struct stemma_sortable *to, const struct stemma_sortable *from,
	size_t count, unsigned shift)
{
	size_t starts[DIGITS] = {0}, at = 0;

	for (size_t k = 0; k < count; k++)
		starts[from[k].key >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		size_t size = starts[d];

		starts[d] = at;
		at += size;
	}
	for (size_t k = 0; k < count; k++)
		to[starts[from[k].key >> shift & (DIGITS - 1)]++] = from[k];
}

void
stemma_sort_keys(struct stemma_sortable *items, struct stemma_sortable *spare,
	size_t count)
{
	struct stemma_sortable *from = items, *to = spare, *swap;
	uint64_t differing = 0;

	for (size_t k = 1; k < count; k++)
		differing |= items[k].key ^ items[0].key;
	for (unsigned shift = 0; shift < 64; shift += DIGIT) {
		if (!(differing >> shift & (DIGITS - 1)))
			continue;
		sort_digit(to, from, count, shift);
		swap = from;
		from = to;
		to = swap;
	}
	if (from != items && count)
		memcpy(items, from, count * sizeof *items);
}
