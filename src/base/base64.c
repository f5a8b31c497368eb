/* SPDX-License-Identifier: MIT */
#include "base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
stemma_base64_write(struct stemma_out *out, struct stemma_view bytes)
{
	for (size_t at = 0; at < bytes.size && out->code == STEMMA_OK;
		at += 3) {
		size_t size = bytes.size - at < 3 ? bytes.size - at : 3;
		char four[4] = {'=', '=', '=', '='};
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (k < size ? (unsigned char)bytes.bytes[at + k]
					 : 0);
		for (size_t k = 0; k <= size; k++)
			four[k] = digits[bits >> (18 - 6 * k) & 63];
		stemma_out_bytes(out, four, sizeof four);
	}
}

/* The value of a digit, or 64. */
static uint32_t
value_of(char c)
{
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (uint32_t)(found - digits) : 64;
}

bool
stemma_base64_read(struct stemma_view *bytes, struct stemma_view text,
	struct stemma_arena *arena, bool *nomem)
{
	size_t size = text.size, padding = 0, written = 0;
	char *to;

	*nomem = false;
	if (size % 4)
		return false;
	while (padding < 2 && padding < size &&
		text.bytes[size - 1 - padding] == '=')
		padding++;
	to = stemma_arena_alloc(arena, size / 4, 3);
	if (!to) {
		*nomem = true;
		return false;
	}
	for (size_t at = 0; at < size; at += 4) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 4; k++) {
			uint32_t value = at + k < size - padding
						 ? value_of(text.bytes[at + k])
						 : 0;

			if (value > 63)
				return false;
			bits = bits << 6 | value;
		}
		for (int shift = 16; shift >= 0; shift -= 8)
			to[written++] = (char)(bits >> shift & 255);
	}
	*bytes = (struct stemma_view){to, written - padding};
	return true;
}
