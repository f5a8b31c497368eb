/* SPDX-License-Identifier: MIT */
#include "xml.h"

#include <stemma/text.h>

#include "base/sequence.h"

#define UNKNOWN "\xef\xbf\xbd"

/* What a byte or sequence at `at` is written as; NULL: as it is. */
static const char *
replacement(struct stemma_view text, size_t at, size_t *size)
{
	unsigned char c = (unsigned char)text.bytes[at];

	*size = stemma_utf8_sequence(text, at);
	if (*size == 0) {
		*size = 1;
		return UNKNOWN;
	}
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
	case '\r':
		return " ";
	default:
		break;
	}
	/* U+FFFE and U+FFFF are EF BF BE and EF BF BF. */
	if (c < 0x20 ||
		(c == 0xef && (unsigned char)text.bytes[at + 1] == 0xbf &&
			(unsigned char)text.bytes[at + 2] >= 0xbe))
		return UNKNOWN;
	return NULL;
}

void
stemma_xml_write(struct stemma_out *out, struct stemma_view text)
{
	size_t from = 0, size;

	for (size_t at = 0; at < text.size; at += size) {
		const char *as = replacement(text, at, &size);

		if (!as)
			continue;
		stemma_out_bytes(out, text.bytes + from, at - from);
		stemma_out_string(out, as);
		from = at + size;
	}
	/* An empty text may have no bytes, and nothing may be added to NULL. */
	if (from < text.size)
		stemma_out_bytes(out, text.bytes + from, text.size - from);
}
