/*
 * space.h - white space in UTF-8, looked at from either side.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_SPACE_H
#define STEMMA_RENDER_SPACE_H

#include <stemma/base.h>

/*
 * Bytes of the white space character (Unicode's White_Space) at `at`, or 0
 * when there is another one or the end.
 */
size_t stemma_space_at(struct stemma_view text, size_t at);

/* The same for the character that ends at `at`. */
size_t stemma_space_before(struct stemma_view text, size_t at);

/* Bytes of the line break at `at` (CR LF is one), or 0. */
size_t stemma_break_at(struct stemma_view text, size_t at);

/* The offset after all white space that starts at `at`. */
size_t stemma_space_end(struct stemma_view text, size_t at);

/* The offset of the next white space at or after `at`, or the end. */
size_t stemma_word_end(struct stemma_view text, size_t at);

#endif
