/* SPDX-License-Identifier: MIT */
#include "align/state.h"

static bool
is_unpaired(const struct stemma_aligner *aligner, int side, uint32_t unit)
{
	return unit < aligner->counts[side] &&
	       aligner->link_of[side][unit] == STEMMA_UNPAIRED &&
	       !aligner->weak[side][unit];
}

static bool
is_similar(const struct stemma_aligner *aligner, int side, uint32_t unit)
{
	return unit < aligner->counts[side] &&
	       aligner->link_of[side][unit] != STEMMA_UNPAIRED &&
	       aligner->links[aligner->link_of[side][unit]].kind ==
		       STEMMA_PAIR_SIMILAR;
}

/* Whether the link may yet take in, or give to, what stands beside it. */
static bool
has_open_border(const struct stemma_aligner *aligner,
	const struct stemma_pair_link *link)
{
	uint32_t before[2], after[2];

	for (int side = 0; side < 2; side++) {
		before[side] = link->first[side] - 1;
		after[side] = link->first[side] + link->count[side];
		if (is_unpaired(aligner, side, before[side]) ||
			is_unpaired(aligner, side, after[side]))
			return true;
	}
	return (is_similar(aligner, 0, before[0]) &&
		       is_similar(aligner, 1, before[1])) ||
	       (is_similar(aligner, 0, after[0]) &&
		       is_similar(aligner, 1, after[1]));
}

/*
 * Whether a unit takes part in the search: it has no partner, or it was edited
 * beside a unit without one or beside another edited one.
 */
static bool
is_rest(const struct stemma_aligner *aligner, int side, uint32_t unit)
{
	uint32_t number = aligner->link_of[side][unit];

	if (number == STEMMA_UNPAIRED)
		return !aligner->weak[side][unit];
	return aligner->links[number].kind == STEMMA_PAIR_SIMILAR &&
	       has_open_border(aligner, &aligner->links[number]);
}

static uint32_t
count_rest(const struct stemma_aligner *aligner, int side)
{
	uint32_t count = 0;

	for (uint32_t u = 0; u < aligner->counts[side]; u++)
		count += is_rest(aligner, side, u);
	return count;
}

static enum stemma_code
split_rest(struct stemma_aligner *aligner, struct stemma_pairing *pairing,
	int side)
{
	const struct stemma_doc *doc = aligner->docs[side];
	uint32_t count = 0;

	for (uint32_t u = 0; u < aligner->counts[side]; u++) {
		struct stemma_unit_words *entry;
		enum stemma_code code;

		if (!is_rest(aligner, side, u))
			continue;
		entry = &pairing->words[side][count++];
		entry->unit = u;
		code = stemma_words_split(&entry->words, doc,
			(struct stemma_span){
				doc->units[u].start, doc->units[u].end},
			pairing->intern, aligner->arena);
		if (code != STEMMA_OK)
			return code;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_align_words(
	struct stemma_aligner *aligner, struct stemma_pairing *pairing)
{
	enum stemma_code code = STEMMA_OK;

	pairing->intern = stemma_intern_new(aligner->arena);
	if (!pairing->intern)
		return STEMMA_NOMEM;
	for (int side = 0; side < 2 && code == STEMMA_OK; side++) {
		uint32_t count = count_rest(aligner, side);

		pairing->words[side] = stemma_arena_alloc(
			aligner->arena, count, sizeof *pairing->words[side]);
		if (!pairing->words[side])
			return STEMMA_NOMEM;
		pairing->word_counts[side] = count;
		code = split_rest(aligner, pairing, side);
	}
	return code;
}
