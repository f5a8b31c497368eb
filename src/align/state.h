/*
 * state.h - what the stages of pairing share while they work. Each stage adds
 * links and takes none back, but for regrouping, which joins neighbours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_ALIGN_STATE_H
#define STEMMA_SRC_ALIGN_STATE_H

#include "align/align.h"

struct stemma_aligner {
	const struct stemma_doc *docs[2];
	uint32_t counts[2]; /* of units */
	uint32_t *ids[2];   /* by unit: equal for equal units */
	bool *weak[2];      /* by unit: short and standing more than once */
	uint32_t *link_of[2];
	struct stemma_pair_link *links; /* in order of creation */
	uint32_t link_count;
	uint32_t *order;      /* links in the order of the old side */
	uint32_t order_count; /* of them sorted so far */
	struct stemma_budget *budget;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

/* Units that stand between two links that are in order: [from, to) by side. */
struct stemma_gap {
	uint32_t from[2], to[2];
};

/* Number equal units alike, tell weak ones. STEMMA_NOMEM. */
enum stemma_code stemma_align_number(struct stemma_aligner *aligner);

/*
 * Split into words all units that take part in the search by words, into the
 * pairing. STEMMA_NOMEM.
 */
enum stemma_code stemma_align_words(
	struct stemma_aligner *aligner, struct stemma_pairing *pairing);

/*
 * Number the unpaired units by their sequence of words, which typography does
 * not change, into aligner->ids. STEMMA_NOMEM.
 */
enum stemma_code stemma_align_number_words(
	struct stemma_aligner *aligner, const struct stemma_pairing *pairing);

/* Add a link over ranges of unpaired units. */
void stemma_align_link(struct stemma_aligner *aligner, const uint32_t first[2],
	const uint32_t count[2], enum stemma_pair_kind kind, bool moved);

/*
 * Put links in the order of the old side and set `moved` on the lightest set,
 * by bytes of both sides, whose removal leaves the rest in order. STEMMA_NOMEM.
 */
enum stemma_code stemma_align_order(struct stemma_aligner *aligner);

/* The same by code points, as the answer has it. STEMMA_NOMEM. */
enum stemma_code stemma_align_finish(struct stemma_aligner *aligner);

/* Only put links in the order of the old side, where all new ones are in
   order. */
void stemma_align_sort(struct stemma_aligner *aligner);

/*
 * The gap after the `k`-th ordered link that is not moved; `*k` is advanced.
 * Start with *k = 0 and a zeroed gap; false when there are no more.
 */
bool stemma_align_next_gap(const struct stemma_aligner *aligner, uint32_t *k,
	struct stemma_gap *gap);

/*
 * Pair unpaired units with equal ids: those that stand once on each side, then
 * neighbours of pairs, then in order within gaps, then the rest in order of
 * the page. STEMMA_NOMEM.
 */
enum stemma_code
stemma_align_equal(struct stemma_aligner *aligner, enum stemma_pair_kind kind);

/*
 * Pair unpaired units that stand between the same neighbours and keep most of
 * their bytes. STEMMA_NOMEM.
 */
enum stemma_code stemma_align_near(struct stemma_aligner *aligner);

/*
 * Pair weak units with equal ids within gaps, in order: last of all, so that
 * they never hold anything in place. STEMMA_NOMEM.
 */
enum stemma_code stemma_align_weak(struct stemma_aligner *aligner);

/*
 * Pair units left between the same neighbours where a weak one is among them.
 * STEMMA_NOMEM.
 */
enum stemma_code stemma_align_last(struct stemma_aligner *aligner);

/* Pair what is alike, in any grouping. STEMMA_NOMEM. */
enum stemma_code stemma_align_similar(
	struct stemma_aligner *aligner, struct stemma_pairing *pairing);

#endif
