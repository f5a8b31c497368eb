/* SPDX-License-Identifier: MIT */
#include "align/similar.h"

static enum stemma_code
aligner_make(struct stemma_aligner *aligner,
	const struct stemma_doc *const docs[2], struct stemma_budget *budget,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	size_t links = docs[0]->unit_count < docs[1]->unit_count
			       ? docs[0]->unit_count
			       : docs[1]->unit_count;

	*aligner = (struct stemma_aligner){
		.budget = budget, .arena = arena, .scratch = scratch};
	for (int side = 0; side < 2; side++) {
		size_t count = docs[side]->unit_count;

		if (count >= STEMMA_UNPAIRED / 2)
			return STEMMA_NOMEM;
		aligner->docs[side] = docs[side];
		aligner->counts[side] = (uint32_t)count;
		aligner->ids[side] = stemma_arena_alloc(
			scratch, count, sizeof *aligner->ids[side]);
		aligner->weak[side] = stemma_arena_alloc(
			scratch, count, sizeof *aligner->weak[side]);
		aligner->link_of[side] = stemma_arena_alloc(
			arena, count, sizeof *aligner->link_of[side]);
		if (!aligner->ids[side] || !aligner->weak[side] ||
			!aligner->link_of[side])
			return STEMMA_NOMEM;
		for (size_t u = 0; u < count; u++)
			aligner->link_of[side][u] = STEMMA_UNPAIRED;
	}
	aligner->links =
		stemma_arena_alloc(arena, links, sizeof *aligner->links);
	aligner->order =
		stemma_arena_alloc(scratch, links, sizeof *aligner->order);
	return aligner->links && aligner->order ? STEMMA_OK : STEMMA_NOMEM;
}

/* Whether both sides still have a unit that may find a partner. */
static bool
is_open(const struct stemma_aligner *aligner)
{
	bool open[2] = {false, false};

	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < aligner->counts[side]; u++)
			if (aligner->link_of[side][u] == STEMMA_UNPAIRED &&
				!aligner->weak[side][u]) {
				open[side] = true;
				break;
			}
	return open[0] && open[1];
}

static enum stemma_code
run_stages(struct stemma_aligner *aligner, struct stemma_pairing *pairing)
{
	enum stemma_code code = stemma_align_number(aligner);

	if (code == STEMMA_OK)
		code = stemma_align_equal(aligner, STEMMA_PAIR_EQUAL);
	if (code == STEMMA_OK && is_open(aligner))
		code = stemma_align_near(aligner);
	if (code == STEMMA_OK)
		code = stemma_align_words(aligner, pairing);
	if (code == STEMMA_OK && is_open(aligner)) {
		code = stemma_align_number_words(aligner, pairing);
		if (code == STEMMA_OK)
			code = stemma_align_equal(aligner, STEMMA_PAIR_FOLDED);
	}
	if (code == STEMMA_OK && pairing->word_counts[0] &&
		pairing->word_counts[1])
		code = stemma_align_similar(aligner, pairing);
	if (code == STEMMA_OK)
		code = stemma_align_weak(aligner);
	if (code == STEMMA_OK)
		code = stemma_align_last(aligner);
	return code;
}

enum stemma_code
stemma_align_similar(
	struct stemma_aligner *aligner, struct stemma_pairing *pairing)
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	struct stemma_similar similar;
	enum stemma_code code =
		stemma_similar_prepare(&similar, aligner, pairing);

	if (code == STEMMA_OK)
		code = stemma_similar_pairs(&similar);
	if (code == STEMMA_OK)
		code = stemma_similar_groups(&similar);
	if (code == STEMMA_OK)
		code = stemma_similar_choose(&similar);
	if (code == STEMMA_OK)
		code = stemma_similar_regroup(&similar);
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

/* Put the links themselves into the order of the old side. */
static enum stemma_code
sort_links(struct stemma_aligner *aligner)
{
	struct stemma_pair_link *sorted = stemma_arena_alloc(
		aligner->scratch, aligner->order_count, sizeof *sorted);

	if (!sorted)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < aligner->order_count; k++)
		sorted[k] = aligner->links[aligner->order[k]];
	for (uint32_t k = 0; k < aligner->order_count; k++) {
		aligner->links[k] = sorted[k];
		for (int side = 0; side < 2; side++)
			for (uint32_t u = 0; u < sorted[k].count[side]; u++)
				aligner->link_of[side]
						[sorted[k].first[side] + u] = k;
	}
	aligner->link_count = aligner->order_count;
	return STEMMA_OK;
}

enum stemma_code
stemma_pairing_make(struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2], struct stemma_budget *budget,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_aligner aligner;
	enum stemma_code code;

	*pairing = (struct stemma_pairing){0};
	code = aligner_make(&aligner, docs, budget, arena, scratch);
	if (code == STEMMA_OK)
		code = run_stages(&aligner, pairing);
	if (code == STEMMA_OK)
		code = sort_links(&aligner);
	pairing->links = aligner.links;
	pairing->count = aligner.link_count;
	for (int side = 0; side < 2; side++)
		pairing->link_of[side] = aligner.link_of[side];
	stemma_arena_rewind(scratch, mark);
	return code;
}
