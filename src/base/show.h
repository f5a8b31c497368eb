/*
 * show.h - one character of untrusted text for a terminal; what it looks like
 * stands at stemma_out_visible() in base.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_BASE_SHOW_H
#define STEMMA_BASE_SHOW_H

#include <stemma/base.h>

/* Room for the longest form and its NUL. */
#define STEMMA_SHOW_SIZE 12

/*
 * Whether a terminal must not see code point `c`: C0, DEL, C1, line and
 * paragraph separator, and the bidi controls. If so its visible form is in
 * `form`, `*size` bytes of ASCII.
 */
bool stemma_show_control(char form[STEMMA_SHOW_SIZE], size_t *size, uint32_t c);

#endif
