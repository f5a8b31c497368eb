/*
 * A collation as one page of HTML: a table, what differs from the reading of
 * most between <del> and <ins>. No script, and nothing to load.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "base/base64.h"
#include "collation.h"
#include "walk.h"
#include "xml.h"

static const char head[] =
	"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	"'none'; style-src 'sha256-";

static const char title[] =
	"'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
	"<title>Collation</title>\n<style>";

static const char style[] =
	"\n:root{color-scheme:light dark}\n"
	"body{font:1rem/1.5 Georgia,serif;margin:1rem}\n"
	"table{border-collapse:collapse}\n"
	"th,td{border:1px solid;padding:.4rem;text-align:start;"
	"vertical-align:top;overflow-wrap:anywhere;min-width:6rem}\n"
	"ins{color:#0b3d66;background:#d6ecff}\n"
	"del{color:#7a2e00;background:#ffe3d1}\n"
	"@media (prefers-color-scheme:dark){"
	"ins{color:#cfe8ff;background:#0d3a5c}"
	"del{color:#ffd9bf;background:#5a2a0c}}\n";

static const char body[] =
	"</style>\n</head>\n<body>\n<table>\n<thead><tr><th>Row</th>";

/* The page allows its own style by hash, and nothing else. */
static void
write_head(struct stemma_out *out)
{
	unsigned char hash[32];

	stemma_sha256(hash, stemma_view_of(style));
	stemma_out_string(out, head);
	stemma_base64_write(
		out, (struct stemma_view){(const char *)hash, sizeof hash});
	stemma_out_string(out, title);
	stemma_out_string(out, style);
	stemma_out_string(out, body);
}

/* A stretch of one reading, escaped, between tags or without. */
static void
write_part(struct stemma_out *out, const struct stemma_row_walk *walk,
	uint32_t reading, const char *tag, struct stemma_out *text)
{
	text->size = 0;
	stemma_row_walk_write(walk, reading, text);
	if (text->size == 0)
		return;
	if (tag)
		stemma_out_format(out, "<%s>", tag);
	stemma_xml_write(out, (struct stemma_view){text->bytes, text->size});
	if (tag)
		stemma_out_format(out, "</%s>", tag);
}

/* A reading beside the first one. */
static enum stemma_code
write_reading(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_row_words *words, uint32_t reading,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_out text = {0};
	struct stemma_row_walk walk;
	struct stemma_stretch stretch;
	enum stemma_code code =
		stemma_row_walk_start(&walk, table, words, scratch);

	while (code == STEMMA_OK && stemma_row_walk_next(&walk, &stretch)) {
		bool differs = !stretch.same && reading &&
			       !stemma_row_walk_alike(&walk, 0, reading);

		if (differs)
			write_part(out, &walk, 0, "del", &text);
		write_part(out, &walk, reading, differs ? "ins" : NULL, &text);
		code = text.code;
	}
	stemma_out_free(&text);
	stemma_arena_rewind(scratch, mark);
	return code;
}

static enum stemma_code
write_row(struct stemma_out *out, const struct stemma_collation *table,
	size_t row, struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_row_words words;
	enum stemma_code code =
		stemma_collation_words(&words, table, row, arena, scratch);

	stemma_out_format(
		out, "<tr id=\"row-%zu\"><th>%zu</th>", row + 1, row + 1);
	for (uint32_t d = 0; d < table->doc_count && code == STEMMA_OK; d++) {
		const struct stemma_cell *cell =
			stemma_collation_cell(table, row, d);

		if (!cell) {
			stemma_out_string(out, "<td>–</td>");
			continue;
		}
		stemma_out_string(out, "<td dir=\"auto\">");
		if (cell->moved)
			stemma_out_string(out, "<em>moved</em> ");
		code = write_reading(
			out, table, &words, cell->reading, scratch);
		stemma_out_string(out, "</td>");
	}
	stemma_out_string(out, "</tr>\n");
	stemma_arena_rewind(arena, mark);
	return code;
}

enum stemma_code
stemma_render_table_html(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_arena *arena = stemma_arena_new(0);
	enum stemma_code code = arena ? STEMMA_OK : STEMMA_NOMEM;

	write_head(out);
	for (size_t d = 0; d < table->doc_count; d++) {
		stemma_out_string(out, "<th>");
		stemma_siglum_write(out, d);
		stemma_out_string(out, " <bdi>");
		stemma_xml_write(
			out, stemma_view_of(options->names && options->names[d]
						    ? options->names[d]
						    : ""));
		stemma_out_string(out, "</bdi></th>");
	}
	stemma_out_string(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < table->row_count && code == STEMMA_OK &&
			   out->code == STEMMA_OK;
		i++)
		code = write_row(out, table, i, arena, scratch);
	stemma_out_string(out, "</tbody>\n</table>\n</body>\n</html>\n");
	stemma_arena_free(arena);
	if (code != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	return out->code;
}
