/* SPDX-License-Identifier: MIT */
#include "show.h"

#include <string.h>

#include "base/sequence.h"

static const char hex_digits[] = "0123456789ABCDEF";

/* Bidi controls, and what ends a line besides the C0 and C1 controls. */
static bool
is_format_control(uint32_t c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x206f);
}

bool
stemma_show_control(char form[STEMMA_SHOW_SIZE], size_t *size, uint32_t c)
{
	size_t at = 0;

	if (c < 0x20 || c == 0x7f) {
		form[at++] = '^';
		form[at++] = (char)(c ^ 0x40);
	} else if (c >= 0x80 && c < 0xa0) {
		form[at++] = '<';
		form[at++] = hex_digits[c >> 4];
		form[at++] = hex_digits[c & 15];
		form[at++] = '>';
	} else if (is_format_control(c)) {
		memcpy(form, "<U+", 3);
		at = 3;
		for (int shift = 12; shift >= 0; shift -= 4)
			form[at++] = hex_digits[c >> shift & 15];
		form[at++] = '>';
	}
	*size = at;
	return at > 0;
}

/* The code point of the sequence of `size` bytes at `s`. */
static uint32_t
decode(const unsigned char *s, size_t size)
{
	uint32_t c = size == 1 ? s[0] : s[0] & (0x7fu >> size);

	for (size_t k = 1; k < size; k++)
		c = c << 6 | (s[k] & 0x3fu);
	return c;
}

/* How many bytes from `at` on are ASCII that is shown as it is. */
static size_t
plain_run(struct stemma_view view, size_t at)
{
	size_t end = at;

	while (end < view.size && view.bytes[end] >= 0x20 &&
		view.bytes[end] < 0x7f)
		end++;
	return end - at;
}

void
stemma_out_visible(struct stemma_out *out, struct stemma_view view)
{
	const unsigned char *bytes = (const unsigned char *)view.bytes;
	char form[STEMMA_SHOW_SIZE];
	size_t size, form_size;

	for (size_t at = 0; at < view.size; at += size) {
		size = plain_run(view, at);
		if (size) {
			stemma_out_bytes(out, view.bytes + at, size);
			continue;
		}
		size = stemma_utf8_sequence(view, at);
		if (size == 0) {
			stemma_out_char(out, '<');
			stemma_out_char(out, hex_digits[bytes[at] >> 4]);
			stemma_out_char(out, hex_digits[bytes[at] & 15]);
			stemma_out_char(out, '>');
			size = 1;
		} else if (stemma_show_control(form, &form_size,
				   decode(bytes + at, size))) {
			stemma_out_bytes(out, form, form_size);
		} else {
			stemma_out_bytes(out, view.bytes + at, size);
		}
	}
}
