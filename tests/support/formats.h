/*
 * formats.h - every renderer, in a table.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_FORMATS_H
#define STEMMA_TESTS_FORMATS_H

#include <stemma/render.h>

struct format {
	const char *name;
	enum stemma_code (*render)(struct stemma_out *out,
		const struct stemma_comparison *comparison,
		const struct stemma_render_options *options,
		struct stemma_arena *scratch);
	struct stemma_render_options options;
};

static const struct format formats[] = {
	{"term", stemma_render_term, {.names = {"old", "new"}, .context = 1}},
	{"term in colour", stemma_render_term,
		{.names = {"old", "new"},
			.context = STEMMA_CONTEXT_ALL,
			.width = 33,
			.color = true}},
	{"term side by side", stemma_render_term,
		{.names = {"old", "new"}, .width = 120, .side_by_side = true}},
	{"json", stemma_render_json, {.names = {"old", "new"}}},
	{"json on many lines", stemma_render_json, {.pretty = true}},
	{"wdiff", stemma_render_wdiff, {.names = {"old", "new"}}},
	{"criticmarkup", stemma_render_criticmarkup, {.names = {"old", "new"}}},
	{"unified", stemma_render_unified,
		{.names = {"old", "new"}, .context = 3}},
	{"stat", stemma_render_stat, {.names = {"old", "new"}}},
	{"csv", stemma_render_csv, {.names = {"old", "new"}}},
	{"markdown", stemma_render_markdown, {.names = {"old", "new"}}},
	{"tei", stemma_render_tei, {.names = {"old", "new"}}},
	{"collatex", stemma_render_collatex, {.names = {"old", "new"}}},
};

#define FORMAT_COUNT (sizeof formats / sizeof *formats)

#endif
