/*
 * stemma history STORY --paragraph=K: the life of one paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#include "commands.h"
#include "output.h"
#include "past.h"
#include "trouble.h"

struct settings {
	uint64_t paragraph;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

/* "   3  2025-03-08 14:05  ¶2, 31 words: 4 new, 25 kept; until 7" */
static void
write_wording(struct stemma_out *out, const struct stemma_past *past,
	const struct stemma_wording *life, size_t k)
{
	const struct stemma_wording *w = &life[k];
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, past->log.revisions[w->revision - 1].date);
	stemma_out_format(out, "%4lu  %.10s %.5s  paragraph %lu, %lu word%s",
		(unsigned long)w->revision, time, time + 11,
		(unsigned long)w->unit + 1, (unsigned long)w->words,
		w->words == 1 ? "" : "s");
	if (k)
		stemma_out_format(out, ": %lu new, %lu of %lu kept",
			(unsigned long)w->brought, (unsigned long)w->kept,
			(unsigned long)life[k - 1].words);
	else if (w->brought < w->words)
		stemma_out_format(out, ": %lu new, the others stood elsewhere",
			(unsigned long)w->brought);
	if (k && w->unit != life[k - 1].unit)
		stemma_out_string(out, ", moved");
	if (w->last < past->revision->number)
		stemma_out_format(out, "; until %lu", (unsigned long)w->last);
	if (w->returns)
		stemma_out_format(out, "; gone and restored %lu time%s",
			(unsigned long)w->returns, w->returns == 1 ? "" : "s");
	stemma_out_char(out, '\n');
}

static int
history(const struct stemma_past *past, const struct settings *settings)
{
	struct stemma_output output;
	struct stemma_out out;
	struct stemma_wording *life;
	enum stemma_code code;
	size_t count;

	if (settings->paragraph > past->doc.unit_count)
		return stemma_trouble("--paragraph cannot be %llu: revision "
				      "%lu has %zu paragraphs",
			(unsigned long long)settings->paragraph,
			(unsigned long)past->revision->number,
			past->doc.unit_count);
	code = stemma_trace_life(&life, &count, past->trace, &past->origins,
		(size_t)settings->paragraph - 1, past->archive.arena);
	if (code != STEMMA_OK)
		return stemma_trouble_code("history", code, NULL);
	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	for (size_t k = 0; k < count; k++)
		write_wording(&out, past, life, k);
	return stemma_output_end(&output, &out, STEMMA_OK);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	const struct settings *own = settings;
	struct stemma_past past = {0};
	int status;

	(void)command;
	(void)count;
	status = stemma_past_read(&past, &own->archive, operands[0]);
	if (!status)
		status = history(&past, own);
	stemma_past_close(&past);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct settings defaults = {.paragraph = 1};

static const struct stemma_option options[] = {
	{.name = "paragraph",
		.letter = 'p',
		.value = STEMMA_VALUE_PARAGRAPH,
		.metavar = "K",
		.help = "which paragraph of the revision, from 1, the default",
		.least = 1,
		.most = UINT32_MAX,
		.at = AT(paragraph)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "STORY[@REVISION]",
		.value = STEMMA_VALUE_REVISION,
		.help = "the revision, as for 'stemma show'; without one the "
			"latest"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma history --paragraph=1 talks",
		"how its first paragraph came to be"},
	{0},
};

const struct stemma_command stemma_history_command = {
	.name = "history",
	.title = "stemma history",
	.summary = "tell the life of one paragraph through all revisions",
	.about = "Tells each wording that a paragraph had, the oldest first: "
		 "the revision that brought it, where it stood, and how many "
		 "of its words were new or kept.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.defaults = &defaults,
	.settings_size = sizeof(struct settings),
	.run = run,
};
