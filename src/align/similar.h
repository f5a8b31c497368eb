/*
 * similar.h - how alike units without an equal partner are, and which of them
 * belong together.
 *
 * A unit's features are its words and its pairs of neighbouring words, each
 * with a weight: rare ones say more. Two units are as alike as the weight they
 * share (Dice's coefficient, 2 C / (A + B)); a unit is contained in another by
 * the share of its own weight found there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_ALIGN_SIMILAR_H
#define STEMMA_SRC_ALIGN_SIMILAR_H

#include "align/state.h"

/* What is known of one feature, and how much of it the unit at hand has. */
struct stemma_feature {
	float weight;
	uint32_t stock; /* of it in the unit at hand */
	uint32_t spent; /* of the stock, used up */
};

struct stemma_features {
	uint32_t *ids; /* with repetition */
	uint32_t count;
	bool sorted;  /* the ids: once that was of use */
	float weight; /* the sum over all */
};

/* A possible link, over units. */
struct stemma_edge {
	uint32_t first[2], count[2];
	float score;  /* how alike, 0..1 */
	float shared; /* weight in common */
};

struct stemma_similar {
	struct stemma_aligner *aligner;
	struct stemma_unit_words *words[2]; /* of the rest, as in the pairing */
	uint32_t counts[2];                 /* units in the rest */
	uint32_t *rest_of[2]; /* by unit: index into the rest, or UNPAIRED */
	struct stemma_features *features[2]; /* by index into the rest */
	struct stemma_feature *all;          /* by feature */
	uint32_t feature_count;
	uint32_t word_count;      /* features below this are words */
	uint32_t pair_mask;       /* the others, by hash */
	const uint32_t *caseless; /* by word id: the id in lower case */
	struct stemma_edge *edges;
	size_t edge_count, edge_capacity;
};

/* Whether unit number `rest` of the rest has no partner yet. */
static inline bool
stemma_similar_is_free(
	const struct stemma_similar *similar, int side, uint32_t rest)
{
	uint32_t unit = similar->words[side][rest].unit;

	return similar->aligner->link_of[side][unit] == STEMMA_UNPAIRED;
}

/* Weigh the features of the rest, which the pairing's words are.
   STEMMA_NOMEM. */
enum stemma_code stemma_similar_prepare(struct stemma_similar *similar,
	struct stemma_aligner *aligner, struct stemma_pairing *pairing);

/* The features of `words` into `ids`, which has room for two a word; returns
   how many. */
uint32_t stemma_similar_list(const struct stemma_similar *similar,
	uint32_t *ids, const struct stemma_words *words);

/* Put `features` into the stock, or take them out again. */
void stemma_similar_stock(struct stemma_similar *similar,
	const struct stemma_features *features, bool in);

/* The weight of what `features` find in the stock; it is used up until
   stemma_similar_unspend() is called with the same features. */
float stemma_similar_spend(
	struct stemma_similar *similar, const struct stemma_features *features);
void stemma_similar_unspend(
	struct stemma_similar *similar, const struct stemma_features *features);

/*
 * The weight that `a`, which is the stock, and `b` have in common. What a look
 * costs goes with the shorter of them, so that a text against its paragraphs
 * costs what they do, and not for each of them the whole: `b` is put in order
 * for that.
 */
float stemma_similar_shared(struct stemma_similar *similar,
	const struct stemma_features *a, struct stemma_features *b);

/* Count nothing of `features` as spent, whoever spent it. */
void stemma_similar_forget(
	struct stemma_similar *similar, const struct stemma_features *features);

/* Append an edge. STEMMA_NOMEM. */
enum stemma_code stemma_similar_add(
	struct stemma_similar *similar, const struct stemma_edge *edge);

/* Find 1:1 edges worth a look: all pairs when few, else by shared rare
   features. STEMMA_NOMEM. */
enum stemma_code stemma_similar_pairs(struct stemma_similar *similar);

/* From the 1:1 edges, find 1:n and n:1 ones. STEMMA_NOMEM. */
enum stemma_code stemma_similar_groups(struct stemma_similar *similar);

/* Take the best edges that do not contradict each other. STEMMA_NOMEM. */
enum stemma_code stemma_similar_choose(struct stemma_similar *similar);

/* Join neighbouring links between which words have passed. STEMMA_NOMEM. */
enum stemma_code stemma_similar_regroup(struct stemma_similar *similar);

#endif
