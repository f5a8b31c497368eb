/*
 * Two texts from one input: compare them, hold the answer to what compare.h
 * says, and write it in every format. The first byte chooses the options; the
 * two texts are parted by the first 0xff after it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include <stemma.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

/* Every unit of both sides stands in exactly one link. */
static void
check_cover(const struct stemma_comparison *comparison,
	struct stemma_arena *scratch)
{
	for (int side = 0; side < 2; side++) {
		size_t count = comparison->docs[side]->unit_count;
		unsigned char *seen = stemma_arena_zalloc(scratch, count, 1);

		check(seen != NULL);
		for (size_t k = 0; k < comparison->link_count; k++) {
			struct stemma_range range =
				comparison->links[k].units[side];

			for (uint32_t n = 0; n < range.count; n++) {
				check(range.first + n < count);
				check(seen[range.first + n]++ == 0);
			}
		}
		for (size_t k = 0; k < count; k++)
			check(seen[k] == 1);
	}
}

/* Changes lie inside their link, in order; outside a 1:1 link is equal. */
static void
check_changes(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	bool single = link->units[0].count == 1 && link->units[1].count == 1;
	struct stemma_span whole[2];
	size_t at[2];

	if (link->units[0].count == 0 || link->units[1].count == 0 ||
		link->op == STEMMA_REFORMATTED)
		return;
	for (int side = 0; side < 2; side++) {
		whole[side] = stemma_link_span(
			comparison, link, (enum stemma_side)side);
		at[side] = whole[side].start;
	}
	check(link->first_change + (size_t)link->change_count <=
		comparison->change_count);
	for (uint32_t k = 0; k <= link->change_count; k++) {
		const struct stemma_change *change =
			k < link->change_count
				? &comparison->changes[link->first_change + k]
				: NULL;
		struct stemma_view kept[2];

		for (int side = 0; side < 2; side++) {
			struct stemma_span span =
				change ? change->at[side]
				       : (struct stemma_span){whole[side].end,
						 whole[side].end};

			check(span.start >= at[side] &&
				span.start <= span.end &&
				span.end <= whole[side].end);
			kept[side] = stemma_view_cut(
				comparison->docs[side]->text,
				(struct stemma_span){at[side], span.start});
			at[side] = span.end;
		}
		check(!single || stemma_view_equal(kept[0], kept[1]));
	}
}

static void
check_formats(const struct stemma_comparison *comparison, uint8_t choice,
	struct stemma_arena *scratch)
{
	enum stemma_code (*const formats[])(struct stemma_out *,
		const struct stemma_comparison *,
		const struct stemma_render_options *, struct stemma_arena *) = {
		stemma_render_term, stemma_render_json, stemma_render_wdiff,
		stemma_render_criticmarkup, stemma_render_unified,
		stemma_render_stat};
	struct stemma_render_options options = {.names = {"old", "new"},
		.width = choice & 8 ? 100 : 40,
		.context = choice & 16 ? STEMMA_CONTEXT_ALL : 1,
		.color = choice & 32,
		.side_by_side = choice & 8};

	for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
		struct stemma_out out = {0};

		check(formats[k](&out, comparison, &options, scratch) ==
			STEMMA_OK);
		check(stemma_out_finish(&out) == STEMMA_OK);
		stemma_out_free(&out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_arena *arena, *scratch;
	struct stemma_text_options options = {0};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	struct stemma_view raw[2];
	const uint8_t *gap;

	if (size < 2 || !(gap = memchr(data + 1, 0xff, size - 1)))
		return 0;
	raw[0] = (struct stemma_view){
		(const char *)data + 1, (size_t)(gap - data) - 1};
	raw[1] = (struct stemma_view){
		(const char *)gap + 1, size - (size_t)(gap - data) - 1};
	options.unit =
		data[0] & 1 ? STEMMA_UNIT_SENTENCE : STEMMA_UNIT_PARAGRAPH;
	arena = stemma_arena_new((size_t)512 << 20);
	scratch = stemma_arena_new((size_t)512 << 20);
	check(arena && scratch);
	for (int side = 0; side < 2; side++)
		check(stemma_doc_split(&docs[side], raw[side], &options, arena,
			      NULL) == STEMMA_OK);
	check(stemma_comparison_make(&comparison, &docs[0], &docs[1], NULL,
		      arena, scratch) == STEMMA_OK);
	check_cover(&comparison, scratch);
	for (size_t k = 0; k < comparison.link_count; k++)
		check_changes(&comparison, &comparison.links[k]);
	check_formats(&comparison, data[0], scratch);
	stemma_arena_free(scratch);
	stemma_arena_free(arena);
	return 0;
}
