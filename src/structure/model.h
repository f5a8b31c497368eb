/*
 * model.h - what was learned from pages whose stories are known. The tables
 * are written by tools/train-stories; this header names what they hold.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_MODEL_H
#define STRUCTURE_MODEL_H

#include <stddef.h>
#include <stdint.h>

/* Behind the tables that are sorted by hash follow so many entries of zeros, so
   that they may be looked at from any place on. */
#define STEMMA_MODEL_LOOKS 3

/* How rare a term is in the language at large: ln(paragraphs / n), in 32nds. */
struct stemma_model_rarity {
	uint32_t hash;
	uint8_t rarity;
};

extern const struct stemma_model_rarity stemma_model_rarities[];
extern const uint16_t stemma_model_rarity_index[4097]; /* twelve bits */
extern const float stemma_model_rarity_unknown;        /* of a term not in it */

/* What a trait of a paragraph says of its place in a story, in 32nds. */
struct stemma_model_trait {
	uint32_t hash;
	int8_t opens;  /* it is the first */
	int8_t second; /* it is the second */
	int8_t closes; /* it is the last */
	int8_t reserved;
};

extern const struct stemma_model_trait stemma_model_traits[];
extern const uint16_t stemma_model_trait_index[4097]; /* twelve bits */

/*
 * The score that a block starts a story: a net with one hidden layer,
 * out · tanh(hidden · x + bias), plus direct · x, over scaled features.
 */
#define STEMMA_MODEL_HIDDEN 32

struct stemma_model_net {
	uint32_t inputs;
	const float *shift, *scale; /* of each input */
	const float *weights;       /* by input, then by hidden node */
	const float *biases;        /* of each hidden node */
	const float *out;           /* of each hidden node */
	const float *direct;        /* of each input */
	float bias;
};

/* All that decides where stories start. */
struct stemma_model {
	struct stemma_model_net start;
	/* What a block adds to a story that started before, by feature. */
	const float *pair;
	/* What the length of a story adds: of 1, 2, 3 blocks; ln, square of
	   ln. */
	const float *length;
};

/* Learned here; and for pages in English, with a share of what was learned from
   more English houses elsewhere. */
extern const struct stemma_model stemma_model_any, stemma_model_english;

/* The least confidence of a cut. */
extern const float stemma_model_threshold;

#endif
