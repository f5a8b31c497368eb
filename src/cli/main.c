/*
 * main.c - the stemma program. The map:
 *
 *     main.c      the table of commands; finds the one named and runs it
 *     command.h   what such a table row is: operands, options, words
 *     options.c   arguments -> settings, as the row says; values.c: one value
 *     nearest.c   "did you mean …?"
 *     help.c      -h and --help, from the row
 *
 *     compare.c   stemma compare OLD NEW; its options: compare_options.c
 *                 compare_all.c: every change of an archive, cursor.c: on
 *                 from where it ended
 *     segment.c   stemma segment FILE
 *     reuse.c     stemma reuse FILE [FILE2]
 *     init.c      stemma init; track.c, list.c, log.c, show.c: the others on
 *                 archives; archive.c: which archive, and what is in it;
 *                 change.c: what a revision changed, in short
 *     origin.c    stemma origin; origin_find.c, origin_show.c; index.c: the
 *                 index of an archive, brought up to date
 *     verify.c    stemma verify, gc.c, sync.c: proving an archive, packing it,
 *                 exchanging revisions
 *     import.c    stemma import SOURCE…; import_jsonl.c (record.c, feed.c),
 *                 import_archive.c, import_folder.c, import_git.c (program.c)
 *     blame.c     stemma blame STORY; whence.c, history.c: of one passage, of
 *                 one paragraph; past.c: the loop that feeds the trace;
 *                 across.c: what other stories had (origin_ask.c)
 *     collate.c   stemma collate FILE…
 *     report.c    stemma report STORY (report_page.c); verify_page.c proves
 *                 pages; atom.c: stemma feed
 *     critic.c    stemma critic FILE
 *     git_setup.c stemma git-setup; git_diff.c: what git runs then
 *     batch.c     stemma batch; batch_pool.c: its threads; answer.c: one line,
 *                 request.c: what it asks for, line.c: its JSON
 *     manual.c    stemma help [COMMAND]
 *     completion.c  stemma completion SHELL: the script for a shell
 *     complete_command.c  stemma __complete, which these scripts call;
 *                 complete.c: words -> candidates; complete_sources.c: what
 *                 the archive and folders have; shell_line.c: bash's quotes
 *     table.c     stemma __table, for tests
 *
 *     article.c   bytes -> paragraphs, as --encoding and --layout say
 *     input.c     a file, a pipe or standard input -> bytes
 *     stories.c   the value of --stories
 *     output.c    bytes -> standard output, or a file (replace.c), or
 *                 a pager (pager.c)
 *     browse.c    a page -> the user's browser
 *     terminal.c  width and colour
 *     trouble.c   the one line on stderr
 *     guard.c     what must be tidy when a signal ends the process
 *
 * Everything about texts is the library's: <stemma.h>.
 *
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stemma.h>

#include "commands.h"
#include "help.h"
#include "nearest.h"
#include "options.h"
#include "output.h"
#include "trouble.h"

const struct stemma_command *const stemma_commands[] = {
	&stemma_compare_command,
	&stemma_segment_command,
	&stemma_reuse_command,
	&stemma_init_command,
	&stemma_track_command,
	&stemma_import_command,
	&stemma_list_command,
	&stemma_log_command,
	&stemma_show_command,
	&stemma_origin_command,
	&stemma_verify_command,
	&stemma_gc_command,
	&stemma_sync_command,
	&stemma_blame_command,
	&stemma_whence_command,
	&stemma_history_command,
	&stemma_report_command,
	&stemma_feed_command,
	&stemma_collate_command,
	&stemma_critic_command,
	&stemma_git_setup_command,
	&stemma_git_diff_command,
	&stemma_batch_command,
	&stemma_help_command,
	&stemma_completion_command,
	&stemma_table_command,
	&stemma_complete_command,
	NULL,
};

struct program_settings {
	bool version;
};

static const struct stemma_option program_options[] = {
	{.name = "version",
		.value = STEMMA_VALUE_FLAG,
		.help = "print the version",
		.at = offsetof(struct program_settings, version)},
	{0},
};

static const struct stemma_operand program_operands[] = {
	{.name = "COMMAND",
		.value = STEMMA_VALUE_COMMAND,
		.help = "one of the commands below; 'stemma COMMAND --help' "
			"explains "
			"it"},
	{.name = "ARGUMENT",
		.value = STEMMA_VALUE_TEXT,
		.help = "what the command works on",
		.optional = true,
		.repeats = true},
	{0},
};

static const struct stemma_option_group program_groups[] = {
	{"Options", program_options, 0},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example program_examples[] = {
	{"stemma compare old.txt new.txt",
		"show what changed between two versions of an "
		"article"},
	{"stemma help compare", "all about comparing"},
	{0},
};

const struct stemma_command stemma_program = {
	.name = "stemma",
	.title = "stemma",
	.summary = "compare versions of prose",
	.about = "Compares versions of prose: what was edited, moved, split, "
		 "merged, added and removed, paragraph by paragraph and word "
		 "by word.",
	.operands = program_operands,
	.groups = program_groups,
	.examples = program_examples,
	.exits = "Exit status: of a comparison 0 if the texts are the same, 1 "
		 "if they differ; of any command 2 if there was trouble.",
	.settings_size = sizeof(struct program_settings),
};

const struct stemma_command *
stemma_command_find(const char *name)
{
	const struct stemma_command *const *command;

	for (command = stemma_commands; *command; command++) {
		if (!strcmp((*command)->name, name))
			return *command;
	}
	return NULL;
}

int
stemma_command_unknown(const char *name, const struct stemma_word_choice *words)
{
	struct stemma_nearest nearest = {.typed = name, .size = strlen(name)};
	const struct stemma_command *const *command;
	struct stat status;

	for (command = stemma_commands; *command; command++) {
		if (!(*command)->hidden)
			stemma_nearest_offer(&nearest, (*command)->name);
	}
	for (; words && words->name; words++)
		stemma_nearest_offer(&nearest, words->name);
	if (nearest.name)
		return stemma_trouble("unknown command '%s'; did you mean "
				      "'%s'?",
			name, nearest.name);
	if (stat(name, &status) == 0)
		return stemma_trouble("'%s' is no command but a file; to "
				      "compare: %s",
			name, stemma_program.examples->line);
	return stemma_trouble(
		"unknown command '%s'; 'stemma --help' lists them all", name);
}

size_t
stemma_operands_least(const struct stemma_operand *operands)
{
	size_t count = 0;

	for (; operands->name; operands++)
		count += !operands->optional;
	return count;
}

size_t
stemma_operands_most(const struct stemma_operand *operands)
{
	size_t count = 0;

	for (; operands->name; operands++) {
		if (operands->repeats)
			return SIZE_MAX;
		count++;
	}
	return count;
}

static int
print_version(void)
{
	struct stemma_out out = {0};

	stemma_out_format(&out, "stemma %s\n", stemma_version());
	return stemma_output_print(&out);
}

/* Read `arguments` by the command's row and run it. */
static int
run_command(const struct stemma_command *command, char **arguments)
{
	size_t size = command->settings_size, count;
	void *settings = calloc(1, size ? size : 1);
	int status = STEMMA_EXIT_TROUBLE;
	char *expanded;

	if (!settings)
		return stemma_trouble("out of memory");
	expanded = stemma_options_expand(command, arguments);
	if (command->defaults)
		memcpy(settings, command->defaults, size);
	switch (stemma_options_read(
		command, arguments, false, settings, &count)) {
	case STEMMA_PARSED_RUN:
		if (stemma_operands_check(command, arguments, count))
			status = command->run(
				command, settings, arguments, count);
		break;
	case STEMMA_PARSED_SHORT_HELP:
		status = stemma_help_print(command, false);
		break;
	case STEMMA_PARSED_FULL_HELP:
		status = stemma_help_print(command, true);
		break;
	case STEMMA_PARSED_TROUBLE:
		break;
	}
	free(expanded);
	free(settings);
	return status;
}

/* The program's own options, then the command. */
static int
run_program(char **arguments)
{
	struct program_settings settings = {0};
	const struct stemma_command *command;
	size_t count;

	switch (stemma_options_read(
		&stemma_program, arguments, true, &settings, &count)) {
	case STEMMA_PARSED_RUN:
		break;
	case STEMMA_PARSED_SHORT_HELP:
		return stemma_help_print(&stemma_program, false);
	case STEMMA_PARSED_FULL_HELP:
		return stemma_help_print(&stemma_program, true);
	case STEMMA_PARSED_TROUBLE:
		return STEMMA_EXIT_TROUBLE;
	}
	if (settings.version)
		return print_version();
	if (count == 0)
		return stemma_trouble("a command is missing; for example: %s "
				      "('stemma --help' lists them all)",
			stemma_program.examples->line);
	command = stemma_command_find(arguments[0]);
	if (!command)
		return stemma_command_unknown(arguments[0], NULL);
	return run_command(command, arguments + 1);
}

/* A closed descriptor below 3 would go to the next file opened, and messages
   or results into it: fill it with one that fails as a closed one does. */
static void
hold_standard_files(void)
{
	int fd;

	for (fd = 0; fd < 3; fd++) {
		if (fcntl(fd, F_GETFD) == -1 &&
			open("/dev/null", fd ? O_RDONLY : O_WRONLY) < 0)
			return;
	}
}

int
main(int count, char **arguments)
{
	hold_standard_files();
	return run_program(arguments + (count > 0));
}
