/*
 * stemma collate A B C…: any number of versions in one table.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include <stemma.h>

#include "article.h"
#include "commands.h"
#include "input.h"
#include "output.h"
#include "pager.h"
#include "terminal.h"
#include "trouble.h"

struct settings {
	const char *encoding; /* NULL: look */
	unsigned layout;      /* enum stemma_layout */
	unsigned unit;        /* enum stemma_unit_type */
	unsigned format;      /* into `formats` */
	uint64_t width;       /* in columns; 0: of the terminal */
	bool pretty;
	unsigned color; /* enum stemma_color */
	struct stemma_output_settings output;
};

enum format { TERM, JSON, CSV, HTML, TEI, COLLATEX };

static enum stemma_code (*const renderers[])(struct stemma_out *out,
	const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch) = {
	[TERM] = stemma_render_table_term,
	[JSON] = stemma_render_table_json,
	[CSV] = stemma_render_table_csv,
	[HTML] = stemma_render_table_html,
	[TEI] = stemma_render_table_tei,
	[COLLATEX] = stemma_render_table_collatex,
};

/* Everything that collating takes; all zeros is nothing yet. */
struct job {
	const struct settings *settings;
	char **names;
	size_t count;
	struct stemma_input *inputs;
	size_t input_count; /* those that were read */
	struct stemma_doc *docs;
	const struct stemma_doc **given;
	struct stemma_collation table;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

static int
read_versions(struct job *job)
{
	const struct settings *settings = job->settings;
	const struct stemma_text_options options = {
		.layout = (enum stemma_layout)settings->layout,
		.unit = (enum stemma_unit_type)settings->unit};

	for (size_t k = 0; k < job->count; k++) {
		struct stemma_input *input = &job->inputs[k];

		for (size_t other = 0; other < k; other++)
			if (!strcmp(job->names[k], "-") &&
				!strcmp(job->names[other], "-"))
				return stemma_trouble(
					"'-' can stand for one of the texts "
					"only: standard input is read once");
		if (stemma_input_read(input, job->names[k]))
			return STEMMA_EXIT_TROUBLE;
		job->input_count++;
		if (stemma_article_split(&job->docs[k], input->bytes,
			    job->names[k], settings->encoding, STEMMA_NEW,
			    options, job->arena))
			return STEMMA_EXIT_TROUBLE;
		job->given[k] = &job->docs[k];
	}
	return STEMMA_EXIT_SAME;
}

static int
collate(struct job *job)
{
	enum stemma_code code;

	job->arena = stemma_arena_new(0);
	job->scratch = stemma_arena_new(0);
	job->inputs = calloc(job->count, sizeof *job->inputs);
	job->docs = calloc(job->count, sizeof *job->docs);
	job->given = calloc(job->count, sizeof *job->given);
	if (!job->arena || !job->scratch || !job->inputs || !job->docs ||
		!job->given)
		return stemma_trouble("out of memory");
	if (job->count > STEMMA_COLLATE_MOST)
		return stemma_trouble("%lu versions are too many: %d at most",
			(unsigned long)job->count, STEMMA_COLLATE_MOST);
	if (read_versions(job))
		return STEMMA_EXIT_TROUBLE;
	code = stemma_collation_make(&job->table, job->given, job->count, NULL,
		job->arena, job->scratch);
	if (code != STEMMA_OK)
		return stemma_trouble_code("collating", code, NULL);
	for (size_t k = 0; k < job->count; k++)
		if (stemma_input_verify(&job->inputs[k]))
			return STEMMA_EXIT_TROUBLE;
	return STEMMA_EXIT_SAME;
}

static int
render(struct job *job)
{
	const struct settings *settings = job->settings;
	struct stemma_table_options options = {
		.names = (const char *const *)job->names,
		.pretty = settings->pretty};
	struct stemma_output output;
	struct stemma_out out = {.sink = stemma_output_sink, .cookie = &output};
	enum stemma_code code;
	int trouble;

	if (stemma_output_open(&output, settings->output.file))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(settings->color, output.fd);
	options.width = settings->width ? (uint32_t)settings->width
					: stemma_terminal_width(output.fd);
	if (settings->format == TERM && !settings->output.no_pager)
		stemma_pager_start(&output);
	code = renderers[settings->format](
		&out, &job->table, &options, job->scratch);
	if (code == STEMMA_OK)
		code = stemma_out_finish(&out);
	trouble = stemma_output_close(&output, code);
	stemma_out_free(&out);
	return trouble;
}

static int
collate_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	struct job job = {
		.settings = settings, .names = operands, .count = count};
	int status = collate(&job);

	(void)command;
	if (!status)
		status = render(&job);
	if (!status && job.table.approximate)
		stemma_trouble("the search was cut short: rows may be apart "
			       "that belong together");
	for (size_t k = 0; k < job.input_count; k++)
		stemma_input_close(&job.inputs[k]);
	free(job.inputs);
	free(job.docs);
	free(job.given);
	stemma_arena_free(job.arena);
	stemma_arena_free(job.scratch);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", TERM},
	{"json", "for programs: one stemma.collate/1 document", JSON},
	{"csv", "for spreadsheets: a row a paragraph", CSV},
	{"html", "one page with a table", HTML},
	{"tei", "TEI P5, parallel segmentation", TEI},
	{"collatex", "the JSON table of CollateX", COLLATEX},
	{0},
};

static const struct stemma_word_choice unit_words[] = {
	{"paragraph", "whole paragraphs", STEMMA_UNIT_PARAGRAPH},
	{"sentence", "sentences", STEMMA_UNIT_SENTENCE},
	{0},
};

static const struct stemma_option options_what[] = {
	{.name = "unit",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "UNIT",
		.help = "align by",
		.words = unit_words,
		.at = AT(unit)},
	{.name = "encoding",
		.value = STEMMA_VALUE_ENCODING,
		.metavar = "NAME",
		.help = "read all texts in this encoding, as iconv calls it. "
			"Without it: a byte order mark, else UTF-8, else "
			"windows-1252",
		.at = AT(encoding)},
	{.name = "layout",
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "LAYOUT",
		.help = "how paragraphs are told apart in all texts",
		.words = stemma_layout_words,
		.at = AT(layout)},
	{0},
};

static const struct stemma_option options_how[] = {
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "write the table as",
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
		.help = "json, collatex: indented, over many lines",
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
		.help = "a version of the text: a file, or - for standard "
			"input",
		.repeats = true},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma collate old.txt new.txt page.txt",
		"three versions in one table"},
	{"stemma collate --format=tei -o all.xml old.txt new.txt",
		"for an edition"},
	{0},
};

const struct stemma_command stemma_collate_command = {
	.name = "collate",
	.title = "stemma collate",
	.summary = "align any number of versions in one table",
	.about = "Aligns all versions of a text at once: a row for each "
		 "paragraph, and in it what each version has. The order of "
		 "the files decides that of the columns, and nothing else.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = collate_run,
};
