/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sort.h"

/* Bits of a digit, for many items and for few. */
#define DIGIT 11
#define SMALL_DIGIT 6
#define FEW 1024

/* Sort by the digit of so many bits at `shift`. */
static void
sort_digit(struct stemma_sortable *to, const struct stemma_sortable *from,
	size_t count, unsigned shift, unsigned bits)
{
	size_t starts[1u << DIGIT], digits = (size_t)1 << bits, at = 0;

	memset(starts, 0, digits * sizeof *starts);
	for (size_t k = 0; k < count; k++)
		starts[from[k].key >> shift & (digits - 1)]++;
	for (size_t d = 0; d < digits; d++) {
		size_t size = starts[d];

		starts[d] = at;
		at += size;
	}
	for (size_t k = 0; k < count; k++)
		to[starts[from[k].key >> shift & (digits - 1)]++] = from[k];
}

void
stemma_sort_keys(struct stemma_sortable *items, struct stemma_sortable *spare,
	size_t count)
{
	struct stemma_sortable *from = items, *to = spare, *swap;
	unsigned bits = count < FEW ? SMALL_DIGIT : DIGIT;
	uint64_t differing = 0;

	for (size_t k = 1; k < count; k++)
		differing |= items[k].key ^ items[0].key;
	for (unsigned shift = 0; shift < 64; shift += bits) {
		if (!(differing >> shift & (((uint64_t)1 << bits) - 1)))
			continue;
		sort_digit(to, from, count, shift, bits);
		swap = from;
		from = to;
		to = swap;
	}
	if (from != items && count)
		memcpy(items, from, count * sizeof *items);
}
