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

/* Rows of the index, by a hash of a phrase's first two bytes: first those of
   phrases that begin a paragraph, then those that stand anywhere. */
#define STEMMA_PHRASE_ROWS 1024
#define STEMMA_PHRASES_MAX 3072

struct stemma_phrases {
	uint16_t rows[STEMMA_PHRASE_ROWS + 1];
	uint16_t order[STEMMA_PHRASES_MAX];
};

/* Bytes at both ends of a paragraph in which a phrase may stand. */
#define STEMMA_PHRASE_HEAD 96
#define STEMMA_PHRASE_TAIL 80

/* Make the index: a few microseconds. */
void stemma_phrases_index(struct stemma_phrases *phrases);

/*
 * The phrase that says what the paragraph `text`, folded, is; NULL if none
 * does. The longest one at its beginning comes first; others are looked for
 * near its two ends.
 */
const struct stemma_phrase *stemma_phrases_find(
	const struct stemma_phrases *phrases, struct stemma_view text);

/* The `size` bytes of a phrase. */
const char *stemma_phrases_text(const struct stemma_phrase *phrase);

#endif
