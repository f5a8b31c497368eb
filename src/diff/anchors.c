/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/search.h"

/* Past this many numbers, one k-gram in eight is looked at, chosen by what it
   holds, so that both sides choose the same: runs grow from any of theirs. */
#define SAMPLE_FROM 65536

#define MANY UINT32_MAX
#define NEVER (UINT32_MAX - 1)

/*
 * A k-gram by its hash and where it stands: NEVER, MANY or the place. Two
 * different ones with the same hash are told apart when their pair is checked.
 */
struct gram {
	uint32_t hash; /* 0: an empty slot */
	uint32_t at[2];
};

struct grams {
	struct gram *slots;
	size_t mask;
	uint32_t length; /* of a gram */
	bool sampled;
};

/* The hash of the gram at `ids`, or 0 when it is not in the sample. */
static uint32_t
gram_hash(const struct grams *grams, const uint32_t *ids)
{
	uint64_t hash = 0;

	for (uint32_t k = 0; k < grams->length; k++)
		hash = (hash ^ ids[k]) * UINT64_C(0x9e3779b97f4a7c15) + k;
	hash ^= hash >> 29;
	if (grams->sampled && (hash & 7) != 0)
		return 0;
	return (uint32_t)(hash >> 32) | 1;
}

static struct gram *
find(const struct grams *grams, uint32_t hash)
{
	size_t at = (hash * UINT64_C(0x9e3779b97f4a7c15) >> 20) & grams->mask;

	while (grams->slots[at].hash && grams->slots[at].hash != hash)
		at = (at + 1) & grams->mask;
	return &grams->slots[at];
}

static void
note_grams(const struct grams *grams, const struct stemma_piece *piece)
{
	size_t room = grams->mask / 4 * 3;

	for (int side = 0; side < 2; side++)
		for (uint32_t k = 0; k + grams->length <= piece->counts[side];
			k++) {
			uint32_t hash = gram_hash(grams, piece->ids[side] + k);
			struct gram *gram;

			if (!hash)
				continue;
			gram = find(grams, hash);
			/* A sample chosen by an enemy may not fit: then the
			   rest of it is not looked at. */
			if (!gram->hash && (side == 1 || room == 0))
				continue;
			if (!gram->hash) {
				*gram = (struct gram){hash, {NEVER, NEVER}};
				room--;
			}
			gram->at[side] = gram->at[side] == NEVER ? k : MANY;
		}
}

/* Grow the pair (i, j) to a maximal equal run. */
static struct stemma_run
grow(const struct stemma_piece *piece, uint32_t i, uint32_t j)
{
	const uint32_t *a = piece->ids[0], *b = piece->ids[1];
	uint32_t end = i, other = j;

	while (i && j && a[i - 1] == b[j - 1]) {
		i--;
		j--;
	}
	while (end < piece->counts[0] && other < piece->counts[1] &&
		a[end] == b[other]) {
		end++;
		other++;
	}
	return (struct stemma_run){{i, j}, end - i};
}

/* The runs of grams unique on both sides, in the order of a. */
static size_t
collect(struct stemma_run *runs, const struct grams *grams,
	const struct stemma_piece *piece)
{
	size_t count = 0;

	for (uint32_t k = 0; k + grams->length <= piece->counts[0]; k++) {
		const uint32_t *a = piece->ids[0] + k;
		uint32_t hash = gram_hash(grams, a);
		const struct gram *gram = hash ? find(grams, hash) : NULL;
		struct stemma_run run;

		if (!gram || gram->at[0] >= NEVER || gram->at[1] >= NEVER ||
			memcmp(a, piece->ids[1] + gram->at[1],
				grams->length * sizeof *a) != 0)
			continue;
		run = grow(piece, k, gram->at[1]);
		runs[count++] = run;
		/* Every gram inside would grow to the same run. */
		if (run.at[0] + run.length > k + grams->length)
			k = run.at[0] + run.length - grams->length;
	}
	return count;
}

/*
 * Drop runs that are out of order, then cut what still overlaps: growth can
 * take two runs into each other's place.
 */
static enum stemma_code
thin(struct stemma_run *runs, size_t *count, struct stemma_arena *scratch)
{
	struct stemma_step *steps =
		stemma_arena_alloc(scratch, *count, sizeof *steps);
	uint32_t ends[2] = {0, 0};
	enum stemma_code code;
	size_t kept = 0;

	if (!steps)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < *count; k++)
		steps[k] = (struct stemma_step){
			.key = runs[k].at[1], .weight = runs[k].length};
	code = stemma_increasing_heaviest(steps, *count, scratch);
	if (code != STEMMA_OK)
		return code;
	for (size_t k = 0; k < *count; k++) {
		struct stemma_run run = runs[k];
		uint32_t cut = 0;

		if (!steps[k].kept)
			continue;
		for (int side = 0; side < 2; side++)
			if (run.at[side] < ends[side] &&
				ends[side] - run.at[side] > cut)
				cut = ends[side] - run.at[side];
		if (cut >= run.length)
			continue;
		for (int side = 0; side < 2; side++) {
			run.at[side] += cut;
			ends[side] = run.at[side] + run.length - cut;
		}
		run.length -= cut;
		runs[kept++] = run;
	}
	*count = kept;
	return STEMMA_OK;
}

enum stemma_code
stemma_diff_anchors(struct stemma_run **runs, size_t *count,
	const struct stemma_piece *piece, uint32_t gram,
	struct stemma_arena *scratch)
{
	struct grams grams = {
		.length = gram, .sampled = piece->counts[0] > SAMPLE_FROM};
	size_t size = 64;

	*count = 0;
	*runs = NULL;
	if (piece->counts[0] < gram || piece->counts[1] < gram)
		return STEMMA_OK;
	/* A sample is an eighth, give or take: a half as much again is room. */
	while (size < (size_t)piece->counts[0] * 2 / (grams.sampled ? 4 : 1))
		size *= 2;
	*runs = stemma_arena_alloc(scratch, piece->counts[0], sizeof **runs);
	grams.slots = stemma_arena_zalloc(scratch, size, sizeof *grams.slots);
	grams.mask = size - 1;
	if (!*runs || !grams.slots)
		return STEMMA_NOMEM;
	note_grams(&grams, piece);
	*count = collect(*runs, &grams, piece);
	return thin(*runs, count, scratch);
}
