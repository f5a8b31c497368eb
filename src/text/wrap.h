/*
 * wrap.h - whether lines are hard-wrapped prose, and where a paragraph of it
 * ends.
 *
 * Whoever fills lines up to a column W leaves a trace: a word that starts a
 * line did not fit on the one before.
 *
 *     the quick brown fox jumps   │          length <= W
 *     over the lazy dog           │          length + 1 + first word > W
 *                                 W
 *
 * Each pair of lines thus allows an interval of W. Lines that are paragraphs
 * of their own agree on one only by accident.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include <stemma/base.h>

#include "lines.h"

/* Columns at which prose is wrapped. */
#define STEMMA_WRAP_LEAST 40
#define STEMMA_WRAP_MOST 100

/* In place of a column: the caller says that lines are wrapped, somewhere. */
#define STEMMA_WRAP_ANY 1

/* What who filled lines may have counted: fold of GNU's coreutils counts
   bytes, most else what is seen. */
enum stemma_measure { STEMMA_BY_COLUMN, STEMMA_BY_BYTE };

/* What matters of a line for wrapping. Columns stop at 128. */
struct stemma_shape {
	uint32_t head;   /* a hash of its first word */
	uint32_t tail;   /* a hash of its last word */
	uint8_t columns; /* with the indent */
	uint8_t indent;  /* in columns */
	uint8_t first;   /* columns of its first word, and of what a line
	                    break may have spared beside it */
	uint8_t last;    /* columns of its last word */
	uint8_t quotes;  /* how many ">" it starts with, as in mail */
	bool after_blank;
	bool lower;    /* starts with a lower-case letter */
	bool caseless; /* starts with a letter of a script without case */
	bool terminal; /* ends as a sentence does */
	bool list;     /* starts as an item of a list does */
	bool header;   /* starts with "Word:" */
	bool uneven;   /* has characters that are not a byte and a column */
};

/* The shape of `line`; by the other measure "column" means a byte. O(columns),
   not O(bytes). */
struct stemma_shape stemma_shape_of(struct stemma_view text,
	const struct stemma_line *line, enum stemma_measure by);

/*
 * Pairs of lines of one sort, by the columns that explain them: the sum of
 * `changes` up to W is the number that W explains.
 */
struct stemma_pairs {
	uint32_t count;
	int32_t changes[STEMMA_WRAP_MOST + 2];
};

/* Lines looked at together. */
struct stemma_wrap {
	uint32_t lines;
	uint32_t pairs; /* of lines that wrapping could explain */
	uint32_t alike; /* of them, with the same first or last word */
	/* Of the rest, those of which the first does not end as a sentence
	   does: the second starts with a small letter, with one of a script
	   without case, or with anything else. */
	struct stemma_pairs small, caseless, other;
	uint32_t lengths[STEMMA_WRAP_MOST + 1]; /* lines by columns */
	bool uneven; /* the other measure would say something else */
};

/* Count one more line, `previous` being NULL for the first. */
void stemma_wrap_add(struct stemma_wrap *wrap,
	const struct stemma_shape *previous, const struct stemma_shape *line);

/*
 * The column at which these lines are wrapped; 0 unless the evidence is
 * strong. `whole`: the lines are a whole document, where fewer pairs will do
 * as nothing contradicts them.
 */
unsigned stemma_wrap_column(const struct stemma_wrap *wrap, bool whole);

/*
 * Whether `next` goes on with the paragraph of which `first` is the first line
 * and `previous` the last so far, in text wrapped at `column`.
 */
bool stemma_wrap_continues(unsigned column, const struct stemma_shape *first,
	const struct stemma_shape *previous, const struct stemma_shape *next);

#endif
