/* SPDX-License-Identifier: MIT */
#include "look.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static enum stemma_code
no_memory(const struct stemma_look *look)
{
	return stemma_error_set(look->error, STEMMA_NOMEM, "no memory");
}

/* ---- what to ask ------------------------------------------------------- */

static bool
ask(struct stemma_look *look, uint32_t unit, const struct stemma_print *print)
{
	size_t start = look->doc->units[unit].start;

	if (look->asked_count == look->asked_room) {
		uint32_t room = look->asked_room ? look->asked_room * 2 : 512;
		struct stemma_asked *asked =
			stemma_arena_alloc(look->scratch, room, sizeof *asked);

		if (!asked || room < look->asked_room)
			return false;
		if (look->asked_count)
			memcpy(asked, look->asked,
				look->asked_count * sizeof *asked);
		look->asked = asked;
		look->asked_room = room;
	}
	look->asked[look->asked_count++] =
		(struct stemma_asked){.hash = print->hash,
			.unit = unit,
			.span = {start + print->start, start + print->end}};
	return true;
}

static enum stemma_code
read_unit(struct stemma_look *look, uint32_t unit)
{
	struct stemma_prints prints = {
		.tokens = {.text = stemma_doc_unit(look->doc, unit),
			.scratch = look->scratch}};
	struct stemma_print print;

	assert(look->passages);
	while (stemma_prints_next(&prints, &print))
		if (!ask(look, unit, &print))
			return no_memory(look);
	look->passages[unit] =
		(struct stemma_lookup){.unit = unit, .words = prints.words};
	return prints.tokens.code == STEMMA_OK ? STEMMA_OK : no_memory(look);
}

static int
by_hash(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Number the hashes that are different. */
static enum stemma_code
number_hashes(struct stemma_look *look)
{
	uint64_t *hashes = stemma_arena_alloc(
		look->scratch, look->asked_count, sizeof *hashes);
	uint32_t count = 0;

	if (!hashes)
		return no_memory(look);
	for (uint32_t k = 0; k < look->asked_count; k++)
		hashes[k] = look->asked[k].hash;
	qsort(hashes, look->asked_count, sizeof *hashes, by_hash);
	for (uint32_t k = 0; k < look->asked_count; k++)
		if (!k || hashes[k] != hashes[k - 1])
			hashes[count++] = hashes[k];
	look->hashes = hashes;
	look->hash_count = count;
	for (uint32_t k = 0; k < look->asked_count; k++) {
		const uint64_t *at = bsearch(&look->asked[k].hash, hashes,
			count, sizeof *hashes, by_hash);

		look->asked[k].number = (uint32_t)(at - hashes);
	}
	return STEMMA_OK;
}

/* ---- what was found ---------------------------------------------------- */

static int
by_finding(const void *a, const void *b)
{
	const struct stemma_finding *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->revision > y->revision) - (x->revision < y->revision);
}

int
stemma_known_order(const void *a, const void *b)
{
	const struct stemma_known *x = a, *y = b;

	return (x->revision > y->revision) - (x->revision < y->revision);
}

/* Findings of one hash together, and where those of each begin. */
static enum stemma_code
order_findings(struct stemma_look *look)
{
	struct stemma_findings *findings = &look->findings;
	uint32_t at = 0;

	look->first = stemma_arena_alloc(look->scratch,
		(size_t)look->hash_count + 1, sizeof *look->first);
	if (!look->first)
		return no_memory(look);
	if (findings->count)
		qsort(findings->found, findings->count, sizeof *findings->found,
			by_finding);
	for (uint32_t k = 0; k <= look->hash_count; k++) {
		while (at < findings->count && findings->found[at].hash < k)
			at++;
		look->first[k] = at;
	}
	return STEMMA_OK;
}

static enum stemma_code
read_known(struct stemma_look *look, struct stemma_known *known)
{
	struct stemma_view commit;
	sqlite3_stmt *statement;
	bool row;
	enum stemma_code code = stemma_sql_get(
		look->index, &statement, STEMMA_SQL_REVISION, look->error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, known->revision);
	code = stemma_sql_step(look->index, statement, &row, look->error);
	if (row) {
		known->story = (uint32_t)sqlite3_column_int64(statement, 0);
		known->time = sqlite3_column_int64(statement, 1);
		commit = stemma_sql_view(statement, 2);
		if (commit.size == STEMMA_COMMIT_SIZE)
			memcpy(known->commit, commit.bytes, commit.size);
		else
			code = stemma_error_set(look->error, STEMMA_CORRUPT,
				"index: a revision without a commit");
	}
	sqlite3_reset(statement);
	return code;
}

/* Read each revision that was found once. */
static enum stemma_code
know_revisions(struct stemma_look *look)
{
	const struct stemma_findings *findings = &look->findings;
	struct stemma_known *known = stemma_arena_zalloc(
		look->scratch, findings->count, sizeof *known);
	enum stemma_code code = STEMMA_OK;
	uint32_t count = 0;

	if (!known)
		return no_memory(look);
	for (uint32_t k = 0; k < findings->count; k++)
		known[k].revision = findings->found[k].revision;
	if (findings->count)
		qsort(known, findings->count, sizeof *known,
			stemma_known_order);
	for (uint32_t k = 0; k < findings->count && code == STEMMA_OK; k++) {
		if (k && known[k].revision == known[count - 1].revision)
			continue;
		known[count].revision = known[k].revision;
		code = read_known(look, &known[count++]);
	}
	look->known = known;
	look->known_count = count;
	return code;
}

/* ---- all of it --------------------------------------------------------- */

static enum stemma_code
find_all(struct stemma_look *look)
{
	enum stemma_code code = stemma_hashes_find(look->index, &look->findings,
		look->hashes, look->hash_count, look->scratch, look->error);

	if (code == STEMMA_OK)
		code = order_findings(look);
	if (code == STEMMA_OK)
		code = know_revisions(look);
	for (uint32_t at = 0, end; at < look->asked_count && code == STEMMA_OK;
		at = end) {
		uint32_t unit = look->asked[at].unit;

		for (end = at + 1; end < look->asked_count; end++)
			if (look->asked[end].unit != unit)
				break;
		code = stemma_lookup_see(look, &look->passages[unit],
			&look->asked[at], end - at);
	}
	return code;
}

enum stemma_code
stemma_index_look(struct stemma_index *index, struct stemma_lookup **passages,
	const struct stemma_doc *doc, const struct stemma_look_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_look look = {.index = index,
		.doc = doc,
		.arena = arena,
		.scratch = scratch,
		.error = error};
	enum stemma_code code = STEMMA_OK;

	if (options)
		look.options = *options;
	if (!look.options.sightings)
		look.options.sightings = 16;
	if (!look.options.least)
		look.options.least = 100;
	*passages = NULL;
	look.passages = stemma_arena_zalloc(
		arena, doc->unit_count, sizeof *look.passages);
	if (!look.passages)
		code = no_memory(&look);
	for (uint32_t k = 0; k < doc->unit_count && code == STEMMA_OK; k++)
		code = read_unit(&look, k);
	if (code == STEMMA_OK)
		code = number_hashes(&look);
	if (code == STEMMA_OK)
		code = stemma_index_hold(index, error);
	if (code == STEMMA_OK) {
		code = find_all(&look);
		stemma_index_release(index);
	}
	if (code == STEMMA_OK)
		*passages = look.passages;
	stemma_arena_rewind(scratch, mark);
	return code;
}
