/*
 * pieces.h - a very long paragraph is cut where its text allows, so that only
 * the pieces that differ need to be split into words.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_PIECES_H
#define STEMMA_SRC_COMPARE_PIECES_H

#include <stemma/compare.h>

#include "diff/diff.h"

/* Paragraphs of at least so many bytes are worth it. */
#define STEMMA_PIECES_FROM ((size_t)64 << 10)

struct stemma_pieces {
	struct stemma_span (*pieces)[2]; /* by side, in order; what lies between
	                                    two is equal byte for byte */
	size_t count;
	uint64_t kept_words; /* about, on each side, outside of pieces */
};

/*
 * Find the pieces of `spans` that differ, into `scratch`; `spare` is left as
 * found. Cuts are chosen by the bytes before them (content-defined chunking,
 * after Muthitacharoen et al. 2001), so that they fall alike on both sides, and
 * only where a word starts. STEMMA_NOMEM. O(bytes).
 */
enum stemma_code stemma_pieces_find(struct stemma_pieces *pieces,
	const struct stemma_doc *const docs[2],
	const struct stemma_span spans[2], struct stemma_budget *budget,
	struct stemma_arena *scratch, struct stemma_arena *spare);

#endif
