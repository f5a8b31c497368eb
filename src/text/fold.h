/*
 * fold.h - folding into room that is already there, and texts alike once folded.
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

/*
 * Whether two texts whose words differ are the same under
 * STEMMA_FOLD_TYPOGRAPHY nevertheless: a character that folding leaves out may
 * part a word. Mostly told without folding; `scratch` is left as it was.
 * STEMMA_NOMEM. O(bytes).
 */
enum stemma_code stemma_fold_alike(bool *alike, struct stemma_view a,
	struct stemma_view b, struct stemma_arena *scratch);

#endif
