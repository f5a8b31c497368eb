/*
 * parts.h - two texts that differ in white space and typography alone: what is
 * the same and what is not, by turns.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_PARTS_H
#define STEMMA_RENDER_PARTS_H

#include <stemma/base.h>
#include <stemma/compare.h>

/* Start with the texts in `rest` and nothing else. */
struct stemma_parts {
	struct stemma_view rest[2];   /* by side: not yet told */
	struct stemma_view same;      /* of both sides */
	struct stemma_view differ[2]; /* what follows it, on each side; both
	                                 empty at the end */
};

/*
 * The next part: a stretch that both sides have, then a blank or a word that
 * they have otherwise. The stretches of each side together are its text. False
 * at the end. O(bytes of the part).
 */
bool stemma_parts_next(struct stemma_parts *parts);

#endif
