/*
 * stemma blame STORY[@REVISION]: which revision brought each word.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "across.h"
#include "commands.h"
#include "output.h"
#include "pager.h"
#include "past.h"
#include "terminal.h"
#include "trouble.h"

enum { FORMAT_TERM, FORMAT_JSON };
enum { UNIT_RUN, UNIT_PARAGRAPH, UNIT_WORD };

struct settings {
	const char *at;
	const char *since;
	unsigned unit;
	bool reformatted;
	bool absences;
	bool across;
	bool rebuild;
	unsigned format;
	struct stemma_terminal_settings terminal;
	bool pretty;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

struct job {
	const struct settings *settings;
	struct stemma_past past;
	struct stemma_blame blame;
};

/* The first revision that --since means: a revision, or a time. */
static int
find_since(struct job *job)
{
	const struct stemma_log *log = &job->past.log;
	const char *since = job->settings->since;
	const struct stemma_revision *revision;
	struct stemma_error error = {0};
	int64_t first, last;

	if (!since)
		return STEMMA_EXIT_SAME;
	if (stemma_time_read(&first, &last, stemma_view_of(since)) ==
		STEMMA_OK) {
		uint32_t k = 0;

		while (k < log->count && log->revisions[k].date < first)
			k++;
		job->blame.since = k + 1;
		return STEMMA_EXIT_SAME;
	}
	if (stemma_log_select(log, &revision, stemma_view_of(since), &error) !=
		STEMMA_OK)
		return stemma_trouble_code("--since", error.code, &error);
	job->blame.since = revision->number;
	return STEMMA_EXIT_SAME;
}

static int
out_of_memory(void)
{
	return stemma_trouble("out of memory");
}

static int
blame(struct job *job)
{
	bool kinds = job->settings->format == FORMAT_JSON;

	if (stemma_past_blame(&job->past, &job->blame, kinds))
		return STEMMA_EXIT_TROUBLE;
	job->blame.words = job->settings->unit == UNIT_WORD;
	job->blame.paragraphs = job->settings->unit == UNIT_PARAGRAPH;
	job->blame.reformatted = job->settings->reformatted;
	job->blame.absences = job->settings->absences;
	if (job->blame.absences && stemma_past_absences(&job->past))
		return STEMMA_EXIT_TROUBLE;
	if (job->settings->across && stemma_across_find(&job->past, &job->blame,
					     job->settings->rebuild))
		return STEMMA_EXIT_TROUBLE;
	return find_since(job);
}

static int
render(struct job *job)
{
	const struct settings *settings = job->settings;
	struct stemma_render_options options = {.pretty = settings->pretty};
	struct stemma_arena *scratch = job->past.archive.scratch;
	struct stemma_output output;
	struct stemma_out out;
	enum stemma_code code;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(&settings->terminal, output.fd);
	options.width = stemma_terminal_width(&settings->terminal, output.fd);
	if (settings->format == FORMAT_JSON) {
		code = stemma_render_blame_json(
			&out, &job->blame, &options, scratch);
	} else {
		stemma_pager_start(&output);
		code = stemma_render_blame_term(
			&out, &job->blame, &options, scratch);
	}
	return stemma_output_end(&output, &out, code);
}

/* STORY and --at=N are STORY@N. */
static char *
join(const char *story, const char *at)
{
	struct stemma_out name = {0};

	stemma_out_string(&name, story);
	stemma_out_char(&name, '@');
	stemma_out_string(&name, at);
	stemma_out_bytes(&name, "", 1);
	if (name.code == STEMMA_OK)
		return name.bytes;
	stemma_out_free(&name);
	return NULL;
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings};
	const char *at = job.settings->at;
	char *joined = NULL;
	int status;

	(void)command;
	(void)count;
	if (at) {
		if (strchr(operands[0], '@'))
			return stemma_trouble("'%s' names a revision, and so "
					      "does --at: it can be only one",
				operands[0]);
		joined = join(operands[0], at);
		if (!joined)
			return out_of_memory();
	}
	status = stemma_past_read(&job.past, &job.settings->archive,
		joined ? joined : operands[0]);
	if (!status)
		status = blame(&job);
	if (!status)
		status = render(&job);
	stemma_past_close(&job.past);
	if (joined) {
		struct stemma_out name = {.bytes = joined};

		stemma_out_free(&name);
	}
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_word_choice unit_words[] = {
	{"run", "words that one revision brought together", UNIT_RUN},
	{"paragraph", "sums for each paragraph", UNIT_PARAGRAPH},
	{"word", "every word by itself", UNIT_WORD},
	{0},
};

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", FORMAT_TERM},
	{"json", "for programs: one stemma.blame/1 document", FORMAT_JSON},
	{0},
};

static const struct stemma_option options_what[] = {
	{.name = "at",
		.value = STEMMA_VALUE_SELECTOR,
		.metavar = "REVISION",
		.help = "of this revision: the same as STORY@REVISION",
		.at = AT(at)},
	{.name = "since",
		.value = STEMMA_VALUE_SELECTOR,
		.metavar = "REVISION",
		.help = "on a terminal: only paragraphs in which this revision "
			"or a later one brought something; a date will do too",
		.at = AT(since)},
	{.name = "unit",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "UNIT",
		.help = "what is told apart",
		.words = unit_words,
		.at = AT(unit)},
	{.name = "reformatted",
		.value = STEMMA_VALUE_FLAG,
		.help = "tell also which revision changed the typography",
		.at = AT(reformatted)},
	{.name = "absences",
		.value = STEMMA_VALUE_FLAG,
		.help = "tell also in which revisions words vanished and came "
			"back",
		.at = AT(absences)},
	{.name = "across",
		.value = STEMMA_VALUE_FLAG,
		.help = "tell also what another story of the archive had "
			"earlier, and where",
		.at = AT(across)},
	{.name = "rebuild",
		.value = STEMMA_VALUE_FLAG,
		.only_with = "across",
		.help = "with --across: make the archive's index anew first",
		.at = AT(rebuild)},
	{0},
};

static const struct stemma_option options_how[] = {
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "write the answer as",
		.words = format_words,
		.at = AT(format)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options_what, 0},
	{"How it is shown", options_how, 0},
	{"How it is shown", stemma_terminal_options, AT(terminal)},
	{"How it is shown", stemma_pretty_options, AT(pretty)},
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
	{"stemma blame talks", "which revision brought each word"},
	{"stemma blame --since=2 talks", "what is new since the second one"},
	{"stemma blame --format=json --unit=word talks@2",
		"a program's answer for each word of an older one"},
	{"stemma blame --across talks",
		"and which other story had a passage first"},
	{0},
};

const struct stemma_command stemma_blame_command = {
	.name = "blame",
	.title = "stemma blame",
	.summary = "tell which revision brought each word of a story",
	.about = "Tells for each word in which revision this very piece of "
		 "text first stood. It keeps its origin when it is moved, "
		 "split, merged, copied or reformatted, and when it was "
		 "deleted and came back.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = run,
};
