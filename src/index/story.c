/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

static enum stemma_code
no_memory(struct stemma_error *error)
{
	return stemma_error_set(error, STEMMA_NOMEM, "no memory");
}

static enum stemma_code
bad_length(struct stemma_error *error)
{
	return stemma_error_set(error, STEMMA_CORRUPT,
		"index: a story has other revisions than it says");
}

/* The story's row, and its number. */
static enum stemma_code
read_story(struct stemma_index *index, struct stemma_index_story *story,
	int64_t *id, struct stemma_arena *arena, struct stemma_error *error)
{
	sqlite3_stmt *row;
	struct stemma_view head;
	bool found = false;
	enum stemma_code code =
		stemma_sql_get(index, &row, STEMMA_SQL_STORY_HEAD, error);

	if (code != STEMMA_OK)
		return code;
	stemma_sql_bind(row, 1, story->key);
	code = stemma_sql_step(index, row, &found, error);
	if (code == STEMMA_OK && !found)
		code = stemma_error_set(error, STEMMA_NOTFOUND,
			"index: it does not know the story");
	if (code == STEMMA_OK) {
		int64_t count = sqlite3_column_int64(row, 4);

		*id = sqlite3_column_int64(row, 0);
		head = stemma_sql_view(row, 3);
		if (head.size != STEMMA_COMMIT_SIZE || count < 0 ||
			count > UINT32_MAX)
			code = bad_length(error);
		else
			memcpy(story->head, head.bytes, STEMMA_COMMIT_SIZE);
		story->count = (uint32_t)count;
		if (!stemma_sql_copy(&story->name, row, 1, arena) ||
			!stemma_sql_copy(&story->title, row, 2, arena))
			code = no_memory(error);
	}
	sqlite3_reset(row);
	return code;
}

static enum stemma_code
read_revisions(struct stemma_index *index, struct stemma_index_story *story,
	int64_t id, struct stemma_index_revision *revisions,
	struct stemma_error *error)
{
	sqlite3_stmt *rows;
	uint32_t count = 0;
	bool row = true;
	enum stemma_code code =
		stemma_sql_get(index, &rows, STEMMA_SQL_STORY_REVISIONS, error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(rows, 1, id);
	while (code == STEMMA_OK) {
		struct stemma_view commit;

		code = stemma_sql_step(index, rows, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		commit = stemma_sql_view(rows, 0);
		if (commit.size != STEMMA_COMMIT_SIZE || count == story->count)
			code = bad_length(error);
		else
			memcpy(revisions[count].commit, commit.bytes,
				STEMMA_COMMIT_SIZE);
		if (code == STEMMA_OK)
			revisions[count++].time = sqlite3_column_int64(rows, 1);
	}
	sqlite3_reset(rows);
	if (code == STEMMA_OK && count != story->count)
		return bad_length(error);
	return code;
}

enum stemma_code
stemma_index_find_story(struct stemma_index *index,
	struct stemma_index_story *story, struct stemma_view key,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_index_revision *revisions = NULL;
	int64_t id = 0;
	enum stemma_code code;

	*story = (struct stemma_index_story){.key = key};
	code = stemma_index_hold(index, error);
	if (code != STEMMA_OK)
		return code;
	code = read_story(index, story, &id, arena, error);
	if (code == STEMMA_OK) {
		revisions = stemma_arena_alloc(
			arena, story->count, sizeof *revisions);
		code = revisions ? read_revisions(
					   index, story, id, revisions, error)
				 : no_memory(error);
		story->revisions = revisions;
	}
	stemma_index_release(index);
	return code;
}

/* ---- revisions that could not be read ------------------------------------ */

static enum stemma_code
count_unread(
	struct stemma_index *index, uint32_t *count, struct stemma_error *error)
{
	sqlite3_stmt *rows;
	bool row = true;
	enum stemma_code code =
		stemma_sql_get(index, &rows, STEMMA_SQL_UNREAD, error);

	*count = 0;
	if (code != STEMMA_OK)
		return code;
	while (code == STEMMA_OK && row && *count < UINT32_MAX) {
		code = stemma_sql_step(index, rows, &row, error);
		*count += row;
	}
	sqlite3_reset(rows);
	return code;
}

static enum stemma_code
read_unread(struct stemma_index *index, struct stemma_unread *unread,
	uint32_t count, struct stemma_arena *arena, struct stemma_error *error)
{
	sqlite3_stmt *rows;
	bool row = true;
	enum stemma_code code =
		stemma_sql_get(index, &rows, STEMMA_SQL_UNREAD, error);

	if (code != STEMMA_OK)
		return code;
	for (uint32_t k = 0; k < count && code == STEMMA_OK; k++) {
		struct stemma_view commit;

		code = stemma_sql_step(index, rows, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		commit = stemma_sql_view(rows, 2);
		if (commit.size != STEMMA_COMMIT_SIZE)
			code = bad_length(error);
		else
			memcpy(unread[k].commit, commit.bytes,
				STEMMA_COMMIT_SIZE);
		if (!stemma_sql_copy(&unread[k].key, rows, 0, arena) ||
			!stemma_sql_copy(&unread[k].name, rows, 1, arena))
			code = no_memory(error);
	}
	sqlite3_reset(rows);
	return code;
}

enum stemma_code
stemma_index_unread(struct stemma_index *index, struct stemma_unread **unread,
	uint32_t *count, struct stemma_arena *arena, struct stemma_error *error)
{
	enum stemma_code code = stemma_index_hold(index, error);

	*unread = NULL;
	*count = 0;
	if (code != STEMMA_OK)
		return code;
	code = count_unread(index, count, error);
	if (code == STEMMA_OK && *count) {
		*unread = stemma_arena_zalloc(arena, *count, sizeof **unread);
		code = *unread ? read_unread(
					 index, *unread, *count, arena, error)
			       : no_memory(error);
	}
	if (code != STEMMA_OK)
		*count = 0;
	stemma_index_release(index);
	return code;
}
