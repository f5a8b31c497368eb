/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

enum stemma_code
stemma_index_hold(struct stemma_index *index, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code;

	if (index->writing)
		return STEMMA_OK;
	code = stemma_sql_get(index, &statement, STEMMA_SQL_BEGIN, error);
	return code == STEMMA_OK ? stemma_sql_finish(index, statement, error)
				 : code;
}

void
stemma_index_release(struct stemma_index *index)
{
	sqlite3_stmt *statement;

	if (!index->writing &&
		!stemma_sql_get(index, &statement, STEMMA_SQL_COMMIT, NULL))
		stemma_sql_finish(index, statement, NULL);
}

enum stemma_code
stemma_index_stamp(struct stemma_index *index, struct stemma_view *stamp,
	struct stemma_arena *arena, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_META, error);
	bool row;

	*stamp = (struct stemma_view){0};
	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int(statement, 1, STEMMA_META_STAMP);
	code = stemma_sql_step(index, statement, &row, error);
	if (row && !stemma_sql_copy(stamp, statement, 0, arena))
		code = stemma_error_set(error, STEMMA_NOMEM, "no memory");
	sqlite3_reset(statement);
	return code;
}

enum stemma_code
stemma_index_set_stamp(struct stemma_index *index, struct stemma_view stamp,
	struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code;

	if (stamp.size > 255)
		return stemma_error_set(
			error, STEMMA_INVALID, "index: the stamp is too long");
	code = stemma_sql_get(index, &statement, STEMMA_SQL_SET_META, error);
	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int(statement, 1, STEMMA_META_STAMP);
	stemma_sql_bind(statement, 2, stamp);
	return stemma_sql_finish(index, statement, error);
}

enum stemma_code
stemma_index_count(struct stemma_index *index,
	struct stemma_index_totals *totals, struct stemma_error *error)
{
	int64_t stories = 0, revisions = 0;
	sqlite3_stmt *statement;
	bool row = true;
	enum stemma_code code =
		stemma_meta_number(index, &stories, STEMMA_META_STORIES, error);

	*totals = (struct stemma_index_totals){0};
	if (code == STEMMA_OK)
		code = stemma_meta_number(
			index, &revisions, STEMMA_META_REVISIONS, error);
	if (code == STEMMA_OK)
		code = stemma_sql_get(
			index, &statement, STEMMA_SQL_SEGMENTS, error);
	if (code != STEMMA_OK)
		return code;
	totals->stories = (uint64_t)stories;
	totals->revisions = (uint64_t)revisions;
	for (;;) {
		code = stemma_sql_step(index, statement, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		totals->segments++;
		totals->hashes += (uint64_t)sqlite3_column_int64(statement, 2);
	}
	sqlite3_reset(statement);
	return code;
}

/* ---- all heads, side by side ------------------------------------------- */

struct comparing {
	struct stemma_index_changes *changes;
	uint32_t gone_room;
	struct stemma_arena *arena;
};

static int
order(struct stemma_view a, struct stemma_view b)
{
	size_t shorter = a.size < b.size ? a.size : b.size;
	int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

static bool
note_gone(struct comparing *comparing, sqlite3_stmt *row)
{
	struct stemma_index_changes *changes = comparing->changes;

	if (changes->gone_count == comparing->gone_room) {
		uint32_t room =
			comparing->gone_room ? comparing->gone_room * 2 : 16;
		struct stemma_view *gone = stemma_arena_alloc(
			comparing->arena, room, sizeof *gone);

		if (!gone || room < comparing->gone_room)
			return false;
		if (changes->gone_count)
			memcpy(gone, changes->gone,
				changes->gone_count * sizeof *gone);
		changes->gone = gone;
		comparing->gone_room = room;
	}
	return stemma_sql_copy(&changes->gone[changes->gone_count++], row, 0,
		comparing->arena);
}

/* Merge the archive's heads with the index's rows; both are in order. */
static enum stemma_code
compare_rows(struct stemma_index *index, struct comparing *comparing,
	sqlite3_stmt *rows, const struct stemma_index_head *heads,
	uint32_t count, struct stemma_error *error)
{
	struct stemma_index_changes *changes = comparing->changes;
	uint32_t at = 0;
	bool row;
	enum stemma_code code = stemma_sql_step(index, rows, &row, error);

	while (code == STEMMA_OK && (row || at < count)) {
		struct stemma_view head = {0};
		int side = row ? 1 : -1; /* which is the first: -1 a head */

		if (row && at < count)
			side = order(heads[at].key, stemma_sql_view(rows, 0));
		if (side <= 0 && row)
			head = stemma_sql_view(rows, 1);
		if (side > 0 && !note_gone(comparing, rows))
			return stemma_error_set(
				error, STEMMA_NOMEM, "no memory");
		if (side < 0 ||
			(!side && (head.size != STEMMA_COMMIT_SIZE ||
					  memcmp(head.bytes, heads[at].commit,
						  STEMMA_COMMIT_SIZE) != 0)))
			changes->changed[changes->changed_count++] = at;
		if (side <= 0)
			at++;
		if (side >= 0)
			code = stemma_sql_step(index, rows, &row, error);
	}
	return code;
}

enum stemma_code
stemma_index_compare(struct stemma_index *index,
	struct stemma_index_changes *changes,
	const struct stemma_index_head *heads, uint32_t count,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct comparing comparing = {.changes = changes, .arena = arena};
	sqlite3_stmt *rows;
	enum stemma_code code;

	*changes = (struct stemma_index_changes){0};
	changes->changed =
		stemma_arena_alloc(arena, count, sizeof *changes->changed);
	if (!changes->changed)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	code = stemma_sql_get(index, &rows, STEMMA_SQL_HEADS, error);
	if (code != STEMMA_OK)
		return code;
	code = compare_rows(index, &comparing, rows, heads, count, error);
	sqlite3_reset(rows);
	return code;
}
