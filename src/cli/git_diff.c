/*
 * stemma git-diff: what git runs for each file as diff.DRIVER.command.
 *
 *     PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE
 *     … NEW-PATH HEADER       a file that was renamed or copied
 *     PATH                    one that is not merged yet
 *
 * The files may be temporary ones, so the paths are what to call them; a file
 * that is not there is /dev/null. Any exit status but 0 ends git's run, so
 * that two versions may differ and all is well.
 *
 * SPDX-License-Identifier: MIT
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "compare.h"
#include "trouble.h"

enum { PATH = 0, OLD_FILE = 1, NEW_FILE = 4, NEW_PATH = 7 };

/* A file called "-" is not standard input here. */
static char *
operand(char *file)
{
	static char dash[] = "./-";

	return strcmp(file, "-") == 0 ? dash : file;
}

/* Several files in one run of git: a blank line between two of them. */
static void
part(const struct stemma_compare_settings *settings)
{
	const char *counter = getenv("GIT_DIFF_PATH_COUNTER");

	/* Where it fails, what is written next fails too, and says so. */
	if (counter && strcmp(counter, "1") != 0 && !settings->quiet &&
		settings->format == STEMMA_FORMAT_TERM &&
		write(STDOUT_FILENO, "\n", 1) < 0)
		return;
}

static int
say_unmerged(const char *path)
{
	struct stemma_out out = {0};

	stemma_out_string(&out, "unmerged: ");
	stemma_out_visible(&out, stemma_view_of(path));
	stemma_out_char(&out, '\n');
	return stemma_output_print(&out);
}

static int
git_diff_run(const struct stemma_command *command, const void *given,
	char **operands, size_t count)
{
	struct stemma_compare_settings settings;
	char *files[2];
	int status;

	memcpy(&settings, given, sizeof settings);
	settings.output.no_pager = true; /* git has its own … */
	settings.output.leavable = true; /* … which is left at any time: git
	                                    must not take that for trouble */
	signal(SIGPIPE, SIG_IGN);
	part(&settings);
	if (count == 1)
		return say_unmerged(operands[PATH]);
	if (count != 7 && count != 9)
		return stemma_trouble("git passes 1, 7 or 9 operands, not %lu; "
				      "for example: %s",
			(unsigned long)count, command->examples->line);
	files[STEMMA_OLD] = operand(operands[OLD_FILE]);
	files[STEMMA_NEW] = operand(operands[NEW_FILE]);
	if (!settings.names[STEMMA_OLD])
		settings.names[STEMMA_OLD] =
			strcmp(files[STEMMA_OLD], "/dev/null") == 0
				? files[STEMMA_OLD]
				: operands[PATH];
	if (!settings.names[STEMMA_NEW])
		settings.names[STEMMA_NEW] =
			strcmp(files[STEMMA_NEW], "/dev/null") == 0
				? files[STEMMA_NEW]
				: operands[count == 9 ? NEW_PATH : PATH];
	status = stemma_compare_run(&settings, files, 2);
	return status == STEMMA_EXIT_DIFFERENT ? STEMMA_EXIT_SAME : status;
}

static const struct stemma_operand git_diff_operands[] = {
	{.name = "PATH",
		.value = STEMMA_VALUE_TEXT,
		.help = "what the file is called in the repository"},
	{.name = "ARGUMENT",
		.value = STEMMA_VALUE_TEXT,
		.help = "what git passes after it: OLD-FILE OLD-HEX OLD-MODE "
			"NEW-FILE NEW-HEX NEW-MODE, and of a renamed file "
			"NEW-PATH HEADER",
		.optional = true,
		.repeats = true},
	{0},
};

static const struct stemma_option_group git_diff_groups[] = {
	{"What is compared", stemma_compare_options_what, 0},
	{"What is compared", stemma_encodings_options,
		offsetof(struct stemma_compare_settings, article)},
	{"What is compared", stemma_layout_options,
		offsetof(struct stemma_compare_settings, article)},
	{"How it is shown", stemma_compare_options_how, 0},
	{"How it is shown", stemma_terminal_options,
		offsetof(struct stemma_compare_settings, terminal)},
	{"How it is shown", stemma_pretty_options,
		offsetof(struct stemma_compare_settings, pretty)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example git_diff_examples[] = {
	{"stemma git-diff story.md old.txt 1f0a 100644 new.txt 2b1c 100644",
		"what git runs; 'stemma git-setup --print' says how to make "
		"it"},
	{0},
};

const struct stemma_command stemma_git_diff_command = {
	.name = "git-diff",
	.title = "stemma git-diff",
	.summary = "compare as git asks a diff program to",
	.about = "Takes the operands that git passes to an external diff "
		 "program, compares the two files, and ends with 0 whether or "
		 "not they differ, as git wants it. 'stemma git-setup --print' "
		 "tells how to have git run it.",
	.operands = git_diff_operands,
	.groups = git_diff_groups,
	.examples = git_diff_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.defaults = &stemma_compare_defaults,
	.settings_size = sizeof(struct stemma_compare_settings),
	.run = git_diff_run,
};
