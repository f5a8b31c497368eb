/* SPDX-License-Identifier: MIT */
#include <stemma.h>

#include "trouble.h"

/*
 * The bytes of the UTF-8 sequence at the start of `text`, which is not empty,
 * or 0 if there is none (Unicode 15, table 3-7); sets `*point`.
 */
static size_t
decode(struct stemma_view text, uint32_t *point)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size, i;

	if (s[0] < 0x80) {
		*point = s[0];
		return 1;
	}
	size = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4 || size > text.size)
		return 0;
	*point = s[0] & (0x7fu >> size);
	for (i = 1; i < size; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (s[i] & 0x3f);
	}
	if (*point < smallest[size] || *point > 0x10ffff ||
		(*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return size;
}

/* Whether a character shows nothing itself but could change what is shown. */
static bool
deceives(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0xad, 0xad}, {0x61c, 0x61c}, {0x180e, 0x180e},
		{0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
		{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};
	size_t i;

	for (i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	}
	return false;
}

void
stemma_safe_write(struct stemma_out *out, struct stemma_view text)
{
	uint32_t point;
	size_t size;

	while (text.size) {
		size = decode(text, &point);
		if (size == 0)
			stemma_out_format(out, "<%02X>",
				(unsigned)(unsigned char)text.bytes[0]);
		else if (point < 0x20 || point == 0x7f)
			stemma_out_format(out, "^%c", (char)(point ^ 0x40));
		else if (point >= 0x80 && point < 0xa0)
			stemma_out_format(out, "<%02X>", (unsigned)point);
		else if (deceives(point))
			stemma_out_format(out, "<U+%04X>", (unsigned)point);
		else
			stemma_out_bytes(out, text.bytes, size);
		size += size == 0;
		text.bytes += size;
		text.size -= size;
	}
}
