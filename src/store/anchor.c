/* SPDX-License-Identifier: MIT */
#include "sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More parents make a commit slow to read for git. */
enum { PARENTS = 1000, HEX = 40 };

static const char file[] = "heads";

enum stemma_code
stemma_heads_add(struct stemma_sync *sync, struct stemma_heads *heads,
	struct stemma_view key, const struct stemma_id *id)
{
	struct stemma_head head = {
		.key = key, .id = *id, .order = (uint32_t)heads->count};

	if (heads->count == heads->room) {
		size_t room = heads->room ? heads->room * 2 : 64;
		struct stemma_head *items =
			stemma_arena_alloc(sync->arena, room, sizeof *items);

		if (!items)
			return stemma_memory_trouble(sync->error);
		if (heads->count)
			memcpy(items, heads->items,
				heads->count * sizeof *items);
		heads->items = items;
		heads->room = room;
	}
	heads->items[heads->count++] = head;
	return STEMMA_OK;
}

static int
by_key(const void *a, const void *b)
{
	const struct stemma_head *one = a, *two = b;
	size_t size =
		one->key.size < two->key.size ? one->key.size : two->key.size;
	int order = size ? memcmp(one->key.bytes, two->key.bytes, size) : 0;

	if (order)
		return order;
	if (one->key.size != two->key.size)
		return one->key.size < two->key.size ? -1 : 1;
	return one->order < two->order ? -1 : one->order > two->order;
}

void
stemma_heads_sort(struct stemma_heads *heads)
{
	if (heads->count)
		qsort(heads->items, heads->count, sizeof *heads->items, by_key);
}

/* ---- reading ------------------------------------------------------------ */

/* What may stand in a ref behind refs/heads/story/. */
static bool
is_key(struct stemma_view key)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_-=";

	if (!key.size || key.size >= STEMMA_KEY_SIZE || key.bytes[0] == '-')
		return false;
	for (size_t at = 0; at < key.size; at++) {
		if (!memchr(allowed, key.bytes[at], sizeof allowed - 1))
			return false;
	}
	return true;
}

/* Lines "<40 digits> refs/heads/story/<key>". */
static enum stemma_code
read_lines(struct stemma_sync *sync, struct stemma_heads *heads,
	struct stemma_view text)
{
	static const size_t folder = sizeof STEMMA_STORY_REFS - 1;
	enum stemma_code code = STEMMA_OK;

	while (text.size && code == STEMMA_OK) {
		const char *end = memchr(text.bytes, '\n', text.size);
		size_t size = end ? (size_t)(end - text.bytes) : text.size;
		struct stemma_view key = {text.bytes, size};
		struct stemma_id id;

		if (size > HEX + 1 + folder && text.bytes[HEX] == ' ' &&
			stemma_id_read(&id, text.bytes) &&
			!memcmp(text.bytes + HEX + 1, STEMMA_STORY_REFS,
				folder)) {
			key.bytes += HEX + 1 + folder;
			key.size -= HEX + 1 + folder;
		} else {
			key.size = 0;
		}
		if (is_key(key))
			code = stemma_heads_add(sync, heads, key, &id);
		else
			sync->synced->refused++;
		text.bytes += size + (end != NULL);
		text.size -= size + (end != NULL);
	}
	return code;
}

static enum stemma_code
read_one(struct stemma_sync *sync, struct stemma_heads *heads,
	const struct stemma_id *id, struct stemma_commit *commit)
{
	struct stemma_tree_entry entry;
	struct stemma_view bytes, tree;
	enum stemma_code code = stemma_object_read(sync->store, &bytes, id,
		GIT_OBJECT_COMMIT, sync->arena, sync->error);

	if (code == STEMMA_OK && !stemma_commit_parse(commit, bytes))
		code = stemma_error_set(sync->error, STEMMA_CORRUPT,
			"an anchor is damaged: not a commit");
	if (code == STEMMA_OK)
		code = stemma_object_read(sync->store, &tree, &commit->tree,
			GIT_OBJECT_TREE, sync->arena, sync->error);
	if (code != STEMMA_OK)
		return code;
	if (!stemma_tree_file(tree, &entry, file)) {
		sync->synced->refused++;
		return STEMMA_OK;
	}
	code = stemma_object_read(sync->store, &bytes, &entry.id,
		GIT_OBJECT_BLOB, sync->arena, sync->error);
	if (code == STEMMA_OK)
		code = read_lines(sync, heads, bytes);
	if (code == STEMMA_OK && heads == &sync->came &&
		stemma_tree_file(tree, &entry, STEMMA_CARRIED))
		code = stemma_carry_note(sync, &entry.id);
	return code;
}

enum stemma_code
stemma_anchor_read(struct stemma_sync *sync, struct stemma_heads *heads,
	const struct stemma_id *tip, const struct stemma_id *end)
{
	struct stemma_id id = *tip;
	enum stemma_code code;

	while (!end || memcmp(&id, end, sizeof id) != 0) {
		struct stemma_commit commit;

		code = read_one(sync, heads, &id, &commit);
		if (code != STEMMA_OK)
			return code;
		if (!commit.parent_count)
			return STEMMA_OK;
		id = stemma_commit_parent(&commit, 0);
	}
	return STEMMA_OK;
}

/* ---- making ------------------------------------------------------------- */

/* A head with the time that its commit was made. */
struct dated {
	const struct stemma_head *head;
	int64_t date;
};

static int
by_date(const void *a, const void *b)
{
	const struct dated *one = a, *two = b;

	if (one->date != two->date)
		return one->date < two->date ? -1 : 1;
	return by_key(one->head, two->head);
}

static int
by_name(const void *a, const void *b)
{
	return by_key(((const struct dated *)a)->head,
		((const struct dated *)b)->head);
}

/* The tree whose file names the heads, with what is carried. */
static enum stemma_code
write_tree(struct stemma_sync *sync, struct stemma_id *tree,
	const struct dated *heads, size_t count,
	const struct stemma_carried *carried)
{
	struct stemma_out lines = {0}, bytes = {0};
	struct stemma_tree_entry *entries = stemma_arena_zalloc(
		sync->arena, carried->count + 2, sizeof *entries);
	char hex[HEX + 1];
	enum stemma_code code;

	if (!entries)
		return stemma_memory_trouble(sync->error);
	entries[0].name = stemma_view_of(file);
	for (size_t at = 0; at < count; at++) {
		stemma_id_hex(hex, &heads[at].head->id);
		stemma_out_string(&lines, hex);
		stemma_out_string(&lines, " " STEMMA_STORY_REFS);
		stemma_out_view(&lines, heads[at].head->key);
		stemma_out_char(&lines, '\n');
	}
	code = stemma_out_finish(&lines);
	if (code == STEMMA_OK)
		code = stemma_object_write(sync->store, &entries[0].id,
			GIT_OBJECT_BLOB,
			(struct stemma_view){lines.bytes, lines.size},
			sync->error);
	if (code == STEMMA_OK && carried->count)
		code = stemma_carry_write(sync, carried, entries + 1);
	stemma_tree_make(
		&bytes, entries, carried->count ? carried->count + 2 : 1);
	if (code == STEMMA_OK)
		code = stemma_out_finish(&bytes);
	if (code == STEMMA_OK)
		code = stemma_object_write(sync->store, tree, GIT_OBJECT_TREE,
			(struct stemma_view){bytes.bytes, bytes.size},
			sync->error);
	stemma_out_free(&lines);
	stemma_out_free(&bytes);
	return code == STEMMA_NOMEM ? stemma_memory_trouble(sync->error) : code;
}

/* `leads`: the heads are among its parents. */
static enum stemma_code
write_anchor(struct stemma_sync *sync, struct stemma_id *id,
	const struct stemma_id *tree, const struct stemma_id *before,
	const struct dated *heads, size_t count, bool leads, const char *who,
	int64_t date)
{
	struct stemma_out out = {0};
	char hex[HEX + 1];
	enum stemma_code code;

	stemma_id_hex(hex, tree);
	stemma_out_format(&out, "tree %s\n", hex);
	if (before) {
		stemma_id_hex(hex, before);
		stemma_out_format(&out, "parent %s\n", hex);
	}
	for (size_t at = 0; at < count && leads; at++) {
		stemma_id_hex(hex, &heads[at].head->id);
		stemma_out_format(&out, "parent %s\n", hex);
	}
	stemma_out_format(&out,
		"author %s <stemma@%s> %lld +0000\n"
		"committer %s <stemma@%s> %lld +0000\n\n"
		"Anchor of %zu stories\n",
		who, who, (long long)date, who, who, (long long)date, count);
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(sync->error);
	else
		code = stemma_object_write(sync->store, id, GIT_OBJECT_COMMIT,
			(struct stemma_view){out.bytes, out.size}, sync->error);
	stemma_out_free(&out);
	return code;
}

static enum stemma_code
read_date(struct stemma_sync *sync, const struct stemma_id *id, int64_t *date)
{
	struct stemma_mark mark = stemma_arena_mark(sync->scratch);
	struct stemma_commit commit = {0};
	struct stemma_view bytes;
	enum stemma_code code = stemma_object_read(sync->store, &bytes, id,
		GIT_OBJECT_COMMIT, sync->scratch, sync->error);

	if (code == STEMMA_OK && stemma_commit_parse(&commit, bytes))
		*date = commit.committed;
	stemma_arena_rewind(sync->scratch, mark);
	return code;
}

/* The heads with their dates, oldest first, in the arena. */
static enum stemma_code
date_heads(struct stemma_sync *sync, struct dated **dated,
	const struct stemma_heads *heads)
{
	enum stemma_code code = STEMMA_OK;
	size_t at;

	*dated = stemma_arena_zalloc(sync->arena, heads->count, sizeof **dated);
	if (!*dated)
		return stemma_memory_trouble(sync->error);
	for (at = 0; at < heads->count && code == STEMMA_OK; at++) {
		(*dated)[at].head = &heads->items[at];
		code = read_date(
			sync, &heads->items[at].id, &(*dated)[at].date);
	}
	if (code == STEMMA_OK)
		qsort(*dated, heads->count, sizeof **dated, by_date);
	return code;
}

/* The one that all branches begin with. */
static enum stemma_code
write_first(struct stemma_sync *sync, struct stemma_id *tip)
{
	static const struct stemma_carried nothing = {0};
	struct stemma_id tree;
	enum stemma_code code = write_tree(sync, &tree, NULL, 0, &nothing);

	return code == STEMMA_OK ? write_anchor(sync, tip, &tree, NULL, NULL, 0,
					   false, "stemma", 0)
				 : code;
}

enum stemma_code
stemma_anchor_make(struct stemma_sync *sync, struct stemma_id *tip,
	bool has_tip, const struct stemma_heads *heads)
{
	struct stemma_carried carried;
	struct stemma_id tree;
	struct dated *dated;
	int64_t date = 0;
	size_t at, size;
	enum stemma_code code = date_heads(sync, &dated, heads);

	if (code == STEMMA_OK)
		code = stemma_carry_gather(sync, &carried, heads);
	if (code == STEMMA_OK)
		code = has_tip ? read_date(sync, tip, &date)
			       : write_first(sync, tip);
	for (at = 0; at < heads->count && code == STEMMA_OK; at += size) {
		struct stemma_id before = *tip;

		size = heads->count - at;
		if (size > PARENTS && !carried.count)
			size = PARENTS;
		if (dated[at + size - 1].date > date)
			date = dated[at + size - 1].date;
		qsort(dated + at, size, sizeof *dated, by_name);
		code = write_tree(sync, &tree, dated + at, size, &carried);
		if (code == STEMMA_OK)
			code = write_anchor(sync, tip, &tree, &before,
				dated + at, size, !carried.count,
				sync->store->collector, date);
	}
	return code;
}
