/*
 * Two versions of a page inform each other about where stories start.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stemma.h>

#define FIRST "The ferry to Ostvik will not run on Sunday, the line said.\n"
#define SECOND "Its engine failed on Friday and a part must come by train.\n"
#define THIRD "A baker in Lund has sold the same loaf for sixty years.\n"
#define FOURTH "He now looks for someone who will get up at three for it.\n"

struct page {
	struct stemma_doc docs[2];
	struct stemma_outline outlines[2];
	struct stemma_arena *arena, *scratch;
};

/* Two pages whose stories start at `starts`, a bit for each unit. */
static void
setup(struct page *page, const char *old, unsigned old_starts, const char *new,
	unsigned new_starts)
{
	const char *texts[2] = {old, new};
	const unsigned starts[2] = {old_starts, new_starts};

	page->arena = stemma_arena_new(0);
	page->scratch = stemma_arena_new(0);
	assert_non_null(page->arena);
	assert_non_null(page->scratch);
	for (int side = 0; side < 2; side++) {
		uint32_t given[8];
		struct stemma_outline_options options = {
			.stories = STEMMA_STORIES_GIVEN, .starts = given};

		for (uint32_t unit = 0; unit < 8; unit++)
			if (starts[side] >> unit & 1)
				given[options.start_count++] = unit;
		assert_int_equal(stemma_doc_split(&page->docs[side],
					 stemma_view_of(texts[side]), NULL,
					 page->arena, NULL),
			STEMMA_OK);
		assert_int_equal(stemma_outline_make(&page->outlines[side],
					 &page->docs[side], &options,
					 page->arena, page->scratch),
			STEMMA_OK);
	}
}

static enum stemma_code
agree(struct page *page, const struct stemma_unit_pair *pairs, size_t count)
{
	const struct stemma_doc *docs[2] = {&page->docs[0], &page->docs[1]};

	return stemma_stories_agree(
		page->outlines, docs, pairs, count, page->arena, page->scratch);
}

static void
teardown(struct page *page)
{
	assert_int_equal(stemma_arena_used(page->scratch), 0);
	stemma_arena_free(page->arena);
	stemma_arena_free(page->scratch);
}

static const struct stemma_unit_pair straight[] = {
	{{0, 0}}, {{1, 1}}, {{2, 2}}, {{3, 3}}};

static void
a_start_that_one_version_alone_sees_is_none(void **state)
{
	struct page page;

	(void)state;
	for (int side = 0; side < 2; side++) {
		setup(&page, FIRST SECOND THIRD FOURTH, side ? 1 : 5,
			FIRST SECOND THIRD FOURTH, side ? 5 : 1);
		assert_int_equal(agree(&page, straight, 4), STEMMA_OK);
		assert_int_equal(page.outlines[0].story_count, 1);
		assert_int_equal(page.outlines[1].story_count, 1);
		assert_int_equal(page.outlines[side].stories[0].last, 3);
		teardown(&page);
	}
}

static void
a_start_that_both_versions_see_stays(void **state)
{
	struct page page;

	(void)state;
	setup(&page, FIRST SECOND THIRD FOURTH, 5, FIRST SECOND THIRD FOURTH,
		5);
	page.outlines[0].stories[1].confidence = 0.75f;
	assert_int_equal(agree(&page, straight, 4), STEMMA_OK);
	assert_int_equal(page.outlines[0].story_count, 2);
	assert_true(page.outlines[0].stories[1].confidence == 0.75f);
	teardown(&page);
}

static void
a_start_where_the_text_was_not_together_stays(void **state)
{
	const struct stemma_unit_pair moved[] = {
		{{2, 0}}, {{3, 1}}, {{0, 2}}, {{1, 3}}};
	const struct stemma_unit_pair appended[] = {{{0, 0}}, {{1, 1}}};
	struct page page;

	(void)state;
	setup(&page, THIRD FOURTH FIRST SECOND, 1, FIRST SECOND THIRD FOURTH,
		5);
	assert_int_equal(agree(&page, moved, 4), STEMMA_OK);
	assert_int_equal(page.outlines[1].story_count, 2);
	teardown(&page);
	setup(&page, FIRST SECOND, 1, FIRST SECOND THIRD FOURTH, 5);
	assert_int_equal(agree(&page, appended, 2), STEMMA_OK);
	assert_int_equal(page.outlines[1].story_count, 2);
	teardown(&page);
}

static void
confidence_stays_with_the_starts_that_are_left(void **state)
{
	struct page page;

	(void)state;
	setup(&page, FIRST SECOND THIRD FOURTH, 1 | 2 | 4,
		FIRST SECOND THIRD FOURTH, 1 | 4);
	page.outlines[0].stories[1].confidence = 0.5f;
	page.outlines[0].stories[2].confidence = 0.875f;
	assert_int_equal(agree(&page, straight, 4), STEMMA_OK);
	assert_int_equal(page.outlines[0].story_count, 2);
	assert_int_equal(page.outlines[0].stories[1].first, 2);
	assert_true(page.outlines[0].stories[1].confidence == 0.875f);
	teardown(&page);
}

static void
agreement_survives_every_lack_of_memory(void **state)
{
	enum stemma_code code = STEMMA_NOMEM;
	size_t failures = 0;

	(void)state;
	for (size_t limit = 1; code == STEMMA_NOMEM; limit += 16) {
		struct page page;

		setup(&page, FIRST SECOND THIRD FOURTH, 5,
			FIRST SECOND THIRD FOURTH, 1);
		stemma_arena_free(page.scratch);
		page.scratch = stemma_arena_new(limit);
		assert_non_null(page.scratch);
		code = agree(&page, straight, 4);
		failures += code == STEMMA_NOMEM;
		teardown(&page);
	}
	assert_int_equal(code, STEMMA_OK);
	assert_true(failures > 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_start_that_one_version_alone_sees_is_none),
		cmocka_unit_test(a_start_that_both_versions_see_stays),
		cmocka_unit_test(a_start_where_the_text_was_not_together_stays),
		cmocka_unit_test(
			confidence_stays_with_the_starts_that_are_left),
		cmocka_unit_test(agreement_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
