/*
 * verify.h - proving an archive: what the files that do it share.
 *
 *     verify.c ──────── each story, then the archive as a whole
 *       ├ verify_story.c    its revisions: commit, tree, bytes, trailers
 *       ├ verify_refs.c     refs, whether they have a file or are packed, HEAD
 *       └ verify_whole.c    objects that no story has, packs
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_VERIFY_H
#define STEMMA_STORE_VERIFY_H

#include "archive.h"

struct stemma_verifier {
	struct stemma_store *store;
	struct stemma_verified *verified;
	struct stemma_arena *arena;   /* for what is told */
	struct stemma_arena *scratch; /* for one story at a time */
	struct stemma_error *error;

	struct stemma_fault *faults; /* in `arena` */
	size_t room;

	/* Objects that were hashed: open addressing, on the heap. */
	struct stemma_id *seen;
	bool *used;
	size_t seen_count, seen_room;
};

/* Tell of a fault; `format` is printf's. `revision` may be NULL. */
enum stemma_code stemma_fault_add(struct stemma_verifier *verifier,
	struct stemma_view story, const struct stemma_revision *revision,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Note that the object was hashed; *known if it had been before. */
enum stemma_code stemma_seen_add(struct stemma_verifier *verifier,
	const struct stemma_id *id, bool *known);

/* All of the story whose ref leads to `head`. */
enum stemma_code stemma_verify_story(struct stemma_verifier *verifier,
	struct stemma_view key, const struct stemma_id *head);

/* What leads to the objects. */
enum stemma_code stemma_verify_refs(struct stemma_verifier *verifier);

/* All besides the stories. */
enum stemma_code stemma_verify_whole(struct stemma_verifier *verifier);

#endif
