/* SPDX-License-Identifier: MIT */
#include "csv_cell.h"

#include <string.h>

#include "space.h"

/* Signs that start a formula somewhere, and the wide forms that become them. */
static bool
is_risky(struct stemma_view text)
{
	static const char *const signs[] = {
		"=", "+", "-", "@", "'", "＝", "＋", "－", "＠"};
	size_t at = stemma_space_end(text, 0);

	if (text.size && memchr("\t\r\n", text.bytes[0], 3))
		return true;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t size = strlen(signs[i]);

		if (text.size - at >= size &&
			memcmp(text.bytes + at, signs[i], size) == 0)
			return true;
	}
	return false;
}

void
stemma_csv_text(struct stemma_out *out, struct stemma_view text)
{
	size_t from = 0;

	stemma_out_char(out, '"');
	if (is_risky(text))
		stemma_out_char(out, '\'');
	for (size_t at = 0; at < text.size; at++) {
		char c = text.bytes[at];

		if (c != '"' && c != '\0')
			continue;
		stemma_out_bytes(out, text.bytes + from, at - from);
		stemma_out_string(out, c == '"' ? "\"\"" : "\xef\xbf\xbd");
		from = at + 1;
	}
	stemma_out_bytes(out, text.bytes + from, text.size - from);
	stemma_out_char(out, '"');
}
