/*
 * stemma completion SHELL: the script that makes a shell complete stemma.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "commands.h"
#include "output.h"
#include "trouble.h"

#include "completions.h" /* made of completions/ by the Makefile */

static const struct stemma_word_choice shells[] = {
	{"bash", "bash 4.4 or newer: . <(stemma completion bash)", 0},
	{"zsh", "zsh: into a file _stemma in a folder of $fpath", 0},
	{"fish", "fish: stemma completion fish | source", 0},
	{0},
};

static const char *const scripts[] = {stemma_bash, stemma, stemma_fish};

static int
completion_run(const struct stemma_command *self, const void *settings,
	char **operands, size_t count)
{
	struct stemma_out out = {0};

	(void)self;
	(void)settings;
	(void)count;
	for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
		if (strcmp(operands[0], shells[k].name) != 0)
			continue;
		stemma_out_string(&out, scripts[k]);
		return stemma_output_print(&out);
	}
	return stemma_trouble("there is no completion for '%s'; there is for "
			      "bash, zsh and fish",
		operands[0]);
}

static const struct stemma_operand operands_of[] = {
	{.name = "SHELL",
		.value = STEMMA_VALUE_CHOICE,
		.words = shells,
		.help = "bash, zsh or fish"},
	{0},
};

static const struct stemma_option_group groups_of[] = {
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example examples_of[] = {
	{"stemma completion bash", "what to source in bash"},
	{"stemma completion zsh", "what is to be a file _stemma"},
	{0},
};

const struct stemma_command stemma_completion_command = {
	.name = "completion",
	.title = "stemma completion",
	.summary = "print the script that completes stemma in a shell",
	.about = "Prints the script that makes a shell complete the commands, "
		 "options, files, stories and revisions of stemma. 'make "
		 "install' puts it where shells look, so that this is for "
		 "programs that were not installed so.",
	.operands = operands_of,
	.groups = groups_of,
	.examples = examples_of,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.run = completion_run,
};
