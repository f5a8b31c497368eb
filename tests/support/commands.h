/*
 * commands.h - a table of commands to complete, and somebody who answers in
 * the place of folders and archives and remembers what was asked.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_COMMANDS_H
#define STEMMA_TESTS_COMMANDS_H

#include <stdio.h>
#include <string.h>

#include "cli/complete.h"

static const struct stemma_word_choice test_formats[] = {
	{"term", "for reading", 0},
	{"json", "for programs", 1},
	{0},
};

static const struct stemma_word_choice test_kinds[] = {
	{"case", "capital letters", 1},
	{"numbers", "what is counted", 2},
	{"punctuation", NULL, 4},
	{0},
};

static const struct stemma_option test_options[] = {
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.help = "what to write",
		.words = test_formats},
	{.name = "ignore", .value = STEMMA_VALUE_SET, .words = test_kinds},
	{.name = "quiet", .letter = 'q', .value = STEMMA_VALUE_FLAG},
	{.name = "archive", .letter = 'a', .value = STEMMA_VALUE_ARCHIVE},
	{.name = "meta", .letter = 'm', .value = STEMMA_VALUE_TEXTS},
	{.name = "encoding", .value = STEMMA_VALUE_ENCODING},
	{.name = "into", .value = STEMMA_VALUE_FOLDER},
	{0},
};

/* Options that do not all go together. */
static const struct stemma_option test_choosy_options[] = {
	{.name = "raw", .value = STEMMA_VALUE_FLAG, .not_with = "told"},
	{.name = "told", .value = STEMMA_VALUE_FLAG, .not_with = "raw"},
	{.name = "all",
		.letter = 'a',
		.value = STEMMA_VALUE_FLAG,
		.no_operands = true},
	{.name = "since", .value = STEMMA_VALUE_SINCE, .only_with = "all"},
	{.name = "both", .value = STEMMA_VALUE_ENCODING, .most = 2},
	{.name = "paragraph", .value = STEMMA_VALUE_PARAGRAPH},
	{.name = "help", .letter = 'h', .value = STEMMA_VALUE_HELP},
	{0},
};

static const struct stemma_option_group test_choosy_groups[] = {
	{"Options", test_choosy_options, 0},
	{0},
};

static const struct stemma_option_group test_groups[] = {
	{"Options", test_options, 0},
	{0},
};

static const struct stemma_option test_git_options[] = {
	{.name = "git", .value = STEMMA_VALUE_REPOSITORY},
	{0},
};

static const struct stemma_option_group test_git_groups[] = {
	{"Options", test_git_options, 0},
	{"Options", test_options, 0},
	{0},
};

static const struct stemma_operand test_versions[] = {
	{.name = "OLD", .value = STEMMA_VALUE_VERSION, .suffixes = "txt md"},
	{.name = "NEW", .value = STEMMA_VALUE_VERSION, .suffixes = "txt md"},
	{0},
};

static const struct stemma_operand test_story_phrase[] = {
	{.name = "STORY", .value = STEMMA_VALUE_REVISION},
	{.name = "PHRASE", .value = STEMMA_VALUE_PHRASE},
	{0},
};

static const struct stemma_operand test_stories[] = {
	{.name = "REMOTE", .value = STEMMA_VALUE_REMOTE},
	{.name = "STORY", .value = STEMMA_VALUE_STORY, .repeats = true},
	{0},
};

static const struct stemma_operand test_words[] = {
	{.name = "KIND",
		.value = STEMMA_VALUE_TEXT,
		.words = test_kinds,
		.repeats = true},
	{0},
};

static const struct stemma_operand test_topic[] = {
	{.name = "STORY", .value = STEMMA_VALUE_STORY, .suffixes = "html"},
	{.name = "TOPIC", .value = STEMMA_VALUE_COMMAND, .words = test_formats},
	{0},
};

static const struct stemma_operand test_command[] = {
	{.name = "COMMAND", .value = STEMMA_VALUE_COMMAND},
	{0},
};

static const struct stemma_operand test_texts[] = {
	{.name = "SOURCE", .value = STEMMA_VALUE_ARTICLE, .repeats = true},
	{0},
};

static const struct stemma_operand test_nothing[] = {{0}};

static const struct stemma_command test_compare = {.name = "compare",
	.summary = "what changed",
	.operands = test_versions,
	.groups = test_groups};
static const struct stemma_command test_complain = {
	.name = "complain", .operands = test_nothing, .groups = test_groups};
static const struct stemma_command test_whence = {
	.name = "whence", .operands = test_story_phrase, .groups = test_groups};
static const struct stemma_command test_fetch = {
	.name = "fetch", .operands = test_stories, .groups = test_groups};
static const struct stemma_command test_choose = {
	.name = "choose", .operands = test_topic, .groups = test_choosy_groups};
static const struct stemma_command test_name = {
	.name = "name", .operands = test_words, .groups = test_groups};
static const struct stemma_command test_take = {
	.name = "take", .operands = test_texts, .groups = test_git_groups};
static const struct stemma_command test_hidden = {.name = "__complete",
	.operands = test_nothing,
	.groups = test_groups,
	.hidden = true};
static const struct stemma_command test_program = {
	.name = "stemma", .operands = test_command, .groups = test_groups};

static const struct stemma_command *const test_commands[] = {&test_compare,
	&test_complain, &test_whence, &test_fetch, &test_choose, &test_name,
	&test_take, &test_hidden, NULL};

static const struct stemma_table test_table = {&test_program, test_commands};

/* Who is asked, and what for: the last questions. */
enum { TEST_ASKED_MAX = 4 };
struct test_sources {
	struct stemma_sources sources;
	struct stemma_question asked[TEST_ASKED_MAX];
	size_t count;
};

/* Two answers to each question, "<what>-one" and "<what>-two"; what has a dot in
   its name is a file. */
static inline void
test_ask(void *cookie, const struct stemma_question *question,
	struct stemma_candidates *candidates)
{
	static const char *const names[] = {[STEMMA_ASK_FILES] = "file",
		[STEMMA_ASK_FOLDERS] = "folder",
		[STEMMA_ASK_TREE] = "tree",
		[STEMMA_ASK_ARCHIVES] = "archive",
		[STEMMA_ASK_STORIES] = "story",
		[STEMMA_ASK_REVISIONS] = "revision",
		[STEMMA_ASK_DAYS] = "day",
		[STEMMA_ASK_PHRASES] = "phrase",
		[STEMMA_ASK_PARAGRAPHS] = "paragraph",
		[STEMMA_ASK_REMOTES] = "remote"};
	struct test_sources *test = cookie;
	char name[32];

	if (test->count < TEST_ASKED_MAX)
		test->asked[test->count++] = *question;
	if (question->no_file &&
		memchr(question->story.bytes, '.', question->story.size))
		return;
	for (int k = 0; k < 2; k++) {
		snprintf(name, sizeof name, "%s-%s", names[question->what],
			k ? "two" : "one");
		stemma_candidates_say(candidates, name, "an answer",
			question->what == STEMMA_ASK_FOLDERS);
	}
}

#endif
