/*
 * twins.h - paragraphs that stand on two pages. What a paragraph tells on its
 * own is found out on the first page, and taken from there on the second.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_TWINS_H
#define STRUCTURE_TWINS_H

#include "page.h"

/* The paragraphs of a document. */
struct stemma_paragraphs {
	const struct stemma_doc *doc;
	struct stemma_paragraph *items;
	size_t count;
};

/*
 * Find the twin of each of `paragraphs` among those of `before`; of many that
 * look alike by their hash, not all are looked at. False without memory.
 * O(bytes of those that have one).
 */
bool stemma_twins_find(const struct stemma_paragraphs *paragraphs,
	const struct stemma_paragraphs *before, struct stemma_arena *scratch);

#endif
