/*
 * fold.h - folding into room that is already there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stemma/text.h>

/*
 * Write `text` folded by `flags` to the `room` bytes at `to`. Returns the
 * bytes it takes, which may be more than `room`: then what is in `to` is of no
 * use.
 */
size_t stemma_fold_write(
	char *to, size_t room, struct stemma_view text, unsigned flags);

#endif
