/* SPDX-License-Identifier: MIT */
#include "past.h"

#include "trouble.h"

enum {
	/* A trace is kept again when so many times the bytes that it was fed
	   since are as many as it takes: writing them is that much quicker. */
	WORTH = 16
};

/* Read revision `k`, whose bytes and document live in `arena`. */
static enum stemma_code
read_revision(struct stemma_past *past, uint32_t k, struct stemma_error *error)
{
	struct stemma_arena *arena = past->archive.arena;
	struct stemma_view bytes;
	enum stemma_code code = stemma_store_read(past->archive.store, &bytes,
		&past->log.revisions[k], arena, error);

	return code == STEMMA_OK
		       ? stemma_doc_split(&past->doc, bytes, NULL, arena, error)
		       : code;
}

/* Feed what the trace does not know yet, up to the revision in question; its
   document stays. */
static enum stemma_code
feed(struct stemma_past *past, uint64_t *bytes, struct stemma_error *error)
{
	struct stemma_arena *arena = past->archive.arena;
	uint32_t last = past->revision->number - 1;
	uint32_t first = stemma_trace_count(past->trace);
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = first; k <= last && code == STEMMA_OK; k++) {
		struct stemma_mark mark = stemma_arena_mark(arena);

		/* Of what is told all words are proved; of what was before, the
		   compression has to do. */
		stemma_store_rehash(k == last);
		code = read_revision(past, k, error);
		if (code == STEMMA_OK)
			code = stemma_trace_add(
				past->trace, &past->doc, past->archive.scratch);
		if (code == STEMMA_OK)
			*bytes += past->doc.raw.size;
		if (k < last)
			stemma_arena_rewind(arena, mark);
	}
	stemma_store_rehash(true);
	if (first > last)
		code = read_revision(past, last, error);
	return code;
}

/* Bring the trace up to the revision and tell of it. */
static enum stemma_code
bring_up(struct stemma_past *past, size_t size, struct stemma_error *error)
{
	struct stemma_archive *archive = &past->archive;
	uint64_t fed = 0;
	enum stemma_code code = feed(past, &fed, error);

	if (code == STEMMA_OK)
		code = stemma_trace_tell(&past->origins, past->trace,
			past->revision->number, &past->doc, archive->arena,
			archive->scratch);
	if (code == STEMMA_OK && fed && fed * WORTH >= size)
		stemma_kept_write(&past->kept, &past->log, past->trace);
	return code;
}

static enum stemma_code
tell(struct stemma_past *past, struct stemma_error *error)
{
	enum stemma_code code;
	size_t size;

	past->trace = stemma_kept_trace(&past->kept, &past->log, &size);
	code = past->trace ? bring_up(past, size, error) : STEMMA_NOMEM;
	if (code != STEMMA_INVALID || !size)
		return code;
	/* What was kept is well made, and of another text. */
	stemma_trace_free(past->trace);
	past->trace = stemma_trace_new(0);
	return past->trace ? bring_up(past, 0, error) : STEMMA_NOMEM;
}

/* The log from what is kept and what came since; false: it has to be read. */
static bool
recall(struct stemma_past *past)
{
	struct stemma_archive *archive = &past->archive;

	return !past->whole && past->kept.log.count &&
	       stemma_store_log_since(archive->store, &past->log,
		       &past->kept.log, archive->arena, NULL) == STEMMA_OK;
}

/* Find the revision that `operand` names, and its story's log. */
static int
find_revision(struct stemma_past *past, const char *operand)
{
	struct stemma_selection selection = stemma_selection_of(operand);
	struct stemma_error error = {0};
	enum stemma_code code;

	if (!stemma_kept_read(&past->kept, &past->archive, selection.story))
		return stemma_trouble("out of memory");
	if (!recall(past))
		return stemma_archive_select(
			&past->archive, &past->log, &past->revision, operand);
	code = stemma_log_select(
		&past->log, &past->revision, selection.selector, &error);
	return code == STEMMA_OK ? STEMMA_EXIT_SAME
				 : stemma_trouble_code(operand, code, &error);
}

int
stemma_past_read(struct stemma_past *past,
	const struct stemma_archive_settings *settings, const char *operand)
{
	struct stemma_error error = {0};
	enum stemma_code code;

	if (stemma_archive_open(&past->archive, settings, false) ||
		find_revision(past, operand))
		return STEMMA_EXIT_TROUBLE;
	code = tell(past, &error);
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

int
stemma_past_absences(struct stemma_past *past)
{
	enum stemma_code code = stemma_trace_tell_absences(&past->origins,
		past->trace, past->archive.arena, past->archive.scratch);

	return code == STEMMA_OK ? STEMMA_EXIT_SAME
				 : stemma_trouble_code("blame", code, NULL);
}

void
stemma_past_close(struct stemma_past *past)
{
	stemma_trace_free(past->trace);
	stemma_kept_free(&past->kept);
	stemma_archive_close(&past->archive);
}
