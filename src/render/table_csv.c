/* A collation as CSV (formats.md). SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "collation.h"
#include "csv_cell.h"

static void
write_head(struct stemma_out *out, const struct stemma_collation *table)
{
	stemma_out_string(out, "row,versions,readings");
	for (size_t d = 0; d < table->doc_count; d++) {
		static const char *const columns[] = {
			"_units", "_reading", "_text"};

		for (int k = 0; k < 3; k++) {
			stemma_out_char(out, ',');
			stemma_siglum_write(out, d);
			stemma_out_string(out, columns[k]);
		}
	}
	stemma_out_string(out, "\r\n");
}

/* The units of a cell, a line each. */
static void
write_text(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_cell *cell, struct stemma_out *text)
{
	text->size = 0;
	for (uint32_t k = 0; k < cell->count; k++) {
		if (k)
			stemma_out_char(text, '\n');
		stemma_out_view(text, stemma_doc_unit(table->docs[cell->doc],
					      table->units[cell->first + k]));
	}
	stemma_csv_text(out, (struct stemma_view){text->bytes, text->size});
}

static void
write_cell(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_cell *cell, struct stemma_out *text)
{
	if (!cell) {
		stemma_out_string(out, ",,,");
		return;
	}
	stemma_out_char(out, ',');
	for (uint32_t k = 0; k < cell->count; k++) {
		if (k)
			stemma_out_char(out, ' ');
		stemma_out_number(
			out, (uint64_t)table->units[cell->first + k] + 1);
	}
	stemma_out_char(out, ',');
	stemma_out_number(out, (uint64_t)cell->reading + 1);
	stemma_out_char(out, ',');
	write_text(out, table, cell, text);
}

enum stemma_code
stemma_render_table_csv(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_out text = {0};

	(void)options;
	(void)scratch;
	write_head(out, table);
	for (size_t i = 0; i < table->row_count && out->code == STEMMA_OK;
		i++) {
		stemma_out_number(out, (uint64_t)i + 1);
		stemma_out_char(out, ',');
		stemma_out_number(out, table->rows[i].cell_count);
		stemma_out_char(out, ',');
		stemma_out_number(out, table->rows[i].reading_count);
		for (uint32_t d = 0; d < table->doc_count; d++)
			write_cell(out, table,
				stemma_collation_cell(table, i, d), &text);
		stemma_out_string(out, "\r\n");
	}
	if (text.code != STEMMA_OK && out->code == STEMMA_OK)
		out->code = text.code;
	stemma_out_free(&text);
	return out->code;
}
