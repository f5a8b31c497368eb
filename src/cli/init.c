/*
 * stemma init [DIR]: make an archive.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma.h>

#include "commands.h"
#include "output.h"
#include "trouble.h"

extern char **environ;

struct init_settings {
	const char *collector;
};

static int
init_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	const struct init_settings *init = settings;
	const struct stemma_store_options options = {
		.collector = init->collector, .environment = environ};
	const char *path = count ? operands[0] : ".stemma";
	struct stemma_error error = {0};
	struct stemma_out out = {0};
	enum stemma_code code = stemma_store_init(path, &options, &error);

	(void)command;
	if (code != STEMMA_OK)
		return stemma_trouble_code(path, code, &error);
	stemma_out_string(&out, "made the archive ");
	stemma_out_visible(&out, stemma_view_of(path));
	stemma_out_char(&out, '\n');
	return stemma_output_print(&out);
}

static const struct stemma_option init_options[] = {
	{.name = "collector",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "NAME",
		.help = "who collects into it: letters a to z, digits, '-'. "
			"Archives that are synced must not share one. Without "
			"it: a random name",
		.at = offsetof(struct init_settings, collector)},
	{0},
};

static const struct stemma_operand init_operands[] = {
	{.name = "DIR",
		.value = STEMMA_VALUE_FOLDER,
		.help = "the folder that becomes the archive; it must not "
			"exist or be empty. Without it: .stemma",
		.optional = true},
	{0},
};

static const struct stemma_option_group init_groups[] = {
	{"Options", init_options, 0},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example init_examples[] = {
	{"stemma init", "an archive for this folder and those in it"},
	{"stemma init --collector=ann news.stemma", "one of its own"},
	{0},
};

const struct stemma_command stemma_init_command = {
	.name = "init",
	.title = "stemma init",
	.summary = "make an archive",
	.about = "Makes an archive: an ordinary bare git repository that "
		 "keeps the revisions of stories. Commands run in the folder "
		 "that holds it, or in one below, use it by themselves.",
	.operands = init_operands,
	.groups = init_groups,
	.examples = init_examples,
	.exits = "Exit status: 0 if the archive was made, 2 if not.",
	.settings_size = sizeof(struct init_settings),
	.run = init_run,
};
