/*
 * segment.h - the bare boundaries of UAX #29, without any tailoring: what the
 * Unicode test files are run against.
 *
 * Each returns the next boundary after `at`, which is below text.size and is
 * itself a boundary (0 always is). `text` is valid UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_SEGMENT_H
#define TEXT_SEGMENT_H

#include <stemma/base.h>

size_t stemma_word_next(struct stemma_view text, size_t at);
size_t stemma_sentence_next(struct stemma_view text, size_t at);

#endif
