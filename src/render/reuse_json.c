/* stemma.reuse/1 (formats.md). SPDX-License-Identifier: MIT */
#include "reuse_json.h"

#include <stemma/render.h>

static void
write_number(struct stemma_json *json, const char *name, uint64_t number)
{
	stemma_json_key(json, name);
	stemma_json_number(json, number);
}

static void
write_place(struct stemma_json *json, const char *name,
	const struct stemma_passage_place *place,
	const struct stemma_doc *const docs[], const char *const sides[])
{
	const struct stemma_doc *doc = docs[place->doc];

	stemma_json_key(json, name);
	stemma_json_record(json, '{');
	if (sides) {
		stemma_json_key(json, "side");
		stemma_json_word(json, sides[place->doc]);
	} else {
		write_number(json, "file", place->doc);
	}
	write_number(json, "unit", place->unit);
	write_number(json, "start", stemma_doc_offset(doc, place->span.start));
	write_number(json, "end", stemma_doc_offset(doc, place->span.end));
	stemma_json_close(json, '}');
}

static void
write_range(struct stemma_json *json, const char *name,
	const struct stemma_doc *doc, struct stemma_span span)
{
	stemma_json_key(json, name);
	stemma_json_record(json, '[');
	stemma_json_number(json, stemma_doc_offset(doc, span.start));
	stemma_json_number(json, stemma_doc_offset(doc, span.end));
	stemma_json_close(json, ']');
}

static void
write_passage(struct stemma_json *json, const struct stemma_reuse *reuse,
	const struct stemma_passage *passage,
	const struct stemma_doc *const docs[], const char *const sides[])
{
	stemma_json_open(json, '{');
	stemma_json_key(json, "kind");
	stemma_json_word(json, stemma_passage_kind_name((
				       enum stemma_passage_kind)passage->kind));
	stemma_json_key(json, "similarity");
	stemma_json_share(json, passage->similarity);
	write_number(json, "words", passage->words);
	write_place(json, "source", &passage->source, docs, sides);
	write_place(json, "target", &passage->target, docs, sides);
	stemma_json_key(json, "edits");
	stemma_json_open(json, '[');
	for (uint32_t k = 0; k < passage->edit_count; k++) {
		const struct stemma_passage_edit *edit =
			&reuse->edits[passage->first_edit + k];

		stemma_json_record(json, '{');
		write_range(json, "source", docs[passage->source.doc],
			edit->source);
		write_range(json, "target", docs[passage->target.doc],
			edit->target);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
	stemma_json_close(json, '}');
}

void
stemma_json_reuse(struct stemma_json *json, const struct stemma_reuse *reuse,
	const struct stemma_doc *const docs[], const char *const sides[])
{
	stemma_json_key(json, "reuse");
	stemma_json_open(json, '[');
	for (size_t k = 0; k < reuse->passage_count; k++)
		write_passage(json, reuse, &reuse->passages[k], docs, sides);
	stemma_json_close(json, ']');
}

static void
write_file(struct stemma_json *json, const struct stemma_doc *doc,
	const char *name)
{
	char sha256[65];

	stemma_sha256_hex(sha256, doc->raw);
	stemma_json_open(json, '{');
	stemma_json_key(json, "name");
	stemma_json_string(json, stemma_view_of(name));
	write_number(json, "bytes", doc->raw.size);
	stemma_json_key(json, "sha256");
	stemma_json_word(json, sha256);
	stemma_json_key(json, "encoding");
	stemma_json_string(json, stemma_view_of(doc->encoding));
	stemma_json_key(json, "layout");
	stemma_json_word(json, stemma_layout_name(doc->layout));
	stemma_json_key(json, "units");
	stemma_json_open(json, '[');
	for (size_t k = 0; k < doc->unit_count; k++) {
		const struct stemma_unit *unit = &doc->units[k];

		stemma_json_record(json, '{');
		write_number(
			json, "start", stemma_doc_offset(doc, unit->start));
		write_number(json, "end", stemma_doc_offset(doc, unit->end));
		write_number(json, "line", unit->line);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
	stemma_json_close(json, '}');
}

enum stemma_code
stemma_render_reuse_json(struct stemma_out *out,
	const struct stemma_reuse_page *page,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};

	(void)scratch;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.reuse/1");
	stemma_json_key(&json, "files");
	stemma_json_open(&json, '[');
	for (size_t k = 0; k < page->doc_count; k++)
		write_file(&json, page->docs[k], options->names[k]);
	stemma_json_close(&json, ']');
	stemma_json_reuse(&json, page->reuse, page->docs, NULL);
	stemma_json_key(&json, "approximate");
	stemma_json_bool(&json, page->reuse->approximate);
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	return out->code;
}
