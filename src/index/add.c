/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <stdlib.h>
#include <string.h>

enum stemma_code
stemma_index_begin(struct stemma_index *index, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code;
	int64_t next;

	if (sqlite3_db_readonly(index->db, "main"))
		return stemma_error_set(error, STEMMA_INVALID,
			"index: opened for reading only");
	code = stemma_sql_get(index, &statement, STEMMA_SQL_BEGIN_WRITE, error);
	if (code == STEMMA_OK)
		code = stemma_sql_finish(index, statement, error);
	if (code != STEMMA_OK)
		return code;
	index->writing = true;
	index->count = 0;
	code = stemma_meta_number(index, &next, STEMMA_META_NEXT, error);
	if (code == STEMMA_OK)
		code = stemma_meta_number(
			index, &index->stories, STEMMA_META_STORIES, error);
	if (code == STEMMA_OK)
		code = stemma_meta_number(
			index, &index->revisions, STEMMA_META_REVISIONS, error);
	if (code == STEMMA_OK && (next < 0 || next >= UINT32_MAX))
		code = stemma_error_set(error, STEMMA_CORRUPT,
			"index: a number makes no sense");
	index->first = index->next = (uint32_t)next;
	if (code != STEMMA_OK)
		stemma_index_rollback(index);
	return code;
}

/* End the story that was being added. */
static void
end_story(struct stemma_index *index)
{
	static const struct stemma_mark start;

	free(index->adding.before);
	index->adding = (struct stemma_adding){0};
	stemma_arena_rewind(index->arena, start);
}

void
stemma_index_rollback(struct stemma_index *index)
{
	if (index->writing)
		sqlite3_exec(index->db, "ROLLBACK", NULL, NULL, NULL);
	index->writing = false;
	end_story(index);
	free(index->gathered);
	free(index->spare);
	free(index->times);
	index->gathered = index->spare = NULL;
	index->times = NULL;
	index->time_room = 0;
	index->count = 0;
}

uint32_t
stemma_index_gathered(const struct stemma_index *index)
{
	return index->count;
}

/* ---- a story ----------------------------------------------------------- */

/* A story as the index has it. */
struct indexed {
	int64_t id; /* 0: it has not */
	int64_t revisions;
	struct stemma_view name, title; /* in the index's arena */
};

static enum stemma_code
find_story(struct stemma_index *index, struct indexed *indexed,
	struct stemma_view key, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	bool row;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_STORY, error);

	*indexed = (struct indexed){0};
	if (code != STEMMA_OK)
		return code;
	stemma_sql_bind(statement, 1, key);
	code = stemma_sql_step(index, statement, &row, error);
	if (row) {
		indexed->id = sqlite3_column_int64(statement, 0);
		indexed->revisions = sqlite3_column_int64(statement, 3);
		if (!stemma_sql_copy(
			    &indexed->name, statement, 1, index->arena) ||
			!stemma_sql_copy(
				&indexed->title, statement, 2, index->arena))
			code = stemma_error_set(
				error, STEMMA_NOMEM, "no memory");
	}
	sqlite3_reset(statement);
	return code;
}

/*
 * The ids of the story's revisions, and whether their commits are the first
 * ones of what the archive says now.
 */
static enum stemma_code
read_before(struct stemma_index *index, bool *same, int64_t id, int64_t room,
	struct stemma_error *error)
{
	struct stemma_adding *adding = &index->adding;
	sqlite3_stmt *statement;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_REVISIONS, error);
	bool row = true;

	*same = room >= 0 && (uint64_t)room <= adding->story->count;
	if (code != STEMMA_OK || !*same)
		return code;
	adding->before = malloc(((size_t)room + 1) * sizeof *adding->before);
	if (!adding->before)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	sqlite3_bind_int64(statement, 1, id);
	while (code == STEMMA_OK && *same) {
		struct stemma_view commit;
		uint32_t at = adding->before_count;

		code = stemma_sql_step(index, statement, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		commit = stemma_sql_view(statement, 1);
		*same = at < room && commit.size == STEMMA_COMMIT_SIZE &&
			!memcmp(commit.bytes,
				adding->story->revisions[at].commit,
				STEMMA_COMMIT_SIZE);
		if (*same)
			adding->before[adding->before_count++] =
				(uint32_t)sqlite3_column_int64(statement, 0);
	}
	sqlite3_reset(statement);
	*same = *same && adding->before_count == room;
	return code;
}

static enum stemma_code
drop_story(struct stemma_index *index, const struct indexed *indexed,
	struct stemma_error *error)
{
	static const enum stemma_statement drops[] = {STEMMA_SQL_DROP_UNREAD,
		STEMMA_SQL_DROP_REVISIONS, STEMMA_SQL_DROP_STORY};
	uint32_t id = (uint32_t)indexed->id;
	enum stemma_code code =
		stemma_words_note(index, id, indexed->name, false, error);

	if (code == STEMMA_OK)
		code = stemma_words_note(
			index, id, indexed->title, false, error);
	for (size_t k = 0; k < 3 && code == STEMMA_OK; k++) {
		sqlite3_stmt *statement;

		code = stemma_sql_get(index, &statement, drops[k], error);
		if (code != STEMMA_OK)
			break;
		sqlite3_bind_int64(statement, 1, indexed->id);
		code = stemma_sql_finish(index, statement, error);
	}
	index->stories--;
	index->revisions -= indexed->revisions;
	return code;
}

enum stemma_code
stemma_index_forget(struct stemma_index *index, struct stemma_view key,
	struct stemma_error *error)
{
	struct indexed indexed;
	enum stemma_code code;

	end_story(index);
	code = find_story(index, &indexed, key, error);
	if (code == STEMMA_OK && indexed.id)
		code = drop_story(index, &indexed, error);
	return code;
}

/* The row of the story, and its words. */
static enum stemma_code
write_story(struct stemma_index *index, const struct indexed *indexed,
	struct stemma_error *error)
{
	const struct stemma_index_story *story = index->adding.story;
	const struct stemma_index_revision *newest =
		&story->revisions[story->count - 1];
	sqlite3_stmt *statement;
	int at = 1;
	enum stemma_code code = stemma_sql_get(index, &statement,
		indexed->id ? STEMMA_SQL_CHANGE_STORY : STEMMA_SQL_ADD_STORY,
		error);

	if (code != STEMMA_OK)
		return code;
	if (!indexed->id)
		stemma_sql_bind(statement, at++, story->key);
	stemma_sql_bind(statement, at++, story->name);
	stemma_sql_bind(statement, at++, story->title);
	stemma_sql_bind(statement, at++,
		(struct stemma_view){
			(const char *)story->head, STEMMA_COMMIT_SIZE});
	sqlite3_bind_int64(statement, at++, newest->time);
	sqlite3_bind_int64(statement, at++, story->count);
	if (indexed->id)
		sqlite3_bind_int64(statement, at, indexed->id);
	code = stemma_sql_finish(index, statement, error);
	if (!indexed->id)
		index->stories++;
	index->adding.id =
		(uint32_t)(indexed->id ? indexed->id
				       : sqlite3_last_insert_rowid(index->db));
	return code;
}

static enum stemma_code
write_words(struct stemma_index *index, const struct indexed *indexed,
	struct stemma_error *error)
{
	const struct stemma_index_story *story = index->adding.story;
	uint32_t id = index->adding.id;
	enum stemma_code code = STEMMA_OK;

	if (indexed->id && stemma_view_equal(indexed->title, story->title) &&
		stemma_view_equal(indexed->name, story->name))
		return STEMMA_OK;
	if (indexed->id)
		code = stemma_words_note(
			index, id, indexed->title, false, error);
	if (code == STEMMA_OK && indexed->id)
		code = stemma_words_note(
			index, id, indexed->name, false, error);
	if (code == STEMMA_OK)
		code = stemma_words_note(index, id, story->name, true, error);
	if (code == STEMMA_OK)
		code = stemma_words_note(index, id, story->title, true, error);
	return code;
}

enum stemma_code
stemma_index_begin_story(struct stemma_index *index, uint32_t *first,
	const struct stemma_index_story *story, struct stemma_error *error)
{
	struct stemma_adding *adding = &index->adding;
	struct indexed indexed;
	enum stemma_code code;
	bool same = true;

	*first = 0;
	end_story(index);
	if (!story->count)
		return stemma_error_set(error, STEMMA_INVALID,
			"index: a story without revisions");
	adding->story = story;
	code = find_story(index, &indexed, story->key, error);
	if (code == STEMMA_OK && indexed.id)
		code = read_before(
			index, &same, indexed.id, indexed.revisions, error);
	if (code == STEMMA_OK && !same) {
		code = drop_story(index, &indexed, error);
		indexed = (struct indexed){0};
		adding->before_count = 0;
	}
	if (code == STEMMA_OK)
		code = write_story(index, &indexed, error);
	if (code == STEMMA_OK)
		code = write_words(index, &indexed, error);
	*first = adding->next = adding->before_count;
	return code;
}
