/*
 * room.h - arrays in an arena that grow.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_ROOM_H
#define REUSE_ROOM_H

#include <string.h>

#include <stemma/base.h>

/*
 * Make room for one more than `count` items of `size` bytes: `items` or, where
 * that is full, a copy of twice its `*capacity`. NULL without memory.
 */
static inline void *
stemma_room(struct stemma_arena *arena, void *items, size_t count,
	size_t *capacity, size_t size)
{
	size_t more = count ? count * 2 : 64;
	void *copy;

	if (count < *capacity)
		return items;
	copy = stemma_arena_alloc(arena, more, size);
	if (!copy)
		return NULL;
	if (count)
		memcpy(copy, items, count * size);
	*capacity = more;
	return copy;
}

#endif
