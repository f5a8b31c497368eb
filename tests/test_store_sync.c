/* SPDX-License-Identifier: MIT */
#include "places.h"

/* ---- what gets where ---------------------------------------------------- */

static void
what_one_has_the_others_get(void **state)
{
	struct places *places = *state;
	struct stemma_synced synced;

	places_add(places, 0, "One Story", "first", "2024-01-01");
	places_add(places, 0, "One Story", "second", "2024-01-02");
	places_add(places, 1, "other", "text", "2024-01-03");
	assert_int_equal(places_sync(places, 0).sent, 1);
	synced = places_sync(places, 1);
	assert_int_equal(synced.sent, 1);
	assert_int_equal(synced.received, 1);
	assert_int_equal(places_sync(places, 2).received, 2);
	assert_int_equal(places_sync(places, 0).received, 1);
	places_agree(places, "One Story");
	places_agree(places, "other");
	assert_string_equal(
		archive_text(&places->archives[2], "One Story", 2), "second");
	places_are_sound(places);
}

static void
nothing_new_moves_nothing(void **state)
{
	struct places *places = *state;
	struct stemma_synced synced;

	places_add(places, 0, "story", "text", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	assert_int_equal(shell("git -C %s for-each-ref >%s/before", places->hub,
				 places->folder),
		0);
	for (int at = 0; at < 2; at++) {
		synced = places_sync(places, at);
		assert_int_equal(synced.sent, 0);
		assert_int_equal(synced.received, 0);
	}
	assert_int_equal(shell("git -C %s for-each-ref | cmp - %s/before",
				 places->hub, places->folder),
		0);
}

static void
what_was_received_grows_and_goes_back(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_add(places, 1, "story", "two", "2024-01-02");
	assert_int_equal(places_sync(places, 1).sent, 1);
	assert_int_equal(places_sync(places, 0).received, 1);
	assert_string_equal(
		archive_text(&places->archives[0], "story", 2), "two");
	assert_int_equal(
		shell("git -C %s log --format=%%P story/story | grep -q ' '",
			places->archives[0].path),
		256);
	places_are_sound(places);
}

/* ---- histories that grew apart ----------------------------------------- */

static void
stories_that_grew_apart_are_joined_in_order_of_time(void **state)
{
	struct places *places = *state;
	struct stemma_verified verified;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_sync(places, 2);
	places_add(places, 0, "story", "two", "2024-01-02");
	places_add(places, 1, "story", "three", "2024-01-03");
	places_add(places, 2, "story", "four", "2024-01-04");
	for (int round = 0; round < 2; round++) {
		for (int at = 0; at < PLACES; at++)
			places_sync(places, at);
	}
	places_agree(places, "story");
	assert_int_equal(archive_log(&places->archives[1], "story").count, 4);
	assert_string_equal(
		archive_text(&places->archives[1], "story", 2), "two");
	assert_string_equal(
		archive_text(&places->archives[1], "story", 3), "three");
	assert_string_equal(
		archive_text(&places->archives[1], "story", 4), "four");
	/* It goes on from there, and is still proved. */
	places_add(places, 2, "story", "five", "2024-01-05");
	places_sync(places, 2);
	places_sync(places, 0);
	assert_string_equal(
		archive_text(&places->archives[0], "story", 5), "five");
	assert_int_equal(stemma_store_verify(places->archives[0].store,
				 &verified, VIEW(""), places->archives[0].arena,
				 places->archives[0].scratch, NULL),
		STEMMA_OK);
	assert_int_equal(verified.fault_count, 0);
	assert_int_equal(verified.good_revisions, 5);
	places_are_sound(places);
}

/* Any order of additions and syncs ends with the same commits everywhere. */
static void
all_orders_of_syncs_end_alike(void **state)
{
	struct places *places = *state;
	uint64_t random = 7;
	int kept = 0;

	for (int step = 0; step < 40; step++) {
		int at;
		char text[32], date[32], story[8];

		random = random * 6364136223846793005u + 1442695040888963407u;
		at = (int)(random >> 40) % PLACES;
		if ((random >> 50) % 3 == 0) {
			places_sync(places, at);
			continue;
		}
		snprintf(story, sizeof story, "s%d", (int)(random >> 55) % 3);
		snprintf(text, sizeof text, "text %d", step);
		snprintf(date, sizeof date, "2024-01-%02d",
			1 + (int)(random >> 33) % 28);
		places_add(places, at, story, text, date);
		kept++;
	}
	for (int round = 0; round < 2; round++) {
		for (int at = 0; at < PLACES; at++)
			places_sync(places, at);
	}
	for (int story = 0; story < 3; story++) {
		char name[16];

		snprintf(name, sizeof name, "s%d", story);
		places_agree(places, name);
		kept -= (int)archive_log(&places->archives[0], name).count;
	}
	assert_int_equal(kept, 0);
	places_are_sound(places);
}

/* ---- what can go wrong -------------------------------------------------- */

static void
what_is_remembered_can_be_lost(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	assert_int_equal(shell("rm -rf %s/0/stemma/sync*; truncate -s 20 "
			       "%s/1/stemma/sync-*",
				 places->folder, places->folder),
		0);
	assert_int_equal(places_sync(places, 0).sent, 0);
	assert_int_equal(places_sync(places, 1).sent, 0);
	places_add(places, 1, "story", "two", "2024-01-02");
	places_sync(places, 1);
	assert_int_equal(places_sync(places, 0).received, 1);
	places_are_sound(places);
}

static void
a_hub_that_was_emptied_is_filled_again(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	assert_int_equal(shell("rm -rf %s && git init -q --bare %s",
				 places->hub, places->hub),
		0);
	assert_int_equal(places_sync(places, 0).sent, 0);
	assert_int_equal(places_sync(places, 1).received, 1);
	places_are_sound(places);
}

static void
a_gc_of_the_archive_takes_nothing_away(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	for (int at = 0; at < 2; at++)
		assert_int_equal(shell("git -C %s gc -q --prune=now",
					 places->archives[at].path),
			0);
	places_add(places, 1, "story", "two", "2024-01-02");
	places_sync(places, 1);
	assert_int_equal(places_sync(places, 0).received, 1);
	places_are_sound(places);
}

static void
locks_of_a_git_that_was_killed_are_cleared_away(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_add(places, 0, "story", "two", "2024-01-02");
	places_sync(places, 0);
	assert_int_equal(
		shell("cd %s/stemma/sync.git && touch packed-refs.lock "
		      "packed-refs.new && for ref in $(git for-each-ref "
		      "--format='%%(refname)'); do touch $ref.lock; done && "
		      "test $(find . -name '*.lock' | wc -l) -gt 1",
			places->archives[1].path),
		0);
	assert_int_equal(places_sync(places, 1).received, 1);
	assert_int_equal(shell("test -z \"$(find %s -name '*.lock')\"",
				 places->archives[1].path),
		0);
	places_are_sound(places);
}

static void
a_hub_that_is_not_there_is_named(void **state)
{
	struct places *places = *state;
	struct archive *archive = &places->archives[0];
	struct stemma_error error = {0};
	struct stemma_synced synced;

	places_add(places, 0, "story", "one", "2024-01-01");
	assert_int_equal(stemma_store_sync(archive->store, &synced, NULL,
				 archive->scratch, &error),
		STEMMA_NOTFOUND);
	error = (struct stemma_error){0};
	assert_int_equal(stemma_store_sync(archive->store, &synced,
				 "/nowhere/hub", archive->scratch, &error),
		STEMMA_IO);
	assert_non_null(strstr(error.message, "/nowhere/hub"));
	places_sync(places, 0);
	/* From now on it goes without saying. */
	assert_int_equal(stemma_store_sync(archive->store, &synced, NULL,
				 archive->scratch, NULL),
		STEMMA_OK);
}

static void
a_copy_of_an_archive_takes_a_name_of_its_own(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	stemma_store_close(places->archives[1].store);
	assert_int_equal(
		shell("cd %s && rm -rf 1 && cp -r 0 1", places->folder), 0);
	places_open(places, 1);
	places_add(places, 0, "story", "two", "2024-01-02");
	places_add(places, 1, "story", "three", "2024-01-03");
	places_sync(places, 0);
	places_sync(places, 1);
	places_sync(places, 0);
	places_sync(places, 1);
	places_sync(places, 2);
	assert_string_not_equal(
		stemma_store_collector(places->archives[0].store),
		stemma_store_collector(places->archives[1].store));
	assert_int_equal(archive_log(&places->archives[2], "story").count, 3);
	places_agree(places, "story");
	places_are_sound(places);
}

/* Push anchors of `lines` from the first place, as collector "evil". */
static void
forge(struct places *places, const char *lines)
{
	assert_int_equal(
		shell("cd %s; export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x "
		      "GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x; "
		      "s=$(git rev-parse refs/heads/story/story); "
		      "b=$(printf \"%s\" | git hash-object -w --stdin); "
		      "t=$(printf '100644 blob %%s\\theads\\n' $b | git "
		      "mktree); c=$(echo evil | git commit-tree $t -p $s); "
		      "git push -q %s $c:refs/heads/collect/evil",
			places->archives[0].path, lines, places->hub),
		0);
}

static void
anchors_that_lie_are_refused(void **state)
{
	struct places *places = *state;
	struct stemma_synced synced;

	places_add(places, 0, "story", "one", "2024-01-01");
	forge(places, "$s refs/heads/story/other\\n"
		      "$s refs/heads/story/../main\\n"
		      "$s refs/heads/main\\n"
		      "$s refs/heads/story/a.lock\\n"
		      "0123456789012345678901234567890123456789 "
		      "refs/heads/story/none\\n"
		      "nonsense\\n"
		      "$s refs/heads/story/story\\n");
	/* Its first parent is a story, which has no list of heads. */
	synced = places_sync(places, 1);
	assert_int_equal(synced.received, 1);
	assert_int_equal(synced.refused, 7);
	assert_string_equal(
		archive_text(&places->archives[1], "story", 1), "one");
	assert_int_equal(shell("test $(git -C %s for-each-ref refs/heads/story "
			       "| wc -l) = 1",
				 places->archives[1].path),
		0);
}

static void
who_clones_the_hub_is_told_what_it_is(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	assert_int_equal(shell("cd %s; git -C hub symbolic-ref HEAD "
			       "refs/heads/main; git clone -q hub clone "
			       "&& grep -q stemma clone/README",
				 places->folder),
		0);
}

static void
very_many_stories_take_several_anchors(void **state)
{
	struct places *places = *state;
	struct archive *archive = &places->archives[0];
	struct stemma_bulk *bulk;
	struct stemma_added added;

	assert_int_equal(stemma_bulk_start(
				 &bulk, archive->store, archive->scratch, NULL),
		STEMMA_OK);
	for (int at = 0; at < 2500; at++) {
		char name[32];
		struct stemma_entry entry = {.bytes = VIEW("text"),
			.dated = true,
			.date = 1000000000 + at};

		snprintf(name, sizeof name, "story %d", at);
		entry.story = stemma_view_of(name);
		assert_int_equal(stemma_bulk_add(bulk, &entry, &added,
					 archive->scratch, NULL),
			STEMMA_OK);
	}
	assert_int_equal(
		stemma_bulk_finish(bulk, archive->scratch, NULL), STEMMA_OK);
	stemma_bulk_free(bulk);
	assert_int_equal(places_sync(places, 0).sent, 2500);
	assert_int_equal(places_sync(places, 1).received, 2500);
	assert_int_equal(places_sync(places, 1).sent, 0);
	assert_int_equal(
		shell("test $(git -C %s rev-list --first-parent --count "
		      "collect/c0) = 4",
			places->hub),
		0);
	places_are_sound(places);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, places_set_up, places_tear_down)
#define BOTH(name)                                   \
	TEST(name), cmocka_unit_test_setup_teardown( \
			    name, places_set_up_to_carry, places_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(what_one_has_the_others_get),
		BOTH(nothing_new_moves_nothing),
		BOTH(what_was_received_grows_and_goes_back),
		BOTH(stories_that_grew_apart_are_joined_in_order_of_time),
		BOTH(all_orders_of_syncs_end_alike),
		BOTH(what_is_remembered_can_be_lost),
		BOTH(a_hub_that_was_emptied_is_filled_again),
		BOTH(a_gc_of_the_archive_takes_nothing_away),
		BOTH(locks_of_a_git_that_was_killed_are_cleared_away),
		BOTH(a_hub_that_is_not_there_is_named),
		BOTH(a_copy_of_an_archive_takes_a_name_of_its_own),
		BOTH(anchors_that_lie_are_refused),
		BOTH(who_clones_the_hub_is_told_what_it_is),
		TEST(very_many_stories_take_several_anchors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
