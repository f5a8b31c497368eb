/*
 * A comparison as a page of HTML: the digest, then both texts in one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "html.h"

#include <stemma/text.h>

#include "html_page.h"

static void
say_ignored(struct stemma_out *out, unsigned ignored)
{
	const char *comma = "", *name;

	stemma_out_string(out, ",\"ignore\":[");
	for (unsigned flag = STEMMA_FOLD_CASE;
		(name = stemma_fold_name(flag)) != NULL; flag <<= 1) {
		if (!(ignored & flag))
			continue;
		stemma_out_format(out, "%s\"%s\"", comma, name);
		comma = ",";
	}
	stemma_out_char(out, ']');
}

static bool
is_told(const struct stemma_outline_options *stories)
{
	return stories && stories->stories != STEMMA_STORIES_AUTO;
}

/* Where stories start, by side, on pages of which somebody said so. */
static void
say_stories(struct stemma_out *out, const struct stemma_html *html,
	const struct stemma_compare_options *asked)
{
	if (!is_told(asked->stories[0]) && !is_told(asked->stories[1]))
		return;
	stemma_out_string(out, ",\"stories\":");
	for (int side = 0; side < 2; side++) {
		const struct stemma_outline *outline =
			&html->comparison->outlines[side];

		stemma_out_char(out, side ? ',' : '[');
		if (!is_told(asked->stories[side])) {
			stemma_out_string(out, "null");
			continue;
		}
		stemma_out_char(out, '[');
		for (size_t k = 0; k < outline->story_count; k++)
			stemma_out_format(out, k ? ",%u" : "%u",
				outline->stories[k].first);
		stemma_out_char(out, ']');
	}
	stemma_out_char(out, ']');
}

/* What the page was made with, for who wants to make it again. */
static void
say_settings(struct stemma_out *out, const struct stemma_html *html)
{
	static const struct stemma_compare_options nothing = {0};
	const struct stemma_compare_options *asked =
		html->options->asked ? html->options->asked : &nothing;

	stemma_out_string(out, ",\"unit\":\"");
	stemma_out_string(
		out, stemma_unit_type_name(
			     html->comparison->docs[STEMMA_NEW]->unit));
	stemma_out_char(out, '"');
	say_ignored(out, asked->ignore);
	if (asked->budget) {
		stemma_out_string(out, ",\"budget\":");
		stemma_out_number(out, asked->budget);
	}
	say_stories(out, html, asked);
	stemma_out_char(out, '\0');
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
	struct stemma_out settings = {0};
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
	say_settings(&settings, &html);
	code = stemma_out_finish(&settings);
	if (code == STEMMA_OK)
		stemma_page_end(out, "comparison", versions, readings, 2,
			settings.bytes, stemma_page_js);
	stemma_out_free(&settings);
	return code == STEMMA_OK ? out->code : code;
}
