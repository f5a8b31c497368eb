/*
 * run.h - lines in a row that make a list without marks: what they have in
 * common.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_RUN_H
#define STRUCTURE_RUN_H

#include "shape.h"

/* Lines in a row that could be headings or items. */
struct stemma_run {
	struct stemma_paragraph *first, *end;
};

/* Whether a paragraph may stand in a run. */
bool stemma_run_takes(const struct stemma_paragraph *p);

/* The trait that two thirds of the lines have, the first and the last perhaps
   not: a number in front, a label, a number; 0: none. O(lines). */
unsigned stemma_run_trait(const struct stemma_run *run);

/* Make items of lines that all have a label or a number, from three
   in a row. O(paragraphs). */
void stemma_runs_tell(struct stemma_paragraph *paragraphs, size_t count);

#endif
