/*
 * sync.h - how archives exchange revisions: what the files that do it share.
 *
 *     hub                        archive
 *     refs/heads/collect/ann ──► refs/remotes/<hub>/ann
 *     refs/heads/collect/bob ──►   …/bob     │ anchors: lists of heads
 *                                            ▼
 *                                refs/heads/story/…   joined where they differ
 *                                            │ what the hub has not seen
 *     refs/heads/collect/own ◄── refs/heads/collect/own
 *
 * An anchor is a commit whose parents are the one before it and the heads of
 * stories that are new since, which its file "heads" names. So only a handful
 * of refs ever cross the wire, however many stories there are, and each
 * collector writes to a branch of its own, which only grows. They are fetched
 * and pushed in stemma/sync.git, a repository that has these refs alone and
 * the archive's objects. In a large archive an anchor carries what is new
 * instead of leading to it (carry.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_STORE_SYNC_H
#define STEMMA_STORE_SYNC_H

#include "archive.h"

/* The head of a story somewhere. */
struct stemma_head {
	struct stemma_view key;
	struct stemma_id id;
	uint32_t order; /* in which it was found: the newest first */
};

struct stemma_heads {
	struct stemma_head *items;
	size_t count, room;
};

/* A collector's branch on the hub. */
struct stemma_tip {
	struct stemma_view collector;
	struct stemma_id id;
};

struct stemma_tips {
	struct stemma_tip *items;
	size_t count;
};

struct stemma_sync {
	struct stemma_store *store;
	struct stemma_synced *synced;
	struct stemma_arena *arena;   /* for as long as the sync lasts */
	struct stemma_arena *scratch; /* for a moment */
	struct stemma_error *error;
	const char *url;
	char hub[17];              /* a name for it: a hash of its address */
	char folder[PATH_MAX];     /* stemma/sync.git */
	char objects[PATH_MAX];    /* the archive's */
	struct stemma_tips before; /* what the hub had the last time … */
	struct stemma_tips now;    /* … and has now */
	struct stemma_heads known; /* heads that the hub knows, by key */
	struct stemma_heads came;  /* heads that came, by key */
	struct stemma_view
		*loads; /* commits that came as bytes, newest first */
	size_t load_count, load_room;
	bool unsound;   /* some of them could not be stored */
	size_t stories; /* how many there are here, and from how many on … */
	size_t carry_from; /* … anchors carry commits */
};

enum stemma_code
stemma_heads_add(struct stemma_sync *sync, struct stemma_heads *heads,
	struct stemma_view key, const struct stemma_id *id);

/* By key, and those of one key in the order in which they were found. */
void stemma_heads_sort(struct stemma_heads *heads);

/* Whether the hub has `id` as a head of the story `key`. The heads that came
   and that are known are in order of key and id. */
bool stemma_sync_is_known(const struct stemma_sync *sync,
	struct stemma_view key, const struct stemma_id *id);

/* ---- the other side (hub.c) --------------------------------------------- */

/* Make stemma/sync.git what it should be. */
enum stemma_code stemma_hub_prepare(struct stemma_sync *sync);

/* Fetch what others have; sync->now are their branches. */
enum stemma_code stemma_hub_fetch(struct stemma_sync *sync);

/* Push our branch, which leads to `id`. */
enum stemma_code
stemma_hub_push(struct stemma_sync *sync, const struct stemma_id *id);

/* Run git in stemma/sync.git, with the archive's objects. */
enum stemma_code
stemma_hub_run(struct stemma_sync *sync, const char *const *arguments,
	struct stemma_view input, struct stemma_error *error);

/* Whether the hub has a branch of our name that we did not write: a copy of
   this archive did. Only asked when a push failed. */
bool stemma_hub_is_taken(struct stemma_sync *sync, const struct stemma_id *id);

/* ---- anchors (anchor.c) ------------------------------------------------- */

/*
 * Add the heads that the anchors from `tip` back to `end`, which may be NULL,
 * name. Lines that make no sense are counted as refused.
 */
enum stemma_code
stemma_anchor_read(struct stemma_sync *sync, struct stemma_heads *heads,
	const struct stemma_id *tip, const struct stemma_id *end);

/* Make as many anchors of `heads` as it takes, behind *tip, if `has_tip`;
   *tip is then the last one. */
enum stemma_code stemma_anchor_make(struct stemma_sync *sync,
	struct stemma_id *tip, bool has_tip, const struct stemma_heads *heads);

/* ---- commits that anchors carry (carry.c) ------------------------------- */

/* The file of an anchor's tree that they are in. */
#define STEMMA_CARRIED "commits"

struct stemma_carried_commit {
	struct stemma_id id, tree;
	struct stemma_view bytes;
};

struct stemma_carried {
	struct stemma_carried_commit *items;
	size_t count;
};

/* What an anchor of `heads` should carry; nothing, if it should lead to them
   instead. */
enum stemma_code stemma_carry_gather(struct stemma_sync *sync,
	struct stemma_carried *carried, const struct stemma_heads *heads);

/* Write them; what an anchor's tree has of them are count + 1 entries. */
enum stemma_code stemma_carry_write(struct stemma_sync *sync,
	const struct stemma_carried *carried,
	struct stemma_tree_entry *entries);

/* The file with the commits of an anchor that came. */
enum stemma_code
stemma_carry_note(struct stemma_sync *sync, const struct stemma_id *blob);

/* Store what came so. What is not sound is counted as refused. */
enum stemma_code stemma_carry_receive(struct stemma_sync *sync);

/* ---- joining (join.c) --------------------------------------------------- */

/*
 * What a story's head should be that has all of `heads`, the same for all who
 * have the same revisions, whatever came first.
 */
enum stemma_code stemma_heads_join(struct stemma_store *store,
	struct stemma_id *joined, const struct stemma_id *heads, size_t count,
	struct stemma_arena *scratch, struct stemma_error *error);

/* Bring what came into the stories. */
enum stemma_code stemma_sync_receive(struct stemma_sync *sync);

/* ---- memory of the last time (sync_state.c) ----------------------------- */

/* sync->before and sync->known; both empty if nothing is remembered. */
enum stemma_code stemma_sync_recall(struct stemma_sync *sync, bool *found);

/* Remember sync->now and that the hub knows `heads`. What cannot be written
   costs time the next time, no more. */
void stemma_sync_remember(
	struct stemma_sync *sync, const struct stemma_heads *heads);

#endif
