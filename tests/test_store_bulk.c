/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <signal.h>
#include <sys/wait.h>

/* ---- helpers ----------------------------------------------------------- */

static struct stemma_bulk *
start(struct archive *archive)
{
	struct stemma_error error = {0};
	struct stemma_bulk *bulk;

	if (stemma_bulk_start(&bulk, archive->store, archive->scratch, &error))
		fail_msg("%s", error.message);
	return bulk;
}

static struct stemma_added
put(struct archive *archive, struct stemma_bulk *bulk, const char *story,
	const char *text, const char *date)
{
	struct stemma_entry entry = {.story = stemma_view_of(story),
		.bytes = stemma_view_of(text),
		.dated = date != NULL};
	struct stemma_error error = {0};
	struct stemma_added added;
	int64_t last;

	if (date)
		assert_int_equal(stemma_time_read(&entry.date, &last,
					 stemma_view_of(date)),
			STEMMA_OK);
	if (stemma_bulk_add(bulk, &entry, &added, archive->scratch, &error))
		fail_msg("%s: %s", story, error.message);
	return added;
}

static void
finish(struct archive *archive, struct stemma_bulk *bulk)
{
	struct stemma_error error = {0};

	if (stemma_bulk_finish(bulk, archive->scratch, &error))
		fail_msg("%s", error.message);
	stemma_bulk_free(bulk);
}

/* A text of `size` bytes that differs from others of its kind here and there,
   with a long stretch that moved. */
static char *
make_text(struct archive *archive, size_t size, unsigned version)
{
	char *text = stemma_arena_alloc(archive->arena, size + 1, 1);
	uint64_t state = 1;

	assert_non_null(text);
	for (size_t at = 0; at < size; at++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		text[at] = (char)('a' + (state >> 60));
		if (at % 97 < version)
			text[at] = (char)('A' + version);
	}
	if (version % 2 && size > 400) {
		for (size_t at = 0; at < 100; at++)
			text[at] = text[size / 2 + at];
	}
	text[size] = '\0';
	return text;
}

/* ---- what is stored ---------------------------------------------------- */

static void
what_came_in_bulk_is_read_byte_for_byte(void **state)
{
	static const size_t sizes[] = {
		0, 1, 15, 16, 17, 127, 128, 4400, 65535, 65536, 65537, 300000};
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);
	size_t count = sizeof sizes / sizeof *sizes, at;
	char name[32], date[32];
	unsigned version;

	for (version = 0; version < 4; version++) {
		for (at = 0; at < count; at++) {
			snprintf(name, sizeof name, "Size %zu", sizes[at]);
			snprintf(date, sizeof date, "2024-01-0%u", version + 1);
			put(archive, bulk, name,
				make_text(archive, sizes[at], version), date);
		}
	}
	finish(archive, bulk);
	archive_is_sound(archive);
	for (at = 3; at < count; at++) {
		snprintf(name, sizeof name, "Size %zu", sizes[at]);
		assert_int_equal(archive_log(archive, name).count, 4);
		for (version = 0; version < 4; version++)
			assert_string_equal(
				archive_text(archive, name, version + 1),
				make_text(archive, sizes[at], version));
	}
	assert_int_equal(archive_log(archive, "Size 0").count, 1);
}

/* What bulk makes of a story is what one revision after the other gives. */
static void
bulk_makes_the_commits_that_single_additions_make(void **state)
{
	static const char *const dates[] = {"2024-05-01", "2024-05-03",
		"2024-05-02", "2024-05-03", "2024-05-02T10:00", "2024-05-01"};
	static const char *const texts[] = {
		"one", "two", "three", "four", "two", "one"};
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);
	struct stemma_added single, added;

	for (size_t at = 0; at < 6; at++) {
		put(archive, bulk, "bulk", texts[at], dates[at]);
		archive_add(archive, "single", texts[at], dates[at]);
	}
	/* A story of the same name in another archive has the same commits:
	   here the numbers and dates have to do. */
	for (size_t at = 0; at < 6; at++) {
		single = archive_add(archive, "single", texts[at], dates[at]);
		added = put(archive, bulk, "bulk", texts[at], dates[at]);
		assert_false(single.stored);
		assert_false(added.stored);
		assert_int_equal(added.number, single.number);
		assert_int_equal(added.date, single.date);
		assert_int_equal(added.known.revisions, single.known.revisions);
	}
	finish(archive, bulk);
	assert_int_equal(archive_log(archive, "bulk").count,
		archive_log(archive, "single").count);
	for (uint32_t at = 1; at <= archive_log(archive, "bulk").count; at++)
		assert_string_equal(archive_text(archive, "bulk", at),
			archive_text(archive, "single", at));
	archive_is_sound(archive);
}

static void
what_is_imported_twice_is_stored_once(void **state)
{
	struct archive *archive = *state;
	struct stemma_id head;
	struct stemma_log log;
	struct stemma_bulk *bulk;

	for (int round = 0; round < 2; round++) {
		bulk = start(archive);
		for (int at = 0; at < 200; at++) {
			struct stemma_added added;
			char name[32];

			snprintf(name, sizeof name, "story %d", at / 2);
			added = put(archive, bulk, name, at % 2 ? "b" : "a",
				at % 2 ? "2024-01-02" : "2024-01-01");
			assert_int_equal(added.stored, round == 0);
			assert_int_equal(added.number, at % 2 + 1);
		}
		finish(archive, bulk);
		log = archive_log(archive, "story 7");
		if (round == 0)
			head = log.head;
		assert_memory_equal(&head, &log.head, sizeof head);
	}
	archive_is_sound(archive);
	assert_int_equal(shell("test $(ls %s/objects/pack/*.pack | wc -l) = 1",
				 archive->path),
		0);
}

static void
nothing_is_there_before_the_end(void **state)
{
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);
	struct stemma_log log;

	put(archive, bulk, "story", "text", "2024-01-01");
	assert_int_equal(stemma_store_log(archive->store, &log, VIEW("story"),
				 archive->arena, archive->scratch, NULL),
		STEMMA_NOTFOUND);
	stemma_bulk_free(bulk);
	assert_int_equal(
		shell("test -z \"$(ls %s/objects/pack)\"", archive->path), 0);
	stemma_bulk_free(NULL);
}

static void
an_entry_that_cannot_be_stored_is_passed_over(void **state)
{
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);
	struct stemma_entry entry = {.story = VIEW("story"),
		.bytes = VIEW("text"),
		.title = VIEW("two\nlines")};
	struct stemma_added added;

	assert_int_equal(
		stemma_bulk_add(bulk, &entry, &added, archive->scratch, NULL),
		STEMMA_INVALID);
	entry.title = VIEW("");
	entry.story = VIEW("");
	assert_int_equal(
		stemma_bulk_add(bulk, &entry, &added, archive->scratch, NULL),
		STEMMA_INVALID);
	put(archive, bulk, "story", "text", "2024-01-01");
	finish(archive, bulk);
	assert_int_equal(archive_log(archive, "story").count, 1);
}

/* ---- others at work ---------------------------------------------------- */

static void
what_others_added_meanwhile_is_kept(void **state)
{
	struct archive *archive = *state;
	struct stemma_bulk *bulk;
	char name[32];

	for (int at = 0; at < 100; at += 2) {
		snprintf(name, sizeof name, "s%d", at);
		archive_add(archive, name, "old", "2024-01-01");
	}
	bulk = start(archive);
	for (int at = 0; at < 100; at++) {
		snprintf(name, sizeof name, "s%d", at);
		put(archive, bulk, name, "two", "2024-01-03");
		put(archive, bulk, name, "three", "2024-01-04");
	}
	for (int at = 0; at < 100; at += 3) {
		snprintf(name, sizeof name, "s%d", at);
		archive_add(archive, name, "between", "2024-01-02");
		archive_add(archive, name, "three", "2024-01-04");
	}
	finish(archive, bulk);
	archive_is_sound(archive);
	for (int at = 0; at < 100; at++) {
		uint32_t first = 1 + (at % 2 == 0), number = first;

		snprintf(name, sizeof name, "s%d", at);
		if (at % 2 == 0)
			assert_string_equal(
				archive_text(archive, name, 1), "old");
		if (at % 3 == 0)
			assert_string_equal(
				archive_text(archive, name, number++),
				"between");
		assert_string_equal(
			archive_text(archive, name, number++), "two");
		assert_string_equal(
			archive_text(archive, name, number), "three");
		assert_int_equal(archive_log(archive, name).count, number);
	}
}

static void
bulk_goes_on_after_a_finish(void **state)
{
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);

	put(archive, bulk, "story", "one", "2024-01-01");
	assert_int_equal(
		stemma_bulk_finish(bulk, archive->scratch, NULL), STEMMA_OK);
	put(archive, bulk, "story", "two", "2024-01-02");
	put(archive, bulk, "other", "one", "2024-01-02");
	finish(archive, bulk);
	assert_string_equal(archive_text(archive, "story", 2), "two");
	archive_is_sound(archive);
}

static void
many_stories_go_to_the_packed_refs_at_once(void **state)
{
	struct archive *archive = *state;

	/* The second time some have files of their own, some do not. */
	for (int round = 0; round < 3; round++) {
		struct stemma_bulk *bulk = start(archive);
		char name[32], text[32], date[32];

		snprintf(date, sizeof date, "2024-01-0%d", round + 1);
		snprintf(text, sizeof text, "text %d", round);
		for (int at = 0; at < 300; at++) {
			snprintf(name, sizeof name, "s%d", at);
			put(archive, bulk, name, text, date);
		}
		finish(archive, bulk);
		for (int at = 0; at < 300; at += 7) {
			snprintf(name, sizeof name, "s%d", at + round);
			snprintf(text, sizeof text, "more %d", round);
			archive_add(archive, name, text, NULL);
		}
	}
	archive_is_sound(archive);
	assert_int_equal(shell("test $(git -C %s for-each-ref refs/heads/story "
			       "| wc -l) = 300",
				 archive->path),
		0);
	assert_int_equal(shell("git -C %s pack-refs --all", archive->path), 0);
	archive_is_sound(archive);
}

static void
a_lock_of_git_makes_bulk_go_story_by_story(void **state)
{
	struct archive *archive = *state;
	struct stemma_bulk *bulk = start(archive);
	char name[32];

	for (int at = 0; at < 70; at++) {
		snprintf(name, sizeof name, "s%d", at);
		put(archive, bulk, name, "text", "2024-01-01");
	}
	assert_int_equal(shell("touch %s/packed-refs.lock", archive->path), 0);
	finish(archive, bulk);
	assert_int_equal(
		shell("test -e %s/packed-refs.lock && rm %s/packed-refs.lock",
			archive->path, archive->path),
		0);
	assert_string_equal(archive_text(archive, "s69", 1), "text");
	archive_is_sound(archive);
}

/* ---- ends of all kinds ------------------------------------------------- */

static void
import_all(struct archive *archive, int count)
{
	struct stemma_bulk *bulk = start(archive);
	char name[32];

	for (int at = 0; at < count; at++) {
		snprintf(name, sizeof name, "s%d", at);
		put(archive, bulk, name, make_text(archive, 3000, 0),
			"2024-01-01");
		put(archive, bulk, name, make_text(archive, 3000, 1),
			"2024-01-02");
	}
	finish(archive, bulk);
}

static void
an_import_that_was_killed_is_done_again(void **state)
{
	struct archive *archive = *state;

	for (useconds_t pause = 500; pause < 200000; pause *= 2) {
		pid_t child = fork();

		if (child == 0) {
			archive_reopen(archive);
			import_all(archive, 200);
			_exit(0);
		}
		usleep(pause);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		archive_is_sound(archive);
	}
	archive_reopen(archive);
	import_all(archive, 200);
	archive_is_sound(archive);
	for (int at = 0; at < 200; at += 10) {
		char name[32];

		snprintf(name, sizeof name, "s%d", at);
		assert_int_equal(archive_log(archive, name).count, 2);
		archive_add(archive, name, "after all", NULL);
	}
}

static void
without_memory_bulk_says_so(void **state)
{
	struct archive *archive = *state;
	enum stemma_code code = STEMMA_NOMEM;
	size_t limit;

	archive_add(archive, "story", "zero", "2024-01-01");
	for (limit = 1; code == STEMMA_NOMEM; limit += 40) {
		struct stemma_entry entry = {.story = VIEW("story"),
			.bytes = VIEW("one"),
			.dated = true,
			.date = 1704240000};
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_bulk *bulk;
		struct stemma_added added;

		code = stemma_bulk_start(&bulk, archive->store, scratch, NULL);
		if (code == STEMMA_OK)
			code = stemma_bulk_add(
				bulk, &entry, &added, scratch, NULL);
		if (code == STEMMA_OK)
			code = stemma_bulk_finish(bulk, scratch, NULL);
		stemma_bulk_free(bulk);
		stemma_arena_free(scratch);
		if (code == STEMMA_NOMEM)
			assert_int_equal(
				archive_log(archive, "story").count, 1);
	}
	assert_int_equal(code, STEMMA_OK);
	assert_true(limit > 100);
	assert_int_equal(archive_log(archive, "story").count, 2);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_came_in_bulk_is_read_byte_for_byte),
		TEST(bulk_makes_the_commits_that_single_additions_make),
		TEST(what_is_imported_twice_is_stored_once),
		TEST(nothing_is_there_before_the_end),
		TEST(an_entry_that_cannot_be_stored_is_passed_over),
		TEST(what_others_added_meanwhile_is_kept),
		TEST(bulk_goes_on_after_a_finish),
		TEST(many_stories_go_to_the_packed_refs_at_once),
		TEST(a_lock_of_git_makes_bulk_go_story_by_story),
		TEST(an_import_that_was_killed_is_done_again),
		TEST(without_memory_bulk_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
