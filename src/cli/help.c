/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <string.h>

#include "output.h"

#define WIDTH 79  /* columns of help, as in the manual */
#define COLUMN 26 /* where descriptions start */

const struct stemma_option stemma_help_options[] = {
	{.name = "help",
		.letter = 'h',
		.value = STEMMA_VALUE_HELP,
		.help = "-h for short help, --help for all of it"},
	{0},
};

/* `text` in lines of WIDTH, from column `at` on; further lines from `indent`. */
static void
wrap(struct stemma_out *out, const char *text, size_t at, size_t indent)
{
	bool first = true;
	size_t size;

	while (*text) {
		size = strcspn(text, " ");
		if (!first && at + 1 + size > WIDTH) {
			stemma_out_char(out, '\n');
			stemma_out_repeat(out, ' ', indent);
			at = indent;
		} else if (!first) {
			stemma_out_char(out, ' ');
			at++;
		}
		stemma_out_bytes(out, text, size);
		at += size;
		text += size;
		text += strspn(text, " ");
		first = false;
	}
	stemma_out_char(out, '\n');
}

/* "  NAME      description", the name `indent` columns in. */
static void
describe(struct stemma_out *out, const char *name, const char *help,
	size_t indent, size_t column)
{
	size_t at = indent + strlen(name);

	stemma_out_repeat(out, ' ', indent);
	stemma_out_string(out, name);
	if (at + 2 > column) {
		stemma_out_char(out, '\n');
		at = 0;
	}
	stemma_out_repeat(out, ' ', column - at);
	wrap(out, help, column, column);
}

static void
write_usage(struct stemma_out *out, const struct stemma_command *command)
{
	const struct stemma_operand *operand;

	stemma_out_format(out, "Usage: %s [OPTION]...", command->title);
	for (operand = command->operands; operand->name; operand++) {
		stemma_out_string(out, operand->optional ? " [" : " ");
		stemma_out_string(out, operand->name);
		stemma_out_string(out, operand->optional ? "]" : "");
		stemma_out_string(out, operand->repeats ? "..." : "");
	}
	stemma_out_char(out, '\n');
}

static void
write_commands(struct stemma_out *out)
{
	const struct stemma_command *const *command;

	stemma_out_string(out, "\nCommands:\n");
	for (command = stemma_commands; *command; command++) {
		if (!(*command)->hidden)
			describe(out, (*command)->name, (*command)->summary, 2,
				14);
	}
}

/* "  -f, --format=FORMAT"; the string is `name`'s. */
static const char *
option_name(struct stemma_out *name, const struct stemma_option *option)
{
	if (option->letter)
		stemma_out_format(name, "-%c, ", option->letter);
	else
		stemma_out_string(name, "    ");
	stemma_out_format(name, "--%s", option->name);
	if (option->metavar)
		stemma_out_format(name, "=%s", option->metavar);
	stemma_out_char(name, '\0');
	return name->code == STEMMA_OK ? name->bytes : "";
}

/* The description, with the words it takes where they have no lines of their
   own; the string is `help`'s. */
static const char *
option_help(
	struct stemma_out *help, const struct stemma_option *option, bool full)
{
	const struct stemma_word_choice *word = full ? NULL : option->words;
	const char *before =
		option->value == STEMMA_VALUE_NUMBER ? "; or " : ": ";

	stemma_out_string(help, option->help);
	for (; word && word->name; word++) {
		stemma_out_string(help, before);
		stemma_out_string(help, word->name);
		before = ", ";
	}
	stemma_out_char(help, '\0');
	return help->code == STEMMA_OK ? help->bytes : "";
}

static void
write_option(
	struct stemma_out *out, const struct stemma_option *option, bool full)
{
	const struct stemma_word_choice *word = full ? option->words : NULL;
	struct stemma_out name = {0}, help = {0};

	describe(out, option_name(&name, option),
		option_help(&help, option, full), 2, COLUMN);
	if (name.code != STEMMA_OK || help.code != STEMMA_OK)
		out->code = STEMMA_NOMEM;
	stemma_out_free(&name);
	stemma_out_free(&help);
	for (; word && word->name; word++)
		describe(out, word->name, word->help, COLUMN + 2, COLUMN + 16);
}

static void
write_options(
	struct stemma_out *out, const struct stemma_command *command, bool full)
{
	const struct stemma_option_group *group;
	const struct stemma_option *option;

	for (group = command->groups; group->title; group++) {
		if (group == command->groups ||
			strcmp(group->title, group[-1].title) != 0)
			stemma_out_format(out, "\n%s:\n", group->title);
		for (option = group->options; option->name; option++)
			write_option(out, option, full);
	}
}

static void
write_operands(struct stemma_out *out, const struct stemma_command *command)
{
	const struct stemma_operand *operand;

	if (command->operands->name)
		stemma_out_char(out, '\n');
	for (operand = command->operands; operand->name; operand++)
		describe(out, operand->name, operand->help, 2, 14);
}

static void
write_examples(struct stemma_out *out, const struct stemma_command *command)
{
	const struct stemma_example *example;

	stemma_out_string(out, "\nExamples:\n");
	for (example = command->examples; example->line; example++) {
		stemma_out_format(out, "  %s\n", example->line);
		stemma_out_repeat(out, ' ', 6);
		wrap(out, example->help, 6, 6);
	}
}

void
stemma_help_short(struct stemma_out *out, const struct stemma_command *command)
{
	write_usage(out, command);
	wrap(out, command->summary, 0, 0);
	if (command == &stemma_program)
		write_commands(out);
	write_options(out, command, false);
	stemma_out_format(out, "\n'%s --help' says more.\n", command->title);
}

void
stemma_help_full(struct stemma_out *out, const struct stemma_command *command)
{
	write_usage(out, command);
	stemma_out_char(out, '\n');
	wrap(out, command->about, 0, 0);
	write_operands(out, command);
	if (command == &stemma_program)
		write_commands(out);
	write_examples(out, command);
	write_options(out, command, true);
	stemma_out_char(out, '\n');
	wrap(out, command->exits, 0, 0);
}

int
stemma_help_print(const struct stemma_command *command, bool full)
{
	struct stemma_out out = {0};

	if (full)
		stemma_help_full(&out, command);
	else
		stemma_help_short(&out, command);
	return stemma_output_print(&out);
}
