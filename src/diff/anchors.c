/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff/search.h"

/*
 * A k-gram by its hash. Two different ones with the same hash count as one
 * that stands twice, or are told apart when their pair is checked.
 */
struct gram {
	uint64_t hash;
	uint32_t at[2];
	uint8_t seen[2]; /* 0, 1, or 2 for more */
};

static uint64_t
gram_hash(const uint32_t *ids, uint32_t gram)
{
	return stemma_hash((struct stemma_view){
		(const char *)ids, gram * sizeof *ids});
}

static struct gram *
find(struct gram *table, size_t mask, uint64_t hash)
{
	size_t at = (size_t)(hash >> 20) & mask;

	while ((table[at].seen[0] || table[at].seen[1]) &&
		table[at].hash != hash)
		at = (at + 1) & mask;
	return &table[at];
}

static void
note_grams(struct gram *table, size_t mask, const struct stemma_piece *piece,
	uint32_t gram)
{
	for (uint32_t k = 0; k + gram <= piece->counts[0]; k++) {
		uint64_t hash = gram_hash(piece->ids[0] + k, gram);
		struct gram *entry = find(table, mask, hash);

		entry->hash = hash;
		entry->at[0] = k;
		if (entry->seen[0] < 2)
			entry->seen[0]++;
	}
	for (uint32_t k = 0; k + gram <= piece->counts[1]; k++) {
		uint64_t hash = gram_hash(piece->ids[1] + k, gram);
		struct gram *entry = find(table, mask, hash);

		if (!entry->seen[0])
			continue;
		entry->at[1] = k;
		if (entry->seen[1] < 2)
			entry->seen[1]++;
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
collect(struct stemma_run *runs, struct gram *table, size_t mask,
	const struct stemma_piece *piece, uint32_t gram)
{
	size_t count = 0;

	for (uint32_t k = 0; k + gram <= piece->counts[0]; k++) {
		const uint32_t *a = piece->ids[0] + k;
		const struct gram *entry = find(table, mask, gram_hash(a, gram));
		struct stemma_run run;

		if (entry->seen[0] != 1 || entry->seen[1] != 1 ||
			memcmp(a, piece->ids[1] + entry->at[1],
				gram * sizeof *a) != 0)
			continue;
		run = grow(piece, k, entry->at[1]);
		runs[count++] = run;
		/* Every gram inside would grow to the same run. */
		if (run.at[0] + run.length > k + gram)
			k = run.at[0] + run.length - gram;
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
	size_t size = 64;
	struct gram *table;

	*count = 0;
	*runs = NULL;
	if (piece->counts[0] < gram || piece->counts[1] < gram)
		return STEMMA_OK;
	while (size < (size_t)piece->counts[0] * 2)
		size *= 2;
	*runs = stemma_arena_alloc(scratch, piece->counts[0], sizeof **runs);
	table = stemma_arena_zalloc(scratch, size, sizeof *table);
	if (!*runs || !table)
		return STEMMA_NOMEM;
	note_grams(table, size - 1, piece, gram);
	*count = collect(*runs, table, size - 1, piece, gram);
	return thin(*runs, count, scratch);
}
