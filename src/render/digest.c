/* The digest alone, one thing a line. SPDX-License-Identifier: MIT */
#include <stemma/render.h>

enum stemma_code
stemma_render_digest(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	(void)options;
	(void)scratch;
	for (size_t k = 0; k < comparison->digest_count; k++) {
		stemma_out_visible(out, comparison->digest[k].text);
		stemma_out_char(out, '\n');
	}
	return out->code;
}
