/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <stdlib.h>
#include <string.h>

/* Different hashes of a revision that are new to its story, as far as the
   story was seen in this transaction. */
struct fresh {
	uint64_t *hashes;
	uint32_t count, room;
	struct stemma_arena *scratch;
};

static enum stemma_code
take_hash(struct stemma_index *index, struct fresh *fresh, uint64_t hash)
{
	bool added;
	enum stemma_code code = stemma_set_add(
		&index->adding.hashes, &added, hash, index->arena);

	if (code != STEMMA_OK || !added)
		return code;
	if (fresh->count == fresh->room) {
		uint32_t room = fresh->room ? fresh->room * 2 : 256;
		uint64_t *hashes = stemma_arena_alloc(
			fresh->scratch, room, sizeof *hashes);

		if (!hashes || room < fresh->room)
			return STEMMA_NOMEM;
		if (fresh->count)
			memcpy(hashes, fresh->hashes,
				fresh->count * sizeof *hashes);
		fresh->hashes = hashes;
		fresh->room = room;
	}
	fresh->hashes[fresh->count++] = hash;
	return STEMMA_OK;
}

/* What the paragraphs bring that the story did not have before. */
static enum stemma_code
read_units(struct stemma_index *index, struct fresh *fresh,
	const struct stemma_doc *doc, struct stemma_arena *words)
{
	enum stemma_code code = STEMMA_OK;

	for (size_t k = 0; k < doc->unit_count && code == STEMMA_OK; k++) {
		struct stemma_prints prints = {
			.tokens = {.text = stemma_doc_unit(doc, k),
				.scratch = words}};
		struct stemma_print print;
		bool added;

		code = stemma_set_add(&index->adding.units, &added,
			doc->units[k].key, index->arena);
		if (!added)
			continue;
		while (code == STEMMA_OK && stemma_prints_next(&prints, &print))
			code = take_hash(index, fresh, print.hash);
		if (code == STEMMA_OK)
			code = prints.tokens.code;
	}
	return code;
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * Leave out hashes that revisions of the story have brought in transactions
 * before. One that so many stories have that not all are listed counts as one
 * of them: the story is not new, and a stock phrase seldom is.
 */
static enum stemma_code
leave_out(struct stemma_index *index, struct fresh *fresh,
	struct stemma_error *error)
{
	const struct stemma_adding *adding = &index->adding;
	struct stemma_findings findings;
	uint32_t kept = 0;
	enum stemma_code code;
	bool *known;

	qsort(fresh->hashes, fresh->count, sizeof *fresh->hashes, by_value);
	known = stemma_arena_zalloc(fresh->scratch, fresh->count, 1);
	if (!known)
		return STEMMA_NOMEM;
	code = stemma_hashes_find(index, &findings, fresh->hashes, fresh->count,
		fresh->scratch, error);
	if (code != STEMMA_OK)
		return code;
	for (uint32_t k = 0; k < findings.count; k++) {
		const struct stemma_finding *found = &findings.found[k];

		if (bsearch(&found->revision, adding->before,
			    adding->before_count, sizeof *adding->before,
			    by_number))
			known[found->hash] = true;
	}
	for (uint32_t k = 0; k < fresh->count; k++)
		if (!known[k] && findings.stories[k] <= STEMMA_LISTED)
			fresh->hashes[kept++] = fresh->hashes[k];
	fresh->count = kept;
	return code;
}

/* ---- writing ----------------------------------------------------------- */

static enum stemma_code
make_room(struct stemma_index *index)
{
	size_t size = sizeof *index->gathered;

	if (!index->gathered)
		index->gathered = malloc(index->gather * size);
	if (!index->spare)
		index->spare = malloc(index->gather * size);
	if (index->next - index->first == index->time_room) {
		uint32_t room = index->time_room ? index->time_room * 2 : 1024;
		int64_t *times = realloc(index->times, room * sizeof *times);

		if (!times)
			return STEMMA_NOMEM;
		index->times = times;
		index->time_room = room;
	}
	return index->gathered && index->spare ? STEMMA_OK : STEMMA_NOMEM;
}

static enum stemma_code
write_revision(struct stemma_index *index, struct stemma_error *error)
{
	struct stemma_adding *adding = &index->adding;
	const struct stemma_index_revision *revision =
		&adding->story->revisions[adding->next++];
	sqlite3_stmt *statement;
	enum stemma_code code = stemma_sql_get(
		index, &statement, STEMMA_SQL_ADD_REVISION, error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, index->next);
	sqlite3_bind_int64(statement, 2, adding->id);
	sqlite3_bind_int64(statement, 3, revision->time);
	stemma_sql_bind(statement, 4,
		(struct stemma_view){
			(const char *)revision->commit, STEMMA_COMMIT_SIZE});
	index->times[index->next - index->first] = revision->time;
	index->next++;
	index->revisions++;
	return stemma_sql_finish(index, statement, error);
}

/* The text of the revision that was written last could not be had. */
static enum stemma_code
note_unread(struct stemma_index *index, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_ADD_UNREAD, error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, index->next - 1);
	sqlite3_bind_int64(statement, 2, index->adding.id);
	return stemma_sql_finish(index, statement, error);
}

/* The hashes of the revision that was written last. */
static enum stemma_code
gather(struct stemma_index *index, const struct fresh *fresh,
	struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = 0; k < fresh->count && code == STEMMA_OK; k++) {
		if (index->count == index->gather)
			code = stemma_segment_write(index, error);
		index->gathered[index->count++] = (struct stemma_gathered){
			.hash = fresh->hashes[k], .revision = index->next - 1};
	}
	return code;
}

enum stemma_code
stemma_index_add(struct stemma_index *index, const struct stemma_doc *doc,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct fresh fresh = {.scratch = scratch};
	struct stemma_adding *adding = &index->adding;
	enum stemma_code code;

	if (!adding->story || adding->next == adding->story->count)
		return stemma_error_set(error, STEMMA_INVALID,
			"index: a story has fewer revisions than were added");
	if (index->next == UINT32_MAX)
		return stemma_error_set(
			error, STEMMA_UNSUPPORTED, "index: too many revisions");
	code = make_room(index);
	if (code == STEMMA_OK && doc)
		code = read_units(index, &fresh, doc, scratch);
	if (code == STEMMA_OK && adding->before_count && fresh.count)
		code = leave_out(index, &fresh, error);
	if (code == STEMMA_OK)
		code = write_revision(index, error);
	if (code == STEMMA_OK && !doc)
		code = note_unread(index, error);
	if (code == STEMMA_OK)
		code = gather(index, &fresh, error);
	stemma_arena_rewind(scratch, mark);
	return code == STEMMA_OK ? code
				 : stemma_error_set(error, code, "no memory");
}

enum stemma_code
stemma_index_commit(
	struct stemma_index *index, bool all, struct stemma_error *error)
{
	const int64_t numbers[][2] = {
		{STEMMA_META_NEXT, index->next},
		{STEMMA_META_STORIES, index->stories},
		{STEMMA_META_REVISIONS, index->revisions},
	};
	sqlite3_stmt *statement;
	enum stemma_code code = stemma_segment_write(index, error);

	if (code == STEMMA_OK)
		code = stemma_segments_merge(index, all, error);
	for (size_t k = 0; k < 3 && code == STEMMA_OK; k++)
		code = stemma_meta_set_number(index,
			(enum stemma_meta)numbers[k][0], numbers[k][1], error);
	if (code == STEMMA_OK)
		code = stemma_sql_get(
			index, &statement, STEMMA_SQL_COMMIT, error);
	if (code == STEMMA_OK)
		code = stemma_sql_finish(index, statement, error);
	if (code == STEMMA_OK)
		index->writing = false;
	stemma_index_rollback(index);
	return code;
}
