/*
 * block.h - hashes of one block, packed.
 *
 *     checksum(4)  { step<<1        revision }            one story has it
 *                  { step<<1 | 1    stories listed revision… }    several
 *
 * All but the checksum are variable-length numbers, 7 bits a byte, the lowest
 * first. `step` is how far the hash is from the one before, from 0 at the
 * start of the block.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INDEX_BLOCK_H
#define INDEX_BLOCK_H

#include <stemma/base.h>

#include "print.h"

enum {
	STEMMA_LISTED = 64, /* most revisions kept for a hash */
	/* Of a block, so that one fills a page of SQLite's. */
	STEMMA_BLOCK_HASHES = 640,
	STEMMA_CHECKSUM_SIZE = 4
};

/* A hash and who has it. */
struct stemma_posting {
	uint64_t hash;
	uint32_t stories; /* that have it */
	uint32_t listed;  /* of `revisions`: stories, or fewer */
	uint32_t revisions[STEMMA_LISTED];
};

/* Which of a segment's blocks holds `hash`. */
static inline int64_t
stemma_block_of(uint64_t hash, int64_t blocks)
{
	return (int64_t)((unsigned __int128)hash * (uint64_t)blocks >>
			 STEMMA_PRINT_BITS);
}

/* Room for any posting. */
#define STEMMA_POSTING_SIZE (10 + 5 + 5 + 5 * STEMMA_LISTED)

/* Write `posting` to `to`, after one with hash `before`; returns the bytes. */
size_t stemma_posting_write(unsigned char *to, uint64_t before,
	const struct stemma_posting *posting);

struct stemma_block {
	const unsigned char *at, *end;
	uint64_t hash; /* of the last posting read */
};

/* Begin to read a block; STEMMA_CORRUPT if its checksum is not right. */
enum stemma_code
stemma_block_read(struct stemma_block *block, struct stemma_view data);

/* Whether there is another posting. */
static inline bool
stemma_block_more(const struct stemma_block *block)
{
	return block->at < block->end;
}

/* The next posting, of which there must be one; or STEMMA_CORRUPT. */
enum stemma_code
stemma_block_next(struct stemma_block *block, struct stemma_posting *posting);

/* Put the checksum in front of the packed postings behind it. */
void stemma_block_seal(unsigned char *data, size_t size);

#endif
