/*
 * lined.h - a collation made ready for formats that go through each version in
 * its own order: in line, and with the words of every row.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_LINED_H
#define STEMMA_RENDER_LINED_H

#include <stemma/collate.h>
#include <stemma/render.h>

struct stemma_lined {
	struct stemma_collation line;
	struct stemma_row_words *words; /* by row */
	struct stemma_arena *arena;     /* its own: all of this lives there */
	struct stemma_mark mark;        /* of the scratch arena */
};

/*
 * On failure all is given back, and the failure is that of `out`. `scratch`
 * stays in use until stemma_lined_end().
 */
enum stemma_code
stemma_lined_start(struct stemma_lined *lined, struct stemma_out *out,
	const struct stemma_collation *table, struct stemma_arena *scratch);

void stemma_lined_end(struct stemma_lined *lined, struct stemma_arena *scratch);

/* Write a comparison by a renderer of collations. */
enum stemma_code stemma_lined_compare(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch,
	enum stemma_code (*render)(struct stemma_out *out,
		const struct stemma_collation *table,
		const struct stemma_table_options *options,
		struct stemma_arena *scratch));

#endif
