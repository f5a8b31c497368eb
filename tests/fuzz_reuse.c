/*
 * Text that stands twice, in one text and in two that are parted by the first
 * 0xff, and all that holds of the answer (tests/support/passages.h); swapped;
 * and written for terminals and programs.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stemma.h>

#include "support/passages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const char *message)
{
	if (!message)
		return;
	fprintf(stderr, "%s\n", message);
	abort();
}

struct input {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
};

static struct stemma_reuse
find(struct input *input, const struct stemma_doc *const docs[], size_t count)
{
	struct stemma_reuse reuse;

	if (stemma_reuse_find(&reuse, docs, count, input->arena,
		    input->scratch) != STEMMA_OK)
		check("no memory");
	check(check_reuse(&reuse, docs, count, input->scratch));
	return reuse;
}

static void
write_out(struct input *input, const struct stemma_reuse *reuse, size_t count)
{
	const struct stemma_reuse_page page = {
		{&input->docs[0], &input->docs[1]}, count, reuse};
	struct stemma_render_options options = {.names = {"a", "b"},
		.width = 1 + (unsigned)(input->docs[0].text.size % 99)};
	struct stemma_out out = {0};

	if (stemma_render_reuse_term(&out, &page, &options, input->scratch) !=
			STEMMA_OK ||
		stemma_render_reuse_json(
			&out, &page, &options, input->scratch) != STEMMA_OK)
		check("not written");
	stemma_out_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *border = size ? memchr(data, 0xff, size) : NULL;
	size_t first = border ? (size_t)(border - data) : size;
	struct stemma_view texts[2] = {{(const char *)data, first},
		{(const char *)data + first + (border != NULL),
			size - first - (border != NULL)}};
	struct input input = {
		.arena = stemma_arena_new(0), .scratch = stemma_arena_new(0)};
	const struct stemma_doc *docs[2] = {&input.docs[0], &input.docs[1]};
	const struct stemma_doc *swapped[2] = {docs[1], docs[0]};
	struct stemma_reuse reuse, mirror;

	for (int side = 0; side < 2; side++)
		if (stemma_doc_split(&input.docs[side], texts[side], NULL,
			    input.arena, NULL) != STEMMA_OK)
			check("not split");
	reuse = find(&input, docs, 1);
	write_out(&input, &reuse, 1);
	reuse = find(&input, docs, 2);
	write_out(&input, &reuse, 2);
	mirror = find(&input, swapped, 2);
	if (!stemma_view_equal(docs[0]->text, docs[1]->text) &&
		!is_mirrored(&reuse, &mirror))
		check("not mirrored");
	stemma_arena_free(input.arena);
	stemma_arena_free(input.scratch);
	return 0;
}
