/* stemma.compare/1 (formats.md). SPDX-License-Identifier: MIT */
#include <stemma/render.h>

#include "json_writer.h"
#include "reuse_json.h"
#include "outline_json.h"

static void
member(struct stemma_json *json, const char *name, uint64_t number)
{
	stemma_json_key(json, name);
	stemma_json_number(json, number);
}

static void
member_word(struct stemma_json *json, const char *name, const char *word)
{
	stemma_json_key(json, name);
	stemma_json_word(json, word);
}

static void
write_doc(struct stemma_json *json, const struct stemma_doc *doc,
	const struct stemma_outline *outline, const char *name,
	const char *sha256)
{
	stemma_json_open(json, '{');
	stemma_json_key(json, "name");
	stemma_json_string(json, stemma_view_of(name));
	member(json, "bytes", doc->raw.size);
	member_word(json, "sha256", sha256);
	stemma_json_key(json, "encoding");
	stemma_json_string(json, stemma_view_of(doc->encoding));
	member_word(json, "layout", stemma_layout_name(doc->layout));
	stemma_json_units(json, doc, outline);
	stemma_json_stories(json, outline);
	stemma_json_close(json, '}');
}

static void
write_docs(struct stemma_json *json, const struct stemma_comparison *comparison,
	const struct stemma_render_options *options)
{
	char sha256[65];

	stemma_sha256_hex(sha256, comparison->docs[STEMMA_OLD]->raw);
	stemma_json_key(json, "old");
	write_doc(json, comparison->docs[STEMMA_OLD],
		&comparison->outlines[STEMMA_OLD], options->names[STEMMA_OLD],
		sha256);
	if (!comparison->identical)
		stemma_sha256_hex(sha256, comparison->docs[STEMMA_NEW]->raw);
	stemma_json_key(json, "new");
	write_doc(json, comparison->docs[STEMMA_NEW],
		&comparison->outlines[STEMMA_NEW], options->names[STEMMA_NEW],
		sha256);
}

static void
write_range(
	struct stemma_json *json, const char *name, struct stemma_range range)
{
	stemma_json_key(json, name);
	stemma_json_record(json, '[');
	for (uint32_t i = 0; i < range.count; i++)
		stemma_json_number(json, range.first + i);
	stemma_json_close(json, ']');
}

static void
write_span(struct stemma_json *json, const char *name,
	const struct stemma_doc *doc, struct stemma_span span)
{
	stemma_json_key(json, name);
	stemma_json_record(json, '[');
	stemma_json_number(json, stemma_doc_offset(doc, span.start));
	stemma_json_number(json, stemma_doc_offset(doc, span.end));
	stemma_json_close(json, ']');
}

static void
write_weights(struct stemma_json *json, unsigned weights)
{
	stemma_json_key(json, "weight");
	stemma_json_record(json, '[');
	for (unsigned bit = 1; bit <= weights; bit <<= 1) {
		if (weights & bit)
			stemma_json_word(json, stemma_weight_name(bit));
	}
	stemma_json_close(json, ']');
}

static void
write_change(struct stemma_json *json,
	const struct stemma_comparison *comparison,
	const struct stemma_change *change)
{
	stemma_json_record(json, '{');
	member_word(json, "op", stemma_change_op_name(change->op));
	write_span(json, "old", comparison->docs[STEMMA_OLD],
		change->at[STEMMA_OLD]);
	write_span(json, "new", comparison->docs[STEMMA_NEW],
		change->at[STEMMA_NEW]);
	write_weights(json, change->weights);
	if (change->reformat) {
		stemma_json_key(json, "reformat");
		stemma_json_bool(json, true);
	}
	if (change->hidden) {
		stemma_json_key(json, "hidden");
		stemma_json_bool(json, true);
	}
	stemma_json_close(json, '}');
}

static void
write_link(struct stemma_json *json, const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	/* One line, unless there are changes to put on lines of their own. */
	if (link->change_count)
		stemma_json_open(json, '{');
	else
		stemma_json_record(json, '{');
	member_word(json, "op", stemma_op_name(link->op));
	write_range(json, "old", link->units[STEMMA_OLD]);
	write_range(json, "new", link->units[STEMMA_NEW]);
	stemma_json_key(json, "moved");
	stemma_json_bool(json, link->moved);
	stemma_json_key(json, "similarity");
	stemma_json_share(json, link->similarity);
	stemma_json_key(json, "changes");
	stemma_json_open(json, '[');
	for (uint32_t i = 0; i < link->change_count; i++)
		write_change(json, comparison,
			&comparison->changes[link->first_change + i]);
	stemma_json_close(json, ']');
	stemma_json_close(json, '}');
}

static void
write_links(
	struct stemma_json *json, const struct stemma_comparison *comparison)
{
	stemma_json_key(json, "links");
	stemma_json_open(json, '[');
	for (size_t i = 0; i < comparison->link_count; i++)
		write_link(json, comparison, &comparison->links[i]);
	stemma_json_close(json, ']');
}

/* What became of the stories: which of the old page is which of the new. */
static void
write_story_links(
	struct stemma_json *json, const struct stemma_comparison *comparison)
{
	stemma_json_key(json, "stories");
	stemma_json_open(json, '[');
	for (size_t i = 0; i < comparison->story_count; i++) {
		const struct stemma_story_link *link = &comparison->stories[i];

		stemma_json_record(json, '{');
		member_word(json, "op",
			stemma_story_op_name((enum stemma_story_op)link->op));
		for (int side = 0; side < 2; side++) {
			stemma_json_key(json, side ? "new" : "old");
			if (link->story[side] == STEMMA_NO_STORY)
				stemma_json_null(json);
			else
				stemma_json_number(json, link->story[side]);
		}
		stemma_json_key(json, "moved");
		stemma_json_bool(json, link->moved);
		stemma_json_key(json, "at_end");
		stemma_json_bool(json, link->at_end);
		stemma_json_close(json, '}');
	}
	stemma_json_close(json, ']');
}

/* What stands twice in the new document. */
static void
write_reuse(
	struct stemma_json *json, const struct stemma_comparison *comparison)
{
	static const char *const sides[] = {"new"};

	stemma_json_reuse(
		json, &comparison->reuse, &comparison->docs[STEMMA_NEW], sides);
}

static void
write_stats(struct stemma_json *json, const struct stemma_stats *stats)
{
	stemma_json_key(json, "stats");
	stemma_json_open(json, '{');
	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		member(json, stemma_op_name((enum stemma_op)op),
			stats->units[op]);
	member(json, "moved", stats->moved);
	member(json, "words_added", stats->words_added);
	member(json, "words_removed", stats->words_removed);
	member(json, "changes", stats->changes);
	member(json, "hidden", stats->hidden);
	stemma_json_close(json, '}');
}

static void
write_digest(
	struct stemma_json *json, const struct stemma_comparison *comparison)
{
	stemma_json_key(json, "digest");
	stemma_json_open(json, '[');
	for (size_t i = 0; i < comparison->digest_count; i++)
		stemma_json_string(json, comparison->digest[i].text);
	stemma_json_close(json, ']');
}

enum stemma_code
stemma_render_json(struct stemma_out *out,
	const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch)
{
	struct stemma_json json = {.out = out, .pretty = options->pretty};

	(void)scratch;
	stemma_json_open(&json, '{');
	stemma_json_key(&json, "format");
	stemma_json_word(&json, "stemma.compare/1");
	member_word(&json, "unit",
		stemma_unit_type_name(comparison->docs[STEMMA_NEW]->unit));
	write_docs(&json, comparison, options);
	write_links(&json, comparison);
	write_story_links(&json, comparison);
	write_reuse(&json, comparison);
	write_stats(&json, &comparison->stats);
	write_digest(&json, comparison);
	stemma_json_key(&json, "approximate");
	stemma_json_bool(&json, comparison->approximate);
	stemma_json_close(&json, '}');
	stemma_json_put(&json, "\n", 1);
	stemma_json_flush(&json);
	return out->code;
}
