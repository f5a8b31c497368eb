/*
 * collation.h - what the formats of a collation share: sigla, rows with their
 * words, and stretches of a row where versions part.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_COLLATION_H
#define STEMMA_RENDER_COLLATION_H

#include <stemma/collate.h>

/* "A", "B", … "Z", "AA", …: what a version is called in a table. */
void stemma_siglum_write(struct stemma_out *out, size_t index);

/* How many letters the longest of `count` sigla has. */
size_t stemma_siglum_width(size_t count);

/* The bytes of a token. */
struct stemma_view stemma_token_text(const struct stemma_collation *collation,
	const struct stemma_row_reading *reading,
	const struct stemma_token *token);

/* Columns `first` up to `end` of a row: the same in all readings, or not. */
struct stemma_stretch {
	uint32_t first, end;
	bool same;
};

/* A row, stretch by stretch; made by stemma_row_walk_start(). */
struct stemma_row_walk {
	const struct stemma_collation *collation;
	const struct stemma_row_words *words;
	size_t *at;   /* by reading: its first token in or behind the stretch */
	size_t *next; /* and the first one behind it */
	uint32_t column;
};

/* Stand before the first stretch. In `arena`. STEMMA_NOMEM. */
enum stemma_code stemma_row_walk_start(struct stemma_row_walk *walk,
	const struct stemma_collation *collation,
	const struct stemma_row_words *words, struct stemma_arena *arena);

/* The next stretch, or false at the end. O(words of it). */
bool stemma_row_walk_next(
	struct stemma_row_walk *walk, struct stemma_stretch *stretch);

/* What one reading has in the stretch: words with single spaces between them,
   and one behind where there is one. */
void stemma_row_walk_write(const struct stemma_row_walk *walk, uint32_t reading,
	struct stemma_out *out);

/* Whether a reading has the same words there as another, but for typography. */
bool stemma_row_walk_alike(
	const struct stemma_row_walk *walk, uint32_t a, uint32_t b);

#endif
