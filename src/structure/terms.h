/*
 * terms.h - what the blocks of a page speak about.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_TERMS_H
#define STRUCTURE_TERMS_H

#include "page.h"

/*
 * Give each token its term, and make the page's terms and mentions. A word
 * that begins a sentence is a name if the page writes it with a capital
 * elsewhere more often than without. What the page `before`, which may be
 * NULL, knows of a term is taken from there. STEMMA_NOMEM. O(tokens).
 */
enum stemma_code stemma_terms_find(struct stemma_page *page,
	const struct stemma_page *before, struct stemma_arena *arena);

#endif
