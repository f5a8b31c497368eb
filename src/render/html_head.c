/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <stemma/text.h>

#include "base/sequence.h"
#include "html_page.h"
#include "html_text.h"
#include "summary.h"

/* Bytes of a title in a summary or over the page. */
#define EXCERPT 160

struct stemma_view
stemma_html_title(
	const struct stemma_comparison *comparison, enum stemma_side side)
{
	const struct stemma_outline *outline = &comparison->outlines[side];

	for (uint32_t u = 0; outline->kinds && u < outline->unit_count; u++)
		if (outline->kinds[u] == STEMMA_KIND_HEADLINE)
			return stemma_doc_unit(comparison->docs[side], u);
	return (struct stemma_view){NULL, 0};
}

/* A character's bytes; titles and names may be no UTF-8. */
static size_t
step(struct stemma_view text, size_t at)
{
	size_t size = stemma_utf8_sequence(text, at);

	return size ? size : 1;
}

static bool
is_utf8(struct stemma_view text)
{
	size_t at = 0, size;

	while (at < text.size) {
		size = stemma_utf8_sequence(text, at);
		if (!size)
			return false;
		at += size;
	}
	return true;
}

struct stemma_view
stemma_html_cut(struct stemma_view text)
{
	bool clean = is_utf8(text);
	size_t end = 0;

	if (text.size <= EXCERPT)
		return text;
	while (end < EXCERPT)
		end = clean ? stemma_grapheme_next(text, end)
			    : end + step(text, end);
	return (struct stemma_view){text.bytes, end};
}

void
stemma_html_excerpt(struct stemma_out *out, struct stemma_view text)
{
	struct stemma_view cut = stemma_html_cut(text);

	stemma_html_text(out, cut);
	if (cut.size < text.size)
		stemma_out_string(out, "…");
}

/* The page is called by its article, or by what is compared. */
static void
write_title(struct stemma_html *html)
{
	const char *name = html->options->names[STEMMA_NEW];
	struct stemma_view title =
		stemma_html_title(html->comparison, STEMMA_NEW);

	if (!title.size)
		title = stemma_view_of(name ? name : "Comparison");
	stemma_page_start(html->out, stemma_html_cut(title), stemma_page_css,
		stemma_page_js);
	stemma_out_string(html->out,
		"<header class=\"top cmp\">\n<h1 dir=auto lang=\"\">");
	stemma_html_excerpt(html->out, title);
	stemma_out_string(html->out, "</h1>\n<p class=sum>");
	stemma_summary_write(html->out, html->comparison);
	stemma_out_string(html->out, "</p>\n");
}

/* The link that a digest's line is about, as a place on the page. */
static void
write_target(const struct stemma_html *html, const struct stemma_link *link)
{
	enum stemma_side side =
		link->units[STEMMA_NEW].count ? STEMMA_NEW : STEMMA_OLD;

	stemma_html_anchor(html, side, link->units[side].first);
}

void
stemma_html_digest(const struct stemma_html *html)
{
	const struct stemma_comparison *comparison = html->comparison;
	struct stemma_out *out = html->out;

	stemma_out_string(out, "<ul class=digest>\n");
	for (size_t k = 0; k < comparison->digest_count; k++) {
		const struct stemma_digest_line *line = &comparison->digest[k];
		bool known = line->link != STEMMA_NO_LINK;

		stemma_out_string(out, "<li>");
		if (known) {
			stemma_out_string(out, "<a href=\"#");
			write_target(html, &comparison->links[line->link]);
			stemma_out_string(out, "\">");
		}
		stemma_out_string(out, "<bdi>");
		stemma_html_text(out, line->text);
		stemma_out_string(
			out, known ? "</bdi></a></li>\n" : "</bdi></li>\n");
	}
	stemma_out_string(out, "</ul>\n");
}

static void
write_names(struct stemma_html *html)
{
	static const char *const labels[] = {"from", "to"};
	struct stemma_out *out = html->out;

	stemma_out_string(out, "<dl class=names>\n");
	for (int side = 0; side < 2; side++) {
		const char *name = html->options->names[side];

		if (!name)
			continue;
		stemma_out_string(out, "<dt>");
		stemma_out_string(out, labels[side]);
		stemma_out_string(out, "</dt><dd><bdi>");
		stemma_html_text(out, stemma_view_of(name));
		stemma_out_string(out, "</bdi></dd>\n");
	}
	stemma_out_string(out,
		"</dl>\n<ul class=key aria-label=\"How changes are shown\">"
		"<li><ins>inserted</ins></li><li><del>deleted</del></li>"
		"<li class=kmv>moved</li><li class=kbr>split or merged"
		"</li></ul>\n</header>\n");
}

/* ---- filters ------------------------------------------------------------- */

static void
write_filter(struct stemma_out *out, const char *name, uint64_t count)
{
	if (count == 0)
		return;
	stemma_out_string(out, "<label><input type=checkbox checked name=");
	stemma_out_string(out, name);
	stemma_out_char(out, '>');
	stemma_out_string(out, name);
	stemma_out_string(out, "<span class=c>");
	stemma_out_number(out, count);
	stemma_out_string(out, "</span></label>");
}

static uint64_t
count_weight(const struct stemma_comparison *comparison, unsigned weight)
{
	uint64_t count = 0;

	for (size_t k = 0; k < comparison->link_count; k++)
		count += (comparison->links[k].weights & weight) != 0;
	return count;
}

static void
write_filters(struct stemma_html *html)
{
	const struct stemma_comparison *comparison = html->comparison;
	const struct stemma_stats *stats = &comparison->stats;
	struct stemma_out *out = html->out;

	stemma_out_string(out, "<details><summary>Filter</summary>"
			       "<div class=pop><fieldset><legend>Paragraphs"
			       "</legend>");
	for (int op = STEMMA_REFORMATTED; op < STEMMA_OP_COUNT; op++)
		write_filter(out, stemma_op_name((enum stemma_op)op),
			stats->units[op]);
	write_filter(out, "moved", stats->moved);
	stemma_out_string(out, "</fieldset><fieldset><legend>With changes of"
			       "</legend>");
	for (unsigned bit = 1; bit <= STEMMA_WEIGHT_ATTRIBUTION; bit <<= 1)
		write_filter(out, stemma_weight_name(bit),
			count_weight(comparison, bit));
	stemma_out_string(out,
		"</fieldset><fieldset><legend>Typography</legend><label>"
		"<input type=checkbox name=rf>show what was only reformatted"
		"</label></fieldset></div></details>");
}

static void
write_bar(struct stemma_html *html)
{
	static const char *const views[][2] = {{"inline", "Inline"},
		{"side", "Side by side"}, {"changes", "Changes only"},
		{"old", "Old"}, {"new", "New"}};
	struct stemma_out *out = html->out;

	stemma_out_string(
		out, "<nav class=bar aria-label=View><div><span class=seg>");
	for (size_t k = 0; k < sizeof views / sizeof *views; k++) {
		stemma_out_string(out, "<button type=button data-view=");
		stemma_out_string(out, views[k][0]);
		stemma_out_string(out,
			k ? " aria-pressed=false>" : " aria-pressed=true>");
		stemma_out_string(out, views[k][1]);
		stemma_out_string(out, "</button>");
	}
	stemma_out_string(out,
		"</span><span class=seg><button type=button data-go=-1 "
		"aria-label=\"Previous change\" title=\"previous change "
		"(p)\">←</button><output class=pos></output>"
		"<button type=button data-go=1 aria-label=\"Next change\" "
		"title=\"next change (n)\">→</button></span>");
	write_filters(html);
	stemma_out_string(out,
		"<button type=button data-help "
		"title=\"keys (?)\">Keys</button></div></nav>\n");
}

void
stemma_html_head(struct stemma_html *html)
{
	write_title(html);
	stemma_out_string(html->out, "<h2 id=digest>What matters most</h2>\n");
	stemma_html_digest(html);
	write_names(html);
	write_bar(html);
}

void
stemma_html_help(struct stemma_out *out, const struct stemma_html_key *keys)
{
	stemma_out_string(out, "<dialog aria-labelledby=keys><h2 id=keys>Keys"
			       "</h2><dl>");
	for (size_t k = 0; keys[k].name; k++) {
		stemma_out_string(out, "<dt><kbd>");
		stemma_out_string(out, keys[k].name);
		stemma_out_string(out, "</kbd></dt><dd>");
		stemma_out_string(out, keys[k].does);
		stemma_out_string(out, "</dd>");
	}
	stemma_out_string(out,
		"</dl><button type=button data-help>Close</button>"
		"</dialog>\n");
}
