/*
 * sort.h - sorting by a number, in linear time whatever the numbers are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_SORT_H
#define REUSE_SORT_H

#include <stemma/base.h>

struct stemma_sortable {
	uint64_t key;
	uint32_t first, second;
};

/*
 * Sort by key; what has the same key keeps its order. `spare` is room for as
 * many. O(count × bytes of the key in use).
 */
void stemma_sort_keys(struct stemma_sortable *items,
	struct stemma_sortable *spare, size_t count);

#endif
