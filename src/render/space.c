/* SPDX-License-Identifier: MIT */
#include "space.h"

static bool
is_ascii_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

size_t
stemma_space_at(struct stemma_view text, size_t at)
{
	const unsigned char *s;
	size_t left = text.size - at;

	if (left == 0)
		return 0;
	s = (const unsigned char *)text.bytes + at;
	if (s[0] < 0x80)
		return is_ascii_space(s[0]);
	if (s[0] == 0xc2 && left > 1)
		return s[1] == 0x85 || s[1] == 0xa0 ? 2 : 0;
	if (left < 3)
		return 0;
	if (s[0] == 0xe2 && s[1] == 0x80)
		return s[2] <= 0x8a || s[2] == 0xa8 || s[2] == 0xa9 ||
				       s[2] == 0xaf
			       ? 3
			       : 0;
	if ((s[0] == 0xe2 && s[1] == 0x81 && s[2] == 0x9f) ||
		(s[0] == 0xe1 && s[1] == 0x9a && s[2] == 0x80) ||
		(s[0] == 0xe3 && s[1] == 0x80 && s[2] == 0x80))
		return 3;
	return 0;
}

size_t
stemma_space_before(struct stemma_view text, size_t at)
{
	struct stemma_view head = {text.bytes, at};

	for (size_t size = 1; size <= 3 && size <= at; size++) {
		if (stemma_space_at(head, at - size) == size)
			return size;
	}
	return 0;
}

size_t
stemma_break_at(struct stemma_view text, size_t at)
{
	size_t size = stemma_space_at(text, at);

	if (size == 1) {
		if (text.bytes[at] == '\r' && at + 1 < text.size &&
			text.bytes[at + 1] == '\n')
			return 2;
		return text.bytes[at] != ' ' && text.bytes[at] != '\t';
	}
	if (size == 2)
		return (unsigned char)text.bytes[at + 1] == 0x85 ? 2 : 0;
	if (size == 3) {
		const unsigned char *s = (const unsigned char *)text.bytes + at;

		if (s[0] == 0xe2 && s[1] == 0x80 &&
			(s[2] == 0xa8 || s[2] == 0xa9))
			return 3;
	}
	return 0;
}

size_t
stemma_space_end(struct stemma_view text, size_t at)
{
	size_t size;

	while ((size = stemma_space_at(text, at)))
		at += size;
	return at;
}

size_t
stemma_word_end(struct stemma_view text, size_t at)
{
	for (; at < text.size; at++) {
		unsigned char c = (unsigned char)text.bytes[at];

		if ((c <= ' ' || c >= 0xc2) && stemma_space_at(text, at))
			break;
	}
	return at;
}
