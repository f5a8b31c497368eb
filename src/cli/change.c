/* SPDX-License-Identifier: MIT */
#include "change.h"

/* A line in `arena`, made harmless, so that it is one line of any file. */
static enum stemma_code
keep_line(struct stemma_view *line, struct stemma_view text,
	struct stemma_arena *arena)
{
	struct stemma_out out = {0};
	enum stemma_code code;

	stemma_out_visible(&out, text);
	code = stemma_out_finish(&out);
	line->size = out.size;
	line->bytes = stemma_arena_string(
		arena, (struct stemma_view){out.bytes, out.size});
	stemma_out_free(&out);
	if (code != STEMMA_OK)
		return code;
	return line->bytes ? STEMMA_OK : STEMMA_NOMEM;
}

static enum stemma_code
tell(struct stemma_told *told, const struct stemma_comparison *comparison,
	struct stemma_arena *arena)
{
	enum stemma_code code = STEMMA_OK;

	told->stats = comparison->stats;
	told->lines = stemma_arena_alloc(
		arena, comparison->digest_count, sizeof *told->lines);
	if (!told->lines)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < comparison->digest_count && code == STEMMA_OK;
		k++)
		code = keep_line(&told->lines[told->line_count++],
			comparison->digest[k].text, arena);
	return code;
}

enum stemma_code
stemma_change_tell(struct stemma_told *told, struct stemma_view before,
	struct stemma_view after, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	static const struct stemma_compare_options options = {
		.reading = STEMMA_READ_CHANGED};
	const struct stemma_view texts[2] = {before, after};
	struct stemma_arena *own = stemma_arena_new(0);
	enum stemma_code code = own ? STEMMA_OK : STEMMA_NOMEM;
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];

	*told = (struct stemma_told){0};
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = stemma_doc_split(
			&docs[side], texts[side], NULL, own, NULL);
	if (code == STEMMA_OK)
		code = stemma_comparison_make(&comparison, &docs[0], &docs[1],
			&options, own, scratch);
	if (code == STEMMA_OK)
		code = tell(told, &comparison, arena);
	stemma_arena_free(own);
	return code;
}

void
stemma_change_write(struct stemma_out *out, const struct stemma_told *told)
{
	for (size_t k = 0; k < told->line_count; k++) {
		if (k)
			stemma_out_string(out, "; ");
		stemma_out_visible(out, told->lines[k]);
	}
}

void
stemma_change_write_json(struct stemma_out *out, const struct stemma_told *told)
{
	stemma_out_char(out, '[');
	for (size_t k = 0; k < told->line_count; k++) {
		if (k)
			stemma_out_char(out, ',');
		stemma_out_json(out, told->lines[k]);
	}
	stemma_out_char(out, ']');
}
