/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"
#include "sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which hub ---------------------------------------------------------- */

static char *
read_setting(struct stemma_store *store, const char *name)
{
	git_config *config = NULL;
	const char *text = NULL;
	char *copy = NULL;

	if (git_repository_config_snapshot(&config, store->repository) == 0 &&
		git_config_get_string(&text, config, name) == 0 && *text)
		copy = strdup(text);
	git_config_free(config);
	return copy;
}

static void
write_setting(struct stemma_store *store, const char *name, const char *value)
{
	git_config *config = NULL;

	if (git_repository_config(&config, store->repository) == 0)
		git_config_set_string(config, name, value);
	git_config_free(config);
}

/* The name of a remote of git's, or an address; on the heap. */
static char *
resolve(struct stemma_store *store, const char *remote)
{
	char name[512], *url;

	if (snprintf(name, sizeof name, "remote.%s.url", remote) >=
		(int)sizeof name)
		return strdup(remote);
	url = read_setting(store, name);
	return url ? url : strdup(remote);
}

static enum stemma_code
find_hub(struct stemma_sync *sync, const char *remote, char **url)
{
	char *usual = read_setting(sync->store, "stemma.remote");
	uint64_t hash;

	if (!remote && !usual)
		return stemma_error_set(sync->error, STEMMA_NOTFOUND,
			"it is not known what to sync with: name a git "
			"repository the first time");
	*url = resolve(sync->store, remote ? remote : usual);
	if (!*url) {
		free(usual);
		return stemma_memory_trouble(sync->error);
	}
	sync->url = *url;
	hash = stemma_hash(stemma_view_of(*url));
	snprintf(sync->hub, sizeof sync->hub, "%016llx",
		(unsigned long long)hash);
	free(usual);
	return STEMMA_OK;
}

/* ---- what came ---------------------------------------------------------- */

static const struct stemma_id *
tip_before(const struct stemma_sync *sync, struct stemma_view collector)
{
	for (size_t at = 0; at < sync->before.count; at++) {
		if (stemma_view_equal(
			    sync->before.items[at].collector, collector))
			return &sync->before.items[at].id;
	}
	return NULL;
}

static int
by_key_and_id(const void *a, const void *b)
{
	const struct stemma_head *one = a, *two = b;
	int order = stemma_view_order(one->key, two->key);

	return order ? order : memcmp(&one->id, &two->id, sizeof one->id);
}

/* Of the heads of one branch the newest holds those before it. */
static void
keep_newest(struct stemma_heads *heads, size_t first)
{
	struct stemma_heads part = {.count = heads->count - first};
	size_t at, kept = 0;

	if (part.count == 0)
		return;
	part.items = heads->items + first;
	stemma_heads_sort(&part);
	for (at = 0; at < part.count; at++) {
		if (at == 0 || !stemma_view_equal(part.items[at - 1].key,
				       part.items[at].key))
			part.items[kept++] = part.items[at];
	}
	heads->count = first + kept;
}

static bool
is_own(const struct stemma_sync *sync, const struct stemma_tip *tip)
{
	return stemma_view_equal(
		tip->collector, stemma_view_of(sync->store->collector));
}

static enum stemma_code
receive(struct stemma_sync *sync)
{
	enum stemma_code code = STEMMA_OK;
	size_t at;

	for (at = 0; at < sync->now.count && code == STEMMA_OK; at++) {
		const struct stemma_tip *tip = &sync->now.items[at];
		size_t first = sync->came.count;

		if (is_own(sync, tip))
			continue;
		code = stemma_anchor_read(sync, &sync->came, &tip->id,
			tip_before(sync, tip->collector));
		if (code == STEMMA_OK)
			keep_newest(&sync->came, first);
	}
	if (code == STEMMA_OK)
		code = stemma_carry_receive(sync);
	return code == STEMMA_OK ? stemma_sync_receive(sync) : code;
}

/* ---- what goes ---------------------------------------------------------- */

static bool
holds(const struct stemma_heads *heads, const struct stemma_head *wanted)
{
	return heads->count && bsearch(wanted, heads->items, heads->count,
				       sizeof *wanted, by_key_and_id);
}

bool
stemma_sync_is_known(const struct stemma_sync *sync, struct stemma_view key,
	const struct stemma_id *id)
{
	struct stemma_head wanted = {.key = key, .id = *id};

	return holds(&sync->known, &wanted) || holds(&sync->came, &wanted);
}

static void
sort_to_find(struct stemma_heads *heads)
{
	if (heads->count)
		qsort(heads->items, heads->count, sizeof *heads->items,
			by_key_and_id);
}

/* All of our heads, and those of them that the hub does not know. */
static enum stemma_code
compare(struct stemma_sync *sync, struct stemma_heads *all,
	struct stemma_heads *changed)
{
	struct stemma_name *names;
	size_t count, at;
	enum stemma_code code = stemma_names_list(&names, &count,
		sync->store->path, (struct stemma_view){NULL, 0}, 0,
		sync->arena, sync->error);

	sort_to_find(&sync->known);
	sort_to_find(&sync->came);
	for (at = 0; at < count && code == STEMMA_OK; at++) {
		code = stemma_heads_add(
			sync, all, names[at].key, &names[at].head);
		if (code == STEMMA_OK &&
			!stemma_sync_is_known(
				sync, names[at].key, &names[at].head))
			code = stemma_heads_add(
				sync, changed, names[at].key, &names[at].head);
	}
	return code;
}

static enum stemma_code
own_tip(struct stemma_sync *sync, char ref[128], struct stemma_id *tip,
	bool *has_tip)
{
	enum stemma_code code;

	snprintf(ref, 128, "refs/heads/collect/%s", sync->store->collector);
	code = stemma_ref_read(sync->store, tip, ref, sync->error);
	*has_tip = code == STEMMA_OK;
	return code == STEMMA_NOTFOUND ? STEMMA_OK : code;
}

/* Our branch grows by what is new; *tip is its end. */
static enum stemma_code
grow_branch(struct stemma_sync *sync, const struct stemma_heads *changed,
	struct stemma_id *tip, bool *has_tip)
{
	struct stemma_id old;
	char ref[128];
	bool moved;
	enum stemma_code code = own_tip(sync, ref, tip, has_tip);

	if (code != STEMMA_OK || !changed->count)
		return code;
	old = *tip;
	code = stemma_anchor_make(sync, tip, *has_tip, changed);
	if (code == STEMMA_OK)
		code = stemma_ref_swap(sync->store, ref, *has_tip ? &old : NULL,
			tip, &moved, sync->error);
	*has_tip = true;
	return code;
}

/* A copy of this archive goes by the same name: take another one. What the copy
   sent was taken for our own, and has not been read. */
static enum stemma_code
rename_collector(struct stemma_sync *sync)
{
	char name[16], *copy;
	size_t at, kept = 0;

	stemma_collector_make(name);
	copy = strdup(name);
	if (!copy)
		return stemma_memory_trouble(sync->error);
	for (at = 0; at < sync->now.count; at++) {
		if (!is_own(sync, &sync->now.items[at]))
			sync->now.items[kept++] = sync->now.items[at];
	}
	sync->now.count = kept;
	write_setting(sync->store, "stemma.collector", name);
	free(sync->store->collector);
	sync->store->collector = copy;
	return STEMMA_OK;
}

/* Whether the hub's branch of our name is where ours is. */
static bool
is_there(const struct stemma_sync *sync, const struct stemma_id *id)
{
	for (size_t at = 0; at < sync->now.count; at++) {
		if (is_own(sync, &sync->now.items[at]))
			return !memcmp(&sync->now.items[at].id, id, sizeof *id);
	}
	return false;
}

static enum stemma_code
send(struct stemma_sync *sync, struct stemma_heads *all)
{
	struct stemma_heads changed = {0};
	struct stemma_error error = {0}, *callers = sync->error;
	struct stemma_id tip;
	bool has_tip = false;
	enum stemma_code code = compare(sync, all, &changed);

	if (code == STEMMA_OK)
		code = grow_branch(sync, &changed, &tip, &has_tip);
	if (code != STEMMA_OK || !has_tip || is_there(sync, &tip))
		return code;
	sync->error = &error;
	code = stemma_hub_push(sync, &tip);
	sync->error = callers;
	if (code != STEMMA_OK && stemma_hub_is_taken(sync, &tip)) {
		code = rename_collector(sync);
		has_tip = false;
		if (code == STEMMA_OK)
			code = grow_branch(sync, all, &tip, &has_tip);
		if (code == STEMMA_OK && has_tip)
			code = stemma_hub_push(sync, &tip);
	} else if (code != STEMMA_OK) {
		stemma_error_set(sync->error, code, "%s", error.message);
	}
	sync->synced->sent = (uint32_t)changed.count;
	return code;
}

/* ---- all of it ---------------------------------------------------------- */

/* Without memory of the last time the hub knows what our own branch tells, at
   the latest when that is pushed. */
static enum stemma_code
recall(struct stemma_sync *sync)
{
	struct stemma_id tip;
	bool found, has_tip;
	char ref[128];
	enum stemma_code code = stemma_sync_recall(sync, &found);

	if (code != STEMMA_OK || found)
		return code;
	code = own_tip(sync, ref, &tip, &has_tip);
	if (code == STEMMA_OK && has_tip)
		code = stemma_anchor_read(sync, &sync->known, &tip, NULL);
	return code;
}

/* Whether the hub has lost what somebody else had sent. */
static bool
has_lost(const struct stemma_sync *sync)
{
	size_t at, now;

	for (at = 0; at < sync->before.count; at++) {
		const struct stemma_tip *tip = &sync->before.items[at];
		bool found = is_own(sync, tip);

		for (now = 0; now < sync->now.count && !found; now++)
			found = stemma_view_equal(
				tip->collector, sync->now.items[now].collector);
		if (!found)
			return true;
	}
	return false;
}

/* How many stories a hub has whose anchors carry commits. */
static size_t
read_carry_from(struct stemma_store *store)
{
	enum { USUAL = 2000 };
	char *text = read_setting(store, "stemma.carryFrom"), *end;
	unsigned long long number = text ? strtoull(text, &end, 10) : USUAL;

	free(text);
	return (size_t)number;
}

static enum stemma_code
synchronize(struct stemma_sync *sync)
{
	struct stemma_heads all = {0};
	enum stemma_code code = STEMMA_OK;

	if (!stemma_path_below(
		    sync->folder, sync->store, "stemma/sync.git", "") ||
		!stemma_path_below(sync->objects, sync->store, "objects", ""))
		return stemma_system_trouble(sync->error, "make", sync->folder);
	sync->carry_from = read_carry_from(sync->store);
	code = stemma_hub_prepare(sync);
	if (code == STEMMA_OK)
		code = recall(sync);
	if (code == STEMMA_OK)
		code = stemma_hub_fetch(sync);
	/* Then everything is new to it. */
	if (code == STEMMA_OK && has_lost(sync))
		sync->known.count = 0;
	if (code == STEMMA_OK)
		code = receive(sync);
	if (code == STEMMA_OK)
		code = send(sync, &all);
	/* What could not be stored is asked for again: perhaps what it leads
	   to has come by then. */
	if (sync->unsound)
		sync->now = sync->before;
	if (code == STEMMA_OK)
		stemma_sync_remember(sync, &all);
	return code;
}

enum stemma_code
stemma_store_sync(struct stemma_store *store, struct stemma_synced *synced,
	const char *remote, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_sync *sync = calloc(1, sizeof *sync);
	struct stemma_lock lock;
	char *url = NULL;
	enum stemma_code code;

	*synced = (struct stemma_synced){0};
	if (!sync)
		return stemma_memory_trouble(error);
	*sync = (struct stemma_sync){.store = store,
		.synced = synced,
		.scratch = scratch,
		.error = error};
	sync->arena = stemma_arena_new(0);
	code = sync->arena ? find_hub(sync, remote, &url)
			   : stemma_memory_trouble(error);
	if (code == STEMMA_OK)
		code = stemma_lock_take_file(store, &lock, "sync", error);
	if (code == STEMMA_OK) {
		code = synchronize(sync);
		if (code == STEMMA_OK && remote) {
			char *usual = read_setting(store, "stemma.remote");

			if (!usual)
				write_setting(store, "stemma.remote", remote);
			free(usual);
		}
		stemma_lock_drop(&lock);
	}
	stemma_arena_free(sync->arena);
	free(sync);
	free(url);
	return code;
}
