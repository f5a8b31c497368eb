/*
 * numbering.h - gives equal hashes equal small numbers, 0, 1, 2, …
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_NUMBERING_H
#define STRUCTURE_NUMBERING_H

#include <stemma/base.h>

struct stemma_numbering {
	struct stemma_arena *arena;
	struct stemma_numbering_slot {
		uint32_t hash;
		uint32_t number; /* plus one; 0: empty */
	} * slots;
	uint32_t slot_count; /* a power of two */
	uint32_t count;
};

/* An empty one in `arena`, with room for `expected` before it has to grow;
   false without memory. */
bool stemma_numbering_init(struct stemma_numbering *numbering, size_t expected,
	struct stemma_arena *arena);

/* The number of `hash`, new if need be; STEMMA_NO_ID without memory. */
uint32_t stemma_numbering_of(struct stemma_numbering *numbering, uint32_t hash);

#endif
