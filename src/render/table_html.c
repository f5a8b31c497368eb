/*
 * A collation as one page of HTML: a table, what differs from the reading of
 * most between <del> and <ins>. No script, and nothing to load.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma/render.h>

#include "collation.h"
#include "html_page.h"
#include "html_text.h"
#include "walk.h"

/* ---- around the table ---------------------------------------------------- */

static const char *
name_of(const struct stemma_table_options *options, size_t version)
{
	const char *name = options->names ? options->names[version] : NULL;

	return name ? name : "";
}

static void
write_head(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_table_options *options)
{
	stemma_page_head(out, stemma_view_of("Collation"), stemma_table_css,
		(struct stemma_view){NULL, 0});
	stemma_out_format(out,
		"<header><h1>%zu version%s, %zu row%s</h1>\n<p>A row for each "
		"paragraph, a column for each version. The reading of most "
		"versions stands as it is; where another has something else, "
		"that is shown as <ins>this</ins> instead of <del>that</del>. "
		"–: the version has nothing there.</p></header>\n"
		"<main tabindex=0 aria-label=\"The table\">\n<table>\n"
		"<thead><tr><th scope=col>Row</th>",
		table->doc_count, table->doc_count == 1 ? "" : "s",
		table->row_count, table->row_count == 1 ? "" : "s");
	for (size_t d = 0; d < table->doc_count; d++) {
		stemma_out_string(out, "<th scope=col>");
		stemma_siglum_write(out, d);
		stemma_out_string(out, " <bdi>");
		stemma_html_text(out, stemma_view_of(name_of(options, d)));
		stemma_out_string(out, "</bdi></th>");
	}
	stemma_out_string(out, "</tr></thead>\n<tbody>\n");
}

/* Who is who, for good. */
static void
write_foot(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_table_options *options)
{
	char hex[65];

	stemma_out_string(out, "</tbody>\n</table>\n</main>\n<footer>\n<dl>\n");
	for (size_t d = 0; d < table->doc_count; d++) {
		stemma_out_string(out, "<dt>");
		stemma_siglum_write(out, d);
		stemma_out_string(out, "</dt><dd><bdi>");
		stemma_html_text(out, stemma_view_of(name_of(options, d)));
		stemma_sha256_hex(hex, table->docs[d]->raw);
		stemma_out_format(out,
			"</bdi>, %zu bytes, SHA-256 <code>%s</code></dd>\n",
			table->docs[d]->raw.size, hex);
	}
	stemma_out_string(out, "</dl>\n<p>Made by stemma.</p>\n</footer>\n"
			       "</body>\n</html>\n");
}

/* ---- cells --------------------------------------------------------------- */

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
	stemma_html_text(out, (struct stemma_view){text->bytes, text->size});
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

	stemma_out_format(out,
		"<tr id=row-%zu><th scope=row><a "
		"href=\"#row-%zu\">%zu</a></th>",
		row + 1, row + 1, row + 1);
	for (uint32_t d = 0; d < table->doc_count && code == STEMMA_OK; d++) {
		const struct stemma_cell *cell =
			stemma_collation_cell(table, row, d);

		if (!cell) {
			stemma_out_string(out, "<td class=no>–</td>");
			continue;
		}
		stemma_out_string(out, "<td dir=auto lang=\"\">");
		if (cell->moved)
			stemma_out_string(out, "<em lang=en>moved</em> ");
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

	write_head(out, table, options);
	for (size_t i = 0; i < table->row_count && code == STEMMA_OK &&
			   out->code == STEMMA_OK;
		i++)
		code = write_row(out, table, i, arena, scratch);
	write_foot(out, table, options);
	stemma_arena_free(arena);
	if (code != STEMMA_OK)
		return stemma_walk_fail(out, scratch, mark);
	return out->code;
}
