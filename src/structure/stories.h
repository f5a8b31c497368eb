/*
 * stories.h - the blocks of a page grouped into stories.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_STORIES_H
#define STRUCTURE_STORIES_H

#include <stemma/structure.h>

#include "features.h"
#include "twins.h"

/*
 * Find the units at which stories start. `starts` (room for one a paragraph)
 * gets the first units in order, `chances` how sure each is; `*count` becomes
 * how many there are, at least one if there is a paragraph.
 *
 * `reading` becomes what was read for it, in `scratch`; its names and ties
 * are gone by then. `before`, which may be NULL, is such a reading of a
 * page on which paragraphs of this one have their twins.
 * STEMMA_NOMEM, STEMMA_UNSUPPORTED past 4 GiB.
 */
enum stemma_code stemma_stories_find(uint32_t *starts, float *chances,
	size_t *count, const struct stemma_paragraphs *paragraphs,
	const struct stemma_outline_options *options,
	struct stemma_reading *reading, const struct stemma_reading *before,
	struct stemma_arena *scratch);

#endif
