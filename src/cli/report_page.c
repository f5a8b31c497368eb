/*
 * The page of a story: its revisions, read and compared in pairs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"

#include "log_cache.h"
#include "past.h"
#include "report_lives.h"
#include "report_others.h"
#include "trouble.h"
#include "version.h"

struct job {
	const struct stemma_report_options *options;
	struct stemma_past past;
	struct stemma_blame blame;
	struct stemma_history history;
	struct stemma_history_change *changes;
	struct stemma_out *pairs; /* by revision: it and the one before it, as
	                             far as there is room */
	struct stemma_reuse **again; /* by revision: what stands twice in it,
	                                once that was asked for */
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
		changes[k] = (struct stemma_history_change){told[k].stats,
			told[k].lines, told[k].line_count, false};
	job->changes = changes;
	job->history.changes = changes;
	return STEMMA_EXIT_SAME;
}

/* ---- pairs --------------------------------------------------------------- */

/* What stands twice in a revision. Many pairs have the same newer one, and to
   find it costs more than all else: it is found once. */
static enum stemma_code
find_again(struct job *job, const struct stemma_reuse **again,
	uint32_t revision, const struct stemma_doc *doc)
{
	struct stemma_archive *archive = &job->past.archive;
	struct stemma_reuse **known = &job->again[revision - 1], *found;
	enum stemma_code code = STEMMA_OK;

	if (!*known) {
		found = stemma_arena_alloc(archive->arena, 1, sizeof *found);
		code = found ? stemma_reuse_find(found, &doc, 1, archive->arena,
				       archive->scratch)
			     : STEMMA_NOMEM;
		if (code == STEMMA_OK)
			*known = found;
	}
	*again = *known;
	return code;
}

/*
 * Read and compare two revisions; all of it lives in `arena`. When the page is
 * full only what became of the units is asked for.
 */
static enum stemma_code
compare(struct job *job, struct stemma_comparison *comparison,
	struct stemma_doc docs[2], const uint32_t revisions[2],
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_compare_options options = {
		.reading = job->full ? STEMMA_READ_NOTHING : STEMMA_READ_ALL};
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
	if (code == STEMMA_OK && !job->full &&
		!stemma_compare_is_too_long(
			&docs[STEMMA_OLD], &docs[STEMMA_NEW]))
		code = find_again(job, &options.reuse, revisions[STEMMA_NEW],
			&docs[STEMMA_NEW]);
	if (code != STEMMA_OK)
		return code;
	return stemma_comparison_make(comparison, &docs[STEMMA_OLD],
		&docs[STEMMA_NEW], &options, arena, archive->scratch);
}

/* Whether there is room for what was rendered. */
static bool
fits(struct job *job, const struct stemma_out *pair)
{
	if (job->size + pair->size > job->options->room) {
		job->full = true;
		return false;
	}
	job->size += pair->size;
	return true;
}

/* Compare two revisions, and render that unless the page is full. `lives` learn
   of it, if not NULL. */
static enum stemma_code
render_pair(struct job *job, struct stemma_out *pair,
	const uint32_t revisions[2], struct stemma_lives *lives,
	struct stemma_error *error)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = job->past.archive.scratch;
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	enum stemma_code code = STEMMA_NOMEM;

	if (arena)
		code = compare(job, &comparison, docs, revisions, arena, error);
	if (code == STEMMA_OK && lives)
		code = stemma_lives_pass(
			lives, &comparison, revisions[STEMMA_NEW], scratch);
	if (code == STEMMA_OK && !job->full)
		code = stemma_render_history_pair(pair, &job->history,
			revisions[STEMMA_OLD], revisions[STEMMA_NEW],
			&comparison, scratch);
	stemma_arena_free(arena);
	return code;
}

/* Each revision against the one before it, the newest first: for the page, as
   far as there is room, and for what is told of the paragraphs' lives. */
static enum stemma_code
compare_neighbours(
	struct job *job, struct stemma_lives *lives, struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t new = job->blame.revision; new > 1; new --) {
		struct stemma_out *pair = &job->pairs[new - 1];

		code = render_pair(
			job, pair, (uint32_t[2]){new - 1, new}, lives, error);
		if (code != STEMMA_OK)
			break;
		job->changes[new - 1].shown = !job->full && fits(job, pair);
		if (!job->changes[new - 1].shown)
			stemma_out_free(pair);
	}
	return code;
}

/* What there is of them, and the digests of the others. */
static enum stemma_code
write_neighbours(struct job *job)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t new = job->blame.revision; new > 1; new --) {
		struct stemma_out *pair = &job->pairs[new - 1];

		if (job->changes[new - 1].shown) {
			stemma_out_bytes(job->out, pair->bytes, pair->size);
			code = job->out->code;
			stemma_out_free(pair);
		} else {
			job->left_out++;
			code = stemma_render_history_pair(job->out,
				&job->history, new - 1, new, NULL,
				job->past.archive.scratch);
		}
		if (code != STEMMA_OK)
			break;
	}
	return code;
}

static enum stemma_code
write_pair(
	struct job *job, uint32_t old, uint32_t new, struct stemma_error *error)
{
	struct stemma_out pair = {0};
	enum stemma_code code = STEMMA_OK;

	if (!job->full)
		code = render_pair(
			job, &pair, (uint32_t[2]){old, new}, NULL, error);
	if (code == STEMMA_OK && !job->full && fits(job, &pair))
		stemma_out_bytes(job->out, pair.bytes, pair.size);
	else
		job->left_out++;
	stemma_out_free(&pair);
	return code;
}

/* What readers ask for after neighbours: against the newest, against the first,
   and all others. */
static enum stemma_code
write_pairs(struct job *job, struct stemma_error *error)
{
	uint32_t last = job->blame.revision;
	enum stemma_code code = write_neighbours(job);

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

/* ---- what is told of paragraphs ------------------------------------------ */

static int
tell_lives(struct job *job)
{
	struct stemma_arena *arena = job->past.archive.arena;
	struct stemma_error error = {0};
	struct stemma_lives lives;
	struct stemma_history_life *told;
	enum stemma_code code =
		stemma_lives_start(&lives, &job->past.doc, arena);

	job->pairs = stemma_arena_zalloc(
		arena, job->blame.revision, sizeof *job->pairs);
	job->again = stemma_arena_zalloc(
		arena, job->blame.revision, sizeof *job->again);
	if (!job->pairs || !job->again)
		code = STEMMA_NOMEM;
	if (code == STEMMA_OK)
		code = compare_neighbours(job, &lives, &error);
	if (code == STEMMA_OK)
		code = stemma_lives_end(&lives, &told);
	if (code != STEMMA_OK)
		return stemma_trouble_code("report", code, &error);
	job->history.lives = told;
	if (job->options->alone)
		return STEMMA_EXIT_SAME;
	return stemma_report_others(
		&job->past, told, &job->history.until, job->options->until);
}

static int
gather(struct job *job)
{
	if (stemma_past_blame(&job->past, &job->blame, true))
		return STEMMA_EXIT_TROUBLE;
	job->history.blame = &job->blame;
	job->history.limit = job->options->limit;
	if (!describe(job))
		return stemma_trouble("out of memory");
	return tell_changes(job) ? STEMMA_EXIT_TROUBLE : tell_lives(job);
}

static void
free_pairs(struct job *job)
{
	for (uint32_t k = 0; job->pairs && k < job->blame.revision; k++)
		stemma_out_free(&job->pairs[k]);
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
	const struct stemma_report_options *options)
{
	struct job job = {.options = options, .out = out, .past.whole = true};
	int status = stemma_past_read(&job.past, archive, operand);

	if (!status)
		status = gather(&job);
	if (!status)
		status = write_page(&job);
	free_pairs(&job);
	*left_out = job.left_out;
	stemma_past_close(&job.past);
	return status;
}
