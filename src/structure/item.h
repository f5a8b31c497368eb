/*
 * item.h - the marks that items of a list begin with.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_ITEM_H
#define STRUCTURE_ITEM_H

#include <stemma/text.h>

#include "page.h"

/* Whether paragraph `k` is an item: one bullet makes a list, but a dash, a
   number or a letter only with another one beside it. O(1). */
bool stemma_item_is(const struct stemma_paragraph *paragraphs, size_t count,
	size_t k, const struct stemma_doc *doc);

#endif
