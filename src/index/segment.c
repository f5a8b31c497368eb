/* SPDX-License-Identifier: MIT */
#include "segment.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ----------------------------------------------------------- */

static void
open_block(struct stemma_writer *writer)
{
	writer->out.size = 0;
	writer->hash = 0;
	stemma_out_repeat(&writer->out, 0, STEMMA_CHECKSUM_SIZE);
}

void
stemma_writer_open(struct stemma_writer *writer, struct stemma_index *index,
	int64_t id, int64_t postings, struct stemma_error *error)
{
	*writer = (struct stemma_writer){.index = index, .error = error};
	writer->segment.id = id;
	writer->segment.blocks = postings / STEMMA_BLOCK_HASHES + 1;
	open_block(writer);
}

static enum stemma_code
close_block(struct stemma_writer *writer)
{
	sqlite3_stmt *statement;
	enum stemma_code code = writer->out.code;

	if (code == STEMMA_OK)
		code = stemma_sql_get(writer->index, &statement,
			STEMMA_SQL_ADD_BLOCK, writer->error);
	if (code != STEMMA_OK)
		return stemma_error_set(writer->error, code, "no memory");
	stemma_block_seal((unsigned char *)writer->out.bytes, writer->out.size);
	sqlite3_bind_int64(
		statement, 1, writer->segment.id << 32 | writer->block++);
	stemma_sql_bind(statement, 2,
		(struct stemma_view){writer->out.bytes, writer->out.size});
	code = stemma_sql_finish(writer->index, statement, writer->error);
	open_block(writer);
	return code;
}

/* Postings come in order. Blocks in which there is nothing are written too, so
   that one that got lost is missed. */
enum stemma_code
stemma_writer_put(
	struct stemma_writer *writer, const struct stemma_posting *posting)
{
	unsigned char bytes[STEMMA_POSTING_SIZE];
	int64_t block = stemma_block_of(posting->hash, writer->segment.blocks);
	enum stemma_code code = STEMMA_OK;
	size_t size;

	while (writer->block < block && code == STEMMA_OK)
		code = close_block(writer);
	size = stemma_posting_write(bytes, writer->hash, posting);
	stemma_out_bytes(&writer->out, (const char *)bytes, size);
	writer->hash = posting->hash;
	writer->segment.postings += posting->listed;
	return code;
}

enum stemma_code
stemma_writer_close(struct stemma_writer *writer, enum stemma_code code)
{
	struct stemma_index *index = writer->index;
	sqlite3_stmt *statement;

	while (code == STEMMA_OK && writer->block < writer->segment.blocks)
		code = close_block(writer);
	if (code == STEMMA_OK)
		code = stemma_sql_get(index, &statement, STEMMA_SQL_ADD_SEGMENT,
			writer->error);
	if (code == STEMMA_OK) {
		sqlite3_bind_int64(statement, 1, writer->segment.id);
		sqlite3_bind_int64(statement, 2, writer->segment.blocks);
		sqlite3_bind_int64(statement, 3, writer->segment.postings);
		code = stemma_sql_finish(index, statement, writer->error);
	}
	stemma_out_free(&writer->out);
	return code;
}

/* ---- which there are --------------------------------------------------- */

/* All segments, oldest first, in memory that the caller frees. */
enum stemma_code
stemma_segments_list(struct stemma_index *index,
	struct stemma_segment **segments, size_t *count,
	struct stemma_error *error)
{
	size_t room = 0;
	sqlite3_stmt *statement;
	bool row = true;
	enum stemma_code code =
		stemma_sql_get(index, &statement, STEMMA_SQL_SEGMENTS, error);

	*segments = NULL;
	*count = 0;
	while (code == STEMMA_OK) {
		struct stemma_segment *more;

		code = stemma_sql_step(index, statement, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		if (*count == room) {
			room = room ? room * 2 : 32;
			more = realloc(*segments, room * sizeof *more);
			if (!more) {
				code = stemma_error_set(
					error, STEMMA_NOMEM, "no memory");
				break;
			}
			*segments = more;
		}
		more = &(*segments)[(*count)++];
		more->id = sqlite3_column_int64(statement, 0);
		more->blocks = sqlite3_column_int64(statement, 1);
		more->postings = sqlite3_column_int64(statement, 2);
	}
	if (statement)
		sqlite3_reset(statement);
	return code;
}

int64_t
stemma_segments_next(const struct stemma_segment *segments, size_t count)
{
	return count ? segments[count - 1].id + 1 : 1;
}

/* ---- from what was gathered -------------------------------------------- */

/* One posting of all that is gathered under a hash. */
static enum stemma_code
fill_posting(struct stemma_index *index, struct stemma_posting *posting,
	const struct stemma_gathered *gathered, uint32_t count,
	struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	uint32_t *revisions = posting->revisions;

	posting->hash = gathered->hash;
	posting->stories = posting->listed = count;
	if (count > STEMMA_LISTED)
		revisions = malloc(count * sizeof *revisions);
	if (!revisions)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	for (uint32_t k = 0; k < count; k++)
		revisions[k] = gathered[k].revision;
	if (count > STEMMA_LISTED) {
		code = stemma_listed_cut(
			index, revisions, &posting->listed, error);
		memcpy(posting->revisions, revisions,
			sizeof posting->revisions);
		free(revisions);
	}
	return code;
}

enum stemma_code
stemma_segment_write(struct stemma_index *index, struct stemma_error *error)
{
	struct stemma_posting posting;
	struct stemma_segment *segments;
	struct stemma_writer writer;
	size_t segment_count;
	enum stemma_code code =
		stemma_segments_list(index, &segments, &segment_count, error);

	if (code != STEMMA_OK || !index->count) {
		free(segments);
		return code;
	}
	stemma_writer_open(&writer, index,
		stemma_segments_next(segments, segment_count), index->count,
		error);
	free(segments);
	stemma_gathered_sort(index->gathered, index->spare, index->count);
	for (uint32_t at = 0, end; at < index->count && code == STEMMA_OK;
		at = end) {
		for (end = at + 1; end < index->count; end++)
			if (index->gathered[end].hash !=
				index->gathered[at].hash)
				break;
		code = fill_posting(
			index, &posting, &index->gathered[at], end - at, error);
		if (code == STEMMA_OK)
			code = stemma_writer_put(&writer, &posting);
	}
	index->count = 0;
	return stemma_writer_close(&writer, code);
}
