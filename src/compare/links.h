/*
 * links.h - from pairs in the order of one side to links in reading order.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_LINKS_H
#define STEMMA_SRC_COMPARE_LINKS_H

#include <stemma/compare.h>

#include "align/align.h"

/* No pair: an added or removed unit. */
#define STEMMA_NO_PAIR UINT32_MAX

/*
 * Make the comparison's links, in the order of the new side with removed units
 * behind the unmoved neighbour that they followed. `pairs[k]` gets the pair
 * that link k came from. With `flip`, the pairing's side 0 is the new side.
 * Operations of similar pairs are set as if words differed. STEMMA_NOMEM.
 */
enum stemma_code stemma_links_make(struct stemma_comparison *comparison,
	uint32_t **pairs, const struct stemma_pairing *pairing, bool flip,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#endif
