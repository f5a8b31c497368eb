/*
 * The page of a story: its revisions, read and compared in pairs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include "log_cache.h"
#include "past.h"
#include "trouble.h"
#include "version.h"

struct job {
	uint64_t limit; /* of the pairs, in bytes */
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

		code = stemma_trace_life(&wordings, &lives[u].count,
			job->past.trace, &job->past.origins, u, arena);
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
	if (job->size + pair->size > job->limit) {
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

int
stemma_report_write(struct stemma_out *out, uint64_t *left_out,
	const struct stemma_archive_settings *archive, const char *operand,
	uint64_t limit)
{
	struct job job = {.limit = limit, .out = out};
	int status = stemma_past_read(&job.past, archive, operand);

	if (!status)
		status = gather(&job);
	if (!status)
		status = write_page(&job);
	*left_out = job.left_out;
	stemma_past_close(&job.past);
	return status;
}
