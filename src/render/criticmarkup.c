/* CriticMarkup, escaped as render.h says. SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "base/base64.h"
#include "marked.h"

/*
 * The bytes of a file that are not those of its text, in a comment. It says
 * which text they belong to, so that whoever accepts or rejects edits by hand
 * does not get back what he had before.
 */
static void
write_bytes(struct stemma_out *out, const struct stemma_doc *doc, bool new)
{
	char sha256[65];

	/* The text lies in the file, with a byte order mark before it or not. */
	if (!doc->segments)
		return;
	stemma_sha256_hex(sha256, doc->text);
	stemma_out_string(out, "{>>stemma:");
	stemma_out_string(out, new ? "new sha256=" : "old sha256=");
	stemma_out_string(out, sha256);
	stemma_out_string(out, " base64=");
	stemma_base64_write(out, doc->raw);
	stemma_out_string(out, "<<}");
}

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
	if (stemma_marked_write(out, comparison, &marks, scratch) != STEMMA_OK)
		return out->code;
	for (int side = 0; side < 2; side++)
		write_bytes(out, comparison->docs[side], side == STEMMA_NEW);
	return out->code;
}
