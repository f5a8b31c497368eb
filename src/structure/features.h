/*
 * features.h - what the model is told about a block that may start a story.
 *
 * A feature's place in the list is its place in the learned tables: adding
 * one means to train anew (tools/train-stories).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_FEATURES_H
#define STRUCTURE_FEATURES_H

#include "ties.h"
#include "names.h"
#include "page.h"
#include "traits.h"

/* clang-format off */
#define STEMMA_FEATURES(X)                                                     \
	/* how it opens: the class of its first word, its first name */        \
	X(PRONOUN) X(CONNECTIVE) X(LINK) X(DEFINITE) X(DEFINITE_NAME)          \
	X(INDEFINITE) X(QUOTE) X(DIGIT) X(OPENS_FULL) X(OPENS_TITLED)          \
	X(OPENS_BARE)                                                          \
	/* its first sentence, its length */                                   \
	X(FIRST_PERSON) X(TIME) X(SAY) X(SAY_ENDS) X(PERFECT) X(LEAD_SHORT)    \
	X(LEAD_MIDDLE) X(LEAD_LONG) X(LEAD_LN) X(ONE_SENTENCE) X(SHORT)        \
	X(LONG) X(WORDS_LN) X(WORDS_RELATIVE) X(CAPITALS) X(NUMBERS)           \
	X(QUOTED_LEAD) X(DATELINE) X(LIST)                                     \
	/* what stands in front of it */                                       \
	X(HEADING_SHORT) X(HEADING_LONG) X(HEADINGS) X(RULE) X(BYLINE)         \
	X(CAPTION) X(CLOSED)                                                   \
	/* its neighbours */                                                   \
	X(PREVIOUS_QUOTE_END) X(PREVIOUS_SHORT) X(PREVIOUS_PRONOUN)            \
	X(PREVIOUS_FULL) X(PREVIOUS_COLON) X(PREVIOUS_RELATIVE)                \
	X(NEXT_DEFINITE) X(NEXT_BARE) X(NEXT_QUOTE) X(NEXT_CONNECTIVE)         \
	X(NEXT_PRONOUN) X(NEXT_RELATIVE) X(NEXT_IS_LAST) X(IS_LAST)            \
	/* its page */                                                         \
	X(LIKE_FIRST) X(DATELINE_MISSING) X(HEADING_MISSING) X(HEADING_RATE)   \
	X(KNOWN) X(BLOCKS_LN) X(CASED)                                         \
	/* its manner, and that of its neighbours */                           \
	X(OPENING) X(OPENING_PREVIOUS) X(OPENING_NEXT) X(OPENING_PEAK)         \
	X(OPENING_RELATIVE) X(SECOND) X(SECOND_NEXT) X(CLOSING)                \
	X(CLOSING_PREVIOUS) X(LEDE) X(LEDE_PREVIOUS) X(LEDE_NEXT)              \
	X(LEDE_PEAK)                                                           \
	/* its names */                                                        \
	X(NAMES_FULL) X(NAMES_USED) X(NAMES_BARE) X(NAMES_AGAIN)               \
	X(NAMES_AGAIN_LEAD) X(INTRODUCED_AGAIN) X(APPOSITION)                  \
	/* its terms, before and behind */                                     \
	X(AHEAD) X(BACK) X(AHEAD_WEIGHED) X(BACK_WEIGHED) X(NEW_NAMES)         \
	X(NEW_WORDS) X(OLD_NAMES) X(COSINE_2) X(COSINE_4) X(COSINE_8)          \
	X(VOTES) X(VOTE_STRENGTH) X(CUT_MAX) X(CUT_MEAN) X(CUT_NEAR)           \
	X(END_NAMES) X(END_WORDS) X(END_WEIGHT) X(BORN) X(BORN_WEIGHT)         \
	X(LINK_NEXT) X(LINK_BACK) X(COSINE)
/* clang-format on */

#define STEMMA_FEATURE_ENUM(name) STEMMA_F_##name,
enum { STEMMA_FEATURES(STEMMA_FEATURE_ENUM) STEMMA_FEATURE_COUNT };

/* A page and all that was found on it. */
struct stemma_reading {
	struct stemma_page page;
	struct stemma_names names;
	struct stemma_ties ties;
	struct stemma_manner *manners; /* by block */
	float *ledes;                  /* by block: lede.h */
};

/*
 * The features of all blocks of a reading: [block × STEMMA_FEATURE_COUNT], or
 * NULL without memory. O(tokens).
 */
float *stemma_features_make(
	const struct stemma_reading *reading, struct stemma_arena *arena);

/* The parts of it: each fills its own features of all blocks. */
void
stemma_features_wording(float *features, const struct stemma_reading *reading);
void
stemma_features_names(float *features, const struct stemma_reading *reading);
/* Those of them that need memory; false without it. */
bool stemma_features_terms(float *features,
	const struct stemma_reading *reading, struct stemma_arena *arena);
bool stemma_features_cosines(float *features, const struct stemma_page *page,
	struct stemma_arena *arena);

#endif
