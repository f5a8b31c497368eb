/*
 * A comparison as CSV (formats.md): a row for each link, and below it one for
 * each of its edits.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "csv_cell.h"

static const char head[] =
	"link,edit,op,moved,similarity,old_first,old_last,old_line,old_start,"
	"old_end,new_first,new_last,new_line,new_start,new_end,reformat,hidden,"
	"weight,old_text,new_text\r\n";

static void
number(struct stemma_out *out, uint64_t value)
{
	stemma_out_number(out, value);
	stemma_out_char(out, ',');
}

static void
flag(struct stemma_out *out, bool value)
{
	stemma_out_string(out, value ? "true," : "false,");
}

/* From 0 to 1 with four decimals and a full stop, whatever the locale; below 1
   never written as 1. */
static void
share(struct stemma_out *out, float value)
{
	unsigned parts = (unsigned)(value * 10000 + 0.5f);

	if (parts > 9999)
		parts = value < 1 ? 9999 : 10000;
	stemma_out_format(out, "%u.%04u", parts / 10000, parts % 10000);
}

/* Which units, and which bytes of the file; nothing where there are none. */
static void
place(struct stemma_out *out, const struct stemma_doc *doc,
	struct stemma_range units, struct stemma_span span, bool edit)
{
	if (units.count) {
		number(out, (uint64_t)units.first + 1);
		number(out, (uint64_t)units.first + units.count);
		number(out, doc->units[units.first].line);
	} else {
		stemma_out_string(out, ",,,");
	}
	if (units.count || edit) {
		number(out, stemma_doc_offset(doc, span.start));
		number(out, stemma_doc_offset(doc, span.end));
	} else {
		stemma_out_string(out, ",,");
	}
}

static void
write_weights(struct stemma_out *out, unsigned weights)
{
	const char *before = "";

	for (unsigned bit = 1; bit <= weights; bit <<= 1) {
		if (!(weights & bit))
			continue;
		stemma_out_string(out, before);
		stemma_out_string(out, stemma_weight_name(bit));
		before = " ";
	}
	stemma_out_char(out, ',');
}

static void
write_texts(struct stemma_out *out, const struct stemma_comparison *comparison,
	const struct stemma_span spans[2])
{
	for (int side = 0; side < 2; side++) {
		if (spans[side].end > spans[side].start)
			stemma_csv_text(out,
				stemma_view_cut(comparison->docs[side]->text,
					spans[side]));
		stemma_out_string(out, side ? "\r\n" : ",");
	}
}

/* A link, or one of its edits. */
static void
write_row(struct stemma_out *out, const struct stemma_comparison *comparison,
	const struct stemma_link *link, const struct stemma_change *change)
{
	struct stemma_span spans[2];

	for (int side = 0; side < 2; side++)
		spans[side] = change ? change->at[side]
				     : stemma_link_span(comparison, link,
					       (enum stemma_side)side);
	stemma_out_string(
		out, change ? stemma_change_op_name(
				      (enum stemma_change_op)change->op)
			    : stemma_op_name((enum stemma_op)link->op));
	stemma_out_char(out, ',');
	flag(out, link->moved);
	if (!change)
		share(out, link->similarity);
	stemma_out_char(out, ',');
	for (int side = 0; side < 2; side++)
		place(out, comparison->docs[side], link->units[side],
			spans[side], change != NULL);
	flag(out, change ? change->reformat : link->op == STEMMA_REFORMATTED);
	flag(out, change && change->hidden);
	write_weights(out, change ? change->weights : link->weights);
	write_texts(out, comparison, spans);
}

enum stemma_code
stemma_render_csv(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	(void)options;
	(void)scratch;
	stemma_out_string(out, head);
	for (size_t i = 0; i < comparison->link_count; i++) {
		const struct stemma_link *link = &comparison->links[i];

		number(out, (uint64_t)i + 1);
		stemma_out_char(out, ',');
		write_row(out, comparison, link, NULL);
		for (uint32_t k = 0; k < link->change_count; k++) {
			if (out->code != STEMMA_OK)
				return out->code;
			number(out, (uint64_t)i + 1);
			number(out, (uint64_t)k + 1);
			write_row(out, comparison, link,
				&comparison->changes[link->first_change + k]);
		}
	}
	return out->code;
}
