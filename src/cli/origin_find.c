/* SPDX-License-Identifier: MIT */
#include "origin.h"

#include <stdlib.h>
#include <string.h>

enum {
	COVERED = 90,     /* percent of a unit that leave no question open */
	STORIES_LEAST = 5 /* fewer make no boilerplate, whatever their share */
};

/* A revision that was read, and what the text has of it. */
struct candidate {
	unsigned char commit[STEMMA_COMMIT_SIZE];
	const struct stemma_log *log;
	const struct stemma_revision *revision; /* NULL: it is not there */
	struct stemma_doc doc;
	struct stemma_reuse reuse;
};

struct find {
	struct stemma_origin_page *page;
	struct stemma_archive *archive;
	const struct stemma_origin_options *options;
	struct stemma_error *error;
	struct candidate *candidates;
	size_t candidate_count;
	struct stemma_log *logs; /* of stories that were asked for */
	size_t log_count;
};

static enum stemma_code
no_memory(const struct find *find)
{
	return stemma_error_set(find->error, STEMMA_NOMEM, "no memory");
}

/* ---- reading candidates ------------------------------------------------ */

/* The story's log; NULL if the archive does not have the story any longer. */
static enum stemma_code
find_log(struct find *find, const struct stemma_log **log,
	struct stemma_view name)
{
	struct stemma_archive *archive = find->archive;
	struct stemma_log *next = &find->logs[find->log_count];
	enum stemma_code code;

	for (size_t k = 0; k < find->log_count; k++)
		if (stemma_view_equal(find->logs[k].story, name)) {
			*log = find->logs[k].count ? &find->logs[k] : NULL;
			return STEMMA_OK;
		}
	code = stemma_store_log(archive->store, next, name, archive->arena,
		archive->scratch, NULL);
	if (code == STEMMA_NOMEM)
		return no_memory(find);
	if (code != STEMMA_OK)
		*next = (struct stemma_log){0};
	next->story = name;
	*log = code == STEMMA_OK ? next : NULL;
	find->log_count++;
	return STEMMA_OK;
}

/* Read the candidate's text and see what the two have in common. */
static enum stemma_code
compare(struct find *find, struct candidate *candidate)
{
	struct stemma_archive *archive = find->archive;
	const struct stemma_doc *docs[2] = {
		&candidate->doc, find->page->text.doc};
	struct stemma_view bytes;
	enum stemma_code code = stemma_store_read(archive->store, &bytes,
		candidate->revision, archive->arena, NULL);

	if (code != STEMMA_OK && code != STEMMA_NOMEM) {
		candidate->revision = NULL;
		return STEMMA_OK;
	}
	if (code == STEMMA_OK)
		code = stemma_doc_split(
			&candidate->doc, bytes, NULL, archive->arena, NULL);
	if (code == STEMMA_OK)
		code = stemma_reuse_find(&candidate->reuse, docs, 2,
			archive->arena, archive->scratch);
	if (code == STEMMA_OK && candidate->reuse.approximate)
		find->page->approximate = true;
	if (code == STEMMA_OK && find->options->read) {
		const struct stemma_origin_read read = {candidate->log->story,
			candidate->revision, &candidate->doc,
			&candidate->reuse};

		code = find->options->read(find->options->cookie, &read);
	}
	return code == STEMMA_NOMEM ? no_memory(find) : STEMMA_OK;
}

/* The revision of a sighting, read once; NULL in `found` if it cannot be, or
   if so many were read before. */
static enum stemma_code
find_candidate(struct find *find, const struct candidate **found,
	const struct stemma_sighting *sighting)
{
	struct candidate *candidate;
	enum stemma_code code;

	*found = NULL;
	for (size_t k = 0; k < find->candidate_count; k++) {
		candidate = &find->candidates[k];
		if (!memcmp(candidate->commit, sighting->commit,
			    STEMMA_COMMIT_SIZE)) {
			*found = candidate->revision ? candidate : NULL;
			return STEMMA_OK;
		}
	}
	if (find->candidate_count == STEMMA_ORIGIN_READS) {
		find->page->approximate = true;
		return STEMMA_OK;
	}
	candidate = &find->candidates[find->candidate_count++];
	memcpy(candidate->commit, sighting->commit, STEMMA_COMMIT_SIZE);
	code = find_log(find, &candidate->log, sighting->name);
	if (code != STEMMA_OK || !candidate->log)
		return code;
	for (uint32_t k = 0; k < candidate->log->count; k++)
		if (!memcmp(candidate->log->revisions[k].commit.bytes,
			    sighting->commit, STEMMA_COMMIT_SIZE))
			candidate->revision = &candidate->log->revisions[k];
	if (!candidate->revision)
		return STEMMA_OK;
	code = compare(find, candidate);
	if (candidate->revision)
		*found = candidate;
	return code;
}

/* ---- passages of a unit ------------------------------------------------ */

static enum stemma_direction
direction_of(const struct find *find, const struct candidate *candidate)
{
	const struct stemma_origin_text *text = &find->page->text;

	if (!text->revision)
		return STEMMA_DIRECTION_FROM;
	if (stemma_view_equal(candidate->log->story, text->story))
		return STEMMA_DIRECTION_OWN;
	return candidate->revision->date > text->revision->date
		       ? STEMMA_DIRECTION_TO
		       : STEMMA_DIRECTION_FROM;
}

static struct stemma_span
raw_span(const struct stemma_doc *doc, struct stemma_span span)
{
	return (struct stemma_span){stemma_doc_offset(doc, span.start),
		stemma_doc_offset(doc, span.end)};
}

static void
fill_origin(const struct find *find, struct stemma_origin *origin,
	const struct candidate *candidate, const struct stemma_passage *passage)
{
	*origin = (struct stemma_origin){.story = candidate->log->story,
		.revision = candidate->revision,
		.span = raw_span(find->page->text.doc, passage->target.span),
		.at = raw_span(&candidate->doc, passage->source.span),
		.similarity = passage->similarity,
		.kind = passage->kind,
		.direction = (uint8_t)direction_of(find, candidate)};
}

/* How many bytes of `span` none of the origins has. */
static size_t
count_free(const struct stemma_unit_origins *unit, struct stemma_span span)
{
	size_t at = span.start, unclaimed = 0;

	for (size_t k = 0; k < unit->count && at < span.end; k++) {
		const struct stemma_span *other = &unit->origins[k].span;

		if (other->start > at)
			unclaimed += (other->start < span.end ? other->start
							      : span.end) -
				     at;
		if (other->end > at)
			at = other->end;
	}
	return unclaimed + (at < span.end ? span.end - at : 0);
}

static void
insert(struct stemma_unit_origins *unit, const struct stemma_origin *origin)
{
	size_t at = unit->count++;

	for (; at && unit->origins[at - 1].span.start > origin->span.start;
		at--)
		unit->origins[at] = unit->origins[at - 1];
	unit->origins[at] = *origin;
}

/* A candidate's passages in the unit; they are sorted by target. */
static const struct stemma_passage *
passages_of(const struct candidate *candidate, uint32_t unit, size_t *count)
{
	const struct stemma_reuse *reuse = &candidate->reuse;
	size_t first = 0, end;

	while (first < reuse->passage_count &&
		reuse->passages[first].target.unit < unit)
		first++;
	for (end = first; end < reuse->passage_count; end++)
		if (reuse->passages[end].target.unit != unit)
			break;
	*count = end - first;
	return reuse->passages + first;
}

/* Whether the unit's earlier finds are of this story already. */
static bool
is_told(const struct stemma_unit_origins *unit, struct stemma_view story)
{
	for (size_t k = 0; k < unit->count; k++)
		if (stemma_view_equal(unit->origins[k].story, story))
			return true;
	for (size_t k = 0; k < unit->later_count; k++)
		if (stemma_view_equal(unit->later[k].story, story))
			return true;
	return false;
}

/*
 * What an earlier revision has is taken; of what a later one has, passages of
 * which at least half are new, or some words. Else it is one more holder.
 */
static void
take(struct find *find, struct stemma_unit_origins *unit, uint32_t number,
	const struct candidate *candidate)
{
	size_t count;
	const struct stemma_passage *passages =
		passages_of(candidate, number, &count);
	struct stemma_origin *later = &unit->later[unit->later_count];
	bool told = is_told(unit, candidate->log->story);
	size_t longest = 0;

	for (size_t k = 0; k < count; k++) {
		struct stemma_origin origin;
		size_t size, unclaimed;

		fill_origin(find, &origin, candidate, &passages[k]);
		size = origin.span.end - origin.span.start;
		unclaimed = count_free(unit, origin.span);
		if (origin.direction != STEMMA_DIRECTION_TO &&
			unclaimed * 2 >= size &&
			unit->count < STEMMA_ORIGINS_MAX) {
			insert(unit, &origin);
		} else if (!told && size > longest) {
			longest = size;
			*later = origin;
		}
	}
	if (longest && !is_told(unit, candidate->log->story))
		unit->later_count++;
}

static bool
is_covered(const struct find *find, const struct stemma_unit_origins *unit,
	uint32_t number)
{
	const struct stemma_doc *doc = find->page->text.doc;
	struct stemma_span span =
		raw_span(doc, (struct stemma_span){doc->units[number].start,
				      doc->units[number].end});

	return count_free(unit, span) * 100 <=
	       (span.end - span.start) * (100 - COVERED);
}

static enum stemma_code
find_unit(struct find *find, const struct stemma_lookup *lookup)
{
	struct stemma_origin_page *page = find->page;
	struct stemma_unit_origins *unit = &page->units[lookup->unit];
	struct stemma_arena *arena = find->archive->arena;
	enum stemma_code code = STEMMA_OK;

	unit->stories = lookup->stories;
	unit->boilerplate =
		lookup->stories >= STORIES_LEAST &&
		lookup->stories * UINT64_C(100) >
			find->options->boilerplate * page->totals.stories;
	unit->origins = stemma_arena_alloc(
		arena, STEMMA_ORIGINS_MAX, sizeof *unit->origins);
	unit->later = stemma_arena_alloc(
		arena, (size_t)lookup->count + 1, sizeof *unit->later);
	if (!unit->origins || !unit->later)
		return no_memory(find);
	for (uint32_t k = 0; k < lookup->count && code == STEMMA_OK; k++) {
		const struct candidate *candidate;

		if (!find->options->all && is_covered(find, unit, lookup->unit))
			break;
		code = find_candidate(find, &candidate, &lookup->sightings[k]);
		if (code == STEMMA_OK && candidate)
			take(find, unit, lookup->unit, candidate);
	}
	return code;
}

enum stemma_code
stemma_origin_find(struct stemma_origin_page *page,
	struct stemma_archive *archive, struct stemma_index *index,
	const struct stemma_origin_options *options, struct stemma_error *error)
{
	const struct stemma_doc *doc = page->text.doc;
	struct find find = {.page = page,
		.archive = archive,
		.options = options,
		.error = error};
	struct stemma_lookup *lookups;
	enum stemma_code code;

	page->units = stemma_arena_zalloc(
		archive->arena, doc->unit_count, sizeof *page->units);
	find.candidates = stemma_arena_zalloc(
		archive->arena, STEMMA_ORIGIN_READS, sizeof *find.candidates);
	find.logs = stemma_arena_zalloc(
		archive->arena, STEMMA_ORIGIN_READS, sizeof *find.logs);
	if (!page->units || !find.candidates || !find.logs)
		return no_memory(&find);
	code = stemma_index_count(index, &page->totals, error);
	if (code == STEMMA_OK)
		code = stemma_index_look(index, &lookups, doc, NULL,
			archive->arena, archive->scratch, error);
	for (size_t k = 0; k < doc->unit_count && code == STEMMA_OK; k++)
		code = find_unit(&find, &lookups[k]);
	return code;
}
