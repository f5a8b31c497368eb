/*
 * stemma reuse FILE [FILE2]: text that stands twice, on one page or in two.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma.h>

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
	unsigned format; /* enum format */
	bool whole;
	bool pretty;
	struct stemma_terminal_settings terminal;
	struct stemma_output_settings output;
};

/* Everything that looking takes; all zeros is nothing yet. */
struct job {
	const struct settings *settings;
	struct stemma_input inputs[2];
	struct stemma_doc docs[2];
	size_t count; /* of them */
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
	struct stemma_reuse reuse;
};

static int
look(struct job *job, char **names)
{
	const struct stemma_doc *docs[2] = {&job->docs[0], &job->docs[1]};
	enum stemma_code code;

	job->arena = stemma_arena_new(0);
	job->scratch = stemma_arena_new(0);
	if (!job->arena || !job->scratch)
		return stemma_trouble("out of memory");
	for (size_t k = 0; k < job->count; k++) {
		if (stemma_input_read(&job->inputs[k], names[k]) ||
			stemma_article_split(&job->docs[k],
				job->inputs[k].bytes, names[k],
				&job->settings->article, (int)k,
				STEMMA_UNIT_PARAGRAPH, job->arena))
			return STEMMA_EXIT_TROUBLE;
	}
	code = stemma_reuse_find(
		&job->reuse, docs, job->count, job->arena, job->scratch);
	if (code != STEMMA_OK)
		return stemma_trouble_code(names[0], code, NULL);
	for (size_t k = 0; k < job->count; k++) {
		if (stemma_input_verify(&job->inputs[k]))
			return STEMMA_EXIT_TROUBLE;
	}
	return STEMMA_EXIT_SAME;
}

static int
render(struct job *job, char **names)
{
	const struct settings *settings = job->settings;
	struct stemma_reuse_page page = {.docs = {&job->docs[0], &job->docs[1]},
		.doc_count = job->count,
		.reuse = &job->reuse};
	struct stemma_render_options options = {
		.context = settings->whole ? STEMMA_CONTEXT_ALL : 0,
		.pretty = settings->pretty};
	struct stemma_output output;
	struct stemma_out out;
	enum stemma_code code;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(&settings->terminal, output.fd);
	options.width = stemma_terminal_width(&settings->terminal, output.fd);
	for (size_t k = 0; k < job->count; k++)
		options.names[k] = names[k];
	if (settings->format == FORMAT_JSON) {
		code = stemma_render_reuse_json(
			&out, &page, &options, job->scratch);
	} else {
		stemma_pager_start(&output);
		code = stemma_render_reuse_term(
			&out, &page, &options, job->scratch);
	}
	return stemma_output_end(&output, &out, code);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings, .count = count};
	int status;

	(void)command;
	if (stemma_input_once(operands, count))
		return STEMMA_EXIT_TROUBLE;
	status = look(&job, operands);
	if (!status)
		status = render(&job, operands);
	if (!status && job.reuse.approximate)
		stemma_trouble("the search was cut short: some passages may "
			       "be missing");
	stemma_arena_free(job.arena);
	stemma_arena_free(job.scratch);
	stemma_input_close(&job.inputs[0]);
	stemma_input_close(&job.inputs[1]);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for reading on a terminal", FORMAT_TERM},
	{"json", "for programs: one stemma.reuse/1 document", FORMAT_JSON},
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
	{.name = "whole",
		.value = STEMMA_VALUE_FLAG,
		.help = "leave nothing out in the middle of long passages",
		.at = AT(whole)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is read", stemma_encodings_options, AT(article)},
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
		.help = "the text: a file, or - for standard input"},
	{.name = "FILE2",
		.value = STEMMA_VALUE_ARTICLE,
		.suffixes = "txt md html",
		.optional = true,
		.help = "another text: what of it stands in FILE"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma reuse page.txt", "what stands twice on a page"},
	{"stemma reuse release.txt article.txt",
		"what an article took from a press release"},
	{"stemma reuse --format=json -o reuse.json page.txt",
		"write the answer for a program to a file"},
	{0},
};

const struct stemma_command stemma_reuse_command = {
	.name = "reuse",
	.title = "stemma reuse",
	.summary = "find text that stands twice, on one page or in two",
	.about = "Finds passages of FILE that stand again further down in it, "
		 "or in FILE2: word for word or with edits, which are shown. A "
		 "passage is a run of ten words, or eight in a sentence that "
		 "was edited; for scripts without spaces forty characters.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, whether anything was found or not, and 2 if "
		 "there was trouble.",
	.settings_size = sizeof(struct settings),
	.run = run,
};
