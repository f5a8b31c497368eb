/*
 * extend.h - how far two texts stay alike beyond a place from which on, or up
 * to which, they are the same.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_EXTEND_H
#define REUSE_EXTEND_H

#include "corpus.h"

/* Words on either side that are looked at in one go. */
#define STEMMA_REACH 20

/* A place to look from: words, and how many there are on either side before
   something is in the way. */
struct stemma_outlook {
	uint32_t source, target;
	uint32_t source_way, target_way;
	bool back; /* look at the words in front of these, not from them on */
};

/* A pair of equal words. */
struct stemma_word_pair {
	uint32_t source, target;
};

/* Whether two words in a row are the same not far away. O(1). */
bool stemma_outlook_promises(
	const struct stemma_corpus *corpus, const struct stemma_outlook *o);

/*
 * The words that are the same in the best stretch from the place on, the
 * farthest first; returns how many. A match is worth twice what a word left
 * out on either side, or changed, costs; an end that is the end of a sentence
 * on both sides is worth a word. As long as costs stay small (Altschul et al.
 * 1990, X-drop). O(1).
 */
size_t stemma_outlook_extend(struct stemma_word_pair pairs[STEMMA_REACH],
	const struct stemma_corpus *corpus, const struct stemma_outlook *o);

#endif
