/*
 * bulk.h - many revisions on their way into an archive: what bulk.c and its
 * neighbours share.
 *
 *     entry ── bulk.c ──── which story, where among its revisions
 *                │         bulk_story.c: what is known of a story so far
 *                ├─ pack.c ── blob, tree, commit, told by those before
 *     commit ────┴─ refs.c ── all heads at once; replay.c for those that
 *                             somebody else moved meanwhile
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_BULK_H
#define STEMMA_STORE_BULK_H

#include "pack.h"

/* A revision of a story, in the archive or on its way. */
struct stemma_bulk_revision {
	int64_t date;
	struct stemma_id commit, tree;
	struct stemma_id blob; /* if `known` */
	bool known;
};

/* The latest object of a kind, to tell the next one by. */
struct stemma_bulk_text {
	char *bytes; /* on the heap */
	size_t size, room;
	uint32_t number; /* in the pack */
};

enum { STEMMA_BULK_BLOB, STEMMA_BULK_TREE, STEMMA_BULK_COMMIT };

struct stemma_bulk_story {
	const char *ref;
	const char *key; /* the end of it */
	bool has_old, has_head, pending;
	struct stemma_id old; /* what the ref says, as far as we know */
	struct stemma_id head;
	int64_t committed;                      /* of the head */
	struct stemma_bulk_revision *revisions; /* by date */
	uint32_t count, room;

	/* Of the pack numbered `pack`; those that lay longest are freed. */
	struct stemma_bulk_text texts[3];
	uint64_t pack;
	struct stemma_bulk_story *newer, *older;
};

struct stemma_bulk {
	struct stemma_store *store;
	struct stemma_pack pack;
	uint64_t packs; /* finished ones */
	struct stemma_arena *arena;
	struct stemma_bulk_story **stories;
	uint32_t count, room;
	uint32_t *slots; /* by hash of the key: a story's number, + 1, or 0 */
	bool empty;      /* the archive had no story when we began */

	struct stemma_bulk_story newest; /* a ring of those with texts */
	size_t held;                     /* bytes of texts */
};

/* The story with this key, read from the archive when it is new to us. */
enum stemma_code stemma_bulk_find(struct stemma_bulk *bulk,
	struct stemma_bulk_story **story, const char *key,
	struct stemma_arena *scratch, struct stemma_error *error);

/* Read what the archive has of it once more. */
enum stemma_code
stemma_bulk_reload(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	struct stemma_arena *scratch, struct stemma_error *error);

/* Put a revision at `place` among the story's. */
enum stemma_code
stemma_bulk_insert(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	uint32_t place, const struct stemma_bulk_revision *revision);

/* Remember a text, or forget all that lay too long. */
void stemma_bulk_keep(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	int kind, uint32_t number, struct stemma_view bytes);

void
stemma_bulk_forget(struct stemma_bulk *bulk, struct stemma_bulk_story *story);

/*
 * The story's ref was moved while we were at work: what we made of it since,
 * now in the archive, is put behind its new head, but for what that has too
 * (replay.c).
 */
enum stemma_code stemma_bulk_replay(struct stemma_store *store,
	const struct stemma_bulk_story *story, struct stemma_arena *scratch,
	struct stemma_error *error);

#endif
