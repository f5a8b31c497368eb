/* The terminal's page. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options plain = {0};

/* ---- what is told ------------------------------------------------------- */

static void
term_shows_an_edit_inside_its_paragraph(void **state)
{
	(void)state;
	assert_renders("Bank rejects the plan again\n",
		"Bank accepts the plan again\n", stemma_render_term, &plain,
		"1 paragraph edited; edits: +1 -1 words\n"
		"~ 1 1 \u2502 Bank [-rejects-]{+accepts+} the plan again\n");
}

static void
term_names_both_texts_under_the_summary(void **state)
{
	const struct stemma_render_options named = {
		.names = {"old.txt", "b\033\xff\u202e.txt"}};

	(void)state;
	assert_renders("One.\n", "One.\n\nTwo.\n", stemma_render_term, &named,
		"1 paragraph added\n"
		"--- old.txt\n"
		"+++ b^[<FF><U+202E>.txt\n"
		"      \u2502 \u2026 1 paragraph unchanged\n"
		"+   2 \u2502 Two.\n");
}

#define FIRST "First paragraph of all, which stays as it has always been.\n\n"
#define SECOND "Second comes this one, of about the same length as others.\n\n"
#define THIRD "Third in line, it has its own words and tells a new thing.\n\n"
#define FOURTH "Fourth and last: what more is there to be told in the end.\n"

static void
term_points_from_where_a_paragraph_left_to_where_it_went(void **state)
{
	(void)state;
	assert_renders("Short one.\n\n" FIRST SECOND FOURTH,
		FIRST SECOND "Short one.\n\n" FOURTH, stemma_render_term,
		&plain,
		"1 paragraph moved\n"
		"< 1   \u2502 moved to \u00b63: Short one.\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n"
		">     \u2502 moved from \u00b61\n"
		"> 1 3 \u2502 Short one.\n"
		"      \u2502 \u2026 1 paragraph unchanged\n");
}

static void
term_tells_a_block_that_moved_as_one(void **state)
{
	(void)state;
	assert_renders("Short one.\n\nShort two.\n\n" FIRST SECOND,
		FIRST SECOND "Short one.\n\nShort two.\n", stemma_render_term,
		&plain,
		"2 paragraphs moved\n"
		"< 1   \u2502 \u00b61\u20132 moved to \u00b63\u20134: Short "
		"one.\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n"
		">     \u2502 moved from \u00b61\u20132\n"
		"> 1 3 \u2502 Short one.\n"
		"> 2 4 \u2502 Short two.\n");
}

static void
term_shows_context_and_folds_the_rest(void **state)
{
	const struct stemma_render_options one = {.context = 1};

	(void)state;
	assert_renders(FIRST SECOND THIRD "Is it?\n\n" FOURTH,
		FIRST SECOND THIRD "Is it so?\n\n" FOURTH, stemma_render_term,
		&one,
		"1 paragraph edited; edits: +1 -0 words\n"
		"      \u2502 \u2026 2 paragraphs unchanged\n"
		"  3 3 \u2502 Third in line, it has its own words and tells a "
		"new thing.\n"
		"~ 4 4 \u2502 Is it {+so+}?\n"
		"  5 5 \u2502 Fourth and last: what more is there to be told "
		"in "
		"the end.\n");
}

static void
term_with_all_context_folds_nothing(void **state)
{
	const struct stemma_render_options all = {
		.context = STEMMA_CONTEXT_ALL};

	(void)state;
	assert_renders("One.\n\nTwo.\n\nThree.\n", "One.\n\nTwo.\n",
		stemma_render_term, &all,
		"1 paragraph removed\n"
		"  1 1 \u2502 One.\n"
		"  2 2 \u2502 Two.\n"
		"- 3   \u2502 Three.\n");
}

static void
term_labels_splits_and_merges(void **state)
{
	static const char apart[] = FIRST SECOND "End.\n";
	static const char together[] =
		"First paragraph of all, which stays as it has always been. "
		"Second comes this one, of about the same length as others."
		"\n\nEnd.\n";

	(void)state;
	assert_renders(together, apart, stemma_render_term, &plain,
		"1 paragraph split\n"
		"^     \u2502 \u00b61 split into 2\n"
		"  1 1 \u2502 First paragraph of all, which stays as it has "
		"always been.\n"
		"    2 \u2502 Second comes this one, of about the same length "
		"as "
		"others.\n"
		"      \u2502 \u2026 1 paragraph unchanged\n");
	assert_renders(apart, together, stemma_render_term, &plain,
		"1 paragraph merged\n"
		"v     \u2502 \u00b61\u20132 merged into one\n"
		"  1 1 \u2502 First paragraph of all, which stays as it has "
		"always been. Second comes\n"
		"      \u2502 this one, of about the same length as others.\n"
		"      \u2502 \u2026 1 paragraph unchanged\n");
}

static void
term_tells_reformatted_paragraphs_in_a_line(void **state)
{
	(void)state;
	assert_renders("It's so.\n\nIt's not.\n\nEnd.\n",
		"It\u2019s so.\n\nIt\u2019s not.\n\nEnd.\n", stemma_render_term,
		&plain,
		"2 paragraphs reformatted\n"
		"= 1 1 \u2502 2 paragraphs reformatted: It\u2019s so.\n"
		"      \u2502 \u2026 1 paragraph unchanged\n");
}

static void
term_marks_no_typography_inside_an_edit(void **state)
{
	(void)state;
	assert_renders("It's the bank's old \"plan\" again\n",
		"It\u2019s the bank\u2019s new \"plan\" again\n",
		stemma_render_term, &plain,
		"1 paragraph edited; edits: +1 -1 words\n"
		"~ 1 1 \u2502 It\u2019s the bank\u2019s [-old-]{+new+} "
		"\"plan\" again\n");
}

static void
term_says_what_is_hidden(void **state)
{
	const struct stemma_compare_options ignore = {
		.ignore = STEMMA_FOLD_CASE};
	struct pair pair;
	char *page;

	(void)state;
	pair_make_views(&pair,
		stemma_view_of("The Plan is old\n\nThe PLAN is all\n"),
		stemma_view_of("The plan is new\n\nThe plan is all\n"), NULL,
		&ignore);
	page = render_pair(&pair, stemma_render_term, &plain);
	assert_non_null(strstr(page, "; 2 changes hidden\n"));
	assert_non_null(strstr(page,
		"~ 1 1 \u2502 The plan is [-old-]{+new+}\n"
		"      \u2502 \u2026 1 paragraph unchanged or with ignored "
		"changes\n"));
	free(page);
	pair_free(&pair);
}

static void
term_says_when_an_answer_is_approximate(void **state)
{
	struct pair pair;
	char *page;

	(void)state;
	pair_make(&pair, "One.\n", "Two.\n");
	pair.comparison.approximate = true;
	page = render_pair(&pair, stemma_render_term, &plain);
	assert_non_null(strstr(page, "; approximate ("));
	free(page);
	pair_free(&pair);
}

static void
term_of_equal_texts_is_one_line(void **state)
{
	(void)state;
	assert_renders(
		FIRST, FIRST, stemma_render_term, &plain, "no difference\n");
	assert_renders("", "", stemma_render_term, &plain, "no difference\n");
}

static void
term_numbers_sentences_as_sentences(void **state)
{
	const struct stemma_text_options sentences = {
		.unit = STEMMA_UNIT_SENTENCE};
	struct pair pair;
	char *page;

	(void)state;
	pair_make_views(&pair, stemma_view_of("It ends. " FIRST SECOND),
		stemma_view_of(FIRST SECOND "It ends.\n"), &sentences, NULL);
	page = render_pair(&pair, stemma_render_term, &plain);
	assert_non_null(strstr(page, "1 sentence moved\n"));
	assert_non_null(strstr(page, "moved to sentence 3: It ends."));
	free(page);
	pair_free(&pair);
}

/* ---- how it looks ------------------------------------------------------- */

static void
term_makes_room_for_less_margin_in_less_width(void **state)
{
	const struct stemma_render_options forty = {.width = 40},
					   twenty = {.width = 20},
					   three = {.width = 3};

	(void)state;
	assert_renders("", "It is a new day in the capital city today.\n",
		stemma_render_term, &forty,
		"1 paragraph added\n"
		"+ 1 It is a new day in the capital city\n"
		"+   today.\n");
	assert_renders("", "It is a new day in the capital.\n",
		stemma_render_term, &twenty,
		"1 paragraph added\n"
		"+ It is a new day in\n"
		"+ the capital.\n");
	assert_renders("", "It is.\n", stemma_render_term, &three,
		"1\npar\nagr\naph\nadd\ned\n"
		"+\n"
		"It\n"
		"is.\n");
}

static void
term_puts_two_columns_beside_each_other_from_100_on(void **state)
{
	const struct stemma_render_options wide = {
		.width = 100, .side_by_side = true};
	const struct stemma_render_options narrow = {
		.width = 99, .side_by_side = true};
	static const char old[] = "Bank rejects the plan again\n\nGone.\n";
	static const char new[] = "Bank accepts the plan again\n\nCome.\n";

	(void)state;
	assert_renders(old, new, stemma_render_term, &wide,
		"1 paragraph edited, 1 added, 1 removed; edits: +1 -1 words\n"
		"\u00b7 headline: rejects \u2192 accepts\n"
		"~ 1 Bank [-rejects-] the plan again               "
		"\u2502 1 Bank {+accepts+} the plan again\n"
		"- 2 Gone.                                         "
		"\u2502\n"
		"+                                                 "
		"\u2502 2 Come.\n");
	assert_renders(old, new, stemma_render_term, &narrow,
		"1 paragraph edited, 1 added, 1 removed; edits: +1 -1 words\n"
		"\u00b7 headline: rejects \u2192 accepts\n"
		"~ 1 1 \u2502 Bank [-rejects-]{+accepts+} the plan again\n"
		"- 2   \u2502 Gone.\n"
		"+   2 \u2502 Come.\n");
}

static void
term_leaves_the_middle_of_a_long_stretch_out(void **state)
{
	static struct text old, new;
	const struct stemma_render_options all = {
		.context = STEMMA_CONTEXT_ALL};
	char *page;

	(void)state;
	for (int k = 0; k < 2000; k++)
		text_add(&old, "some words of old ");
	text_add(&old, "\n");
	new = old;
	memcpy(new.bytes + 18000, "MANY", 4);
	old.bytes[old.size] = new.bytes[new.size] = '\0';
	page = render_texts(old.bytes, new.bytes, stemma_render_term, &plain);
	assert_non_null(strstr(page, "[-some-]{+MANY+} words"));
	assert_non_null(strstr(page, "characters unchanged \u2026"));
	assert_true(strlen(page) < 2000);
	free(page);
	page = render_texts(old.bytes, new.bytes, stemma_render_term, &all);
	assert_true(strlen(page) > old.size);
	assert_null(strstr(page, "unchanged"));
	free(page);
}

static void
term_colours_add_nothing_but_colour(void **state)
{
	const struct stemma_render_options colour = {
		.color = true, .context = 1};
	const struct stemma_render_options none = {.context = 1};
	static const char old[] = "Moved.\n\n" FIRST SECOND THIRD "It was.\n";
	static const char new[] = FIRST SECOND THIRD "It is.\n\nMoved.\n\nX.\n";
	char *with = render_texts(old, new, stemma_render_term, &colour);
	char *without = render_texts(old, new, stemma_render_term, &none);
	size_t size = 0, sequences = 0;

	(void)state;
	for (const char *c = with; *c; c++) {
		if (*c == '\033') {
			c = strchr(c, 'm');
			assert_non_null(c);
			sequences++;
		} else {
			with[size++] = *c;
		}
	}
	with[size] = '\0';
	assert_true(sequences > 10);
	assert_string_equal(with, without);
	free(with);
	free(without);
}

static void
term_isolates_lines_with_right_to_left_letters(void **state)
{
	(void)state;
	assert_renders("\u0642\u0627\u0644 one\n",
		"\u0642\u0627\u0644 two\n\nHe said \u05d0\u05d1\n",
		stemma_render_term, &plain,
		"1 paragraph edited, 1 added; edits: +1 -1 words\n"
		"\u00b7 headline: one \u2192 two\n"
		"~ 1 1 \u2502 \u2067\u0642\u0627\u0644 "
		"[-one-]{+two+}\u2069\n"
		"+   2 \u2502 \u2066He said \u05d0\u05d1\u2069\n");
}

static void
term_breaks_chinese_between_characters(void **state)
{
	const struct stemma_render_options sixteen = {.width = 16};

	(void)state;
	assert_renders("",
		"\u603b\u7edf\u5468\u4e00\u8868\u793a\u4ed6\u3002"
		"\u4e0d\u4f1a\n",
		stemma_render_term, &sixteen,
		"1 paragraph\nadded\n"
		"+ \u603b\u7edf\u5468\u4e00\u8868\u793a\n"
		"+ \u4ed6\u3002\u4e0d\u4f1a\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(term_shows_an_edit_inside_its_paragraph),
		cmocka_unit_test(term_names_both_texts_under_the_summary),
		cmocka_unit_test(
			term_points_from_where_a_paragraph_left_to_where_it_went),
		cmocka_unit_test(term_tells_a_block_that_moved_as_one),
		cmocka_unit_test(term_shows_context_and_folds_the_rest),
		cmocka_unit_test(term_with_all_context_folds_nothing),
		cmocka_unit_test(term_labels_splits_and_merges),
		cmocka_unit_test(term_tells_reformatted_paragraphs_in_a_line),
		cmocka_unit_test(term_marks_no_typography_inside_an_edit),
		cmocka_unit_test(term_says_what_is_hidden),
		cmocka_unit_test(term_says_when_an_answer_is_approximate),
		cmocka_unit_test(term_of_equal_texts_is_one_line),
		cmocka_unit_test(term_numbers_sentences_as_sentences),
		cmocka_unit_test(term_makes_room_for_less_margin_in_less_width),
		cmocka_unit_test(
			term_puts_two_columns_beside_each_other_from_100_on),
		cmocka_unit_test(term_leaves_the_middle_of_a_long_stretch_out),
		cmocka_unit_test(term_colours_add_nothing_but_colour),
		cmocka_unit_test(
			term_isolates_lines_with_right_to_left_letters),
		cmocka_unit_test(term_breaks_chinese_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
