/*
 * Any bytes are CriticMarkup: read them, and what comes out of them once more
 * out of what is written of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>

#include <stemma.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

static void
write_and_read(const struct stemma_critic *read, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_comparison comparison;
	struct stemma_critic again;
	struct stemma_doc docs[2];
	struct stemma_out out = {0};

	for (int side = 0; side < 2; side++)
		check(stemma_doc_split(&docs[side], read->versions[side], NULL,
			      arena, NULL) == STEMMA_OK);
	check(stemma_comparison_make(&comparison, &docs[0], &docs[1], NULL,
		      arena, scratch) == STEMMA_OK);
	check(stemma_render_criticmarkup(&out, &comparison, NULL, scratch) ==
		STEMMA_OK);
	check(stemma_critic_read(&again,
		      (struct stemma_view){out.bytes, out.size},
		      arena) == STEMMA_OK);
	for (int side = 0; side < 2; side++)
		check(stemma_view_equal(
			again.versions[side], read->versions[side]));
	check(again.unended == 0);
	stemma_out_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_arena *arena = stemma_arena_new((size_t)256 << 20);
	struct stemma_arena *scratch = stemma_arena_new((size_t)256 << 20);
	struct stemma_critic critic;

	check(arena && scratch);
	check(stemma_critic_read(&critic,
		      (struct stemma_view){(const char *)data, size},
		      arena) == STEMMA_OK);
	check(critic.versions[0].size <= size &&
		critic.versions[1].size <= size);
	write_and_read(&critic, arena, scratch);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	return 0;
}
