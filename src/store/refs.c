/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Fewer refs than this are changed one by one. */
enum { MANY = 64, HEX = 40 };

static int
by_name(const void *a, const void *b)
{
	const struct stemma_ref_change *one = a, *two = b;

	return strcmp(one->name, two->name);
}

/* Whether the ref has a file of its own, which counts more than packed-refs. */
static bool
is_loose(const struct stemma_store *store, const char *name)
{
	struct stat status;
	char path[PATH_MAX];

	return !stemma_path_below(path, store, name, "") ||
	       stat(path, &status) == 0;
}

/* Whether the line at `at`, if it is the ref's, says what is expected. */
static bool
fits(const struct stemma_packed_refs *packed, size_t at,
	const struct stemma_ref_change *change)
{
	struct stemma_id id;

	if (at >= packed->size ||
		stemma_view_order(stemma_packed_refs_name(packed, at),
			stemma_view_of(change->name)) != 0)
		return !change->has_old;
	return change->has_old && stemma_id_read(&id, packed->bytes + at) &&
	       !memcmp(&id, &change->old, sizeof id);
}

static void
put_line(struct stemma_out *out, const struct stemma_ref_change *change)
{
	char hex[HEX + 1];

	stemma_id_hex(hex, &change->next);
	stemma_out_bytes(out, hex, HEX);
	stemma_out_char(out, ' ');
	stemma_out_string(out, change->name);
	stemma_out_char(out, '\n');
}

/*
 * The file as it will be: lines up to a changed ref are copied in one piece.
 * Marks what it holds as done.
 */
static void
merge(struct stemma_out *out, const struct stemma_store *store,
	const struct stemma_packed_refs *packed,
	struct stemma_ref_change *changes, size_t count)
{
	size_t copied = 0, at, line;

	if (!packed->size)
		stemma_out_string(
			out, "# pack-refs with: peeled fully-peeled sorted \n");
	for (at = 0; at < count; at++) {
		struct stemma_ref_change *change = &changes[at];

		if (change->done || is_loose(store, change->name))
			continue;
		line = packed->size ? stemma_packed_refs_find(packed,
					      stemma_view_of(change->name))
				    : 0;
		change->moved = !fits(packed, line, change);
		if (change->moved)
			continue;
		if (line > copied)
			stemma_out_bytes(
				out, packed->bytes + copied, line - copied);
		copied = line;
		if (change->has_old)
			copied = stemma_packed_refs_next(packed, line);
		put_line(out, change);
		change->done = true;
	}
	if (packed->size)
		stemma_out_bytes(
			out, packed->bytes + copied, packed->size - copied);
}

/* Git's lock of the file; not held if others keep it for too long. */
static enum stemma_code
take_hold(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_lock *own, struct stemma_error *error)
{
	int64_t start = stemma_clock(), pause = 1;

	for (;;) {
		enum stemma_code code = stemma_hold_take(
			store, hold, own, STEMMA_PACKED_REFS, error);

		if (code != STEMMA_OK || hold->fd >= 0 ||
			stemma_clock() - start > store->patience)
			return code;
		stemma_pause(store, pause);
		if (pause < 64)
			pause *= 2;
	}
}

/* With packed-refs held, and all refs locked by our own locks. */
static enum stemma_code
rewrite(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_ref_change *changes, size_t count,
	struct stemma_error *error)
{
	struct stemma_packed_refs packed = {0};
	struct stemma_out out = {0};
	enum stemma_code code = STEMMA_OK;
	size_t at;

	if (stemma_packed_refs_open(&packed, store->path) && !packed.sorted) {
		stemma_packed_refs_close(&packed);
		return STEMMA_OK;
	}
	merge(&out, store, &packed, changes, count);
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(error);
	else
		code = stemma_hold_write(store, hold,
			(struct stemma_view){out.bytes, out.size}, error);
	for (at = 0; at < count && code != STEMMA_OK; at++)
		changes[at].done = false;
	stemma_out_free(&out);
	stemma_packed_refs_close(&packed);
	return code;
}

static enum stemma_code
swap_locked(struct stemma_store *store, struct stemma_lock *own,
	struct stemma_ref_change *changes, size_t count,
	struct stemma_error *error)
{
	struct stemma_hold hold;
	enum stemma_code code = take_hold(store, &hold, own, error);

	if (code == STEMMA_OK && hold.fd >= 0)
		code = rewrite(store, &hold, changes, count, error);
	stemma_hold_drop(&hold);
	return code;
}

/* Those that can go to packed-refs. Where others keep us from it for too long,
   nothing is done: one by one they still can be. */
static enum stemma_code
swap_packed(struct stemma_store *store, struct stemma_ref_change *changes,
	size_t count, struct stemma_error *error)
{
	struct stemma_lock own, locks[STEMMA_LOCKS];
	enum stemma_code code;

	if (stemma_lock_take_file(store, &own, STEMMA_PACKED_REFS, NULL) !=
		STEMMA_OK)
		return STEMMA_OK;
	code = stemma_lock_take_all(store, locks, NULL);
	if (code == STEMMA_OK) {
		code = swap_locked(store, &own, changes, count, error);
		for (size_t at = 0; at < STEMMA_LOCKS; at++)
			stemma_lock_drop(&locks[at]);
	} else {
		code = STEMMA_OK;
	}
	stemma_lock_drop(&own);
	return code;
}

enum stemma_code
stemma_refs_swap(struct stemma_store *store, struct stemma_ref_change *changes,
	size_t count, struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	size_t at;

	for (at = 0; at < count; at++)
		changes[at].done = changes[at].moved = false;
	if (count >= MANY) {
		qsort(changes, count, sizeof *changes, by_name);
		code = swap_packed(store, changes, count, error);
	}
	for (at = 0; at < count && code == STEMMA_OK; at++) {
		struct stemma_ref_change *change = &changes[at];

		if (change->done || change->moved)
			continue;
		code = stemma_ref_swap(store, change->name,
			change->has_old ? &change->old : NULL, &change->next,
			&change->moved, error);
		change->done = code == STEMMA_OK && !change->moved;
	}
	return code;
}
