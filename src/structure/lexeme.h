/*
 * lexeme.h - what is known of each spelling on a page: folded, hashed, looked
 * up among the cues, stemmed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_LEXEME_H
#define STRUCTURE_LEXEME_H

#include "page.h"

/*
 * Make the page's lexemes from its words and tell its language by the stop
 * words among them; what the page `before`, which may be NULL, knows of its
 * spellings is taken from there. STEMMA_NOMEM.
 */
enum stemma_code stemma_lexemes_make(struct stemma_page *page,
	const struct stemma_page *before, struct stemma_arena *arena);

#endif
