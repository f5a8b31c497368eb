/*
 * phrases.h - the phrases of cues.def, found in a folded paragraph.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_PHRASES_H
#define STRUCTURE_PHRASES_H

#include <stemma/base.h>

/* Where a phrase stands. */
enum {
	STEMMA_PLACE_START,
	STEMMA_PLACE_LABEL,
	STEMMA_PLACE_WHOLE,
	STEMMA_PLACE_LEAD,
	STEMMA_PLACE_ANY,
	STEMMA_PLACE_END
};

struct stemma_phrase {
	uint32_t text; /* where it stands among the texts of all */
	uint8_t size;  /* in bytes */
	uint8_t shape; /* enum stemma_shape */
	uint8_t place;
};

/* Bytes at both ends of a paragraph in which a phrase may stand. */
#define STEMMA_PHRASE_HEAD 96
#define STEMMA_PHRASE_TAIL 80

/*
 * The phrase that says what the paragraph `text`, folded, is; NULL if none
 * does. The longest one at its beginning comes first; others are looked for
 * near its two ends.
 */
const struct stemma_phrase *stemma_phrases_find(struct stemma_view text);

/* The `size` bytes of a phrase. */
const char *stemma_phrases_text(const struct stemma_phrase *phrase);

/* ---- the index, written by tools/structure-tables ---------------------- */

/* Rows, by a hash of a phrase's first two bytes: first those of phrases that
   begin a paragraph, then those that stand anywhere. */
#define STEMMA_PHRASE_ROWS 1024
#define STEMMA_PHRASES 2546

/* Where each row begins in the order of the phrases by row. */
extern const uint16_t stemma_phrase_rows[STEMMA_PHRASE_ROWS + 1];
extern const uint16_t stemma_phrase_order[STEMMA_PHRASES];
/* Whether a phrase that stands anywhere begins with this byte: 0 none does, 1
   one that is no part of a word, 2 one does. */
extern const uint8_t stemma_phrase_begins[256];

#endif
