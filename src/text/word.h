/*
 * word.h - the word rules of UAX #29 over either set of classes: Unicode's
 * own, or ours, in which typographic variants behave alike.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include <stemma/base.h>

#include "tables.h"

/* The Word_Break class that our words use for this property. */
static inline uint8_t
stemma_word_class(const struct stemma_property *property)
{
	switch (property->folds) {
	case STEMMA_FOLDS_SINGLE_QUOTE:
		return STEMMA_WB_SINGLE_QUOTE;
	case STEMMA_FOLDS_DOUBLE_QUOTE:
		return STEMMA_WB_DOUBLE_QUOTE;
	case STEMMA_FOLDS_INVISIBLE:
		return STEMMA_WB_FORMAT;
	default:
		if (property->kind == STEMMA_KIND_GRAPHEME)
			return STEMMA_WB_OTHER;
		/* A sign put before a number, as Unicode has it from 15.1. */
		return property->word == STEMMA_WB_FORMAT &&
				       property->grapheme == STEMMA_GB_PREPEND
			       ? STEMMA_WB_NUMERIC
			       : property->word;
	}
}

/*
 * The next word boundary after `at`, which is one. `tailored` picks the
 * classes.
 */
size_t stemma_word_edge(struct stemma_view text, size_t at, bool tailored);

#endif
