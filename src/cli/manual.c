/*
 * stemma help [COMMAND]: the manual page where it is installed, else --help;
 * stemma help TOPIC: a page that is no command's.
 *
 * SPDX-License-Identifier: MIT
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "help.h"
#include "trouble.h"

/* Run `arguments` from the PATH; its exit status, or -1. */
static int
run(char *const arguments[], bool quiet)
{
	posix_spawn_file_actions_t actions;
	int status, error;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	error = quiet ? posix_spawn_file_actions_addopen(&actions,
				STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
		      : 0;
	if (!error && quiet)
		error = posix_spawn_file_actions_adddup2(
			&actions, STDOUT_FILENO, STDERR_FILENO);
	if (!error)
		error = posix_spawnp(
			&pid, arguments[0], &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		return -1;
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Show the page `title` of a section of the manual; false if there is none.
   That of "stemma compare" is called stemma-compare. */
static bool
show_page(const char *title, const char *section)
{
	char man[] = "man", where[] = "-w";
	char *page = strdup(title), *number = strdup(section);
	char *look[] = {man, where, number, page, NULL};
	char *show[] = {man, number, page, NULL};
	bool shown = false;

	if (page && number) {
		if (strchr(page, ' '))
			*strchr(page, ' ') = '-';
		shown = run(look, true) == 0 && run(show, false) == 0;
	}
	free(page);
	free(number);
	return shown;
}

/* What has a page and is no command. */
enum { TUTORIAL, REVISIONS, FORMATS, WEIGHTS, LIBRARY };

static const struct stemma_word_choice topic_words[] = {
	{"tutorial", "one story, from the first file to the report", TUTORIAL},
	{"revisions", "how revisions are named", REVISIONS},
	{"formats", "what programs read and write", FORMATS},
	{"weights", "what tells what matters in a change", WEIGHTS},
	{"library", "libstemma, for programs in C", LIBRARY},
	{0},
};

static const struct topic {
	const char *title;
	const char *section;
} topics[] = {
	[TUTORIAL] = {"stemma tutorial", "7"},
	[REVISIONS] = {"stemma revisions", "7"},
	[FORMATS] = {"stemma formats", "5"},
	[WEIGHTS] = {"stemma weights", "7"},
	[LIBRARY] = {"libstemma", "3"},
};

static int
show_topic(const struct stemma_word_choice *word)
{
	const struct topic *topic = &topics[word->value];

	if (show_page(topic->title, topic->section))
		return STEMMA_EXIT_SAME;
	return stemma_trouble(
		"the manual's page on '%s' is not installed, or there "
		"is no man program",
		word->name);
}

static int
help_run(const struct stemma_command *self, const void *settings,
	char **operands, size_t count)
{
	const struct stemma_command *command = &stemma_program;
	const struct stemma_word_choice *word;

	(void)self;
	(void)settings;
	if (count)
		command = stemma_command_find(operands[0]);
	for (word = topic_words; !command && word->name; word++) {
		if (!strcmp(word->name, operands[0]))
			return show_topic(word);
	}
	if (!command)
		return stemma_command_unknown(operands[0], topic_words);
	if (show_page(command->title, "1"))
		return STEMMA_EXIT_SAME;
	return stemma_help_print(command, true);
}

static const struct stemma_operand help_operands[] = {
	{.name = "COMMAND",
		.value = STEMMA_VALUE_COMMAND,
		.help = "the command to explain, or: tutorial, revisions, "
			"formats, weights, library",
		.words = topic_words,
		.optional = true},
	{0},
};

static const struct stemma_option_group help_groups[] = {
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example help_examples[] = {
	{"stemma help compare", "all about comparing"},
	{"stemma help tutorial", "an article from its first version to a "
				 "report"},
	{0},
};

const struct stemma_command stemma_help_command = {
	.name = "help",
	.title = "stemma help",
	.summary = "open the manual page of a command",
	.about = "Opens the manual page of a command, or of stemma itself. "
		 "Where the pages are not installed, prints the same as "
		 "--help. There are pages on other things too.",
	.operands = help_operands,
	.groups = help_groups,
	.examples = help_examples,
	.exits = "Exit status: 0 if there is help, 2 if not.",
	.run = help_run,
};
