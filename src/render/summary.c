/* SPDX-License-Identifier: MIT */
#include "summary.h"

void
stemma_summary_units(struct stemma_out *out,
	const struct stemma_comparison *comparison, uint64_t count)
{
	stemma_out_number(out, count);
	stemma_out_char(out, ' ');
	stemma_out_string(
		out, stemma_unit_type_name(comparison->docs[STEMMA_NEW]->unit));
	if (count != 1)
		stemma_out_char(out, 's');
}

const char *
stemma_summary_same(const struct stemma_comparison *comparison)
{
	if (comparison->identical)
		return "no difference";
	if (comparison->stats.hidden)
		return "no difference beyond what is ignored";
	return "no difference in the text, though the files differ";
}

/* The first thing told names the unit: "1 paragraph edited, 65 added". */
static void
tell(struct stemma_out *out, const struct stemma_comparison *comparison,
	const char *what, uint64_t count, bool *told)
{
	if (!count)
		return;
	if (*told) {
		stemma_out_string(out, ", ");
		stemma_out_number(out, count);
	} else {
		stemma_summary_units(out, comparison, count);
	}
	stemma_out_char(out, ' ');
	stemma_out_string(out, what);
	*told = true;
}

static void
tell_units(struct stemma_out *out, const struct stemma_comparison *comparison)
{
	static const enum stemma_op order[] = {STEMMA_EDITED, STEMMA_SPLIT,
		STEMMA_MERGED, STEMMA_REGROUPED, STEMMA_ADDED, STEMMA_REMOVED,
		STEMMA_REFORMATTED};
	const struct stemma_stats *stats = &comparison->stats;
	bool told = false;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (order[i] == STEMMA_ADDED)
			tell(out, comparison, "moved", stats->moved, &told);
		tell(out, comparison, stemma_op_name(order[i]),
			stats->units[order[i]], &told);
	}
}

void
stemma_summary_write(
	struct stemma_out *out, const struct stemma_comparison *comparison)
{
	const struct stemma_stats *stats = &comparison->stats;

	if (comparison->different)
		tell_units(out, comparison);
	else
		stemma_out_string(out, stemma_summary_same(comparison));
	if (comparison->different &&
		(stats->words_added || stats->words_removed)) {
		stemma_out_string(out, "; edits: +");
		stemma_out_number(out, stats->words_added);
		stemma_out_string(out, " -");
		stemma_out_number(out, stats->words_removed);
		stemma_out_string(out, " words");
	}
	if (stats->hidden) {
		stemma_out_string(out, "; ");
		stemma_out_number(out, stats->hidden);
		stemma_out_string(out, stats->hidden == 1 ? " change hidden"
							  : " changes hidden");
	}
	if (comparison->approximate)
		stemma_out_string(
			out, "; approximate (the search was cut short)");
}
