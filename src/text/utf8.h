/*
 * utf8.h - reading and writing UTF-8, and the one pass over raw bytes that
 * says whether they are UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stemma/base.h>

#include "base/sequence.h"

/* The longest run of bytes of one code point. */
#define STEMMA_UTF8_MAX 4

#define STEMMA_REPLACEMENT 0xfffdu

/* Decode at `at` of text that is valid; `*size` is set to the bytes. */
static inline uint32_t
stemma_utf8_read(struct stemma_view text, size_t at, size_t *size)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;

	if (s[0] < 0x80) {
		*size = 1;
		return s[0];
	}
	if (s[0] < 0xe0) {
		*size = 2;
		return (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
	}
	if (s[0] < 0xf0) {
		*size = 3;
		return (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 |
		       (s[2] & 0x3fu);
	}
	*size = 4;
	return (s[0] & 0x07u) << 18 | (s[1] & 0x3fu) << 12 |
	       (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
}

/* The start of the code point that ends at `at` of valid text, at > 0. */
static inline size_t
stemma_utf8_before(struct stemma_view text, size_t at)
{
	do
		at--;
	while (at && ((unsigned char)text.bytes[at] & 0xc0) == 0x80);
	return at;
}

/* Write `c` to `to`; returns the bytes written, at most STEMMA_UTF8_MAX. */
size_t stemma_utf8_write(char *to, uint32_t c);

/* Which line ends a text may have beside LF. */
struct stemma_breaks {
	bool returns; /* CR */
	bool odd;     /* U+0085, U+2028 or U+2029 */
};

/* What one pass over bytes found. */
struct stemma_utf8_scan {
	size_t valid; /* bytes before the first invalid sequence */
	struct stemma_breaks breaks; /* of text that is valid to its end */
};

/* Look at all of `bytes`, up to the first invalid sequence. */
struct stemma_utf8_scan stemma_utf8_check(struct stemma_view bytes);

#endif
