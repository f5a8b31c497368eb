/*
 * stemma segment FILE: the stories of a page, and what each paragraph is.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stemma.h>

#include "article.h"
#include "commands.h"
#include "input.h"
#include "output.h"
#include "pager.h"
#include "stories.h"
#include "terminal.h"
#include "trouble.h"

enum format { FORMAT_TERM, FORMAT_JSON, FORMAT_TEXT };

struct settings {
	const char *stories; /* as for stemma_stories_read(); NULL: auto */
	struct stemma_article_settings article;
	unsigned unit;   /* enum stemma_unit_type */
	unsigned format; /* enum format */
	bool pretty;
	struct stemma_terminal_settings terminal;
	struct stemma_output_settings output;
};

/* Everything that looking takes; all zeros is nothing yet. */
struct job {
	const struct settings *settings;
	struct stemma_input input;
	struct stemma_doc doc;
	struct stemma_outline outline;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

static int
look(struct job *job, const char *name)
{
	const struct settings *settings = job->settings;
	struct stemma_outline_options stories;
	enum stemma_code code;

	job->arena = stemma_arena_new(0);
	job->scratch = stemma_arena_new(0);
	if (!job->arena || !job->scratch)
		return stemma_trouble("out of memory");
	if (stemma_stories_read(&stories,
		    stemma_view_of(settings->stories ? settings->stories : ""),
		    job->arena) ||
		stemma_input_read(&job->input, name) ||
		stemma_article_split(&job->doc, job->input.bytes, name,
			&settings->article, STEMMA_NEW,
			(enum stemma_unit_type)settings->unit, job->arena) ||
		stemma_stories_fit(&stories, &job->doc))
		return STEMMA_EXIT_TROUBLE;
	if (settings->format == FORMAT_TEXT)
		return stemma_input_verify(&job->input);
	code = stemma_outline_make(
		&job->outline, &job->doc, &stories, job->arena, job->scratch);
	if (code != STEMMA_OK)
		return stemma_trouble_code(name, code, NULL);
	return stemma_input_verify(&job->input);
}

static int
render(struct job *job)
{
	const struct settings *settings = job->settings;
	struct stemma_render_options options = {.pretty = settings->pretty};
	struct stemma_output output;
	struct stemma_out out;
	enum stemma_code code;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(&settings->terminal, output.fd);
	options.width = stemma_terminal_width(&settings->terminal, output.fd);
	if (settings->format == FORMAT_JSON) {
		code = stemma_render_segment_json(
			&out, &job->doc, &job->outline, &options, job->scratch);
	} else if (settings->format == FORMAT_TEXT) {
		code = stemma_render_text(&out, &job->doc);
	} else {
		stemma_pager_start(&output);
		code = stemma_render_segment_term(
			&out, &job->doc, &job->outline, &options, job->scratch);
	}
	return stemma_output_end(&output, &out, code);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings};
	int status = look(&job, operands[0]);

	(void)command;
	(void)count;
	if (!status)
		status = render(&job);
	stemma_arena_free(job.arena);
	stemma_arena_free(job.scratch);
	stemma_input_close(&job.input);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", FORMAT_TERM},
	{"json", "for programs: one stemma.segment/1 document", FORMAT_JSON},
	{"text", "the text alone, in UTF-8, each unit on a line", FORMAT_TEXT},
	{0},
};

static const struct stemma_word_choice unit_words[] = {
	{"paragraph", "whole paragraphs", STEMMA_UNIT_PARAGRAPH},
	{"sentence", "sentences", STEMMA_UNIT_SENTENCE},
	{0},
};

static const struct stemma_option options_what[] = {
	{.name = "stories",
		.value = STEMMA_VALUE_INPUT,
		.metavar = "HOW",
		.words = stemma_stories_words,
		.help = "where stories start: one of these words, how many "
			"there are, or a file with the number of the first "
			"paragraph of each",
		.at = AT(stories)},
	{.name = "unit",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "UNIT",
		.help = "tell of each",
		.words = unit_words,
		.at = AT(unit)},
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
	{"What is read", options_what, 0},
	{"What is read", stemma_encoding_options, AT(article)},
	{"What is read", stemma_layout_options, AT(article)},
	{"How it is shown", options_how, 0},
	{"How it is shown", stemma_terminal_options, AT(terminal)},
	{"How it is shown", stemma_pretty_options, AT(pretty)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "FILE",
		.value = STEMMA_VALUE_ARTICLE,
		.suffixes = "txt md html",
		.help = "the page: a file, or - for standard input"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma segment page.txt", "what stands on a page"},
	{"stemma segment --stories=2 page.txt", "knowing that there are two"},
	{"stemma segment --format=json -o page.json page.txt",
		"write the answer for a program to a file"},
	{0},
};

const struct stemma_command stemma_segment_command = {
	.name = "segment",
	.title = "stemma segment",
	.summary = "tell the stories of a page, and what each paragraph is",
	.about = "Tells where one story of a page ends and the next begins, "
		 "with how sure that is, and whether a paragraph is a "
		 "headline, byline, dateline, caption, subhead, list, quote, "
		 "correction, boilerplate or body text.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = run,
};
