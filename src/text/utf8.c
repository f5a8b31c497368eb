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

size_t
stemma_utf8_sequence(struct stemma_view bytes, size_t at)
{
	const unsigned char *s = (const unsigned char *)bytes.bytes + at;
	size_t left = bytes.size - at;
	unsigned char low = 0x80, high = 0xbf;
	size_t size;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	size = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (left < size || s[1] < low || s[1] > high)
		return 0;
	for (size_t k = 2; k < size; k++)
		if ((s[k] & 0xc0) != 0x80)
			return 0;
	return size;
}

/* The end of the ASCII bytes from `at` on, found a few words at a time. */
static size_t
skip_ascii(const char *bytes, size_t at, size_t size)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t w[4];

	while (size - at >= sizeof w) {
		memcpy(w, bytes + at, sizeof w);
		if ((w[0] | w[1] | w[2] | w[3]) & high)
			break;
		at += sizeof w;
	}
	while (at < size && (unsigned char)bytes[at] < 0x80)
		at++;
	return at;
}

struct stemma_utf8_scan
stemma_utf8_check(struct stemma_view bytes)
{
	struct stemma_utf8_scan scan = {0};
	const unsigned char *s = (const unsigned char *)bytes.bytes;
	size_t at = 0, size;

	while ((at = skip_ascii(bytes.bytes, at, bytes.size)) < bytes.size) {
		size = stemma_utf8_sequence(bytes, at);
		if (size == 0)
			break;
		if ((s[at] == 0xc2 && s[at + 1] == 0x85) ||
			(s[at] == 0xe2 && s[at + 1] == 0x80 &&
				(s[at + 2] & 0xfe) == 0xa8))
			scan.odd_breaks = true;
		at += size;
	}
	scan.valid = at;
	return scan;
}
