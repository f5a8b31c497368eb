/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdlib.h>
#include <string.h>

/*
 * A set of commits while it grows, found by name through a table of open
 * addressing: `slots` has 2^n places with a link's index + 1, or 0.
 */
struct walk {
	struct stemma_link *links;
	uint32_t count, room;
	uint32_t *slots;
	uint32_t mask;
	struct stemma_link **order; /* children before their parents */
	struct stemma_arena *scratch;
};

/* SHA-1 is a hash already. */
static uint32_t
slot_of(const struct walk *walk, const struct stemma_id *id)
{
	uint32_t start;

	memcpy(&start, id->bytes, sizeof start);
	for (start &= walk->mask; walk->slots[start];
		start = (start + 1) & walk->mask) {
		struct stemma_link *link = &walk->links[walk->slots[start] - 1];

		if (!memcmp(&link->id, id, sizeof *id))
			break;
	}
	return start;
}

/* Both arrays double; what they leave behind is as much again, in scratch. */
static enum stemma_code
grow(struct walk *walk)
{
	uint32_t room = walk->room ? walk->room * 2 : 64, at;
	struct stemma_link *links =
		stemma_arena_alloc(walk->scratch, room, sizeof *links);
	uint32_t *slots = stemma_arena_zalloc(
		walk->scratch, (size_t)room * 2, sizeof *slots);

	if (!links || !slots || room > UINT32_MAX / 4)
		return STEMMA_NOMEM;
	if (walk->count)
		memcpy(links, walk->links, walk->count * sizeof *links);
	walk->links = links;
	walk->room = room;
	walk->slots = slots;
	walk->mask = room * 2 - 1;
	for (at = 0; at < walk->count; at++)
		slots[slot_of(walk, &links[at].id)] = at + 1;
	return STEMMA_OK;
}

/* Add a commit unless it is there. */
static enum stemma_code
visit(struct walk *walk, const struct stemma_id *id)
{
	uint32_t slot;

	if (walk->count == walk->room && grow(walk) != STEMMA_OK)
		return STEMMA_NOMEM;
	slot = slot_of(walk, id);
	if (walk->slots[slot])
		return STEMMA_OK;
	walk->links[walk->count++] = (struct stemma_link){.id = *id};
	walk->slots[slot] = walk->count;
	return STEMMA_OK;
}

static enum stemma_code
read_commit(struct stemma_store *store, struct stemma_link *link,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_view bytes;
	char hex[41];
	enum stemma_code code = stemma_object_read(
		store, &bytes, &link->id, GIT_OBJECT_COMMIT, arena, error);

	if (code != STEMMA_OK)
		return code;
	if (stemma_commit_parse(&link->commit, bytes))
		return STEMMA_OK;
	stemma_id_hex(hex, &link->id);
	return stemma_error_set(error, STEMMA_CORRUPT,
		"object %s is damaged: not a commit", hex);
}

static enum stemma_code
collect(struct stemma_store *store, struct walk *walk,
	const struct stemma_id *heads, size_t count, struct stemma_arena *arena,
	struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	uint32_t at, parent;

	for (; count > 0 && code == STEMMA_OK; count--)
		code = visit(walk, heads++);

	for (at = 0; at < walk->count && code == STEMMA_OK; at++) {
		struct stemma_commit commit;

		code = read_commit(store, &walk->links[at], arena, error);
		if (code != STEMMA_OK)
			return code;
		commit = walk->links[at].commit;
		for (parent = 0; parent < commit.parent_count; parent++) {
			struct stemma_id id =
				stemma_commit_parent(&commit, parent);

			if (code == STEMMA_OK)
				code = visit(walk, &id);
		}
	}
	return code == STEMMA_NOMEM ? stemma_memory_trouble(error) : code;
}

static struct stemma_link *
parent_of(const struct walk *walk, const struct stemma_link *link, uint32_t at)
{
	struct stemma_id id = stemma_commit_parent(&link->commit, at);

	return &walk->links[walk->slots[slot_of(walk, &id)] - 1];
}

/*
 * Depths, by taking commits away whose children are all gone (A. B. Kahn,
 * 1962); then back along that order, in which parents come before children.
 * Names are hashes of what they name, so there can be no circle.
 */
static enum stemma_code
measure(struct walk *walk)
{
	struct stemma_link **order =
		stemma_arena_alloc(walk->scratch, walk->count, sizeof *order);
	uint32_t at, parent, count = 0;

	if (!order)
		return STEMMA_NOMEM;
	for (at = 0; at < walk->count; at++) {
		struct stemma_link *link = &walk->links[at];

		for (parent = 0; parent < link->commit.parent_count; parent++)
			parent_of(walk, link, parent)->children++;
	}
	for (at = 0; at < walk->count; at++) {
		if (walk->links[at].children == 0)
			order[count++] = &walk->links[at];
	}
	walk->order = order;
	for (at = 0; at < count; at++) {
		for (parent = 0; parent < order[at]->commit.parent_count;
			parent++) {
			struct stemma_link *above =
				parent_of(walk, order[at], parent);

			if (--above->children == 0)
				order[count++] = above;
		}
	}
	while (count-- > 0) {
		struct stemma_link *link = order[count];

		for (parent = 0; parent < link->commit.parent_count; parent++) {
			uint32_t depth =
				parent_of(walk, link, parent)->depth + 1;

			if (depth > link->depth)
				link->depth = depth;
		}
	}
	return STEMMA_OK;
}

static int
by_time(const void *a, const void *b)
{
	const struct stemma_link *one = a, *two = b;

	if (one->commit.authored != two->commit.authored)
		return one->commit.authored < two->commit.authored ? -1 : 1;
	if (one->depth != two->depth)
		return one->depth < two->depth ? -1 : 1;
	return memcmp(&one->id, &two->id, sizeof one->id);
}

/* Copy all but merges, which bring no text of their own. */
static enum stemma_code
finish(struct stemma_chain *chain, const struct walk *walk,
	struct stemma_arena *arena)
{
	uint32_t at;

	chain->count = 0;
	chain->links =
		stemma_arena_alloc(arena, walk->count, sizeof *chain->links);
	if (!chain->links)
		return STEMMA_NOMEM;
	for (at = walk->count; at-- > 0;) {
		if (walk->links[at].commit.parent_count < 2)
			chain->links[chain->count++] = walk->links[at];
	}
	qsort(chain->links, chain->count, sizeof *chain->links, by_time);
	return STEMMA_OK;
}

enum stemma_code
stemma_chain_load(struct stemma_store *store, struct stemma_chain *chain,
	const struct stemma_id *head, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct walk walk = {.scratch = scratch};
	enum stemma_code code = collect(store, &walk, head, 1, arena, error);

	if (code == STEMMA_OK) {
		code = measure(&walk);
		if (code == STEMMA_OK)
			code = finish(chain, &walk, arena);
		if (code != STEMMA_OK)
			stemma_memory_trouble(error);
	}
	if (arena != scratch)
		stemma_arena_rewind(scratch, mark);
	return code;
}

/* A join that we made, which has no text of its own. */
static bool
is_join(const struct stemma_link *link)
{
	return link->commit.parent_count > 1 &&
	       stemma_view_equal(
		       link->commit.author, stemma_view_of(STEMMA_JOIN_AUTHOR));
}

/*
 * Revisions that are no ancestor of another. Joins on top of them are looked
 * through, so that it does not matter in which order histories met.
 */
static uint32_t
find_tops(struct walk *walk, struct stemma_link **tops)
{
	uint32_t at, parent, count = 0;

	for (at = 0; at < walk->count; at++) {
		struct stemma_link *link = walk->order[at];
		bool join = is_join(link);

		if (!join && !link->covered)
			tops[count++] = link;
		for (parent = 0; parent < link->commit.parent_count; parent++)
			if (!join || link->covered)
				parent_of(walk, link, parent)->covered = true;
	}
	return count;
}

static int
by_id(const void *a, const void *b)
{
	struct stemma_link *const *one = a, *const *two = b;

	return memcmp(&(*one)->id, &(*two)->id, sizeof(*one)->id);
}

enum stemma_code
stemma_chain_tops(struct stemma_store *store, struct stemma_tops *tops,
	const struct stemma_id *heads, size_t count,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct walk walk = {.scratch = scratch};
	struct stemma_chain chain;
	enum stemma_code code =
		collect(store, &walk, heads, count, scratch, error);

	if (code != STEMMA_OK)
		return code;
	code = measure(&walk);
	if (code == STEMMA_OK)
		code = finish(&chain, &walk, scratch);
	tops->links =
		stemma_arena_alloc(scratch, walk.count, sizeof *tops->links);
	if (code != STEMMA_OK || !tops->links)
		return stemma_memory_trouble(error);
	tops->count = find_tops(&walk, tops->links);
	qsort(tops->links, tops->count, sizeof *tops->links, by_id);
	tops->has_newest = chain.count > 0;
	if (tops->has_newest)
		tops->newest = chain.links[chain.count - 1];
	return STEMMA_OK;
}
