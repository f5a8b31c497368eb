/*
 * names.h - how people and places are named on a page. A story names in full
 * whom it names for the first time; a surname alone points back.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_NAMES_H
#define STRUCTURE_NAMES_H

#include "page.h"

/* How a name is written. */
enum {
	STEMMA_NAME_FULL,   /* Ali Khamenei */
	STEMMA_NAME_TITLED, /* President Pezeshkian */
	STEMMA_NAME_BARE    /* Pezeshkian */
};

/* How the page uses a key. */
enum {
	STEMMA_USE_NONE, /* never in full, or only once */
	STEMMA_USE_A,    /* in full at first, shorter some time later */
	STEMMA_USE_B,    /* in full later, shorter some time */
	STEMMA_USE_C     /* in full always */
};

/* A run of capitalised words, titles in front cut off. */
struct stemma_name {
	uint32_t block;
	uint32_t token;       /* its first */
	uint32_t first, last; /* forms of its first and last word */
	uint8_t size;         /* words, at most 255 */
	uint8_t shape;        /* STEMMA_NAME_… */
	bool begins;          /* a lone word at the beginning of a sentence */
	bool titled;          /* a title stands in front, whatever the shape */
};

/* The first time that a block mentions a key: a word of some full name. */
struct stemma_naming {
	uint32_t key; /* a form */
	uint32_t block;
	uint32_t previous, next; /* naming of the same key, or STEMMA_NONE */
	uint8_t shape;
	bool titled; /* it is the last word of a name behind a title */
};

struct stemma_names {
	struct stemma_name *names;
	size_t name_count;
	struct stemma_naming *namings;
	size_t naming_count;
	uint32_t *
		block_names; /* by block: its first name; one more at the end */
	uint32_t *block_namings; /* the same for namings */
	uint8_t *uses;           /* by form: STEMMA_USE_… */
};

/* Find the names of a page. STEMMA_NOMEM. O(tokens). */
enum stemma_code stemma_names_find(struct stemma_names *names,
	const struct stemma_page *page, struct stemma_arena *arena);

#endif
