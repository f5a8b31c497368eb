/* SPDX-License-Identifier: MIT */
#include "archive.h"

/* ---- a new archive ----------------------------------------------------- */

static void
a_new_archive_is_a_sound_bare_repository(void **state)
{
	struct archive *archive = *state;

	archive_is_sound(archive);
	assert_int_equal(shell("test \"$(git -C %s show main:archive-format)\" "
			       "= 1",
				 archive->path),
		0);
	assert_int_equal(shell("test \"$(git -C %s rev-parse "
			       "--is-bare-repository)\" = true",
				 archive->path),
		0);
	assert_string_equal(stemma_store_collector(archive->store), "test");
	assert_true(stemma_store_probe(archive->path));
}

static void
a_new_archive_fills_an_empty_folder_and_no_other(void **state)
{
	struct archive *archive = *state;
	char path[PATH_MAX];
	struct stemma_error error = {0};

	snprintf(path, sizeof path, "%s/empty", archive->folder);
	assert_int_equal(shell("mkdir %s", path), 0);
	assert_int_equal(stemma_store_init(path, NULL, NULL), STEMMA_OK);
	assert_int_equal(stemma_store_init(path, NULL, &error), STEMMA_EXISTS);
	assert_non_null(strstr(error.message, "archive already"));
	assert_int_equal(shell("git -C %s fsck --strict", path), 0);

	snprintf(path, sizeof path, "%s/full", archive->folder);
	assert_int_equal(shell("mkdir %s && touch %s/file", path, path), 0);
	assert_int_equal(stemma_store_init(path, NULL, NULL), STEMMA_EXISTS);
	assert_int_equal(shell("test \"$(ls -A %s)\" = file", path), 0);
	assert_int_equal(
		shell("test -z \"$(ls -d %s.* 2>/dev/null)\"", path), 0);
}

static void
a_new_archive_makes_the_folders_above_it(void **state)
{
	struct archive *archive = *state;
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/a/b/c/", archive->folder);
	assert_int_equal(stemma_store_init(path, NULL, NULL), STEMMA_OK);
	assert_true(stemma_store_probe(path));
}

static void
a_collector_has_a_plain_name(void **state)
{
	static const char *const bad[] = {
		"", "A", "a b", "-a", "a-", "a/b", "a<b", "a\n", "\xc3\xa9"};
	struct archive *archive = *state;
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/other", archive->folder);
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
		struct stemma_store_options options = {.collector = bad[at]};

		assert_int_equal(stemma_store_init(path, &options, NULL),
			STEMMA_INVALID);
	}
	assert_false(stemma_store_probe(path));
}

/* ---- opening ----------------------------------------------------------- */

static void
opening_tells_what_is_wrong(void **state)
{
	struct archive *archive = *state;
	struct stemma_store *store;
	struct stemma_error error = {0};
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/none", archive->folder);
	assert_int_equal(
		stemma_store_open(&store, path, NULL, &error), STEMMA_NOTFOUND);
	assert_null(store);
	assert_int_equal(shell("git init -q --bare %s", path), 0);
	error = (struct stemma_error){0};
	assert_int_equal(
		stemma_store_open(&store, path, NULL, &error), STEMMA_INVALID);
	assert_non_null(strstr(error.message, "not an archive"));
}

static void
a_newer_format_is_refused_with_the_reason(void **state)
{
	struct archive *archive = *state;
	struct stemma_store *store;
	struct stemma_error error = {0};

	assert_int_equal(
		shell("git -C %s config stemma.format 2", archive->path), 0);
	assert_int_equal(stemma_store_open(&store, archive->path, NULL, &error),
		STEMMA_UNSUPPORTED);
	assert_non_null(strstr(error.message, "format 2"));
}

static void
a_copy_made_by_git_is_an_archive_too(void **state)
{
	struct archive *archive = *state;
	struct stemma_added added;

	archive_add(archive, "story", "one", NULL);
	assert_int_equal(shell("git clone -q --mirror %s %s/copy",
				 archive->path, archive->folder),
		0);
	snprintf(archive->path, sizeof archive->path, "%s/copy",
		archive->folder);
	archive_reopen(archive);
	assert_string_equal(archive_text(archive, "story", 1), "one");
	assert_string_not_equal(stemma_store_collector(archive->store), "test");
	added = archive_add(archive, "story", "two", NULL);
	assert_int_equal(added.number, 2);
	archive_is_sound(archive);
}

/* ---- adding and reading ------------------------------------------------ */

static void
what_was_added_is_read_byte_for_byte(void **state)
{
	struct archive *archive = *state;
	char bytes[256 * 3];
	struct stemma_entry entry = {
		.story = VIEW("bytes"), .bytes = {bytes, sizeof bytes}};
	struct stemma_added added;
	struct stemma_log log;
	struct stemma_view read;

	for (size_t at = 0; at < sizeof bytes; at++)
		bytes[at] = (char)(at / 3);
	assert_int_equal(stemma_store_add(archive->store, &entry, &added,
				 archive->scratch, NULL),
		STEMMA_OK);
	assert_true(added.stored && added.first && !added.has_before);
	assert_int_equal(added.number, 1);
	entry.bytes.size = 0;
	assert_int_equal(stemma_store_add(archive->store, &entry, &added,
				 archive->scratch, NULL),
		STEMMA_OK);
	assert_true(added.stored && !added.first && added.has_before);
	log = archive_log(archive, "bytes");
	assert_int_equal(log.count, 2);
	assert_int_equal(stemma_store_read(archive->store, &read,
				 &log.revisions[0], archive->arena, NULL),
		STEMMA_OK);
	assert_int_equal(read.size, sizeof bytes);
	assert_memory_equal(read.bytes, bytes, sizeof bytes);
	assert_int_equal(stemma_store_read_commit(archive->store, &read,
				 &added.commit, archive->arena, NULL),
		STEMMA_OK);
	assert_int_equal(read.size, 0);
	assert_memory_equal(&log.head, &added.commit, sizeof log.head);
	archive_is_sound(archive);
}

static void
the_same_bytes_again_write_nothing(void **state)
{
	struct archive *archive = *state;
	struct stemma_added one, two, three;

	one = archive_add(archive, "story", "text", NULL);
	two = archive_add(archive, "story", "text", NULL);
	assert_false(two.stored);
	assert_int_equal(two.number, 1);
	assert_memory_equal(&one.commit, &two.commit, sizeof one.commit);
	archive_add(archive, "story", "other", NULL);
	three = archive_add(archive, "story", "text", NULL);
	assert_true(three.stored);
	assert_int_equal(three.number, 3);
	assert_int_equal(archive_log(archive, "story").count, 3);
}

static void
what_is_told_of_a_revision_is_kept(void **state)
{
	struct archive *archive = *state;
	struct stemma_note notes[] = {
		{VIEW("author"), VIEW("J\xc3\xbcrgen: a <b>")},
		{VIEW("Desk"), VIEW("World")}};
	struct stemma_entry entry = {.story = VIEW("World/Iran talks"),
		.bytes = VIEW("text"),
		.title = VIEW("Talks: a \"deal\"?"),
		.source = VIEW("https://example.org/a b/\xc3\xa9?q=%20"),
		.type = VIEW("text/html; charset=utf-8"),
		.suffix = VIEW("html"),
		.notes = notes,
		.note_count = 2,
		.dated = true,
		.date = 1714566896};
	const struct stemma_revision *revision;
	struct stemma_added added;

	assert_int_equal(stemma_store_add(archive->store, &entry, &added,
				 archive->scratch, NULL),
		STEMMA_OK);
	revision = archive_log(archive, "World/Iran talks").revisions;
	assert_true(stemma_view_equal(revision->story, entry.story));
	assert_true(stemma_view_equal(revision->title, entry.title));
	assert_true(stemma_view_equal(revision->source,
		VIEW("https://example.org/a%20b/%C3%A9?q=%20")));
	assert_true(stemma_view_equal(revision->type, entry.type));
	assert_true(stemma_view_equal(revision->collector, VIEW("test")));
	assert_int_equal(revision->size, 4);
	assert_int_equal(revision->date, entry.date);
	assert_int_equal(revision->retrieved, entry.date);
	assert_int_equal(revision->note_count, 2);
	assert_true(stemma_view_equal(revision->notes[0].key, notes[0].key));
	assert_true(
		stemma_view_equal(revision->notes[0].value, notes[0].value));
	assert_true(stemma_view_equal(revision->notes[1].key, notes[1].key));
	assert_true(stemma_view_equal(revision->sha256,
		VIEW("982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67"
		     "c32c9d1")));
	assert_int_equal(shell("git -C %s cat-file -e story/=57orld=2f=49ran"
			       "=20talks:=57orld=2f=49ran=20talks.html",
				 archive->path),
		0);
	archive_is_sound(archive);
}

static void
values_that_would_break_a_line_are_refused(void **state)
{
	struct archive *archive = *state;
	struct stemma_note note = {VIEW("a b"), VIEW("x")};
	struct stemma_entry entries[] = {
		{.title = VIEW("two\nlines")},
		{.title = VIEW("\xff")},
		{.source = VIEW("http://x/\r\nStory: other")},
		{.type = {"nul\0", 4}},
		{.suffix = VIEW("../x")},
		{.suffix = VIEW("http")},
		{.notes = &note, .note_count = 1},
		{.dated = true, .date = -1},
		{.dated = true, .date = INT64_C(253402300800)},
	};
	struct stemma_added added;

	for (size_t at = 0; at < sizeof entries / sizeof *entries; at++) {
		struct stemma_error error = {0};

		entries[at].story = VIEW("story");
		entries[at].bytes = VIEW("text");
		assert_int_equal(stemma_store_add(archive->store, &entries[at],
					 &added, archive->scratch, &error),
			STEMMA_INVALID);
		assert_string_not_equal(error.message, "");
	}
	assert_int_equal(
		shell("test -z \"$(ls %s/refs/heads/story)\"", archive->path),
		0);
}

/* ---- order ------------------------------------------------------------- */

static void
revisions_of_one_second_keep_the_order_they_came_in(void **state)
{
	struct archive *archive = *state;
	char text[16];

	for (int k = 1; k <= 20; k++) {
		struct stemma_added added;

		snprintf(text, sizeof text, "text %d", k);
		added = archive_add(archive, "story", text, NULL);
		assert_int_equal(added.number, k);
	}
	for (uint32_t k = 1; k <= 20; k++) {
		snprintf(text, sizeof text, "text %u", k);
		assert_string_equal(archive_text(archive, "story", k), text);
	}
}

static void
a_revision_that_was_dated_back_stands_where_it_belongs(void **state)
{
	struct archive *archive = *state;
	struct stemma_added added;

	archive_add(archive, "story", "one", "2024-01-01");
	archive_add(archive, "story", "three", "2024-03-01");
	added = archive_add(archive, "story", "two", "2024-02-01");
	assert_true(added.stored);
	assert_int_equal(added.number, 2);
	assert_int_equal(added.known.revisions, 3);
	assert_string_equal(archive_text(archive, "story", 2), "two");
	assert_string_equal(archive_text(archive, "story", 3), "three");
	/* The latest is not the newest commit, and is compared all the same. */
	assert_false(archive_add(archive, "story", "three", NULL).stored);
	assert_true(archive_add(archive, "story", "two", NULL).stored);
	/* What stood at that time is known, whatever came after. */
	added = archive_add(archive, "story", "one", "2024-01-15");
	assert_false(added.stored);
	assert_int_equal(added.number, 1);
	added = archive_add(archive, "story", "zero", "2023-12-31");
	assert_int_equal(added.number, 1);
	assert_false(added.has_before);
	assert_int_equal(archive_log(archive, "story").count, 5);
	archive_is_sound(archive);
}

static void
dates_that_are_given_twice_add_nothing_the_second_time(void **state)
{
	static const char *const texts[] = {"a", "b", "c", "b", "d"};
	static const char *const dates[] = {"2024-01-01", "2024-01-01",
		"2024-01-02", "2024-01-03", "2024-01-03"};
	struct archive *archive = *state;

	for (int round = 0; round < 3; round++) {
		for (size_t at = 0; at < 5; at++) {
			struct stemma_added added = archive_add(
				archive, "story", texts[at], dates[at]);

			assert_int_equal(added.stored, round == 0);
		}
	}
	assert_int_equal(archive_log(archive, "story").count, 5);
}

static void
a_revision_without_a_date_is_never_before_the_latest(void **state)
{
	struct archive *archive = *state;
	struct stemma_added added;

	archive_add(archive, "story", "from the future", "2999-01-01");
	added = archive_add(archive, "story", "now", NULL);
	assert_int_equal(added.number, 2);
	assert_string_equal(archive_text(archive, "story", 2), "now");
}

static void
what_the_caller_knows_spares_counting(void **state)
{
	struct archive *archive = *state;
	struct stemma_added added = {0};
	char text[16];

	for (int k = 1; k <= 6; k++) {
		struct stemma_entry entry = {
			.story = VIEW("story"), .known = added.known};

		/* Others may add meanwhile. */
		if (k == 4)
			archive_add(archive, "story", "another's", NULL);
		entry.bytes.bytes = text;
		entry.bytes.size =
			(size_t)snprintf(text, sizeof text, "text %d", k);
		assert_int_equal(stemma_store_add(archive->store, &entry,
					 &added, archive->scratch, NULL),
			STEMMA_OK);
		assert_int_equal(added.number, k + (k >= 4));
		assert_int_equal(added.known.revisions, added.number);
	}
}

/* ---- failure ----------------------------------------------------------- */

static void
without_memory_the_story_is_as_it_was(void **state)
{
	struct archive *archive = *state;
	struct stemma_entry entry = {.story = VIEW("story"),
		.bytes = VIEW("two"),
		.dated = true,
		.date = 86400};
	struct stemma_added added;
	enum stemma_code code = STEMMA_NOMEM;
	size_t limit;

	archive_add(archive, "story", "one", "2024-01-01");
	for (limit = 0; code == STEMMA_NOMEM; limit += 16) {
		struct stemma_arena *scratch = stemma_arena_new(limit + 1);
		struct stemma_error error = {0};

		assert_int_equal(archive_log(archive, "story").count, 1);
		code = stemma_store_add(
			archive->store, &entry, &added, scratch, &error);
		assert_int_equal(code, error.code);
		assert_int_equal(stemma_arena_used(scratch), 0);
		stemma_arena_free(scratch);
	}
	assert_int_equal(code, STEMMA_OK);
	assert_true(limit > 64);
	assert_int_equal(archive_log(archive, "story").count, 2);
}

static void
without_memory_reading_says_so(void **state)
{
	struct archive *archive = *state;
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_log log;
	struct stemma_view bytes;
	size_t limit;

	archive_add(archive, "story", "one", "2024-01-01");
	archive_add(archive, "story", "two", "2024-01-02");
	for (limit = 1; code == STEMMA_NOMEM; limit += 16) {
		struct stemma_arena *arena = stemma_arena_new(limit);

		code = stemma_store_log(archive->store, &log, VIEW("story"),
			arena, archive->scratch, NULL);
		if (code == STEMMA_OK)
			code = stemma_store_read(archive->store, &bytes,
				&log.revisions[0], arena, NULL);
		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		stemma_arena_free(arena);
	}
	assert_true(limit > 64);
}

static void
a_damaged_object_is_named(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_added added;
	struct stemma_log log;
	char hex[41];

	added = archive_add(archive, "story", "one", NULL);
	stemma_id_hex(hex, &added.commit);
	assert_int_equal(shell("f=%s/objects/%.2s/%s; chmod u+w $f; "
			       "printf 0123456789 | dd of=$f conv=notrunc "
			       "2>/dev/null",
				 archive->path, hex, hex + 2),
		0);
	archive_reopen(archive);
	assert_int_equal(stemma_store_log(archive->store, &log, VIEW("story"),
				 archive->arena, archive->scratch, &error),
		STEMMA_CORRUPT);
	assert_non_null(strstr(error.message, hex));
}

static void
a_story_that_is_not_there_is_not_found(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_log log;

	assert_int_equal(stemma_store_log(archive->store, &log, VIEW("none"),
				 archive->arena, archive->scratch, &error),
		STEMMA_NOTFOUND);
	assert_non_null(strstr(error.message, "none"));
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_archive_is_a_sound_bare_repository),
		TEST(a_new_archive_fills_an_empty_folder_and_no_other),
		TEST(a_new_archive_makes_the_folders_above_it),
		TEST(a_collector_has_a_plain_name),
		TEST(opening_tells_what_is_wrong),
		TEST(a_newer_format_is_refused_with_the_reason),
		TEST(a_copy_made_by_git_is_an_archive_too),
		TEST(what_was_added_is_read_byte_for_byte),
		TEST(the_same_bytes_again_write_nothing),
		TEST(what_is_told_of_a_revision_is_kept),
		TEST(values_that_would_break_a_line_are_refused),
		TEST(revisions_of_one_second_keep_the_order_they_came_in),
		TEST(a_revision_that_was_dated_back_stands_where_it_belongs),
		TEST(dates_that_are_given_twice_add_nothing_the_second_time),
		TEST(a_revision_without_a_date_is_never_before_the_latest),
		TEST(what_the_caller_knows_spares_counting),
		TEST(without_memory_the_story_is_as_it_was),
		TEST(without_memory_reading_says_so),
		TEST(a_damaged_object_is_named),
		TEST(a_story_that_is_not_there_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
