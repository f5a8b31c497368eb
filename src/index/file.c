/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* "stmi", and the version of the tables and of the hashes in them. */
#define APPLICATION 0x73746d69
#define TABLES 2

/* Between two tries to start the log, in milliseconds. */
#define LOG_PAUSE 10

#define TEXT_OF(x) #x
#define STRING(x) TEXT_OF(x)

static const char schema[] =
	"CREATE TABLE meta (id INTEGER PRIMARY KEY, value);"
	"CREATE TABLE story (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
	" name BLOB NOT NULL, title BLOB NOT NULL, head BLOB NOT NULL,"
	" time INTEGER NOT NULL, revisions INTEGER NOT NULL);"
	"CREATE INDEX story_time ON story (time DESC, key);"
	"CREATE INDEX story_name ON story (name);"
	"CREATE TABLE word (word BLOB NOT NULL, story INTEGER NOT NULL,"
	" PRIMARY KEY (word, story)) WITHOUT ROWID;"
	"CREATE TABLE revision (id INTEGER PRIMARY KEY,"
	" story INTEGER NOT NULL, time INTEGER NOT NULL,"
	" \"commit\" BLOB NOT NULL);"
	"CREATE INDEX revision_story ON revision (story);"
	"CREATE TABLE unread (revision INTEGER PRIMARY KEY,"
	" story INTEGER NOT NULL);"
	"CREATE TABLE segment (id INTEGER PRIMARY KEY,"
	" blocks INTEGER NOT NULL, postings INTEGER NOT NULL);"
	"CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	"PRAGMA application_id = " STRING(
		APPLICATION) ";"
			     "PRAGMA user_version = " STRING(TABLES) ";";

/* The only column of the only row of `sql`. */
static enum stemma_code
ask(struct stemma_index *index, int64_t *number, const char *sql,
	struct stemma_error *error)
{
	sqlite3_stmt *statement;
	int status = sqlite3_prepare_v2(index->db, sql, -1, &statement, NULL);

	*number = 0;
	if (status == SQLITE_OK)
		status = sqlite3_step(statement);
	if (status == SQLITE_ROW)
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	if (status == SQLITE_ROW || status == SQLITE_DONE)
		return STEMMA_OK;
	return stemma_sql_fail(index, status, error);
}

/*
 * Make the tables in an empty file. Of two that try at the same time, the
 * second one finds them there.
 */
static enum stemma_code
make_tables(struct stemma_index *index, bool *made, struct stemma_error *error)
{
	int64_t tables;
	enum stemma_code code = stemma_sql_run(index, "BEGIN IMMEDIATE", error);

	if (code == STEMMA_OK)
		code = ask(index, &tables, "SELECT count(*) FROM sqlite_schema",
			error);
	if (code == STEMMA_OK && !tables) {
		*made = true;
		code = stemma_sql_run(index, schema, error);
	}
	if (code == STEMMA_OK)
		code = stemma_sql_run(index, "COMMIT", error);
	return code;
}

/* Whether the file is ours; an empty one is made so. */
static enum stemma_code
check_tables(struct stemma_index *index, bool *made, bool read_only,
	struct stemma_error *error)
{
	int64_t application, version, tables;
	enum stemma_code code = ask(
		index, &tables, "SELECT count(*) FROM sqlite_schema", error);

	if (code == STEMMA_OK && !tables && read_only)
		return stemma_error_set(
			error, STEMMA_NOTFOUND, "index: nothing is in it yet");
	if (code == STEMMA_OK && !tables)
		code = make_tables(index, made, error);
	if (code == STEMMA_OK)
		code = ask(index, &application, "PRAGMA application_id", error);
	if (code == STEMMA_OK)
		code = ask(index, &version, "PRAGMA user_version", error);
	if (code != STEMMA_OK)
		return code;
	if (application != APPLICATION)
		return stemma_error_set(error, STEMMA_CORRUPT,
			"index: the file is something else");
	if (version != TABLES)
		return stemma_error_set(error, STEMMA_UNSUPPORTED,
			"index: made by another version of stemma");
	return STEMMA_OK;
}

/*
 * Which file to open, as SQLite's URI: one that must not be written is read
 * without locks and without the log beside it, which must be gone then.
 */
static enum stemma_code
name_file(char *uri, size_t size, const char *path, bool read_only,
	struct stemma_error *error)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_./";
	size_t at = 5;

	memcpy(uri, "file:", 5);
	for (; *path && at + 32 < size; path++) {
		if (strchr(plain, *path))
			uri[at++] = *path;
		else
			at += (size_t)snprintf(uri + at, 4, "%%%02x",
				(unsigned)(unsigned char)*path);
	}
	if (*path)
		return stemma_error_set(
			error, STEMMA_INVALID, "index: the path is too long");
	snprintf(uri + at, 32, "%s", read_only ? "?immutable=1" : "");
	return STEMMA_OK;
}

/* Whether a file can be read with what was written last. */
static bool
is_whole(const char *path)
{
	char log[PATH_MAX];
	int size = snprintf(log, sizeof log, "%s-wal", path);

	return size > 0 && (size_t)size < sizeof log && access(log, F_OK) &&
	       !access(path, R_OK);
}

static enum stemma_code
open_file(struct stemma_index *index, const char *path, bool read_only,
	struct stemma_error *error)
{
	int flags = read_only ? SQLITE_OPEN_READONLY
			      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	char uri[3 * PATH_MAX] = "";
	enum stemma_code code = STEMMA_OK;
	int status;

	if (read_only && (!path || !is_whole(path)))
		return stemma_error_set(error, STEMMA_NOTFOUND,
			"index: none that can be read without writing");
	if (path)
		code = name_file(uri, sizeof uri, path, read_only, error);
	if (code != STEMMA_OK)
		return code;
	status = sqlite3_open_v2(uri, &index->db,
		flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	return status == SQLITE_OK ? STEMMA_OK
				   : stemma_sql_fail(index, status, error);
}

/*
 * Ask for the log until it is there. SQLite waits for nobody when it changes
 * the way a file is written, as that could wait for ever; two who make the
 * same new file would fail then, and the second finds it done a moment later.
 */
static enum stemma_code
start_log(struct stemma_index *index, uint32_t patience,
	struct stemma_error *error)
{
	const struct timespec pause = {.tv_nsec = LOG_PAUSE * 1000000L};
	enum stemma_code code = STEMMA_CONFLICT;

	for (uint32_t waited = 0; code == STEMMA_CONFLICT && waited < patience;
		waited += LOG_PAUSE) {
		code = stemma_sql_run(
			index, "PRAGMA journal_mode = WAL;", NULL);
		if (code == STEMMA_CONFLICT)
			nanosleep(&pause, NULL);
	}
	if (code == STEMMA_OK)
		return stemma_sql_run(index,
			"PRAGMA synchronous = NORMAL;"
			"PRAGMA journal_size_limit = 16777216;",
			error);
	return stemma_error_set(error, code, "index: %s",
		code == STEMMA_CONFLICT ? "others keep it locked"
					: sqlite3_errmsg(index->db));
}

/*
 * The log is what lets others read while one writes. It is not flushed: what
 * a power cut takes is made again. The rest keeps a look-up from waiting for
 * the disk, and everything in the folder of the file itself.
 */
static enum stemma_code
set_up(struct stemma_index *index, const char *path, bool read_only,
	uint32_t patience, struct stemma_error *error)
{
	enum stemma_code code = stemma_sql_run(index,
		"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
		"PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
		error);

	if (code == STEMMA_OK && !path)
		code = stemma_sql_run(index,
			"PRAGMA journal_mode = MEMORY;"
			"PRAGMA synchronous = OFF;",
			error);
	else if (code == STEMMA_OK && !read_only)
		code = start_log(index, patience, error);
	return code;
}

enum stemma_code
stemma_index_open(struct stemma_index **index, bool *made, const char *path,
	const struct stemma_index_options *options, struct stemma_error *error)
{
	static const struct stemma_index_options defaults;
	struct stemma_index *new = calloc(1, sizeof *new);
	bool created = false;
	enum stemma_code code;

	*index = NULL;
	if (!options)
		options = &defaults;
	if (!new)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	new->gather = options->gather ? options->gather : 4u << 20;
	new->arena = stemma_arena_new(0);
	code = new->arena ? open_file(new, path, options->read_only, error)
			  : STEMMA_NOMEM;
	if (code == STEMMA_OK) {
		sqlite3_extended_result_codes(new->db, 1);
		uint32_t patience =
			options->patience ? options->patience : 10000;

		sqlite3_busy_timeout(new->db, (int)patience);
		code = set_up(new, path, options->read_only, patience, error);
	}
	if (code == STEMMA_OK)
		code = check_tables(new, &created, options->read_only, error);
	if (code != STEMMA_OK) {
		stemma_index_close(new);
		return stemma_error_set(error, code, "index: no memory");
	}
	if (made)
		*made = created;
	*index = new;
	return STEMMA_OK;
}

void
stemma_index_close(struct stemma_index *index)
{
	if (!index)
		return;
	stemma_index_rollback(index);
	for (int k = 0; k < STEMMA_SQL_COUNT; k++)
		sqlite3_finalize(index->statements[k]);
	sqlite3_close(index->db);
	stemma_arena_free(index->arena);
	free(index);
}

enum stemma_code
stemma_index_remove(const char *path, struct stemma_error *error)
{
	static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
	char file[PATH_MAX];

	for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
		int size = snprintf(file, sizeof file, "%s%s", path, tails[k]);

		if (size < 0 || (size_t)size >= sizeof file)
			return stemma_error_set(error, STEMMA_INVALID,
				"index: the path is too long");
		if (unlink(file) && errno != ENOENT)
			return stemma_error_set(error, STEMMA_IO,
				"cannot remove %s: %s", file, strerror(errno));
	}
	return STEMMA_OK;
}
