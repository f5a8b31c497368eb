/* SPDX-License-Identifier: MIT */
#include "support/compared.h"

#define HARBOUR                                                                \
	"The harbour of Brennick will close for three weeks in May, the port " \
	"authority announced on Tuesday after a survey of the old sea wall."
#define FERRY                                                          \
	"Ferries to the outer islands are to leave from Calder Point " \
	"instead, "                                                    \
	"where a floating pier was towed into place overnight."
#define MAYOR                                                               \
	"Mayor Ilse Tandberg said the town had no money left for repairs, " \
	"and "                                                              \
	"that the government in the capital had promised help twice."
#define FISHERS                                                              \
	"Fishing crews fear that their catch will spoil on the longer road " \
	"to "                                                                \
	"the market hall, as the cold store stands on the closed quay."

static void
the_same_text_has_no_changes(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n" FERRY "\n", HARBOUR "\n" FERRY "\n", 0);
	assert_links(&c, "unchanged 0>0, unchanged 1>1");
	assert_changes(&c, "");
	assert_true(c.comparison.identical);
	assert_false(c.comparison.different);
	teardown(&c);
}

static void
blank_lines_between_paragraphs_are_no_difference(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n\n" FERRY "\n\n" MAYOR,
		HARBOUR "\n" FERRY "\n" MAYOR, 0);
	assert_links(&c, "unchanged 0>0, unchanged 1>1, unchanged 2>2");
	assert_false(c.comparison.identical);
	assert_false(c.comparison.different);
	teardown(&c);
}

static void
a_changed_headline_is_edited_word_by_word(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c,
		"Port rejects closure of the harbour - Brennick Post\n" HARBOUR,
		"Port shoots down closure of the harbour - Brennick "
		"Post\n" HARBOUR,
		0);
	assert_links(&c, "edited 0>0, unchanged 1>1");
	assert_changes(&c, "rejects=>shoots down");
	assert_int_equal(c.comparison.stats.words_added, 2);
	assert_int_equal(c.comparison.stats.words_removed, 1);
	teardown(&c);
}

static void
a_number_is_changed_as_a_whole(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "Repairs will cost 1.5 million crowns, the port said.\n",
		"Repairs will cost 15 million crowns, the port said.\n", 0);
	assert_changes(&c, "1.5=>15");
	teardown(&c);
}

static void
a_paragraph_that_moved_is_told_once(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n" FERRY "\n" MAYOR "\n" FISHERS,
		HARBOUR "\n" MAYOR "\n" FISHERS "\n" FERRY, 0);
	assert_links(&c, "unchanged 0>0, unchanged 2>1, unchanged 3>2, "
			 "moved unchanged 1>3");
	teardown(&c);
}

static void
a_paragraph_moved_and_edited_shows_its_edits(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n" FERRY "\n" MAYOR "\n" FISHERS,
		HARBOUR "\n" MAYOR "\n" FISHERS "\n"
			"Ferries to the outer islands are to sail from Calder "
			"Point instead, where a floating pier was towed into "
			"place overnight.",
		0);
	assert_links(&c, "unchanged 0>0, unchanged 2>1, unchanged 3>2, "
			 "moved edited 1>3");
	assert_changes(&c, "leave=>sail");
	teardown(&c);
}

static void
a_split_paragraph_is_one_link(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, FERRY "\n" HARBOUR " " MAYOR "\n" FISHERS,
		FERRY "\n" HARBOUR "\n" MAYOR "\n" FISHERS, 0);
	assert_links(&c, "unchanged 0>0, split 1>1+2, unchanged 2>3");
	assert_changes(&c, "");
	teardown(&c);
}

static void
merged_paragraphs_are_one_link_even_when_edited(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, FERRY "\n" HARBOUR "\n" MAYOR "\n" FISHERS,
		FERRY "\n" HARBOUR
		      " Mayor Ilse Tandberg said the town had little money "
		      "left for repairs, and that the government in the "
		      "capital had promised help twice.\n" FISHERS,
		0);
	assert_links(&c, "unchanged 0>0, merged 1+2>1, unchanged 3>2");
	assert_changes(&c, "no=>little");
	teardown(&c);
}

static void
an_insertion_in_a_merged_paragraph_takes_its_space_with_it(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c,
		"One two three four five six.\n\n"
		"Seven eight nine ten eleven.\n",
		"One two new three four five six. "
		"Seven eight nine ten eleven twelve.\n",
		0);
	assert_links(&c, "merged 0+1>0");
	assert_changes(&c, "=>new |=> twelve");
	teardown(&c);
}

static void
a_copy_whose_original_stays_is_added(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n" FERRY "\n" MAYOR,
		HARBOUR "\n" FERRY "\n" MAYOR "\n" FERRY, 0);
	assert_links(
		&c, "unchanged 0>0, unchanged 1>1, unchanged 2>2, added >3");
	teardown(&c);
}

static void
repeated_short_lines_never_move(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\nAdvertisement\n" FERRY "\nAdvertisement\n" MAYOR,
		"Advertisement\n" HARBOUR "\n" FERRY "\nAdvertisement\n" MAYOR,
		0);
	assert_links(&c, "added >0, unchanged 0>1, removed 1>, unchanged 2>2, "
			 "unchanged 3>3, unchanged 4>4");
	assert_int_equal(c.comparison.stats.moved, 0);
	teardown(&c);
}

static void
a_repeated_line_that_was_edited_in_its_place_is_edited(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, HARBOUR "\n[Quay in May]\n" FERRY "\n[Quay in May]\n" MAYOR,
		HARBOUR "\n[Quay in May]\n" FERRY "\n[Quay in June]\n" MAYOR,
		0);
	assert_links(&c, "unchanged 0>0, unchanged 1>1, unchanged 2>2, "
			 "edited 3>3, unchanged 4>4");
	assert_changes(&c, "May=>June");
	teardown(&c);
}

static void
a_doubled_caption_that_is_single_now_was_removed_once(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c,
		"Port closes\n\nThe quay at dawn\nThe quay at dawn\n\n" HARBOUR
		"\n\n" FERRY "\n",
		"Port closes\nThe quay at dawn\n" HARBOUR "\n" FERRY "\n", 0);
	assert_int_equal(c.comparison.stats.units[STEMMA_REMOVED], 1);
	assert_int_equal(c.comparison.stats.units[STEMMA_UNCHANGED], 4);
	assert_int_equal(c.comparison.stats.moved, 0);
	teardown(&c);
}

static void
an_insertion_takes_its_space_with_it(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "The wall fell last night\n",
		"The old wall fell late last night\n", 0);
	assert_changes(&c, "=>old |=>late ");
	teardown(&c);
}

static void
a_rewritten_stretch_keeps_no_stray_common_word(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c,
		"The harbour of Brennick will close, though nobody knows how "
		"long the works will take in the end, the port said.\n",
		"The harbour of Brennick will close, while engineers test the "
		"foundations under every crane, the port said.\n",
		0);
	assert_changes(&c,
		"though nobody knows how long the works will take in the end=>"
		"while engineers test the foundations under every crane");
	teardown(&c);
}

static void
an_ambiguous_insertion_goes_to_the_edge_of_a_sentence(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "The port said no. The mayor said nothing.\n",
		"The port said no. The crews said yes. The mayor said "
		"nothing.\n",
		0);
	assert_changes(&c, "=>The crews said yes. ");
	teardown(&c);
}

static void
what_is_ignored_is_hidden_and_counted(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "The Port said: the wall is safe\n",
		"The port said the wall is safe\n",
		STEMMA_FOLD_CASE | STEMMA_FOLD_PUNCTUATION);
	assert_int_equal(c.comparison.stats.hidden, 2);
	assert_int_equal(c.comparison.stats.changes, 0);
	assert_false(c.comparison.different);
	teardown(&c);
}

static void
an_empty_text_has_nothing_to_compare(void **unused)
{
	struct case_ c;

	(void)unused;
	setup(&c, "", HARBOUR "\n" FERRY, 0);
	assert_links(&c, "added >0, added >1");
	teardown(&c);
	setup(&c, "", "", 0);
	assert_links(&c, "");
	assert_false(c.comparison.different);
	teardown(&c);
}

static void
without_memory_comparing_says_so_and_makes_nothing(void **unused)
{
	static const char old_text[] =
		HARBOUR "\n" FERRY " " MAYOR "\n" FISHERS "\nAdvertisement\n";
	static const char new_text[] =
		FISHERS "\n" HARBOUR " Not so.\n" FERRY "\n" MAYOR
			"\nAdvertisement\nAdvertisement";
	bool done = false;

	(void)unused;
	for (size_t limit = 16; !done; limit += 64 + limit / 16) {
		struct stemma_arena *docs = stemma_arena_new(0);
		struct stemma_arena *arena = stemma_arena_new(limit);
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_comparison comparison;
		struct stemma_doc doc[2];
		enum stemma_code code;

		assert_int_equal(
			stemma_doc_split(&doc[0], stemma_view_of(old_text),
				NULL, docs, NULL),
			STEMMA_OK);
		assert_int_equal(
			stemma_doc_split(&doc[1], stemma_view_of(new_text),
				NULL, docs, NULL),
			STEMMA_OK);
		code = stemma_comparison_make(
			&comparison, &doc[0], &doc[1], NULL, arena, scratch);
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(scratch), 0);
		if (code == STEMMA_NOMEM)
			assert_null(comparison.links);
		done = code == STEMMA_OK;
		stemma_arena_free(docs);
		stemma_arena_free(arena);
		stemma_arena_free(scratch);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_text_has_no_changes),
		cmocka_unit_test(
			blank_lines_between_paragraphs_are_no_difference),
		cmocka_unit_test(a_changed_headline_is_edited_word_by_word),
		cmocka_unit_test(a_number_is_changed_as_a_whole),
		cmocka_unit_test(a_paragraph_that_moved_is_told_once),
		cmocka_unit_test(a_paragraph_moved_and_edited_shows_its_edits),
		cmocka_unit_test(a_split_paragraph_is_one_link),
		cmocka_unit_test(
			merged_paragraphs_are_one_link_even_when_edited),
		cmocka_unit_test(
			an_insertion_in_a_merged_paragraph_takes_its_space_with_it),
		cmocka_unit_test(a_copy_whose_original_stays_is_added),
		cmocka_unit_test(repeated_short_lines_never_move),
		cmocka_unit_test(
			a_repeated_line_that_was_edited_in_its_place_is_edited),
		cmocka_unit_test(
			a_doubled_caption_that_is_single_now_was_removed_once),
		cmocka_unit_test(an_insertion_takes_its_space_with_it),
		cmocka_unit_test(
			a_rewritten_stretch_keeps_no_stray_common_word),
		cmocka_unit_test(
			an_ambiguous_insertion_goes_to_the_edge_of_a_sentence),
		cmocka_unit_test(what_is_ignored_is_hidden_and_counted),
		cmocka_unit_test(an_empty_text_has_nothing_to_compare),
		cmocka_unit_test(
			without_memory_comparing_says_so_and_makes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
