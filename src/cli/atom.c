/*
 * stemma feed STORY, stemma feed --all: revisions as an Atom feed.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "commands.h"
#include "log_cache.h"
#include "output.h"
#include "trouble.h"
#include "version.h"

struct settings {
	bool all;
	uint64_t most;
	const char *since;
	const char *self;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

/* A story of the feed. */
struct story {
	struct stemma_log log;
	struct stemma_told *told; /* by revision, from 0 */
};

/* A revision that is to be told, by story and number. */
struct item {
	int64_t date;
	size_t story;
	uint32_t revision; /* from 0 */
};

struct job {
	const struct settings *settings;
	struct stemma_archive archive;
	struct story *stories;
	size_t story_count;
	struct item *items; /* the newest first */
	size_t item_count;
	int64_t since;
	bool damaged; /* a story could not be read */
	struct stemma_out *out;
};

static int
out_of_memory(void)
{
	return stemma_trouble("out of memory");
}

/* The newest first; of one time the later revision, then by story. */
static int
by_date(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->date != y->date)
		return x->date < y->date ? 1 : -1;
	if (x->story != y->story)
		return x->story > y->story ? 1 : -1;
	return (x->revision < y->revision) - (x->revision > y->revision);
}

/* ---- which stories ------------------------------------------------------- */

static int
add_story(struct job *job, const struct stemma_log *log)
{
	struct story *story = &job->stories[job->story_count];

	story->log = *log;
	if (stemma_log_changes(&job->archive, log, &story->told))
		return STEMMA_EXIT_TROUBLE;
	job->story_count++;
	return STEMMA_EXIT_SAME;
}

/* Say why a story is not told, and go on with the others. */
static void
pass_over(struct job *job, struct stemma_view key, enum stemma_code code,
	const struct stemma_error *error)
{
	const char *name = stemma_arena_string(job->archive.arena, key);

	stemma_trouble_code(name ? name : "feed", code, error);
	job->damaged = true;
}

/* Only the stories whose heads are the newest can have revisions among the
   newest of all: no other is read further than its head. */
static int
find_newest(struct job *job, const struct stemma_name *names, size_t count,
	struct item **heads, size_t *head_count)
{
	struct stemma_archive *archive = &job->archive;
	size_t most = job->settings->most;

	*heads = stemma_arena_alloc(archive->arena, count, sizeof **heads);
	*head_count = 0;
	if (!*heads)
		return out_of_memory();
	for (size_t k = 0; k < count; k++) {
		struct stemma_mark mark = stemma_arena_mark(archive->arena);
		struct stemma_error error = {0};
		struct stemma_revision head;
		enum stemma_code code = stemma_store_describe(archive->store,
			&head, &names[k].head, archive->arena, &error);

		if (code == STEMMA_OK)
			(*heads)[(*head_count)++] =
				(struct item){.date = head.date, .story = k};
		else
			pass_over(job, names[k].key, code, &error);
		stemma_arena_rewind(archive->arena, mark);
	}
	qsort(*heads, *head_count, sizeof **heads, by_date);
	if (*head_count > most)
		*head_count = most;
	return STEMMA_EXIT_SAME;
}

static int
find_all(struct job *job)
{
	struct stemma_archive *archive = &job->archive;
	struct stemma_error error = {0};
	struct stemma_name *names;
	struct item *heads;
	size_t count, head_count;
	enum stemma_code code = stemma_names_list(&names, &count, archive->path,
		(struct stemma_view){NULL, 0}, 0, archive->arena, &error);

	if (code != STEMMA_OK)
		return stemma_trouble_code(archive->path, code, &error);
	if (find_newest(job, names, count, &heads, &head_count))
		return STEMMA_EXIT_TROUBLE;
	job->stories = stemma_arena_alloc(
		archive->arena, head_count, sizeof *job->stories);
	if (!job->stories)
		return out_of_memory();
	for (size_t k = 0; k < head_count; k++) {
		struct stemma_log log;

		code = stemma_store_log_name(archive->store, &log,
			&names[heads[k].story], archive->arena,
			archive->scratch, &error);
		if (code != STEMMA_OK)
			pass_over(job, names[heads[k].story].key, code, &error);
		else if (add_story(job, &log))
			return STEMMA_EXIT_TROUBLE;
	}
	return STEMMA_EXIT_SAME;
}

static int
find_one(struct job *job, const char *name)
{
	struct stemma_log log;

	job->stories =
		stemma_arena_alloc(job->archive.arena, 1, sizeof *job->stories);
	if (!job->stories)
		return out_of_memory();
	return stemma_archive_log(&job->archive, &log, stemma_view_of(name)) ||
			       add_story(job, &log)
		       ? STEMMA_EXIT_TROUBLE
		       : STEMMA_EXIT_SAME;
}

/* The newest revisions of all these stories. */
static int
find_items(struct job *job)
{
	size_t count = 0;

	for (size_t k = 0; k < job->story_count; k++)
		count += job->stories[k].log.count;
	job->items = stemma_arena_alloc(
		job->archive.arena, count, sizeof *job->items);
	if (!job->items)
		return out_of_memory();
	for (size_t k = 0; k < job->story_count; k++) {
		const struct stemma_log *log = &job->stories[k].log;

		for (uint32_t r = 0; r < log->count; r++)
			if (log->revisions[r].date >= job->since)
				job->items[job->item_count++] = (struct item){
					log->revisions[r].date, k, r};
	}
	qsort(job->items, job->item_count, sizeof *job->items, by_date);
	if (job->item_count > job->settings->most)
		job->item_count = job->settings->most;
	return STEMMA_EXIT_SAME;
}

/* ---- the feed ------------------------------------------------------------ */

/* Room for a UUID as an IRI. */
#define IRI_SIZE 48

/* A name that is made of a hash, as RFC 4122 has it (version 5). */
static void
write_iri(char iri[IRI_SIZE], const unsigned char hash[16])
{
	unsigned char b[16];

	memcpy(b, hash, sizeof b);
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x50);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(iri, IRI_SIZE,
		"urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
		"%02x%02x%02x%02x%02x%02x",
		b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
		b[10], b[11], b[12], b[13], b[14], b[15]);
}

/* Of the story, or of the archive that the collector has. */
static void
write_feed_iri(char iri[IRI_SIZE], const struct job *job)
{
	unsigned char hash[32];
	struct stemma_out name = {0};

	stemma_out_string(&name, "stemma feed ");
	stemma_out_string(&name, stemma_store_collector(job->archive.store));
	if (!job->settings->all) {
		stemma_out_char(&name, ' ');
		stemma_out_view(&name, job->stories[0].log.story);
	}
	stemma_sha256(hash, (struct stemma_view){name.bytes, name.size});
	stemma_out_free(&name);
	write_iri(iri, hash);
}

static enum stemma_code
read_doc(struct job *job, struct stemma_doc *doc,
	const struct stemma_revision *revision, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_view bytes;
	enum stemma_code code = stemma_store_read(
		job->archive.store, &bytes, revision, arena, error);

	return code == STEMMA_OK
		       ? stemma_doc_split(doc, bytes, NULL, arena, error)
		       : code;
}

static enum stemma_code
write_entry(struct job *job, const struct item *item,
	struct stemma_arena *arena, struct stemma_error *error)
{
	const struct stemma_compare_options options = {
		.reading = STEMMA_READ_CHANGED};
	const struct story *story = &job->stories[item->story];
	const struct stemma_revision *revision =
		&story->log.revisions[item->revision];
	const struct stemma_told *told = &story->told[item->revision];
	const struct stemma_history_change change = {
		told->stats, told->lines, told->line_count, true};
	struct stemma_page_version version;
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	char iri[IRI_SIZE];
	struct stemma_feed_entry entry = {.id = iri,
		.version = &version,
		.change = &change,
		.doc = &docs[STEMMA_NEW]};
	enum stemma_code code =
		read_doc(job, &docs[STEMMA_NEW], revision, arena, error);

	if (code == STEMMA_OK && item->revision) {
		entry.comparison = &comparison;
		code = read_doc(
			job, &docs[STEMMA_OLD], revision - 1, arena, error);
		if (code == STEMMA_OK)
			code = stemma_comparison_make(&comparison, &docs[0],
				&docs[1], &options, arena,
				job->archive.scratch);
	}
	if (code == STEMMA_OK && !stemma_version_describe(&version, &story->log,
					 revision, arena))
		code = STEMMA_NOMEM;
	if (code != STEMMA_OK)
		return code;
	write_iri(iri, revision->commit.bytes);
	return stemma_render_feed_entry(job->out, &entry, job->archive.scratch);
}

static int
write_feed(struct job *job)
{
	char iri[IRI_SIZE], date[STEMMA_TIME_SIZE];
	struct stemma_error error = {0};
	enum stemma_code code;

	write_feed_iri(iri, job);
	stemma_time_write(date, job->item_count ? job->items[0].date : 0);
	code = stemma_render_feed_start(job->out,
		job->settings->all ? stemma_view_of("All stories")
				   : job->stories[0].log.story,
		iri, date, job->settings->self);
	for (size_t k = 0; k < job->item_count && code == STEMMA_OK; k++) {
		struct stemma_arena *arena = stemma_arena_new(0);

		code = arena ? write_entry(job, &job->items[k], arena, &error)
			     : STEMMA_NOMEM;
		stemma_arena_free(arena);
	}
	if (code == STEMMA_OK)
		code = stemma_render_feed_end(job->out);
	/* What failed in writing is told by who writes. */
	if (code == STEMMA_OK || code == job->out->code)
		return STEMMA_EXIT_SAME;
	return stemma_trouble_code("feed", code, &error);
}

static int
feed(struct job *job)
{
	struct stemma_output output;
	struct stemma_out out;
	int trouble;

	if (stemma_output_begin(&output, &out, &job->settings->output))
		return STEMMA_EXIT_TROUBLE;
	job->out = &out;
	trouble = write_feed(job);
	job->out = NULL;
	return trouble ? stemma_output_drop(&output, &out)
		       : stemma_output_end(&output, &out, STEMMA_OK);
}

static bool
is_web(const char *address)
{
	return !strncmp(address, "https://", 8) ||
	       !strncmp(address, "http://", 7);
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings};
	const char *since = job.settings->since;
	int64_t last;
	int status;

	(void)command;
	if (!job.settings->all && !count)
		return stemma_trouble("of which story? For example: stemma "
				      "feed talks; or of all with --all");
	if (since && stemma_time_read(&job.since, &last,
			     stemma_view_of(since)) != STEMMA_OK)
		return stemma_trouble("--since cannot be '%s'; it is a date "
				      "like 2025-03-08, from 1970 on",
			since);
	if (job.settings->self && !is_web(job.settings->self))
		return stemma_trouble("--self cannot be '%s'; it is an address "
				      "like https://example.org/talks.atom",
			job.settings->self);
	status = stemma_archive_open(
		&job.archive, &job.settings->archive, false);
	if (!status)
		status = count ? find_one(&job, operands[0]) : find_all(&job);
	if (!status)
		status = find_items(&job);
	if (!status)
		status = feed(&job);
	stemma_archive_close(&job.archive);
	return job.damaged ? STEMMA_EXIT_TROUBLE : status;
}

#define AT(field) offsetof(struct settings, field)

static const struct settings defaults = {.most = 50};

static const struct stemma_option options[] = {
	{.name = "all",
		.letter = 'a',
		.value = STEMMA_VALUE_FLAG,
		.help = "of all stories",
		.no_operands = true,
		.at = AT(all)},
	{.name = "max-count",
		.letter = 'n',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "N",
		.help = "the newest N revisions, 50 by default",
		.least = 1,
		.most = UINT32_MAX,
		.at = AT(most)},
	{.name = "since",
		.value = STEMMA_VALUE_SINCE,
		.metavar = "TIME",
		.help = "only revisions from then on",
		.at = AT(since)},
	{.name = "self",
		.value = STEMMA_VALUE_TEXT,
		.metavar = "URL",
		.help = "the address at which the feed will be found, which "
			"feed readers want to know",
		.at = AT(self)},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "STORY",
		.value = STEMMA_VALUE_STORY,
		.help = "the story's name",
		.optional = true},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma feed talks", "what changed in a story, for a feed reader"},
	{"stemma feed --all --max-count=20 -o changes.atom",
		"the newest changes of all stories, into a file"},
	{0},
};

const struct stemma_command stemma_feed_command = {
	.name = "feed",
	.title = "stemma feed",
	.summary = "write an Atom feed of a story's revisions, or of all",
	.about = "Writes a feed for feed readers: an entry a revision, the "
		 "newest first, with the digest of what it changed and the "
		 "paragraphs that did.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble; stories that "
		 "cannot be read are named and left out.",
	.defaults = &defaults,
	.settings_size = sizeof(struct settings),
	.run = run,
};
