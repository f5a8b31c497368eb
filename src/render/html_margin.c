/*
 * What stands beside a row: its number, which is its anchor, what happened to
 * it, and where else it stands or stood.
 *
 * SPDX-License-Identifier: MIT
 */
#include "html_margin.h"

/* ---- places -------------------------------------------------------------- */

/* "¶7", "¶7–9", "sentence 7" */
static void
write_place(struct stemma_html *html, struct stemma_range range)
{
	struct stemma_out *out = html->out;
	bool sentence = html->comparison->docs[STEMMA_NEW]->unit !=
			STEMMA_UNIT_PARAGRAPH;

	stemma_out_string(out, sentence ? "sentence " : "¶");
	stemma_out_number(out, (uint64_t)range.first + 1);
	if (range.count > 1) {
		stemma_out_string(out, "–");
		stemma_out_number(out, (uint64_t)range.first + range.count);
	}
}

void
stemma_html_anchor(
	const struct stemma_html *html, enum stemma_side side, uint32_t unit)
{
	struct stemma_out *out = html->out;

	stemma_out_string(out, html->prefix);
	stemma_out_char(out, side == STEMMA_OLD ? 'o' : 'n');
	stemma_out_number(out, (uint64_t)unit + 1);
}

/* What leads to a place: a link, or mere words where that may be left out. */
static void
open_link(const struct stemma_html *html, const char *class,
	enum stemma_side side, uint32_t unit, bool there)
{
	stemma_out_format(html->out,
		there ? "<a class=%s href=\"#" : "<span class=%s>", class);
	if (!there)
		return;
	stemma_html_anchor(html, side, unit);
	stemma_out_string(html->out, "\">");
}

void
stemma_html_pointer(struct stemma_html *html, const char *class,
	const char *words, enum stemma_side side, struct stemma_range range)
{
	open_link(html, class, side, range.first, !html->plain);
	stemma_out_string(html->out, words);
	write_place(html, range);
	stemma_out_string(html->out, html->plain ? "</span>" : "</a>");
}

/* ---- margins ------------------------------------------------------------- */

static void
write_number(struct stemma_html *html, const struct stemma_step *step)
{
	enum stemma_side side =
		step->kind == STEMMA_STEP_OLD ? STEMMA_OLD : STEMMA_NEW;

	open_link(html, "no", side, step->units[side].first, !html->plain);
	if (step->kind == STEMMA_STEP_BOTH &&
		step->units[STEMMA_OLD].first !=
			step->units[STEMMA_NEW].first) {
		write_place(html, step->units[STEMMA_OLD]);
		stemma_out_string(html->out, " → ");
	}
	write_place(html, step->units[side]);
	stemma_out_string(html->out, html->plain ? "</span>" : "</a>");
}

static void
write_weights(struct stemma_html *html, unsigned weights)
{
	const char *before = " <span class=w>";

	for (unsigned bit = 1; bit <= STEMMA_WEIGHT_ATTRIBUTION; bit <<= 1) {
		if (!(weights & bit))
			continue;
		stemma_out_string(html->out, before);
		stemma_out_string(html->out, stemma_weight_name(bit));
		before = ", ";
	}
	if (*before == ',')
		stemma_out_string(html->out, "</span>");
}

static void
write_twin(struct stemma_html *html, const char *words, uint32_t unit)
{
	/* Where changes alone are shown the twin may not be there. */
	bool there = !html->changes;

	stemma_out_char(html->out, ' ');
	open_link(html, "mv", STEMMA_NEW, unit, there);
	stemma_out_string(html->out, words);
	write_place(html, (struct stemma_range){unit, 1});
	stemma_out_string(html->out, there ? "</a>" : "</span>");
}

/* "repeats ¶7" at the later place, "again at ¶44" at the first. */
static void
write_twins(struct stemma_html *html, const struct stemma_step *step)
{
	uint32_t unit = step->units[STEMMA_NEW].first;
	const struct stemma_passage *twin;

	if (step->units[STEMMA_NEW].count != 1)
		return;
	twin = stemma_twin_of(html->comparison, unit);
	if (twin)
		write_twin(html,
			twin->kind == STEMMA_PASSAGE_VERBATIM
				? "repeats "
				: "nearly repeats ",
			twin->source.unit);
	if (html->again && html->again[unit])
		write_twin(html, "again at ", html->again[unit] - 1);
}

const char *
stemma_html_label(
	const struct stemma_html *html, const struct stemma_step *step)
{
	if (step->kind == STEMMA_STEP_OLD)
		return step->moved ? "moved" : "removed";
	if (!stemma_html_is_seen(html, step))
		return "unchanged";
	return stemma_op_name((enum stemma_op)step->link->op);
}

/* Where it went, for views that show it where it stood. */
static void
write_moves(struct stemma_html *html, const struct stemma_step *step)
{
	const struct stemma_link *move = step->moved ? step->link : NULL;

	if (!move || step->kind == STEMMA_STEP_BOTH)
		return;
	stemma_out_char(html->out, ' ');
	if (step->kind == STEMMA_STEP_OLD)
		stemma_html_pointer(html, "\"mv to\"", "moved to ", STEMMA_NEW,
			move->units[STEMMA_NEW]);
	else
		stemma_html_pointer(html, "mv", "moved from ", STEMMA_OLD,
			move->units[STEMMA_OLD]);
}

void
stemma_html_margin(struct stemma_html *html, const struct stemma_step *step)
{
	const char *label = stemma_html_label(html, step);
	struct stemma_out *out = html->out;
	bool gone = step->kind == STEMMA_STEP_OLD;

	stemma_out_string(out, html->plain ? "<p><small>" : "<div class=m>");
	write_number(html, step);
	if (*label != 'u' && !(gone && step->moved)) {
		stemma_out_string(out, " <span class=op>");
		stemma_out_string(out, label);
		stemma_out_string(out, "</span>");
	}
	if (step->link && !gone)
		write_weights(html, step->link->weights);
	/* In a feed the words that stand for the paragraph say it. */
	if (!(gone && html->plain))
		write_moves(html, step);
	if (step->link && !gone)
		write_twins(html, step);
	stemma_out_string(out, html->plain ? "</small></p>" : "</div>");
}
