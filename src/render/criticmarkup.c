/* CriticMarkup, escaped as render.h says. SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "marked.h"

enum stemma_code
stemma_render_criticmarkup(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	static const struct stemma_marks marks = {.delete_open = "{--",
		.delete_close = "--}",
		.insert_open = "{++",
		.insert_close = "++}",
		.replace_open = "{~~",
		.replace_middle = "~>",
		.replace_close = "~~}",
		.comment_open = "{>>",
		.comment_close = "<<}",
		.critic = true};

	(void)options;
	return stemma_marked_write(out, comparison, &marks, scratch);
}
