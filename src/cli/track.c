/*
 * stemma track FILE…: keep each file as a revision of a story.
 *
 * SPDX-License-Identifier: MIT
 */
#include "track.h"

#include <string.h>

#include "archive.h"
#include "change.h"
#include "commands.h"
#include "input.h"
#include "output.h"
#include "trouble.h"

enum { FORMAT_TERM, FORMAT_JSON };

struct track_settings {
	const char *story;
	const char *source;
	const char *date;
	const char *title;
	const char *type;
	struct stemma_texts notes;
	unsigned format;
	bool sign;
	struct stemma_archive_settings archive;
};

/* One file on its way into the archive. */
struct job {
	const struct track_settings *settings;
	struct stemma_archive *archive;
	struct stemma_entry entry; /* what all files have in common is set */
	const char *file;
	struct stemma_input input;
	struct stemma_added added;
	struct stemma_told told;
	struct stemma_output *output;
};

static void
write_term(struct stemma_out *out, const struct job *job)
{
	const struct stemma_added *added = &job->added;

	stemma_out_visible(out, stemma_view_of(job->file));
	stemma_out_string(out, !added->stored ? ": unchanged, revision "
			       : added->first ? ": new story "
					      : ": revision ");
	if (!added->first || !added->stored) {
		stemma_out_number(out, added->number);
		stemma_out_string(out, " of ");
	}
	stemma_out_char(out, '\'');
	stemma_out_visible(out, job->entry.story);
	stemma_out_char(out, '\'');
	if (job->told.line_count) {
		stemma_out_string(out, ": ");
		stemma_change_write(out, &job->told);
	}
	stemma_out_char(out, '\n');
}

static void
write_json(struct stemma_out *out, const struct job *job)
{
	char commit[41];

	stemma_id_hex(commit, &job->added.commit);
	stemma_out_string(out, "{\"format\":\"stemma.track/1\",\"file\":");
	stemma_out_json(out, stemma_view_of(job->file));
	stemma_out_string(out, ",\"story\":");
	stemma_out_json(out, job->entry.story);
	stemma_out_format(out,
		",\"revision\":%lu,\"stored\":%s,\"commit\":\"%s\",\"digest\":",
		(unsigned long)job->added.number,
		job->added.stored ? "true" : "false", commit);
	stemma_change_write_json(out, &job->told);
	stemma_out_string(out, "}\n");
}

/* What the file changed against the revision before it. */
static int
tell_change(struct job *job)
{
	struct stemma_archive *archive = job->archive;
	struct stemma_error error = {0};
	struct stemma_view before;
	enum stemma_code code;

	if (!job->added.stored || !job->added.has_before)
		return STEMMA_EXIT_SAME;
	code = stemma_store_read_commit(archive->store, &before,
		&job->added.before, archive->arena, &error);
	if (code == STEMMA_OK)
		code = stemma_change_tell(&job->told, before, job->input.bytes,
			archive->arena, archive->scratch);
	if (code == STEMMA_OK)
		return STEMMA_EXIT_SAME;
	/* It is stored all the same, so that much must be said. */
	return stemma_trouble_code("stored, but the revision before it cannot "
				   "be read",
		code, &error);
}

/* Which story the file is a revision of, and what else its text tells. */
static int
describe(struct job *job)
{
	const struct track_settings *settings = job->settings;
	struct stemma_arena *arena = job->archive->arena;

	job->entry.bytes = job->input.bytes;
	job->entry.suffix = stemma_track_suffix(job->file);
	if (!settings->title &&
		stemma_track_title(&job->entry.title, job->input.bytes, arena,
			job->archive->scratch) != STEMMA_OK)
		return stemma_trouble("out of memory");
	if (settings->story)
		return STEMMA_EXIT_SAME;
	job->entry.story = strcmp(job->file, "-") ? stemma_track_name(job->file)
						  : job->entry.title;
	if (job->entry.story.size)
		return STEMMA_EXIT_SAME;
	return stemma_trouble("%s: nothing to name the story after; --story "
			      "names it",
		job->file);
}

static int
add(struct job *job)
{
	struct stemma_archive *archive = job->archive;
	struct stemma_error error = {0};
	enum stemma_code code;

	/* Half of one version and half of another is none. */
	if (stemma_input_verify(&job->input))
		return STEMMA_EXIT_TROUBLE;
	code = stemma_store_add(archive->store, &job->entry, &job->added,
		archive->scratch, &error);
	return code == STEMMA_OK ? STEMMA_EXIT_SAME
				 : stemma_trouble_code(job->file, code, &error);
}

/* Each line is out before the next file is read: what was said was done. */
static void
say(const struct job *job)
{
	struct stemma_out out = {
		.sink = stemma_output_sink, .cookie = job->output};

	if (job->settings->format == FORMAT_JSON)
		write_json(&out, job);
	else
		write_term(&out, job);
	stemma_out_finish(&out);
	stemma_out_free(&out);
}

static int
track_file(struct job *job)
{
	struct stemma_mark mark = stemma_arena_mark(job->archive->arena);
	int trouble = stemma_input_read(&job->input, job->file);

	if (trouble)
		return trouble;
	trouble = describe(job);
	if (!trouble)
		trouble = add(job);
	if (!trouble) {
		trouble = tell_change(job);
		say(job);
	}
	stemma_input_close(&job->input);
	stemma_arena_rewind(job->archive->arena, mark);
	return trouble;
}

/* KEY=VALUE */
static int
read_note(struct stemma_note *note, const char *text)
{
	const char *equals = strchr(text, '=');

	if (!equals || equals == text)
		return stemma_trouble(
			"--meta cannot be '%s'; it is KEY=VALUE", text);
	note->key = (struct stemma_view){text, (size_t)(equals - text)};
	note->value = stemma_view_of(equals + 1);
	return STEMMA_EXIT_SAME;
}

/* What the options say of all files. */
static int
read_entry(struct stemma_entry *entry, const struct track_settings *settings,
	struct stemma_note *notes)
{
	int64_t first;

	*entry = (struct stemma_entry){
		.story = stemma_view_of(settings->story ? settings->story : ""),
		.title = stemma_view_of(settings->title ? settings->title : ""),
		.source = stemma_view_of(
			settings->source ? settings->source : ""),
		.type = stemma_view_of(settings->type ? settings->type : ""),
		.notes = notes,
		.note_count = settings->notes.count,
		.dated = settings->date != NULL};
	if (settings->story && !*settings->story)
		return stemma_trouble("--story: a story has a name");
	for (size_t k = 0; k < settings->notes.count; k++)
		if (read_note(&notes[k], settings->notes.items[k]))
			return STEMMA_EXIT_TROUBLE;
	if (settings->date &&
		stemma_time_read(&first, &entry->date,
			stemma_view_of(settings->date)) != STEMMA_OK)
		return stemma_trouble(
			"--date cannot be '%s'; it is a date "
			"like 2025-03-08 or 2025-03-08T14:05Z, from "
			"1970 on",
			settings->date);
	if (settings->date)
		entry->date = first;
	return STEMMA_EXIT_SAME;
}

/* Two files of one name in one go would silently become one story. */
static bool
is_named_twice(const struct track_settings *settings, char **files, size_t k)
{
	struct stemma_view name = stemma_track_name(files[k]);

	for (size_t i = 0; i < k && !settings->story; i++)
		if (strcmp(files[i], files[k]) &&
			stemma_view_equal(stemma_track_name(files[i]), name)) {
			stemma_trouble("%s: would be the same story as %s; "
				       "--story names it",
				files[k], files[i]);
			return true;
		}
	return false;
}

/* One after the other; trouble with one does not stop the others. */
static int
track_files(const struct track_settings *settings,
	struct stemma_archive *archive, const struct stemma_entry *entry,
	char **files, size_t count)
{
	struct stemma_output output;
	int status = stemma_output_open(&output, NULL);

	for (size_t k = 0; k < count && !output.error; k++) {
		struct job job = {.settings = settings,
			.archive = archive,
			.output = &output,
			.entry = *entry,
			.file = files[k]};

		if (is_named_twice(settings, files, k) || track_file(&job))
			status = STEMMA_EXIT_TROUBLE;
	}
	if (stemma_output_close(&output, STEMMA_OK))
		status = STEMMA_EXIT_TROUBLE;
	return status;
}

static int
track_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	struct stemma_note notes[STEMMA_TEXTS_MAX];
	const struct track_settings *track = settings;
	struct stemma_archive_settings where = track->archive;
	struct stemma_entry entry;
	struct stemma_archive archive;
	int status = STEMMA_EXIT_SAME;

	(void)command;
	if (stemma_input_once(operands, count) ||
		read_entry(&entry, track, notes))
		return STEMMA_EXIT_TROUBLE;
	where.sign = track->sign;
	if (stemma_archive_open(&archive, &where, true)) {
		stemma_archive_close(&archive);
		return STEMMA_EXIT_TROUBLE;
	}
	if (archive.made)
		stemma_trouble("made the archive %s", archive.path);
	if (track_files(track, &archive, &entry, operands, count))
		status = STEMMA_EXIT_TROUBLE;
	stemma_archive_close(&archive);
	return status;
}

static const struct stemma_word_choice format_words[] = {
	{"term", "for people: a line a file", FORMAT_TERM},
	{"json", "for programs: a stemma.track/1 document a file", FORMAT_JSON},
	{0},
};

static const struct stemma_word_choice type_words[] = {
	{"text/plain", "text alone, as in most files", 0},
	{"text/html", "a page of the web", 0},
	{"text/markdown", "text with Markdown's marks", 0},
	{0},
};

#define AT(field) offsetof(struct track_settings, field)

static const struct stemma_option track_options[] = {
	{.name = "story",
		.value = STEMMA_VALUE_STORY,
		.metavar = "NAME",
		.help = "the story that the files are revisions of. Without "
			"it: each file's name without folder and suffix",
		.at = AT(story)},
	{.name = "source",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "URL",
		.help = "where the text was found",
		.at = AT(source)},
	{.name = "date",
		.value = STEMMA_VALUE_TIME,
		.metavar = "TIME",
		.help = "when it was found: 2025-03-08, 2025-03-08T14:05Z. "
			"Without it: now",
		.at = AT(date)},
	{.name = "title",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "TEXT",
		.help = "its title. Without it: the text's headline",
		.at = AT(title)},
	{.name = "type",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "TYPE",
		.help = "the media type of the bytes",
		.words = type_words,
		.at = AT(type)},
	{.name = "meta",
		.letter = 'm',
		.value = STEMMA_VALUE_TEXTS,
		.metavar = "KEY=VALUE",
		.help = "anything else to keep with it; repeatable",
		.at = AT(notes)},
	{.name = "sign",
		.value = STEMMA_VALUE_FLAG,
		.help = "sign the revision, as git's settings user.signingKey "
			"and gpg.format say",
		.at = AT(sign)},
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "say what happened",
		.words = format_words,
		.at = AT(format)},
	{0},
};

static const struct stemma_operand track_operands[] = {
	{.name = "FILE",
		.value = STEMMA_VALUE_ARTICLE,
		.suffixes = "txt md html",
		.help = "a text, or - for standard input",
		.repeats = true},
	{0},
};

static const struct stemma_option_group track_groups[] = {
	{"What is kept", track_options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example track_examples[] = {
	{"stemma track article.txt", "keep it as a revision of 'article'"},
	{"stemma track --story=iran/talks --date=2025-03-08 old.txt",
		"say which story, and from when it is"},
	{0},
};

const struct stemma_command stemma_track_command = {
	.name = "track",
	.title = "stemma track",
	.summary = "keep a version of a text as a revision of its story",
	.about = "Keeps the bytes of each FILE in an archive, as the newest "
		 "revision of a story, unless the story has them already. "
		 "What happened is said in a line a file.",
	.operands = track_operands,
	.groups = track_groups,
	.examples = track_examples,
	.exits = "Exit status: 0 if every file is kept, now or already, 2 if "
		 "any could not be; the others are.",
	.settings_size = sizeof(struct track_settings),
	.run = track_run,
};
