/*
 * A row of HTML for each paragraph, which is cut, folded and put into columns by
 * the page's style and script alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "html.h"

#include "html_flow.h"
#include "html_margin.h"
#include "html_text.h"
#include "summary.h"

/* Rows in a group, and how many rows are worth it. */
#define GROUP 24
#define LARGE 240

/* ---- rows ---------------------------------------------------------------- */

bool
stemma_html_is_seen(
	const struct stemma_html *html, const struct stemma_step *step)
{
	if (step->kind == STEMMA_STEP_OLD || !step->link)
		return true;
	return step->link->op != STEMMA_UNCHANGED &&
	       (step->link->op != STEMMA_EDITED ||
		       stemma_link_is_seen(html->comparison, step->link));
}

static void
open_row(struct stemma_html *html, const struct stemma_step *step)
{
	struct stemma_out *out = html->out;
	const struct stemma_link *link = step->link;
	bool gone = step->kind == STEMMA_STEP_OLD;

	if (html->plain) {
		stemma_out_string(out, "<div>");
		return;
	}
	stemma_out_string(out, "<div class=r data-op=");
	stemma_out_string(out, gone && step->moved
				       ? "unchanged"
				       : stemma_html_label(html, step));
	if (gone) {
		stemma_out_string(out, " data-side=old id=");
		stemma_html_anchor(
			html, STEMMA_OLD, step->units[STEMMA_OLD].first);
	} else if (step->kind == STEMMA_STEP_NEW) {
		stemma_out_string(out, " data-side=new");
	}
	if (step->moved) {
		enum stemma_side other = gone ? STEMMA_NEW : STEMMA_OLD;

		stemma_out_string(out, " data-moved data-m=");
		stemma_html_anchor(html, other, link->units[other].first);
	}
	if (link && !gone && link->weights) {
		stemma_out_string(out, " data-w=\"");
		for (unsigned bit = 1; bit <= STEMMA_WEIGHT_ATTRIBUTION;
			bit <<= 1) {
			if (!(link->weights & bit))
				continue;
			stemma_out_string(out, stemma_weight_name(bit));
			stemma_out_char(out, ' ');
		}
		stemma_out_char(out, '"');
	}
	stemma_out_char(out, '>');
}

static void
write_row(struct stemma_html *html, const struct stemma_step *step)
{
	struct stemma_out *out = html->out;

	open_row(html, step);
	stemma_html_margin(html, step);
	stemma_out_string(out, "<div class=t>");
	if (step->kind == STEMMA_STEP_OLD && step->moved) {
		stemma_out_string(out, "<p class=ghost>");
		stemma_html_pointer(html, "mv", "moved to ", STEMMA_NEW,
			step->link->units[STEMMA_NEW]);
		stemma_out_string(out, "</p>");
		if (!html->changes)
			stemma_html_units(html, STEMMA_OLD,
				step->units[STEMMA_OLD], STEMMA_HTML_COPY);
	} else if (step->kind == STEMMA_STEP_OLD) {
		stemma_html_units(html, STEMMA_OLD, step->units[STEMMA_OLD],
			STEMMA_HTML_DELETED);
	} else if (step->link->op == STEMMA_ADDED) {
		stemma_html_units(html, STEMMA_NEW, step->units[STEMMA_NEW],
			STEMMA_HTML_INSERTED);
	} else {
		stemma_html_both(html, step->link);
	}
	stemma_out_string(out, "</div></div>\n");
}

/* ---- stories that came or went ------------------------------------------- */

static void
open_story(struct stemma_html *html, const struct stemma_step *step,
	const struct stemma_story_link *story)
{
	enum stemma_side side =
		step->kind == STEMMA_STEP_OLD ? STEMMA_OLD : STEMMA_NEW;
	const struct stemma_story *place =
		&html->comparison->outlines[side].stories[story->story[side]];
	struct stemma_out *out = html->out;

	stemma_out_string(out, "<details class=\"st ");
	stemma_out_string(out, side == STEMMA_OLD ? "removed" : "added");
	stemma_out_string(out, "\"><summary><b>");
	stemma_out_string(out, stemma_fold_words(story, side));
	stemma_out_string(out, "</b>, ");
	stemma_summary_units(out, html->comparison,
		(uint64_t)place->last - place->first + 1);
	stemma_out_string(out, ": <bdi lang=\"\">");
	stemma_html_excerpt(
		out, stemma_doc_unit(html->comparison->docs[side],
			     stemma_fold_title(&html->folds, story, side)));
	stemma_out_string(out, "</bdi></summary><div class=in>\n");
}

/* Many rows stand in groups, so that a browser can leave out of its work what
   is not in sight: a row each would be too many things to watch. */
static void
close_group(struct stemma_html *html)
{
	if (html->grouped)
		stemma_out_string(html->out, "</div>\n");
	html->grouped = 0;
}

static void
open_group(struct stemma_html *html)
{
	if (!html->large)
		return;
	if (html->grouped == GROUP)
		close_group(html);
	if (!html->grouped)
		stemma_out_string(html->out, "<div class=g>\n");
	html->grouped++;
}

static void
close_story(struct stemma_html *html)
{
	close_group(html);
	if (html->story)
		stemma_out_string(html->out, "</div></details>\n");
	html->story = NULL;
}

/* Rows that are the same are counted where only changes are shown. */
static void
write_fold(struct stemma_html *html)
{
	if (html->same == 0)
		return;
	stemma_out_string(
		html->out, html->plain ? "<p><small>… " : "<p class=fold>… ");
	stemma_summary_units(html->out, html->comparison, html->same);
	stemma_out_string(html->out,
		html->plain ? " unchanged</small></p>\n" : " unchanged</p>\n");
	html->same = 0;
}

static void
write_step(struct stemma_html *html, const struct stemma_step *step, bool idle)
{
	const struct stemma_story_link *story =
		stemma_fold_of(&html->folds, step);

	if (story != html->story) {
		write_fold(html);
		close_story(html);
		if (story)
			open_story(html, step, story);
		html->story = story;
	}
	if (step->kind == STEMMA_STEP_BOTH && !stemma_html_is_seen(html, step))
		html->same += step->units[STEMMA_NEW].count;
	else
		write_fold(html);
	if (idle)
		return;
	open_group(html);
	write_row(html, step);
}

/* ---- all of them --------------------------------------------------------- */

/* Where each unit of the new document is repeated first, from 1; NULL where
   nothing is. False without memory. */
static bool
find_again(struct stemma_html *html, struct stemma_arena *arena)
{
	const struct stemma_comparison *comparison = html->comparison;
	const struct stemma_reuse *reuse = &comparison->reuse;

	if (!reuse->passage_count)
		return true;
	html->again = stemma_arena_zalloc(arena,
		comparison->docs[STEMMA_NEW]->unit_count, sizeof *html->again);
	for (size_t k = 0; html->again && k < reuse->passage_count; k++) {
		const struct stemma_passage *passage = &reuse->passages[k];
		uint32_t target = passage->target.unit;

		if (!html->again[passage->source.unit] &&
			stemma_twin_of(comparison, target) == passage)
			html->again[passage->source.unit] = target + 1;
	}
	return html->again != NULL;
}

/* What is left out where changes alone are asked for: rows that say nothing of
   a change. */
static bool
is_idle(const struct stemma_html *html, const struct stemma_step *step)
{
	return step->kind == STEMMA_STEP_BOTH &&
	       !stemma_html_is_seen(html, step);
}

/* Rows of a page, or of its changes alone. */
static uint64_t
count_rows(const struct stemma_comparison *comparison, bool changes)
{
	const struct stemma_stats *stats = &comparison->stats;

	return comparison->link_count + stats->moved -
	       (changes ? stats->units[STEMMA_UNCHANGED] : 0);
}

enum stemma_code
stemma_html_rows(
	struct stemma_html *html, bool changes, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_walk walk;
	struct stemma_step step;

	html->changes = changes;
	html->large =
		!html->plain && count_rows(html->comparison, changes) >= LARGE;
	if (stemma_walk_start(&walk, html->comparison, scratch) != STEMMA_OK ||
		!stemma_folds_start(&html->folds, html->comparison, scratch) ||
		!find_again(html, scratch))
		return stemma_walk_fail(html->out, scratch, mark);
	while (html->out->code == STEMMA_OK && stemma_walk_next(&walk, &step))
		write_step(html, &step, changes && is_idle(html, &step));
	write_fold(html);
	close_story(html);
	html->again = NULL;
	stemma_arena_rewind(scratch, mark);
	return html->out->code;
}
