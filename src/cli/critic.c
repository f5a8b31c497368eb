/*
 * stemma critic --old|--new FILE: one of the two versions that CriticMarkup
 * holds, byte for byte.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma.h>

#include "commands.h"
#include "input.h"
#include "output.h"
#include "trouble.h"

struct settings {
	bool versions[2]; /* by side */
	struct stemma_output_settings output;
};

static int
write_version(const struct settings *settings, struct stemma_view version)
{
	struct stemma_output output;
	struct stemma_out out;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	stemma_out_view(&out, version);
	return stemma_output_end(&output, &out, STEMMA_OK);
}

static int
critic_run(const struct stemma_command *command, const void *given,
	char **operands, size_t count)
{
	const struct settings *settings = given;
	enum stemma_side side =
		settings->versions[STEMMA_NEW] ? STEMMA_NEW : STEMMA_OLD;
	struct stemma_arena *arena;
	struct stemma_input input;
	struct stemma_critic critic;
	int status = STEMMA_EXIT_TROUBLE;

	(void)count;
	if (!settings->versions[STEMMA_OLD] && !settings->versions[STEMMA_NEW])
		return stemma_trouble("say --old or --new: which version is "
				      "wanted; for example: %s",
			command->examples->line);
	if (stemma_input_read(&input, operands[0]))
		return STEMMA_EXIT_TROUBLE;
	arena = stemma_arena_new(0);
	if (!arena || stemma_critic_read(&critic, input.bytes, arena))
		stemma_trouble("out of memory");
	else if (!stemma_input_verify(&input))
		status = write_version(settings, critic.versions[side]);
	stemma_arena_free(arena);
	stemma_input_close(&input);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_option critic_options[] = {
	{.name = "old",
		.value = STEMMA_VALUE_FLAG,
		.not_with = "new",
		.help = "write the old version: no edit accepted",
		.at = AT(versions[STEMMA_OLD])},
	{.name = "new",
		.value = STEMMA_VALUE_FLAG,
		.not_with = "old",
		.help = "write the new version: every edit accepted",
		.at = AT(versions[STEMMA_NEW])},
	{0},
};

static const struct stemma_option critic_output_options[] = {
	{.name = "output",
		.letter = 'o',
		.value = STEMMA_VALUE_FILE,
		.metavar = "FILE",
		.help = "write to FILE, as a whole or not at all",
		.at = offsetof(struct stemma_output_settings, file)},
	{0},
};

static const struct stemma_option_group critic_groups[] = {
	{"Which version", critic_options, 0},
	{"Where it goes", critic_output_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand critic_operands[] = {
	{.name = "FILE",
		.value = STEMMA_VALUE_ARTICLE,
		.suffixes = "md txt",
		.help = "a text with CriticMarkup, or - for standard input"},
	{0},
};

static const struct stemma_example critic_examples[] = {
	{"stemma critic --new edited.md", "the text with every edit accepted"},
	{"stemma critic --old -o old.md edited.md",
		"write what it was before to a file"},
	{0},
};

const struct stemma_command stemma_critic_command = {
	.name = "critic",
	.title = "stemma critic",
	.summary = "read a version back out of CriticMarkup",
	.about = "Writes the old or the new version of a text that has its "
		 "edits in it as CriticMarkup. What 'stemma compare "
		 "--format=criticmarkup' wrote comes back byte for byte; "
		 "comments and highlights are left out.",
	.operands = critic_operands,
	.groups = critic_groups,
	.examples = critic_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = critic_run,
};
