/* SPDX-License-Identifier: MIT */
#include "support/tales.h"

static void
index_open_makes_a_file_and_finds_it_again(void **state)
{
	struct trial *t = *state;
	struct stemma_index_options reading = {.read_only = true};
	bool made = false;

	assert_int_equal(
		stemma_index_open(&t->index, &made, t->path, &reading, NULL),
		STEMMA_NOTFOUND);
	assert_null(t->index);
	assert_int_equal(
		stemma_index_open(&t->index, &made, t->path, NULL, NULL),
		STEMMA_OK);
	assert_true(made);
	stemma_index_close(t->index);
	assert_int_equal(
		stemma_index_open(&t->index, &made, t->path, NULL, NULL),
		STEMMA_OK);
	assert_false(made);
}

static void
index_look_finds_the_revision_that_brought_a_passage(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "Ferries", 1000000, {0}, 0, {{{0}, 0}}};
	const struct stemma_lookup *passage;
	char both[512];

	snprintf(both, sizeof both, "%s\n\n%s", bakery, harbour);
	tell(t, &tale, bakery);
	tell(t, &tale, both);
	reopen(t, NULL);
	assert_int_equal(store(t, &tale), 2);
	passage = look(t, harbour);
	assert_int_equal(passage->count, 1);
	assert_int_equal(passage->stories, 1);
	assert_int_equal(passage->words, 24);
	assert_seen(passage, 0, &tale, 1);
	assert_int_equal(passage->sightings->shared, passage->hashes);
	assert_seen(look(t, bakery), 0, &tale, 0);
	assert_int_equal(look(t, weather)->count, 0);
}

static void
index_look_sees_through_case_and_typography(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"quote", "", 5, {0}, 0, {{{0}, 0}}};

	tell(t, &tale,
		"“We don’t know when the Ærø ferry will sail,” SHE said — “nor "
		"does the Île de Ré one, as far as anyone can tell.”");
	reopen(t, NULL);
	store(t, &tale);
	assert_seen(
		look(t, "\"We don't know when the ærø ferry will sail\" she "
			"said - 'nor does the I\xcc\x82le de Re\xcc\x81 "
			"one, as far as anyone can tell'"),
		0, &tale, 0);
}

static void
index_look_finds_a_passage_that_was_edited(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 77, {0}, 0, {{{0}, 0}}};
	const struct stemma_lookup *passage;

	tell(t, &tale, harbour);
	reopen(t, NULL);
	store(t, &tale);
	passage = look(t, harbour_edited);
	assert_seen(passage, 0, &tale, 0);
	assert_true(passage->sightings->shared < passage->hashes);
}

static void
index_look_finds_every_run_of_thirteen_words(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"long", "", 9, {0}, 0, {{{0}, 0}}};
	char *text = prose_make(t->arena, 7, 400);
	const char *at = text;

	tell(t, &tale, text);
	reopen(t, NULL);
	store(t, &tale);
	for (int word = 0; word + 13 < 400; word++) {
		char *run = prose_cut(t->arena, at, 13);
		char *inside = stemma_arena_alloc(t->arena, 512, 1);

		snprintf(inside, 512, "alpha bravo charlie %s delta echo", run);
		assert_seen(look(t, inside), 0, &tale, 0);
		at = strchr(at, ' ') + 1;
	}
}

static void
index_look_takes_characters_of_scripts_without_spaces_as_words(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"zh", "", 9, {0}, 0, {{{0}, 0}}};

	tell(t, &tale, "港务局长星期二表示三艘渡轮将留在港口直到暴风雨过去。");
	reopen(t, NULL);
	store(t, &tale);
	assert_seen(
		look(t, "他说，三艘渡轮将留在港口直到暴风雨过去，然后再开。"),
		0, &tale, 0);
}

static void
index_look_tells_the_earliest_story_first(void **state)
{
	struct trial *t = *state;
	struct tale tales[3] = {{"b", "", 9000, {0}, 0, {{{0}, 0}}},
		{"a", "", 500, {0}, 0, {{{0}, 0}}},
		{"c", "", 7000, {0}, 0, {{{0}, 0}}}};
	const struct stemma_lookup *passage;

	reopen(t, NULL);
	for (int k = 0; k < 3; k++) {
		tell(t, &tales[k], harbour);
		store(t, &tales[k]);
	}
	passage = look(t, harbour);
	assert_int_equal(passage->count, 3);
	assert_int_equal(passage->stories, 3);
	assert_seen(passage, 0, &tales[1], 0);
	assert_seen(passage, 1, &tales[2], 0);
	assert_seen(passage, 2, &tales[0], 0);
}

static void
index_look_counts_boilerplate_and_keeps_its_earliest_stories(void **state)
{
	struct trial *t = *state;

	for (int batch = 1; batch <= 100; batch += 99) {
		const struct stemma_lookup *passage;

		stemma_index_close(t->index);
		t->index = NULL;
		assert_int_equal(stemma_index_remove(t->path, NULL), STEMMA_OK);
		reopen(t, NULL);
		fill(t, 0, 300, batch);
		passage = look(t, weather);
		assert_int_equal(passage->stories, 300);
		assert_int_equal(passage->count, 16);
		/* Later stories are older here. */
		for (uint32_t k = 0; k < passage->count; k++)
			assert_int_equal(passage->sightings[k].time, 701 + k);
	}
}

static struct stemma_listed *
list(struct trial *t, size_t *count, const char *text, bool words, size_t limit)
{
	struct stemma_listed *stories;
	struct stemma_error error = {0};

	if (stemma_index_stories(t->index, &stories, count,
		    stemma_view_of(text), words, limit, t->arena, &error))
		fail_msg("%s", error.message);
	return stories;
}

static void
index_stories_are_found_by_prefix_and_by_word(void **state)
{
	struct trial *t = *state;
	struct tale tales[3] = {{"iran/talks", "The Vienna Talks — day 3", 100,
					{0}, 0, {{{0}, 0}}},
		{"iran/oil", "Straße closed", 300, {0}, 0, {{{0}, 0}}},
		{"irate", "Day of the Île", 200, {0}, 0, {{{0}, 0}}}};
	const char *const none[] = {
		"", "x", "iran/x", "viennas", "day vienna 4"};
	struct stemma_listed *found;
	size_t count;

	reopen(t, NULL);
	for (int k = 0; k < 3; k++) {
		tell(t, &tales[k], harbour);
		store(t, &tales[k]);
	}
	found = list(t, &count, "ira", false, 0);
	assert_int_equal(count, 3);
	assert_string_equal(found[0].name.bytes, "iran/oil");
	assert_string_equal(found[1].name.bytes, "irate");
	assert_string_equal(found[2].title.bytes, tales[0].title);
	assert_int_equal(found[0].time, 300);
	assert_int_equal(found[0].revisions, 1);
	list(t, &count, "iran/", false, 0);
	assert_int_equal(count, 2);
	list(t, &count, "", false, 2);
	assert_int_equal(count, 2);
	found = list(t, &count, "DAY", true, 0);
	assert_int_equal(count, 2);
	assert_string_equal(found[0].name.bytes, "irate");
	found = list(t, &count, "vien day", true, 0);
	assert_int_equal(count, 1);
	list(t, &count, "strasse", true, 0);
	assert_int_equal(count, 1);
	list(t, &count, "île", true, 0);
	assert_int_equal(count, 1);
	for (size_t k = 1; k < sizeof none / sizeof *none; k++) {
		list(t, &count, none[k], true, 0);
		assert_int_equal(count, 0);
	}
}

static void
index_stories_follow_a_new_title(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "Ferries wait", 1, {0}, 0, {{{0}, 0}}};
	size_t count;

	reopen(t, NULL);
	tell(t, &tale, harbour);
	store(t, &tale);
	tell(t, &tale, weather);
	tale.title = "Ferries sail";
	store(t, &tale);
	list(t, &count, "wait", true, 0);
	assert_int_equal(count, 0);
	list(t, &count, "ferries sail harbour", true, 0);
	assert_int_equal(count, 1);
}

static void
index_stories_are_newest_first_among_very_many(void **state)
{
	struct trial *t = *state;
	struct stemma_listed *found;
	size_t count;

	reopen(t, NULL);
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	for (int k = 0; k < 5000; k++) {
		struct tale tale = {"", "Common words", k * 7919 % 5000, {0}, 0,
			{{{0}, 0}}};
		char name[32];
		uint32_t first;

		snprintf(name, sizeof name, "desk-%d/%04d", k % 50, k);
		tale.name = name;
		tell(t, &tale, "");
		assert_int_equal(add(t, &tale, &first), STEMMA_OK);
	}
	assert_int_equal(stemma_index_commit(t->index, false, NULL), STEMMA_OK);
	for (int words = 0; words < 2; words++) {
		found = list(t, &count, "desk", words, 20);
		assert_int_equal(count, 20);
		for (int k = 0; k < 20; k++)
			assert_int_equal(found[k].time, 4999 - k);
		found = list(t, &count, words ? "comm 4321" : "desk-21/4321",
			words, 20);
		assert_int_equal(count, 1);
	}
}

static void
index_reports_memory_failure(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "The harbour", 1, {0}, 0, {{{0}, 0}}};
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_doc doc;

	reopen(t, NULL);
	tell(t, &tale, harbour);
	store(t, &tale);
	assert_int_equal(stemma_doc_split(&doc, stemma_view_of(harbour_edited),
				 NULL, t->arena, NULL),
		STEMMA_OK);
	for (size_t limit = 1; code != STEMMA_OK; limit += 1 + limit / 8) {
		struct stemma_arena *arena = stemma_arena_new(limit);
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_lookup *passages;
		struct stemma_listed *stories = NULL;
		size_t count;

		assert_true(limit < 1 << 20);
		code = stemma_index_look(
			t->index, &passages, &doc, NULL, arena, scratch, NULL);
		assert_int_equal(passages != NULL, code == STEMMA_OK);
		assert_int_equal(stemma_arena_used(scratch), 0);
		if (code == STEMMA_OK)
			code = stemma_index_stories(t->index, &stories, &count,
				stemma_view_of("harb"), true, 0, arena, NULL);
		assert_int_equal(stories != NULL, code == STEMMA_OK);
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		stemma_arena_free(arena);
		stemma_arena_free(scratch);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(index_open_makes_a_file_and_finds_it_again),
		TEST(index_look_finds_the_revision_that_brought_a_passage),
		TEST(index_look_sees_through_case_and_typography),
		TEST(index_look_finds_a_passage_that_was_edited),
		TEST(index_look_finds_every_run_of_thirteen_words),
		TEST(index_look_takes_characters_of_scripts_without_spaces_as_words),
		TEST(index_look_tells_the_earliest_story_first),
		TEST(index_look_counts_boilerplate_and_keeps_its_earliest_stories),
		TEST(index_stories_are_found_by_prefix_and_by_word),
		TEST(index_stories_follow_a_new_title),
		TEST(index_stories_are_newest_first_among_very_many),
		TEST(index_reports_memory_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
