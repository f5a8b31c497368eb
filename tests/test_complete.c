/* Words of a command line -> what may come next. SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/commands.h"

enum { WORDS_MAX = 16, LISTED_MAX = 8192 };

/* Candidates for a line, and who was asked for them. */
struct trial {
	struct stemma_arena *arena;
	struct stemma_candidates candidates;
	struct test_sources test;
	char listed[LISTED_MAX]; /* "compare complain" */
};

/* Words are what spaces part; what follows the last one is being typed. */
static void
try(struct trial *trial, const char *line, size_t limit)
{
	struct stemma_view words[WORDS_MAX];
	size_t count = 0, size = 0;
	char *copy;

	memset(trial, 0, sizeof *trial);
	trial->arena = stemma_arena_new(limit);
	trial->candidates.arena = stemma_arena_new(limit);
	trial->test.sources = (struct stemma_sources){&trial->test, test_ask};
	if (!trial->arena || !trial->candidates.arena)
		return;
	copy = stemma_arena_string(trial->arena, stemma_view_of(line));
	for (char *word = copy; word; count++) {
		char *space = strchr(word, ' ');

		assert_true(count < WORDS_MAX);
		if (space)
			*space = '\0';
		words[count] = stemma_view_of(word);
		word = space ? space + 1 : NULL;
	}
	stemma_complete(&trial->candidates, &test_table, words, count,
		&trial->test.sources);
	for (size_t k = 0; k < trial->candidates.count; k++) {
		struct stemma_view value = trial->candidates.items[k].value;

		assert_true(size + value.size + 2 < LISTED_MAX);
		if (k)
			trial->listed[size++] = ' ';
		memcpy(trial->listed + size, value.bytes, value.size);
		size += value.size;
	}
}

static void
forget(struct trial *trial)
{
	stemma_arena_free(trial->arena);
	stemma_arena_free(trial->candidates.arena);
}

static void
assert_offers(const char *line, const char *expected)
{
	struct trial trial;

	try(&trial, line, 0);
	assert_string_equal(trial.listed, expected);
	forget(&trial);
}

static void
assert_view(struct stemma_view view, const char *expected)
{
	assert_int_equal(view.size, strlen(expected));
	assert_memory_equal(view.bytes, expected, view.size);
}

static void
complete_offers_commands_but_hidden_ones(void **state)
{
	(void)state;
	assert_offers("", "compare complain whence fetch choose name take");
	assert_offers("comp", "compare complain");
	assert_offers("compa", "compare");
	assert_offers("nothing-like-it", "");
	assert_offers("--quiet com", "compare complain");
	assert_offers("no-command ", "");
	assert_offers("__complete -q", "");
}

static void
complete_offers_options_that_are_still_possible(void **state)
{
	(void)state;
	assert_offers("compare --", "--format= --ignore= --quiet --archive= "
				    "--meta= --encoding= --into=");
	assert_offers("compare --format=json --q", "--quiet");
	assert_offers("compare --format=json --f", "");
	assert_offers("compare -f json --f", "");
	assert_offers("compare -fjson --f", "");
	assert_offers("compare -qf json --q", "");
	assert_offers("compare --meta=a=b --ignore=case --",
		"--format= "
		"--ignore= --quiet --archive= --meta= --encoding= --into=");
	assert_offers("complain ", "--format= --ignore= --quiet --archive= "
				   "--meta= --encoding= --into=");
}

static void
complete_offers_no_option_that_another_one_rules_out(void **state)
{
	(void)state;
	assert_offers("choose --", "--raw --told --all --both= --paragraph= "
				   "--help");
	assert_offers("choose --raw --", "--all --both= --paragraph= --help");
	assert_offers(
		"choose --told -a --", "--since= --both= --paragraph= --help");
	assert_offers("choose news --a", "");
	assert_offers("choose --all ",
		"--raw --told --since= --both= --paragraph= --help");
	assert_offers("choose --all x", "");
}

static void
complete_offers_nothing_after_help(void **state)
{
	(void)state;
	assert_offers("choose --help ", "");
	assert_offers("choose -h --r", "");
	assert_offers("choose --he", "--help");
}

static void
complete_offers_days_and_paragraphs_of_the_story(void **state)
{
	struct trial trial;

	(void)state;
	try(&trial, "choose --all --since=2", 0);
	assert_int_equal(trial.test.asked[0].what, STEMMA_ASK_DAYS);
	assert_int_equal(trial.test.asked[0].story.size, 0);
	assert_view(trial.test.asked[0].typed, "2");
	forget(&trial);
	try(&trial, "choose news@3 --paragraph ", 0);
	assert_string_equal(trial.listed, "paragraph-one paragraph-two");
	assert_view(trial.test.asked[0].story, "news");
	assert_view(trial.test.asked[0].selector, "3");
	forget(&trial);
	assert_offers("choose --paragraph ", "");
}

static void
complete_offers_words_of_operands_once_and_topics_last(void **state)
{
	(void)state;
	assert_offers("name ", "case numbers punctuation");
	assert_offers("name numbers ", "case punctuation");
	assert_offers("name case --ignore=c", "--ignore=case");
	assert_offers("choose ", "story-one story-two file-one file-two");
	assert_offers("choose news ",
		"compare complain whence fetch choose name take term json");
}

static void
complete_offers_values_where_they_stand(void **state)
{
	(void)state;
	assert_offers("compare --format=", "--format=term --format=json");
	assert_offers("compare --format=j", "--format=json");
	assert_offers("compare --format ", "term json");
	assert_offers("compare -f t", "term");
	assert_offers("compare -ft", "-fterm");
	assert_offers("compare --into ", "folder-one folder-two");
	assert_offers(
		"compare --into=x", "--into=folder-one --into=folder-two");
	assert_offers("compare --encoding=koi", "--encoding=koi8-r");
	assert_offers("compare --encoding=big5,koi", "");
	assert_offers("choose --both=koi", "--both=koi8-r");
	assert_offers("choose --both=big5,koi", "--both=big5,koi8-r");
	assert_offers("choose --both=big5,big5,koi", "");
	assert_offers("compare --meta ", "");
	assert_offers("compare --no-such=", "");
}

static void
complete_offers_words_of_a_set_once(void **state)
{
	(void)state;
	assert_offers("compare --ignore ", "case numbers punctuation");
	assert_offers(
		"compare --ignore case,", "case,numbers case,punctuation");
	assert_offers("compare --ignore=case,numbers,p",
		"--ignore=case,numbers,punctuation");
	assert_offers("compare --ignore=case,c", "");
}

static void
complete_asks_for_the_operand_whose_turn_it_is(void **state)
{
	struct trial trial;

	(void)state;
	assert_offers("whence ", "story-one story-two");
	assert_offers("whence a-story x", "phrase-one phrase-two");
	assert_offers("whence a-story phrase ",
		"--format= --ignore= --quiet "
		"--archive= --meta= --encoding= --into=");
	assert_offers("fetch ", "remote-one remote-two");
	assert_offers("fetch there a b c ", "story-one story-two");
	assert_offers("compare - -q ", "file-one file-two story-one story-two");

	try(&trial, "whence the@news@3 abc", 0);
	assert_int_equal(trial.test.count, 1);
	assert_view(trial.test.asked[0].story, "the@news");
	assert_view(trial.test.asked[0].selector, "3");
	assert_view(trial.test.asked[0].typed, "abc");
	forget(&trial);
}

static void
complete_asks_for_stories_then_for_files_with_their_suffixes(void **state)
{
	struct trial trial;

	(void)state;
	try(&trial, "compare -q --archive=there x", 0);
	assert_string_equal(
		trial.listed, "story-one story-two file-one file-two");
	assert_int_equal(trial.test.asked[0].what, STEMMA_ASK_STORIES);
	assert_true(trial.test.asked[0].selectable);
	assert_string_equal(trial.test.asked[0].archive, "there");
	assert_int_equal(trial.test.asked[1].what, STEMMA_ASK_FILES);
	assert_string_equal(trial.test.asked[1].suffixes, "txt md");
	forget(&trial);
	try(&trial, "compare -a here --", 0);
	assert_int_equal(trial.test.count, 0);
	forget(&trial);
	try(&trial, "compare -a here -- --", 0);
	assert_string_equal(trial.test.asked[0].archive, "here");
	assert_view(trial.test.asked[0].typed, "--");
	forget(&trial);
}

static void
complete_offers_other_revisions_of_the_same_story_alone(void **state)
{
	struct trial trial;

	(void)state;
	assert_offers("compare news@",
		"news@revision-one news@revision-two file-one file-two");
	assert_offers("compare news@3 ", "news@revision-one news@revision-two");
	assert_offers(
		"compare news@3 ne", "news@revision-one news@revision-two");
	try(&trial, "compare the@news@3 the@news@4", 0);
	assert_int_equal(trial.test.count, 1);
	assert_int_equal(trial.test.asked[0].what, STEMMA_ASK_REVISIONS);
	assert_view(trial.test.asked[0].story, "the@news");
	assert_view(trial.test.asked[0].except, "3");
	assert_view(trial.test.asked[0].typed, "4");
	forget(&trial);
	try(&trial, "compare news ", 0);
	assert_string_equal(
		trial.listed, "news@revision-one news@revision-two");
	assert_view(trial.test.asked[0].except, "latest");
	forget(&trial);
	assert_offers("compare news@3 other",
		"story-one story-two file-one file-two");
}

static void
complete_offers_another_file_after_a_file(void **state)
{
	struct trial trial;

	(void)state;
	try(&trial, "compare a.txt ", 0);
	assert_string_equal(
		trial.listed, "file-one file-two story-one story-two");
	assert_int_equal(trial.test.count, 3);
	assert_view(trial.test.asked[1].except, "a.txt");
	forget(&trial);
	try(&trial, "compare a.txt b", 0);
	assert_int_equal(trial.test.count, 2);
	assert_view(trial.test.asked[0].except, "a.txt");
	forget(&trial);
}

static void
complete_adds_nothing_twice_nor_what_no_line_can_hold(void **state)
{
	struct stemma_candidates candidates = {
		.arena = stemma_arena_new(0), .before = {"a", 1}};
	char name[8];

	(void)state;
	stemma_candidates_say(&candidates, "b", "help", false);
	stemma_candidates_say(&candidates, "b", "other help", true);
	stemma_candidates_say(&candidates, "two\nlines", NULL, false);
	stemma_candidates_say(&candidates, "\033[2J", NULL, false);
	stemma_candidates_say(&candidates, "tab\t", NULL, false);
	candidates.before = (struct stemma_view){"", 0};
	stemma_candidates_say(&candidates, "ab", NULL, false);
	assert_int_equal(candidates.count, 1);
	assert_view(candidates.items[0].value, "ab");
	assert_view(candidates.items[0].help, "help");
	stemma_candidates_say(&candidates, "b", NULL, false);
	assert_int_equal(candidates.count, 2);
	for (int k = 0; k < 2 * STEMMA_CANDIDATES_MAX; k++) {
		snprintf(name, sizeof name, "%d", k);
		assert_int_equal(
			stemma_candidates_say(&candidates, name, NULL, false),
			k + 3 < STEMMA_CANDIDATES_MAX);
	}
	assert_int_equal(candidates.count, STEMMA_CANDIDATES_MAX);
	stemma_arena_free(candidates.arena);
}

static void
complete_survives_every_lack_of_memory(void **state)
{
	static const char *const lines[] = {"comp", "compare --",
		"compare --ignore=case,", "compare news@1 ", "whence a "};
	struct trial whole, trial;

	(void)state;
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		bool done = false;

		try(&whole, lines[k], 0);
		for (size_t limit = 64; !done; limit += 256) {
			try(&trial, lines[k], limit);
			assert_true(trial.candidates.count <=
				    whole.candidates.count);
			assert_memory_equal(trial.listed, whole.listed,
				strlen(trial.listed));
			done = trial.candidates.count == whole.candidates.count;
			forget(&trial);
		}
		forget(&whole);
	}
}

static void
complete_asks_for_files_of_the_repository_that_was_named(void **state)
{
	struct trial trial;

	(void)state;
	assert_offers("take ", "file-one file-two");
	assert_offers("take --git=here ", "tree-one tree-two");
	assert_offers("take --git=", "--git=folder-one --git=folder-two");
	assert_offers("take --git=here --into ", "folder-one folder-two");
	try(&trial, "take --git ~/here tree-one tex", 0);
	assert_string_equal(trial.listed, "tree-one tree-two");
	assert_int_equal(trial.test.count, 1);
	assert_string_equal(trial.test.asked[0].repository, "~/here");
	assert_view(trial.test.asked[0].typed, "tex");
	assert_view(trial.test.asked[0].except, "tree-one");
	forget(&trial);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complete_offers_commands_but_hidden_ones),
		cmocka_unit_test(
			complete_asks_for_files_of_the_repository_that_was_named),
		cmocka_unit_test(
			complete_offers_options_that_are_still_possible),
		cmocka_unit_test(
			complete_offers_no_option_that_another_one_rules_out),
		cmocka_unit_test(complete_offers_nothing_after_help),
		cmocka_unit_test(
			complete_offers_days_and_paragraphs_of_the_story),
		cmocka_unit_test(
			complete_offers_words_of_operands_once_and_topics_last),
		cmocka_unit_test(complete_offers_values_where_they_stand),
		cmocka_unit_test(complete_offers_words_of_a_set_once),
		cmocka_unit_test(
			complete_asks_for_the_operand_whose_turn_it_is),
		cmocka_unit_test(
			complete_asks_for_stories_then_for_files_with_their_suffixes),
		cmocka_unit_test(
			complete_offers_other_revisions_of_the_same_story_alone),
		cmocka_unit_test(complete_offers_another_file_after_a_file),
		cmocka_unit_test(
			complete_adds_nothing_twice_nor_what_no_line_can_hold),
		cmocka_unit_test(complete_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
