/*
 * A table of tokens as CollateX writes it (formats.md): a row for each version,
 * a column for each place.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "collation.h"
#include "json_writer.h"
#include "lined.h"

static void
write_token(struct stemma_json *json, const struct stemma_lined *lined,
	const struct stemma_row_reading *reading,
	const struct stemma_token *token, bool last, struct stemma_out *text)
{
	struct stemma_mark mark = stemma_arena_mark(lined->arena);
	struct stemma_view word =
		stemma_token_text(&lined->line, reading, token);
	struct stemma_view folded = word;

	if (stemma_fold(&folded, word,
		    STEMMA_FOLD_TYPOGRAPHY | STEMMA_FOLD_CASE,
		    lined->arena) != STEMMA_OK)
		json->out->code = STEMMA_NOMEM;
	text->size = 0;
	stemma_out_view(text, word);
	if (last || token->space)
		stemma_out_char(text, last ? '\n' : ' ');
	stemma_json_record(json, '[');
	stemma_json_record(json, '{');
	stemma_json_key(json, "t");
	stemma_json_string(json, (struct stemma_view){text->bytes, text->size});
	stemma_json_key(json, "n");
	stemma_json_string(json, folded);
	stemma_json_close(json, '}');
	stemma_json_close(json, ']');
	stemma_arena_rewind(lined->arena, mark);
}

/* The places of one row in one version. */
static void
write_row(struct stemma_json *json, const struct stemma_lined *lined,
	size_t row, uint32_t doc, struct stemma_out *text)
{
	const struct stemma_row_words *words = &lined->words[row];
	const struct stemma_cell *cell =
		stemma_collation_cell(&lined->line, row, doc);
	const struct stemma_row_reading *reading =
		cell ? &words->readings[cell->reading] : NULL;
	size_t k = 0;

	for (uint32_t column = 0; column < words->column_count; column++) {
		const struct stemma_token *token =
			reading && k < reading->token_count
				? &words->tokens[reading->first_token + k]
				: NULL;

		if (!token || token->column != column) {
			stemma_json_null(json);
			continue;
		}
		k++;
		write_token(json, lined, reading, token,
			k == reading->token_count, text);
	}
}

static void
write_siglum(struct stemma_json *json, size_t index)
{
	struct stemma_out siglum = {0};

	stemma_siglum_write(&siglum, index);
	stemma_json_string(
		json, (struct stemma_view){siglum.bytes, siglum.size});
	if (siglum.code != STEMMA_OK)
		json->out->code = STEMMA_NOMEM;
	stemma_out_free(&siglum);
}

static void
write_table(struct stemma_json *json, const struct stemma_lined *lined)
{
	struct stemma_out text = {0};

	stemma_json_key(json, "table");
	stemma_json_open(json, '[');
	for (uint32_t doc = 0; doc < lined->line.doc_count; doc++) {
		stemma_json_open(json, '[');
		for (size_t row = 0; row < lined->line.row_count; row++)
			if (json->out->code == STEMMA_OK)
				write_row(json, lined, row, doc, &text);
		stemma_json_close(json, ']');
	}
	stemma_json_close(json, ']');
	if (text.code != STEMMA_OK)
		json->out->code = STEMMA_NOMEM;
	stemma_out_free(&text);
}

enum stemma_code
stemma_render_table_collatex(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};
	struct stemma_lined lined;

	if (stemma_lined_start(&lined, out, table, scratch) != STEMMA_OK)
		return out->code;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "witnesses");
	stemma_json_record(&json, '[');
	for (size_t doc = 0; doc < table->doc_count; doc++)
		write_siglum(&json, doc);
	stemma_json_close(&json, ']');
	write_table(&json, &lined);
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	stemma_lined_end(&lined, scratch);
	return out->code;
}

enum stemma_code
stemma_render_collatex(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	return stemma_lined_compare(out, comparison, options, scratch,
		stemma_render_table_collatex);
}
