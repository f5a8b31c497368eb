/* SPDX-License-Identifier: MIT */
#include "archive.h"

/* ---- keys -------------------------------------------------------------- */

static const char *
key_of(const char *name)
{
	static char key[STEMMA_KEY_SIZE];

	if (stemma_key_make(key, stemma_view_of(name), NULL) != STEMMA_OK)
		return NULL;
	return key;
}

static void
plain_names_are_their_own_keys(void **state)
{
	(void)state;
	assert_string_equal(key_of("budget-2024_b"), "budget-2024_b");
	assert_string_equal(key_of("a"), "a");
	assert_string_equal(key_of("con_"), "con_");
	assert_string_equal(key_of("com10"), "com10");
}

static void
all_else_is_escaped(void **state)
{
	static const char *const cases[][2] = {
		{"iran/talks", "iran=2ftalks"},
		{"A", "=41"},
		{"-a-", "=2da-"},
		{"a.lock", "a=2elock"},
		{"..", "=2e=2e"},
		{"a=2f", "a=3d2f"},
		{"@{u}", "=40=7bu=7d"},
		{"a b~^:?*[\\", "a=20b=7e=5e=3a=3f=2a=5b=5c"},
		{"\xc3\xa9t\xc3\xa9", "=c3=a9t=c3=a9"},
		{"con", "=63on"},
		{"nul", "=6eul"},
		{"lpt9", "=6cpt9"},
		{"com0", "=63om0"},
	};

	(void)state;
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++)
		assert_string_equal(key_of(cases[at][0]), cases[at][1]);
}

static void
names_that_are_the_same_text_have_one_key(void **state)
{
	char composed[STEMMA_KEY_SIZE];

	(void)state;
	snprintf(composed, sizeof composed, "%s", key_of("caf\xc3\xa9"));
	assert_string_equal(key_of("cafe\xcc\x81"), composed);
}

static void
names_that_cannot_be_are_refused(void **state)
{
	static const struct stemma_view bad[] = {
		{"", 0},
		{"a\nb", 3},
		{"a\0b", 3},
		{"\x7f", 1},
		{"\xff", 1},
		{"\xed\xa0\x80", 3},
	};
	char key[STEMMA_KEY_SIZE], *longer;
	struct stemma_error error = {0};

	(void)state;
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
		assert_int_equal(
			stemma_key_make(key, bad[at], NULL), STEMMA_INVALID);
	longer = malloc(STEMMA_STORY_SIZE + 1);
	memset(longer, 'a', STEMMA_STORY_SIZE + 1);
	assert_int_equal(
		stemma_key_make(key,
			(struct stemma_view){longer, STEMMA_STORY_SIZE + 1},
			&error),
		STEMMA_INVALID);
	assert_non_null(strstr(error.message, "4097"));
	assert_int_equal(
		stemma_key_make(key,
			(struct stemma_view){longer, STEMMA_STORY_SIZE}, NULL),
		STEMMA_OK);
	free(longer);
}

static void
long_names_are_cut_and_stay_apart(void **state)
{
	char name[301], one[STEMMA_KEY_SIZE];

	(void)state;
	memset(name, 'x', sizeof name);
	name[300] = '\0';
	snprintf(one, sizeof one, "%s", key_of(name));
	assert_int_equal(strlen(one), 180);
	assert_int_equal(strspn(one, "x"), 163);
	name[299] = 'y';
	assert_string_not_equal(key_of(name), one);
	/* Whose key is just as long as it may be. */
	name[180] = '\0';
	assert_string_equal(key_of(name), name);
	/* A name that reads as another's cut key is cut itself. */
	assert_string_not_equal(key_of(one), one);
	/* Escapes count three times. */
	for (size_t at = 0; at < 60; at++)
		name[at] = 'A';
	name[60] = '\0';
	assert_int_equal(strspn(key_of(name), "=41"), 180);
	name[60] = 'A';
	name[61] = '\0';
	assert_int_equal(key_of(name)[163], '-');
}

static void
a_key_leads_back_to_its_name(void **state)
{
	static const char *const names[] = {"a", "iran/talks", "A=b",
		"\xc3\xa9t\xc3\xa9", "con", "-", "\xe6\x97\xa5\xe6\x9c\xac"};
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_view name;
	char longer[301];

	(void)state;
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		assert_int_equal(
			stemma_key_read(&name,
				stemma_view_of(key_of(names[at])), arena),
			STEMMA_OK);
		assert_true(stemma_view_equal(name, stemma_view_of(names[at])));
	}
	memset(longer, 'x', 300);
	longer[300] = '\0';
	assert_int_equal(
		stemma_key_read(&name, stemma_view_of(key_of(longer)), arena),
		STEMMA_NOTFOUND);
	assert_int_equal(
		stemma_key_read(&name, VIEW("a=4"), arena), STEMMA_NOTFOUND);
	stemma_arena_free(arena);
}

/* ---- times ------------------------------------------------------------- */

static void
times_are_read_with_the_seconds_they_mean(void **state)
{
	static const struct {
		const char *text;
		int64_t first, length;
	} cases[] = {
		{"1970-01-01", 0, 86400},
		{"2024-02-29", 1709164800, 86400},
		{"2024-05-01T12:34:56Z", 1714566896, 1},
		{"2024-05-01T12:34:56.789Z", 1714566896, 1},
		{"2024-05-01 12:34", 1714566840, 60},
		{"2024-05-01T14:34:56+02:00", 1714566896, 1},
		{"2024-05-01T07:34:56 -0500", 1714566896, 1},
		{"2024-05-01T14:34+02", 1714566840, 60},
		{"@1714566896", 1714566896, 1},
		{"9999-12-31T23:59:59Z", INT64_C(253402300799), 1},
	};

	(void)state;
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
		int64_t first, last;

		assert_int_equal(stemma_time_read(&first, &last,
					 stemma_view_of(cases[at].text)),
			STEMMA_OK);
		assert_int_equal(first, cases[at].first);
		assert_int_equal(last - first + 1, cases[at].length);
	}
}

static void
what_is_no_time_is_refused(void **state)
{
	static const char *const bad[] = {"", "2024", "2024-13-01",
		"2024-00-10", "2023-02-29", "2024-01-32", "2024-01-01T",
		"2024-01-01T24:00", "2024-01-01T10:60", "2024-01-01T10",
		"2024-01-01T10:00+24:00", "2024-01-01T10:00Zx", "1969-12-31",
		"24-01-01", "@", "@-1", "@999999999999999", "yesterday",
		"2024-01-01T10:00:00."};

	(void)state;
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++) {
		int64_t first, last;

		if (stemma_time_read(&first, &last, stemma_view_of(bad[at])) !=
			STEMMA_INVALID)
			fail_msg("%s", bad[at]);
	}
}

static void
times_written_are_read_again(void **state)
{
	char text[STEMMA_TIME_SIZE];
	int64_t first, last;

	(void)state;
	for (int64_t time = 0; time < INT64_C(253402300799); time += 8639999) {
		stemma_time_write(text, time);
		assert_int_equal(
			stemma_time_read(&first, &last, stemma_view_of(text)),
			STEMMA_OK);
		assert_int_equal(first, time);
	}
	stemma_time_write(text, 1714566896);
	assert_string_equal(text, "2024-05-01T12:34:56Z");
}

/* ---- selectors --------------------------------------------------------- */

/* A log of three, as if read from an archive. */
static struct stemma_log
three(void)
{
	static const struct stemma_revision revisions[] = {
		{.number = 1, .commit = {{0xab, 0xcd, 0x01}}, .date = 86400},
		{.number = 2, .commit = {{0x12, 0x34, 0x56}}, .date = 90000},
		{.number = 3, .commit = {{0xab, 0xcd, 0x02}}, .date = 259200},
	};

	return (struct stemma_log){.revisions = revisions, .count = 3};
}

static void
selectors_name_revisions(void **state)
{
	static const struct {
		const char *selector;
		uint32_t number;
	} cases[] = {
		{"", 3},
		{"latest", 3},
		{"1", 1},
		{"3", 3},
		{"~", 2},
		{"~0", 3},
		{"~2", 1},
		{"1970-01-02", 2},
		{"1970-01-02T00:00Z", 1},
		{"1970-01-02T01:00", 2},
		{"1970-01-03", 2},
		{"2025-01-01", 3},
		{"123456", 2},
		{"abcd01", 1},
		{"abcd020000000000000000000000000000000000", 3},
	};
	struct stemma_log log = three();

	(void)state;
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
		const struct stemma_revision *revision = NULL;
		struct stemma_error error = {0};

		if (stemma_log_select(&log, &revision,
			    stemma_view_of(cases[at].selector),
			    &error) != STEMMA_OK)
			fail_msg("%s: %s", cases[at].selector, error.message);
		assert_int_equal(revision->number, cases[at].number);
	}
}

static void
selectors_that_miss_name_the_nearest(void **state)
{
	static const struct {
		const char *selector;
		enum stemma_code code;
		const char *says;
	} cases[] = {
		{"0", STEMMA_NOTFOUND, "from 1 to 3"},
		{"4", STEMMA_NOTFOUND, "from 1 to 3"},
		{"99999999999999999999", STEMMA_NOTFOUND, "from 1 to 3"},
		{"~3", STEMMA_NOTFOUND, "~2"},
		{"~99999999999", STEMMA_NOTFOUND, "~2"},
		{"~x", STEMMA_INVALID, "number"},
		{"1970-01-01", STEMMA_NOTFOUND, "1 of 1970-01-02T00:00:00Z"},
		{"abcd", STEMMA_INVALID, "2 revisions"},
		{"dead", STEMMA_NOTFOUND, "dead"},
		{"newest", STEMMA_INVALID, "latest"},
	};
	struct stemma_log log = three();

	(void)state;
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
		const struct stemma_revision *revision = NULL;
		struct stemma_error error = {0};

		assert_int_equal(
			stemma_log_select(&log, &revision,
				stemma_view_of(cases[at].selector), &error),
			cases[at].code);
		if (!strstr(error.message, cases[at].says))
			fail_msg("%s: %s", cases[at].selector, error.message);
	}
}

/* ---- lists ------------------------------------------------------------- */

static void
list_is(struct archive *archive, const char *prefix, size_t limit,
	const char *expected)
{
	struct stemma_error error = {0};
	struct stemma_name *stories;
	struct stemma_out out = {0};
	size_t count;

	if (stemma_names_list(&stories, &count, archive->path,
		    stemma_view_of(prefix), limit, archive->arena,
		    &error) != STEMMA_OK)
		fail_msg("%s", error.message);
	for (size_t at = 0; at < count; at++) {
		struct stemma_added same;

		stemma_out_view(&out, stories[at].name);
		stemma_out_char(&out, ' ');
		if (!stories[at].name.size)
			continue;
		same = archive_add(archive,
			stemma_arena_string(archive->arena, stories[at].name),
			"text", NULL);
		assert_memory_equal(
			&same.commit, &stories[at].head, sizeof same.commit);
	}
	stemma_out_char(&out, '\0');
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

static void
stories_are_listed_wherever_git_keeps_their_refs(void **state)
{
	static const char *const names[] = {
		"b", "a", "con", "a/b", "A", "a-c", "c\xc3\xb4te", "z"};
	struct archive *archive = *state;

	for (int packs = 0; packs < 3; packs++) {
		for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
			/* First all loose, then all packed, then both. */
			if (packs == 0 || (packs == 2 && at % 2))
				archive_add(archive, names[at], "text", NULL);
		}
		list_is(archive, "", 0, "A con a a-c a/b b c\xc3\xb4te z ");
		list_is(archive, "a", 0, "a a-c a/b ");
		list_is(archive, "a", 2, "a a-c ");
		list_is(archive, "a/b", 0, "a/b ");
		list_is(archive, "c", 0, "c\xc3\xb4te con ");
		list_is(archive, "co", 0, "con ");
		list_is(archive, "cons", 0, "");
		list_is(archive, "zz", 0, "");
		if (packs == 0)
			assert_int_equal(
				shell("git -C %s pack-refs --all && test ! -e "
				      "%s/refs/heads/story/a",
					archive->path, archive->path),
				0);
		archive_add(archive, "b", "else", NULL);
		archive_add(archive, "b", "text", NULL);
	}
}

static void
a_packed_file_that_is_not_sorted_is_read_whole(void **state)
{
	struct archive *archive = *state;

	archive_add(archive, "a", "text", NULL);
	archive_add(archive, "b", "text", NULL);
	assert_int_equal(
		shell("cd %s && git pack-refs --all && { echo '# pack-refs "
		      "with: peeled'; grep story/b packed-refs; grep story/a "
		      "packed-refs; } >new && mv new packed-refs",
			archive->path),
		0);
	archive_reopen(archive);
	list_is(archive, "", 0, "a b ");
	list_is(archive, "", 1, "a ");
}

static void
a_story_with_a_cut_key_is_listed_without_its_name(void **state)
{
	struct archive *archive = *state;
	char name[301];

	memset(name, 'x', 300);
	name[300] = '\0';
	archive_add(archive, name, "text", NULL);
	assert_int_equal(archive_log(archive, name).story.size, 300);
	list_is(archive, "xx", 0, " ");
	name[200] = '\0';
	list_is(archive, name, 0, " ");
}

static void
an_archive_without_stories_lists_none(void **state)
{
	struct archive *archive = *state;

	list_is(archive, "", 0, "");
	list_is(archive, "a", 0, "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_names_are_their_own_keys),
		cmocka_unit_test(all_else_is_escaped),
		cmocka_unit_test(names_that_are_the_same_text_have_one_key),
		cmocka_unit_test(names_that_cannot_be_are_refused),
		cmocka_unit_test(long_names_are_cut_and_stay_apart),
		cmocka_unit_test(a_key_leads_back_to_its_name),
		cmocka_unit_test(times_are_read_with_the_seconds_they_mean),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(times_written_are_read_again),
		cmocka_unit_test(selectors_name_revisions),
		cmocka_unit_test(selectors_that_miss_name_the_nearest),
		TEST(stories_are_listed_wherever_git_keeps_their_refs),
		TEST(a_packed_file_that_is_not_sorted_is_read_whole),
		TEST(a_story_with_a_cut_key_is_listed_without_its_name),
		TEST(an_archive_without_stories_lists_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
