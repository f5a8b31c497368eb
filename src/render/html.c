/*
 * A comparison as a page of HTML: the digest, then both texts in one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "html.h"

#include "html_page.h"

enum stemma_code
stemma_render_html(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	static const struct stemma_html_key keys[] = {{"n", "next change"},
		{"p", "previous change"},
		{"m", "the other place of what moved"}, {"v", "next view"},
		{"?", "these keys"}, {NULL, NULL}};
	struct stemma_html html = {.out = out,
		.comparison = comparison,
		.options = options,
		.prefix = ""};
	struct stemma_page_version versions[2] = {0};
	enum stemma_code code;

	for (int side = 0; side < 2; side++) {
		if (options->versions)
			versions[side] = options->versions[side];
		versions[side].name = options->names[side];
		versions[side].raw = comparison->docs[side]->raw;
		if (!versions[side].title.size)
			versions[side].title = stemma_html_title(
				comparison, (enum stemma_side)side);
	}
	stemma_html_head(&html);
	stemma_out_string(out, "<main id=text>\n");
	code = stemma_html_rows(&html, false, scratch);
	if (code != STEMMA_OK)
		return code;
	stemma_out_string(out,
		"<svg class=wires aria-hidden=true></svg>\n</main>\n"
		"<div class=strip aria-hidden=true></div>\n");
	stemma_html_help(out, keys);
	stemma_page_footer(out, versions, 2);
	stemma_page_end(out, "comparison", versions, 2, "", stemma_page_js);
	return out->code;
}
