/* SPDX-License-Identifier: MIT */
#include <stemma/base.h>

/* Bytes of the UTF-8 sequence at `at` (Unicode table 3-7), 0 if invalid. */
static size_t
sequence(struct stemma_view view, size_t at)
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

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void
escape(struct stemma_out *out, unsigned char c)
{
	static const char short_forms[] = "btn?fr";

	stemma_out_char(out, '\\');
	if (c == '"' || c == '\\')
		stemma_out_char(out, (char)c);
	else if (c >= '\b' && c <= '\r' && c != '\v')
		stemma_out_char(out, short_forms[c - '\b']);
	else
		stemma_out_format(out, "u%04x", (unsigned)c);
}

void
stemma_out_json(struct stemma_out *out, struct stemma_view view)
{
	size_t at = 0;

	stemma_out_char(out, '"');
	while (at < view.size && out->code == STEMMA_OK) {
		size_t from = at, size;

		while (at < view.size &&
			is_plain((unsigned char)view.bytes[at]))
			at++;
		stemma_out_bytes(out, view.bytes + from, at - from);
		if (at == view.size)
			break;
		size = sequence(view, at);
		if (size > 1) {
			stemma_out_bytes(out, view.bytes + at, size);
			at += size;
		} else {
			if (size == 0)
				stemma_out_string(out, "\xef\xbf\xbd");
			else
				escape(out, (unsigned char)view.bytes[at]);
			at++;
		}
	}
	stemma_out_char(out, '"');
}
