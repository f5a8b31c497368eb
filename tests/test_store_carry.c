/* Anchors that carry commits, as those of large archives do.
   SPDX-License-Identifier: MIT */
#include "places.h"

static void
an_anchor_that_carries_leads_to_no_story(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_add(places, 1, "story", "two", "2024-01-02");
	places_sync(places, 1);
	/* The whole hub is two anchors and the two they begin with. */
	assert_int_equal(
		shell("test $(git -C %s rev-list --count --glob="
		      "'refs/heads/collect/*') = 3 && git -C %s cat-file -p "
		      "collect/c1:commits | grep -q '^Story: story'",
			places->hub, places->hub),
		0);
	places_sync(places, 2);
	assert_string_equal(
		archive_text(&places->archives[2], "story", 1), "one");
	assert_string_equal(
		archive_text(&places->archives[2], "story", 2), "two");
	places_sync(places, 0);
	places_agree(places, "story");
	places_are_sound(places);
}

/* Put the anchor's file "commits" through `edit` on the hub. */
static void
forge_commits(struct places *places, const char *edit)
{
	assert_int_equal(
		shell("cd %s && new=$(git cat-file -p collect/c0:commits | %s "
		      "| git hash-object -w --stdin) && old=$(git rev-parse "
		      "collect/c0:commits) && tree=$(git cat-file -p "
		      "collect/c0^{tree} | sed s/$old/$new/ | git mktree) && "
		      "git update-ref refs/heads/collect/c0 $(git -c "
		      "user.name=x -c user.email=x commit-tree -m x -p "
		      "collect/c0^ $tree)",
			places->hub, edit),
		0);
}

/* One that no archive has. */
#define TREE "0123456789012345678901234567890123456789"

static void
carried_commits_that_lie_are_refused(void **state)
{
	static const char *const edits[] = {"sed s/Story/Glory/", "head -c 30",
		"sed 's/^[0-9]*$/99999999/'", "cat /dev/null",
		"sed 's/^tree .*/tree " TREE "/'", "sed 's/^author/autor/'",
		"head -c 70000 /dev/zero"};
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_add(places, 1, "other", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_sync(places, 2);
	places_add(places, 0, "story", "two", "2024-01-02");
	places_sync(places, 0);
	for (size_t at = 0; at < sizeof edits / sizeof *edits; at++) {
		struct stemma_synced synced;

		forge_commits(places, edits[at]);
		places_add(places, 1, "other", edits[at], NULL);
		places_sync(places, 1);
		synced = places_sync(places, 2);
		assert_true(synced.refused > 0);
		assert_int_equal(synced.received, 1);
		assert_int_equal(
			archive_log(&places->archives[2], "story").count, 1);
		archive_is_sound(&places->archives[2]);
		assert_int_equal(
			shell("cd %s && git update-ref refs/heads/collect/c0 "
			      "$(git -C ../0 rev-parse collect/c0)",
				places->hub),
			0);
	}
	places_sync(places, 2);
	assert_string_equal(
		archive_text(&places->archives[2], "story", 2), "two");
}

static void
very_many_commits_are_carried_in_a_pack(void **state)
{
	struct places *places = *state;
	char text[16];

	for (int at = 0; at < 150; at++) {
		snprintf(text, sizeof text, "text %d", at);
		places_add(places, 0, at % 2 ? "odd" : "even", text, NULL);
	}
	assert_int_equal(places_sync(places, 0).sent, 2);
	assert_int_equal(places_sync(places, 1).received, 2);
	assert_int_equal(archive_log(&places->archives[1], "odd").count, 75);
	assert_int_equal(shell("ls %s/objects/pack/*.pack >/dev/null",
				 places->archives[1].path),
		0);
	/* Remembering nothing it finds them there. */
	assert_int_equal(
		shell("rm %s/stemma/sync-*", places->archives[1].path), 0);
	assert_int_equal(places_sync(places, 1).received, 0);
	places_are_sound(places);
}

static void
what_the_hub_lost_of_others_is_sent_by_those_who_have_it(void **state)
{
	struct places *places = *state;

	places_add(places, 0, "story", "one", "2024-01-01");
	places_add(places, 0, "quiet", "one", "2024-01-01");
	places_sync(places, 0);
	places_sync(places, 1);
	places_add(places, 1, "story", "two", "2024-01-02");
	places_sync(places, 1);
	assert_int_equal(shell("git -C %s update-ref -d refs/heads/collect/c0",
				 places->hub),
		0);
	places_sync(places, 1);
	assert_int_equal(places_sync(places, 2).received, 2);
	assert_string_equal(
		archive_text(&places->archives[2], "story", 1), "one");
	assert_string_equal(
		archive_text(&places->archives[2], "quiet", 1), "one");
	places_are_sound(places);
}

#define TEST(name)                       \
	cmocka_unit_test_setup_teardown( \
		name, places_set_up_to_carry, places_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_anchor_that_carries_leads_to_no_story),
		TEST(carried_commits_that_lie_are_refused),
		TEST(very_many_commits_are_carried_in_a_pack),
		TEST(what_the_hub_lost_of_others_is_sent_by_those_who_have_it),
		cmocka_unit_test_setup_teardown(
			what_the_hub_lost_of_others_is_sent_by_those_who_have_it,
			places_set_up, places_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
