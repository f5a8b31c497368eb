/*
 * eight.h - eight bytes at a time, in one number.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

/* A byte in each of the eight of a number. */
#define STEMMA_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The eight bytes from `bytes` on, the first one lowest on every machine. */
static inline uint64_t
stemma_eight(const void *bytes)
{
	uint64_t eight;

	memcpy(&eight, bytes, sizeof eight);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	eight = __builtin_bswap64(eight);
#endif
	return eight;
}

/* The high bit of each byte that is at least `low` and below `high`, for bytes
   without it; other bits are noise. */
static inline uint64_t
stemma_in_range(uint64_t bytes, unsigned char low, unsigned char high)
{
	return (bytes + STEMMA_EACH(0x80u - low)) &
	       ~(bytes + STEMMA_EACH(0x80u - high));
}

#endif
