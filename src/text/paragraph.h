/*
 * paragraph.h - lines, and which of them make a paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include <stemma/text.h>

/* `span` without the white space at its ends; empty if that is all it is. */
struct stemma_span stemma_span_trim(
	struct stemma_view text, struct stemma_span span);

/* Whether a trimmed span shows nothing: it is empty or invisible. */
bool stemma_span_blank(struct stemma_view text, struct stemma_span span);

/*
 * Set layout (where it is AUTO) and units of `doc`, whose text is set.
 * `odd_breaks`: the text has line ends beyond ASCII. Keys are left to the
 * caller. STEMMA_NOMEM.
 */
enum stemma_code stemma_doc_paragraphs(
	struct stemma_doc *doc, bool odd_breaks, struct stemma_arena *arena);

#endif
