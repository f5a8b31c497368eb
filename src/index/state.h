/*
 * state.h - an open index, its tables, and the ways to ask them.
 *
 *     meta      id, value                    what holds for all of it
 *     story     id, key, name, title, head, time, revisions
 *     word      (word, story)                words of names and titles
 *     revision  id, story, time, commit      ids are never used again
 *     unread    revision, story              whose texts could not be had
 *     segment   id, blocks, postings
 *     block     segment << 32 | number, data (block.h)
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INDEX_STATE_H
#define INDEX_STATE_H

#include <sqlite3.h>

#include <stemma/index.h>

#include "block.h"
#include "print.h"

/* What stands in the table `meta`. */
enum stemma_meta {
	STEMMA_META_STAMP = 1,
	STEMMA_META_NEXT,     /* the id of the next revision */
	STEMMA_META_STORIES,  /* how many there are */
	STEMMA_META_REVISIONS /* how many there are */
};

enum stemma_statement {
	STEMMA_SQL_BEGIN,
	STEMMA_SQL_BEGIN_WRITE,
	STEMMA_SQL_COMMIT,
	STEMMA_SQL_META,
	STEMMA_SQL_SET_META,
	STEMMA_SQL_SEGMENTS,
	STEMMA_SQL_ADD_SEGMENT,
	STEMMA_SQL_DROP_SEGMENT,
	STEMMA_SQL_BLOCK,
	STEMMA_SQL_ADD_BLOCK,
	STEMMA_SQL_DROP_BLOCKS,
	STEMMA_SQL_HEADS,
	STEMMA_SQL_STORY,
	STEMMA_SQL_ADD_STORY,
	STEMMA_SQL_CHANGE_STORY,
	STEMMA_SQL_DROP_STORY,
	STEMMA_SQL_STORY_NAME,
	STEMMA_SQL_ADD_WORD,
	STEMMA_SQL_DROP_WORD,
	STEMMA_SQL_REVISION,
	STEMMA_SQL_REVISIONS,
	STEMMA_SQL_STORY_HEAD,
	STEMMA_SQL_STORY_REVISIONS,
	STEMMA_SQL_ADD_REVISION,
	STEMMA_SQL_DROP_REVISIONS,
	STEMMA_SQL_UNREAD,
	STEMMA_SQL_ADD_UNREAD,
	STEMMA_SQL_DROP_UNREAD,
	STEMMA_SQL_BY_NAME,
	STEMMA_SQL_BY_TIME,
	STEMMA_SQL_BY_WORD,
	STEMMA_SQL_BY_ID,
	STEMMA_SQL_COUNT
};

/* A hash of a revision, on its way into a segment. */
struct stemma_gathered {
	uint64_t hash;
	uint32_t revision;
	uint32_t reserved;
};

/* A set of hashes, by open addressing; 0 is kept apart. */
struct stemma_set {
	uint64_t *slots;
	uint32_t room, count; /* room is a power of two, or 0 */
	bool zero;
};

/* The story that is being added. */
struct stemma_adding {
	const struct stemma_index_story *story;
	uint32_t id;
	uint32_t next;    /* position of the revision to add */
	uint32_t *before; /* ids of revisions indexed earlier, sorted */
	uint32_t before_count;
	struct stemma_set units, hashes; /* what was seen of it by now */
};

struct stemma_index {
	sqlite3 *db;
	sqlite3_stmt *statements[STEMMA_SQL_COUNT];
	bool writing;    /* between begin and commit */
	uint32_t gather; /* room for so many hashes */
	uint32_t count;  /* of hashes gathered */
	struct stemma_gathered *gathered, *spare;
	uint32_t first; /* id of the first revision of this transaction */
	uint32_t next;  /* id of the next one */
	int64_t *times; /* of these revisions */
	uint32_t time_room;
	int64_t stories, revisions; /* in the whole index */
	struct stemma_adding adding;
	struct stemma_arena *arena; /* of the story that is being added */
};

/* ---- sql.c ------------------------------------------------------------- */

/* What SQLite's `status` means for the caller; sets `error`. */
enum stemma_code stemma_sql_fail(const struct stemma_index *index, int status,
	struct stemma_error *error);

/* Run statements that give no rows. */
enum stemma_code stemma_sql_run(struct stemma_index *index, const char *sql,
	struct stemma_error *error);

/* The statement, ready to be bound. */
enum stemma_code
stemma_sql_get(struct stemma_index *index, sqlite3_stmt **statement,
	enum stemma_statement which, struct stemma_error *error);

/* Go to the next row: *row tells whether there is one. */
enum stemma_code stemma_sql_step(struct stemma_index *index,
	sqlite3_stmt *statement, bool *row, struct stemma_error *error);

/* Run a statement that gives no rows, and make it ready for another time. */
enum stemma_code stemma_sql_finish(struct stemma_index *index,
	sqlite3_stmt *statement, struct stemma_error *error);

/* Bind bytes that outlive the statement's run. */
void stemma_sql_bind(sqlite3_stmt *statement, int at, struct stemma_view bytes);

/* The bytes of a column, until the next step. */
struct stemma_view stemma_sql_view(sqlite3_stmt *statement, int column);

/* The same in `arena`; false without memory. */
bool stemma_sql_copy(struct stemma_view *copy, sqlite3_stmt *statement,
	int column, struct stemma_arena *arena);

/* A number in the table `meta`, 0 if it is not there. */
enum stemma_code stemma_meta_number(struct stemma_index *index, int64_t *number,
	enum stemma_meta which, struct stemma_error *error);

enum stemma_code stemma_meta_set_number(struct stemma_index *index,
	enum stemma_meta which, int64_t number, struct stemma_error *error);

/* Begin to read from one state of the index, unless it is being written. */
enum stemma_code
stemma_index_hold(struct stemma_index *index, struct stemma_error *error);

/* The end of that. */
void stemma_index_release(struct stemma_index *index);

/* ---- set.c ------------------------------------------------------------- */

/* Put `hash` into the set; `added`: it was not there. STEMMA_NOMEM. */
enum stemma_code stemma_set_add(struct stemma_set *set, bool *added,
	uint64_t hash, struct stemma_arena *arena);

/* ---- segment.c --------------------------------------------------------- */

/* Write what was gathered as a segment. */
enum stemma_code
stemma_segment_write(struct stemma_index *index, struct stemma_error *error);

/* Merge segments of one size, or all. */
enum stemma_code stemma_segments_merge(
	struct stemma_index *index, bool all, struct stemma_error *error);

/* ---- gather.c ---------------------------------------------------------- */

/* Sort by hash; revisions of a hash keep their order. */
void stemma_gathered_sort(struct stemma_gathered *hashes,
	struct stemma_gathered *spare, uint32_t count);

/*
 * Cut a list of more than STEMMA_LISTED revisions to the earliest ones; the
 * rest of the array is undefined then.
 */
enum stemma_code stemma_listed_cut(struct stemma_index *index,
	uint32_t *revisions, uint32_t *count, struct stemma_error *error);

/* ---- find.c ------------------------------------------------------------ */

/* Revisions that have one of the hashes asked for. */
struct stemma_finding {
	uint32_t hash; /* position */
	uint32_t revision;
};

struct stemma_findings {
	struct stemma_finding *found;
	uint32_t count, room;
	uint32_t *stories; /* of each hash: how many have it */
	struct stemma_arena *arena;
};

/* Who has the `count` hashes, which are sorted and all different. */
enum stemma_code stemma_hashes_find(struct stemma_index *index,
	struct stemma_findings *findings, const uint64_t *hashes,
	uint32_t count, struct stemma_arena *arena, struct stemma_error *error);

/* ---- stories.c --------------------------------------------------------- */

/* Add the words of a story's name and title, or take them away. */
enum stemma_code stemma_words_note(struct stemma_index *index, uint32_t story,
	struct stemma_view text, bool there, struct stemma_error *error);

#endif
