/*
 * stemma report STORY: one page for a browser that tells a story's history.
 *
 * SPDX-License-Identifier: MIT
 */
#include "commands.h"
#include "log_cache.h"
#include "output.h"
#include "past.h"
#include "trouble.h"
#include "version.h"

struct settings {
	uint64_t limit; /* of the pairs, in KiB */
	struct stemma_archive_settings archive;
	struct stemma_output_settings output;
};

struct job {
	const struct settings *settings;
	struct stemma_past past;
	struct stemma_blame blame;
	struct stemma_history history;
	struct stemma_out *out;
	uint64_t size; /* of the pairs that were written, in bytes */
	uint64_t left_out;
	bool full; /* they are as many as may be */
};

/* ---- what is told -------------------------------------------------------- */

static bool
describe(struct job *job)
{
	struct stemma_arena *arena = job->past.archive.arena;
	const struct stemma_log *log = &job->past.log;
	uint32_t count = job->blame.revision;
	struct stemma_page_version *versions =
		stemma_arena_alloc(arena, count, sizeof *versions);
	int64_t *times = stemma_arena_alloc(arena, count, sizeof *times);

	if (!versions || !times)
		return false;
	for (uint32_t k = 0; k < count; k++) {
		if (!stemma_version_describe(
			    &versions[k], log, &log->revisions[k], arena))
			return false;
		times[k] = log->revisions[k].date;
	}
	job->history.versions = versions;
	job->history.times = times;
	return true;
}

static enum stemma_code
tell_lives(struct job *job)
{
	struct stemma_arena *arena = job->past.archive.arena;
	size_t count = job->past.doc.unit_count;
	struct stemma_history_life *lives =
		stemma_arena_alloc(arena, count, sizeof *lives);
	enum stemma_code code = lives ? STEMMA_OK : STEMMA_NOMEM;

	for (size_t u = 0; u < count && code == STEMMA_OK; u++) {
		struct stemma_wording *wordings;

		code = stemma_trace_life(
			&wordings, &lives[u].count, job->past.trace, u, arena);
		lives[u].wordings = wordings;
	}
	job->history.lives = lives;
	return code;
}

static int
tell_changes(struct job *job)
{
	struct stemma_archive *archive = &job->past.archive;
	struct stemma_log log = job->past.log;
	struct stemma_history_change *changes;
	struct stemma_told *told;

	log.count = job->blame.revision;
	if (stemma_log_changes(archive, &log, &told))
		return STEMMA_EXIT_TROUBLE;
	changes =
		stemma_arena_alloc(archive->arena, log.count, sizeof *changes);
	if (!changes)
		return stemma_trouble("out of memory");
	for (uint32_t k = 0; k < log.count; k++)
		changes[k] = (struct stemma_history_change){
			told[k].stats, told[k].lines, told[k].line_count};
	job->history.changes = changes;
	return STEMMA_EXIT_SAME;
}

static int
gather(struct job *job)
{
	enum stemma_code code;

	if (stemma_past_blame(&job->past, &job->blame, true))
		return STEMMA_EXIT_TROUBLE;
	job->history.blame = &job->blame;
	code = describe(job) ? tell_lives(job) : STEMMA_NOMEM;
	if (code != STEMMA_OK)
		return stemma_trouble_code("report", code, NULL);
	return tell_changes(job);
}

/* ---- pairs --------------------------------------------------------------- */

/* Read and compare two revisions; all of it lives in `arena`. */
static enum stemma_code
compare(struct job *job, struct stemma_comparison *comparison,
	struct stemma_doc docs[2], const uint32_t revisions[2],
	struct stemma_arena *arena, struct stemma_error *error)
{
	const struct stemma_compare_options options = {
		.reading = STEMMA_READ_ALL};
	struct stemma_archive *archive = &job->past.archive;
	enum stemma_code code = STEMMA_OK;

	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		struct stemma_view bytes;

		code = stemma_store_read(archive->store, &bytes,
			&job->past.log.revisions[revisions[side] - 1], arena,
			error);
		if (code == STEMMA_OK)
			code = stemma_doc_split(
				&docs[side], bytes, NULL, arena, error);
	}
	if (code != STEMMA_OK)
		return code;
	return stemma_comparison_make(comparison, &docs[STEMMA_OLD],
		&docs[STEMMA_NEW], &options, arena, archive->scratch);
}

/* Write what was rendered, if there is room for it. */
static bool
take(struct job *job, const struct stemma_out *pair)
{
	if (job->size + pair->size > job->settings->limit << 10) {
		job->full = true;
		return false;
	}
	job->size += pair->size;
	stemma_out_bytes(job->out, pair->bytes, pair->size);
	return true;
}

/* A pair for which there is no room. */
static enum stemma_code
leave_out(struct job *job, uint32_t old, uint32_t new)
{
	job->left_out++;
	if (new != old + 1)
		return STEMMA_OK;
	return stemma_render_history_pair(job->out, &job->history, old, new,
		NULL, job->past.archive.scratch);
}

static enum stemma_code
write_pair(
	struct job *job, uint32_t old, uint32_t new, struct stemma_error *error)
{
	struct stemma_arena *arena;
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	struct stemma_out pair = {0};
	enum stemma_code code;

	if (job->full)
		return leave_out(job, old, new);
	arena = stemma_arena_new(0);
	if (!arena)
		return STEMMA_NOMEM;
	code = compare(
		job, &comparison, docs, (uint32_t[2]){old, new}, arena, error);
	if (code == STEMMA_OK)
		code = stemma_render_history_pair(&pair, &job->history, old,
			new, &comparison, job->past.archive.scratch);
	if (code == STEMMA_OK && !take(job, &pair))
		code = leave_out(job, old, new);
	stemma_out_free(&pair);
	stemma_arena_free(arena);
	return code;
}

/* Neighbours first, then what readers ask for next: against the newest, against
   the first, and all others. */
static enum stemma_code
write_pairs(struct job *job, struct stemma_error *error)
{
	uint32_t last = job->blame.revision;
	enum stemma_code code = STEMMA_OK;

	for (uint32_t new = last; new > 1 && code == STEMMA_OK; new --)
		code = write_pair(job, new - 1, new, error);
	for (uint32_t old = last; old-- > 2 && code == STEMMA_OK;)
		if (old + 1 < last)
			code = write_pair(job, old, last, error);
	for (uint32_t new = last; new > 2 && code == STEMMA_OK; new --)
		code = write_pair(job, 1, new, error);
	for (uint32_t new = last; new -- > 4 && code == STEMMA_OK;) {
		if (job->full) {
			job->left_out += new - 3;
			continue;
		}
		for (uint32_t old = new - 1; old-- > 2 && code == STEMMA_OK;)
			code = write_pair(job, old, new, error);
	}
	return code;
}

/* ---- the page ------------------------------------------------------------ */

static int
write_page(struct job *job)
{
	struct stemma_arena *scratch = job->past.archive.scratch;
	struct stemma_error error = {0};
	enum stemma_code code =
		stemma_render_history_start(job->out, &job->history, scratch);

	if (code == STEMMA_OK)
		code = write_pairs(job, &error);
	if (code == STEMMA_OK)
		code = stemma_render_history_end(
			job->out, &job->history, job->left_out);
	/* What failed in writing is told by who writes. */
	if (code == STEMMA_OK || code == job->out->code)
		return STEMMA_EXIT_SAME;
	return stemma_trouble_code("report", code, &error);
}

static int
report(struct job *job)
{
	struct stemma_output output;
	struct stemma_out out = {.sink = stemma_output_sink, .cookie = &output};
	int trouble;

	if (stemma_output_open(&output, job->settings->output.file))
		return STEMMA_EXIT_TROUBLE;
	job->out = &out;
	trouble = write_page(job);
	if (trouble)
		stemma_output_cancel(&output);
	else
		trouble = stemma_output_close(&output, stemma_out_finish(&out));
	stemma_out_free(&out);
	job->out = NULL;
	if (!trouble && job->left_out)
		stemma_trouble("%llu pairs of revisions are not in the page, "
			       "which would be too large (see --limit)",
			(unsigned long long)job->left_out);
	return trouble;
}

static int
run(const struct stemma_command *command, const void *settings, char **operands,
	size_t count)
{
	struct job job = {.settings = settings};
	int status;

	(void)command;
	(void)count;
	status = stemma_past_read(
		&job.past, &job.settings->archive, operands[0]);
	if (!status)
		status = gather(&job);
	if (!status)
		status = report(&job);
	stemma_past_close(&job.past);
	return status;
}

#define AT(field) offsetof(struct settings, field)

static const struct settings defaults = {.limit = 4096};

static const struct stemma_option options[] = {
	{.name = "limit",
		.value = STEMMA_VALUE_NUMBER,
		.metavar = "KIB",
		.help = "put pairs of revisions into the page up to this size "
			"in KiB: neighbours first. 4096 by default",
		.most = UINT32_MAX,
		.at = AT(limit)},
	{0},
};

static const struct stemma_option_group groups[] = {
	{"What is told", options, 0},
	{"Where", stemma_archive_options, AT(archive)},
	{"Where it goes", stemma_output_options, AT(output)},
	{"Help", stemma_help_options, 0},
	{0},
};

static const struct stemma_operand operands_of[] = {
	{.name = "STORY[@REVISION]",
		.value = STEMMA_VALUE_REVISION,
		.help = "the story, up to that revision; without one up to the "
			"latest"},
	{0},
};

static const struct stemma_example examples[] = {
	{"stemma report -o talks.html talks", "the whole history of a story"},
	{0},
};

const struct stemma_command stemma_report_command = {
	.name = "report",
	.title = "stemma report",
	.summary = "write a page that tells a story's history",
	.about = "Writes one page of HTML that asks for nothing from anywhere: "
		 "a timeline, the text coloured by the age of its words with "
		 "the life of each paragraph, what each revision changed, and "
		 "any two of them compared.",
	.operands = operands_of,
	.groups = groups,
	.examples = examples,
	.exits = "Exit status: 0, or 2 if there was trouble.",
	.settings_size = sizeof(struct settings),
	.defaults = &defaults,
	.run = run,
};
