/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

static const char *const statements[STEMMA_SQL_COUNT] = {
	[STEMMA_SQL_BEGIN] = "BEGIN",
	[STEMMA_SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[STEMMA_SQL_COMMIT] = "COMMIT",
	[STEMMA_SQL_META] = "SELECT value FROM meta WHERE id = ?",
	[STEMMA_SQL_SET_META] = "INSERT OR REPLACE INTO meta VALUES (?, ?)",
	[STEMMA_SQL_SEGMENTS] =
		"SELECT id, blocks, postings FROM segment ORDER BY id",
	[STEMMA_SQL_ADD_SEGMENT] =
		"INSERT OR REPLACE INTO segment VALUES (?, ?, ?)",
	[STEMMA_SQL_DROP_SEGMENT] = "DELETE FROM segment WHERE id = ?",
	[STEMMA_SQL_BLOCK] = "SELECT data FROM block WHERE id = ?",
	[STEMMA_SQL_ADD_BLOCK] = "INSERT INTO block VALUES (?, ?)",
	[STEMMA_SQL_DROP_BLOCKS] = "DELETE FROM block WHERE id BETWEEN ? AND ?",
	[STEMMA_SQL_HEADS] = "SELECT key, head FROM story ORDER BY key",
	[STEMMA_SQL_STORY] =
		"SELECT id, name, title, revisions FROM story WHERE key = ?",
	[STEMMA_SQL_ADD_STORY] =
		"INSERT INTO story (key, name, title, head, time, revisions) "
		"VALUES (?, ?, ?, ?, ?, ?)",
	[STEMMA_SQL_CHANGE_STORY] =
		"UPDATE story SET name = ?, title = ?, head = ?, time = ?, "
		"revisions = ? WHERE id = ?",
	[STEMMA_SQL_DROP_STORY] = "DELETE FROM story WHERE id = ?",
	[STEMMA_SQL_STORY_NAME] = "SELECT key, name FROM story WHERE id = ?",
	[STEMMA_SQL_ADD_WORD] = "INSERT OR IGNORE INTO word VALUES (?, ?)",
	[STEMMA_SQL_DROP_WORD] =
		"DELETE FROM word WHERE word = ? AND story = ?",
	[STEMMA_SQL_REVISION] =
		"SELECT story, time, \"commit\" FROM revision WHERE id = ?",
	[STEMMA_SQL_REVISIONS] = "SELECT id, \"commit\" FROM revision "
				 "WHERE story = ? ORDER BY id",
	[STEMMA_SQL_STORY_HEAD] =
		"SELECT id, name, title, head, revisions FROM story "
		"WHERE key = ?",
	[STEMMA_SQL_STORY_REVISIONS] = "SELECT \"commit\", time FROM revision "
				       "WHERE story = ? ORDER BY id",
	[STEMMA_SQL_ADD_REVISION] = "INSERT INTO revision VALUES (?, ?, ?, ?)",
	[STEMMA_SQL_DROP_REVISIONS] = "DELETE FROM revision WHERE story = ?",
	[STEMMA_SQL_UNREAD] =
		"SELECT story.key, story.name, revision.\"commit\" FROM unread "
		"JOIN story ON story.id = unread.story "
		"JOIN revision ON revision.id = unread.revision "
		"ORDER BY unread.story, unread.revision",
	[STEMMA_SQL_ADD_UNREAD] = "INSERT INTO unread VALUES (?, ?)",
	[STEMMA_SQL_DROP_UNREAD] = "DELETE FROM unread WHERE story = ?",
	[STEMMA_SQL_BY_NAME] =
		"SELECT key, name, title, time, revisions FROM story "
		"WHERE name >= ? AND name < ? LIMIT ?",
	[STEMMA_SQL_BY_TIME] =
		"SELECT key, name, title, time, revisions FROM story "
		"ORDER BY time DESC, key",
	[STEMMA_SQL_BY_WORD] =
		"SELECT story FROM word WHERE word >= ? AND word < ? LIMIT ?",
	[STEMMA_SQL_BY_ID] =
		"SELECT key, name, title, time, revisions FROM story "
		"WHERE id = ?",
};

enum stemma_code
stemma_sql_fail(const struct stemma_index *index, int status,
	struct stemma_error *error)
{
	const char *why =
		index->db ? sqlite3_errmsg(index->db) : sqlite3_errstr(status);
	enum stemma_code code;

	switch (status & 0xff) {
	case SQLITE_NOMEM:
		code = STEMMA_NOMEM;
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		code = STEMMA_CONFLICT;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR: /* a table is not there, or is another */
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_SCHEMA:
		code = STEMMA_CORRUPT;
		break;
	default:
		code = STEMMA_IO;
	}
	return stemma_error_set(error, code, "index: %s", why);
}

enum stemma_code
stemma_sql_run(
	struct stemma_index *index, const char *sql, struct stemma_error *error)
{
	int status = sqlite3_exec(index->db, sql, NULL, NULL, NULL);

	return status == SQLITE_OK ? STEMMA_OK
				   : stemma_sql_fail(index, status, error);
}

enum stemma_code
stemma_sql_get(struct stemma_index *index, sqlite3_stmt **statement,
	enum stemma_statement which, struct stemma_error *error)
{
	int status = SQLITE_OK;

	if (index->statements[which])
		sqlite3_reset(index->statements[which]);
	else
		status = sqlite3_prepare_v3(index->db, statements[which], -1,
			SQLITE_PREPARE_PERSISTENT, &index->statements[which],
			NULL);
	*statement = index->statements[which];
	return status == SQLITE_OK ? STEMMA_OK
				   : stemma_sql_fail(index, status, error);
}

enum stemma_code
stemma_sql_step(struct stemma_index *index, sqlite3_stmt *statement, bool *row,
	struct stemma_error *error)
{
	int status = sqlite3_step(statement);

	*row = status == SQLITE_ROW;
	if (*row || status == SQLITE_DONE)
		return STEMMA_OK;
	return stemma_sql_fail(index, status, error);
}

enum stemma_code
stemma_sql_finish(struct stemma_index *index, sqlite3_stmt *statement,
	struct stemma_error *error)
{
	bool row;
	enum stemma_code code = stemma_sql_step(index, statement, &row, error);

	sqlite3_reset(statement);
	return code;
}

void
stemma_sql_bind(sqlite3_stmt *statement, int at, struct stemma_view bytes)
{
	sqlite3_bind_blob64(statement, at, bytes.size ? bytes.bytes : "",
		bytes.size, SQLITE_STATIC);
}

struct stemma_view
stemma_sql_view(sqlite3_stmt *statement, int column)
{
	struct stemma_view view;

	view.bytes = sqlite3_column_blob(statement, column);
	view.size = (size_t)sqlite3_column_bytes(statement, column);
	return view;
}

bool
stemma_sql_copy(struct stemma_view *copy, sqlite3_stmt *statement, int column,
	struct stemma_arena *arena)
{
	*copy = stemma_sql_view(statement, column);
	copy->bytes = stemma_arena_string(arena, *copy);
	return copy->bytes;
}

enum stemma_code
stemma_meta_number(struct stemma_index *index, int64_t *number,
	enum stemma_meta which, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_META, error);
	bool row;

	*number = 0;
	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int(statement, 1, (int)which);
	code = stemma_sql_step(index, statement, &row, error);
	if (row)
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return code;
}

enum stemma_code
stemma_meta_set_number(struct stemma_index *index, enum stemma_meta which,
	int64_t number, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_SET_META, error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int(statement, 1, (int)which);
	sqlite3_bind_int64(statement, 2, number);
	return stemma_sql_finish(index, statement, error);
}
