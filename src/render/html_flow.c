/* SPDX-License-Identifier: MIT */
#include "html_flow.h"

#include "html_text.h"
#include "parts.h"

struct flow {
	const struct stemma_html *html;
	struct stemma_out *out;
	const struct stemma_comparison *comparison;
	const struct stemma_link *link;
	size_t at[2];     /* by side: up to where the text is written */
	uint32_t unit[2]; /* and the unit that is in */
	const char *open; /* the element that is open, or NULL */
};

static const char *
kind_name(const struct stemma_comparison *comparison, enum stemma_side side,
	uint32_t unit)
{
	const uint8_t *kinds = comparison->outlines[side].kinds;
	enum stemma_kind kind =
		kinds ? (enum stemma_kind)kinds[unit] : STEMMA_KIND_BODY;

	return kind == STEMMA_KIND_BODY ? NULL : stemma_kind_name(kind);
}

/* The language of the text is nobody's to say: not the page's. */
static void
open_paragraph(const struct stemma_html *html, enum stemma_side side,
	uint32_t unit, bool copy)
{
	const char *kind = kind_name(html->comparison, side, unit);
	struct stemma_out *out = html->out;

	stemma_out_string(out, "<p dir=auto lang=\"\"");
	if (side == STEMMA_NEW && !html->plain) {
		stemma_out_string(out, " id=");
		stemma_html_anchor(html, STEMMA_NEW, unit);
	}
	if (kind || copy) {
		stemma_out_string(out, " class=\"");
		stemma_out_string(out, copy ? "cp " : "");
		stemma_out_string(out, kind ? kind : "");
		stemma_out_char(out, '"');
	}
	stemma_out_char(out, '>');
}

static void
close_element(struct flow *flow)
{
	if (!flow->open)
		return;
	stemma_out_string(flow->out, "</");
	stemma_out_bytes(flow->out, flow->open, 3);
	stemma_out_char(flow->out, '>');
	flow->open = NULL;
}

static uint32_t
last_unit(const struct flow *flow, int side)
{
	const struct stemma_range *range = &flow->link->units[side];

	return range->first + range->count - 1;
}

/* Where a unit ends and the next begins: a paragraph on the new side, a mark
   where only the old one has it. */
static void
pass_units(struct flow *flow, bool on_old, bool on_new)
{
	bool broken = false;

	for (int side = STEMMA_NEW; side >= STEMMA_OLD; side--) {
		const struct stemma_unit *units =
			flow->comparison->docs[side]->units;

		if (!(side == STEMMA_NEW ? on_new : on_old))
			continue;
		while (flow->unit[side] < last_unit(flow, side) &&
			flow->at[side] >= units[flow->unit[side] + 1].start) {
			flow->unit[side]++;
			if (side == STEMMA_OLD) {
				if (!broken)
					stemma_out_string(flow->out,
						"<span class=pb>¶</span>");
				continue;
			}
			close_element(flow);
			stemma_out_string(flow->out, "</p>");
			open_paragraph(flow->html, STEMMA_NEW, flow->unit[side],
				false);
			broken = true;
		}
	}
}

/* How many of `size` bytes come before a unit ends or begins on that side;
   `*gap`: they stand between units. */
static size_t
stretch_of(const struct flow *flow, int side, size_t size, bool *gap)
{
	const struct stemma_unit *units = flow->comparison->docs[side]->units;
	uint32_t unit = flow->unit[side];
	size_t at = flow->at[side], end = units[unit].end;

	*gap = false;
	if (unit >= last_unit(flow, side))
		return size;
	if (at >= end) {
		*gap = true;
		end = units[unit + 1].start;
	}
	return end - at < size ? end - at : size;
}

/* Text of one side or of both, in the element that is named, if any. */
static void
write_piece(struct flow *flow, struct stemma_view text, bool on_old,
	bool on_new, const char *element, const char *attributes)
{
	while (text.size) {
		bool gaps[2] = {false, false};
		size_t size;

		pass_units(flow, on_old, on_new);
		size = text.size;
		if (on_old)
			size = stretch_of(flow, STEMMA_OLD, size, &gaps[0]);
		if (on_new)
			size = stretch_of(flow, STEMMA_NEW, size, &gaps[1]);
		if (!(on_new ? gaps[STEMMA_NEW] : gaps[STEMMA_OLD])) {
			if (element && !flow->open) {
				stemma_out_char(flow->out, '<');
				stemma_out_string(flow->out, element);
				stemma_out_string(flow->out, attributes);
				stemma_out_char(flow->out, '>');
				flow->open = element;
			}
			stemma_html_text(flow->out,
				(struct stemma_view){text.bytes, size});
		}
		flow->at[STEMMA_OLD] += on_old ? size : 0;
		flow->at[STEMMA_NEW] += on_new ? size : 0;
		text.bytes += size;
		text.size -= size;
	}
	close_element(flow);
}

static void
write_differing(struct flow *flow, struct stemma_view old,
	struct stemma_view new, const char *attributes)
{
	write_piece(flow, old, true, false, "del", attributes);
	/* What style sets apart elsewhere. */
	if (flow->html->plain && old.size && new.size)
		stemma_out_char(flow->out, ' ');
	write_piece(flow, new, false, true, "ins", attributes);
}

/* What no change covers, up to a place on each side. */
static void
write_same(struct flow *flow, const size_t ends[2])
{
	struct stemma_parts parts = {.same = {NULL, 0}};

	for (int side = 0; side < 2; side++)
		parts.rest[side] = stemma_view_cut(
			flow->comparison->docs[side]->text,
			(struct stemma_span){flow->at[side], ends[side]});
	while (stemma_parts_next(&parts)) {
		write_piece(flow, parts.same, true, true, NULL, "");
		write_differing(flow, parts.differ[STEMMA_OLD],
			parts.differ[STEMMA_NEW], " class=rf");
	}
}

void
stemma_html_both(const struct stemma_html *html, const struct stemma_link *link)
{
	const struct stemma_comparison *comparison = html->comparison;
	struct flow flow = {.html = html,
		.out = html->out,
		.comparison = comparison,
		.link = link};
	struct stemma_span spans[2];

	for (int side = 0; side < 2; side++) {
		spans[side] = stemma_link_span(
			comparison, link, (enum stemma_side)side);
		flow.at[side] = spans[side].start;
		flow.unit[side] = link->units[side].first;
	}
	open_paragraph(html, STEMMA_NEW, flow.unit[STEMMA_NEW], false);
	for (uint32_t k = 0; k < link->change_count; k++) {
		const struct stemma_change *change =
			&comparison->changes[link->first_change + k];
		struct stemma_view texts[2];

		for (int side = 0; side < 2; side++)
			texts[side] = stemma_view_cut(
				comparison->docs[side]->text, change->at[side]);
		write_same(&flow, (size_t[2]){change->at[STEMMA_OLD].start,
					  change->at[STEMMA_NEW].start});
		write_differing(&flow, texts[STEMMA_OLD], texts[STEMMA_NEW],
			change->reformat || change->hidden ? " class=rf" : "");
	}
	write_same(&flow,
		(size_t[2]){spans[STEMMA_OLD].end, spans[STEMMA_NEW].end});
	stemma_out_string(html->out, "</p>");
}

void
stemma_html_units(const struct stemma_html *html, enum stemma_side side,
	struct stemma_range units, enum stemma_html_side how)
{
	struct stemma_out *out = html->out;
	static const char *const open[] = {"", "<ins>", "<del>", ""};
	static const char *const close[] = {"", "</ins>", "</del>", ""};

	for (uint32_t u = units.first; u < units.first + units.count; u++) {
		open_paragraph(html, side, u, how == STEMMA_HTML_COPY);
		stemma_out_string(out, open[how]);
		stemma_html_text(
			out, stemma_doc_unit(html->comparison->docs[side], u));
		stemma_out_string(out, close[how]);
		stemma_out_string(out, "</p>");
	}
}
