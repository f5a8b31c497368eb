/* SPDX-License-Identifier: MIT */
#include "bulk.h"

#include <string.h>

/* One that was made, to be made again behind another head. */
struct made {
	struct stemma_commit commit;
	struct made *later;
};

/* Ours, oldest first, back to where the ref was when we began. */
static enum stemma_code
collect(struct stemma_store *store, const struct stemma_bulk_story *story,
	struct made **oldest, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_id id = story->head;
	enum stemma_code code;

	*oldest = NULL;
	for (;;) {
		struct made *made =
			stemma_arena_alloc(scratch, 1, sizeof *made);
		struct stemma_view bytes;

		if (story->has_old && !memcmp(&id, &story->old, sizeof id))
			return STEMMA_OK;
		if (!made)
			return stemma_memory_trouble(error);
		code = stemma_object_read(
			store, &bytes, &id, GIT_OBJECT_COMMIT, scratch, error);
		if (code != STEMMA_OK)
			return code;
		if (!stemma_commit_parse(&made->commit, bytes))
			return stemma_error_set(error, STEMMA_CORRUPT,
				"the new pack is damaged");
		made->later = *oldest;
		*oldest = made;
		if (made->commit.parent_count == 0)
			return STEMMA_OK;
		id = stemma_commit_parent(&made->commit, 0);
	}
}

/* Whether the archive has it by now: the same text where it would stand, or
   at the same second. */
static bool
is_there(const struct stemma_chain *chain, const struct stemma_commit *commit)
{
	for (uint32_t at = chain->count; at-- > 0;) {
		const struct stemma_commit *other = &chain->links[at].commit;

		if (other->authored > commit->authored)
			continue;
		if (!memcmp(&other->tree, &commit->tree, sizeof other->tree))
			return true;
		if (other->authored < commit->authored)
			return false;
	}
	return false;
}

/* Write it once more, as a child of `head`. */
static enum stemma_code
repeat(struct stemma_store *store, const struct stemma_commit *commit,
	struct stemma_id *head, bool has_head, int64_t *committed,
	struct stemma_error *error)
{
	struct stemma_commit_plan plan = {.tree = commit->tree,
		.parents = head,
		.parent_count = has_head,
		.authored = commit->authored,
		.committed = commit->authored,
		.collector = store->collector,
		.message = commit->message};
	struct stemma_out out = {0};
	enum stemma_code code;

	if (has_head && *committed > plan.committed)
		plan.committed = *committed;
	*committed = plan.committed;
	stemma_commit_make(&out, &plan);
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(error);
	else
		code = stemma_object_write(store, head, GIT_OBJECT_COMMIT,
			(struct stemma_view){out.bytes, out.size}, error);
	stemma_out_free(&out);
	return code;
}

/* One attempt: *moved if the ref was moved once more. */
static enum stemma_code
try_replay(struct stemma_store *store, const struct stemma_bulk_story *story,
	const struct made *oldest, bool *moved, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_chain chain = {0};
	struct stemma_id old, head;
	int64_t committed = 0;
	bool has_old, changed = false;
	enum stemma_code code = stemma_ref_read(store, &old, story->ref, error);

	*moved = false;
	has_old = code == STEMMA_OK;
	if (code == STEMMA_NOTFOUND)
		code = STEMMA_OK;
	else if (code == STEMMA_OK)
		code = stemma_chain_load(
			store, &chain, &old, scratch, scratch, error);
	for (uint32_t at = 0; at < chain.count; at++) {
		if (chain.links[at].commit.committed > committed)
			committed = chain.links[at].commit.committed;
	}
	head = old;
	for (; oldest && code == STEMMA_OK; oldest = oldest->later) {
		if (is_there(&chain, &oldest->commit))
			continue;
		code = repeat(store, &oldest->commit, &head, has_old || changed,
			&committed, error);
		changed = true;
	}
	if (code != STEMMA_OK || !changed)
		return code;
	return stemma_ref_swap(
		store, story->ref, has_old ? &old : NULL, &head, moved, error);
}

enum stemma_code
stemma_bulk_replay(struct stemma_store *store,
	const struct stemma_bulk_story *story, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_mark start = stemma_arena_mark(scratch), mark;
	struct made *oldest;
	enum stemma_code code = collect(store, story, &oldest, scratch, error);
	bool moved = true;

	mark = stemma_arena_mark(scratch);
	while (code == STEMMA_OK && moved) {
		stemma_arena_rewind(scratch, mark);
		code = try_replay(store, story, oldest, &moved, scratch, error);
	}
	stemma_arena_rewind(scratch, start);
	return code;
}
