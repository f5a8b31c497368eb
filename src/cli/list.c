/*
 * stemma list [PREFIX]: the stories of an archive.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "archive.h"
#include "commands.h"
#include "output.h"
#include "pager.h"
#include "trouble.h"

enum { FORMAT_TERM, FORMAT_JSON };

struct list_settings {
	bool longer;
	unsigned format;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

static void
write_json(struct stemma_out *out, const struct stemma_log *log)
{
	const struct stemma_revision *latest = &log->revisions[log->count - 1];
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, latest->date);
	stemma_out_string(out, "{\"story\":");
	stemma_out_json(out, log->story);
	stemma_out_string(out, ",\"title\":");
	stemma_out_json(out, latest->title);
	stemma_out_format(out, ",\"revisions\":%lu,\"latest\":\"%s\"}\n",
		(unsigned long)log->count, time);
}

/* "2025-03-08 14:05    3  iran/talks  Tehran shoots down talks" */
static void
write_long(struct stemma_out *out, const struct stemma_log *log)
{
	const struct stemma_revision *latest = &log->revisions[log->count - 1];
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, latest->date);
	stemma_out_format(out, "%.10s %.5s %4lu  ", time, time + 11,
		(unsigned long)log->count);
	stemma_out_visible(out, log->story);
	if (latest->title.size) {
		stemma_out_string(out, "  ");
		stemma_out_visible(out, latest->title);
	}
	stemma_out_char(out, '\n');
}

static void
write_name(struct stemma_out *out, struct stemma_view name)
{
	stemma_out_visible(out, name);
	stemma_out_char(out, '\n');
}

static bool
wants_names_alone(const struct list_settings *settings)
{
	return !settings->longer && settings->format == FORMAT_TERM;
}

/* What only the story's revisions tell. Of a name that is cut the beginning
   was looked at, so that the whole may be another. */
static int
write_story(struct stemma_out *out, struct stemma_archive *archive,
	const struct list_settings *settings, const struct stemma_name *story,
	struct stemma_view prefix)
{
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	struct stemma_view name;
	struct stemma_log log;
	int trouble = stemma_archive_name(archive, &name, story);

	if (!trouble && !story->name.size &&
		(name.size < prefix.size ||
			memcmp(name.bytes, prefix.bytes, prefix.size) != 0)) {
		stemma_arena_rewind(archive->arena, mark);
		return STEMMA_EXIT_SAME;
	}
	if (!trouble && !wants_names_alone(settings))
		trouble = stemma_archive_log(archive, &log, name);
	if (trouble)
		;
	else if (wants_names_alone(settings))
		write_name(out, name);
	else if (settings->format == FORMAT_JSON)
		write_json(out, &log);
	else
		write_long(out, &log);
	stemma_arena_rewind(archive->arena, mark);
	return trouble;
}

/* A story that is damaged is told, and the others listed; `damaged` is then
   set. */
static int
list_stories(const struct list_settings *settings, struct stemma_out *out,
	struct stemma_view prefix, bool *damaged)
{
	struct stemma_archive archive;
	struct stemma_error error = {0};
	struct stemma_name *stories;
	size_t count = 0;
	int trouble = stemma_archive_open(&archive, &settings->archive, false);

	if (!trouble && stemma_names_list(&stories, &count, archive.path,
				prefix, 0, archive.arena, &error) != STEMMA_OK)
		trouble = stemma_trouble_code(archive.path, error.code, &error);
	for (size_t k = 0; !trouble && k < count; k++)
		if (write_story(out, &archive, settings, &stories[k], prefix))
			*damaged = true;
	stemma_archive_close(&archive);
	return trouble;
}

/* Names alone need no store, unless one was cut. */
static int
list_names(const struct list_settings *settings, struct stemma_out *out,
	struct stemma_view prefix, bool *damaged)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	const char *path =
		arena ? stemma_archive_path(&settings->archive, arena) : NULL;
	struct stemma_name *stories = NULL;
	bool whole =
		path && stemma_store_probe(path) && stemma_store_is_known(path);
	size_t count = 0;

	if (whole && stemma_names_list(&stories, &count, path, prefix, 0, arena,
			     NULL) != STEMMA_OK)
		whole = false;
	for (size_t k = 0; whole && k < count; k++)
		whole = stories[k].name.size > 0;
	for (size_t k = 0; whole && k < count; k++)
		write_name(out, stories[k].name);
	stemma_arena_free(arena);
	/* Where that was not enough, this is, or says why not. */
	return whole ? STEMMA_EXIT_SAME
		     : list_stories(settings, out, prefix, damaged);
}

static int
list_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	const struct list_settings *list = settings;
	struct stemma_view prefix = stemma_view_of(count ? operands[0] : "");
	struct stemma_output output;
	struct stemma_out out;
	bool damaged = false;
	int trouble;

	(void)command;
	if (stemma_output_begin(&output, &out, &list->output))
		return STEMMA_EXIT_TROUBLE;
	if (list->format == FORMAT_TERM)
		stemma_pager_start(&output);
	trouble = wants_names_alone(list)
			  ? list_names(list, &out, prefix, &damaged)
			  : list_stories(list, &out, prefix, &damaged);
	trouble = trouble ? stemma_output_drop(&output, &out)
			  : stemma_output_end(&output, &out, STEMMA_OK);
	return damaged ? STEMMA_EXIT_TROUBLE : trouble;
}

#define AT(field) offsetof(struct list_settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for people", FORMAT_TERM},
	{"json", "for programs: a line a story", FORMAT_JSON},
	{0},
};

static const struct stemma_option list_options[] = {
	{.name = "long",
		.letter = 'l',
		.value = STEMMA_VALUE_FLAG,
		.help = "with the time of the newest revision, how many there "
			"are, and the title",
		.at = AT(longer)},
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "write the list",
		.words = format_words,
		.at = AT(format)},
	{0},
};

static const struct stemma_operand list_operands[] = {
	{.name = "PREFIX",
		.value = STEMMA_VALUE_STORY,
		.help = "only stories whose names start so",
		.optional = true},
	{0},
};

static const struct stemma_option_group list_groups[] = {
	{"What is listed", list_options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example list_examples[] = {
	{"stemma list --long", "all stories, with their titles"},
	{"stemma list iran/", "those whose names start so"},
	{0},
};

const struct stemma_command stemma_list_command = {
	.name = "list",
	.title = "stemma list",
	.summary = "name the stories of an archive",
	.about = "Names the stories of an archive, one a line.",
	.operands = list_operands,
	.groups = list_groups,
	.examples = list_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct list_settings),
	.run = list_run,
};
