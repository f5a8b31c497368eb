/*
 * stemma log STORY: its revisions, and what each of them changed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"
#include "commands.h"
#include "log_cache.h"
#include "log_prov.h"
#include "output.h"
#include "pager.h"
#include "terminal.h"
#include "trouble.h"

enum { FORMAT_TERM, FORMAT_JSON, FORMAT_PROV };

struct log_settings {
	bool patch;
	bool digest;
	const char *since;
	uint64_t most; /* 0: all */
	unsigned format;
	struct stemma_terminal_settings terminal;
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

struct job {
	const struct log_settings *settings;
	struct stemma_archive archive;
	struct stemma_log log;
	struct stemma_told *told; /* by revision, from 0 */
	uint32_t first;           /* the oldest to tell, from 0 */
	struct stemma_render_options render;
	struct stemma_out *out;
};

static void
put_style(struct job *job, const char *sgr)
{
	if (job->render.color)
		stemma_out_string(job->out, sgr);
}

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

/* "812 B", "2.5 kB", "1.2 MB" */
static void
write_size(struct stemma_out *out, uint64_t size)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	uint64_t tenths = size * 10;
	size_t unit = 0;

	if (size < 1000) {
		stemma_out_format(out, "%u B", (unsigned)size);
		return;
	}
	for (tenths /= 1000; tenths >= 10000 && unit < 3; unit++)
		tenths /= 1000;
	stemma_out_format(out, "%u.%u %s", (unsigned)(tenths / 10),
		(unsigned)(tenths % 10), units[unit]);
}

/* A line of its own, under the revision's first. */
static void
write_under(struct job *job, struct stemma_view text, bool dim)
{
	if (!text.size)
		return;
	stemma_out_string(job->out, "      ");
	if (dim)
		put_style(job, DIM);
	stemma_out_visible(job->out, text);
	if (dim)
		put_style(job, PLAIN);
	stemma_out_char(job->out, '\n');
}

static void
write_digest(struct job *job, const struct stemma_told *told)
{
	if (!told->line_count)
		return;
	if (job->settings->digest) {
		for (size_t k = 0; k < told->line_count; k++)
			write_under(job, told->lines[k], false);
		return;
	}
	stemma_out_string(job->out, "      ");
	stemma_change_write(job->out, told);
	stemma_out_char(job->out, '\n');
}

/* The annotated difference to the revision before. */
static int
write_patch(struct job *job, uint32_t k)
{
	struct stemma_arena *own = stemma_arena_new(0);
	const struct stemma_compare_options options = {
		.reading = STEMMA_READ_CHANGED};
	struct stemma_error error = {0};
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	enum stemma_code code = own ? STEMMA_OK : STEMMA_NOMEM;

	for (size_t side = 0; side < 2 && code == STEMMA_OK; side++) {
		struct stemma_view bytes;

		code = stemma_store_read(job->archive.store, &bytes,
			&job->log.revisions[k - 1 + side], own, &error);
		if (code == STEMMA_OK)
			code = stemma_doc_split(
				&docs[side], bytes, NULL, own, &error);
	}
	if (code == STEMMA_OK)
		code = stemma_comparison_make(&comparison, &docs[0], &docs[1],
			&options, own, job->archive.scratch);
	if (code == STEMMA_OK) {
		stemma_out_char(job->out, '\n');
		code = stemma_render_term(job->out, &comparison, &job->render,
			job->archive.scratch);
		stemma_out_char(job->out, '\n');
	}
	stemma_arena_free(own);
	if (code == STEMMA_OK || code == job->out->code)
		return STEMMA_EXIT_SAME;
	return stemma_trouble_code("log", code, &error);
}

/*
 * "   3  2025-03-08 14:05  17.6 kB" and what it changed under that; title and
 * source where they are not those of the revision before.
 */
static int
write_revision(struct job *job, uint32_t k)
{
	const struct stemma_revision *revision = &job->log.revisions[k];
	const struct stemma_revision *before = k ? revision - 1 : NULL;
	char time[STEMMA_TIME_SIZE];

	stemma_time_write(time, revision->retrieved);
	put_style(job, BOLD);
	stemma_out_format(job->out, "%4lu", (unsigned long)revision->number);
	put_style(job, PLAIN);
	stemma_out_format(job->out, "  %.10s %.5s  ", time, time + 11);
	put_style(job, DIM);
	write_size(job->out, revision->size);
	put_style(job, PLAIN);
	stemma_out_char(job->out, '\n');
	if (!before || !stemma_view_equal(before->title, revision->title))
		write_under(job, revision->title, false);
	if (!before || !stemma_view_equal(before->source, revision->source))
		write_under(job, revision->source, true);
	write_digest(job, &job->told[k]);
	return job->settings->patch && k ? write_patch(job, k)
					 : STEMMA_EXIT_SAME;
}

/* Newest first. */
static int
write_term(struct job *job)
{
	int trouble = STEMMA_EXIT_SAME;

	put_style(job, BOLD);
	stemma_out_visible(job->out, job->log.story);
	put_style(job, PLAIN);
	stemma_out_format(job->out, "  %lu revision%s\n",
		(unsigned long)job->log.count, job->log.count == 1 ? "" : "s");
	for (uint32_t k = job->log.count; k-- > job->first && !trouble;)
		trouble = write_revision(job, k);
	return trouble;
}

static void
write_json_text(
	struct stemma_out *out, const char *name, struct stemma_view text)
{
	stemma_out_format(out, ",\"%s\":", name);
	stemma_out_json(out, text);
}

static void
write_json_stats(struct stemma_out *out, const struct stemma_stats *stats)
{
	stemma_out_string(out, ",\"stats\":{");
	for (int op = 0; op < STEMMA_OP_COUNT; op++)
		stemma_out_format(out, "\"%s\":%lu,",
			stemma_op_name((enum stemma_op)op),
			(unsigned long)stats->units[op]);
	stemma_out_format(out,
		"\"moved\":%lu,\"words_added\":%llu,\"words_removed\":%llu,"
		"\"changes\":%lu}",
		(unsigned long)stats->moved,
		(unsigned long long)stats->words_added,
		(unsigned long long)stats->words_removed,
		(unsigned long)stats->changes);
}

static void
write_json_revision(struct job *job, uint32_t k)
{
	const struct stemma_revision *revision = &job->log.revisions[k];
	struct stemma_out *out = job->out;
	char date[STEMMA_TIME_SIZE], retrieved[STEMMA_TIME_SIZE], commit[41];

	stemma_time_write(date, revision->date);
	stemma_time_write(retrieved, revision->retrieved);
	stemma_id_hex(commit, &revision->commit);
	stemma_out_format(out,
		"{\"number\":%lu,\"commit\":\"%s\",\"date\":\"%s\","
		"\"retrieved\":\"%s\"",
		(unsigned long)revision->number, commit, date, retrieved);
	write_json_text(out, "source", revision->source);
	write_json_text(out, "title", revision->title);
	write_json_text(out, "sha256", revision->sha256);
	stemma_out_format(
		out, ",\"bytes\":%llu", (unsigned long long)revision->size);
	write_json_stats(out, &job->told[k].stats);
	stemma_out_string(out, ",\"digest\":");
	stemma_change_write_json(out, &job->told[k]);
	stemma_out_char(out, '}');
}

/* Oldest first. */
static int
write_json(struct job *job)
{
	stemma_out_string(job->out, "{\"format\":\"stemma.log/1\",\"story\":");
	stemma_out_json(job->out, job->log.story);
	stemma_out_string(job->out, ",\"revisions\":[");
	for (uint32_t k = job->first; k < job->log.count; k++) {
		if (k > job->first)
			stemma_out_char(job->out, ',');
		write_json_revision(job, k);
	}
	stemma_out_string(job->out, "]}\n");
	return STEMMA_EXIT_SAME;
}

/* Which revision to start at. */
static int
find_first(struct job *job)
{
	const struct log_settings *settings = job->settings;
	int64_t since, last;

	if (settings->since) {
		if (stemma_time_read(&since, &last,
			    stemma_view_of(settings->since)) != STEMMA_OK)
			return stemma_trouble(
				"--since cannot be '%s'; it is a "
				"date like 2025-03-08, from 1970 on",
				settings->since);
		while (job->first < job->log.count &&
			job->log.revisions[job->first].date < since)
			job->first++;
	}
	if (settings->most && job->log.count - job->first > settings->most)
		job->first = job->log.count - (uint32_t)settings->most;
	return STEMMA_EXIT_SAME;
}

static int
write_prov(struct job *job)
{
	stemma_log_prov_write(job->out, &job->log, job->first);
	return STEMMA_EXIT_SAME;
}

static int
write_log(struct job *job)
{
	static int (*const writers[])(struct job *) = {
		[FORMAT_TERM] = write_term,
		[FORMAT_JSON] = write_json,
		[FORMAT_PROV] = write_prov};
	const struct log_settings *settings = job->settings;
	bool term = settings->format == FORMAT_TERM;
	struct stemma_output output;
	struct stemma_out out;
	int trouble;

	if (stemma_output_begin(&output, &out, &settings->output))
		return STEMMA_EXIT_TROUBLE;
	job->out = &out;
	job->render.context = 1;
	job->render.color =
		stemma_terminal_color(&settings->terminal, output.fd);
	job->render.width =
		stemma_terminal_width(&settings->terminal, output.fd);
	if (term)
		stemma_pager_start(&output);
	trouble = writers[settings->format](job);
	trouble = trouble ? stemma_output_drop(&output, &out)
			  : stemma_output_end(&output, &out, STEMMA_OK);
	job->out = NULL;
	return trouble;
}

/* What an earlier log of this story left, if that is all that is asked for. */
static bool
recall(struct job *job, const char *story)
{
	struct stemma_archive *archive = &job->archive;

	archive->arena = stemma_arena_new(0);
	if (archive->arena && !job->settings->patch)
		archive->path = stemma_archive_path(
			&job->settings->archive, archive->arena);
	if (archive->path &&
		stemma_log_recall(&job->log, &job->told, archive->path,
			stemma_view_of(story), archive->arena))
		return true;
	stemma_archive_close(archive);
	return false;
}

static int
log_run(const struct stemma_command *command, const void *settings,
	char **operands, size_t count)
{
	struct job job = {.settings = settings};
	bool recalled = recall(&job, operands[0]);
	int trouble = 0;

	(void)command;
	(void)count;
	if (!recalled)
		trouble = stemma_archive_open(
			&job.archive, &job.settings->archive, false);
	if (!trouble && !recalled)
		trouble = stemma_archive_log(
			&job.archive, &job.log, stemma_view_of(operands[0]));
	if (!trouble)
		trouble = find_first(&job);
	if (!trouble && !recalled && job.settings->format != FORMAT_PROV)
		trouble = stemma_log_changes(&job.archive, &job.log, &job.told);
	if (!trouble)
		trouble = write_log(&job);
	stemma_archive_close(&job.archive);
	return trouble;
}

#define AT(field) offsetof(struct log_settings, field)

static const struct stemma_word_choice format_words[] = {
	{"term", "for people, the newest first", FORMAT_TERM},
	{"json", "for programs: one stemma.log/1 document, the oldest first",
		FORMAT_JSON},
	{"prov", "W3C PROV-JSON: who retrieved what when, and what of what",
		FORMAT_PROV},
	{0},
};

static const struct stemma_option log_options[] = {
	{.name = "patch",
		.letter = 'p',
		.value = STEMMA_VALUE_FLAG,
		.help = "show what each revision changed, as compare does",
		.at = AT(patch)},
	{.name = "digest",
		.letter = 'd',
		.value = STEMMA_VALUE_FLAG,
		.help = "the digest of each change over several lines",
		.at = AT(digest)},
	{.name = "since",
		.value = STEMMA_VALUE_SINCE,
		.metavar = "TIME",
		.help = "only revisions from then on",
		.at = AT(since)},
	{.name = "max-count",
		.letter = 'n',
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "N",
		.help = "no more than the newest N",
		.least = 1,
		.at = AT(most)},
	{.name = "format",
		.letter = 'f',
		.value = STEMMA_VALUE_CHOICE,
		.metavar = "FORMAT",
		.help = "write the log",
		.words = format_words,
		.at = AT(format)},
	{0},
};

static const struct stemma_operand log_operands[] = {
	{.name = "STORY",
		.value = STEMMA_VALUE_STORY,
		.help = "the story's name"},
	{0},
};

static const struct stemma_option_group log_groups[] = {
	{"What is told", log_options, 0},
	{"What is told", stemma_terminal_options, AT(terminal)},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Where it goes", stemma_pager_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_example log_examples[] = {
	{"stemma log talks", "what happened to the story, newest first"},
	{"stemma log --patch --since=2025-03-08 talks",
		"with every change since that day"},
	{0},
};

const struct stemma_command stemma_log_command = {
	.name = "log",
	.title = "stemma log",
	.summary = "tell a story's revisions and what each of them changed",
	.about = "Tells each revision's number, time, size, title, source and "
		 "what it changed against the one before it.",
	.operands = log_operands,
	.groups = log_groups,
	.examples = log_examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct log_settings),
	.run = log_run,
};
