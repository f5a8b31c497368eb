/* SPDX-License-Identifier: MIT */

#include "maths.h"
#include "ties.h"

/* How far back the best link of a block is looked for. */
#define NEAR 12

static void
add_products(
	struct stemma_ties *ties, const struct stemma_page *page, float *norms)
{
	for (uint32_t b = 0; b < page->block_count; b++) {
		const struct stemma_block *block = &page->blocks[b];
		float *row = &ties->alike[(size_t)b * STEMMA_TIES_WINDOW];
		double norm = 0;

		for (uint32_t k = 0; k < block->mention_count; k++) {
			const struct stemma_mention *m =
				&page->mentions[block->first_mention + k];
			float g = page->terms[m->term].weight;
			uint32_t at = m->previous;

			g *= g;
			norm += (double)g;
			while (at != STEMMA_NONE) {
				const struct stemma_mention *o =
					&page->mentions[at];

				if (b - o->block > STEMMA_TIES_WINDOW)
					break;
				row[b - o->block - 1] += g;
				at = o->previous;
			}
		}
		norms[b] = norm > 0 ? (float)stemma_root(norm) : 1;
	}
}

enum stemma_code
stemma_ties_make(struct stemma_ties *ties, const struct stemma_page *page,
	struct stemma_arena *arena)
{
	size_t count = page->block_count;
	float *norms = stemma_arena_alloc(arena, count, sizeof *norms);

	ties->alike = stemma_arena_zalloc(
		arena, count, STEMMA_TIES_WINDOW * sizeof *ties->alike);
	ties->best = stemma_arena_alloc(arena, count, sizeof *ties->best);
	ties->whose = stemma_arena_alloc(arena, count, sizeof *ties->whose);
	if (!norms || !ties->alike || !ties->best || !ties->whose)
		return STEMMA_NOMEM;
	add_products(ties, page, norms);
	for (uint32_t b = 0; b < count; b++) {
		float *row = &ties->alike[(size_t)b * STEMMA_TIES_WINDOW];

		ties->best[b] = 0;
		ties->whose[b] = STEMMA_NONE;
		for (uint32_t d = 1; d <= STEMMA_TIES_WINDOW && d <= b; d++) {
			row[d - 1] /= norms[b] * norms[b - d];
			if (d <= NEAR && row[d - 1] > ties->best[b]) {
				ties->best[b] = row[d - 1];
				ties->whose[b] = b - d;
			}
		}
	}
	return STEMMA_OK;
}
