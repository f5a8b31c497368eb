/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"
#include "sync.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Everything in it follows from the revisions that it joins, so all make the
 * same commit of them, and need not exchange it.
 */
static enum stemma_code
make_join(struct stemma_store *store, struct stemma_id *joined,
	const struct stemma_tops *tops, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_revision newest = {0};
	struct stemma_out out = {0};
	char hex[41];
	int64_t date = 0;
	enum stemma_code code;

	code = stemma_commit_describe(&newest, &tops->newest.commit, scratch);
	if (code != STEMMA_OK)
		return stemma_memory_trouble(error);
	stemma_id_hex(hex, &tops->newest.commit.tree);
	stemma_out_format(&out, "tree %s\n", hex);
	for (uint32_t at = 0; at < tops->count; at++) {
		stemma_id_hex(hex, &tops->links[at]->id);
		stemma_out_format(&out, "parent %s\n", hex);
		if (tops->links[at]->commit.committed > date)
			date = tops->links[at]->commit.committed;
	}
	stemma_out_format(&out,
		"author " STEMMA_JOIN_AUTHOR " <stemma@stemma> %lld +0000\n"
		"committer " STEMMA_JOIN_AUTHOR " <stemma@stemma> %lld +0000\n"
		"\nJoin of histories that were collected apart\n",
		(long long)date, (long long)date);
	if (newest.story.size) {
		stemma_out_string(&out, "\nStory: ");
		stemma_out_view(&out, newest.story);
		stemma_out_char(&out, '\n');
	}
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(error);
	else
		code = stemma_object_write(store, joined, GIT_OBJECT_COMMIT,
			(struct stemma_view){out.bytes, out.size}, error);
	stemma_out_free(&out);
	return code;
}

enum stemma_code
stemma_heads_join(struct stemma_store *store, struct stemma_id *joined,
	const struct stemma_id *heads, size_t count,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_tops tops;
	enum stemma_code code =
		stemma_chain_tops(store, &tops, heads, count, scratch, error);

	if (code == STEMMA_OK && !tops.count)
		code = stemma_error_set(
			error, STEMMA_CORRUPT, "a story has no revision");
	else if (code == STEMMA_OK && tops.count == 1)
		*joined = tops.links[0]->id;
	else if (code == STEMMA_OK)
		code = make_join(store, joined, &tops, scratch, error);
	stemma_arena_rewind(scratch, mark);
	return code;
}

/* Heads that came for one story. */
struct group {
	const struct stemma_head *heads;
	size_t count;
	char ref[STEMMA_REF_SIZE];
};

/* A head that is no commit of this story is not let in. */
static bool
is_of_story(struct stemma_sync *sync, const struct stemma_head *head)
{
	struct stemma_mark mark = stemma_arena_mark(sync->scratch);
	struct stemma_revision revision;
	char key[STEMMA_KEY_SIZE];
	bool good = stemma_store_describe(sync->store, &revision, &head->id,
			    sync->scratch, NULL) == STEMMA_OK;

	if (good && revision.story.size)
		good = stemma_key_make(key, revision.story, NULL) ==
			       STEMMA_OK &&
		       stemma_view_equal(head->key, stemma_view_of(key));
	stemma_arena_rewind(sync->scratch, mark);
	return good;
}

/*
 * Where the group's story should lead, if it leads to `old` now. Nothing comes
 * of heads that are not let in.
 */
static enum stemma_code
settle_group(struct stemma_sync *sync, const struct group *group,
	const struct stemma_id *old, bool *has_next, struct stemma_id *next)
{
	struct stemma_id *heads;
	size_t count = 0, at;
	enum stemma_code code = STEMMA_OK;

	*has_next = false;
	heads = stemma_arena_alloc(
		sync->scratch, group->count + 1, sizeof *heads);
	if (!heads)
		return stemma_memory_trouble(sync->error);
	for (at = 0; at < group->count; at++) {
		if (old && !memcmp(old, &group->heads[at].id, sizeof *old))
			continue;
		if (is_of_story(sync, &group->heads[at]))
			heads[count++] = group->heads[at].id;
		else
			sync->synced->refused++;
	}
	if (!count)
		return STEMMA_OK;
	if (old)
		heads[count++] = *old;
	if (count == 1)
		*next = heads[0];
	else
		code = stemma_heads_join(sync->store, next, heads, count,
			sync->scratch, sync->error);
	*has_next = code == STEMMA_OK &&
		    (!old || memcmp(next, old, sizeof *old) != 0);
	return code;
}

/* One story, again and again until nobody else moved it meanwhile. */
static enum stemma_code
receive_one(struct stemma_sync *sync, const struct group *group)
{
	enum stemma_code code;
	bool moved = true;

	do {
		struct stemma_mark mark = stemma_arena_mark(sync->scratch);
		struct stemma_id old, next;
		bool has_old, has_next = false;

		code = stemma_ref_read(
			sync->store, &old, group->ref, sync->error);
		has_old = code == STEMMA_OK;
		if (code == STEMMA_NOTFOUND)
			code = STEMMA_OK;
		if (code == STEMMA_OK)
			code = settle_group(sync, group, has_old ? &old : NULL,
				&has_next, &next);
		stemma_arena_rewind(sync->scratch, mark);
		if (code != STEMMA_OK || !has_next)
			return code;
		code = stemma_ref_swap(sync->store, group->ref,
			has_old ? &old : NULL, &next, &moved, sync->error);
	} while (code == STEMMA_OK && moved);
	return code;
}

/* The next group, or false at the end. */
static bool
next_group(const struct stemma_heads *came, size_t *at, struct group *group)
{
	size_t first = *at;

	if (first >= came->count)
		return false;
	while (*at < came->count &&
		stemma_view_equal(came->items[*at].key, came->items[first].key))
		++*at;
	group->heads = came->items + first;
	group->count = *at - first;
	snprintf(group->ref, sizeof group->ref, "%s%.*s", STEMMA_STORY_REFS,
		(int)group->heads->key.size, group->heads->key.bytes);
	return true;
}

/* All that can be told without asking for each ref: from a list of ours. */
static enum stemma_code
plan(struct stemma_sync *sync, const struct stemma_name *names, size_t count,
	struct stemma_ref_change *changes, size_t *change_count)
{
	enum stemma_code code = STEMMA_OK;
	struct group group;
	size_t at = 0, name = 0;

	assert(changes);
	*change_count = 0;
	while (code == STEMMA_OK && next_group(&sync->came, &at, &group)) {
		struct stemma_ref_change change = {0};
		struct stemma_mark mark = stemma_arena_mark(sync->scratch);
		bool has_next = false;

		while (name < count && stemma_view_order(names[name].key,
					       group.heads->key) < 0)
			name++;
		change.has_old =
			name < count &&
			stemma_view_equal(names[name].key, group.heads->key);
		if (change.has_old)
			change.old = names[name].head;
		code = settle_group(sync, &group,
			change.has_old ? &change.old : NULL, &has_next,
			&change.next);
		stemma_arena_rewind(sync->scratch, mark);
		if (code != STEMMA_OK || !has_next)
			continue;
		change.name = stemma_arena_string(
			sync->arena, stemma_view_of(group.ref));
		if (!change.name)
			return stemma_memory_trouble(sync->error);
		changes[(*change_count)++] = change;
		sync->synced->received++;
	}
	return code;
}

/* Those whose stories were moved by others, one by one. */
static enum stemma_code
receive_moved(struct stemma_sync *sync, const struct stemma_ref_change *changes,
	size_t count)
{
	enum stemma_code code = STEMMA_OK;
	struct group group;
	size_t at = 0, change;

	while (code == STEMMA_OK && next_group(&sync->came, &at, &group)) {
		for (change = 0; change < count; change++) {
			if (code == STEMMA_OK &&
				!strcmp(changes[change].name, group.ref))
				code = receive_one(sync, &group);
		}
	}
	return code;
}

enum stemma_code
stemma_sync_receive(struct stemma_sync *sync)
{
	struct stemma_ref_change *changes;
	struct stemma_name *names;
	size_t count, change_count = 0, at, moved = 0;
	enum stemma_code code;

	if (!sync->came.count)
		return STEMMA_OK;
	stemma_heads_sort(&sync->came);
	code = stemma_names_list(&names, &count, sync->store->path,
		(struct stemma_view){NULL, 0}, 0, sync->arena, sync->error);
	changes = stemma_arena_zalloc(
		sync->arena, sync->came.count, sizeof *changes);
	if (code == STEMMA_OK && !changes)
		code = stemma_memory_trouble(sync->error);
	if (code == STEMMA_OK)
		code = plan(sync, names, count, changes, &change_count);
	if (code == STEMMA_OK)
		code = stemma_refs_swap(
			sync->store, changes, change_count, sync->error);
	for (at = 0; code == STEMMA_OK && at < change_count; at++) {
		if (changes[at].moved)
			changes[moved++] = changes[at];
	}
	if (moved)
		code = receive_moved(sync, changes, moved);
	return code;
}
