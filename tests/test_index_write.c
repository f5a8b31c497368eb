/* SPDX-License-Identifier: MIT */
#include "support/tales.h"

static void
index_begin_story_goes_on_where_it_was(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 4, {0}, 0, {{{0}, 0}}};
	struct stemma_index_totals before, after;

	reopen(t, NULL);
	tell(t, &tale, harbour);
	assert_int_equal(store(t, &tale), 1);
	assert_int_equal(store(t, &tale), 0);
	stemma_index_count(t->index, &before, NULL);
	tell(t, &tale, harbour);
	tell(t, &tale, weather);
	assert_int_equal(store(t, &tale), 2);
	stemma_index_count(t->index, &after, NULL);
	assert_int_equal(after.stories, 1);
	assert_int_equal(after.revisions, 3);
	/* What the story had is not entered again. */
	assert_int_equal(look(t, harbour)->stories, 1);
	assert_seen(look(t, harbour), 0, &tale, 0);
	assert_seen(look(t, weather), 0, &tale, 2);
	assert_int_equal(
		after.hashes - before.hashes, look(t, weather)->hashes);
}

static void
index_begin_story_forgets_a_past_that_changed(void **state)
{
	struct trial *t = *state;
	struct tale old = {"harbour", "", 4000, {0}, 0, {{{0}, 0}}};
	struct tale new = {"harbour", "", 1000, {0}, 0, {{{0}, 0}}};
	struct stemma_index_totals totals;

	reopen(t, NULL);
	tell(t, &old, bakery);
	store(t, &old);
	tell(t, &new, harbour);
	tell(t, &new, weather);
	assert_int_equal(store(t, &new), 2);
	assert_int_equal(look(t, bakery)->count, 0);
	assert_seen(look(t, harbour), 0, &new, 0);
	/* Nor is what was forgotten counted when it comes again. */
	tell(t, &old, harbour);
	store(t, &old);
	assert_int_equal(look(t, harbour)->stories, 1);
	stemma_index_count(t->index, &totals, NULL);
	assert_int_equal(totals.stories, 1);
	assert_int_equal(totals.revisions, 2);
}

static void
index_forget_leaves_nothing_of_a_story(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "Storm", 4000, {0}, 0, {{{0}, 0}}};
	struct stemma_listed *stories;
	size_t count;

	reopen(t, NULL);
	tell(t, &tale, harbour);
	store(t, &tale);
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	assert_int_equal(
		stemma_index_forget(t->index, stemma_view_of("harbour"), NULL),
		STEMMA_OK);
	assert_int_equal(stemma_index_commit(t->index, false, NULL), STEMMA_OK);
	assert_int_equal(look(t, harbour)->count, 0);
	assert_int_equal(
		stemma_index_stories(t->index, &stories, &count,
			stemma_view_of("storm"), true, 0, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(count, 0);
}

/* A revision that could not be had, between two others. */
static void
add_with_a_gap(struct trial *t, const struct tale *tale, bool readable)
{
	const char *const texts[] = {
		harbour, readable ? bakery : NULL, weather};
	struct stemma_index_story story = {.key = stemma_view_of(tale->name),
		.name = stemma_view_of(tale->name),
		.title = {"", 0},
		.revisions = tale->revisions,
		.count = 3};
	uint32_t first;

	memcpy(story.head, tale->revisions[2].commit, STEMMA_COMMIT_SIZE);
	assert_int_equal(
		stemma_index_begin_story(t->index, &first, &story, NULL),
		STEMMA_OK);
	assert_int_equal(first, 0);
	for (int k = 0; k < 3; k++) {
		struct stemma_doc doc;

		if (texts[k])
			assert_int_equal(
				stemma_doc_split(&doc, stemma_view_of(texts[k]),
					NULL, t->scratch, NULL),
				STEMMA_OK);
		assert_int_equal(
			stemma_index_add(t->index, texts[k] ? &doc : NULL,
				t->scratch, NULL),
			STEMMA_OK);
	}
}

static void
index_unread_names_revisions_that_could_not_be_had(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 4000, {0}, 0, {{{0}, 0}}};
	struct stemma_unread *unread;
	uint32_t count;

	reopen(t, NULL);
	for (int k = 0; k < 3; k++)
		tell(t, &tale, harbour);
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	add_with_a_gap(t, &tale, false);
	assert_int_equal(stemma_index_commit(t->index, false, NULL), STEMMA_OK);
	reopen(t, NULL);
	assert_int_equal(
		stemma_index_unread(t->index, &unread, &count, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(count, 1);
	assert_true(stemma_view_equal(unread->key, stemma_view_of("harbour")));
	assert_true(stemma_view_equal(unread->name, stemma_view_of("harbour")));
	assert_memory_equal(
		unread->commit, tale.revisions[1].commit, STEMMA_COMMIT_SIZE);
	assert_int_equal(look(t, bakery)->stories, 0);
	assert_seen(look(t, weather), 0, &tale, 2);
	/* It can be read again. */
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	assert_int_equal(
		stemma_index_forget(t->index, stemma_view_of("harbour"), NULL),
		STEMMA_OK);
	add_with_a_gap(t, &tale, true);
	assert_int_equal(stemma_index_commit(t->index, false, NULL), STEMMA_OK);
	assert_int_equal(
		stemma_index_unread(t->index, &unread, &count, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(count, 0);
	assert_seen(look(t, bakery), 0, &tale, 1);
}

static void
index_compare_names_what_changed_and_what_is_gone(void **state)
{
	struct trial *t = *state;
	struct tale tales[4] = {{"a", "", 1, {0}, 0, {{{0}, 0}}},
		{"b", "", 2, {0}, 0, {{{0}, 0}}},
		{"ba", "", 3, {0}, 0, {{{0}, 0}}},
		{"d", "", 4, {0}, 0, {{{0}, 0}}}};
	struct stemma_index_head heads[3] = {
		{.key = {"b", 1}}, {.key = {"ba", 2}}, {.key = {"c", 1}}};
	struct stemma_index_changes changes;

	reopen(t, NULL);
	for (int k = 0; k < 4; k++) {
		tell(t, &tales[k], harbour);
		store(t, &tales[k]);
	}
	memcpy(heads[0].commit, tales[1].revisions[0].commit,
		STEMMA_COMMIT_SIZE);
	assert_int_equal(stemma_index_compare(
				 t->index, &changes, heads, 3, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(changes.changed_count, 2);
	assert_int_equal(changes.changed[0], 1);
	assert_int_equal(changes.changed[1], 2);
	assert_int_equal(changes.gone_count, 2);
	assert_true(stemma_view_equal(changes.gone[0], stemma_view_of("a")));
	assert_true(stemma_view_equal(changes.gone[1], stemma_view_of("d")));
	assert_int_equal(stemma_index_compare(
				 t->index, &changes, NULL, 0, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(changes.gone_count, 4);
}

static void
index_rollback_leaves_the_last_commit(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 1, {0}, 0, {{{0}, 0}}};
	struct stemma_view stamp;
	uint32_t first;

	reopen(t, NULL);
	tell(t, &tale, harbour);
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	assert_int_equal(add(t, &tale, &first), STEMMA_OK);
	assert_int_equal(
		stemma_index_set_stamp(t->index, stemma_view_of("then"), NULL),
		STEMMA_OK);
	assert_true(stemma_index_gathered(t->index) > 0);
	stemma_index_rollback(t->index);
	assert_int_equal(look(t, harbour)->count, 0);
	assert_int_equal(stemma_index_stamp(t->index, &stamp, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(stamp.size, 0);
}

static void
index_readers_see_the_last_commit_while_another_writes(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 1, {0}, 0, {{{0}, 0}}};
	struct stemma_index_options hasty = {.patience = 1};
	struct stemma_index *writer;
	struct stemma_index *reader;
	uint32_t first;

	reopen(t, &hasty);
	writer = t->index;
	tell(t, &tale, harbour);
	assert_int_equal(
		stemma_index_open(&reader, NULL, t->path, &hasty, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_index_begin(writer, NULL), STEMMA_OK);
	assert_int_equal(add(t, &tale, &first), STEMMA_OK);
	assert_int_equal(stemma_index_begin(reader, NULL), STEMMA_CONFLICT);
	t->index = reader;
	assert_int_equal(look(t, harbour)->count, 0);
	assert_int_equal(stemma_index_commit(writer, false, NULL), STEMMA_OK);
	assert_int_equal(look(t, harbour)->count, 1);
	stemma_index_close(writer);
}

static void
index_commit_merges_segments_and_loses_nothing(void **state)
{
	struct trial *t = *state;
	struct stemma_index_totals totals, merged;

	reopen(t, NULL);
	fill(t, 0, 200, 1);
	stemma_index_count(t->index, &totals, NULL);
	assert_in_range(totals.segments, 2, 24);
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t k = 0; k < 200; k++) {
			const struct stemma_lookup *passage =
				look(t, prose_make(t->arena, k, 120));

			assert_int_equal(passage->count, 1);
			assert_int_equal(passage->stories, 1);
			assert_int_equal(passage->sightings->time, 1000 - k);
			assert_int_equal(
				passage->sightings->shared, passage->hashes);
		}
		assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
		assert_int_equal(
			stemma_index_commit(t->index, true, NULL), STEMMA_OK);
	}
	stemma_index_count(t->index, &merged, NULL);
	assert_int_equal(merged.segments, 1);
	assert_true(merged.hashes <= totals.hashes);
}

static void
index_is_the_same_however_it_was_filled(void **state)
{
	struct trial *t = *state;
	struct stemma_index_options small = {.gather = 50};
	struct stemma_index_totals totals[2];

	for (int pass = 0; pass < 2; pass++) {
		stemma_index_close(t->index);
		t->index = NULL;
		stemma_index_remove(t->path, NULL);
		reopen(t, pass ? &small : NULL);
		fill(t, 0, 100, pass ? 10 : 100);
		assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
		assert_int_equal(
			stemma_index_commit(t->index, true, NULL), STEMMA_OK);
		stemma_index_count(t->index, &totals[pass], NULL);
	}
	assert_memory_equal(&totals[0], &totals[1], sizeof totals[0]);
}

static void
index_open_refuses_a_file_of_something_else(void **state)
{
	struct trial *t = *state;
	FILE *file = fopen(t->path, "w");

	for (int k = 0; k < 1000; k++)
		fputs("no database, but a poem\n", file);
	fclose(file);
	assert_int_equal(
		stemma_index_open(&t->index, NULL, t->path, NULL, NULL),
		STEMMA_CORRUPT);
	assert_null(t->index);
}

/* Whatever byte is changed or cut: an answer or STEMMA_CORRUPT, no crash. */
static void
index_damage_is_told_or_harmless(void **state)
{
	struct trial *t = *state;
	struct stemma_view whole;
	uint32_t told = 0, asked = 0;
	struct stat status;
	char *bytes;
	FILE *file;

	reopen(t, NULL);
	fill(t, 0, 24, 8);
	stemma_index_close(t->index);
	t->index = NULL;
	assert_int_equal(stat(t->path, &status), 0);
	bytes = stemma_arena_alloc(t->arena, (size_t)status.st_size, 1);
	file = fopen(t->path, "r");
	whole.size = fread(bytes, 1, (size_t)status.st_size, file);
	fclose(file);
	for (size_t at = 0; at < whole.size; at += 1 + at / 40) {
		struct stemma_lookup *passages;
		struct stemma_doc doc;
		enum stemma_code code;
		bool cut = at % 7 == 0;

		bytes[at] = (char)(bytes[at] ^ 0x55);
		stemma_index_remove(t->path, NULL);
		file = fopen(t->path, "w");
		fwrite(bytes, 1, cut ? at : whole.size, file);
		fclose(file);
		bytes[at] = (char)(bytes[at] ^ 0x55);
		stemma_doc_split(
			&doc, stemma_view_of(weather), NULL, t->scratch, NULL);
		code = stemma_index_open(&t->index, NULL, t->path, NULL, NULL);
		if (code == STEMMA_OK)
			code = stemma_index_look(t->index, &passages, &doc,
				NULL, t->arena, t->scratch, NULL);
		if (code != STEMMA_OK)
			told++;
		asked++;
		assert_true(code == STEMMA_OK || code == STEMMA_CORRUPT ||
			    code == STEMMA_UNSUPPORTED || code == STEMMA_IO);
		stemma_index_close(t->index);
		t->index = NULL;
	}
	assert_in_range(told, 10, asked - 1);
}

static void
index_read_only_writes_nothing(void **state)
{
	struct trial *t = *state;
	struct stemma_index_options reading = {.read_only = true};
	struct tale tale = {"harbour", "", 1, {0}, 0, {{{0}, 0}}};
	char log[80];

	reopen(t, NULL);
	tell(t, &tale, harbour);
	store(t, &tale);
	reopen(t, &reading);
	assert_seen(look(t, harbour), 0, &tale, 0);
	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_INVALID);
	snprintf(log, sizeof log, "%s-wal", t->path);
	assert_int_not_equal(access(log, F_OK), 0);
}

static void
index_add_reports_memory_failure_and_can_be_rolled_back(void **state)
{
	struct trial *t = *state;
	struct tale tale = {"harbour", "", 1, {0}, 0, {{{0}, 0}}};
	enum stemma_code code = STEMMA_NOMEM;

	tell(t, &tale, harbour);
	reopen(t, NULL);
	store(t, &tale);
	tell(t, &tale, weather);
	for (size_t limit = 256; code != STEMMA_OK; limit += 64) {
		struct stemma_arena *whole = t->scratch;
		uint32_t first;

		assert_true(limit < 1 << 20);
		assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
		t->scratch = stemma_arena_new(limit);
		code = add(t, &tale, &first);
		stemma_arena_free(t->scratch);
		t->scratch = whole;
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		stemma_index_rollback(t->index);
		assert_int_equal(look(t, weather)->count, 0);
	}
	assert_int_equal(store(t, &tale), 1);
	assert_seen(look(t, weather), 0, &tale, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(index_begin_story_goes_on_where_it_was),
		TEST(index_begin_story_forgets_a_past_that_changed),
		TEST(index_forget_leaves_nothing_of_a_story),
		TEST(index_unread_names_revisions_that_could_not_be_had),
		TEST(index_compare_names_what_changed_and_what_is_gone),
		TEST(index_rollback_leaves_the_last_commit),
		TEST(index_readers_see_the_last_commit_while_another_writes),
		TEST(index_commit_merges_segments_and_loses_nothing),
		TEST(index_is_the_same_however_it_was_filled),
		TEST(index_open_refuses_a_file_of_something_else),
		TEST(index_damage_is_told_or_harmless),
		TEST(index_read_only_writes_nothing),
		TEST(index_add_reports_memory_failure_and_can_be_rolled_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
