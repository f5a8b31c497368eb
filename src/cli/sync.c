/*
 * stemma sync [REMOTE]: exchange revisions with other archives.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <sys/stat.h>

#include "archive.h"
#include "commands.h"
#include "output.h"
#include "trouble.h"

struct sync_settings {
	struct stemma_archive_settings archive;
};

static void
put_count(struct stemma_out *out, const char *before, uint32_t count)
{
	stemma_out_format(out, "%s %u %s", before, (unsigned)count,
		count == 1 ? "story" : "stories");
}

static int
tell(const struct stemma_synced *synced)
{
	struct stemma_out out = {0};

	put_count(&out, "received", synced->received);
	put_count(&out, ", sent", synced->sent);
	if (synced->refused)
		stemma_out_format(&out, "; refused %u heads that make no sense",
			(unsigned)synced->refused);
	stemma_out_char(&out, '\n');
	return stemma_output_print(&out);
}

static int
sync_run(const struct stemma_command *command, const void *values,
	char **operands, size_t count)
{
	const struct sync_settings *settings = values;
	const char *remote = count ? operands[0] : NULL;
	struct stemma_archive archive = {0};
	struct stemma_error error = {0};
	struct stemma_synced synced;
	struct stat status_of;
	char *path = NULL;
	enum stemma_code code;
	int status;

	status = stemma_archive_open(&archive, &settings->archive, false);
	if (status)
		return status;
	/* A folder is the same one from wherever it is named the next time. */
	if (remote && stat(remote, &status_of) == 0)
		path = realpath(remote, NULL);
	code = stemma_store_sync(archive.store, &synced, path ? path : remote,
		archive.scratch, &error);
	if (code == STEMMA_OK)
		status = tell(&synced);
	else if (code == STEMMA_NOTFOUND && !remote)
		status = stemma_trouble("%s: %s; for example: %s", archive.path,
			error.message, command->examples->line);
	else
		status = stemma_trouble_code(archive.path, code, &error);
	free(path);
	stemma_archive_close(&archive);
	return status;
}

static const struct stemma_operand sync_operands[] = {
	{.name = "REMOTE",
		.value = STEMMA_VALUE_REMOTE,
		.help = "any git repository: an address, a folder, or the name "
			"of a remote of the archive's. Without it: that of the "
			"first time",
		.optional = true},
	{0},
};

static const struct stemma_option_group sync_groups[] = {
	{"Archive", stemma_archive_options,
		offsetof(struct sync_settings, archive)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example sync_examples[] = {
	{"stemma sync hub.git", "exchange revisions through a git repository"},
	{"stemma sync", "and from then on"},
	{0},
};

const struct stemma_command stemma_sync_command = {
	.name = "sync",
	.title = "stemma sync",
	.summary = "exchange revisions with other archives",
	.about = "Exchanges revisions with other archives through a git "
		 "repository that all of them can reach: fetches what others "
		 "sent there, and pushes what is new here. A story that grew "
		 "in several places has all its revisions everywhere, in order "
		 "of time.",
	.operands = sync_operands,
	.groups = sync_groups,
	.examples = sync_examples,
	.exits = "Exit status: 0 if both sides have everything, 2 if not.",
	.settings_size = sizeof(struct sync_settings),
	.run = sync_run,
};
