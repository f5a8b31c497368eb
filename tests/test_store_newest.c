/* Parts of an archive that are read without the rest of it.
   SPDX-License-Identifier: MIT */
#include "archive.h"

/* ---- stories by what their names hold ---------------------------------- */

static void
search_is(struct archive *archive, const char *held, size_t limit,
	const char *expected)
{
	struct stemma_error error = {0};
	struct stemma_name *stories;
	struct stemma_out out = {0};
	size_t count;

	if (stemma_names_search(&stories, &count, archive->path,
		    stemma_view_of(held), limit, archive->arena,
		    &error) != STEMMA_OK)
		fail_msg("%s", error.message);
	for (size_t at = 0; at < count; at++) {
		stemma_out_view(&out, stories[at].name);
		stemma_out_char(&out, '|');
	}
	stemma_out_char(&out, '\0');
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

static void
stories_are_found_by_what_their_names_hold(void **state)
{
	static const char *const names[] = {"iran/Talks", "talks", "con",
		"a=74b", "\xc3\xa9t\xc3\xa9 talk"};
	struct archive *archive = *state;

	for (int packed = 0; packed < 2; packed++) {
		for (size_t at = 0; at < sizeof names / sizeof *names; at++)
			archive_add(archive, names[at], "text", NULL);
		search_is(archive, "talk", 0,
			"\xc3\xa9t\xc3\xa9 talk|iran/Talks|talks|");
		search_is(archive, "TALKS", 0, "iran/Talks|talks|");
		search_is(archive, "n/t", 0, "iran/Talks|");
		search_is(archive, "\xc3\xa9", 0, "\xc3\xa9t\xc3\xa9 talk|");
		search_is(archive, "CON", 0, "con|");
		search_is(archive, "=74", 0, "a=74b|");
		search_is(archive, "tb", 0, "");
		search_is(archive, "talk", 2,
			"\xc3\xa9t\xc3\xa9 talk|iran/Talks|");
		assert_int_equal(
			shell("cd %s && git pack-refs --all", archive->path),
			0);
		archive_reopen(archive);
	}
}

static void
without_memory_a_search_says_so(void **state)
{
	struct archive *archive = *state;
	bool done = false;

	archive_add(archive, "one story", "text", NULL);
	for (size_t limit = 64; !done; limit += 512) {
		struct stemma_arena *arena = stemma_arena_new(limit);
		struct stemma_name *stories;
		enum stemma_code code = STEMMA_NOMEM;
		size_t count = 0;

		if (arena)
			code = stemma_names_search(&stories, &count,
				archive->path, VIEW("story"), 0, arena, NULL);
		done = code == STEMMA_OK;
		assert_int_equal(code, done ? STEMMA_OK : STEMMA_NOMEM);
		assert_int_equal(count, done);
		stemma_arena_free(arena);
	}
}

/* ---- the newest revisions ---------------------------------------------- */

static enum stemma_code
read_newest(struct archive *archive, struct stemma_log *log, bool *whole,
	uint32_t most)
{
	struct stemma_name *names;
	size_t count;

	assert_int_equal(stemma_names_list(&names, &count, archive->path,
				 VIEW("story"), 1, archive->arena, NULL),
		STEMMA_OK);
	assert_int_equal(count, 1);
	return stemma_store_log_newest(
		archive->store, log, whole, names, most, archive->arena, NULL);
}

static void
the_newest_revisions_are_the_end_of_the_log(void **state)
{
	struct archive *archive = *state;
	struct stemma_log all, newest;
	bool whole;

	archive_add(archive, "story", "one", "2025-01-01");
	archive_add(archive, "story", "two", "2025-01-02");
	archive_add(archive, "story", "three", "2025-01-02");
	archive_add(archive, "story", "four", "2025-01-04");
	assert_int_equal(stemma_store_log(archive->store, &all, VIEW("story"),
				 archive->arena, archive->arena, NULL),
		STEMMA_OK);
	for (uint32_t most = 1; most < 7; most++) {
		uint32_t count = most < 4 ? most : 4;

		assert_int_equal(
			read_newest(archive, &newest, &whole, most), STEMMA_OK);
		assert_int_equal(newest.count, count);
		assert_int_equal(whole, most > 4 || most == 4);
		for (uint32_t at = 0; at < count; at++) {
			const struct stemma_revision *one =
				&all.revisions[4 - count + at];

			assert_memory_equal(&newest.revisions[at].commit,
				&one->commit, sizeof one->commit);
			assert_int_equal(newest.revisions[at].date, one->date);
			assert_int_equal(newest.revisions[at].number, at + 1);
		}
	}
}

static void
the_newest_revisions_tell_no_order_if_one_was_dated_back(void **state)
{
	struct archive *archive = *state;
	struct stemma_log newest;
	bool whole;

	archive_add(archive, "story", "one", "2025-01-01");
	archive_add(archive, "story", "three", "2025-01-03");
	archive_add(archive, "story", "two", "2025-01-02");
	assert_int_equal(
		read_newest(archive, &newest, &whole, 10), STEMMA_INVALID);
}

/* ---- what came since ---------------------------------------------------- */

static void
read_all(struct archive *archive, struct stemma_log *log)
{
	assert_int_equal(stemma_store_log(archive->store, log, VIEW("story"),
				 archive->arena, archive->arena, NULL),
		STEMMA_OK);
}

static void
what_is_known_and_what_came_since_are_the_log(void **state)
{
	static const char *const dates[] = {"2025-01-02", "2025-01-05",
		"2025-01-03", "2025-01-05", "2025-01-05", "2025-01-06"};
	struct archive *archive = *state;
	struct stemma_log logs[6], log;

	/* The third one is dated back: the log that knows of two is no use. */
	for (size_t at = 0; at < 6; at++) {
		char text[] = {(char)('a' + at), '\0'};

		archive_add(archive, "story", text, dates[at]);
		read_all(archive, &logs[at]);
		for (size_t known = 0; known <= at; known++) {
			enum stemma_code code =
				stemma_store_log_since(archive->store, &log,
					&logs[known], archive->arena, NULL);

			if (known < 2 && at >= 2) {
				assert_int_equal(code, STEMMA_INVALID);
				continue;
			}
			assert_int_equal(code, STEMMA_OK);
			assert_int_equal(log.count, at + 1);
			assert_true(
				stemma_view_equal(log.story, VIEW("story")));
			for (size_t k = 0; k <= at; k++) {
				const struct stemma_revision *a =
					&log.revisions[k];
				const struct stemma_revision *b =
					&logs[at].revisions[k];

				assert_memory_equal(&a->commit, &b->commit,
					sizeof a->commit);
				assert_memory_equal(
					&a->tree, &b->tree, sizeof a->tree);
				assert_int_equal(a->number, b->number);
				assert_int_equal(a->date, b->date);
			}
		}
	}
}

static void
of_another_past_nothing_is_known(void **state)
{
	struct archive *archive = *state;
	struct stemma_log log, known;

	archive_add(archive, "story", "one", "2025-01-01");
	read_all(archive, &known);
	known.head.bytes[7] ^= 1;
	assert_int_equal(stemma_store_log_since(archive->store, &log, &known,
				 archive->arena, NULL),
		STEMMA_INVALID);
	known.story = VIEW("none");
	assert_int_equal(stemma_store_log_since(archive->store, &log, &known,
				 archive->arena, NULL),
		STEMMA_NOTFOUND);
}

static void
very_many_new_revisions_are_read_with_all_others(void **state)
{
	struct archive *archive = *state;
	struct stemma_log log, known;

	archive_add(archive, "story", "first", "2025-01-01");
	read_all(archive, &known);
	for (int at = 0; at <= STEMMA_NEWER_MOST; at++) {
		char text[16];

		snprintf(text, sizeof text, "%d", at);
		archive_add(archive, "story", text, "2025-01-02");
		assert_int_equal(stemma_store_log_since(archive->store, &log,
					 &known, archive->arena, NULL),
			at < STEMMA_NEWER_MOST ? STEMMA_OK : STEMMA_INVALID);
	}
}

/* ---- one story ---------------------------------------------------------- */

static void
a_story_is_found_wherever_git_keeps_its_ref(void **state)
{
	static const char *const names[] = {
		"b", "a", "con", "a/b", "A", "aa", "c\xc3\xb4te"};
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_name found;

	for (int packs = 0; packs < 3; packs++) {
		for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
			struct stemma_added added;

			/* First as files, then packed, then moved since. */
			added = archive_add(archive, names[at],
				packs == 2 ? "else" : "text", NULL);
			assert_int_equal(stemma_names_get(&found, archive->path,
						 stemma_view_of(names[at]),
						 archive->arena, &error),
				STEMMA_OK);
			assert_memory_equal(
				&added.commit, &found.head, sizeof found.head);
			assert_string_equal(
				stemma_arena_string(archive->arena, found.name),
				names[at]);
		}
		assert_int_equal(stemma_names_get(&found, archive->path,
					 VIEW("zz"), archive->arena, &error),
			STEMMA_NOTFOUND);
		assert_string_equal(error.message, "there is no story 'zz'");
		assert_int_equal(
			shell("git -C %s pack-refs --all", archive->path), 0);
	}
	assert_int_equal(stemma_names_get(&found, archive->path, VIEW(""),
				 archive->arena, NULL),
		STEMMA_INVALID);
}

static void
settings_that_are_not_ours_tell_no_format(void **state)
{
	static const struct {
		const char *config;
		bool known;
	} cases[] = {
		{"[stemma]\n\tformat = 1\n", true},
		{"[core]\n\tbare = true\n [Stemma]\nFORMAT=1", true},
		{"[stemma]\n\tformat = 2\n", false},
		{"[stemma]\n\tformat = 1\n\tformat = 2\n", false},
		{"[stemma]\n\tformat = 1x\n", false},
		{"[stemma]\n\tformat = -1\n", false},
		{"[stemma]\n\tformat\n", false},
		{"[stemma]\n[core]\n\tformat = 1\n", false},
		{"[stemma]\n\tformat = 1\n[include]\n\tpath = x\n", false},
		{"", false},
	};
	struct archive *archive = *state;

	assert_true(stemma_store_is_known(archive->path));
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
		assert_int_equal(shell("printf '%s' >%s/config",
					 cases[at].config, archive->path),
			0);
		assert_int_equal(
			stemma_store_is_known(archive->path), cases[at].known);
	}
	assert_int_equal(
		shell("head -c 70000 /dev/zero >%s/config", archive->path), 0);
	assert_false(stemma_store_is_known(archive->path));
	assert_false(stemma_store_is_known("/nowhere"));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_story_is_found_wherever_git_keeps_its_ref),
		TEST(settings_that_are_not_ours_tell_no_format),
		TEST(stories_are_found_by_what_their_names_hold),
		TEST(without_memory_a_search_says_so),
		TEST(the_newest_revisions_are_the_end_of_the_log),
		TEST(the_newest_revisions_tell_no_order_if_one_was_dated_back),
		TEST(what_is_known_and_what_came_since_are_the_log),
		TEST(of_another_past_nothing_is_known),
		TEST(very_many_new_revisions_are_read_with_all_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
