/*
 * stemma gc: let git pack the archive.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"
#include "commands.h"
#include "output.h"
#include "trouble.h"

struct gc_settings {
	bool only_needed;
	struct stemma_archive_settings archive;
};

static void
put_size(struct stemma_out *out, uint64_t bytes)
{
	if (bytes < 1000000)
		stemma_out_format(out, "%llu kB",
			(unsigned long long)(bytes + 999) / 1000);
	else
		stemma_out_format(out, "%llu.%llu MB",
			(unsigned long long)bytes / 1000000,
			(unsigned long long)bytes / 100000 % 10);
}

static int
tell(const struct stemma_gc *gc)
{
	struct stemma_out out = {0};

	if (!gc->done) {
		stemma_out_string(&out, "nothing to do\n");
		return stemma_output_print(&out);
	}
	put_size(&out, gc->before.bytes);
	stemma_out_string(&out, " → ");
	put_size(&out, gc->after.bytes);
	stemma_out_format(&out,
		", %llu loose objects → %llu, packs %llu → %llu\n",
		(unsigned long long)gc->before.loose_objects,
		(unsigned long long)gc->after.loose_objects,
		(unsigned long long)gc->before.packs,
		(unsigned long long)gc->after.packs);
	return stemma_output_print(&out);
}

static int
gc_run(const struct stemma_command *command, const void *values,
	char **operands, size_t count)
{
	const struct gc_settings *settings = values;
	struct stemma_archive archive = {0};
	struct stemma_error error = {0};
	struct stemma_gc gc;
	enum stemma_code code;
	int status;

	(void)command;
	(void)operands;
	(void)count;
	status = stemma_archive_open(&archive, &settings->archive, false);
	if (status)
		return status;
	code = stemma_store_gc(
		archive.store, &gc, settings->only_needed, &error);
	status = code == STEMMA_OK
			 ? tell(&gc)
			 : stemma_trouble_code(archive.path, code, &error);
	stemma_archive_close(&archive);
	return status;
}

static const struct stemma_option gc_options[] = {
	{.name = "auto",
		.value = STEMMA_VALUE_FLAG,
		.help = "only if there is enough to make things slower, and "
			"then in a hurry",
		.at = offsetof(struct gc_settings, only_needed)},
	{0},
};

static const struct stemma_option_group gc_groups[] = {
	{"Options", gc_options, 0},
	{"Archive", stemma_archive_options,
		offsetof(struct gc_settings, archive)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand gc_operands[] = {{0}};

static const struct stemma_example gc_examples[] = {
	{"stemma gc", "make the archive as small as it gets"},
	{"stemma gc --auto", "for a timer: often there is nothing to do"},
	{0},
};

const struct stemma_command stemma_gc_command = {
	.name = "gc",
	.title = "stemma gc",
	.summary = "pack an archive, so that it is small and quick",
	.about = "Lets git pack what lies about in the archive. Others may "
		 "read and write meanwhile. No revision is ever removed, nor "
		 "anything younger than two weeks.",
	.operands = gc_operands,
	.groups = gc_groups,
	.examples = gc_examples,
	.exits = "Exit status: 0 if it is done or was not needed, 2 if not.",
	.settings_size = sizeof(struct gc_settings),
	.run = gc_run,
};
