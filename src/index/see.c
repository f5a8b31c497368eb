/* SPDX-License-Identifier: MIT */
#include "look.h"

#include <stdlib.h>
#include <string.h>

/* One hash of a passage that a revision has. */
struct hit {
	const struct stemma_known *known;
	struct stemma_span span;
};

static enum stemma_code
no_memory(const struct stemma_look *look)
{
	return stemma_error_set(look->error, STEMMA_NOMEM, "no memory");
}

static int
by_story(const void *a, const void *b)
{
	const struct stemma_known *x = ((const struct hit *)a)->known;
	const struct stemma_known *y = ((const struct hit *)b)->known;

	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->revision > y->revision) - (x->revision < y->revision);
}

/* A sighting, and the story it is in by number. */
struct seen {
	const struct stemma_known *known;
	uint32_t shared;
	struct stemma_span span;
};

static int
by_shared(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->shared != y->shared)
		return x->shared > y->shared ? -1 : 1;
	if (x->known->time != y->known->time)
		return x->known->time < y->known->time ? -1 : 1;
	return (x->known->revision > y->known->revision) -
	       (x->known->revision < y->known->revision);
}

static int
by_time(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->known->time != y->known->time)
		return x->known->time < y->known->time ? -1 : 1;
	return (x->known->revision > y->known->revision) -
	       (x->known->revision < y->known->revision);
}

/*
 * What a story has gathered of a passage by each of its revisions that brought
 * some. Three of them are told: the first with `least`, the first with half
 * of what the story ever had, and the first with all of it.
 */
static uint32_t
see_story(struct seen *seen, const struct hit *hits, uint32_t count,
	uint32_t least)
{
	uint32_t wanted[] = {
		least, count / 2 > least ? count / 2 : least, count};
	struct stemma_span span = {0};
	uint32_t told = 0, next = 0;

	if (count < least)
		return 0;
	for (uint32_t k = 0; k < count && next < 3; k++) {
		if (!k || hits[k].span.start < span.start)
			span.start = hits[k].span.start;
		if (!k || hits[k].span.end > span.end)
			span.end = hits[k].span.end;
		if (k + 1 < count && hits[k + 1].known == hits[k].known)
			continue;
		if (k + 1 < wanted[next])
			continue;
		while (next < 3 && wanted[next] <= k + 1)
			next++;
		seen[told++] = (struct seen){hits[k].known, k + 1, span};
	}
	return told;
}

static enum stemma_code
name_story(struct stemma_look *look, struct stemma_sighting *sighting,
	uint32_t story)
{
	sqlite3_stmt *statement;
	bool row;
	enum stemma_code code = stemma_sql_get(
		look->index, &statement, STEMMA_SQL_STORY_NAME, look->error);

	if (code != STEMMA_OK)
		return code;
	sqlite3_bind_int64(statement, 1, story);
	code = stemma_sql_step(look->index, statement, &row, look->error);
	if (code == STEMMA_OK && !row)
		code = stemma_error_set(look->error, STEMMA_CORRUPT,
			"index: a revision without a story");
	if (row &&
		(!stemma_sql_copy(&sighting->key, statement, 0, look->arena) ||
			!stemma_sql_copy(
				&sighting->name, statement, 1, look->arena)))
		code = no_memory(look);
	sqlite3_reset(statement);
	return code;
}

/* Those that share most, earliest first. */
static enum stemma_code
tell(struct stemma_look *look, struct stemma_lookup *passage, struct seen *seen,
	uint32_t count)
{
	struct stemma_sighting *sightings;
	enum stemma_code code = STEMMA_OK;

	if (count)
		qsort(seen, count, sizeof *seen, by_shared);
	if (count > look->options.sightings)
		count = look->options.sightings;
	if (count)
		qsort(seen, count, sizeof *seen, by_time);
	sightings = stemma_arena_alloc(look->arena, count, sizeof *sightings);
	if (!sightings)
		return no_memory(look);
	for (uint32_t k = 0; k < count && code == STEMMA_OK; k++) {
		const struct stemma_known *known = seen[k].known;
		struct stemma_sighting *sighting = &sightings[k];

		*sighting = (struct stemma_sighting){.time = known->time,
			.shared = seen[k].shared,
			.span = seen[k].span};
		memcpy(sighting->commit, known->commit, STEMMA_COMMIT_SIZE);
		code = name_story(look, sighting, known->story);
	}
	passage->sightings = sightings;
	passage->count = count;
	return code;
}

/* The revision of a finding; its story is 0 if it was forgotten. */
static const struct stemma_known *
known_of(const struct stemma_look *look, uint32_t finding)
{
	struct stemma_known wanted = {
		.revision = look->findings.found[finding].revision};

	return bsearch(&wanted, look->known, look->known_count, sizeof wanted,
		stemma_known_order);
}

/* The hits of the hashes that were asked; `hits` NULL: only how many. */
static uint32_t
collect(struct stemma_look *look, struct hit *hits,
	const struct stemma_asked *asked, uint32_t count)
{
	uint32_t total = 0;

	for (uint32_t k = 0; k < count; k++) {
		uint32_t number = asked[k].number;

		for (uint32_t at = look->first[number];
			at < look->first[number + 1]; at++) {
			const struct stemma_known *known = known_of(look, at);

			if (!known->story)
				continue;
			if (hits)
				hits[total] =
					(struct hit){known, asked[k].span};
			total++;
		}
	}
	return total;
}

static int
by_number(const void *a, const void *b)
{
	const struct stemma_asked *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->span.start > y->span.start) -
	       (x->span.start < y->span.start);
}

/* Of a hash that a passage has twice, the first will do. */
static uint32_t
drop_doubles(struct stemma_asked *asked, uint32_t count)
{
	uint32_t kept = 0;

	qsort(asked, count, sizeof *asked, by_number);
	for (uint32_t k = 0; k < count; k++)
		if (!k || asked[k].number != asked[kept - 1].number)
			asked[kept++] = asked[k];
	return kept;
}

static int
by_count(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* How many stories have half of the hashes: the middle one, of most first. */
static enum stemma_code
count_stories(struct stemma_look *look, struct stemma_lookup *passage,
	const struct stemma_asked *asked)
{
	uint32_t *stories = stemma_arena_alloc(
		look->scratch, passage->hashes, sizeof *stories);

	if (!stories)
		return no_memory(look);
	for (uint32_t k = 0; k < passage->hashes; k++) {
		uint32_t number = asked[k].number;

		stories[k] = look->findings.stories[number];
		for (uint32_t at = look->first[number];
			at < look->first[number + 1]; at++)
			stories[k] -= !known_of(look, at)->story;
	}
	qsort(stories, passage->hashes, sizeof *stories, by_count);
	passage->stories = stories[passage->hashes / 2];
	return STEMMA_OK;
}

enum stemma_code
stemma_lookup_see(struct stemma_look *look, struct stemma_lookup *passage,
	struct stemma_asked *asked, uint32_t count)
{
	struct stemma_mark mark = stemma_arena_mark(look->scratch);
	uint32_t least, total, told = 0;
	struct hit *hits;
	struct seen *seen;
	enum stemma_code code;

	passage->hashes = drop_doubles(asked, count);
	least = (uint32_t)((uint64_t)passage->hashes * look->options.least /
			   1000);
	least += !least;
	code = count_stories(look, passage, asked);
	if (code != STEMMA_OK)
		return code;
	total = collect(look, NULL, asked, passage->hashes);
	hits = stemma_arena_alloc(look->scratch, total, sizeof *hits);
	seen = stemma_arena_alloc(look->scratch, total, sizeof *seen);
	if (!hits || !seen)
		return no_memory(look);
	collect(look, hits, asked, passage->hashes);
	if (total)
		qsort(hits, total, sizeof *hits, by_story);
	for (uint32_t at = 0, end; at < total; at = end) {
		for (end = at + 1; end < total; end++)
			if (hits[end].known->story != hits[at].known->story)
				break;
		told += see_story(seen + told, hits + at, end - at, least);
	}
	code = tell(look, passage, seen, told);
	stemma_arena_rewind(look->scratch, mark);
	return code;
}
