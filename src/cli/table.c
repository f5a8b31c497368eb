/*
 * stemma __table: the table of commands as lines, for our own tests and
 * scripts. Not listed, not stable.
 *
 *     compare	option	--format	-f	FORMAT
 *     compare	operand	OLD
 *
 * SPDX-License-Identifier: MIT
 */
#include "commands.h"
#include "output.h"

static void
write_command(struct stemma_out *out, const struct stemma_command *command)
{
	const struct stemma_operand *operand;
	const struct stemma_option_group *group;
	const struct stemma_option *option;
	const struct stemma_word_choice *word;
	const char *name = command->name;

	for (group = command->groups; group->title; group++) {
		for (option = group->options; option->name; option++) {
			stemma_out_format(out, "%s\toption\t--%s\t%s%c\t%s\n",
				name, option->name, option->letter ? "-" : "",
				option->letter ? option->letter : '-',
				option->metavar ? option->metavar : "-");
			for (word = option->words; word && word->name; word++)
				stemma_out_format(out, "%s\tword\t--%s\t%s\n",
					name, option->name, word->name);
		}
	}
	for (operand = command->operands; operand->name; operand++)
		stemma_out_format(
			out, "%s\toperand\t%s\n", name, operand->name);
}

static int
table_run(const struct stemma_command *self, const void *settings,
	char **operands, size_t count)
{
	const struct stemma_command *const *command;
	struct stemma_out out = {0};

	(void)self;
	(void)settings;
	(void)operands;
	(void)count;
	write_command(&out, &stemma_program);
	for (command = stemma_commands; *command; command++) {
		if (!(*command)->hidden)
			write_command(&out, *command);
	}
	return stemma_output_print(&out);
}

static const struct stemma_operand table_operands[] = {
	{0},
};

static const struct stemma_option_group table_groups[] = {
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example table_examples[] = {
	{"stemma __table", "everything there is"},
	{0},
};

const struct stemma_command stemma_table_command = {
	.name = "__table",
	.title = "stemma __table",
	.summary = "print the table of commands and options",
	.about = "Prints every option and operand of every command, one a "
		 "line with tabs, for the project's own tests.",
	.operands = table_operands,
	.groups = table_groups,
	.examples = table_examples,
	.exits = "Exit status: 0, or 2 if writing failed.",
	.hidden = true,
	.run = table_run,
};
