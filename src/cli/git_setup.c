/*
 * stemma git-setup --print: how to have git compare prose with stemma, as
 * commands for a shell. It changes nothing itself: what git is told is the
 * user's to say.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "commands.h"
#include "output.h"
#include "trouble.h"

struct settings {
	bool print;
};

/*
 * Each works alone, and again: in a repository, or with --global for all of
 * the user's. Only a line of attributes is needed by more than one of them.
 */
static const struct recipe {
	const char *name;
	const char *lines;
} recipes[] = {
	{"diff", "# git diff shows prose with stemma; git log and git show do "
		 "with --ext-diff.\n"
		 "git config diff.stemma.command 'stemma git-diff --'\n"},
	{"textconv", "# Where git compares lines itself (git log -p, git diff "
		     "--no-ext-diff,\n"
		     "# --word-diff), it sees a paragraph a line, whatever the "
		     "file's encoding.\n"
		     "git config diff.stemma.textconv 'stemma segment "
		     "--format=text --'\n"},
	{"attributes", "# Which files are prose: for diff and textconv.\n"
		       "attributes=\"$(git rev-parse --show-toplevel)/"
		       ".gitattributes\"\n"
		       "grep -q 'diff=stemma' \"$attributes\" 2>/dev/null ||\n"
		       "    printf '%s\\n' '' '*.md diff=stemma' '*.txt "
		       "diff=stemma' >>\"$attributes\"\n"},
	{"difftool",
		"# git difftool --tool=stemma\n"
		"git config difftool.stemma.cmd 'stemma compare "
		"--old-name=\"$MERGED\" --new-name=\"$MERGED\" -- \"$LOCAL\" "
		"\"$REMOTE\" || test $? -eq 1'\n"
		"git config difftool.prompt false\n"},
	{"command", "# git stemma compare …: an installed stemma brings this "
		    "already, as git-stemma\n"
		    "# on the PATH; without it an alias does the same.\n"
		    "command -v git-stemma >/dev/null || git config "
		    "alias.stemma \\\n"
		    "    '!cd -- \"${GIT_PREFIX:-.}\" && stemma'\n"},
};
enum { RECIPES = sizeof recipes / sizeof *recipes };

static const struct recipe *
find(const char *name)
{
	for (size_t i = 0; i < RECIPES; i++)
		if (strcmp(recipes[i].name, name) == 0)
			return &recipes[i];
	stemma_trouble("there is no recipe '%s': they are diff, textconv, "
		       "attributes, difftool, command",
		name);
	return NULL;
}

static int
git_setup_run(const struct stemma_command *command, const void *given,
	char **operands, size_t count)
{
	const struct settings *settings = given;
	struct stemma_out out = {0};

	if (!settings->print)
		return stemma_trouble("git-setup changes nothing: it prints "
				      "what to run; for example: %s",
			command->examples->line);
	for (size_t i = 0; i < (count ? count : RECIPES); i++) {
		const struct recipe *recipe =
			count ? find(operands[i]) : &recipes[i];

		if (!recipe) {
			stemma_out_free(&out);
			return STEMMA_EXIT_TROUBLE;
		}
		if (i)
			stemma_out_char(&out, '\n');
		stemma_out_string(&out, recipe->lines);
	}
	return stemma_output_print(&out);
}

static const struct stemma_word_choice recipe_words[] = {
	{"diff", "git diff shows prose with stemma", 0},
	{"textconv", "what git compares itself is a paragraph a line", 0},
	{"attributes", "which files are prose", 0},
	{"difftool", "git difftool --tool=stemma", 0},
	{"command", "git stemma, where it is not installed", 0},
	{0},
};

static const struct stemma_operand git_setup_operands[] = {
	{.name = "RECIPE",
		.value = STEMMA_VALUE_TEXT,
		.words = recipe_words,
		.help = "which of them to print: diff, textconv, attributes, "
			"difftool, command. Without it: all",
		.optional = true,
		.repeats = true},
	{0},
};

static const struct stemma_option git_setup_options[] = {
	{.name = "print",
		.value = STEMMA_VALUE_FLAG,
		.help = "print commands for a shell, to read and then to run",
		.at = offsetof(struct settings, print)},
	{0},
};

static const struct stemma_option_group git_setup_groups[] = {
	{"What to do", git_setup_options, 0},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example git_setup_examples[] = {
	{"stemma git-setup --print", "read how to have git run stemma"},
	{"stemma git-setup --print | sh", "set up the repository around here"},
	{"stemma git-setup --print difftool", "one recipe alone"},
	{0},
};

const struct stemma_command stemma_git_setup_command = {
	.name = "git-setup",
	.title = "stemma git-setup",
	.summary = "print how to have git compare prose with stemma",
	.about = "Prints commands that tell git to compare prose with stemma: "
		 "in git diff, as a difftool, by a conversion to lines that "
		 "git compares itself, and as 'git stemma'. It changes "
		 "nothing itself.",
	.operands = git_setup_operands,
	.groups = git_setup_groups,
	.examples = git_setup_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = git_setup_run,
};
