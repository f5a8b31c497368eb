/* stemma.collate/1 (formats.md). SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "json_writer.h"

static void
write_version(struct stemma_json *json, const struct stemma_doc *doc,
	const char *name)
{
	char sha256[65];

	stemma_sha256_hex(sha256, doc->raw);
	stemma_json_open(json, '{');
	stemma_json_key(json, "name");
	stemma_json_string(json, stemma_view_of(name ? name : ""));
	stemma_json_key(json, "bytes");
	stemma_json_number(json, doc->raw.size);
	stemma_json_key(json, "sha256");
	stemma_json_word(json, sha256);
	stemma_json_key(json, "encoding");
	stemma_json_string(json, stemma_view_of(doc->encoding));
	stemma_json_key(json, "units");
	stemma_json_open(json, '[');
	for (size_t u = 0; u < doc->unit_count; u++) {
		stemma_json_record(json, '[');
		stemma_json_number(
			json, stemma_doc_offset(doc, doc->units[u].start));
		stemma_json_number(
			json, stemma_doc_offset(doc, doc->units[u].end));
		stemma_json_close(json, ']');
	}
	stemma_json_close(json, ']');
	stemma_json_close(json, '}');
}

static void
write_cell(struct stemma_json *json, const struct stemma_collation *table,
	const struct stemma_cell *cell)
{
	stemma_json_record(json, '{');
	stemma_json_key(json, "version");
	stemma_json_number(json, cell->doc);
	stemma_json_key(json, "units");
	stemma_json_record(json, '[');
	for (uint32_t k = 0; k < cell->count; k++)
		stemma_json_number(json, table->units[cell->first + k]);
	stemma_json_close(json, ']');
	stemma_json_key(json, "reading");
	stemma_json_number(json, cell->reading);
	stemma_json_key(json, "moved");
	stemma_json_bool(json, cell->moved);
	stemma_json_close(json, '}');
}

enum stemma_code
stemma_render_table_json(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};

	(void)scratch;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.collate/1");
	stemma_json_key(&json, "versions");
	stemma_json_open(&json, '[');
	for (size_t d = 0; d < table->doc_count; d++)
		write_version(&json, table->docs[d],
			options->names ? options->names[d] : NULL);
	stemma_json_close(&json, ']');
	stemma_json_key(&json, "rows");
	stemma_json_open(&json, '[');
	for (size_t i = 0; i < table->row_count; i++) {
		stemma_json_open(&json, '[');
		for (uint32_t k = 0; k < table->rows[i].cell_count; k++)
			write_cell(&json, table,
				&table->cells[table->rows[i].first_cell + k]);
		stemma_json_close(&json, ']');
	}
	stemma_json_close(&json, ']');
	stemma_json_key(&json, "approximate");
	stemma_json_bool(&json, table->approximate);
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	return out->code;
}
