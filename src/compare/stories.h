/*
 * stories.h - what became of the stories of a page.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_COMPARE_STORIES_H
#define STEMMA_COMPARE_STORIES_H

#include <stemma/compare.h>

/*
 * Set `stories` of a comparison that has links and both outlines. Stories
 * belong together if a good part of the shorter one's text is linked with the
 * other. `along` is the side to look at first where two answers are as good as
 * each other. STEMMA_NOMEM. O(links + pairs of stories · log).
 */
enum stemma_code stemma_stories_compare(struct stemma_comparison *comparison,
	enum stemma_side along, struct stemma_arena *arena,
	struct stemma_arena *scratch);

#endif
