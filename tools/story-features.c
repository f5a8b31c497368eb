/*
 * story-features.c - what the segmenter reads of a page, for
 * tools/train-stories, which builds this into a shared library of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stemma/structure.h>

#include "structure/cues.h"
#include "structure/decode.h"
#include "structure/lede.h"
#include "structure/model.h"
#include "structure/pairs.h"
#include "structure/shape.h"

struct handle {
	struct stemma_arena *arena;
	struct stemma_doc doc;
	struct stemma_reading reading;
	struct stemma_paragraph *paragraphs;
	size_t paragraph_count;
};

#define FEATURE_NAME(name) #name " "

__attribute__((visibility("default"))) const char *
feature_names(void)
{
	return STEMMA_FEATURES(FEATURE_NAME);
}

__attribute__((visibility("default"))) const char *
pair_names(void)
{
	return STEMMA_PAIRS(FEATURE_NAME);
}

__attribute__((visibility("default"))) int
story_max(void)
{
	return STEMMA_STORY_MAX;
}

/* A page of one paragraph a line; `*blocks` becomes how many it has. */
__attribute__((visibility("default"))) struct handle *
page_open(const char *text, size_t size, int unknown, uint32_t *blocks)
{
	struct handle *h = calloc(1, sizeof *h);
	struct stemma_text_options options = {.layout = STEMMA_LAYOUT_NEWLINE};
	struct stemma_page *page = &h->reading.page;

	h->arena = stemma_arena_new(0);
	if (stemma_doc_split(&h->doc, (struct stemma_view){text, size},
		    &options, h->arena, NULL) != STEMMA_OK)
		abort();
	h->paragraphs =
		stemma_paragraphs_find(&h->paragraph_count, &h->doc, h->arena);
	stemma_shapes_tell(h->paragraphs, h->paragraph_count, &h->doc, NULL);
	if (stemma_page_read(page, &h->doc, h->paragraphs, h->paragraph_count,
		    NULL, h->arena) != STEMMA_OK)
		abort();
	if (unknown) {
		page->known = 0;
		for (size_t k = 0; k < page->term_count; k++)
			page->terms[k].weight =
				page->terms[k].rarity *
				(stemma_model_rarity_unknown +
					(page->terms[k].name ? 0.5f : 0));
	}
	if (stemma_names_find(&h->reading.names, page, h->arena) != STEMMA_OK ||
		stemma_ties_make(&h->reading.ties, page, h->arena) != STEMMA_OK)
		abort();
	h->reading.manners = stemma_arena_zalloc(
		h->arena, page->block_count + 1, sizeof *h->reading.manners);
	h->reading.ledes = stemma_arena_zalloc(
		h->arena, page->block_count + 1, sizeof *h->reading.ledes);
	for (size_t b = 0; b < page->block_count && !unknown; b++)
		h->reading.ledes[b] =
			stemma_lede_weigh(page, &page->blocks[b]);
	*blocks = (uint32_t)page->block_count;
	return h;
}

__attribute__((visibility("default"))) void
page_close(struct handle *h)
{
	stemma_arena_free(h->arena);
	free(h);
}

/* The unit at which each block starts. */
__attribute__((visibility("default"))) void
page_units(struct handle *h, uint32_t *units)
{
	for (size_t b = 0; b < h->reading.page.block_count; b++)
		units[b] = h->reading.page.blocks[b].first_unit;
}

/* Whether the page is in English. */
__attribute__((visibility("default"))) int
page_english(const struct handle *h)
{
	return h->reading.page.language == STEMMA_CUES_EN;
}

/* Traits of block `b`; returns how many. */
__attribute__((visibility("default"))) size_t
page_traits(struct handle *h, uint32_t b, uint32_t *traits)
{
	return stemma_traits_list(
		traits, &h->reading.page, &h->reading.page.blocks[b]);
}

/* Hashes of the terms of block `b`; returns how many. */
__attribute__((visibility("default"))) size_t
page_terms(struct handle *h, uint32_t b, uint32_t *terms)
{
	const struct stemma_page *page = &h->reading.page;
	const struct stemma_block *block = &page->blocks[b];

	for (uint32_t k = 0; k < block->mention_count; k++)
		terms[k] = page->terms[page->mentions[block->first_mention + k]
					       .term]
				   .hash;
	return block->mention_count;
}

/* [block × features], [block × MAX × pairs]; manners as [block × 3]. */
__attribute__((visibility("default"))) void
page_features(struct handle *h, const float *manners, float *features,
	float *pairs_out)
{
	size_t blocks = h->reading.page.block_count;
	float row[STEMMA_STORY_MAX];
	struct stemma_pairs pairs;
	float *made;

	for (size_t b = 0; b < blocks; b++)
		h->reading.manners[b] = (struct stemma_manner){
			manners[b * 3], manners[b * 3 + 1], manners[b * 3 + 2]};
	made = stemma_features_make(&h->reading, h->arena);
	if (!made ||
		stemma_pairs_init(&pairs, &h->reading, h->arena) != STEMMA_OK)
		abort();
	memcpy(features, made,
		blocks * STEMMA_FEATURE_COUNT * sizeof *features);
	for (uint32_t p = 0; p < blocks; p++) {
		for (int k = 0; k < STEMMA_PAIR_COUNT; k++) {
			float weights[STEMMA_PAIR_COUNT] = {0};
			uint32_t count;

			weights[k] = 1;
			count = stemma_pairs_score(row, &pairs, weights, p);

			for (uint32_t d = 0; d < count; d++)
				pairs_out[((size_t)p * STEMMA_STORY_MAX + d) *
						  STEMMA_PAIR_COUNT +
					  (size_t)k] = row[d];
		}
	}
}
