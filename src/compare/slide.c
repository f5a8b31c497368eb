/*
 * Rule "edges": where the same words stand before an insertion as at its end,
 * it can be told in several ways ("the [big red] house", "[the big] red …").
 * Of all of them the one is taken whose edges are best: a sentence's edge
 * before a phrase's, a phrase's before a word's, and never inside a compound
 * when there is a choice. The same holds for deletions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/edits.h"

/* How far an edit is slid at most, in tokens: enough for any phrase, and a
   bound for text that repeats one word without end. */
#define FURTHEST 64

/* How good an edge is before token `at`. */
static int
edge(const struct stemma_tokens *side, uint32_t at)
{
	const struct stemma_word *next = &side->words.words[at], *previous;

	if (at == 0 || at == side->count || stemma_token_starts_unit(side, at))
		return 6;
	previous = next - 1;
	if (previous->sentence_end)
		return 5;
	if (stemma_token_has_space(side, at))
		return previous->type == STEMMA_WORD_PUNCTUATION ? 4 : 3;
	if (previous->type == STEMMA_WORD_GRAPHEME ||
		next->type == STEMMA_WORD_GRAPHEME)
		return previous->type == STEMMA_WORD_PUNCTUATION ? 4 : 2;
	return next->type == STEMMA_WORD_PUNCTUATION ? 1 : 0;
}

static int
quality(const struct stemma_edits *edits, const struct stemma_edit *edit,
	int side, int64_t by)
{
	uint32_t from = (uint32_t)(edit->from[side] + by);
	uint32_t to = (uint32_t)(edit->to[side] + by);
	uint32_t place = (uint32_t)(edit->from[!side] + by);

	return edge(&edits->sides[side], from) + edge(&edits->sides[side], to) +
	       edge(&edits->sides[!side], place);
}

/* Slide edit `k`, which is empty on the other side. */
static void
slide(struct stemma_edits *edits, uint32_t k, int side)
{
	struct stemma_edit *edit = &edits->edits[k];
	const uint32_t *ids = edits->sides[side].ids;
	int64_t least = k ? edits->edits[k - 1].to[side] : 0, best_by = 0;
	int64_t most = k + 1 < edits->count ? edits->edits[k + 1].from[side]
					    : edits->sides[side].count;
	int best = quality(edits, edit, side, 0);

	for (int64_t by = 1; by <= FURTHEST; by++) {
		if (edit->to[side] + by > most ||
			ids[edit->from[side] + by - 1] !=
				ids[edit->to[side] + by - 1])
			break;
		if (quality(edits, edit, side, by) >= best) {
			best = quality(edits, edit, side, by);
			best_by = by;
		}
	}
	for (int64_t by = -1; by >= -FURTHEST; by--) {
		if (edit->from[side] + by < least ||
			ids[edit->from[side] + by] != ids[edit->to[side] + by])
			break;
		if (quality(edits, edit, side, by) > best) {
			best = quality(edits, edit, side, by);
			best_by = by;
		}
	}
	for (int s = 0; s < 2; s++) {
		edit->from[s] = (uint32_t)(edit->from[s] + best_by);
		edit->to[s] = (uint32_t)(edit->to[s] + best_by);
	}
}

/* Whether edit `k` touches the one before it on both sides. */
static bool
touches(const struct stemma_edits *edits, uint32_t k)
{
	return edits->edits[k - 1].to[0] == edits->edits[k].from[0] &&
	       edits->edits[k - 1].to[1] == edits->edits[k].from[1];
}

void
stemma_edits_slide(struct stemma_edits *edits)
{
	uint32_t kept = 0;

	for (uint32_t k = 0; k < edits->count; k++) {
		struct stemma_edit *edit = &edits->edits[k];

		if (edit->from[0] == edit->to[0])
			slide(edits, k, 1);
		else if (edit->from[1] == edit->to[1])
			slide(edits, k, 0);
	}
	for (uint32_t k = 1; k < edits->count; k++) {
		if (touches(edits, k)) {
			/* Slid together: an insertion met a deletion. */
			edits->edits[k].from[0] = edits->edits[kept].from[0];
			edits->edits[k].from[1] = edits->edits[kept].from[1];
			edits->edits[kept] = edits->edits[k];
		} else {
			edits->edits[++kept] = edits->edits[k];
		}
	}
	if (edits->count)
		edits->count = kept + 1;
}
