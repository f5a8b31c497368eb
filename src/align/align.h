/*
 * align.h - which units of two documents belong together.
 *
 *     old  A B C D E          links  A=A  C~C'  (B moved)  DE>D  +X
 *     new  A C' B X D
 *
 * Equal units first, then units equal but for typography, then alike ones by
 * what words they share, each with the order of the page as witness. Units
 * without a partner stand in no link.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_ALIGN_H
#define STEMMA_SRC_ALIGN_H

#include <stemma/base.h>
#include <stemma/text.h>

#include "diff/diff.h"

enum stemma_pair_kind {
	STEMMA_PAIR_EQUAL,   /* 1:1, the same characters */
	STEMMA_PAIR_FOLDED,  /* 1:1, the same words in other typography */
	STEMMA_PAIR_SIMILAR, /* n:m, words shared */
};

/* Units first[side] … first[side] + count[side] - 1 belong together. */
struct stemma_pair_link {
	uint32_t first[2];
	uint32_t count[2]; /* at least 1 each */
	uint8_t kind;      /* enum stemma_pair_kind */
	bool moved;
};

/* The words of one unit that is not equal to its partner. */
struct stemma_unit_words {
	uint32_t unit;
	struct stemma_words words;
};

struct stemma_pairing {
	struct stemma_pair_link *links; /* in the order of the old side */
	uint32_t count;
	uint32_t *link_of[2]; /* by unit; STEMMA_UNPAIRED without a link */
	struct stemma_unit_words *words[2]; /* of units that the search by words
	                                       looked at, in order of units; of
	                                       a link all units or none */
	uint32_t word_counts[2];            /* how many such units */
	struct stemma_intern *intern;       /* of their words; NULL if none */
};

/*
 * Pair the units of `docs`. The result lives in `arena`, `scratch` is left as
 * it was found. The answer may depend on which document is called old only
 * where the text gives no reason; stemma_comparison_make() fixes the order.
 *
 * O(units log units) for equal units; alike ones cost what their rarest common
 * words' lists hold, bounded by `budget`. STEMMA_NOMEM.
 */
enum stemma_code stemma_pairing_make(struct stemma_pairing *pairing,
	const struct stemma_doc *const docs[2], struct stemma_budget *budget,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#endif
