/*
 * Short lines that stand more than once took no part in the search by words,
 * lest they hold or move anything. Now that everything else is settled, those
 * left between the same neighbours are paired when they still share most of
 * their words: a table cell or a caption that was edited.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/state.h"

/* Past this many on a side a gap holds a new list, not edited lines. */
#define MOST_LEFT 16

/* The share of words in common, of both lines together. */
#define SAME_LINE 0.6f

static uint32_t
list_left(const struct stemma_aligner *aligner, const struct stemma_gap *gap,
	int side, uint32_t units[MOST_LEFT], bool *weak)
{
	uint32_t count = 0;

	for (uint32_t u = gap->from[side]; u < gap->to[side]; u++) {
		if (aligner->link_of[side][u] != STEMMA_UNPAIRED)
			continue;
		if (count == MOST_LEFT)
			return 0;
		*weak |= aligner->weak[side][u];
		units[count++] = u;
	}
	return count;
}

static enum stemma_code
list_ids(uint32_t **ids, size_t *count, const struct stemma_doc *doc,
	uint32_t unit, struct stemma_intern *intern,
	struct stemma_arena *scratch)
{
	struct stemma_words words;
	enum stemma_code code = stemma_words_split(&words, doc,
		(struct stemma_span){
			doc->units[unit].start, doc->units[unit].end},
		intern, scratch);

	if (code != STEMMA_OK)
		return code;
	*count = 0;
	*ids = stemma_arena_alloc(scratch, words.count, sizeof **ids);
	for (size_t k = 0; *ids && k < words.count; k++)
		if (words.words[k].type != STEMMA_WORD_PUNCTUATION)
			(*ids)[(*count)++] = words.words[k].id;
	return *ids ? STEMMA_OK : STEMMA_NOMEM;
}

static enum stemma_code
is_same_line(
	bool *same, struct stemma_aligner *aligner, const uint32_t units[2])
{
	struct stemma_mark mark = stemma_arena_mark(aligner->scratch);
	struct stemma_mark kept = stemma_arena_mark(aligner->arena);
	struct stemma_intern *intern = stemma_intern_new(aligner->scratch);
	enum stemma_code code = intern ? STEMMA_OK : STEMMA_NOMEM;
	struct stemma_run *runs;
	size_t counts[2] = {0, 0}, run_count, paired = 0;
	uint32_t *ids[2];

	*same = false;
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = list_ids(&ids[side], &counts[side], aligner->docs[side],
			units[side], intern, aligner->scratch);
	if (code == STEMMA_OK)
		code = stemma_diff_make(&runs, &run_count, ids[0], counts[0],
			ids[1], counts[1], aligner->budget, aligner->arena,
			aligner->scratch);
	for (size_t r = 0; code == STEMMA_OK && r < run_count; r++)
		paired += runs[r].length;
	*same = paired &&
		2 * (float)paired >= SAME_LINE * (float)(counts[0] + counts[1]);
	stemma_arena_rewind(aligner->arena, kept);
	stemma_arena_rewind(aligner->scratch, mark);
	return code;
}

static enum stemma_code
pair_left(struct stemma_aligner *aligner, const struct stemma_gap *gap)
{
	static const uint32_t one[2] = {1, 1};
	uint32_t units[2][MOST_LEFT], counts[2], from = 0;
	bool weak = false, same;

	for (int side = 0; side < 2; side++)
		counts[side] =
			list_left(aligner, gap, side, units[side], &weak);
	if (!weak)
		return STEMMA_OK;
	for (uint32_t i = 0; i < counts[0]; i++)
		for (uint32_t j = from; j < counts[1]; j++) {
			uint32_t first[2] = {units[0][i], units[1][j]};
			enum stemma_code code =
				is_same_line(&same, aligner, first);

			if (code != STEMMA_OK)
				return code;
			if (!same)
				continue;
			stemma_align_link(aligner, first, one,
				STEMMA_PAIR_SIMILAR, false);
			from = j + 1;
			break;
		}
	return STEMMA_OK;
}

enum stemma_code
stemma_align_last(struct stemma_aligner *aligner)
{
	struct stemma_gap gap = {{0, 0}, {0, 0}};
	enum stemma_code code = STEMMA_OK;
	uint32_t k = 0;

	while (code == STEMMA_OK && stemma_align_next_gap(aligner, &k, &gap))
		if (gap.from[0] < gap.to[0] && gap.from[1] < gap.to[1])
			code = pair_left(aligner, &gap);
	stemma_align_sort(aligner);
	return code;
}
