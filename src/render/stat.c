/* A short summary, one thing a line. SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "summary.h"

static void
write_names(struct stemma_out *out, const struct stemma_render_options *options)
{
	if (!options->names[STEMMA_OLD] || !options->names[STEMMA_NEW])
		return;
	stemma_out_visible(out, stemma_view_of(options->names[STEMMA_OLD]));
	stemma_out_string(out, " → ");
	stemma_out_visible(out, stemma_view_of(options->names[STEMMA_NEW]));
	stemma_out_char(out, '\n');
}

/* "  65 paragraphs added"; nothing for zero. */
static void
write_count(struct stemma_out *out, const struct stemma_comparison *comparison,
	uint64_t count, const char *what)
{
	if (!count)
		return;
	stemma_out_string(out, "  ");
	stemma_summary_units(out, comparison, count);
	stemma_out_char(out, ' ');
	stemma_out_string(out, what);
	stemma_out_char(out, '\n');
}

static void
write_words(struct stemma_out *out, const struct stemma_stats *stats)
{
	if (stats->words_added || stats->words_removed) {
		stemma_out_string(out, "  edits: +");
		stemma_out_number(out, stats->words_added);
		stemma_out_string(out, " -");
		stemma_out_number(out, stats->words_removed);
		stemma_out_string(out, " words in ");
		stemma_out_number(out, stats->changes);
		stemma_out_string(
			out, stats->changes == 1 ? " place\n" : " places\n");
	}
	if (stats->hidden) {
		stemma_out_string(out, "  ");
		stemma_out_number(out, stats->hidden);
		stemma_out_string(out, stats->hidden == 1
					       ? " change hidden\n"
					       : " changes hidden\n");
	}
}

enum stemma_code
stemma_render_stat(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	const struct stemma_stats *stats = &comparison->stats;

	(void)scratch;
	write_names(out, options);
	if (!comparison->different) {
		stemma_out_string(out, "  ");
		stemma_out_string(out, stemma_summary_same(comparison));
		stemma_out_char(out, '\n');
	}
	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		write_count(out, comparison, stats->units[op],
			stemma_op_name((enum stemma_op)op));
	write_count(out, comparison, stats->moved, "moved");
	write_words(out, stats);
	if (comparison->approximate)
		stemma_out_string(out, "  approximate: the search was cut "
				       "short\n");
	return out->code;
}
