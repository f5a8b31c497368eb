/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/structure.h>

#include "support/stories.h"

struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc doc;
	struct stemma_outline outline;
};

static int
set_up(void **state)
{
	struct trial *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	*state = t;
	return 0;
}

static int
tear_down(void **state)
{
	struct trial *t = *state;

	stemma_arena_free(t->arena);
	stemma_arena_free(t->scratch);
	free(t);
	return 0;
}

static void
split(struct trial *t, struct stemma_view text)
{
	assert_int_equal(stemma_doc_split(&t->doc, text, NULL, t->arena, NULL),
		STEMMA_OK);
}

/* What holds for every outline: each unit in one story, sane confidences. */
static void
check_outline(const struct stemma_outline *o, const struct stemma_doc *doc)
{
	uint32_t next = 0;

	assert_int_equal(o->unit_count, doc->unit_count);
	assert_int_equal(o->story_count > 0, doc->unit_count > 0);
	for (size_t k = 0; k < o->story_count; k++) {
		const struct stemma_story *s = &o->stories[k];

		assert_int_equal(s->first, next);
		assert_true(s->last >= s->first);
		assert_true(s->confidence >= 0 && s->confidence <= 1.0001f);
		assert_true(s->title == STEMMA_NO_TITLE ||
			    (s->title >= s->first && s->title <= s->last));
		next = s->last + 1;
	}
	assert_int_equal(next, o->unit_count);
	for (size_t k = 0; k < o->unit_count; k++)
		assert_true(o->kinds[k] < STEMMA_KIND_COUNT);
}

static void
make(struct trial *t, const struct stemma_outline_options *options)
{
	size_t used = stemma_arena_used(t->scratch);

	assert_int_equal(stemma_outline_make(&t->outline, &t->doc, options,
				 t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(t->scratch), used);
	check_outline(&t->outline, &t->doc);
}

static void
outline(struct trial *t, const char *text,
	const struct stemma_outline_options *options)
{
	split(t, stemma_view_of(text));
	make(t, options);
}

static void
kinds_have_the_names_of_the_format(void **state)
{
	(void)state;
	assert_string_equal(stemma_kind_name(STEMMA_KIND_BODY), "body");
	assert_string_equal(
		stemma_kind_name(STEMMA_KIND_BOILERPLATE), "boilerplate");
}

static void
outline_of_nothing_has_no_story(void **state)
{
	struct trial *t = *state;

	outline(t, "", NULL);
	assert_int_equal(t->outline.story_count, 0);
	outline(t, " \n\n\t\n", NULL);
	assert_int_equal(t->outline.story_count, 0);
}

static void
outline_leaves_a_single_story_whole(void **state)
{
	static const char *const stories[] = {FERRY, ORCHARD, COUNCIL};
	struct trial *t = *state;

	for (size_t k = 0; k < 3; k++) {
		outline(t, stories[k], NULL);
		assert_int_equal(t->outline.story_count, 1);
		assert_true(t->outline.stories[0].confidence == 1);
	}
}

static void
outline_cuts_unrelated_stories_apart(void **state)
{
	struct trial *t = *state;

	outline(t, FERRY ORCHARD COUNCIL, NULL);
	assert_int_equal(t->outline.story_count, 3);
	assert_int_equal(t->outline.stories[1].first, 6);
	assert_int_equal(t->outline.stories[2].first, 12);
	assert_true(t->outline.stories[1].confidence >= 0.7f);
	assert_true(t->outline.stories[2].confidence >= 0.7f);
}

static void
outline_starts_a_story_at_its_headline(void **state)
{
	struct trial *t = *state;

	outline(t,
		"Ferry runs aground off Harrow with 212 on board\n" FERRY
		"Late frost takes a third of the apples in the Tarn\n" ORCHARD,
		NULL);
	assert_int_equal(t->outline.story_count, 2);
	assert_int_equal(t->outline.stories[1].first, 7);
	assert_int_equal(t->outline.stories[0].title, 0);
	assert_int_equal(t->outline.stories[1].title, 7);
	assert_int_equal(t->outline.kinds[7], STEMMA_KIND_HEADLINE);
	assert_int_equal(t->outline.kinds[8], STEMMA_KIND_BODY);
}

static void
outline_uses_rules_between_stories(void **state)
{
	struct trial *t = *state;

	outline(t, FERRY "* * *\n" FERRY, NULL);
	assert_int_equal(t->outline.story_count, 2);
	assert_int_equal(t->outline.stories[1].first, 7);
	assert_true(t->outline.stories[1].confidence >= 0.7f);
}

/* Four stories of a paragraph each, with something between them. */
#define NEWS(between)                                                         \
	"The harbour reopened on Monday after a storm that had closed it "    \
	"for two days, the port authority said.\n" between                    \
	"A primary school in the north of the city has won a prize for its "  \
	"garden, in which pupils grow beans and kale.\n" between              \
	"The city museum has bought a clock that was made in 1712 and had "   \
	"been in private hands until now.\n" between                          \
	"Bakers in three towns went back to their ovens on Thursday after a " \
	"strike of nine days over night shifts.\n"

static void
outline_cuts_at_rules_however_short_the_stories_are(void **state)
{
	static const char *const pages[] = {NEWS("* * *\n"), NEWS("---\n"),
		NEWS("***\n"), NEWS("__________\n"), NEWS("\u2042\n"),
		NEWS("\u2022 \u2022 \u2022\n")};
	struct trial *t = *state;

	for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
		outline(t, pages[k], NULL);
		assert_int_equal(t->outline.story_count, 4);
		for (uint32_t s = 0; s < 4; s++)
			assert_int_equal(t->outline.stories[s].first, 2 * s);
	}
}

static void
outline_starts_a_story_where_a_byline_is_repeated(void **state)
{
	struct trial *t = *state;

	outline(t,
		"Harbour reopens after storm\nBy Anna Keller\n"
		"The harbour reopened on Monday after a storm that had closed "
		"it for two days, the port authority said.\n"
		"Two ferries were damaged at the quay.\n"
		"School wins prize for garden\nBy Tom Frei\n"
		"A primary school in the north of the city has won a prize "
		"for its garden.\n"
		"The jury praised the way in which the children had shared "
		"the work among themselves.\n"
		"Museum buys rare clock\nBy Ines Moll\n"
		"The city museum has bought a clock that was made in 1712.\n",
		NULL);
	assert_int_equal(t->outline.story_count, 3);
	assert_int_equal(t->outline.stories[1].first, 4);
	assert_int_equal(t->outline.stories[2].first, 8);
}

static void
outline_leaves_a_page_that_grows_by_the_hour_whole(void **state)
{
	struct trial *t = *state;

	outline(t,
		"As it happened: the storm on the coast\n18:40\n"
		"We are closing this page now. Thank you for staying with us "
		"through a long day.\n17:52\n"
		"The network operator says its engineers are waiting for the "
		"wind to drop.\n16:05\n"
		"Residents of Quay Street have told us how the roof of the "
		"sailing club was lifted off.\n15:31\n"
		"Three severe warnings are in force for the estuary.\n",
		NULL);
	assert_int_equal(t->outline.story_count, 1);
}

static void
what_stands_in_front_of_a_rule_ends_the_story_before(void **state)
{
	struct trial *t = *state;

	outline(t, FERRY "Read more\nA harbour for one boat\n* * *\n" ORCHARD,
		NULL);
	assert_int_equal(t->outline.story_count, 2);
	assert_int_equal(t->outline.stories[1].first, 9);
}

static void
headings_are_subheads_where_stories_come_without_headlines(void **state)
{
	struct trial *t = *state;
	const uint32_t starts[] = {6};
	const struct stemma_outline_options options = {
		.stories = STEMMA_STORIES_GIVEN,
		.starts = starts,
		.start_count = 1};

	outline(t,
		FERRY "The orchard at the end of the lane has been sold to a "
		      "cooperative of growers, its owner said on Tuesday.\n"
		      "She had kept the trees for forty years, and wanted "
		      "them to go on standing when she no longer could.\n"
		      "Growers promise to keep the trees\n"
		      "The cooperative wants to press cider from the apples. "
		      "It has rented a barn on the other side of the lane.\n",
		&options);
	assert_int_equal(t->outline.kinds[8], STEMMA_KIND_SUBHEAD);
}

static void
outline_can_be_told_not_to_cut(void **state)
{
	struct stemma_outline_options options = {.stories = STEMMA_STORIES_OFF};
	struct trial *t = *state;

	outline(t, FERRY ORCHARD COUNCIL, &options);
	assert_int_equal(t->outline.story_count, 1);
}

static void
outline_can_be_told_how_many_stories_there_are(void **state)
{
	struct stemma_outline_options options = {
		.stories = STEMMA_STORIES_COUNT, .count = 2};
	struct trial *t = *state;

	outline(t, FERRY ORCHARD, &options);
	assert_int_equal(t->outline.story_count, 2);
	assert_int_equal(t->outline.stories[1].first, 6);
	for (options.count = 1; options.count < 20; options.count++) {
		outline(t, FERRY ORCHARD COUNCIL, &options);
		assert_int_equal(t->outline.story_count,
			options.count < 17 ? options.count : 17);
	}
}

static void
outline_can_be_told_where_stories_start(void **state)
{
	static const uint32_t starts[] = {0, 3, 3, 9, 400};
	struct stemma_outline_options options = {
		.stories = STEMMA_STORIES_GIVEN,
		.starts = starts,
		.start_count = 5};
	struct trial *t = *state;

	outline(t, FERRY ORCHARD, &options);
	assert_int_equal(t->outline.story_count, 3);
	assert_int_equal(t->outline.stories[1].first, 3);
	assert_int_equal(t->outline.stories[2].first, 9);
}

static void
outline_never_starts_a_story_where_a_hint_forbids_it(void **state)
{
	uint8_t hints[12];
	struct stemma_outline_options options = {.hints = hints};
	struct trial *t = *state;

	memset(hints, STEMMA_HINT_INSIDE, sizeof hints);
	outline(t, FERRY ORCHARD, &options);
	assert_int_equal(t->outline.story_count, 1);
}

static void
outline_of_sentences_starts_stories_at_paragraphs(void **state)
{
	struct stemma_text_options options = {
		.unit = STEMMA_UNIT_SENTENCE, .layout = STEMMA_LAYOUT_NEWLINE};
	struct trial *t = *state;
	const struct stemma_unit *unit;

	assert_int_equal(
		stemma_doc_split(&t->doc, stemma_view_of(FERRY ORCHARD),
			&options, t->arena, NULL),
		STEMMA_OK);
	make(t, NULL);
	assert_int_equal(t->outline.story_count, 2);
	unit = &t->doc.units[t->outline.stories[1].first];
	assert_int_equal(unit->paragraph, 6);
	assert_int_not_equal(unit[-1].paragraph, unit->paragraph);
}

static void
outline_takes_any_bytes(void **state)
{
	struct trial *t = *state;
	uint64_t seed = 1;
	char bytes[600];

	for (int round = 0; round < 300; round++) {
		size_t size = (size_t)round * 2;

		for (size_t k = 0; k < size; k++) {
			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			bytes[k] = (char)(seed >> 56);
			if (seed >> 40 & 1)
				bytes[k] = "\n .A\"-:a*#1("[(seed >> 33) % 12];
		}
		split(t, (struct stemma_view){bytes, size});
		make(t, NULL);
	}
}

static void
outline_without_memory_makes_nothing(void **state)
{
	struct trial *t = *state;
	enum stemma_code code = STEMMA_NOMEM;
	size_t rounds = 0;

	split(t, stemma_view_of(FERRY "* * *\n" ORCHARD));
	for (size_t limit = 1; code != STEMMA_OK; limit += limit / 8 + 1) {
		for (int which = 0; which < 2; which++) {
			struct stemma_arena *small = stemma_arena_new(limit);
			struct stemma_arena *large = stemma_arena_new(0);

			assert_non_null(small);
			code = stemma_outline_make(&t->outline, &t->doc, NULL,
				which ? large : small, which ? small : large);
			if (code != STEMMA_OK) {
				assert_int_equal(code, STEMMA_NOMEM);
				assert_null(t->outline.kinds);
				assert_null(t->outline.stories);
				assert_int_equal(t->outline.unit_count, 0);
			}
			assert_int_equal(
				stemma_arena_used(which ? small : large), 0);
			stemma_arena_free(small);
			stemma_arena_free(large);
		}
		rounds++;
	}
	assert_true(rounds > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_the_names_of_the_format),
		TEST(outline_of_nothing_has_no_story),
		TEST(outline_leaves_a_single_story_whole),
		TEST(outline_cuts_unrelated_stories_apart),
		TEST(outline_starts_a_story_at_its_headline),
		TEST(outline_uses_rules_between_stories),
		TEST(outline_cuts_at_rules_however_short_the_stories_are),
		TEST(outline_starts_a_story_where_a_byline_is_repeated),
		TEST(outline_leaves_a_page_that_grows_by_the_hour_whole),
		TEST(what_stands_in_front_of_a_rule_ends_the_story_before),
		TEST(headings_are_subheads_where_stories_come_without_headlines),
		TEST(outline_can_be_told_not_to_cut),
		TEST(outline_can_be_told_how_many_stories_there_are),
		TEST(outline_can_be_told_where_stories_start),
		TEST(outline_never_starts_a_story_where_a_hint_forbids_it),
		TEST(outline_of_sentences_starts_stories_at_paragraphs),
		TEST(outline_takes_any_bytes),
		TEST(outline_without_memory_makes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
