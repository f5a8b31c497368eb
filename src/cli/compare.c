/*
 * stemma compare OLD NEW: what changed from one version of a text to another.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare.h"

#include <string.h>

#include <stemma.h>

#include "article.h"
#include "commands.h"
#include "input.h"
#include "options.h"
#include "pager.h"
#include "stories.h"
#include "terminal.h"
#include "trouble.h"
#include "version.h"

/* What a format is made by, and what suits it. */
static const struct format {
	enum stemma_code (*render)(struct stemma_out *out,
		const struct stemma_comparison *comparison,
		const struct stemma_render_options *options,
		struct stemma_arena *scratch);
	uint32_t context;            /* unless --context is given */
	bool paged;                  /* for people to read on a terminal */
	enum stemma_reading reading; /* how much of the pages it tells */
} formats[] = {
	[STEMMA_FORMAT_TERM] = {stemma_render_term, 1, true,
		STEMMA_READ_CHANGED},
	[STEMMA_FORMAT_JSON] = {stemma_render_json, STEMMA_CONTEXT_ALL, false,
		STEMMA_READ_ALL},
	[STEMMA_FORMAT_NDJSON] = {stemma_render_json, STEMMA_CONTEXT_ALL, false,
		STEMMA_READ_ALL},
	[STEMMA_FORMAT_WDIFF] = {stemma_render_wdiff, STEMMA_CONTEXT_ALL, true,
		STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_CRITICMARKUP] = {stemma_render_criticmarkup,
		STEMMA_CONTEXT_ALL, true, STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_UNIFIED] = {stemma_render_unified, 3, true,
		STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_STAT] = {stemma_render_stat, 0, true,
		STEMMA_READ_CHANGED},
	[STEMMA_FORMAT_CSV] = {stemma_render_csv, STEMMA_CONTEXT_ALL, false,
		STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_MARKDOWN] = {stemma_render_markdown, 1, true,
		STEMMA_READ_CHANGED},
	[STEMMA_FORMAT_TEI] = {stemma_render_tei, STEMMA_CONTEXT_ALL, false,
		STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_COLLATEX] = {stemma_render_collatex, STEMMA_CONTEXT_ALL,
		false, STEMMA_READ_NOTHING},
	[STEMMA_FORMAT_HTML] = {stemma_render_html, STEMMA_CONTEXT_ALL, false,
		STEMMA_READ_ALL},
	[STEMMA_FORMAT_DIGEST] = {stemma_render_digest, 0, true,
		STEMMA_READ_CHANGED},
};

static const struct format *
format_of(const struct stemma_compare_settings *settings)
{
	return &formats[settings->digest ? STEMMA_FORMAT_DIGEST
					 : settings->format];
}

/* Everything one comparison needs; all zeros is nothing yet. */
struct job {
	const struct stemma_compare_settings *settings;
	struct stemma_versions versions;
	struct stemma_doc docs[2];
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
	struct stemma_outline_options stories[2];
	struct stemma_compare_options options;
	struct stemma_comparison comparison;
};

static int
split(struct job *job, int side)
{
	const struct stemma_compare_settings *settings = job->settings;

	return stemma_article_split(&job->docs[side], job->versions.bytes[side],
		job->versions.names[side], &settings->article, side,
		(enum stemma_unit_type)settings->unit, job->arena);
}

static int
compare(struct job *job, char **operands, size_t count)
{
	struct stemma_outline_options *stories = job->stories;
	enum stemma_code code;
	int side;

	job->options = (struct stemma_compare_options){
		.stories = {&stories[STEMMA_OLD], &stories[STEMMA_NEW]},
		.ignore = job->settings->ignore,
		.budget = job->settings->budget,
		.reading = format_of(job->settings)->reading};
	job->arena = stemma_arena_new(0);
	job->scratch = stemma_arena_new(0);
	if (!job->arena || !job->scratch)
		return stemma_trouble("out of memory");
	if (stemma_stories_read_pair(
		    stories, job->settings->stories, job->arena))
		return STEMMA_EXIT_TROUBLE;
	if (stemma_versions_read(&job->versions, operands, count))
		return STEMMA_EXIT_TROUBLE;
	for (side = STEMMA_OLD; side <= STEMMA_NEW; side++) {
		if (split(job, side) ||
			stemma_stories_fit(&stories[side], &job->docs[side]))
			return STEMMA_EXIT_TROUBLE;
	}
	code = stemma_comparison_make(&job->comparison, &job->docs[STEMMA_OLD],
		&job->docs[STEMMA_NEW], &job->options, job->arena,
		job->scratch);
	if (code != STEMMA_OK)
		return stemma_trouble_code("comparing", code, NULL);
	return stemma_versions_verify(&job->versions);
}

static int
render(struct job *job)
{
	const struct stemma_compare_settings *settings = job->settings;
	const struct format *format = format_of(settings);
	struct stemma_render_options options = {
		.context = settings->context == STEMMA_CONTEXT_UNSET
				   ? format->context
				   : (uint32_t)settings->context,
		.unfold = settings->unfold,
		.side_by_side = settings->side_by_side,
		.versions = job->versions.pages,
		.asked = &job->options,
		.pretty = settings->pretty &&
			  settings->format != STEMMA_FORMAT_NDJSON};
	struct stemma_output output;
	struct stemma_out out;
	enum stemma_code code;
	int side;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	options.color = stemma_terminal_color(&settings->terminal, output.fd);
	options.width = stemma_terminal_width(&settings->terminal, output.fd);
	for (side = STEMMA_OLD; side <= STEMMA_NEW; side++)
		options.names[side] = settings->names[side]
					      ? settings->names[side]
					      : job->versions.names[side];
	if (format->paged)
		stemma_pager_start(&output);
	code = format->render(&out, &job->comparison, &options, job->scratch);
	return stemma_output_end(&output, &out, code);
}

static void
finish(struct job *job)
{
	stemma_arena_free(job->arena);
	stemma_arena_free(job->scratch);
	stemma_versions_close(&job->versions);
}

int
stemma_compare_run(const struct stemma_compare_settings *settings,
	char **operands, size_t count)
{
	struct job job = {.settings = settings,
		.versions = {.settings = &settings->archive}};
	int status;

	if (stemma_input_once(operands, count))
		return STEMMA_EXIT_TROUBLE;
	status = compare(&job, operands, count);
	if (!status && !job.settings->quiet)
		status = render(&job);
	if (!status) {
		if (job.comparison.unread)
			stemma_trouble("texts past %u MiB or %u paragraphs are "
				       "compared, but not read for headlines, "
				       "stories and what stands twice",
				STEMMA_READ_MOST >> 20, STEMMA_READ_MOST_UNITS);
		if (job.comparison.approximate)
			stemma_trouble("the search was cut short: a coarser "
				       "answer than could be (see --budget)");
		status = job.comparison.different ? STEMMA_EXIT_DIFFERENT
						  : STEMMA_EXIT_SAME;
	}
	finish(&job);
	return status;
}

const struct stemma_compare_settings stemma_compare_defaults = {
	.context = STEMMA_CONTEXT_UNSET};

static const struct stemma_operand compare_operands[] = {
	{.name = "OLD",
		.value = STEMMA_VALUE_VERSION,
		.suffixes = "txt md html",
		.help = "the older version: a file, - for standard input, or a "
			"revision of a story as STORY@REVISION",
		.optional = true},
	{.name = "NEW",
		.value = STEMMA_VALUE_VERSION,
		.suffixes = "txt md html",
		.help = "the newer version. Without it: OLD is a revision, and "
			"compared with the one before it",
		.optional = true},
	{0},
};

/* Without --all the first operand has to be there. */
static bool
check_operands(
	const struct stemma_command *command, char **operands, size_t count)
{
	struct stemma_command strict = *command;
	struct stemma_operand needed[3];

	memcpy(needed, compare_operands, sizeof needed);
	needed[0].optional = false;
	strict.operands = needed;
	return stemma_operands_check(&strict, operands, count);
}

static int
compare_run(const struct stemma_command *command, const void *cookie,
	char **operands, size_t count)
{
	const struct stemma_compare_settings *settings = cookie;

	if (settings->all && settings->format != STEMMA_FORMAT_NDJSON)
		return stemma_trouble(
			"--all writes a line of JSON for each change: "
			"--format=ndjson is missing");
	if (settings->all && settings->quiet)
		return stemma_trouble("--all and --quiet: it can be only one");
	if (settings->all)
		return stemma_compare_all(settings);
	if (!check_operands(command, operands, count))
		return STEMMA_EXIT_TROUBLE;
	return stemma_compare_run(settings, operands, count);
}

static const struct stemma_option_group compare_groups[] = {
	{"What is compared", stemma_compare_options_what, 0},
	{"What is compared", stemma_encodings_options,
		offsetof(struct stemma_compare_settings, article)},
	{"What is compared", stemma_layout_options,
		offsetof(struct stemma_compare_settings, article)},
	{"How it is shown", stemma_compare_options_how, 0},
	{"How it is shown", stemma_terminal_options,
		offsetof(struct stemma_compare_settings, terminal)},
	{"How it is shown", stemma_pretty_options,
		offsetof(struct stemma_compare_settings, pretty)},
	{"Every change of an archive", stemma_compare_options_all, 0},
	{"Where revisions are", stemma_archive_options,
		offsetof(struct stemma_compare_settings, archive)},
	{"Where it goes", stemma_output_options,
		offsetof(struct stemma_compare_settings, output)},
	{"Where it goes", stemma_pager_options,
		offsetof(struct stemma_compare_settings, output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example compare_examples[] = {
	{"stemma compare old.txt new.txt", "show on the terminal what changed"},
	{"stemma compare --digest old.txt new.txt",
		"what matters, in a dozen lines at most"},
	{"stemma compare --ignore=case,punctuation old.txt new.txt",
		"only what changes words"},
	{"stemma compare --format=json -o diff.json old.txt new.txt",
		"write the answer for a program to a file"},
	{"git show HEAD:draft.md | stemma compare - draft.md",
		"compare with what git has"},
	{"stemma compare talks@1 talks@3", "compare two revisions of a story"},
	{"stemma compare --all --since=2025-03-08 --format=ndjson",
		"every change of an archive since that day"},
	{"stemma compare --unit=sentence -C all old.txt new.txt",
		"by sentence, with everything that stayed"},
	{0},
};

const struct stemma_command stemma_compare_command = {
	.name = "compare",
	.title = "stemma compare",
	.summary = "show what changed from one version of a text to another",
	.about = "Shows what became of each paragraph of OLD in NEW: kept, "
		 "edited, moved, split, merged, added or removed, with the "
		 "words that changed. Texts may be in any encoding and layout; "
		 "the two need not be alike in that.",
	.operands = compare_operands,
	.groups = compare_groups,
	.examples = compare_examples,
	.exits = "Exit status: 0 if the texts are the same, 1 if they differ, "
		 "2 if there was trouble. With --all 0, or 2.",
	.defaults = &stemma_compare_defaults,
	.settings_size = sizeof(struct stemma_compare_settings),
	.run = compare_run,
};
