/*
 * stemma compare --all: every change of an archive, a line of JSON each.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma.h>

#include "article.h"
#include "compare.h"
#include "cursor.h"
#include "stories.h"
#include "trouble.h"

/* Everything the stream needs; all zeros is nothing yet. */
struct stream {
	const struct stemma_compare_settings *settings;
	struct stemma_archive archive;
	struct stemma_arena *arena; /* of one comparison */
	struct stemma_outline_options stories[2];
	int64_t since;
	struct stemma_cursor cursor;
	struct stemma_output output;
	struct stemma_out out;
	bool damaged; /* something could not be read, and was told */
};

/* ---- one change --------------------------------------------------------- */

static void
write_member(struct stemma_out *out, const char *name, struct stemma_view value)
{
	stemma_out_format(out, ",\"%s\":", name);
	stemma_out_json(out, value);
}

static void
write_revision(struct stemma_out *out, const struct stemma_revision *before,
	const struct stemma_revision *after, struct stemma_view story)
{
	char commit[41], date[STEMMA_TIME_SIZE];

	stemma_id_hex(commit, &after->commit);
	stemma_time_write(date, after->retrieved);
	stemma_out_string(out, "{\"format\":\"stemma.change/1\"");
	write_member(out, "story", story);
	stemma_out_format(out, ",\"revision\":%u,\"before\":%u", after->number,
		before->number);
	write_member(out, "commit", stemma_view_of(commit));
	write_member(out, "date", stemma_view_of(date));
	write_member(out, "source", after->source);
	write_member(out, "title", after->title);
	stemma_out_string(out, ",\"compare\":");
}

/* The document of the comparison, without the line's end. */
static enum stemma_code
write_comparison(struct stream *stream, const struct stemma_doc docs[2],
	struct stemma_out *out)
{
	const struct stemma_compare_settings *settings = stream->settings;
	struct stemma_compare_options options = {
		.stories = {&stream->stories[STEMMA_OLD],
			&stream->stories[STEMMA_NEW]},
		.ignore = settings->ignore,
		.budget = settings->budget,
		.reading = STEMMA_READ_ALL};
	struct stemma_render_options shown = {
		.names = {settings->names[STEMMA_OLD],
			settings->names[STEMMA_NEW]}};
	struct stemma_arena *scratch = stream->archive.scratch;
	struct stemma_comparison comparison;
	enum stemma_code code = stemma_comparison_make(&comparison, &docs[0],
		&docs[1], &options, stream->arena, scratch);

	if (code == STEMMA_OK)
		code = stemma_render_json(out, &comparison, &shown, scratch);
	if (code == STEMMA_OK)
		out->size--;
	return code;
}

static enum stemma_code
split(struct stream *stream, struct stemma_doc *doc, int side,
	const struct stemma_revision *revision, struct stemma_error *error)
{
	const struct stemma_compare_settings *settings = stream->settings;
	struct stemma_text_options options = {
		.layout = (enum stemma_layout)settings->article.layout,
		.unit = (enum stemma_unit_type)settings->unit};
	struct stemma_view bytes;
	enum stemma_code code = stemma_store_read(
		stream->archive.store, &bytes, revision, stream->arena, error);

	if (code == STEMMA_OK &&
		!stemma_article_encoding(&options.encoding,
			settings->article.encoding, side, stream->arena))
		code = STEMMA_NOMEM;
	if (code == STEMMA_OK)
		code = stemma_doc_split(
			doc, bytes, &options, stream->arena, error);
	return code;
}

/* The line of one change, complete or not at all. */
static enum stemma_code
write_change(struct stream *stream, const struct stemma_log *log, uint32_t k,
	struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(stream->arena);
	const struct stemma_revision *pair = &log->revisions[k - 1];
	struct stemma_out line = {0};
	struct stemma_doc docs[2];
	enum stemma_code code =
		split(stream, &docs[STEMMA_OLD], STEMMA_OLD, pair, error);

	if (code == STEMMA_OK)
		code = split(
			stream, &docs[STEMMA_NEW], STEMMA_NEW, pair + 1, error);
	if (code == STEMMA_OK) {
		write_revision(&line, pair, pair + 1, log->story);
		code = write_comparison(stream, docs, &line);
	}
	stemma_out_string(&line, "}\n");
	if (code == STEMMA_OK)
		code = stemma_out_finish(&line);
	if (code == STEMMA_OK)
		stemma_out_bytes(&stream->out, line.bytes, line.size);
	stemma_out_free(&line);
	stemma_arena_rewind(stream->arena, mark);
	return code;
}

/* ---- one story ---------------------------------------------------------- */

/* The revisions up to the head that was read before; an empty log if there was
   none, or if it is not there any more. */
static struct stemma_log
read_known(struct stream *stream, const struct stemma_name *name,
	const struct stemma_id *head)
{
	struct stemma_name then = *name;
	struct stemma_log known = {0};

	if (!head)
		return known;
	then.head = *head;
	if (stemma_store_log_name(stream->archive.store, &known, &then,
		    stream->archive.arena, stream->archive.scratch,
		    NULL) != STEMMA_OK)
		known = (struct stemma_log){0};
	return known;
}

static bool
is_same(const struct stemma_id *a, const struct stemma_id *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* Write the changes that were not told: those of new revisions, and those of
   old ones that have a new one before them now. Both logs are in order. */
static enum stemma_code
write_changes(struct stream *stream, const struct stemma_log *log,
	const struct stemma_log *known, struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	bool fresh = false, before_fresh;
	uint32_t at = 0;

	for (uint32_t k = 0; k < log->count && code == STEMMA_OK; k++) {
		const struct stemma_revision *revision = &log->revisions[k];

		before_fresh = fresh;
		fresh = at == known->count ||
			!is_same(&known->revisions[at].commit,
				&revision->commit);
		at += !fresh;
		if (k && (fresh || before_fresh) &&
			revision->date >= stream->since)
			code = write_change(stream, log, k, error);
	}
	return code;
}

/* What is written now is on its way, so the cursor may go on; a file is only
   there when all of it is. */
static int
pass_on(struct stream *stream)
{
	if (!stream->cursor.path || stream->output.target)
		return STEMMA_EXIT_SAME;
	if (stemma_out_finish(&stream->out) != STEMMA_OK)
		return STEMMA_EXIT_TROUBLE;
	return stemma_cursor_save(&stream->cursor);
}

/* By the story's name, if its key is one. */
static void
tell_damage(struct stemma_archive *archive, struct stemma_view key,
	enum stemma_code code, const struct stemma_error *error)
{
	struct stemma_view name;
	const char *story;

	if (stemma_key_read(&name, key, archive->arena) != STEMMA_OK)
		name = key;
	story = stemma_arena_string(archive->arena, name);
	stemma_trouble_code(story ? story : archive->path, code, error);
}

/* A story that is damaged is told, and passed over. */
static int
tell_story(struct stream *stream, const struct stemma_name *name)
{
	const struct stemma_id *head =
		stemma_cursor_find(&stream->cursor, name->key);
	struct stemma_archive *archive = &stream->archive;
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	struct stemma_error error = {0};
	struct stemma_log log, known;
	enum stemma_code code;
	int trouble = STEMMA_EXIT_SAME;

	if (head && is_same(head, &name->head))
		return STEMMA_EXIT_SAME;
	code = stemma_store_log_name(archive->store, &log, name, archive->arena,
		archive->scratch, &error);
	if (code == STEMMA_OK) {
		known = read_known(stream, name, head);
		code = write_changes(stream, &log, &known, &error);
	}
	if (code != STEMMA_OK) {
		tell_damage(archive, name->key, code, &error);
		stream->damaged = true;
	} else {
		stemma_cursor_move(&stream->cursor, name->key, &name->head);
		trouble = pass_on(stream);
	}
	stemma_arena_rewind(archive->arena, mark);
	return trouble ? trouble : (int)stream->out.code;
}

/* ---- the archive -------------------------------------------------------- */

static int
open_stream(struct stream *stream)
{
	const struct stemma_compare_settings *settings = stream->settings;
	int64_t last;

	if (settings->since &&
		stemma_time_read(&stream->since, &last,
			stemma_view_of(settings->since)) != STEMMA_OK)
		return stemma_trouble(
			"--since cannot be '%s'; it is a date, "
			"such as 2025-03-08, or a time, from 1970 "
			"on",
			settings->since);
	if (stemma_archive_open(&stream->archive, &settings->archive, false))
		return STEMMA_EXIT_TROUBLE;
	stream->arena = stemma_arena_new(0);
	if (!stream->arena)
		return stemma_trouble("out of memory");
	if (stemma_stories_read_pair(
		    stream->stories, settings->stories, stream->archive.arena))
		return STEMMA_EXIT_TROUBLE;
	if (settings->cursor &&
		stemma_cursor_open(&stream->cursor, settings->cursor,
			stream->archive.arena))
		return STEMMA_EXIT_TROUBLE;
	return stemma_output_begin(
		&stream->output, &stream->out, &settings->output);
}

static int
tell_stories(struct stream *stream)
{
	struct stemma_error error = {0};
	struct stemma_name *names;
	enum stemma_code code;
	size_t count;
	int trouble = STEMMA_EXIT_SAME;

	code = stemma_names_list(&names, &count, stream->archive.path,
		(struct stemma_view){"", 0}, 0, stream->archive.arena, &error);
	if (code != STEMMA_OK) {
		stemma_trouble_code(stream->archive.path, code, &error);
		return stemma_output_cancel(&stream->output);
	}
	for (size_t k = 0; k < count && !trouble; k++)
		trouble = tell_story(stream, &names[k]);
	code = stemma_out_finish(&stream->out);
	if (stemma_output_close(&stream->output, code))
		return STEMMA_EXIT_TROUBLE;
	return trouble ? STEMMA_EXIT_TROUBLE
		       : stemma_cursor_save(&stream->cursor);
}

int
stemma_compare_all(const struct stemma_compare_settings *settings)
{
	struct stream stream = {.settings = settings};
	int trouble = open_stream(&stream);

	if (!trouble)
		trouble = tell_stories(&stream);
	if (!trouble && stream.damaged)
		trouble = STEMMA_EXIT_TROUBLE;
	stemma_out_free(&stream.out);
	stemma_cursor_close(&stream.cursor);
	stemma_arena_free(stream.arena);
	stemma_archive_close(&stream.archive);
	return trouble;
}

#define AT(field) offsetof(struct stemma_compare_settings, field)

const struct stemma_option stemma_compare_options_all[] = {
	{.name = "all",
		.value = STEMMA_VALUE_FLAG,
		.help = "write every change of every story, a line of "
			"stemma.change/1 each; there are no operands then, and "
			"the format is ndjson",
		.no_operands = true,
		.at = AT(all)},
	{.name = "since",
		.value = STEMMA_VALUE_SINCE,
		.metavar = "DATE",
		.help = "of these, what was retrieved from DATE on",
		.only_with = "all",
		.at = AT(since)},
	{.name = "cursor",
		.value = STEMMA_VALUE_FILE,
		.metavar = "FILE",
		.help = "remember in FILE what was written, and go on behind "
			"it the next time",
		.only_with = "all",
		.at = AT(cursor)},
	{0},
};
