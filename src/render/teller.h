/*
 * teller.h - the words that the terminal's page puts between the texts: labels,
 * places, counts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_TELLER_H
#define STEMMA_RENDER_TELLER_H

#include "term.h"

/* What one step needs: scratch memory that is given back after it. */
struct stemma_teller {
	struct stemma_term *term;
	struct stemma_mark mark;
	struct stemma_runs runs[2];
};

struct stemma_teller stemma_teller_start(struct stemma_term *term);
void stemma_teller_end(struct stemma_teller *teller);

void stemma_say_words(
	struct stemma_runs *runs, enum stemma_style style, const char *words);

/* A number, whose digits are in the scratch arena. */
void stemma_say_number(
	struct stemma_runs *runs, enum stemma_style style, uint64_t number);

/* "¶7", "¶7–9", "sentence 7", "sentences 7–9". */
void stemma_say_place(const struct stemma_term *term, struct stemma_runs *runs,
	struct stemma_range range);

/* "7 paragraphs" */
void stemma_say_count(const struct stemma_term *term, struct stemma_runs *runs,
	uint64_t count);

/* The start of a unit, after a label, on the line that is left. */
void stemma_say_excerpt(const struct stemma_term *term,
	struct stemma_runs *runs, enum stemma_side side, uint32_t unit);

#endif
