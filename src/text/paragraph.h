/*
 * paragraph.h - which lines make a paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include <stemma/text.h>

/*
 * Set layout (where it is AUTO) and units of `doc`, whose text is set.
 * `odd_breaks`: the text has line ends beyond ASCII. Keys are left to the
 * caller. STEMMA_NOMEM.
 */
enum stemma_code stemma_doc_paragraphs(
	struct stemma_doc *doc, bool odd_breaks, struct stemma_arena *arena);

#endif
