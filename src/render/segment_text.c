/* A document as plain lines. SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "lines.h"

enum stemma_code
stemma_render_text(struct stemma_out *out, const struct stemma_doc *doc)
{
	for (size_t u = 0; u < doc->unit_count && out->code == STEMMA_OK; u++) {
		const struct stemma_line line = {
			.text = stemma_doc_unit(doc, u), .joined = true};

		if (u && doc->unit == STEMMA_UNIT_SENTENCE &&
			doc->units[u].paragraph != doc->units[u - 1].paragraph)
			stemma_out_char(out, '\n');
		stemma_line_write(out, &line);
		stemma_out_char(out, '\n');
	}
	return out->code;
}
