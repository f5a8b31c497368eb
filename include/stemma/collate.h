/*
 * collate.h - any number of versions of a text at once: a table of units by
 * versions, and inside each of its rows a table of words by readings.
 *
 *     rows      A      B      C
 *      0      unit 0  unit 0  unit 0      the same in all: one reading
 *      1      unit 1  unit 2  unit 1      two readings, their words aligned
 *      2        –     unit 1    –         in B alone
 *
 * The order of the versions changes nothing but that of the columns: rows, who
 * stands in them, and readings depend on what the versions hold alone. Every
 * unit of every version stands in exactly one row.
 *
 * How: versions are put in an order of their own, by their content; the one
 * most like all others comes first, then always the one most like any that is
 * in (a maximal spanning tree, Prim 1957, over the share of word pairs, Broder
 * 1997). Each is compared with its neighbour in the tree and joins its rows;
 * what finds no partner there is compared with what others have and the
 * neighbour has not, most alike first, until the budget is spent.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_COLLATE_H
#define STEMMA_COLLATE_H

#include <stemma/base.h>
#include <stemma/compare.h>
#include <stemma/text.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* More versions than this are not collated. */
#define STEMMA_COLLATE_MOST 1024

/* What one version has in a row; it has something. */
struct stemma_cell {
	uint32_t doc;     /* which version, by its place among those given */
	uint32_t first;   /* into the collation's `units` */
	uint32_t count;   /* of them; more than one where some version splits or
	                   joins them */
	uint32_t reading; /* cells with the same text, white space aside, have
	                     the same one: 0 is that of most versions */
	bool moved; /* stands at another place relative to the other rows */
};

struct stemma_row {
	size_t first_cell;   /* into the collation's `cells`, by `doc` */
	uint32_t cell_count; /* versions that have something here; at least 1 */
	uint32_t reading_count;
};

struct stemma_collation {
	const struct stemma_doc *const *docs; /* borrowed, as they were given */
	size_t doc_count;
	struct stemma_row *rows;
	size_t row_count;
	struct stemma_cell *cells; /* row by row */
	size_t cell_count;
	uint32_t *units; /* indexes of units of the cell's version, ascending */
	bool approximate; /* a budget was reached: rows may be apart that
	                     belong together */
};

/* Zeros mean: the default budget. */
struct stemma_collate_options {
	uint64_t budget; /* bytes that may be compared beyond each version with
	                    its neighbour; 0: 32 times the versions' size */
};

/*
 * Collate `doc_count` documents, of the same unit type; `docs` and they must
 * outlive the result, which lives in `arena`. `scratch` is left as it was
 * found, `options` may be NULL. STEMMA_INVALID for none, STEMMA_UNSUPPORTED for
 * more than STEMMA_COLLATE_MOST, STEMMA_NOMEM; `collation` is then all zeros.
 *
 * O(bytes + versions²), and comparing as often as said above.
 */
enum stemma_code stemma_collation_make(struct stemma_collation *collation,
	const struct stemma_doc *const *docs, size_t doc_count,
	const struct stemma_collate_options *options,
	struct stemma_arena *arena, struct stemma_arena *scratch);

/*
 * The same of two documents that are compared already: a row for each link, in
 * their order, which is that of the new one. Borrows the documents and `comparison`. STEMMA_NOMEM. O(units).
 */
enum stemma_code stemma_collation_of(struct stemma_collation *collation,
	const struct stemma_comparison *comparison, struct stemma_arena *arena,
	struct stemma_arena *scratch);

/*
 * The same table with every version in its own order, for formats that know no
 * moves: read down, each version's units come in the order of its text. What
 * moved, and units of a cell that do not follow one another, are in rows of
 * their own, together with other versions that have them in the same place.
 * Borrows `table`'s documents. STEMMA_NOMEM leaves `line` all zeros. O(units).
 */
enum stemma_code stemma_collation_line(struct stemma_collation *line,
	const struct stemma_collation *table, struct stemma_arena *arena,
	struct stemma_arena *scratch);

/* What version `doc` has in row `row`, or NULL. O(log versions). */
const struct stemma_cell *stemma_collation_cell(
	const struct stemma_collation *collation, size_t row, uint32_t doc);

/* ---- words ------------------------------------------------------------- */

/* A word with all that clings to it, but no white space around it. */
struct stemma_token {
	size_t start, end; /* bytes of the text of its reading's document */
	uint32_t column;   /* ascending within a reading */
	uint32_t id;       /* equal for words alike but for typography */
	bool space;        /* white space follows before the next one */
	uint8_t type;      /* enum stemma_word_type */
};

struct stemma_row_reading {
	uint32_t doc;     /* the first version that has it */
	uint32_t support; /* how many have it */
	size_t first_token;
	size_t token_count;
};

/* The words of a row, aligned in columns. */
struct stemma_row_words {
	struct stemma_row_reading *readings; /* by number */
	uint32_t reading_count;
	uint32_t column_count;
	struct stemma_token *tokens; /* reading by reading */
	size_t token_count;
};

/*
 * Align the words of row `row`: words of two readings in one column are equal,
 * or stand for each other. Lives in `arena`; `scratch` is left as it was found.
 * STEMMA_NOMEM; STEMMA_UNSUPPORTED for a unit past 4 GiB. O(words), and a diff
 * for each reading.
 */
enum stemma_code stemma_collation_words(struct stemma_row_words *words,
	const struct stemma_collation *collation, size_t row,
	struct stemma_arena *arena, struct stemma_arena *scratch);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
