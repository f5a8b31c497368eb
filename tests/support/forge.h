/*
 * forge.h - a saved trace whose damage no hash tells.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_FORGE_H
#define STEMMA_TESTS_FORGE_H

#include <string.h>

#include "trace/saved.h"

/* Damage that nobody meant to be found out: the hashes are made to fit. */
static inline void
forge(struct stemma_out *out)
{
	struct stemma_saved_head head;
	static const size_t sizes[] = {sizeof(struct stemma_token), 4,
		sizeof(struct stemma_passage), 4, 8, 4, 8, 8, 8, 8, 8, 4, 1};
	size_t from = sizeof head;

	memcpy(&head, out->bytes, sizeof head);
	for (size_t k = 0; k < STEMMA_SAVED_SECTIONS; k++) {
		size_t size = (size_t)head.counts[k] * sizes[k];

		if (size > out->size - from)
			break;
		head.checks[k] = stemma_hash(
			(struct stemma_view){out->bytes + from, size});
		from += size;
	}
	head.check = stemma_saved_check(&head);
	memcpy(out->bytes, &head, sizeof head);
}

#endif
