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
	const char *stories;  /* as for stemma_stories_read(); NULL: auto */
	const char *encoding; /* NULL: look */
	unsigned layout;      /* enum stemma_layout */
	unsigned unit;        /* enum stemma_unit_type */
	unsigned format;      /* enum format */
	uint64_t width;       /* in columns; 0: of the terminal */
	bool pretty;
	unsigned color; /* enum stemma_color */
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
	const struct stemma_text_options options = {
		.layout = (enum stemma_layout)settings->layout,
		.unit = (enum stemma_unit_type)settings->unit};
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
			settings->encoding, STEMMA_NEW, options, job->arena))
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
	struct stemma_out out = {.sink = stemma_output_sink, .cookie = &output};
	enum stemma_code code;
	int trouble;

	if (stemma_output_open(&output, settings->output.file))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(settings->color, output.fd);
	options.width = settings->width ? (uint32_t)settings->width
					: stemma_terminal_width(output.fd);
	if (settings->format == FORMAT_JSON) {
		code = stemma_render_segment_json(
			&out, &job->doc, &job->outline, &options, job->scratch);
	} else if (settings->format == FORMAT_TEXT) {
		code = stemma_render_text(&out, &job->doc);
	} else {
		if (!settings->output.no_pager)
			stemma_pager_start(&output);
		code = stemma_render_segment_term(
			&out, &job->doc, &job->outline, &options, job->scratch);
	}
	if (code == STEMMA_OK)
		code = stemma_out_finish(&out);
	trouble = stemma_output_close(&output, code);
	stemma_out_free(&out);
	return trouble;
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
		.help = "where stories start: 'auto', 'off', how many there "
			"are, or a file with the number of the first "
			"paragraph of each",
		.at = AT(stories)},
	{.name = "unit",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "UNIT",
		.help = "tell of each",
		.words = unit_words,
		.at = AT(unit)},
	{.name = "encoding",
		.value = STEMMA_VALUE_ENCODING,
		.metavar = "NAME",
		.help = "read the text in this encoding, as iconv calls it. "
			"Without it: a byte order mark, else UTF-8, else "
			"windows-1252",
		.at = AT(encoding)},
	{.name = "layout",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "LAYOUT",
		.help = "how paragraphs are told apart in the text",
		.words = stemma_layout_words,
		.at = AT(layout)},
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
	{.name = "width",
		.letter = 'W',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "COLUMNS",
		.help = "as wide as this, not as the terminal",
		.least = 20,
		.most = 10000,
		.at = AT(width)},
	{.name = "color",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "WHEN",
		.help = "use colour",
		.words = stemma_color_words,
		.at = AT(color)},
	{.name = "pretty",
		.value = STEMMA_VALUE_FLAG,
		.help = "json: indented, over many lines",
		.at = AT(pretty)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is read", options_what, 0},
	{"How it is shown", options_how, 0},
	{"Where it goes", stemma_output_options, AT(output)},
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
