/*
 * atom.h - one grapheme cluster as a terminal shows it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_ATOM_H
#define STEMMA_RENDER_ATOM_H

#include <stemma/base.h>

enum stemma_atom_kind {
	STEMMA_ATOM_PLAIN,
	STEMMA_ATOM_SPACE,   /* white space where a line may break */
	STEMMA_ATOM_CONTROL, /* shown in a visible form */
	STEMMA_ATOM_DASH,    /* a line may break after it */
	STEMMA_ATOM_WIDE,    /* … or on either side of it */
	STEMMA_ATOM_CLOSING, /* wide, but never at the start of a line */
	STEMMA_ATOM_JOINED   /* of a script without spaces: words unknown */
};

struct stemma_atom {
	size_t size;    /* in bytes */
	unsigned width; /* in columns */
	uint32_t first; /* its first code point */
	enum stemma_atom_kind kind;
};

/* The cluster that starts at `at`, which is below text.size. */
struct stemma_atom stemma_atom_at(struct stemma_view text, size_t at);

/* Whether `c` is a letter written from right to left. */
bool stemma_is_rtl(uint32_t c);

/* Whether `c` is of a script that puts no spaces between words. */
bool stemma_is_spaceless(uint32_t c);

/* … and whose words are several clusters each: Thai, Lao, Khmer, Burmese. */
bool stemma_is_joined(uint32_t c);

#endif
