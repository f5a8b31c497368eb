/*
 * Two texts from one input: compare them, hold the answer to all that holds of
 * every comparison (tests/support), and write it in every format. The first
 * byte chooses the options; the two texts are parted by the first 0xff after
 * it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma.h>

#include "support/demand.h"
#include "support/formats.h"
#include "support/invariants.h"
#include "support/mirror.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	struct stemma_arena *arena, *scratch;
	struct stemma_compare_options options;
	struct stemma_doc docs[2];
};

static void
compare(struct input *input, struct stemma_comparison *comparison, int first,
	int second)
{
	check(stemma_comparison_make(comparison, &input->docs[first],
		      &input->docs[second], &input->options, input->arena,
		      input->scratch) == STEMMA_OK,
		"no memory");
}

static void
check_all(struct input *input, const struct stemma_comparison *comparison)
{
	struct stemma_comparison other;
	struct checker checker = {
		.comparison = comparison, .arena = input->scratch};

	check(check_comparison(&checker), checker.message);
	compare(input, &other, 1, 0);
	check(check_mirror(&checker, &other), checker.message);
	for (int side = 0; side < 2; side++) {
		compare(input, &other, side, side);
		checker.comparison = &other;
		check(check_identity(&checker), checker.message);
	}
}

static void
check_criticmarkup(const struct input *input, const struct stemma_out *written)
{
	struct stemma_critic critic;

	check(stemma_critic_read(&critic,
		      (struct stemma_view){written->bytes, written->size},
		      input->arena) == STEMMA_OK,
		"criticmarkup cannot be read back");
	for (int side = 0; side < 2; side++)
		check(stemma_view_equal(
			      critic.versions[side], input->docs[side].raw),
			"criticmarkup has lost a file");
}

static void
check_formats(struct input *input, const struct stemma_comparison *comparison)
{
	for (size_t k = 0; k < FORMAT_COUNT; k++) {
		struct stemma_out out = {0};

		check(formats[k].render(&out, comparison, &formats[k].options,
			      input->scratch) == STEMMA_OK &&
				stemma_out_finish(&out) == STEMMA_OK,
			formats[k].name);
		if (formats[k].render == stemma_render_criticmarkup)
			check_criticmarkup(input, &out);
		stemma_out_free(&out);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_text_options options = {0};
	struct stemma_comparison comparison;
	struct input input = {0};
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
	input.options.ignore =
		data[0] & (STEMMA_FOLD_CASE | STEMMA_FOLD_PUNCTUATION |
				  STEMMA_FOLD_NUMBERS);
	input.options.budget = data[0] & 64 ? 100 : 0;
	input.options.reading = (enum stemma_reading)((data[0] >> 4 & 3) % 3);
	input.arena = stemma_arena_new((size_t)512 << 20);
	input.scratch = stemma_arena_new((size_t)512 << 20);
	check(input.arena && input.scratch, "no memory");
	for (int side = 0; side < 2; side++)
		check(stemma_doc_split(&input.docs[side], raw[side], &options,
			      input.arena, NULL) == STEMMA_OK,
			"no memory");
	compare(&input, &comparison, 0, 1);
	check_all(&input, &comparison);
	check_formats(&input, &comparison);
	check(stemma_arena_used(input.scratch) == 0, "scratch is left used");
	stemma_arena_free(input.scratch);
	stemma_arena_free(input.arena);
	return 0;
}
