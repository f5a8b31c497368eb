/* SPDX-License-Identifier: MIT */
#include "past.h"
#include "trouble.h"

/* Feed revision `k`, whose bytes and document live in `arena`. */
static enum stemma_code
feed(struct stemma_past *past, uint32_t k, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_view bytes;
	enum stemma_code code = stemma_store_read(past->archive.store, &bytes,
		&past->log.revisions[k], arena, error);

	if (code == STEMMA_OK)
		code = stemma_doc_split(&past->doc, bytes, NULL, arena, error);
	if (code == STEMMA_OK)
		code = stemma_trace_add(
			past->trace, &past->doc, past->archive.scratch);
	return code;
}

static enum stemma_code
feed_all(struct stemma_past *past, struct stemma_error *error)
{
	struct stemma_arena *arena = past->archive.arena;
	enum stemma_code code = STEMMA_OK;
	uint32_t last = past->revision->number - 1;

	past->trace = stemma_trace_new(0);
	if (!past->trace)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k <= last && code == STEMMA_OK; k++) {
		struct stemma_mark mark = stemma_arena_mark(arena);

		code = feed(past, k, arena, error);
		if (k < last)
			stemma_arena_rewind(arena, mark);
	}
	if (code == STEMMA_OK)
		code = stemma_trace_tell(&past->origins, past->trace,
			&past->doc, arena, past->archive.scratch);
	return code;
}

int
stemma_past_read(struct stemma_past *past,
	const struct stemma_archive_settings *settings, const char *operand)
{
	struct stemma_error error = {0};
	enum stemma_code code;

	if (stemma_archive_open(&past->archive, settings, false) ||
		stemma_archive_select(
			&past->archive, &past->log, &past->revision, operand))
		return STEMMA_EXIT_TROUBLE;
	code = feed_all(past, &error);
	return code == STEMMA_OK ? STEMMA_EXIT_SAME
				 : stemma_trouble_code(operand, code, &error);
}

/* What the revisions are called. */
static bool
name_revisions(struct stemma_past *past, struct stemma_blame *blame)
{
	struct stemma_arena *arena = past->archive.arena;
	uint32_t count = past->revision->number;
	struct stemma_blame_revision *names =
		stemma_arena_alloc(arena, count, sizeof *names);
	char(*commits)[41] = stemma_arena_alloc(arena, count, sizeof *commits);
	char(*dates)[STEMMA_TIME_SIZE] =
		stemma_arena_alloc(arena, count, sizeof *dates);

	if (!names || !commits || !dates)
		return false;
	for (uint32_t k = 0; k < count; k++) {
		const struct stemma_revision *r = &past->log.revisions[k];

		stemma_id_hex(commits[k], &r->commit);
		stemma_time_write(dates[k], r->date);
		names[k] = (struct stemma_blame_revision){
			commits[k], dates[k], r->source};
	}
	blame->revisions = names;
	blame->revision = count;
	return true;
}

int
stemma_past_blame(
	struct stemma_past *past, struct stemma_blame *blame, bool kinds)
{
	uint8_t *told = stemma_arena_zalloc(
		past->archive.arena, past->doc.unit_count, sizeof *told);
	enum stemma_code code = told ? STEMMA_OK : STEMMA_NOMEM;

	if (told && kinds)
		code = stemma_kinds_tell(told, NULL, &past->doc, NULL, NULL, 0,
			past->archive.scratch);
	if (code == STEMMA_OK && !name_revisions(past, blame))
		code = STEMMA_NOMEM;
	if (code != STEMMA_OK)
		return stemma_trouble_code("blame", code, NULL);
	blame->story = past->log.story;
	blame->doc = &past->doc;
	blame->origins = &past->origins;
	blame->kinds = told;
	return STEMMA_EXIT_SAME;
}

void
stemma_past_close(struct stemma_past *past)
{
	stemma_trace_free(past->trace);
	stemma_archive_close(&past->archive);
}
