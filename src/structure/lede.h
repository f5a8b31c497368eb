/*
 * lede.h - how much the first sentence of a paragraph is worded like that of an
 * English news story: a lexicon learned from other houses than the model's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_LEDE_H
#define STRUCTURE_LEDE_H

#include "page.h"

/* The logarithm of the odds, from -4 to 4; 0 on a page not in English. */
float stemma_lede_weigh(
	const struct stemma_page *page, const struct stemma_block *block);

/* ---- the table, written by tools/structure-tables ---------------------- */

enum {
	STEMMA_LEDE_ANY,
	STEMMA_LEDE_FIRST,
	STEMMA_LEDE_SECOND,
	STEMMA_LEDE_LAST,
	STEMMA_LEDE_PLACES
};

struct stemma_lede_entry {
	uint32_t hash;
	int8_t weights[STEMMA_LEDE_PLACES]; /* by place, in 32nds */
};

extern const struct stemma_lede_entry stemma_lede_table[];
/* Where the entries whose hash starts with these eight bits begin. */
extern const uint8_t stemma_lede_index[257];

#endif
