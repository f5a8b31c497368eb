/*
 * delta.h - one text told by another, as git's packs do: what is copied from
 * where, and what is new.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_DELTA_H
#define STEMMA_STORE_DELTA_H

#include <stemma/base.h>

/* Memory that is used again for the next one; all zeros at first. */
struct stemma_delta {
	uint32_t *slots;
	size_t room;
	unsigned bits;
};

/*
 * Append to `out` how `target` is made from `source`. False if that cannot be
 * told, for want of memory or because one is empty or too large; `out` then
 * holds nothing of use. O(size of both).
 */
bool stemma_delta_make(struct stemma_delta *delta, struct stemma_out *out,
	struct stemma_view source, struct stemma_view target);

void stemma_delta_free(struct stemma_delta *delta);

#endif
