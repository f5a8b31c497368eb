/*
 * abbreviation.h - full stops that shorten a word and end no sentence.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_ABBREVIATION_H
#define TEXT_ABBREVIATION_H

#include <stdbool.h>
#include <stddef.h>

#include <stemma/base.h>

/*
 * Whether the full stop at `stop` only shortens the word before it, although
 * what begins at `next`, which is below text.size, could be a sentence: "Dr.
 * Lind", "J. K. Rowling", "No. 5", "on Jan. 5", "am 5. März", "the U.S.
 * Senate", but not "of Acme Inc. She". Looks at two words at the most.
 */
bool stemma_is_abbreviation(struct stemma_view text, size_t stop, size_t next);

#endif
