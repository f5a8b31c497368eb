/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "utf8.h"

size_t
stemma_utf8_write(char *to, uint32_t c)
{
	unsigned char *s = (unsigned char *)to;

	if (c < 0x80) {
		s[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		s[0] = (unsigned char)(0xc0 | c >> 6);
		s[1] = (unsigned char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		s[0] = (unsigned char)(0xe0 | c >> 12);
		s[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		s[2] = (unsigned char)(0x80 | (c & 0x3f));
		return 3;
	}
	s[0] = (unsigned char)(0xf0 | c >> 18);
	s[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
	s[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
	s[3] = (unsigned char)(0x80 | (c & 0x3f));
	return 4;
}

/* The first byte of a word in memory that has its high bit set. */
static size_t
first_high(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(word) / 8;
#else
	return (size_t)__builtin_clzll(word) / 8;
#endif
}

static uint64_t
load(const unsigned char *s)
{
	uint64_t word;

	memcpy(&word, s, sizeof word);
	return word;
}

/* The end of the ASCII bytes from `at` on, found a few words at a time. */
static size_t
skip_ascii(const unsigned char *s, size_t at, size_t size)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t word;

	for (; size - at >= 32; at += 32)
		if ((load(s + at) | load(s + at + 8) | load(s + at + 16) |
			    load(s + at + 24)) &
			high)
			break;
	for (; size - at >= 8; at += 8)
		if ((word = load(s + at) & high) != 0)
			return at + first_high(word);
	while (at < size && s[at] < 0x80)
		at++;
	return at;
}

static bool
is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/*
 * The end of the sequences beyond ASCII from `at` on, of which there is one.
 * Stops at an invalid one. The two shapes that nearly all text consists of
 * are told without a call.
 */
static size_t
skip_sequences(
	struct stemma_view bytes, size_t at, struct stemma_breaks *breaks)
{
	const unsigned char *s = (const unsigned char *)bytes.bytes;
	size_t size;

	do {
		size_t left = bytes.size - at;

		if (s[at] >= 0xc3 && s[at] <= 0xdf && left > 1 &&
			is_tail(s[at + 1])) {
			at += 2;
		} else if (s[at] > 0xe0 && s[at] < 0xed && left > 2 &&
			   is_tail(s[at + 1]) && is_tail(s[at + 2])) {
			if (s[at] == 0xe2 && s[at + 1] == 0x80 &&
				(s[at + 2] & 0xfe) == 0xa8)
				breaks->odd = true;
			at += 3;
		} else {
			size = stemma_utf8_sequence(bytes, at);
			if (size == 0)
				return at;
			if (s[at] == 0xc2 && s[at + 1] == 0x85)
				breaks->odd = true;
			at += size;
		}
	} while (at < bytes.size && s[at] >= 0x80);
	return at;
}

/* Bytes looked at twice while they are still in the processor's cache. */
#define BLOCK ((size_t)128 << 10)

struct stemma_utf8_scan
stemma_utf8_check(struct stemma_view bytes)
{
	const unsigned char *s = (const unsigned char *)bytes.bytes;
	struct stemma_utf8_scan scan = {0};
	size_t at = 0;

	while (at < bytes.size) {
		size_t from = at, end = at;

		end += bytes.size - at > BLOCK ? BLOCK : bytes.size - at;
		while (at < end && (at = skip_ascii(s, at, end)) < end) {
			at = skip_sequences(bytes, at, &scan.breaks);
			if (at < bytes.size && s[at] >= 0x80) {
				scan.valid = at;
				return scan;
			}
		}
		if (!scan.breaks.returns)
			scan.breaks.returns =
				memchr(s + from, '\r', at - from) != NULL;
	}
	scan.valid = at;
	return scan;
}
