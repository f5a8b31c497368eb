/* Paragraphs as they are told, in texts of next to nothing.
   SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stemma.h>

static const enum stemma_layout layouts[] = {STEMMA_LAYOUT_AUTO,
	STEMMA_LAYOUT_BLANK_LINE, STEMMA_LAYOUT_NEWLINE, STEMMA_LAYOUT_WRAPPED,
	STEMMA_LAYOUT_MIXED};

static size_t
count_units(struct stemma_view text, struct stemma_text_options options)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_doc doc;
	size_t count;

	assert_non_null(arena);
	assert_int_equal(
		stemma_doc_split(&doc, text, &options, arena, NULL), STEMMA_OK);
	count = doc.unit_count;
	stemma_arena_free(arena);
	return count;
}

/* In every layout, by paragraphs and by sentences. */
static void
assert_units(struct stemma_view text, size_t count)
{
	for (size_t k = 0; k < sizeof layouts / sizeof *layouts; k++) {
		struct stemma_text_options options = {.layout = layouts[k]};

		assert_int_equal(count_units(text, options), count);
		options.unit = STEMMA_UNIT_SENTENCE;
		assert_int_equal(count_units(text, options), count);
	}
}

static void
text_without_a_character_has_no_unit_in_any_layout(void **state)
{
	static const struct stemma_view texts[] = {{NULL, 0}, {"", 0},
		{"\n", 1}, {" \n\t\n \r\n", 7}, {"\xef\xbb\xbf", 3},
		{"\xff\xfe", 2}, {"\xfe\xff", 2}, {"\f\v", 2}};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		assert_units(texts[k], 0);
}

static void
text_of_one_word_is_one_unit_in_every_layout(void **state)
{
	static const struct stemma_view texts[] = {{"a", 1}, {"\n\na\n\n", 5},
		{"\xef\xbb\xbf"
		 "a",
			4},
		{"\xff\xfe"
		 "a\0",
			4}};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		assert_units(texts[k], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			text_without_a_character_has_no_unit_in_any_layout),
		cmocka_unit_test(text_of_one_word_is_one_unit_in_every_layout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
