/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "align/state.h"

/* Links that follow each other on both sides stay or move together: they are
   one step of the search for the heaviest order. */
struct blocks {
	struct stemma_step *steps;
	uint32_t *first; /* index into aligner->order of a block's first link */
	uint32_t count;
};

#define LANES 32

/* The code points of valid UTF-8: the bytes that do not continue one. Lanes of
   fixed number let the compiler count many at once. */
static uint64_t
code_points(struct stemma_view text)
{
	uint64_t points = text.size;
	size_t k = 0;

	while (text.size - k >= LANES) {
		uint8_t sums[LANES] = {0};

		/* No lane can overflow within 255 rounds. */
		for (int round = 0; round < 255 && text.size - k >= LANES;
			round++, k += LANES)
			for (int lane = 0; lane < LANES; lane++)
				sums[lane] =
					(uint8_t)(sums[lane] +
						  ((signed char)text.bytes
								  [k + (size_t)lane] <
							  -64));
		for (int lane = 0; lane < LANES; lane++)
			points -= sums[lane];
	}
	for (; k < text.size; k++)
		points -= (signed char)text.bytes[k] < -64;
	return points;
}

/* Links are made in long ascending stretches: merge sort by natural runs is
   what this comes to, done by a counting pass over the old units. */
void
stemma_align_sort(struct stemma_aligner *aligner)
{
	uint32_t count = 0;

	for (uint32_t u = 0; u < aligner->counts[0];) {
		uint32_t link = aligner->link_of[0][u];

		if (link == STEMMA_UNPAIRED) {
			u++;
			continue;
		}
		aligner->order[count++] = link;
		u += aligner->links[link].count[0];
	}
	aligner->order_count = count;
}

static bool
follows(const struct stemma_pair_link *a, const struct stemma_pair_link *b)
{
	return b->first[0] == a->first[0] + a->count[0] &&
	       b->first[1] == a->first[1] + a->count[1];
}

static enum stemma_code
make_blocks(struct blocks *blocks, const struct stemma_aligner *aligner)
{
	uint32_t n = aligner->order_count, count = 0;

	for (uint32_t k = 0; k < n; k++)
		count += k == 0 ||
			 !follows(&aligner->links[aligner->order[k - 1]],
				 &aligner->links[aligner->order[k]]);
	blocks->count = count;
	blocks->steps = stemma_arena_zalloc(
		aligner->scratch, count, sizeof *blocks->steps);
	blocks->first = stemma_arena_alloc(
		aligner->scratch, (size_t)count + 1, sizeof *blocks->first);
	if (!blocks->steps || !blocks->first)
		return STEMMA_NOMEM;
	count = 0;
	for (uint32_t k = 0; k < n; k++) {
		const struct stemma_pair_link *link =
			&aligner->links[aligner->order[k]];

		if (k && follows(&aligner->links[aligner->order[k - 1]], link))
			continue;
		blocks->first[count] = k;
		blocks->steps[count].key = link->first[1];
		blocks->steps[count++].weight = 1;
	}
	blocks->first[count] = n;
	return STEMMA_OK;
}

static bool
in_order(const struct blocks *blocks)
{
	for (uint32_t b = 1; b < blocks->count; b++)
		if (blocks->steps[b].key < blocks->steps[b - 1].key)
			return false;
	return true;
}

/* How much text stands in a link: code points of both sides, or bytes while
   links are still being found, which is near enough and costs nothing. */
static uint64_t
size_of(const struct stemma_aligner *aligner,
	const struct stemma_pair_link *link, bool exact)
{
	uint64_t size = 0;

	for (int side = 0; side < 2; side++)
		for (uint32_t k = 0; k < link->count[side]; k++) {
			struct stemma_view text = stemma_doc_unit(
				aligner->docs[side], link->first[side] + k);

			size += exact ? code_points(text) : text.size;
		}
	return size;
}

static void
weigh(struct blocks *blocks, const struct stemma_aligner *aligner, bool exact)
{
	for (uint32_t b = 0; b < blocks->count; b++) {
		uint64_t weight = 0;

		for (uint32_t k = blocks->first[b]; k < blocks->first[b + 1];
			k++)
			weight += size_of(aligner,
				&aligner->links[aligner->order[k]], exact);
		blocks->steps[b].weight = weight;
	}
}

static enum stemma_code
put_in_order(struct stemma_aligner *aligner, bool exact)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	struct blocks blocks;
	enum stemma_code code;

	stemma_align_sort(aligner);
	code = make_blocks(&blocks, aligner);
	if (code == STEMMA_OK && !in_order(&blocks))
		weigh(&blocks, aligner, exact);
	if (code == STEMMA_OK)
		code = stemma_increasing_heaviest(
			blocks.steps, blocks.count, aligner->scratch);
	for (uint32_t b = 0; code == STEMMA_OK && b < blocks.count; b++)
		for (uint32_t k = blocks.first[b]; k < blocks.first[b + 1]; k++)
			aligner->links[aligner->order[k]].moved =
				!blocks.steps[b].kept;
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

enum stemma_code
stemma_align_order(struct stemma_aligner *aligner)
{
	return put_in_order(aligner, false);
}

enum stemma_code
stemma_align_finish(struct stemma_aligner *aligner)
{
	return put_in_order(aligner, true);
}

bool
stemma_align_next_gap(const struct stemma_aligner *aligner, uint32_t *k,
	struct stemma_gap *gap)
{
	if (*k > aligner->order_count)
		return false;
	memcpy(gap->from, gap->to, sizeof gap->from);
	if (*k) {
		const struct stemma_pair_link *before =
			&aligner->links[aligner->order[*k - 1]];

		for (int side = 0; side < 2; side++)
			gap->from[side] =
				before->first[side] + before->count[side];
	}
	while (*k < aligner->order_count &&
		aligner->links[aligner->order[*k]].moved)
		++*k;
	for (int side = 0; side < 2; side++)
		gap->to[side] =
			*k < aligner->order_count
				? aligner->links[aligner->order[*k]].first[side]
				: aligner->counts[side];
	++*k;
	return true;
}

void
stemma_align_link(struct stemma_aligner *aligner, const uint32_t first[2],
	const uint32_t count[2], enum stemma_pair_kind kind, bool moved)
{
	struct stemma_pair_link *link = &aligner->links[aligner->link_count];

	*link = (struct stemma_pair_link){
		.kind = (uint8_t)kind, .moved = moved};
	for (int side = 0; side < 2; side++) {
		link->first[side] = first[side];
		link->count[side] = count[side];
		for (uint32_t u = 0; u < count[side]; u++)
			aligner->link_of[side][first[side] + u] =
				aligner->link_count;
	}
	aligner->link_count++;
}
