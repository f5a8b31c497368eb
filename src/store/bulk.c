/* SPDX-License-Identifier: MIT */
#include "bulk.h"
#include "packed_refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A pack is finished by itself when it has grown to this. */
static const uint64_t LARGE = (uint64_t)1 << 30;

/* An entry on its way into the pack. */
struct item {
	struct stemma_bulk *bulk;
	const struct stemma_entry *entry;
	struct stemma_bulk_story *story;
	char name[STEMMA_KEY_SIZE + 16]; /* of the file */
	struct stemma_id blob, tree, commit;
	struct stemma_out tree_bytes, commit_bytes;
	int64_t date;
	uint32_t place; /* among the story's revisions */
};

enum stemma_code
stemma_bulk_start(struct stemma_bulk **bulk, struct stemma_store *store,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_bulk *made = calloc(1, sizeof *made);
	struct stemma_name *names;
	struct stemma_id id;
	size_t count;
	enum stemma_code code;

	*bulk = NULL;
	if (!made)
		return stemma_memory_trouble(error);
	made->store = store;
	made->newest.newer = made->newest.older = &made->newest;
	made->arena = stemma_arena_new(0);
	code = made->arena ? stemma_pack_start(&made->pack, store, error)
			   : stemma_memory_trouble(error);
	if (code == STEMMA_OK)
		code = stemma_names_list(&names, &count, store->path,
			(struct stemma_view){NULL, 0}, 1, scratch, error);
	made->empty = code == STEMMA_OK && count == 0;
	/* It is in every tree, so it is not in every pack. */
	if (code == STEMMA_OK)
		code = stemma_object_write(store, &id, GIT_OBJECT_BLOB,
			stemma_view_of(STEMMA_ATTRIBUTES), error);
	stemma_arena_rewind(scratch, mark);
	if (code == STEMMA_OK)
		*bulk = made;
	else
		stemma_bulk_free(made);
	return code;
}

/* The tree that holds the entry, as bytes and by name. */
static enum stemma_code
make_tree(struct item *item, struct stemma_error *error)
{
	struct stemma_view suffix = item->entry->suffix;
	struct stemma_tree_entry entries[2] = {0};
	enum stemma_code code;

	if (!suffix.size)
		suffix = stemma_view_of("txt");
	snprintf(item->name, sizeof item->name, "%s.%.*s", item->story->key,
		(int)suffix.size, suffix.bytes);
	code = stemma_object_name(
		&item->blob, GIT_OBJECT_BLOB, item->entry->bytes, error);
	entries[0].name = stemma_view_of(item->name);
	entries[0].id = item->blob;
	entries[1].name = stemma_view_of(".gitattributes");
	if (code == STEMMA_OK)
		code = stemma_object_name(&entries[1].id, GIT_OBJECT_BLOB,
			stemma_view_of(STEMMA_ATTRIBUTES), error);
	if (code != STEMMA_OK)
		return code;
	stemma_tree_make(&item->tree_bytes, entries, 2);
	if (stemma_out_finish(&item->tree_bytes) != STEMMA_OK)
		return stemma_memory_trouble(error);
	return stemma_object_name(&item->tree, GIT_OBJECT_TREE,
		(struct stemma_view){
			item->tree_bytes.bytes, item->tree_bytes.size},
		error);
}

/* Whether a revision has the entry's bytes. */
static enum stemma_code
is_same(struct item *item, struct stemma_bulk_revision *revision, bool *same,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_tree_entry article;
	struct stemma_view bytes;
	enum stemma_code code = STEMMA_OK;

	*same = !memcmp(&revision->tree, &item->tree, sizeof item->tree);
	if (*same)
		return STEMMA_OK;
	if (!revision->known) {
		code = stemma_object_read(item->bulk->store, &bytes,
			&revision->tree, GIT_OBJECT_TREE, scratch, error);
		if (code == STEMMA_OK && stemma_tree_article(bytes, &article))
			revision->blob = article.id;
		revision->known = code == STEMMA_OK;
	}
	*same = revision->known &&
		!memcmp(&revision->blob, &item->blob, sizeof item->blob);
	stemma_arena_rewind(scratch, mark);
	return code;
}

/* As stemma_store_add() places a revision; *found is the one that has the
   bytes, or NULL. */
static enum stemma_code
place(struct item *item, struct stemma_bulk_revision **found,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_bulk_story *story = item->story;
	uint32_t at = story->count;
	bool dated = item->entry->dated, same = false;

	*found = NULL;
	item->date = dated ? item->entry->date : (int64_t)time(NULL);
	if (!dated && at && item->date < story->revisions[at - 1].date)
		item->date = story->revisions[at - 1].date;
	while (at && story->revisions[at - 1].date > item->date)
		at--;
	for (item->place = at; at > 0; at--) {
		struct stemma_bulk_revision *revision =
			&story->revisions[at - 1];
		enum stemma_code code =
			is_same(item, revision, &same, scratch, error);

		if (code != STEMMA_OK)
			return code;
		if (same)
			*found = revision;
		if (same || !dated || revision->date < item->date)
			break;
	}
	return STEMMA_OK;
}

static enum stemma_code
make_commit(struct item *item, struct stemma_error *error)
{
	struct stemma_bulk_story *story = item->story;
	struct stemma_commit_plan plan = {.entry = item->entry,
		.tree = item->tree,
		.parents = &story->head,
		.parent_count = story->has_head,
		.authored = item->date,
		.committed = item->date,
		.collector = item->bulk->store->collector};
	char sha256[65];

	if (story->has_head && story->committed > plan.committed)
		plan.committed = story->committed;
	story->committed = plan.committed;
	stemma_sha256_hex(sha256, item->entry->bytes);
	plan.sha256 = sha256;
	stemma_commit_make(&item->commit_bytes, &plan);
	if (stemma_out_finish(&item->commit_bytes) != STEMMA_OK)
		return stemma_memory_trouble(error);
	return stemma_object_name(&item->commit, GIT_OBJECT_COMMIT,
		(struct stemma_view){
			item->commit_bytes.bytes, item->commit_bytes.size},
		error);
}

/* Add one of its objects, told by the one of its kind before it. */
static enum stemma_code
pack(struct item *item, int kind, git_object_t type, const struct stemma_id *id,
	struct stemma_view bytes, struct stemma_error *error)
{
	struct stemma_bulk *bulk = item->bulk;
	struct stemma_bulk_text *text = &item->story->texts[kind];
	uint32_t number;
	enum stemma_code code;

	code = stemma_pack_add(&bulk->pack, &number, type, id, bytes,
		text->size ? text->number : STEMMA_NO_OBJECT,
		(struct stemma_view){text->bytes, text->size}, error);
	if (code == STEMMA_OK)
		stemma_bulk_keep(bulk, item->story, kind, number, bytes);
	return code;
}

static enum stemma_code
store(struct item *item, struct stemma_error *error)
{
	struct stemma_bulk *bulk = item->bulk;
	struct stemma_bulk_story *story = item->story;
	struct stemma_bulk_revision revision = {.date = item->date,
		.tree = item->tree,
		.blob = item->blob,
		.known = true};
	enum stemma_code code = make_commit(item, error);

	if (story->pack != bulk->packs)
		stemma_bulk_forget(bulk, story);
	story->pack = bulk->packs;
	if (code == STEMMA_OK)
		code = pack(item, STEMMA_BULK_BLOB, GIT_OBJECT_BLOB,
			&item->blob, item->entry->bytes, error);
	if (code == STEMMA_OK)
		code = pack(item, STEMMA_BULK_TREE, GIT_OBJECT_TREE,
			&item->tree,
			(struct stemma_view){
				item->tree_bytes.bytes, item->tree_bytes.size},
			error);
	if (code == STEMMA_OK)
		code = pack(item, STEMMA_BULK_COMMIT, GIT_OBJECT_COMMIT,
			&item->commit,
			(struct stemma_view){item->commit_bytes.bytes,
				item->commit_bytes.size},
			error);
	if (code != STEMMA_OK)
		return code;
	revision.commit = item->commit;
	if (stemma_bulk_insert(bulk, story, item->place, &revision))
		return stemma_memory_trouble(error);
	story->head = item->commit;
	story->has_head = story->pending = true;
	return STEMMA_OK;
}

static void
report(struct stemma_added *added, const struct item *item,
	const struct stemma_bulk_revision *found)
{
	const struct stemma_bulk_story *story = item->story;
	const struct stemma_bulk_revision *before = story->revisions;

	added->stored = !found;
	added->first = !found && story->count == 1;
	added->number = item->place + 1;
	if (found)
		added->number = (uint32_t)(found - before) + 1;
	added->commit = story->revisions[added->number - 1].commit;
	added->date = story->revisions[added->number - 1].date;
	added->known.head = story->head;
	added->known.revisions = story->count;
	added->has_before = added->number > 1;
	if (added->has_before)
		added->before = before[added->number - 2].commit;
}

static enum stemma_code
add(struct item *item, struct stemma_added *added, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_bulk_revision *found;
	enum stemma_code code = make_tree(item, error);

	if (code == STEMMA_OK)
		code = place(item, &found, scratch, error);
	if (code == STEMMA_OK && !found)
		code = store(item, error);
	if (code == STEMMA_OK)
		report(added, item, found);
	return code;
}

enum stemma_code
stemma_bulk_add(struct stemma_bulk *bulk, const struct stemma_entry *entry,
	struct stemma_added *added, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct item item = {.bulk = bulk, .entry = entry};
	char key[STEMMA_KEY_SIZE];
	enum stemma_code code;

	/* Only git has the keys, and it signs one at a time. */
	if (bulk->store->sign)
		return stemma_store_add(
			bulk->store, entry, added, scratch, error);
	*added = (struct stemma_added){0};
	code = stemma_entry_check(entry, error);
	if (code == STEMMA_OK)
		code = stemma_key_make(key, entry->story, error);
	if (code == STEMMA_OK)
		code = stemma_bulk_find(bulk, &item.story, key, scratch, error);
	if (code != STEMMA_OK)
		return code;
	code = add(&item, added, scratch, error);
	stemma_out_free(&item.tree_bytes);
	stemma_out_free(&item.commit_bytes);
	if (code == STEMMA_OK && bulk->pack.size > LARGE)
		code = stemma_bulk_finish(bulk, scratch, error);
	return code;
}

/* The stories whose refs are to be moved. */
static struct stemma_ref_change *
gather(struct stemma_bulk *bulk, size_t *count)
{
	struct stemma_ref_change *changes =
		calloc((size_t)bulk->count + 1, sizeof *changes);

	*count = 0;
	for (uint32_t at = 0; changes && at < bulk->count; at++) {
		const struct stemma_bulk_story *story = bulk->stories[at];

		if (!story->pending)
			continue;
		changes[*count].name = story->ref;
		changes[*count].has_old = story->has_old;
		changes[*count].old = story->old;
		changes[*count].next = story->head;
		++*count;
	}
	return changes;
}

/* The story as the archive has it now. What others added to it as well is read
   when it is asked for again. */
static enum stemma_code
settle(struct stemma_bulk *bulk, const struct stemma_ref_change *change,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_bulk_story *story;
	enum stemma_code code = stemma_bulk_find(bulk, &story,
		change->name + sizeof STEMMA_STORY_REFS - 1, scratch, error);

	if (code != STEMMA_OK)
		return code;
	if (change->done) {
		story->has_old = true;
		story->old = story->head;
		story->pending = false;
		return STEMMA_OK;
	}
	if (!change->moved)
		return STEMMA_OK;
	code = stemma_bulk_replay(bulk->store, story, scratch, error);
	if (code == STEMMA_OK)
		code = stemma_bulk_reload(bulk, story, scratch, error);
	return code;
}

enum stemma_code
stemma_bulk_finish(struct stemma_bulk *bulk, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	enum stemma_code code, worst = STEMMA_OK;
	struct stemma_ref_change *changes;
	size_t count, at;

	code = stemma_pack_finish(&bulk->pack, error);
	bulk->packs++;
	if (code != STEMMA_OK)
		return code;
	changes = gather(bulk, &count);
	if (!changes)
		return stemma_memory_trouble(error);
	worst = stemma_refs_swap(bulk->store, changes, count, error);
	for (at = 0; at < count; at++) {
		code = settle(bulk, &changes[at], scratch, error);
		worst = worst == STEMMA_OK ? code : worst;
	}
	free(changes);
	return worst;
}

void
stemma_bulk_free(struct stemma_bulk *bulk)
{
	if (!bulk)
		return;
	for (uint32_t at = 0; at < bulk->count; at++)
		stemma_bulk_forget(bulk, bulk->stories[at]);
	stemma_pack_free(&bulk->pack);
	stemma_arena_free(bulk->arena);
	free(bulk);
}
