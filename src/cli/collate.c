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
	struct stemma_article_settings article;
	unsigned unit;   /* enum stemma_unit_type */
	unsigned format; /* into `formats` */
	bool pretty;
	struct stemma_terminal_settings terminal;
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

	if (stemma_input_once(job->names, job->count))
		return STEMMA_EXIT_TROUBLE;
	for (size_t k = 0; k < job->count; k++) {
		struct stemma_input *input = &job->inputs[k];

		if (stemma_input_read(input, job->names[k]))
			return STEMMA_EXIT_TROUBLE;
		job->input_count++;
		if (stemma_article_split(&job->docs[k], input->bytes,
			    job->names[k], &settings->article, STEMMA_NEW,
			    (enum stemma_unit_type)settings->unit, job->arena))
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
	struct stemma_out out;
	enum stemma_code code;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(&settings->terminal, output.fd);
	options.width = stemma_terminal_width(&settings->terminal, output.fd);
	if (settings->format == TERM)
		stemma_pager_start(&output);
	code = renderers[settings->format](
		&out, &job->table, &options, job->scratch);
	return stemma_output_end(&output, &out, code);
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
