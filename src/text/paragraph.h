/*
 * paragraph.h - which lines make a paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include <stemma/text.h>

#include "lines.h"

/*
 * Set layout (where it is AUTO) and units of `doc`, whose text is set.
 * `breaks` says which line ends to look for. STEMMA_NOMEM.
 */
enum stemma_code stemma_doc_paragraphs(struct stemma_doc *doc,
	struct stemma_breaks breaks, struct stemma_arena *arena);

#endif
