/*
 * trim.h - what two gaps between words have in common, in whole graphemes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_TRIM_H
#define STEMMA_SRC_COMPARE_TRIM_H

#include <stemma/text.h>

/*
 * The bytes, `most` at most, that both texts start with from `from` on, which
 * is the edge of a grapheme on both sides; so is where they end. O(most).
 */
size_t stemma_trim_start(
	const struct stemma_view texts[2], const size_t from[2], size_t most);

/*
 * The bytes that both texts end with before `to`, up to `from`; all of these
 * are edges of graphemes, and so is where the bytes start. O(to - from).
 */
size_t stemma_trim_end(const struct stemma_view texts[2], const size_t from[2],
	const size_t to[2]);

#endif
