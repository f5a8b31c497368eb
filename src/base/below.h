/*
 * below.h - where a number stands, or would, in a list that ascends.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_BELOW_H
#define BASE_BELOW_H

#include <stddef.h>
#include <stdint.h>

/* How many of the `count` numbers, which ascend and may stand there more than
   once, are less than `limit`: the place of the first that is not. O(log). */
static inline size_t
stemma_count_below(const uint32_t *sorted, size_t count, uint64_t limit)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (sorted[middle] < limit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

#endif
