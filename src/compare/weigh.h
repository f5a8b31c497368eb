/*
 * weigh.h - why an edit matters: which facts (facts.h) its words bring, take
 * away or exchange.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_WEIGH_H
#define STEMMA_SRC_COMPARE_WEIGH_H

#include "compare/facts.h"

/* What weighs the edits of one link. */
struct stemma_scales {
	const struct stemma_edits *edits;
	struct stemma_tongue tongue;
	struct stemma_facts sides[2];
	struct stemma_arena *scratch;
};

/*
 * Learn from the first few thousand bytes of both documents which languages
 * they may be in: the short text of a link alone may be mute. STEMMA_NOMEM.
 */
enum stemma_code stemma_lexicon_read(
	struct stemma_lexicon *lexicon, struct stemma_arena *scratch);

/*
 * Get ready to weigh `edits`, which stay as they are. `lexicon` has read both
 * documents. Lives in `scratch`. STEMMA_NOMEM. O(tokens).
 */
enum stemma_code stemma_scales_make(struct stemma_scales *scales,
	const struct stemma_edits *edits, struct stemma_lexicon *lexicon,
	struct stemma_arena *scratch);

/*
 * The weights (STEMMA_WEIGHT_*) of one edit. STEMMA_NOMEM. O(its tokens and
 * those of the sentences around it).
 */
enum stemma_code stemma_scales_weigh(uint16_t *weights,
	struct stemma_scales *scales, const struct stemma_edit *edit);

/* Whether the words of `edit` on a side are part of who says it (speaker.c). */
bool stemma_facts_speaks(
	const struct stemma_facts *facts, uint32_t from, uint32_t to);

#endif
