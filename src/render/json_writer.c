/* SPDX-License-Identifier: MIT */
#include "json_writer.h"

void
stemma_json_line(struct stemma_json *json)
{
	stemma_json_put(json, "\n", 1);
	for (unsigned i = 0; i < json->depth; i++)
		stemma_json_put(json, "  ", 2);
}

void
stemma_json_string(struct stemma_json *json, struct stemma_view view)
{
	stemma_json_separate(json);
	stemma_json_flush(json);
	stemma_out_json(json->out, view);
}

void
stemma_json_share(struct stemma_json *json, float share)
{
	char digits[6] = "1.0";
	size_t size = 3;
	unsigned n = share > 0 ? (unsigned)((double)share * 10000 + .5) : 0;

	if (!(share >= 1)) {
		n = n > 9999 ? 9999 : n;
		digits[0] = '0';
		for (size = 5; size > 1; size--, n /= 10)
			digits[size] = (char)('0' + n % 10);
		digits[1] = '.';
		for (size = 6; size > 3 && digits[size - 1] == '0'; size--)
			;
	}
	stemma_json_separate(json);
	stemma_json_put(json, digits, size);
}
