/*
 * What became of the stories of a page, where it is known where they start.
 *
 * SPDX-License-Identifier: MIT
 */
#include "render_help.h"

#define A                                                           \
	"The harbour of Ostvik will get a second quay in spring.\n" \
	"Work starts as soon as the ice has gone, the port said.\n"
#define B                                                            \
	"A choir from Lund has won the prize of the valley towns.\n" \
	"Its forty singers had rehearsed in a barn all winter.\n"
#define C                                                           \
	"Rents in the old quarter rose by a tenth within a year.\n" \
	"The tenants' union wants the council to step in at once.\n"
#define D                                                       \
	"Two rowers crossed the strait in under seven hours.\n" \
	"They met fog, three ferries and a very curious seal.\n"

#define E                                                            \
	"Snow fell on the islands for the first time in May.\n"      \
	"Schools stayed closed and the ferries in their harbours.\n" \
	"By noon the children had built a town of igloos.\n"

/* Whether a line is the first of one of these. */
static bool
is_first(const char *line)
{
	static const char *const starts[] = {"The harbour", "A choir",
		"Rents in", "Two rowers", "Snow fell"};

	for (size_t k = 0; k < sizeof starts / sizeof *starts; k++)
		if (!strncmp(line, starts[k], strlen(starts[k])))
			return true;
	return false;
}

/* Compare pages of these stories. */
static void
compare_pages(struct pair *pair, const char *old, const char *new)
{
	struct stemma_outline_options cuts[2];
	struct stemma_compare_options options = {
		.reading = STEMMA_READ_ALL, .stories = {&cuts[0], &cuts[1]}};
	const char *texts[2] = {old, new};
	uint32_t starts[2][8];

	for (int side = 0; side < 2; side++) {
		const char *at = texts[side];
		size_t count = 0;

		for (uint32_t line = 0; *at; line++, at = strchr(at, '\n') + 1)
			if (is_first(at))
				starts[side][count++] = line;
		cuts[side] = (struct stemma_outline_options){
			.stories = STEMMA_STORIES_GIVEN,
			.starts = starts[side],
			.start_count = count};
	}
	pair_make_views(
		pair, stemma_view_of(old), stemma_view_of(new), NULL, &options);
}

/* "=00 +-1$": one word a link: op, old, new, ">" if moved, "$" at the end. */
static void
assert_stories(const char *old, const char *new, const char *expected)
{
	struct stemma_out out = {0};
	struct pair pair;

	compare_pages(&pair, old, new);
	for (size_t k = 0; k < pair.comparison.story_count; k++) {
		const struct stemma_story_link *link =
			&pair.comparison.stories[k];

		if (k)
			stemma_out_char(&out, ' ');
		stemma_out_char(&out, "=~+-"[link->op]);
		for (int side = 0; side < 2; side++)
			stemma_out_char(&out,
				link->story[side] == STEMMA_NO_STORY
					? '.'
					: (char)('0' + link->story[side]));
		if (link->moved)
			stemma_out_char(&out, '>');
		if (link->at_end)
			stemma_out_char(&out, '$');
	}
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
	pair_free(&pair);
}

static void
stories_that_stay_are_kept(void **state)
{
	(void)state;
	assert_stories(A B, A B, "=00 =11");
}

static void
stories_behind_the_last_one_are_appended(void **state)
{
	(void)state;
	assert_stories(A, A B C, "=00 +.1$ +.2$");
	assert_stories(A B C, A, "=00 -1.$ -2.$");
}

static void
stories_in_front_are_added_but_not_appended(void **state)
{
	(void)state;
	assert_stories(C, A B C, "+.0 +.1 =02");
	assert_stories(A C, A B C, "=00 +.1 =12");
}

static void
stories_that_change_places_are_moved(void **state)
{
	struct pair pair;
	size_t moved = 0;

	(void)state;
	compare_pages(&pair, A B C, C A B);
	for (size_t k = 0; k < pair.comparison.story_count; k++) {
		assert_int_equal(
			pair.comparison.stories[k].op, STEMMA_STORY_KEPT);
		moved += pair.comparison.stories[k].moved;
	}
	assert_int_equal(pair.comparison.story_count, 3);
	assert_int_equal(moved, 1);
	pair_free(&pair);
}

static void
stories_in_the_place_of_others_replace_them(void **state)
{
	(void)state;
	assert_stories(A B C, A D C, "=00 ~11 =22");
	assert_stories(A, B, "~00");
	assert_stories(A B, A C D, "=00 ~11 +.2$");
}

static void
assert_page(const char *old, const char *new, bool unfold, const char *expected)
{
	const struct stemma_render_options options = {.unfold = unfold};
	struct pair pair;
	char *page;

	compare_pages(&pair, old, new);
	page = render_pair(&pair, stemma_render_term, &options);
	assert_string_equal(page, expected);
	free(page);
	pair_free(&pair);
}

static void
stories_that_came_are_a_line_of_the_page(void **state)
{
	(void)state;
	assert_page(A, A E, false,
		"3 paragraphs added\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n"
		"+   3 \u2502 story appended, 3 paragraphs: Snow fell on the "
		"islands for the first\u2026\n");
	assert_page(E A, A, false,
		"3 paragraphs removed\n"
		"- 1   \u2502 story removed, 3 paragraphs: Snow fell on the "
		"islands for the first\u2026\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n");
}

static void
stories_that_came_can_be_unfolded(void **state)
{
	(void)state;
	assert_page(A, A E, true,
		"3 paragraphs added\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n"
		"+   3 \u2502 Snow fell on the islands for the first time in "
		"May.\n"
		"+   4 \u2502 Schools stayed closed and the ferries in their "
		"harbours.\n"
		"+   5 \u2502 By noon the children had built a town of "
		"igloos.\n");
}

static void
paragraphs_that_stand_twice_are_said_to(void **state)
{
	(void)state;
	assert_page(A B,
		A B "The harbour of Ostvik will get a second quay in spring.\n",
		false,
		"1 paragraph added\n"
		"      \u2502 \u2026 4 paragraphs unchanged\n"
		"+     \u2502 repeats \u00b61\n"
		"+   5 \u2502 The harbour of Ostvik will get a second quay in "
		"spring.\n");
}

static void
stories_are_not_read_unless_asked_for(void **state)
{
	const struct stemma_compare_options nothing = {.ignore = 0};
	struct pair pair;

	(void)state;
	pair_make_views(
		&pair, stemma_view_of(A), stemma_view_of(A B), NULL, &nothing);
	assert_int_equal(pair.comparison.story_count, 0);
	assert_null(pair.comparison.outlines[STEMMA_NEW].kinds);
	pair_free(&pair);
}

static void
pages_past_the_limit_are_compared_but_not_read(void **state)
{
	const struct stemma_compare_options everything = {
		.reading = STEMMA_READ_ALL};
	struct stemma_out long_page = {0};
	struct pair pair;

	(void)state;
	while (long_page.size <= STEMMA_READ_MOST)
		stemma_out_string(&long_page, A B C D);
	assert_int_equal(stemma_out_finish(&long_page), STEMMA_OK);
	pair_make_views(&pair, stemma_view_of(A),
		(struct stemma_view){long_page.bytes, long_page.size}, NULL,
		&everything);
	assert_true(pair.comparison.unread);
	assert_int_equal(pair.comparison.story_count, 0);
	assert_true(pair.comparison.stats.units[STEMMA_ADDED] > 1000);
	pair_free(&pair);
	stemma_out_free(&long_page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stories_that_stay_are_kept),
		cmocka_unit_test(stories_behind_the_last_one_are_appended),
		cmocka_unit_test(stories_in_front_are_added_but_not_appended),
		cmocka_unit_test(stories_that_change_places_are_moved),
		cmocka_unit_test(stories_in_the_place_of_others_replace_them),
		cmocka_unit_test(stories_that_came_are_a_line_of_the_page),
		cmocka_unit_test(stories_that_came_can_be_unfolded),
		cmocka_unit_test(paragraphs_that_stand_twice_are_said_to),
		cmocka_unit_test(
			pages_past_the_limit_are_compared_but_not_read),
		cmocka_unit_test(stories_are_not_read_unless_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
