/*
 * stemma report STORY: one page for a browser that tells a story's history.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "browse.h"
#include "commands.h"
#include "output.h"
#include "trouble.h"

struct settings {
	uint64_t limit; /* of the pairs, in KiB */
	bool alone;
	bool open;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

static int
write_page(const struct settings *own, const char *story,
	const struct stemma_output_settings *where)
{
	struct stemma_output output;
	struct stemma_out out;
	const struct stemma_report_options told = {.limit = own->limit << 10,
		.room = own->limit << 10,
		.alone = own->alone,
		.until = INT64_MAX};
	uint64_t left_out;
	int trouble;

	if (stemma_output_begin(&output, &out, where))
		return STEMMA_EXIT_TROUBLE;
	trouble = stemma_report_write(
		&out, &left_out, &own->archive, story, &told);
	trouble = trouble ? stemma_output_drop(&output, &out)
			  : stemma_output_end(&output, &out, STEMMA_OK);
	if (!trouble && left_out)
		stemma_trouble("%llu pair%s of revisions %s not in the page, "
			       "which would be too large (see --limit)",
			(unsigned long long)left_out, left_out == 1 ? "" : "s",
			left_out == 1 ? "is" : "are");
	return trouble;
}

/* Write it to a file, of the user's or one that is made, and show that. */
static int
show_page(const struct settings *own, const char *story)
{
	struct stemma_output_settings where = own->output;
	char *made = NULL;
	int trouble;

	if (!where.file || !strcmp(where.file, "-")) {
		where.file = made = stemma_browse_file();
		if (!made)
			return STEMMA_EXIT_TROUBLE;
	}
	trouble = write_page(own, story, &where);
	if (!trouble)
		trouble = stemma_browse(where.file);
	else if (made)
		unlink(made);
	free(made);
	return trouble;
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	const struct settings *own = settings;

	(void)command;
	(void)count;
	return own->open ? show_page(own, operands[0])
			 : write_page(own, operands[0], &own->output);
}

#define AT(field) offsetof(struct settings, field)

static const struct settings defaults = {.limit = STEMMA_REPORT_LIMIT >> 10};

static const struct stemma_option options[] = {
	{.name = "limit",
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "KIB",
		.help = "put pairs of revisions into the page up to this size "
			"in KiB: neighbours first. 4096 by default",
		.most = UINT32_MAX,
		.at = AT(limit)},
	{.name = "alone",
		.value = STEMMA_VALUE_FLAG,
		.help = "tell nothing of other stories that have the same "
			"passages: no index is asked or made",
		.at = AT(alone)},
	{0},
};

static const struct stemma_option where_options[] = {
	{.name = "open",
		.value = STEMMA_VALUE_FLAG,
		.help = "show the page in the browser: FILE, or without that a "
			"new file of its own",
		.at = AT(open)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", where_options, 0},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "STORY[@REVISION]",
		.value = STEMMA_VALUE_REVISION,
		.help = "the story, up to that revision; without one up to the "
			"latest"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma report --open talks",
		"the whole history of a story, in the browser"},
	{"stemma report -o talks.html talks", "the same, as a file"},
	{0},
};

const struct stemma_command stemma_report_command = {
	.name = "report",
	.title = "stemma report",
	.summary = "write a page that tells a story's history",
	.about = "Writes one page of HTML that asks for nothing from anywhere: "
		 "a timeline, the text coloured by the age of its words with "
		 "the life of each paragraph and other stories that have it, "
		 "what each revision changed, and any two of them compared.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.defaults = &defaults,
	.run = run,
};
