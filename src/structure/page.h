/*
 * page.h - a page as the segmenter sees it.
 *
 *     units        0 heading  1 body   2 body   3 heading  4 body
 *     blocks       └──────── 0 ──────┘ └─ 1 ──┘ └────── 2 ──────┘
 *     tokens       words of the bodies, white space and marks left out
 *     terms        what their subject is: stems and names, with a rarity
 *     mentions     one per block and term, linked to the term's last and next
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_PAGE_H
#define STRUCTURE_PAGE_H

#include <stemma/base.h>
#include <stemma/text.h>

#include "numbering.h"

/* No block, term, mention. */
#define STEMMA_NONE UINT32_MAX

/* What is known of a word of the page, by the id of its spelling. */
struct stemma_lexeme {
	uint32_t hash;     /* of the folded word */
	uint32_t pattern;  /* the same; for a number that of its shape */
	uint32_t form;     /* number of the folded word on the page */
	uint32_t cues;     /* classes of cues.h in the page's language */
	uint32_t terms[2]; /* hashes as a common word and as a name; 0: none */
	uint8_t flags;
	uint8_t size; /* of the folded word, in bytes */
};

enum {
	STEMMA_LEXEME_CAPITAL = 1,  /* begins with an upper-case letter */
	STEMMA_LEXEME_CAPITALS = 2, /* has no other letters, and two of them */
	STEMMA_LEXEME_NUMBER = 4,   /* has a digit */
	STEMMA_LEXEME_POSSESSIVE = 8, /* ends in 's */
	STEMMA_LEXEME_ELIDED = 16,    /* had l', d', qu' in front */
	STEMMA_LEXEME_SHORT = 32,     /* one letter, or an abbreviation */
	STEMMA_LEXEME_GRAPHEME = 64,  /* of a script without spaces */
	STEMMA_LEXEME_WORD = 128      /* not a mark */
};

/* A paragraph: a unit, or the sentences that make one. */
struct stemma_paragraph {
	uint32_t first_unit, unit_count;
	struct stemma_span span; /* of the document's text */
	uint8_t shape;           /* shape.h */
	uint8_t kind;            /* in the end: enum stemma_kind */
	uint8_t sure;            /* of its shape, then kind, in percent */
	uint8_t words;           /* about; 0: too many to count */
	uint32_t traits;         /* shape.h; of short ones only */
	/* What it tells on its own, whatever stands beside it. */
	uint8_t own_shape, own_sure;
	bool read; /* that, its words and its traits are known */
	const struct stemma_paragraph *twin; /* of the same bytes, of a page
	                                        that was read before; or NULL */
};

struct stemma_token {
	uint32_t word;   /* index into the page's words */
	uint32_t lexeme; /* index into the page's lexemes */
	uint32_t term;   /* what it says about the subject, or STEMMA_NONE */
	uint8_t flags;
};

enum {
	STEMMA_TOKEN_BEGINS =
		1, /* a sentence or quotation: the capital is its */
	STEMMA_TOKEN_GLUED = 2,   /* may go on with the name before it */
	STEMMA_TOKEN_SENTENCE = 4 /* a sentence begins */
};

/* One body paragraph with the headings in front of it. */
struct stemma_block {
	uint32_t first_unit; /* of headings and body together */
	uint32_t unit;       /* the first unit of the body */
	uint32_t first_token, token_count;
	uint32_t lead; /* how many of them its first sentence has */
	uint32_t first_mention, mention_count;
	uint16_t headings;      /* how many stand in front */
	uint16_t heading_words; /* of the longest */
	uint16_t flags;
};

enum {
	STEMMA_BLOCK_QUOTE = 1,       /* opens with a quotation mark */
	STEMMA_BLOCK_QUOTE_END = 2,   /* closes with one */
	STEMMA_BLOCK_QUOTED_LEAD = 4, /* its first sentence has one */
	STEMMA_BLOCK_DATELINE = 8,    /* LONDON (Reuters) - */
	STEMMA_BLOCK_RULE = 16,       /* a line of marks stands in front */
	STEMMA_BLOCK_BYLINE = 32,     /* a byline does */
	STEMMA_BLOCK_CAPTION = 64,    /* a caption does */
	STEMMA_BLOCK_CLOSED = 128,    /* boilerplate or a correction does */
	STEMMA_BLOCK_COLON = 256,     /* ends with a colon */
	STEMMA_BLOCK_LIST = 512,      /* is an item of a list */
	STEMMA_BLOCK_SIGNED = 1024,   /* a heading and a byline do */
	STEMMA_BLOCK_DATED = 2048     /* a line that names the day does */
};

/* One term in one block. */
struct stemma_mention {
	uint32_t term;
	uint32_t block;
	uint32_t previous; /* mention of the same term, or STEMMA_NONE */
	uint32_t next;
	uint32_t count; /* how often in this block */
};

struct stemma_term {
	uint32_t hash;
	uint32_t number; /* of its hash, on this page and one read before */
	uint32_t blocks; /* in how many it stands */
	uint32_t tokens; /* how often */
	uint32_t last;   /* its last mention */
	float rarity;    /* of the term on the page: ln((blocks+1)/n) */
	float weight;    /* rarity here × rarity in the language */
	float common;    /* rarity in the language */
	bool known;      /* the language's table knows it */
	bool name;
};

struct stemma_page {
	const struct stemma_doc *doc;
	const struct stemma_paragraph *paragraphs;
	size_t paragraph_count;
	/* By paragraph: its first word, one more at the end; its block, or
	   STEMMA_NONE; whether its words are those of its twin. */
	uint32_t *first_words, *block_of;
	bool *copied;
	struct stemma_words words;       /* their ids are lexemes */
	struct stemma_intern *spellings; /* may be of two pages */
	uint32_t *spelled; /* by lexeme: its spelling; NULL: the same number */
	struct stemma_lexeme *lexemes;
	uint8_t *types; /* by lexeme: that of its first word, plus one; 0: it
	                   is a mark */
	uint8_t *stops; /* by lexeme: the languages it is a stop word of */
	size_t lexeme_count, form_count;
	/* Of hashes of forms and terms, on this page and one read before; by
	   lexeme, common word and name: the number of its term plus one, or 0
	   as long as it was not met. */
	struct stemma_numbering forms, hashes;
	uint32_t (*term_of)[2];
	struct stemma_token *tokens;
	size_t token_count;
	struct stemma_block *blocks;
	uint32_t *twins; /* by block: that of the page read before of which
	                    its tokens are, or STEMMA_NONE */
	size_t block_count;
	struct stemma_term *terms;
	size_t term_count;
	struct stemma_mention *mentions;
	size_t mention_count;
	unsigned language; /* one of STEMMA_CUES_…, 0: none of them */
	float known; /* share of the terms that the language's table knows */
	bool alike;  /* what is known of the words of paragraphs that are copied
	                is known of them on the page read before */
};

/*
 * Read the paragraphs of `doc`, whose shapes are known, into blocks, tokens
 * and terms. All lives in `arena`. `before`, which may be NULL, is a page that was
 * read so, of whose paragraphs those of this one may be twins: their words and
 * tokens are taken from there. STEMMA_NOMEM; STEMMA_UNSUPPORTED past 4 GiB.
 * O(bytes).
 */
enum stemma_code
stemma_page_read(struct stemma_page *page, const struct stemma_doc *doc,
	const struct stemma_paragraph *paragraphs, size_t count,
	const struct stemma_page *before, struct stemma_arena *arena);

/*
 * The part of it that makes the words, with lexemes for ids, and counts these;
 * tells which paragraphs are copied.
 */
enum stemma_code stemma_page_words(struct stemma_page *page,
	const struct stemma_page *before, struct stemma_arena *arena);

/* The number of a lexeme's spelling. */
static inline uint32_t
stemma_page_spelling(const struct stemma_page *page, uint32_t lexeme)
{
	return page->spelled ? page->spelled[lexeme] : lexeme;
}

#endif
