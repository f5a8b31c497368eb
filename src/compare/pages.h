/*
 * pages.h - what two pages are made of: kinds and stories, each version
 * informing the other.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_COMPARE_PAGES_H
#define STEMMA_COMPARE_PAGES_H

#include <stemma/compare.h>

/*
 * Set outlines and stories of a comparison that has links, as far as
 * options->reading asks; `along` as for stemma_stories_compare(). STEMMA_NOMEM.
 */
enum stemma_code stemma_pages_read(struct stemma_comparison *comparison,
	const struct stemma_compare_options *options, enum stemma_side along,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#endif
