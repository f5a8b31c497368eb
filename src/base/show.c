/* SPDX-License-Identifier: MIT */
#include "show.h"

#include <string.h>

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

/* Decode the sequence at `at`; false (and one byte) for what is not UTF-8. */
static bool
decode(uint32_t *c, size_t *size, struct stemma_view bytes, size_t at)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *s = (const unsigned char *)bytes.bytes + at;
	size_t count = s[0] < 0x80   ? 1
		       : s[0] < 0xc0 ? 0
		       : s[0] < 0xe0 ? 2
		       : s[0] < 0xf0 ? 3
		       : s[0] < 0xf8 ? 4
				     : 0;

	*size = 1;
	if (count == 0 || count > bytes.size - at)
		return false;
	*c = count == 1 ? s[0] : s[0] & (0x7fu >> count);
	for (size_t k = 1; k < count; k++) {
		if ((s[k] & 0xc0) != 0x80)
			return false;
		*c = *c << 6 | (s[k] & 0x3f);
	}
	if (*c < least[count] || *c > 0x10ffff || (*c & 0xfffff800) == 0xd800)
		return false;
	*size = count;
	return true;
}

void
stemma_out_visible(struct stemma_out *out, struct stemma_view bytes)
{
	size_t size;

	for (size_t at = 0; at < bytes.size; at += size) {
		char form[STEMMA_SHOW_SIZE];
		size_t form_size;
		uint32_t c;

		if (!decode(&c, &size, bytes, at)) {
			unsigned char byte = (unsigned char)bytes.bytes[at];

			stemma_out_char(out, '<');
			stemma_out_char(out, hex_digits[byte >> 4]);
			stemma_out_char(out, hex_digits[byte & 15]);
			stemma_out_char(out, '>');
		} else if (stemma_show_control(form, &form_size, c)) {
			stemma_out_bytes(out, form, form_size);
		} else {
			stemma_out_bytes(out, bytes.bytes + at, size);
		}
	}
}
