/*
 * The page of a story: its timeline, any two of its revisions compared, the
 * newest text by age, and what each revision changed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "history.h"

#include <stdio.h>

#include "html.h"
#include "html_page.h"
#include "html_text.h"

unsigned
stemma_history_age(const struct stemma_history *history, uint32_t revision)
{
	uint32_t count = history->blame->revision;

	if (count < 2)
		return 0;
	return (unsigned)((uint64_t)(revision - 1) * (STEMMA_HISTORY_AGES - 1) /
			  (count - 1));
}

void
stemma_history_time(struct stemma_out *out,
	const struct stemma_history *history, uint32_t revision)
{
	const char *date = history->blame->revisions[revision - 1].date;

	stemma_out_format(out, "<time datetime=%s>%.10s %.5s</time>", date,
		date, date + 11);
}

static const struct stemma_page_version *
newest(const struct stemma_history *history)
{
	return &history->versions[history->blame->revision - 1];
}

/* ---- head ---------------------------------------------------------------- */

static void
write_title(struct stemma_out *out, const struct stemma_history *history)
{
	struct stemma_view title = newest(history)->title;
	unsigned long count = history->blame->revision;

	if (!title.size)
		title = history->blame->story;
	stemma_page_start(out, stemma_html_cut(title), stemma_history_css,
		stemma_history_js);
	stemma_out_string(out, "<header class=top>\n<h1 dir=auto lang=\"\">");
	stemma_html_excerpt(out, title);
	stemma_out_string(out, "</h1>\n<p class=sum>The story <bdi>");
	stemma_html_text(out, history->blame->story);
	stemma_out_format(out, "</bdi> in %lu revision%s</p>\n", count,
		count == 1 ? "" : "s");
}

static void
write_choice(struct stemma_out *out, const struct stemma_history *history,
	const char *name, const char *label, uint32_t first, uint32_t last)
{
	stemma_out_format(out, "<label>%s <select name=%s>", label, name);
	for (uint32_t k = first; k <= last; k++) {
		const char *date = history->blame->revisions[k - 1].date;

		stemma_out_format(out,
			"<option value=%lu>%lu · %.10s %.5s</option>",
			(unsigned long)k, (unsigned long)k, date, date + 11);
	}
	stemma_out_string(out, "</select></label>");
}

/* Filled by the script, which shows it. */
static void
write_panel(struct stemma_out *out, const struct stemma_history *history)
{
	uint32_t count = history->blame->revision;

	stemma_out_string(out,
		"<section id=compare aria-labelledby=compare-h hidden "
		"data-story=\"");
	stemma_html_plain(out, history->blame->story);
	stemma_out_string(out,
		"\"><h2 id=compare-h>Compare any two revisions</h2>\n"
		"<div class=pick>");
	write_choice(
		out, history, "from", "from (A)", 1, count ? count - 1 : 0);
	write_choice(out, history, "to", "to (B)", 2, count);
	stemma_out_string(out,
		"<button type=button data-step=-1 title=\"the revision before "
		"(←)\">← Earlier</button><button type=button data-step=1 "
		"title=\"the next revision (→)\">Later →</button><button "
		"type=button data-help title=\"keys (?)\">Keys</button></div>\n"
		"<p class=note aria-live=polite></p><ul class=\"digest got\">"
		"</ul><div class=rows></div></section>\n");
}

enum stemma_code
stemma_render_history_start(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch)
{
	write_title(out, history);
	stemma_history_timeline(out, history, scratch);
	stemma_out_string(out, "</header>\n<main id=text>\n");
	write_panel(out, history);
	stemma_history_text(out, history, scratch);
	stemma_out_string(out, "<section aria-labelledby=revs-h><h2 id=revs-h>"
			       "What each revision changed</h2>\n");
	return out->code;
}

/* ---- pairs --------------------------------------------------------------- */

/* The rows of a comparison, whose anchors begin with its revisions. */
static enum stemma_code
write_rows(struct stemma_html *html, struct stemma_arena *scratch)
{
	enum stemma_code code;

	stemma_out_string(html->out, "<div class=rows>\n");
	code = stemma_html_rows(html, true, scratch);
	stemma_out_string(html->out, "</div>");
	return code;
}

/* What a revision changed, as it was told when it came. */
static void
write_told(struct stemma_out *out, const struct stemma_history_change *change)
{
	stemma_out_string(out, "<ul class=digest>\n");
	for (size_t k = 0; k < change->line_count; k++) {
		stemma_out_string(out, "<li><bdi>");
		stemma_html_text(out, change->lines[k]);
		stemma_out_string(out, "</bdi></li>\n");
	}
	stemma_out_string(out, "</ul>\n");
}

static void
open_revision(struct stemma_out *out, const struct stemma_history *history,
	uint32_t number)
{
	const struct stemma_page_version *version =
		&history->versions[number - 1];
	const struct stemma_page_version *before =
		number > 1 ? version - 1 : NULL;

	stemma_out_format(out,
		"<section class=rev id=r%lu aria-labelledby=r%lu-h><h3 "
		"id=r%lu-h><a href=\"#r%lu\">Revision %lu</a> ",
		(unsigned long)number, (unsigned long)number,
		(unsigned long)number, (unsigned long)number,
		(unsigned long)number);
	stemma_history_time(out, history, number);
	stemma_out_string(out, "</h3>\n");
	if (version->title.size &&
		!(before && stemma_view_equal(before->title, version->title))) {
		stemma_out_string(out, "<p class=src><bdi lang=\"\">");
		stemma_html_text(out, version->title);
		stemma_out_string(out, "</bdi></p>\n");
	}
	if (version->source.size &&
		!(before &&
			stemma_view_equal(before->source, version->source))) {
		stemma_out_string(out, "<p class=src><bdi>");
		stemma_html_text(out, version->source);
		stemma_out_string(out, "</bdi></p>\n");
	}
}

enum stemma_code
stemma_render_history_pair(struct stemma_out *out,
	const struct stemma_history *history, uint32_t old, uint32_t new,
	const struct stemma_comparison *comparison,
	struct stemma_arena *scratch)
{
	char prefix[32];
	struct stemma_html html = {
		.out = out, .comparison = comparison, .prefix = prefix};
	enum stemma_code code = STEMMA_OK;

	snprintf(prefix, sizeof prefix, "%lu-%lu.", (unsigned long)old,
		(unsigned long)new);
	if (new != old + 1) {
		stemma_out_format(out, "<template id=p%lu-%lu>",
			(unsigned long)old, (unsigned long)new);
		stemma_html_digest(&html);
		code = write_rows(&html, scratch);
		stemma_out_string(out, "</template>\n");
		return code == STEMMA_OK ? out->code : code;
	}
	open_revision(out, history, new);
	if (!comparison) {
		write_told(out, &history->changes[new - 1]);
	} else {
		stemma_html_digest(&html);
		stemma_out_format(out,
			"<details id=p%lu-%lu><summary>The changes in the text"
			"</summary>\n",
			(unsigned long)old, (unsigned long)new);
		code = write_rows(&html, scratch);
		stemma_out_string(out, "</details>");
	}
	stemma_out_string(out, "</section>\n");
	return code == STEMMA_OK ? out->code : code;
}

/* ---- end ----------------------------------------------------------------- */

enum stemma_code
stemma_render_history_end(struct stemma_out *out,
	const struct stemma_history *history, uint64_t left_out)
{
	static const struct stemma_html_key keys[] = {
		{"→", "the next revision"}, {"←", "the one before"},
		{"Shift →", "start later"}, {"Shift ←", "start earlier"},
		{"n", "next change"}, {"p", "previous change"},
		{"m", "the other place of what moved"}, {"?", "these keys"},
		{NULL, NULL}};
	char settings[128];

	open_revision(out, history, 1);
	stemma_out_string(out, "<p class=src>The first one.</p></section>\n");
	if (left_out)
		stemma_out_format(out,
			"<p class=note>Left out, so that the page stays small: "
			"%llu pair%s of revisions. <code>stemma compare</code> "
			"shows them.</p>\n",
			(unsigned long long)left_out, left_out == 1 ? "" : "s");
	stemma_out_string(out, "</section>\n</main>\n");
	stemma_html_help(out, keys);
	stemma_page_footer(out, history->versions, history->blame->revision);
	snprintf(settings, sizeof settings, ",\"limit\":%llu%s%.40s%s",
		(unsigned long long)history->limit,
		history->until ? ",\"until\":\"" : "",
		history->until ? history->until : "",
		history->until ? "\"" : "");
	stemma_page_end(out, "history", history->versions, NULL,
		history->blame->revision, settings, stemma_history_js);
	return out->code;
}
