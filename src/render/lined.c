/* SPDX-License-Identifier: MIT */
#include "lined.h"

#include "walk.h"

static enum stemma_code
make(struct stemma_lined *lined, const struct stemma_collation *table,
	struct stemma_arena *scratch)
{
	enum stemma_code code = stemma_collation_line(
		&lined->line, table, lined->arena, scratch);

	if (code != STEMMA_OK)
		return code;
	lined->words = stemma_arena_alloc(
		lined->arena, lined->line.row_count, sizeof *lined->words);
	if (!lined->words)
		return STEMMA_NOMEM;
	for (size_t row = 0; row < lined->line.row_count && code == STEMMA_OK;
		row++)
		code = stemma_collation_words(&lined->words[row], &lined->line,
			row, lined->arena, scratch);
	return code;
}

enum stemma_code
stemma_lined_start(struct stemma_lined *lined, struct stemma_out *out,
	const struct stemma_collation *table, struct stemma_arena *scratch)
{
	enum stemma_code code = STEMMA_NOMEM;

	lined->mark = stemma_arena_mark(scratch);
	lined->arena = stemma_arena_new(0);
	if (lined->arena)
		code = make(lined, table, scratch);
	if (code == STEMMA_OK)
		return out->code;
	if (out->code == STEMMA_OK)
		out->code = code;
	stemma_lined_end(lined, scratch);
	return out->code;
}

void
stemma_lined_end(struct stemma_lined *lined, struct stemma_arena *scratch)
{
	stemma_arena_free(lined->arena);
	stemma_arena_rewind(scratch, lined->mark);
}

enum stemma_code
stemma_lined_compare(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch,
	enum stemma_code (*render)(struct stemma_out *out,
		const struct stemma_collation *table,
		const struct stemma_table_options *options,
		struct stemma_arena *scratch))
{
	struct stemma_table_options table_options = {
		.names = options->names, .pretty = options->pretty};
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_collation table;

	if (!arena || stemma_collation_of(&table, comparison, arena, scratch) !=
			      STEMMA_OK)
		stemma_walk_fail(out, scratch, mark);
	else
		render(out, &table, &table_options, scratch);
	stemma_arena_free(arena);
	stemma_arena_rewind(scratch, mark);
	return out->code;
}
