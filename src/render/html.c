/*
 * A comparison as a page of HTML: the digest, then both texts in one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "html.h"

#include <stdio.h>

#include <stemma/text.h>

#include "html_page.h"

/* What the page was made with, for who wants to make it again. */
static void
say_settings(char *settings, size_t size, const struct stemma_html *html)
{
	const struct stemma_doc *doc = html->comparison->docs[STEMMA_NEW];
	int length = snprintf(settings, size, ",\"unit\":\"%s\",\"ignore\":[",
		stemma_unit_type_name(doc->unit));
	const char *comma = "", *name;

	for (unsigned flag = STEMMA_FOLD_CASE;
		(name = stemma_fold_name(flag)) != NULL; flag <<= 1) {
		if (!(html->options->ignore & flag))
			continue;
		length += snprintf(settings + length, size - (size_t)length,
			"%s\"%s\"", comma, name);
		comma = ",";
	}
	snprintf(settings + length, size - (size_t)length, "]");
}

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
	struct stemma_page_reading readings[2];
	char settings[128];
	enum stemma_code code;

	for (int side = 0; side < 2; side++) {
		if (options->versions)
			versions[side] = options->versions[side];
		readings[side].encoding = comparison->docs[side]->encoding;
		readings[side].layout =
			stemma_layout_name(comparison->docs[side]->layout);
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
	say_settings(settings, sizeof settings, &html);
	stemma_page_end(out, "comparison", versions, readings, 2, settings,
		stemma_page_js);
	return out->code;
}
