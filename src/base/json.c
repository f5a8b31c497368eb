/* SPDX-License-Identifier: MIT */
#include <stemma/base.h>

#include "base/sequence.h"

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
		size = stemma_utf8_sequence(view, at);
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
