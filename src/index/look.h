/*
 * look.h - a look-up of all passages of a document, while it lasts.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INDEX_LOOK_H
#define INDEX_LOOK_H

#include "state.h"

/* A chosen hash of the document, and where it stands. */
struct stemma_asked {
	uint64_t hash;
	uint32_t unit;
	uint32_t number; /* of the hash, among all different ones */
	struct stemma_span span;
};

/* A revision that was found, and what the index says of it. */
struct stemma_known {
	uint32_t revision;
	uint32_t story; /* 0: forgotten */
	int64_t time;
	unsigned char commit[STEMMA_COMMIT_SIZE];
};

struct stemma_look {
	struct stemma_index *index;
	const struct stemma_doc *doc;
	struct stemma_look_options options;
	struct stemma_arena *arena, *scratch;
	struct stemma_error *error;
	struct stemma_lookup *passages;
	struct stemma_asked *asked; /* by unit */
	uint32_t asked_count, asked_room;
	uint64_t *hashes; /* all different ones, sorted */
	uint32_t hash_count;
	struct stemma_findings findings;
	uint32_t *first; /* finding of each hash; they lie together */
	struct stemma_known *known; /* by revision */
	uint32_t known_count;
};

/* The order of revisions by number, for qsort and bsearch. */
int stemma_known_order(const void *a, const void *b);

/* Fill in a passage whose hashes are `asked`. */
enum stemma_code
stemma_lookup_see(struct stemma_look *look, struct stemma_lookup *passage,
	struct stemma_asked *asked, uint32_t count);

#endif
