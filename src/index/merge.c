/* SPDX-License-Identifier: MIT */
#include "segment.h"

#include <stdlib.h>
#include <string.h>

enum { MERGED = 8 }; /* segments of one size that become a larger one */

/* Reads the postings of one segment in order. */
struct reader {
	struct stemma_segment segment;
	int64_t next; /* block to read */
	sqlite3_stmt *statement;
	struct stemma_block block;
	struct stemma_posting posting;
	bool ended;
};

static enum stemma_code
damaged(struct stemma_error *error)
{
	return stemma_error_set(
		error, STEMMA_CORRUPT, "index: a block is missing or damaged");
}

/* Delete some of a segment's blocks. */
static enum stemma_code
drop_blocks(struct stemma_index *index, const struct stemma_segment *segment,
	int64_t first, int64_t last, struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code = stemma_sql_get(
		index, &statement, STEMMA_SQL_DROP_BLOCKS, error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, segment->id << 32 | first);
	sqlite3_bind_int64(statement, 2, segment->id << 32 | last);
	return stemma_sql_finish(index, statement, error);
}

static enum stemma_code
drop_segment(struct stemma_index *index, const struct stemma_segment *segment,
	struct stemma_error *error)
{
	sqlite3_stmt *statement;
	enum stemma_code code =
		drop_blocks(index, segment, 0, INT64_C(0xffffffff), error);

	if (code == STEMMA_OK)
		code = stemma_sql_get(
			index, &statement, STEMMA_SQL_DROP_SEGMENT, error);
	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, segment->id);
	return stemma_sql_finish(index, statement, error);
}

/* A block that was read to its end is deleted, so that its page is free for
   what is being written and the file does not double. */
static enum stemma_code
read_posting(struct stemma_index *index, struct reader *reader,
	struct stemma_error *error)
{
	while (!stemma_block_more(&reader->block)) {
		enum stemma_code code = STEMMA_OK;
		int64_t done = reader->next - 1;
		bool row;

		sqlite3_reset(reader->statement);
		if (done >= 0)
			code = drop_blocks(
				index, &reader->segment, done, done, error);
		if (code != STEMMA_OK)
			return code;
		if (reader->next == reader->segment.blocks) {
			reader->ended = true;
			return STEMMA_OK;
		}
		sqlite3_bind_int64(reader->statement, 1,
			reader->segment.id << 32 | reader->next++);
		code = stemma_sql_step(index, reader->statement, &row, error);
		if (code != STEMMA_OK)
			return code;
		if (!row || stemma_block_read(&reader->block,
				    stemma_sql_view(reader->statement, 0)))
			return damaged(error);
	}
	return stemma_block_next(&reader->block, &reader->posting)
		       ? damaged(error)
		       : STEMMA_OK;
}

/* A statement for each reader: its block lies in there. */
static enum stemma_code
open_reader(struct stemma_index *index, struct reader *reader,
	const struct stemma_segment *segment, struct stemma_error *error)
{
	int status = sqlite3_prepare_v2(index->db,
		"SELECT data FROM block WHERE id = ?", -1, &reader->statement,
		NULL);

	if (status != SQLITE_OK)
		return stemma_sql_fail(index, status, error);
	reader->segment = *segment;
	return read_posting(index, reader, error);
}

/* Take the least hash from all readers that have it. */
static enum stemma_code
take_least(struct stemma_index *index, struct stemma_posting *least,
	struct reader *readers, size_t count, struct stemma_error *error)
{
	uint32_t room = (uint32_t)count * STEMMA_LISTED, listed = 0;
	uint32_t *revisions = NULL;
	enum stemma_code code = STEMMA_OK;
	uint64_t stories = 0;

	least->hash = UINT64_MAX;
	for (size_t k = 0; k < count; k++)
		if (!readers[k].ended && readers[k].posting.hash < least->hash)
			least->hash = readers[k].posting.hash;
	for (size_t k = 0; k < count && code == STEMMA_OK; k++) {
		const struct stemma_posting *one = &readers[k].posting;

		if (readers[k].ended || one->hash != least->hash)
			continue;
		stories += one->stories;
		if (!revisions && listed + one->listed > STEMMA_LISTED) {
			revisions = malloc(room * sizeof *revisions);
			if (!revisions)
				return stemma_error_set(
					error, STEMMA_NOMEM, "no memory");
			memcpy(revisions, least->revisions,
				listed * sizeof *revisions);
		}
		memcpy((revisions ? revisions : least->revisions) + listed,
			one->revisions, one->listed * sizeof *revisions);
		listed += one->listed;
		code = read_posting(index, &readers[k], error);
	}
	if (revisions && code == STEMMA_OK) {
		code = stemma_listed_cut(index, revisions, &listed, error);
		memcpy(least->revisions, revisions, sizeof least->revisions);
	}
	free(revisions);
	least->listed = listed;
	least->stories = stories > UINT32_MAX ? UINT32_MAX : (uint32_t)stories;
	return code;
}

static bool
any_left(const struct reader *readers, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (!readers[k].ended)
			return true;
	return false;
}

static enum stemma_code
merge(struct stemma_index *index, const struct stemma_segment *segments,
	size_t count, int64_t id, struct stemma_error *error)
{
	struct reader *readers = calloc(count, sizeof *readers);
	enum stemma_code code = readers ? STEMMA_OK : STEMMA_NOMEM;
	struct stemma_posting least;
	struct stemma_writer writer;
	int64_t postings = 0;

	for (size_t k = 0; k < count && code == STEMMA_OK; k++) {
		postings += segments[k].postings;
		code = open_reader(index, &readers[k], &segments[k], error);
	}
	stemma_writer_open(&writer, index, id, postings, error);
	while (code == STEMMA_OK && any_left(readers, count)) {
		code = take_least(index, &least, readers, count, error);
		if (code == STEMMA_OK)
			code = stemma_writer_put(&writer, &least);
	}
	code = stemma_writer_close(&writer, code);
	for (size_t k = 0; readers && k < count; k++) {
		sqlite3_finalize(readers[k].statement);
		if (code == STEMMA_OK)
			code = drop_segment(index, &segments[k], error);
	}
	free(readers);
	return code == STEMMA_NOMEM ? stemma_error_set(error, code, "no memory")
				    : code;
}

/* Sizes that are eight times one another are different. */
static int
size_class(const struct stemma_segment *segment)
{
	int class = 0;

	for (int64_t size = segment->postings; size >= MERGED; size /= MERGED)
		class ++;
	return class;
}

static int
by_size(const void *a, const void *b)
{
	const struct stemma_segment *x = a, *y = b;

	return (x->postings > y->postings) - (x->postings < y->postings);
}

/* How many of the smallest segments to merge: none that are much larger. */
static size_t
count_alike(const struct stemma_segment *segments, size_t count)
{
	size_t alike = 0;

	for (size_t k = 0; k < count; k++) {
		if (k && size_class(&segments[k]) !=
				 size_class(&segments[k - 1]))
			alike = 0;
		if (++alike == MERGED)
			return k + 1;
	}
	return 0;
}

enum stemma_code
stemma_segments_merge(
	struct stemma_index *index, bool all, struct stemma_error *error)
{
	enum stemma_code code;
	size_t merged;

	do {
		struct stemma_segment *segments;
		size_t count;
		int64_t id;

		code = stemma_segments_list(index, &segments, &count, error);
		id = code == STEMMA_OK ? stemma_segments_next(segments, count)
				       : 0;
		if (count)
			qsort(segments, count, sizeof *segments, by_size);
		merged = all ? count : count_alike(segments, count);
		if (code == STEMMA_OK && merged > 1)
			code = merge(index, segments, merged, id, error);
		free(segments);
	} while (code == STEMMA_OK && !all && merged > 1);
	return code;
}
