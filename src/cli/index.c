/* SPDX-License-Identifier: MIT */
#include "index.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trouble.h"

/* How long to wait for another process that brings the index up to date. */
enum { PATIENCE = 60000 };

/* An index that is being brought up to date. */
struct job {
	struct stemma_archive *archive;
	struct stemma_index *index;
	const char *path; /* of the index */
	struct stemma_error error;
	char stamp[STEMMA_STAMP_SIZE];
	bool settled; /* the stamp can be relied on */
	struct stemma_name *names;
	struct stemma_index_head *heads; /* of these names */
	size_t count;
	uint32_t unread; /* stories or revisions that cannot be read */
	bool skipped;    /* a story: the index does not know of it */
	bool much;       /* enough was added to merge all of it */
	struct again {   /* stories to be read anew */
		struct stemma_view *keys;
		uint32_t count;
	} again;
};

enum {
	/* Hashes and revisions after which others get their turn. */
	BATCH_HASHES = 3 << 20,
	BATCH_REVISIONS = 100000,
	MUCH = 1 << 20 /* hashes that are worth one segment at the end */
};

/* ---- one story --------------------------------------------------------- */

static enum stemma_code
add_revision(struct job *job, const struct stemma_revision *revision)
{
	struct stemma_archive *archive = job->archive;
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	struct stemma_view bytes = {"", 0};
	struct stemma_doc doc;
	enum stemma_code code = stemma_store_read(
		archive->store, &bytes, revision, archive->arena, NULL);
	bool readable = code == STEMMA_OK;

	if (readable)
		code = stemma_doc_split(
			&doc, bytes, NULL, archive->arena, &job->error);
	else if (code != STEMMA_NOMEM) {
		job->unread++;
		code = STEMMA_OK;
	}
	if (code == STEMMA_OK)
		code = stemma_index_add(job->index, readable ? &doc : NULL,
			archive->scratch, &job->error);
	stemma_arena_rewind(archive->arena, mark);
	return code;
}

static enum stemma_code
add_log(struct job *job, const struct stemma_log *log, size_t at)
{
	const struct stemma_revision *newest = &log->revisions[log->count - 1];
	struct stemma_index_revision *revisions = stemma_arena_alloc(
		job->archive->arena, log->count, sizeof *revisions);
	struct stemma_index_story story = {.key = job->heads[at].key,
		.name = log->story,
		.title = newest->title,
		.revisions = revisions,
		.count = log->count};
	enum stemma_code code;
	uint32_t first;

	if (!revisions)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < log->count; k++) {
		memcpy(revisions[k].commit, log->revisions[k].commit.bytes,
			STEMMA_COMMIT_SIZE);
		revisions[k].time = log->revisions[k].date;
	}
	memcpy(story.head, log->head.bytes, STEMMA_COMMIT_SIZE);
	code = stemma_index_begin_story(
		job->index, &first, &story, &job->error);
	for (uint32_t k = first; k < log->count && code == STEMMA_OK; k++)
		code = add_revision(job, &log->revisions[k]);
	return code;
}

static enum stemma_code
add_story(struct job *job, size_t at)
{
	struct stemma_archive *archive = job->archive;
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	struct stemma_log log;
	enum stemma_code code = stemma_store_log_name(archive->store, &log,
		&job->names[at], archive->arena, archive->scratch, NULL);

	if (code == STEMMA_OK)
		code = add_log(job, &log, at);
	else if (code != STEMMA_NOMEM) {
		job->unread++;
		job->skipped = true;
		code = STEMMA_OK;
	}
	stemma_arena_rewind(archive->arena, mark);
	return code;
}

/* ---- what could not be read before --------------------------------------- */

/* Whether one of the revisions, which are the story's, can be read now. */
static bool
is_readable(struct job *job, const struct stemma_unread *unread, uint32_t count)
{
	struct stemma_archive *archive = job->archive;
	struct stemma_mark mark = stemma_arena_mark(archive->arena);
	struct stemma_view bytes;
	struct stemma_log log = {0};
	bool readable = false;
	enum stemma_code code = stemma_store_log(archive->store, &log,
		unread->name, archive->arena, archive->scratch, NULL);

	for (uint32_t k = 0, at = 0;
		code == STEMMA_OK && !readable && k < log.count && at < count;
		k++) {
		if (memcmp(log.revisions[k].commit.bytes, unread[at].commit,
			    STEMMA_COMMIT_SIZE) != 0)
			continue;
		at++;
		readable = stemma_store_read(archive->store, &bytes,
				   &log.revisions[k], archive->arena,
				   NULL) == STEMMA_OK;
	}
	stemma_arena_rewind(archive->arena, mark);
	return readable;
}

/* What the index could not read is tried each time, and counted again. */
static enum stemma_code
look_again(struct job *job)
{
	struct stemma_arena *arena = job->archive->arena;
	struct stemma_unread *unread;
	uint32_t count, next;
	enum stemma_code code = stemma_index_unread(
		job->index, &unread, &count, arena, &job->error);

	job->again = (struct again){0};
	if (code != STEMMA_OK || !count)
		return code;
	job->again.keys =
		stemma_arena_alloc(arena, count, sizeof *job->again.keys);
	if (!job->again.keys)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < count; k = next) {
		next = k + 1;
		while (next < count &&
			stemma_view_equal(unread[next].key, unread[k].key))
			next++;
		if (is_readable(job, &unread[k], next - k))
			job->again.keys[job->again.count++] = unread[k].key;
		else
			job->unread += next - k;
	}
	return STEMMA_OK;
}

/* ---- all that changed -------------------------------------------------- */

/* The archive's stories as they are now. */
static enum stemma_code
list_heads(struct job *job)
{
	struct stemma_archive *archive = job->archive;
	enum stemma_code code;

	job->settled = stemma_names_stamp(job->stamp, archive->path);
	code = stemma_names_list(&job->names, &job->count, archive->path,
		(struct stemma_view){"", 0}, 0, archive->arena, &job->error);
	if (code != STEMMA_OK)
		return code;
	job->heads = stemma_arena_alloc(
		archive->arena, job->count, sizeof *job->heads);
	if (!job->heads || job->count > UINT32_MAX)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < job->count; k++) {
		job->heads[k].key = job->names[k].key;
		memcpy(job->heads[k].commit, job->names[k].head.bytes,
			STEMMA_COMMIT_SIZE);
	}
	return STEMMA_OK;
}

/* Commit, and go on in a new transaction. */
static enum stemma_code
take_turns(struct job *job)
{
	enum stemma_code code =
		stemma_index_commit(job->index, false, &job->error);

	job->much = true;
	return code == STEMMA_OK ? stemma_index_begin(job->index, &job->error)
				 : code;
}

static enum stemma_code
add_changes(struct job *job, const struct stemma_index_changes *changes)
{
	enum stemma_code code = STEMMA_OK;
	uint32_t stories = 0;

	for (uint32_t k = 0; k < changes->gone_count && code == STEMMA_OK; k++)
		code = stemma_index_forget(
			job->index, changes->gone[k], &job->error);
	for (uint32_t k = 0; k < changes->changed_count && code == STEMMA_OK;
		k++) {
		code = add_story(job, changes->changed[k]);
		if (code == STEMMA_OK &&
			(stemma_index_gathered(job->index) > BATCH_HASHES ||
				++stories == BATCH_REVISIONS)) {
			stories = 0;
			code = take_turns(job);
		}
	}
	return code;
}

static enum stemma_code
write_changes(struct job *job)
{
	struct stemma_index_changes changes;
	enum stemma_code code = list_heads(job);

	if (code == STEMMA_OK)
		code = stemma_index_begin(job->index, &job->error);
	if (code != STEMMA_OK)
		return code;
	for (uint32_t k = 0; k < job->again.count && code == STEMMA_OK; k++)
		code = stemma_index_forget(
			job->index, job->again.keys[k], &job->error);
	if (code == STEMMA_OK)
		code = stemma_index_compare(job->index, &changes, job->heads,
			(uint32_t)job->count, job->archive->arena, &job->error);
	if (code == STEMMA_OK)
		code = add_changes(job, &changes);
	if (code == STEMMA_OK && job->settled && !job->skipped)
		code = stemma_index_set_stamp(
			job->index, stemma_view_of(job->stamp), &job->error);
	job->much |= stemma_index_gathered(job->index) > MUCH;
	if (code == STEMMA_OK)
		code = stemma_index_commit(job->index, job->much, &job->error);
	stemma_index_rollback(job->index);
	return code;
}

/* Whether the archive is as it was when it was indexed. */
static enum stemma_code
is_current(struct job *job, bool *current)
{
	struct stemma_view stamp;
	enum stemma_code code = stemma_index_stamp(
		job->index, &stamp, job->archive->arena, &job->error);

	job->settled = stemma_names_stamp(job->stamp, job->archive->path);
	*current = code == STEMMA_OK &&
		   stemma_view_equal(stamp, stemma_view_of(job->stamp));
	return code;
}

/* Look at all heads; whether the index has them. */
static enum stemma_code
has_all(struct job *job, bool *all)
{
	struct stemma_index_changes changes = {0};
	enum stemma_code code = list_heads(job);

	if (code == STEMMA_OK)
		code = stemma_index_compare(job->index, &changes, job->heads,
			(uint32_t)job->count, job->archive->arena, &job->error);
	*all = code == STEMMA_OK && !changes.changed_count &&
	       !changes.gone_count;
	return code;
}

static enum stemma_code
catch_up(struct job *job)
{
	struct stemma_mark mark = stemma_arena_mark(job->archive->arena);
	bool current;
	enum stemma_code code = is_current(job, &current);

	job->unread = 0;
	stemma_store_rehash(false);
	if (code == STEMMA_OK)
		code = look_again(job);
	if (code == STEMMA_OK && (!current || job->again.count))
		code = write_changes(job);
	stemma_store_rehash(true);
	stemma_arena_rewind(job->archive->arena, mark);
	return code;
}

/* ---- opening ----------------------------------------------------------- */

static enum stemma_code
open_index(struct job *job, const char *path, bool *made, bool read_only)
{
	struct stemma_index_options options = {
		.read_only = read_only, .patience = PATIENCE};
	struct stat status;

	/* SQLite would write wherever a link leads to. */
	if (path && !read_only && lstat(path, &status) == 0 &&
		S_ISLNK(status.st_mode))
		unlink(path);
	job->error = (struct stemma_error){0};
	return stemma_index_open(
		&job->index, made, path, &options, &job->error);
}

static void
close_index(struct job *job)
{
	stemma_index_close(job->index);
	job->index = NULL;
	job->error = (struct stemma_error){0};
}

/* An archive that is not ours to write to: the index that is there will do if
   it has everything, else there is one for this process alone. */
static enum stemma_code
open_unwritable(struct job *job)
{
	struct stemma_mark mark = stemma_arena_mark(job->archive->arena);
	bool all = false;
	enum stemma_code code = open_index(job, job->path, NULL, true);

	if (code == STEMMA_OK)
		code = has_all(job, &all);
	if (code == STEMMA_OK && all)
		code = look_again(job);
	all = all && !job->again.count;
	stemma_arena_rewind(job->archive->arena, mark);
	if (code == STEMMA_OK && all)
		return STEMMA_OK;
	job->unread = 0;
	close_index(job);
	stemma_trouble("%s cannot be written to: an index is made in memory",
		job->archive->path);
	code = open_index(job, NULL, NULL, false);
	return code == STEMMA_OK ? catch_up(job) : code;
}

/* Whether an index in this state has to be removed and made again. */
static bool
is_spoilt(enum stemma_code code)
{
	return code == STEMMA_CORRUPT || code == STEMMA_UNSUPPORTED;
}

static enum stemma_code
open_writable(struct job *job, bool rebuild)
{
	enum stemma_code code = STEMMA_CORRUPT;
	bool made = false;

	if (!rebuild) {
		code = open_index(job, job->path, &made, false);
		if (code == STEMMA_OK && made)
			stemma_trouble("%s: there is no index yet; it is made",
				job->archive->path);
		if (code == STEMMA_OK)
			code = catch_up(job);
		if (!is_spoilt(code))
			return code;
		stemma_trouble("%s; it is made again", job->error.message);
	}
	close_index(job);
	code = stemma_index_remove(job->path, &job->error);
	if (code == STEMMA_OK)
		code = open_index(job, job->path, NULL, false);
	return code == STEMMA_OK ? catch_up(job) : code;
}

int
stemma_archive_index(struct stemma_archive *archive,
	struct stemma_index **index, bool rebuild)
{
	struct job job = {.archive = archive};
	size_t size = strlen(archive->path);
	char *path = stemma_arena_alloc(archive->arena, size + 16, 1);
	enum stemma_code code;

	*index = NULL;
	if (!path)
		return stemma_trouble("out of memory");
	memcpy(path, archive->path, size);
	memcpy(path + size, "/stemma", sizeof "/stemma");
	code = access(path, W_OK) ? STEMMA_IO : STEMMA_OK;
	memcpy(path + size, "/stemma/index", sizeof "/stemma/index");
	job.path = path;
	code = code == STEMMA_OK ? open_writable(&job, rebuild)
				 : open_unwritable(&job);
	if (code != STEMMA_OK) {
		stemma_index_close(job.index);
		return stemma_trouble_code(archive->path, code, &job.error);
	}
	if (job.unread)
		stemma_trouble("%s: %lu stories or revisions cannot be read "
			       "and were left out",
			archive->path, (unsigned long)job.unread);
	*index = job.index;
	return STEMMA_EXIT_SAME;
}
