/*
 * screen.h - a quick look at all of the text, to find the units that are worth
 * reading word by word: on most pages few are.
 *
 *     bytes -> tokens, hashed -> seeds -> chains -> units with a chain
 *
 * A token is a run of letters and digits, in lower case as far as it is ASCII,
 * so that equal words are equal tokens in text that is mostly that; other text
 * is worth reading.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef REUSE_SCREEN_H
#define REUSE_SCREEN_H

#include <stemma/base.h>
#include <stemma/text.h>

/*
 * By document and unit, whether it may have a part in a passage, in `arena`;
 * `spare` is left as it was found. False without memory. O(bytes).
 */
bool stemma_screen(uint8_t *worth[2], const struct stemma_doc *const docs[],
	size_t count, struct stemma_arena *arena, struct stemma_arena *spare);

#endif
