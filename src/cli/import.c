/*
 * stemma import SOURCE...: very many revisions at once.
 *
 * SPDX-License-Identifier: MIT
 */
#include "import.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "commands.h"
#include "input.h"
#include "output.h"
#include "trouble.h"

enum { FORMAT_TERM, FORMAT_JSON };

enum {
	FIRST_SHOW = 500,   /* until progress is shown, in milliseconds, … */
	NEXT_SHOW = 200,    /* … between two times, … */
	NEXT_SAVE = 60000,  /* … and until what is there is made safe */
	REASON_SIZE = 1024, /* bytes of why a record is bad */
};

static int64_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void
say(const char *text)
{
	size_t size = strlen(text);

	if (write(STDERR_FILENO, text, size) < 0)
		return;
}

/* Take the line of progress away again. */
static void
hide(struct stemma_import *import)
{
	if (import->shown)
		say("\r\033[K");
	import->shown = false;
}

static void
show(struct stemma_import *import)
{
	char line[128];

	if (!import->shows || now() < import->next_show)
		return;
	import->next_show = now() + NEXT_SHOW;
	import->shown = true;
	snprintf(line, sizeof line,
		"\r\033[K%llu revisions read, %llu new, %llu bad",
		(unsigned long long)import->read,
		(unsigned long long)import->stored,
		(unsigned long long)import->bad);
	say(line);
}

void
stemma_import_bad(struct stemma_import *import, const char *where,
	uint64_t line, const char *format, ...)
{
	char reason[REASON_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	hide(import);
	import->read++;
	import->bad++;
	if (line)
		stemma_trouble(
			"%s:%llu: %s", where, (unsigned long long)line, reason);
	else
		stemma_trouble("%s: %s", where, reason);
}

static int
save(struct stemma_import *import)
{
	struct stemma_error error = {0};
	enum stemma_code code = stemma_bulk_finish(
		import->bulk, import->archive.scratch, &error);

	import->next_save = now() + NEXT_SAVE;
	if (code == STEMMA_OK)
		return STEMMA_EXIT_SAME;
	hide(import);
	return stemma_trouble_code(import->archive.path, code, &error);
}

int
stemma_import_add(struct stemma_import *import,
	const struct stemma_entry *entry, const char *where, uint64_t line)
{
	struct stemma_error error = {0};
	struct stemma_added added;
	enum stemma_code code = stemma_bulk_add(
		import->bulk, entry, &added, import->archive.scratch, &error);

	if (code == STEMMA_INVALID) {
		stemma_import_bad(import, where, line, "%s",
			error.message[0] ? error.message
					 : stemma_code_message(code));
		return STEMMA_EXIT_SAME;
	}
	if (code != STEMMA_OK) {
		hide(import);
		return stemma_trouble_code(where, code, &error);
	}
	import->read++;
	import->stored += added.stored;
	import->unchanged += !added.stored;
	import->stories += added.stored && added.first;
	/* The clock is not free: not for each of a million. */
	if (import->read % 64)
		return STEMMA_EXIT_SAME;
	show(import);
	return now() < import->next_save ? STEMMA_EXIT_SAME : save(import);
}

/* What kind of source an operand is. */
static int
import_source(struct stemma_import *import, const char *operand)
{
	struct stat status;

	if (import->settings->git)
		return stemma_import_git(import, operand);
	if (!strcmp(operand, "-") || stat(operand, &status) != 0 ||
		!S_ISDIR(status.st_mode))
		return stemma_import_jsonl(import, operand);
	if (stemma_store_probe(operand))
		return stemma_import_archive(import, operand);
	return stemma_import_folder(import, operand);
}

static void
write_json(struct stemma_out *out, const struct stemma_import *import)
{
	stemma_out_format(out,
		"{\"format\":\"stemma.import/1\",\"read\":%llu,"
		"\"stored\":%llu,\"unchanged\":%llu,\"bad\":%llu,"
		"\"stories\":%llu}\n",
		(unsigned long long)import->read,
		(unsigned long long)import->stored,
		(unsigned long long)import->unchanged,
		(unsigned long long)import->bad,
		(unsigned long long)import->stories);
}

/* "12 revisions read: 9 new (in 2 new stories), 2 there already, 1 bad" */
static void
write_term(struct stemma_out *out, const struct stemma_import *import)
{
	stemma_out_number(out, import->read);
	stemma_out_string(out, import->read == 1 ? " revision" : " revisions");
	stemma_out_string(out, " read: ");
	stemma_out_number(out, import->stored);
	stemma_out_string(out, " new");
	if (import->stories) {
		stemma_out_string(out, " (in ");
		stemma_out_number(out, import->stories);
		stemma_out_string(out,
			import->stories == 1 ? " new story)" : " new stories)");
	}
	stemma_out_string(out, ", ");
	stemma_out_number(out, import->unchanged);
	stemma_out_string(out, " there already");
	if (import->bad) {
		stemma_out_string(out, ", ");
		stemma_out_number(out, import->bad);
		stemma_out_string(out, " bad");
	}
	stemma_out_char(out, '\n');
}

/* Only what is safe is told as stored. */
static int
finish(struct stemma_import *import)
{
	struct stemma_out out = {0};

	if (save(import))
		return STEMMA_EXIT_TROUBLE;
	hide(import);
	if (import->settings->format == FORMAT_JSON)
		write_json(&out, import);
	else
		write_term(&out, import);
	if (stemma_output_print(&out) || import->bad)
		return STEMMA_EXIT_TROUBLE;
	return STEMMA_EXIT_SAME;
}

static int
begin(struct stemma_import *import)
{
	struct stemma_error error = {0};
	enum stemma_code code;

	if (stemma_archive_open(
		    &import->archive, &import->settings->archive, true))
		return STEMMA_EXIT_TROUBLE;
	if (import->archive.made)
		stemma_trouble("made the archive %s", import->archive.path);
	code = stemma_bulk_start(&import->bulk, import->archive.store,
		import->archive.scratch, &error);
	if (code != STEMMA_OK)
		return stemma_trouble_code(import->archive.path, code, &error);
	import->shows = isatty(STDERR_FILENO) == 1;
	import->next_show = now() + FIRST_SHOW;
	import->next_save = now() + NEXT_SAVE;
	return STEMMA_EXIT_SAME;
}

static int
import_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	struct stemma_import import = {.settings = settings};
	int status = stemma_input_once(operands, count);

	(void)command;
	if (!status)
		status = begin(&import);
	for (size_t k = 0; k < count && !status; k++)
		status = import_source(&import, operands[k]);
	if (!status)
		status = finish(&import);
	hide(&import);
	stemma_bulk_free(import.bulk);
	stemma_archive_close(&import.archive);
	return status;
}

static const struct stemma_word_choice format_words[] = {
	{"term", "for people: a line at the end", FORMAT_TERM},
	{"json", "for programs: one stemma.import/1 document", FORMAT_JSON},
	{0},
};

static const struct stemma_word_choice pattern_words[] = {
	{"{story}/{date}.txt", "a folder for each story", 0},
	{"{story}-{date}.txt", "all in one folder", 0},
	{0},
};

#define AT(field) offsetof(struct stemma_import_settings, field)

static const struct stemma_option import_options[] = {
	{.name = "git",
		.value = STEMMA_VALUE_REPOSITORY,
		.metavar = "REPO",
		.help = "import files of this git repository, with all their "
			"history; SOURCE is the path of a file or folder in it",
		.at = AT(git)},
	{.name = "pattern",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "PATTERN",
		.help = "in folders, take files whose paths look like this, "
			"where {story} and {date} stand for what they tell "
			"and * for anything",
		.words = pattern_words,
		.at = AT(pattern)},
	{.name = "story",
		.value = STEMMA_VALUE_STORY,
		.metavar = "NAME",
		.help = "from folders and git: all is of this story",
		.at = AT(story)},
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "say what happened",
		.words = format_words,
		.at = AT(format)},
	{0},
};

static const struct stemma_operand import_operands[] = {
	{.name = "SOURCE",
		.value = STEMMA_VALUE_ARTICLE,
		.suffixes = "jsonl",
		.help = "a file with a revision a line as JSON, or - for "
			"standard input; a folder of dated files; or another "
			"archive",
		.repeats = true},
	{0},
};

static const struct stemma_option_group import_groups[] = {
	{"What is imported", import_options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example import_examples[] = {
	{"stemma import corpus.jsonl", "a revision a line"},
	{"stemma import --pattern='{story}-{date}.txt' snapshots",
		"a folder of dated files"},
	{"stemma import --git=. draft.md",
		"a file that git has, with all its history"},
	{0},
};

const struct stemma_command stemma_import_command = {
	.name = "import",
	.title = "stemma import",
	.summary = "keep very many revisions at once",
	.about = "Keeps revisions from files of JSON, dated files, a git "
		 "repository or another archive, as fast as the disk takes "
		 "them. What is kept already stays as it is, so an import "
		 "that was stopped is simply started again.",
	.operands = import_operands,
	.groups = import_groups,
	.examples = import_examples,
	.exits = "Exit status: 0 if every revision is kept, now or already, 2 "
		 "if any could not be; the others are.",
	.settings_size = sizeof(struct stemma_import_settings),
	.run = import_run,
};
