/*
 * facts.h - what the words of one side of a link are, found out sentence by
 * sentence where somebody asks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_SRC_COMPARE_FACTS_H
#define STEMMA_SRC_COMPARE_FACTS_H

#include "compare/edits.h"
#include "compare/signs.h"

/* What a token is where it stands. */
enum {
	STEMMA_FACT_NUMBER = 1 << 0,
	STEMMA_FACT_DATE = 1 << 1,
	STEMMA_FACT_NAME = 1 << 2,
	STEMMA_FACT_NEGATION = 1 << 3,
	STEMMA_FACT_SAY = 1 << 4, /* tells that somebody says it */
	STEMMA_FACT_IN_QUOTE = 1 << 5,
	STEMMA_FACT_QUOTE_MARK = 1 << 6, /* opens or closes a quotation */
	STEMMA_FACT_KNOWN = 1 << 7
};

/* How a token looks. */
enum {
	STEMMA_LOOK_CAPITAL = 1 << 0,
	STEMMA_LOOK_CAPITALS = 1 << 1, /* two letters or more */
	STEMMA_LOOK_SPACE = 1 << 2,    /* after white space */
	STEMMA_LOOK_BEGINS = 1 << 3,   /* a sentence's first word */
	STEMMA_LOOK_WORD = 1 << 4,     /* no punctuation */
	STEMMA_LOOK_NUMBER = 1 << 5,   /* digits */
	STEMMA_LOOK_POSSESSIVE = 1 << 6,
	STEMMA_LOOK_MARK = 1 << 7 /* punctuation */
};

struct stemma_fact {
	uint32_t signs;
	uint8_t facts;
	uint8_t look;
	uint16_t value; /* of digits alone, at most 9999 */
};

struct stemma_facts {
	const struct stemma_tokens *tokens;
	struct stemma_fact *of; /* by token */
	const struct stemma_tongue *tongue;
	struct stemma_lexicon *lexicon;
	struct stemma_arena *scratch;
};

/* A stretch of one sentence, in tokens. */
struct stemma_stretch {
	uint32_t from, to;
	bool titled; /* most of its words have a capital, as in a headline */
};

/*
 * Get ready to tell the facts of `tokens`: quotations are found, the rest is
 * left. Lives in `scratch`. STEMMA_NOMEM. O(tokens).
 */
enum stemma_code stemma_facts_start(struct stemma_facts *facts,
	const struct stemma_tokens *tokens, const struct stemma_tongue *tongue,
	struct stemma_lexicon *lexicon, struct stemma_arena *scratch);

/*
 * What a word is by itself, remembered in `lexicon`; its signs only where a
 * tongue is given. Folding is done in `scratch`. STEMMA_NOMEM.
 */
enum stemma_code stemma_word_learn(const struct stemma_known_word **known,
	struct stemma_lexicon *lexicon, struct stemma_view word,
	const struct stemma_tongue *tongue, struct stemma_arena *scratch);

/*
 * Find out about the tokens [from, to) and the sentences they stand in, as far
 * as 48 tokens away. STEMMA_NOMEM.
 */
enum stemma_code
stemma_facts_know(struct stemma_facts *facts, uint32_t from, uint32_t to);

/* The sentence around `at`: its start and end, at most 48 tokens away. */
struct stemma_stretch
stemma_facts_sentence(const struct stemma_facts *facts, uint32_t at);

/* The code point that a token starts with. */
uint32_t stemma_facts_point(const struct stemma_facts *facts, uint32_t at);

/* Whether nothing stands between token `at` and the one before it. */
bool stemma_facts_glued(const struct stemma_facts *facts, uint32_t at);

/* Mark what is inside quotation marks (facts_quote.c). O(tokens). */
void stemma_facts_quote(struct stemma_facts *facts);

/* The rules, each for the tokens of one stretch (facts_number.c, _date.c,
   _name.c, _said.c). */
void stemma_facts_number(
	struct stemma_facts *facts, const struct stemma_stretch *stretch);
void stemma_facts_date(
	struct stemma_facts *facts, const struct stemma_stretch *stretch);
void stemma_facts_name(
	struct stemma_facts *facts, const struct stemma_stretch *stretch);
void stemma_facts_said(
	struct stemma_facts *facts, const struct stemma_stretch *stretch);

/* A token's fact inside a stretch, or nothing outside of it. */
static inline struct stemma_fact
stemma_fact_at(const struct stemma_facts *facts,
	const struct stemma_stretch *stretch, int64_t at)
{
	static const struct stemma_fact nothing = {0};

	return at >= (int64_t)stretch->from && at < (int64_t)stretch->to
		       ? facts->of[at]
		       : nothing;
}

#endif
