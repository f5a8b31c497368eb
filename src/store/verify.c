/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum stemma_code
stemma_fault_add(struct stemma_verifier *verifier, struct stemma_view story,
	const struct stemma_revision *revision, const char *format, ...)
{
	struct stemma_verified *verified = verifier->verified;
	struct stemma_fault fault = {0};
	struct stemma_view views[2] = {story, {NULL, 0}};
	char text[512];
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	views[1].bytes = text;
	views[1].size = size < 0                     ? 0
			: (size_t)size < sizeof text ? (size_t)size
						     : sizeof text - 1;
	if (verified->fault_count == verifier->room) {
		size_t room = verifier->room ? verifier->room * 2 : 16;
		struct stemma_fault *faults = stemma_arena_alloc(
			verifier->arena, room, sizeof *faults);

		if (!faults)
			return stemma_memory_trouble(verifier->error);
		if (verified->fault_count)
			memcpy(faults, verifier->faults,
				verified->fault_count * sizeof *faults);
		verifier->faults = faults;
		verifier->room = room;
		verified->faults = faults;
	}
	fault.story.bytes = stemma_arena_string(verifier->arena, views[0]);
	fault.what.bytes = stemma_arena_string(verifier->arena, views[1]);
	if (!fault.story.bytes || !fault.what.bytes)
		return stemma_memory_trouble(verifier->error);
	fault.story.size = views[0].size;
	fault.what.size = views[1].size;
	if (revision) {
		fault.number = revision->number;
		fault.commit = revision->commit;
		fault.has_commit = true;
	}
	verifier->faults[verified->fault_count++] = fault;
	return STEMMA_OK;
}

static size_t
slot_of(const struct stemma_verifier *verifier, const struct stemma_id *id)
{
	size_t slot;

	memcpy(&slot, id->bytes, sizeof slot);
	for (slot &= verifier->seen_room - 1; verifier->used[slot];
		slot = (slot + 1) & (verifier->seen_room - 1)) {
		if (!memcmp(&verifier->seen[slot], id, sizeof *id))
			break;
	}
	return slot;
}

static bool
grow(struct stemma_verifier *verifier)
{
	size_t old_room = verifier->seen_room, at;
	struct stemma_id *old = verifier->seen;
	bool *old_used = verifier->used;

	if (verifier->seen_count * 2 < old_room)
		return true;
	verifier->seen_room = old_room ? old_room * 2 : 1024;
	verifier->seen = calloc(verifier->seen_room, sizeof *old);
	verifier->used = calloc(verifier->seen_room, sizeof *old_used);
	if (!verifier->seen || !verifier->used) {
		free(verifier->seen);
		free(verifier->used);
		verifier->seen = old;
		verifier->used = old_used;
		verifier->seen_room = old_room;
		return false;
	}
	for (at = 0; at < old_room; at++) {
		size_t slot;

		if (!old_used[at])
			continue;
		slot = slot_of(verifier, &old[at]);
		verifier->seen[slot] = old[at];
		verifier->used[slot] = true;
	}
	free(old);
	free(old_used);
	return true;
}

enum stemma_code
stemma_seen_add(struct stemma_verifier *verifier, const struct stemma_id *id,
	bool *known)
{
	size_t slot;

	if (!grow(verifier))
		return stemma_memory_trouble(verifier->error);
	slot = slot_of(verifier, id);
	*known = verifier->used[slot];
	if (*known)
		return STEMMA_OK;
	verifier->seen[slot] = *id;
	verifier->used[slot] = true;
	verifier->seen_count++;
	verifier->verified->objects++;
	return STEMMA_OK;
}

static enum stemma_code
verify_one(struct stemma_verifier *verifier, struct stemma_view story)
{
	char key[STEMMA_KEY_SIZE], ref[STEMMA_REF_SIZE];
	struct stemma_id head;
	enum stemma_code code = stemma_key_make(key, story, verifier->error);

	if (code != STEMMA_OK)
		return code;
	snprintf(ref, sizeof ref, "%s%s", STEMMA_STORY_REFS, key);
	code = stemma_ref_read(verifier->store, &head, ref, verifier->error);
	if (code == STEMMA_NOTFOUND)
		return stemma_error_set(verifier->error, STEMMA_NOTFOUND,
			"there is no story '%.*s'", (int)story.size,
			story.bytes);
	if (code != STEMMA_OK)
		return code;
	return stemma_verify_story(verifier, stemma_view_of(key), &head);
}

static enum stemma_code
verify_all(struct stemma_verifier *verifier)
{
	struct stemma_arena *names = stemma_arena_new(0);
	struct stemma_name *stories;
	size_t count, at;
	enum stemma_code code;

	if (!names)
		return stemma_memory_trouble(verifier->error);
	code = stemma_names_list(&stories, &count, verifier->store->path,
		(struct stemma_view){NULL, 0}, 0, names, verifier->error);
	for (at = 0; at < count && code == STEMMA_OK; at++)
		code = stemma_verify_story(
			verifier, stories[at].key, &stories[at].head);
	stemma_arena_free(names);
	return code == STEMMA_OK ? stemma_verify_whole(verifier) : code;
}

enum stemma_code
stemma_store_verify(struct stemma_store *store,
	struct stemma_verified *verified, struct stemma_view story,
	struct stemma_arena *arena, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_verifier verifier = {.store = store,
		.verified = verified,
		.arena = arena,
		.scratch = scratch,
		.error = error};
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code;

	*verified = (struct stemma_verified){0};
	stemma_store_rehash(true);
	code = story.size ? verify_one(&verifier, story)
			  : verify_all(&verifier);
	stemma_arena_rewind(scratch, mark);
	free(verifier.seen);
	free(verifier.used);
	return code;
}
