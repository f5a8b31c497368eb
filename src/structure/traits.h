/*
 * traits.h - how a paragraph is worded: traits of its first sentence and its
 * length, each with a learned weight for being the first, second or last of a
 * story.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STRUCTURE_TRAITS_H
#define STRUCTURE_TRAITS_H

#include "page.h"

/* Most traits that a block has. */
#define STEMMA_TRAITS_MAX 256

/* The traits of a block, as hashes; returns how many. May repeat. */
size_t stemma_traits_list(uint32_t traits[STEMMA_TRAITS_MAX],
	const struct stemma_page *page, const struct stemma_block *block);

/* What its traits say of a block: sums of weights. */
struct stemma_manner {
	float opens, second, closes;
};

struct stemma_manner stemma_traits_weigh(
	const struct stemma_page *page, const struct stemma_block *block);

#endif
