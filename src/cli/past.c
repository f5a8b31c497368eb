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

void
stemma_past_close(struct stemma_past *past)
{
	stemma_trace_free(past->trace);
	stemma_archive_close(&past->archive);
}
