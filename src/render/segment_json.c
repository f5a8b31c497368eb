/* stemma.segment/1 (formats.md). SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "outline_json.h"

enum stemma_code
stemma_render_segment_json(struct stemma_out *out, const struct stemma_doc *doc,
	const struct stemma_outline *outline,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};

	(void)scratch;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.segment/1");
	stemma_json_units(&json, doc, outline);
	stemma_json_stories(&json, outline);
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	return out->code;
}
