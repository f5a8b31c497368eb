/*
 * What others fell into who kept texts in git, and what an archive does
 * instead. Two more stand in tests/check-exports, which functions of libgit2
 * are not to be called, and in test_store_locks.c: writers beside git.
 *
 * SPDX-License-Identifier: MIT
 */
#include "places.h"

#include <sys/stat.h>

#include <git2.h>
#include <git2/sys/alloc.h>

/* ---- all refs read for one ---------------------------------------------- */

static size_t allocations;

static void *
count_malloc(size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return malloc(size);
}

static void *
count_realloc(void *old, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return realloc(old, size);
}

static void *
count_calloc(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return calloc(count, size);
}

static char *
count_strdup(const char *text, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return strdup(text);
}

static char *
count_strndup(const char *text, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return strndup(text, size);
}

static char *
count_substrdup(const char *text, size_t size, const char *file, int line)
{
	char *copy = count_malloc(size + 1, file, line);

	if (copy) {
		memcpy(copy, text, size);
		copy[size] = '\0';
	}
	return copy;
}

static void *
count_reallocarray(
	void *old, size_t count, size_t size, const char *file, int line)
{
	return count_realloc(old, count * size, file, line);
}

static void *
count_mallocarray(size_t count, size_t size, const char *file, int line)
{
	return count_malloc(count * size, file, line);
}

/* Stories' refs in bulk, all of them to one commit, in git's packed file. */
static void
pack_refs(struct archive *archive, const char *head, int count)
{
	assert_int_equal(
		shell("cd %s && git pack-refs --all && { cat packed-refs && "
		      "seq -f '%s refs/heads/story/s%%06.0f' %d; } | awk "
		      "'!seen[$2]++' >new && mv new packed-refs && git "
		      "for-each-ref >/dev/null",
			archive->path, head, count),
		0);
	archive_reopen(archive);
}

static void
an_addition_asks_for_no_other_story(void **state)
{
	struct archive *archive = *state;
	git_allocator counting = {count_malloc, count_calloc, count_strdup,
		count_strndup, count_substrdup, count_realloc,
		count_reallocarray, count_mallocarray, free};
	struct stemma_added added;
	size_t few, many;
	char head[41];

	added = archive_add(archive, "own", "one", "2024-01-01");
	stemma_id_hex(head, &added.commit);
	pack_refs(archive, head, 8);
	assert_int_equal(git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &counting), 0);
	archive_add(archive, "own", "two", "2024-01-02");
	allocations = 0;
	archive_add(archive, "own", "three", "2024-01-03");
	archive_add(archive, "new", "one", "2024-01-03");
	few = allocations;
	pack_refs(archive, head, 40000);
	archive_add(archive, "own", "four", "2024-01-04");
	allocations = 0;
	archive_add(archive, "own", "five", "2024-01-05");
	archive_add(archive, "newer", "one", "2024-01-05");
	many = allocations;
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, NULL);
	assert_true(few > 10);
	assert_in_range(many, 1, few + few / 2);
}

/* ---- gc beside writers -------------------------------------------------- */

static void
gc_leaves_what_nothing_leads_to_yet(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc gc;

	archive_add(archive, "story", "one", NULL);
	assert_int_equal(
		shell("cd %s && echo early | git hash-object -w "
		      "--stdin >../early && echo old | git hash-object "
		      "-w --stdin >../old && id=$(cat ../old) && touch "
		      "-d '3 weeks ago' objects/$(echo $id | cut -c "
		      "1-2)/$(echo $id | cut -c 3-)",
			archive->path),
		0);
	assert_int_equal(
		stemma_store_gc(archive->store, &gc, false, NULL), STEMMA_OK);
	assert_int_equal(shell("cd %s && git cat-file -e $(cat ../early)",
				 archive->path),
		0);
	assert_int_not_equal(
		shell("cd %s && git cat-file -e $(cat ../old) 2>/dev/null",
			archive->path),
		0);
}

static void
an_object_that_is_found_there_is_young_again(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc gc;

	assert_int_equal(
		shell("cd %s && for text in again '* -text'; do "
		      "id=$(echo $text | git hash-object -w --stdin) && touch "
		      "-d '3 weeks ago' objects/$(echo $id | cut -c "
		      "1-2)/$(echo $id | cut -c 3-) || exit; done",
			archive->path),
		0);
	archive_add(archive, "story", "again\n", NULL);
	/* As long as the ref is not there only their age protects them. */
	assert_int_equal(shell("cd %s && git update-ref -d "
			       "refs/heads/story/story",
				 archive->path),
		0);
	assert_int_equal(
		stemma_store_gc(archive->store, &gc, false, NULL), STEMMA_OK);
	assert_int_equal(shell("cd %s && git cat-file -e $(echo again | git "
			       "hash-object --stdin)",
				 archive->path),
		0);
}

static void
gc_leaves_few_packs(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc gc;
	char text[16];

	for (int at = 0; at < 25; at++) {
		snprintf(text, sizeof text, "text %d", at);
		archive_add(archive, "story", text, NULL);
		assert_int_equal(
			shell("git -C %s repack -q -d", archive->path), 0);
	}
	archive_reopen(archive);
	assert_int_equal(
		stemma_store_gc(archive->store, &gc, true, NULL), STEMMA_OK);
	assert_true(gc.done);
	assert_int_equal(gc.before.packs, 25);
	assert_in_range(gc.after.packs, 1, 20);
	archive_reopen(archive);
	assert_string_equal(archive_text(archive, "story", 1), "text 0");
	assert_int_equal(archive_log(archive, "story").count, 25);
	archive_is_sound(archive);
}

static void
a_pack_that_git_replaced_is_no_damage(void **state)
{
	struct archive *archive = *state;

	archive_add(archive, "story", "one", "2024-01-01");
	archive_add(archive, "story", "two", "2024-01-02");
	assert_int_equal(shell("git -C %s repack -q -a -d", archive->path), 0);
	archive_reopen(archive);
	archive_add(archive, "other", "one", NULL);
	assert_int_equal(shell("git -C %s repack -q -d && git -C %s "
			       "multi-pack-index write 2>/dev/null",
				 archive->path, archive->path),
		0);
	archive_reopen(archive);
	archive_add(archive, "third", "three", NULL);
	/* What libgit2 knows of packs is no longer true. */
	assert_int_equal(shell("git -C %s repack -q -a -d", archive->path), 0);
	assert_int_equal(archive_log(archive, "story").count, 2);
	assert_string_equal(archive_text(archive, "story", 1), "one");
	assert_string_equal(archive_text(archive, "other", 1), "one");
}

/* ---- what objects look like --------------------------------------------- */

static void
add_in_bulk(struct archive *archive, const char *const *stories,
	const char *const *texts, size_t count)
{
	struct stemma_bulk *bulk;

	assert_int_equal(stemma_bulk_start(
				 &bulk, archive->store, archive->scratch, NULL),
		STEMMA_OK);
	for (size_t at = 0; at < count; at++) {
		struct stemma_entry entry = {
			.story = stemma_view_of(stories[at]),
			.bytes = stemma_view_of(texts[at]),
			.dated = true,
			.date = 1700000000 + (int64_t)at};
		struct stemma_added added;

		assert_int_equal(stemma_bulk_add(bulk, &entry, &added,
					 archive->scratch, NULL),
			STEMMA_OK);
	}
	assert_int_equal(
		stemma_bulk_finish(bulk, archive->scratch, NULL), STEMMA_OK);
	stemma_bulk_free(bulk);
	archive_reopen(archive);
}

/* git packs by the ends of names: with one name for all nothing is near what
   it is like. */
static void
files_are_called_as_their_stories(void **state)
{
	static const char *const stories[] = {"bulk/Story"}, *const texts[] = {
								     "text"};
	struct archive *archive = *state;

	archive_add(archive, "Own Story", "text", NULL);
	add_in_bulk(archive, stories, texts, 1);
	assert_int_equal(
		shell("cd %s && git for-each-ref --format='%%(refname)' "
		      "refs/heads/story | while read ref; do git ls-tree "
		      "--name-only $ref | grep -qx \"${ref##*/}.txt\" || exit "
		      "1; done && test $(git for-each-ref refs/heads/story | "
		      "wc -l) = 2",
			archive->path),
		0);
}

static void
a_pack_has_no_object_twice(void **state)
{
	static const char *const stories[] = {"a", "b", "a", "a", "c", "b"};
	static const char *const texts[] = {
		"one\n", "one\n", "two\n", "one\n", "two\n", "two\n"};
	struct archive *archive = *state;

	archive_add(archive, "d", "two\n", NULL);
	add_in_bulk(archive, stories, texts, 6);
	assert_int_equal(archive_log(archive, "a").count, 3);
	assert_int_equal(
		shell("cd %s && git multi-pack-index write 2>/dev/null && git "
		      "multi-pack-index verify >/dev/null 2>&1 && for pack in "
		      "objects/pack/*.idx; do test -z \"$(git show-index "
		      "<$pack "
		      "| cut -d ' ' -f 2 | sort | uniq -d)\" || exit 1; done",
			archive->path),
		0);
	archive_is_sound(archive);
}

/* Where many commits have one date, or parents are younger, git's walks take
   the square of the time. */
static void
a_commit_is_dated_as_it_was_retrieved_but_not_before_its_parent(void **state)
{
	struct archive *archive = *state;

	archive_add(archive, "story", "one", "2024-01-02");
	archive_add(archive, "story", "two", "2024-01-05");
	archive_add(archive, "story", "three", "2024-01-03");
	archive_add(archive, "story", "four", "2024-01-09");
	assert_int_equal(
		shell("test \"$(TZ=UTC git -C %s log --format='%%ad %%cd' "
		      "--date=format:%%d story/story | tr '\\n' ' ')\" = "
		      "'09 09 03 05 05 05 02 02 '",
			archive->path),
		0);
}

static void
anchors_are_in_order_of_date(void **state)
{
	struct places *places = *state;
	struct archive *archive = &places->archives[0];
	enum { COUNT = 2300 };
	static char names[COUNT][8];
	static const char *stories[COUNT], *texts[COUNT];

	for (int at = 0; at < COUNT; at++) {
		/* The names are in another order than the dates. */
		snprintf(names[at], sizeof names[at], "s%d", at * 1009 % COUNT);
		stories[at] = names[at];
		texts[at] = "text";
	}
	stemma_store_close(archive->store);
	places_open(places, 0);
	add_in_bulk(archive, stories, texts, COUNT);
	stemma_store_close(archive->store);
	places_open(places, 0);
	assert_int_equal(places_sync(places, 0).sent, COUNT);
	/* Of each anchor: its date, and the dates of the heads it names. */
	assert_int_equal(
		shell("cd %s && last=0 && for anchor in $(git rev-list "
		      "--reverse --first-parent collect/c0); do own=$(git log "
		      "-1 --format=%%ct $anchor); test $own -ge $last || exit "
		      "1; heads=$(git rev-parse $anchor^@ | tail -n +2); test "
		      "-z \"$heads\" || git log --no-walk --format=%%ct $heads "
		      "| awk -v last=$last -v own=$own '$1 < last || $1 > own "
		      "{ exit 1 }' || exit 1; last=$own; done; test $last -gt "
		      "0",
			places->hub),
		0);
	places_are_sound(places);
}

/* ---- all in one second -------------------------------------------------- */

static void
very_many_stories_of_one_second_are_no_trouble(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;
	struct stemma_bulk *bulk;
	enum { COUNT = 20000 };

	assert_int_equal(stemma_bulk_start(
				 &bulk, archive->store, archive->scratch, NULL),
		STEMMA_OK);
	for (int at = 0; at < 2 * COUNT; at++) {
		char name[16];
		struct stemma_entry entry = {
			.bytes = at % 2 ? VIEW("after") : VIEW("before"),
			.dated = true,
			.date = 1700000000};
		struct stemma_added added;

		snprintf(name, sizeof name, "s%d", at / 2);
		entry.story = stemma_view_of(name);
		assert_int_equal(stemma_bulk_add(bulk, &entry, &added,
					 archive->scratch, NULL),
			STEMMA_OK);
	}
	assert_int_equal(
		stemma_bulk_finish(bulk, archive->scratch, NULL), STEMMA_OK);
	stemma_bulk_free(bulk);
	archive_reopen(archive);
	assert_string_equal(archive_text(archive, "s77", 1), "before");
	assert_string_equal(archive_text(archive, "s77", 2), "after");
	assert_int_equal(stemma_store_verify(archive->store, &verified,
				 (struct stemma_view){"", 0}, archive->arena,
				 archive->scratch, NULL),
		STEMMA_OK);
	assert_int_equal(verified.good_revisions, 2 * COUNT);
	assert_int_equal(verified.fault_count, 0);
	archive_is_sound(archive);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_addition_asks_for_no_other_story),
		TEST(gc_leaves_what_nothing_leads_to_yet),
		TEST(an_object_that_is_found_there_is_young_again),
		TEST(gc_leaves_few_packs),
		TEST(a_pack_that_git_replaced_is_no_damage),
		TEST(files_are_called_as_their_stories),
		TEST(a_pack_has_no_object_twice),
		TEST(a_commit_is_dated_as_it_was_retrieved_but_not_before_its_parent),
		cmocka_unit_test_setup_teardown(anchors_are_in_order_of_date,
			places_set_up, places_tear_down),
		TEST(very_many_stories_of_one_second_are_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
