/*
 * sequence.h - where bytes are UTF-8 and where they are not.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_BASE_SEQUENCE_H
#define STEMMA_BASE_SEQUENCE_H

#include <stemma/base.h>

/*
 * How many bytes from `at` on, which is below view.size, make one valid
 * sequence (Unicode 15, table 3-7); 0 if none does.
 */
static inline size_t
stemma_utf8_sequence(struct stemma_view view, size_t at)
{
	const unsigned char *s = (const unsigned char *)view.bytes + at;
	size_t left = view.size - at;
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

#endif
