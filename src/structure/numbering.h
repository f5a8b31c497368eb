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
	uint32_t *hashes;  /* by slot */
	uint32_t *numbers; /* by slot: the number plus one; 0: empty */
	uint32_t slots;    /* a power of two */
	uint32_t count;
};

/* An empty one in `arena`; false without memory. */
bool stemma_numbering_init(
	struct stemma_numbering *numbering, struct stemma_arena *arena);

/* The number of `hash`, new if need be; STEMMA_NO_ID without memory. */
uint32_t stemma_numbering_of(struct stemma_numbering *numbering, uint32_t hash);

#endif
