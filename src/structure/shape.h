/*
 * shape.h - what a paragraph looks like, before anybody knows where stories
 * begin: a heading may become a headline or a subhead, the rest is a kind.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_SHAPE_H
#define STRUCTURE_SHAPE_H

#include <stemma/structure.h>

#include "page.h"

enum stemma_shape {
	STEMMA_SHAPE_BODY,
	STEMMA_SHAPE_HEADING, /* a line without a full stop */
	STEMMA_SHAPE_BYLINE,
	STEMMA_SHAPE_DATELINE,
	STEMMA_SHAPE_CAPTION,
	STEMMA_SHAPE_LIST,
	STEMMA_SHAPE_QUOTE,
	STEMMA_SHAPE_CORRECTION,
	STEMMA_SHAPE_BOILERPLATE,
	STEMMA_SHAPE_RULE /* "* * *", "---": nothing but marks */
};

/* Traits of short paragraphs: a set of bits. */
enum {
	STEMMA_TRAIT_NUMBER = 1,       /* has a number */
	STEMMA_TRAIT_LEADING = 2,      /* begins with one */
	STEMMA_TRAIT_LABEL = 4,        /* "Referee: Ann Otway" */
	STEMMA_TRAIT_MEASURE = 8,      /* ends in an abbreviation: "2 tbsp." */
	STEMMA_TRAIT_STOP = 16,        /* ends a sentence or clause */
	STEMMA_TRAIT_QUESTION = 32,    /* asks */
	STEMMA_TRAIT_MARKED = 64,      /* ends in "!", "?" or "…" */
	STEMMA_TRAIT_INNER = 128,      /* has the end of a sentence inside */
	STEMMA_TRAIT_QUOTES = 256,     /* has quotation marks */
	STEMMA_TRAIT_DAY = 512,        /* a dateline that names the day */
	STEMMA_TRAIT_LEADS = 1024,     /* a title of another story follows */
	STEMMA_TRAIT_CREDIT = 2048,    /* ends in a credit for a picture */
	STEMMA_TRAIT_AGENCY = 4096,    /* names an agency, and little else */
	STEMMA_TRAIT_ROLE = 8192,      /* names the profession of a writer */
	STEMMA_TRAIT_KICKER = 16384,   /* a section or genre: "Politics" */
	STEMMA_TRAIT_PLAIN = 65536,    /* has words that are none of dates */
	STEMMA_TRAIT_SIGNED = 131072,  /* "… its owner said. AFP" */
	STEMMA_TRAIT_ADDRESS = 524288, /* has an address of the net */
	STEMMA_TRAIT_COLON = 1048576,  /* ends in a colon */
	STEMMA_TRAIT_PARTS = 262144,   /* has a dash, bar, comma inside */
	STEMMA_TRAIT_UNCASED = 32768   /* its script has no capital letters */
};

struct stemma_look;

/* Take note of the traits of a short paragraph of this look. O(bytes). */
void stemma_traits_tell(struct stemma_paragraph *paragraph,
	struct stemma_view text, const struct stemma_look *look);

/* How sure a shape or kind is, in percent. */
enum {
	STEMMA_SURE_GUESS = 50,  /* nothing speaks against it */
	STEMMA_SURE_FAIR = 65,   /* looks or place speak for it */
	STEMMA_SURE_LIKELY = 80, /* both do, or a word that is often there */
	STEMMA_SURE_SAID = 95    /* a phrase or mark says so */
};

/* The paragraphs of `doc`; NULL without memory. `*count` becomes how many. */
struct stemma_paragraph *stemma_paragraphs_find(size_t *count,
	const struct stemma_doc *doc, struct stemma_arena *arena);

/* Tell the shape of each paragraph; of long ones whose units are not `wanted`
   (see stemma_kinds_tell) without reading them. O(bytes of short ones). */
void stemma_shapes_tell(struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_doc *doc, const uint8_t *wanted);

/*
 * Give every unit its kind, and how sure it is into `sure`, which may be NULL:
 * a heading in front of a story is its headline, one inside a subhead.
 * `stories` may be NULL: there is one.
 */
void stemma_kinds_assign(uint8_t *kinds, uint8_t *sure,
	const struct stemma_doc *doc, struct stemma_paragraph *paragraphs,
	size_t count, const struct stemma_story *stories, size_t story_count);

#endif
