/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

struct search {
	struct stemma_index *index;
	struct stemma_findings *findings;
	const uint64_t *hashes;
	uint32_t count;
	struct stemma_error *error;
};

static bool
append(struct stemma_findings *findings, uint32_t hash, uint32_t revision)
{
	if (findings->count == findings->room) {
		uint32_t room = findings->room ? findings->room * 2 : 256;
		struct stemma_finding *found = stemma_arena_alloc(
			findings->arena, room, sizeof *found);

		if (!found || room < findings->room)
			return false;
		if (findings->count)
			memcpy(found, findings->found,
				findings->count * sizeof *found);
		findings->found = found;
		findings->room = room;
	}
	findings->found[findings->count++] =
		(struct stemma_finding){hash, revision};
	return true;
}

static enum stemma_code
note(struct search *search, uint32_t at, const struct stemma_posting *posting)
{
	uint32_t *stories = &search->findings->stories[at];

	*stories = posting->stories > UINT32_MAX - *stories
			   ? UINT32_MAX
			   : *stories + posting->stories;
	for (uint32_t k = 0; k < posting->listed; k++)
		if (!append(search->findings, at, posting->revisions[k]))
			return stemma_error_set(
				search->error, STEMMA_NOMEM, "no memory");
	return STEMMA_OK;
}

static enum stemma_code
damaged(const struct search *search)
{
	return stemma_error_set(search->error, STEMMA_CORRUPT,
		"index: a block is missing or damaged");
}

/* Look for hashes [first, end) in the block that they would stand in. */
static enum stemma_code
search_block(struct search *search, uint32_t first, uint32_t end,
	struct stemma_view data)
{
	struct stemma_posting posting;
	struct stemma_block block;
	enum stemma_code code = STEMMA_OK;

	if (stemma_block_read(&block, data) != STEMMA_OK)
		return damaged(search);
	while (first < end && stemma_block_more(&block) && code == STEMMA_OK) {
		if (stemma_block_next(&block, &posting) != STEMMA_OK)
			return damaged(search);
		while (first < end && search->hashes[first] < posting.hash)
			first++;
		if (first < end && search->hashes[first] == posting.hash)
			code = note(search, first++, &posting);
	}
	return code;
}

static enum stemma_code
search_segment(struct search *search, int64_t id, int64_t blocks)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t first = 0, end; first < search->count; first = end) {
		int64_t block = stemma_block_of(search->hashes[first], blocks);
		sqlite3_stmt *statement;
		bool row;

		for (end = first + 1; end < search->count; end++)
			if (stemma_block_of(search->hashes[end], blocks) !=
				block)
				break;
		code = stemma_sql_get(search->index, &statement,
			STEMMA_SQL_BLOCK, search->error);
		if (code != STEMMA_OK)
			return code;
		sqlite3_bind_int64(statement, 1, id << 32 | block);
		code = stemma_sql_step(
			search->index, statement, &row, search->error);
		if (code == STEMMA_OK)
			code = row ? search_block(search, first, end,
					     stemma_sql_view(statement, 0))
				   : damaged(search);
		sqlite3_reset(statement);
		if (code != STEMMA_OK)
			return code;
	}
	return code;
}

enum stemma_code
stemma_hashes_find(struct stemma_index *index, struct stemma_findings *findings,
	const uint64_t *hashes, uint32_t count, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct search search = {index, findings, hashes, count, error};
	sqlite3_stmt *segments;
	bool row = true;
	enum stemma_code code;

	*findings = (struct stemma_findings){.arena = arena};
	findings->stories =
		stemma_arena_zalloc(arena, count, sizeof *findings->stories);
	if (!findings->stories)
		return stemma_error_set(error, STEMMA_NOMEM, "no memory");
	code = stemma_sql_get(index, &segments, STEMMA_SQL_SEGMENTS, error);
	if (code != STEMMA_OK)
		return code;
	while (code == STEMMA_OK) {
		code = stemma_sql_step(index, segments, &row, error);
		if (code != STEMMA_OK || !row)
			break;
		code = search_segment(&search,
			sqlite3_column_int64(segments, 0),
			sqlite3_column_int64(segments, 1));
	}
	sqlite3_reset(segments);
	return code;
}
