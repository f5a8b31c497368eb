/*
 * TEI P5 by the method of parallel segmentation (formats.md): the text once,
 * and where versions part an <app> with what each of them has.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include <stemma/render.h>

#include "collation.h"
#include "lined.h"
#include "xml.h"

struct page {
	struct stemma_out *out;
	const struct stemma_lined *lined;
	struct stemma_arena *scratch;
	size_t row;
};

/* ---- header ------------------------------------------------------------- */

static const char head[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n"
	"<teiHeader>\n"
	"<fileDesc>\n"
	"<titleStmt><title>Collation</title></titleStmt>\n"
	"<publicationStmt><p>Written by stemma</p></publicationStmt>\n"
	"<sourceDesc>\n"
	"<listWit>\n";

static const char between[] =
	"</listWit>\n"
	"</sourceDesc>\n"
	"</fileDesc>\n"
	"<encodingDesc>\n"
	"<variantEncoding method=\"parallel-segmentation\" "
	"location=\"internal\"/>\n"
	"</encodingDesc>\n"
	"</teiHeader>\n"
	"<text>\n"
	"<body>\n";

static const char foot[] = "</body>\n</text>\n</TEI>\n";

static void
write_witnesses(struct stemma_out *out, const struct stemma_collation *table,
	const char *const *names)
{
	for (size_t d = 0; d < table->doc_count; d++) {
		stemma_out_string(out, "<witness xml:id=\"");
		stemma_siglum_write(out, d);
		stemma_out_string(out, "\">");
		stemma_xml_write(
			out, stemma_view_of(names && names[d] ? names[d] : ""));
		stemma_out_string(out, "</witness>\n");
	}
}

/* ---- readings ----------------------------------------------------------- */

/* What some readings of a row share in a stretch. */
struct variant {
	struct stemma_view text;
	uint32_t id;      /* readings with this one have it */
	uint32_t support; /* versions */
	uint32_t first;   /* the first reading of them */
};

static int
by_support(const void *a, const void *b)
{
	const struct variant *x = a, *y = b;

	if (x->support != y->support)
		return x->support < y->support ? 1 : -1;
	return (x->first > y->first) - (x->first < y->first);
}

/* wit="#A #B": who has one of the readings with this id. */
static void
write_wit(struct page *page, const uint32_t *ids, uint32_t id)
{
	const struct stemma_collation *table = &page->lined->line;
	const struct stemma_row *row = &table->rows[page->row];
	const char *before = "";

	stemma_out_string(page->out, " wit=\"");
	for (uint32_t i = 0; i < row->cell_count; i++) {
		const struct stemma_cell *cell =
			&table->cells[row->first_cell + i];

		if (ids[cell->reading] != id)
			continue;
		stemma_out_string(page->out, before);
		stemma_out_char(page->out, '#');
		stemma_siglum_write(page->out, cell->doc);
		before = " ";
	}
	stemma_out_char(page->out, '"');
}

/* Who has nothing in this row; returns how many there are. */
static size_t
write_absent(struct page *page, bool write)
{
	const struct stemma_collation *table = &page->lined->line;
	const struct stemma_row *row = &table->rows[page->row];
	const char *before = "";
	uint32_t i = 0;

	for (uint32_t d = 0; write && d < table->doc_count; d++) {
		if (i < row->cell_count &&
			table->cells[row->first_cell + i].doc == d) {
			i++;
			continue;
		}
		stemma_out_string(page->out, before);
		stemma_out_char(page->out, '#');
		stemma_siglum_write(page->out, d);
		before = " ";
	}
	return table->doc_count - row->cell_count;
}

static void
write_variants(struct page *page, const struct variant *variants,
	uint32_t count, const uint32_t *ids, bool orthographic)
{
	struct stemma_out *out = page->out;

	stemma_out_string(out, orthographic ? "<app type=\"orthographic\">"
					    : "<app type=\"substantive\">");
	for (uint32_t v = 0; v < count; v++) {
		const char *name = v ? "rdg" : "lem";

		stemma_out_char(out, '<');
		stemma_out_string(out, name);
		write_wit(page, ids, variants[v].id);
		if (variants[v].text.size == 0) {
			stemma_out_string(out, "/>");
			continue;
		}
		stemma_out_char(out, '>');
		stemma_xml_write(out, variants[v].text);
		stemma_out_string(out, "</");
		stemma_out_string(out, name);
		stemma_out_char(out, '>');
	}
	stemma_out_string(out, "</app>");
}

/* Part the readings of a row by what they have in the stretch. */
static enum stemma_code
write_parted(struct page *page, const struct stemma_row_walk *walk,
	struct stemma_arena *scratch)
{
	const struct stemma_row_words *words = walk->words;
	uint32_t count = words->reading_count, parted = 0;
	struct variant *variants =
		stemma_arena_zalloc(scratch, count, sizeof *variants);
	uint32_t *ids = stemma_arena_alloc(scratch, count, sizeof *ids);
	struct stemma_intern *intern = stemma_intern_new(scratch);
	struct stemma_out text = {0};
	bool orthographic = true;

	if (!variants || !ids || !intern)
		return STEMMA_NOMEM;
	for (uint32_t r = 0; r < count; r++) {
		text.size = 0;
		stemma_row_walk_write(walk, r, &text);
		ids[r] = text.code == STEMMA_OK
				 ? stemma_intern_copy(intern,
					   (struct stemma_view){
						   text.bytes, text.size})
				 : STEMMA_NO_ID;
		if (ids[r] == STEMMA_NO_ID)
			break;
		if (variants[ids[r]].support == 0)
			variants[ids[r]].first = r;
		variants[ids[r]].id = ids[r];
		variants[ids[r]].support += words->readings[r].support;
		orthographic &= stemma_row_walk_alike(walk, 0, r);
		parted += r + 1 == count;
	}
	stemma_out_free(&text);
	if (!parted)
		return STEMMA_NOMEM;
	parted = stemma_intern_count(intern);
	for (uint32_t v = 0; v < parted; v++)
		variants[v].text = stemma_intern_string(intern, v);
	qsort(variants, parted, sizeof *variants, by_support);
	write_variants(page, variants, parted, ids, orthographic);
	return STEMMA_OK;
}

/* ---- rows --------------------------------------------------------------- */

static enum stemma_code
write_words(struct page *page)
{
	struct stemma_out text = {0};
	struct stemma_row_walk walk;
	struct stemma_stretch stretch;
	enum stemma_code code = stemma_row_walk_start(&walk, &page->lined->line,
		&page->lined->words[page->row], page->scratch);

	while (code == STEMMA_OK && page->out->code == STEMMA_OK &&
		stemma_row_walk_next(&walk, &stretch)) {
		struct stemma_mark mark = stemma_arena_mark(page->scratch);

		if (stretch.same) {
			text.size = 0;
			stemma_row_walk_write(&walk, 0, &text);
			stemma_xml_write(page->out,
				(struct stemma_view){text.bytes, text.size});
			code = text.code;
		} else {
			code = write_parted(page, &walk, page->scratch);
		}
		stemma_arena_rewind(page->scratch, mark);
	}
	stemma_out_free(&text);
	return code;
}

/* A row is a paragraph; where some have none of it, that is a variant too. */
static enum stemma_code
write_row(struct page *page)
{
	const struct stemma_collation *table = &page->lined->line;
	struct stemma_mark mark = stemma_arena_mark(page->scratch);
	bool absent = write_absent(page, false) > 0;
	struct stemma_out *out = page->out;
	enum stemma_code code;
	uint32_t *ids = stemma_arena_zalloc(page->scratch,
		table->rows[page->row].reading_count, sizeof *ids);

	if (!ids)
		return STEMMA_NOMEM;
	stemma_out_string(out, "<p>");
	if (absent) {
		stemma_out_string(out, "<app type=\"substantive\"><lem");
		write_wit(page, ids, 0);
		stemma_out_char(out, '>');
	}
	code = write_words(page);
	if (absent) {
		stemma_out_string(out, "</lem><rdg wit=\"");
		write_absent(page, true);
		stemma_out_string(out, "\"/></app>");
	}
	stemma_out_string(out, "</p>\n");
	stemma_arena_rewind(page->scratch, mark);
	return code;
}

enum stemma_code
stemma_render_table_tei(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_lined lined;
	struct page page = {.out = out, .lined = &lined, .scratch = scratch};
	enum stemma_code code = STEMMA_OK;

	if (stemma_lined_start(&lined, out, table, scratch) != STEMMA_OK)
		return out->code;
	stemma_out_string(out, head);
	write_witnesses(out, table, options->names);
	stemma_out_string(out, between);
	for (; page.row < lined.line.row_count && code == STEMMA_OK; page.row++)
		code = write_row(&page);
	if (lined.line.row_count == 0)
		stemma_out_string(out, "<p/>\n");
	stemma_out_string(out, foot);
	if (code != STEMMA_OK && out->code == STEMMA_OK)
		out->code = code;
	stemma_lined_end(&lined, scratch);
	return out->code;
}

enum stemma_code
stemma_render_tei(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	return stemma_lined_compare(
		out, comparison, options, scratch, stemma_render_table_tei);
}
