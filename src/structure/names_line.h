/*
 * names_line.h - a line that names people: "Ada Marsh and Tom Osei", "Ada
 * Marsh, economics editor", "Ada Marsh at Harbour Park".
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_NAMES_LINE_H
#define STRUCTURE_NAMES_LINE_H

#include <stemma/base.h>

struct stemma_name_line {
	struct stemma_view name; /* the first of them */
	uint32_t titles;         /* words that stand before names, in it */
	uint32_t numbers;        /* behind it: "Ada Marsh, 1961" */
	bool bare;               /* nothing but names stands there */
};

/* Whether `text`, a short line of a script that has capital letters, begins
   with a name and goes on as such lines do. O(bytes). */
bool
stemma_name_line_read(struct stemma_name_line *line, struct stemma_view text);

#endif
