/*
 * stemma origin FILE|STORY[@REVISION]: which story of the archive held each
 * passage first.
 *
 * SPDX-License-Identifier: MIT
 */
#include "origin.h"

#include <string.h>
#include <unistd.h>

#include "article.h"
#include "commands.h"
#include "input.h"
#include "output.h"
#include "pager.h"
#include "terminal.h"
#include "trouble.h"

enum format { FORMAT_TERM, FORMAT_JSON };

struct settings {
	struct stemma_article_settings article;
	uint64_t boilerplate; /* in percent */
	bool all;
	bool rebuild;
	unsigned format;
	struct stemma_terminal_settings terminal;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

static const struct settings defaults = {.boilerplate = STEMMA_BOILERPLATE};

/* Everything that looking takes; all zeros is nothing yet. */
struct job {
	const struct settings *settings;
	struct stemma_archive archive;
	struct stemma_input input;
	struct stemma_log log;
	struct stemma_doc doc;
	struct stemma_origin_page page;
};

/* A file that exists, or standard input; else a revision. */
static bool
is_file(const char *operand)
{
	return !strcmp(operand, "-") || !access(operand, F_OK);
}

static int
read_text(struct job *job, const char *operand)
{
	struct stemma_view bytes;
	int trouble;

	if (is_file(operand)) {
		trouble = stemma_input_read(&job->input, operand);
		bytes = job->input.bytes;
	} else {
		struct stemma_selection selection =
			stemma_selection_of(operand);
		enum stemma_code code = stemma_store_log(job->archive.store,
			&job->log, selection.story, job->archive.arena,
			job->archive.scratch, NULL);

		if (code == STEMMA_NOTFOUND)
			return stemma_archive_no_story(
				&job->archive, selection.story, true);
		trouble = stemma_archive_select(&job->archive, &job->log,
			&job->page.text.revision, operand);
		job->page.text.story = job->log.story;
		if (!trouble)
			trouble = stemma_archive_read(
				&job->archive, &bytes, job->page.text.revision);
	}
	if (trouble)
		return trouble;
	job->page.name = operand;
	job->page.text.doc = &job->doc;
	return stemma_article_split(&job->doc, bytes, operand,
		&job->settings->article, STEMMA_NEW, STEMMA_UNIT_PARAGRAPH,
		job->archive.arena);
}

static int
find(struct job *job)
{
	const struct stemma_origin_options options = {
		.boilerplate = job->settings->boilerplate,
		.all = job->settings->all};

	if (stemma_origin_ask(&job->page, &job->archive, &options,
		    job->settings->rebuild))
		return STEMMA_EXIT_TROUBLE;
	return stemma_input_verify(&job->input);
}

static int
show(struct job *job)
{
	const struct settings *settings = job->settings;
	struct stemma_output output;
	struct stemma_out out;
	uint32_t width;
	bool color;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	color = stemma_terminal_color(&settings->terminal, output.fd);
	width = stemma_terminal_width(&settings->terminal, output.fd);
	if (settings->format == FORMAT_JSON) {
		stemma_origin_write_json(&out, &job->page);
	} else {
		stemma_pager_start(&output);
		stemma_origin_write_term(&out, &job->page, width, color);
	}
	return stemma_output_end(&output, &out, STEMMA_OK);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings, .input = {.fd = -1}};
	int trouble = stemma_archive_open(
		&job.archive, &job.settings->archive, false);

	(void)command;
	(void)count;
	if (!trouble)
		trouble = read_text(&job, operands[0]);
	if (!trouble)
		trouble = find(&job);
	if (!trouble)
		trouble = show(&job);
	if (!trouble && job.page.approximate)
		stemma_origin_warn();
	stemma_input_close(&job.input);
	stemma_archive_close(&job.archive);
	return trouble;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", FORMAT_TERM},
	{"json", "for programs: one stemma.origin/1 document", FORMAT_JSON},
	{0},
};

static const struct stemma_option options_what[] = {
	{.name = "all",
		.value = STEMMA_VALUE_FLAG,
		.help = "tell the other stories too that hold a passage",
		.at = AT(all)},
	{.name = "boilerplate",
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "PERCENT",
		.help = "call boilerplate what more of the stories hold, if "
			"they are five at least",
		.most = 100,
		.at = AT(boilerplate)},
	{.name = "rebuild",
		.value = STEMMA_VALUE_FLAG,
		.help = "make the archive's index anew first",
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

static const struct stemma_operand operands_of[] = {
	{.name = "FILE|STORY[@REVISION]",
		.value = STEMMA_VALUE_VERSION,
		.suffixes = "txt md html",
		.help = "the text: a file, - for standard input, or a revision "
			"of the archive; where both are there it is the file, "
			"and STORY@ is the story"},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options_what, 0},
	{"What is told", stemma_encoding_options, AT(article)},
	{"What is told", stemma_layout_options, AT(article)},
	{"How it is shown", options_how, 0},
	{"How it is shown", stemma_terminal_options, AT(terminal)},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma origin article.txt",
		"which tracked stories its paragraphs are from"},
	{"stemma origin --all talks@2",
		"what others had before a revision, and what they took"},
	{"stemma origin --format=json article.txt", "the same for a program"},
	{0},
};

const struct stemma_command stemma_origin_command = {
	.name = "origin",
	.title = "stemma origin",
	.summary = "find the story of the archive that held a passage first",
	.about = "Tells for each paragraph of a text the earliest story and "
		 "revision of the archive that held it, or a passage of ten "
		 "words of it, word for word or with edits. An index kept "
		 "beside the archive finds the candidates; all that is told "
		 "was read in the stories themselves.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, whether anything was found or not, and 2 if "
		 "there was trouble.",
	.defaults = &defaults,
	.settings_size = sizeof(struct settings),
	.run = run,
};
