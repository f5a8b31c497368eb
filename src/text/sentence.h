/*
 * sentence.h - where sentences end, asked at each mark that may end one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include <stemma/base.h>

/*
 * If the mark at `at` (a full stop, question mark, ellipsis, …) ends a
 * sentence of readers, where that sentence ends: after quotation marks and
 * brackets that close behind it. 0 if it does not. `text` is a paragraph: its
 * line ends are spaces.
 */
size_t stemma_sentence_end(struct stemma_view text, size_t at);

#endif
