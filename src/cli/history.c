/*
 * stemma history STORY --paragraph=K: the life of one paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#include "change.h"
#include "commands.h"
#include "life.h"
#include "output.h"
#include "pager.h"
#include "past.h"
#include "trouble.h"

struct settings {
	uint64_t paragraph;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

/* Whether the words are what they were. */
static bool
is_reformatted(const struct stemma_event *event)
{
	return event->edited && !event->told->stats.words_added &&
	       !event->told->stats.words_removed;
}

/* ": 4 new, 2 that stood before, 25 of 31 kept" */
static void
write_words(struct stemma_out *out, const struct stemma_event *event)
{
	unsigned long others = event->words - event->brought;

	if (event->edited)
		others = event->kept < others ? others - event->kept : 0;
	else if (event->back || event->moved || event->copied)
		return;
	if (!event->edited && !others)
		return;
	stemma_out_format(out, ": %lu new", (unsigned long)event->brought);
	if (others)
		stemma_out_format(out, ", %lu that stood before", others);
	if (event->edited)
		stemma_out_format(out, ", %lu of %lu kept",
			(unsigned long)event->kept,
			(unsigned long)event->before);
}

/* "   3  2025-03-08 14:05  paragraph 2, 31 words: 4 new, 25 of 31 kept, moved"
   and what was edited, a line each. */
static void
write_event(struct stemma_out *out, const struct stemma_past *past,
	const struct stemma_event *event)
{
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, past->log.revisions[event->revision - 1].date);
	stemma_out_format(out, "%4lu  %.10s %.5s  ",
		(unsigned long)event->revision, time, time + 11);
	if (event->gone) {
		stemma_out_string(out, "gone\n");
		return;
	}
	stemma_out_format(out, "paragraph %lu, %lu word%s",
		(unsigned long)event->unit + 1, (unsigned long)event->words,
		event->words == 1 ? "" : "s");
	if (!is_reformatted(event))
		write_words(out, event);
	if (event->back)
		stemma_out_string(out, ", restored");
	if (event->moved)
		stemma_out_string(out, ", moved");
	if (event->copied)
		stemma_out_string(out, ", copied");
	if (is_reformatted(event))
		stemma_out_string(out, ", reformatted");
	stemma_out_char(out, '\n');
	if (!event->edited || is_reformatted(event))
		return;
	for (size_t k = 0; k < event->told->line_count; k++) {
		stemma_out_repeat(out, ' ', 24);
		stemma_out_visible(out, event->told->lines[k]);
		stemma_out_char(out, '\n');
	}
}

static int
history(struct stemma_past *past, const struct settings *settings)
{
	struct stemma_output output;
	struct stemma_out out;
	struct stemma_error error = {0};
	struct stemma_life life;
	enum stemma_code code;

	if (settings->paragraph > past->doc.unit_count)
		return stemma_trouble("--paragraph cannot be %llu: revision "
				      "%lu has %zu paragraphs",
			(unsigned long long)settings->paragraph,
			(unsigned long)past->revision->number,
			past->doc.unit_count);
	code = stemma_life_follow(
		&life, past, (size_t)settings->paragraph - 1, &error);
	if (code != STEMMA_OK)
		return stemma_trouble_code("history", code, &error);
	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	stemma_pager_start(&output);
	for (size_t k = 0; k < life.count; k++)
		write_event(&out, past, &life.events[k]);
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
	{"Where it goes", stemma_pager_options, AT(output)},
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
	.about = "Tells what became of a paragraph, the oldest first: when it "
		 "first stood, was edited and how, moved, vanished and came "
		 "back, and how many of its words were new or kept.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.defaults = &defaults,
	.settings_size = sizeof(struct settings),
	.run = run,
};
