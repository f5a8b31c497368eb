/* SPDX-License-Identifier: MIT */
#include "bulk.h"

#include <stdlib.h>
#include <string.h>

/* Texts to hold at once; one more may be as large as it likes. */
static const size_t HELD = (size_t)128 << 20;

static uint32_t
slot_of(const struct stemma_bulk *bulk, const char *key)
{
	uint32_t mask = bulk->room * 2 - 1;
	uint32_t slot = (uint32_t)stemma_hash(stemma_view_of(key)) & mask;

	while (bulk->slots[slot] &&
		strcmp(bulk->stories[bulk->slots[slot] - 1]->key, key) != 0)
		slot = (slot + 1) & mask;
	return slot;
}

static bool
grow(struct stemma_bulk *bulk)
{
	uint32_t room = bulk->room ? bulk->room * 2 : 256, at;
	struct stemma_bulk_story **stories;
	uint32_t *slots;

	if (bulk->count < bulk->room)
		return true;
	if (room > UINT32_MAX / 4)
		return false;
	stories = stemma_arena_alloc(bulk->arena, room, sizeof(void *));
	slots = stemma_arena_zalloc(
		bulk->arena, (size_t)room * 2, sizeof *slots);
	if (!stories || !slots)
		return false;
	if (bulk->count)
		memcpy(stories, bulk->stories, bulk->count * sizeof(void *));
	bulk->stories = stories;
	bulk->slots = slots;
	bulk->room = room;
	for (at = 0; at < bulk->count; at++)
		slots[slot_of(bulk, stories[at]->key)] = at + 1;
	return true;
}

enum stemma_code
stemma_bulk_insert(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	uint32_t place, const struct stemma_bulk_revision *revision)
{
	if (story->count == story->room) {
		uint32_t room = story->room ? story->room * 2 : 4;
		struct stemma_bulk_revision *revisions =
			room > story->room ? stemma_arena_alloc(bulk->arena,
						     room, sizeof *revisions)
					   : NULL;

		if (!revisions)
			return STEMMA_NOMEM;
		if (story->count)
			memcpy(revisions, story->revisions,
				story->count * sizeof *revisions);
		story->revisions = revisions;
		story->room = room;
	}
	memmove(story->revisions + place + 1, story->revisions + place,
		(story->count - place) * sizeof *revision);
	story->revisions[place] = *revision;
	story->count++;
	return STEMMA_OK;
}

/* What the archive has of the story. */
static enum stemma_code
load(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_chain chain;
	enum stemma_code code;

	if (bulk->empty)
		return STEMMA_OK;
	code = stemma_ref_read(bulk->store, &story->old, story->ref, error);
	if (code == STEMMA_NOTFOUND)
		return STEMMA_OK;
	story->has_old = story->has_head = true;
	story->head = story->old;
	if (code == STEMMA_OK)
		code = stemma_chain_load(bulk->store, &chain, &story->head,
			scratch, scratch, error);
	for (uint32_t at = 0; code == STEMMA_OK && at < chain.count; at++) {
		const struct stemma_link *link = &chain.links[at];
		struct stemma_bulk_revision revision = {
			.date = link->commit.authored,
			.commit = link->id,
			.tree = link->commit.tree};

		if (link->commit.committed > story->committed)
			story->committed = link->commit.committed;
		if (stemma_bulk_insert(bulk, story, at, &revision))
			code = stemma_memory_trouble(error);
	}
	stemma_arena_rewind(scratch, mark);
	return code;
}

enum stemma_code
stemma_bulk_reload(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	stemma_bulk_forget(bulk, story);
	story->has_old = story->has_head = story->pending = false;
	story->count = 0;
	story->committed = 0;
	bulk->empty = false;
	return load(bulk, story, scratch, error);
}

enum stemma_code
stemma_bulk_find(struct stemma_bulk *bulk, struct stemma_bulk_story **story,
	const char *key, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_bulk_story *made;
	size_t folder = sizeof STEMMA_STORY_REFS - 1, size = strlen(key) + 1;
	enum stemma_code code;
	uint32_t slot;
	char *ref;

	if (!grow(bulk))
		return stemma_memory_trouble(error);
	slot = slot_of(bulk, key);
	if (bulk->slots[slot]) {
		*story = bulk->stories[bulk->slots[slot] - 1];
		return STEMMA_OK;
	}
	made = stemma_arena_zalloc(bulk->arena, 1, sizeof *made);
	ref = stemma_arena_alloc(bulk->arena, folder + size, 1);
	if (!made || !ref)
		return stemma_memory_trouble(error);
	memcpy(ref, STEMMA_STORY_REFS, folder);
	memcpy(ref + folder, key, size);
	made->ref = ref;
	made->key = ref + folder;
	code = load(bulk, made, scratch, error);
	if (code != STEMMA_OK)
		return code;
	bulk->stories[bulk->count++] = made;
	bulk->slots[slot] = bulk->count;
	*story = made;
	return STEMMA_OK;
}

static void
unlink_story(struct stemma_bulk_story *story)
{
	if (!story->newer)
		return;
	story->newer->older = story->older;
	story->older->newer = story->newer;
	story->newer = story->older = NULL;
}

void
stemma_bulk_forget(struct stemma_bulk *bulk, struct stemma_bulk_story *story)
{
	unlink_story(story);
	for (int kind = 0; kind < 3; kind++) {
		bulk->held -= story->texts[kind].room;
		free(story->texts[kind].bytes);
		story->texts[kind] = (struct stemma_bulk_text){0};
	}
}

/* Without memory the next one is stored whole. */
void
stemma_bulk_keep(struct stemma_bulk *bulk, struct stemma_bulk_story *story,
	int kind, uint32_t number, struct stemma_view bytes)
{
	struct stemma_bulk_text *text = &story->texts[kind];

	if (bytes.size > text->room) {
		char *room = realloc(text->bytes, bytes.size);

		if (!room) {
			text->size = 0;
			return;
		}
		bulk->held += bytes.size - text->room;
		text->bytes = room;
		text->room = bytes.size;
	}
	if (bytes.size)
		memcpy(text->bytes, bytes.bytes, bytes.size);
	text->size = bytes.size;
	text->number = number;
	unlink_story(story);
	story->older = bulk->newest.older;
	story->newer = &bulk->newest;
	story->older->newer = story;
	bulk->newest.older = story;
	while (bulk->held > HELD && bulk->newest.newer != story)
		stemma_bulk_forget(bulk, bulk->newest.newer);
}
