/*
 * show.h - untrusted text for a terminal: whatever could move the cursor,
 * change colours or turn the reading direction is shown, never obeyed.
 *
 *     ESC  ^[      U+009B  <9B>      U+202E  <U+202E>      byte ff  <FF>
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_SHOW_H
#define STEMMA_RENDER_SHOW_H

#include <stemma/base.h>

/* Room for the longest form and its NUL. */
#define STEMMA_SHOW_SIZE 12

/*
 * Whether a terminal must not see code point `c`: C0, DEL, C1 and the bidi
 * controls. If so its visible form is in `form`, `*size` bytes of ASCII.
 */
bool stemma_show_control(char form[STEMMA_SHOW_SIZE], size_t *size, uint32_t c);

/* Any bytes, such as a file's name, on one line; invalid UTF-8 as <FF>. */
void stemma_show_bytes(struct stemma_out *out, struct stemma_view bytes);

#endif
