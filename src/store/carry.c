/*
 * Commits that an anchor carries as bytes instead of leading to them.
 *
 * To find out that a commit is known, git walks from the newest one it knows
 * back in time until it has met it: in an archive of a hundred thousand stories
 * ten seconds for one old story that changed. So the anchors of a large archive
 * have no heads of stories among their parents, but a file "commits" and the
 * commits' trees, and what is new is all that git looks at:
 *
 *     heads       <40 digits> refs/heads/story/<key>
 *     commits     <size> LF <the commit, as git writes it>, one after the other
 *     r00000 …    their trees
 *
 * Who receives them makes the same commits of them, if all is there that they
 * lead to: git itself proves that.
 *
 * SPDX-License-Identifier: MIT
 */
#include "run.h"
#include "sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/sum.h"

/* More than these go as parents; fewer than these git writes one by one. */
enum { MOST = 4096, FEW = 100 };

/* ---- which ones --------------------------------------------------------- */

static bool
is_carried(const struct stemma_carried *carried, size_t from,
	const struct stemma_id *id)
{
	for (size_t at = from; at < carried->count; at++) {
		if (!memcmp(&carried->items[at].id, id, sizeof *id))
			return true;
	}
	return false;
}

static enum stemma_code
read_commit(struct stemma_sync *sync, struct stemma_carried_commit *commit,
	struct stemma_commit *parsed)
{
	enum stemma_code code = stemma_object_read(sync->store, &commit->bytes,
		&commit->id, GIT_OBJECT_COMMIT, sync->arena, sync->error);

	if (code == STEMMA_OK && !stemma_commit_parse(parsed, commit->bytes))
		code = stemma_error_set(sync->error, STEMMA_CORRUPT,
			"a commit is damaged: not a commit");
	commit->tree = parsed->tree;
	return code;
}

/* All that leads from the head to heads that the hub knows, or to where the
   story begins. Too many leave `carried` full. */
static enum stemma_code
gather_story(struct stemma_sync *sync, const struct stemma_head *head,
	struct stemma_carried *carried)
{
	size_t first = carried->count, at;
	enum stemma_code code = STEMMA_OK;

	if (carried->count == MOST)
		return STEMMA_OK;
	carried->items[carried->count++].id = head->id;
	for (at = first; at < carried->count && code == STEMMA_OK; at++) {
		struct stemma_commit parsed = {0};
		uint32_t parent;

		code = read_commit(sync, &carried->items[at], &parsed);
		for (parent = 0; parent < parsed.parent_count; parent++) {
			struct stemma_id id =
				stemma_commit_parent(&parsed, parent);

			if (stemma_sync_is_known(sync, head->key, &id) ||
				is_carried(carried, first, &id))
				continue;
			if (carried->count == MOST)
				return STEMMA_OK;
			carried->items[carried->count++].id = id;
		}
	}
	return code;
}

enum stemma_code
stemma_carry_gather(struct stemma_sync *sync, struct stemma_carried *carried,
	const struct stemma_heads *heads)
{
	struct stemma_mark mark = stemma_arena_mark(sync->arena);
	enum stemma_code code = STEMMA_OK;

	*carried = (struct stemma_carried){0};
	if (sync->known.count < sync->carry_from || heads->count > MOST)
		return STEMMA_OK;
	carried->items =
		stemma_arena_zalloc(sync->arena, MOST, sizeof *carried->items);
	if (!carried->items)
		return stemma_memory_trouble(sync->error);
	for (size_t at = 0; at < heads->count && code == STEMMA_OK; at++)
		code = gather_story(sync, &heads->items[at], carried);
	if (code != STEMMA_OK || carried->count == MOST) {
		carried->count = 0;
		stemma_arena_rewind(sync->arena, mark);
	}
	return code;
}

/* ---- in a tree ---------------------------------------------------------- */

enum stemma_code
stemma_carry_write(struct stemma_sync *sync,
	const struct stemma_carried *carried, struct stemma_tree_entry *entries)
{
	struct stemma_out out = {0};
	enum stemma_code code;

	for (size_t at = 0; at < carried->count; at++) {
		const struct stemma_carried_commit *commit =
			&carried->items[at];
		char name[24];

		stemma_out_format(&out, "%zu\n", commit->bytes.size);
		stemma_out_view(&out, commit->bytes);
		snprintf(name, sizeof name, "r%05zu", at);
		entries[at + 1] = (struct stemma_tree_entry){
			.id = commit->tree, .folder = true};
		entries[at + 1].name = stemma_view_of(name);
		entries[at + 1].name.bytes =
			stemma_arena_string(sync->arena, entries[at + 1].name);
		if (!entries[at + 1].name.bytes)
			out.code = STEMMA_NOMEM;
	}
	entries[0] = (struct stemma_tree_entry){
		.name = stemma_view_of(STEMMA_CARRIED)};
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(sync->error);
	else
		code = stemma_object_write(sync->store, &entries[0].id,
			GIT_OBJECT_BLOB,
			(struct stemma_view){out.bytes, out.size}, sync->error);
	stemma_out_free(&out);
	return code;
}

/* ---- received ----------------------------------------------------------- */

/* Takes "<size> LF <bytes>" off the front. */
static bool
take_commit(struct stemma_view *load, struct stemma_view *bytes)
{
	size_t size = 0, at = 0;

	for (; at < load->size && at < 9 && load->bytes[at] >= '0' &&
		load->bytes[at] <= '9';
		at++)
		size = size * 10 + (size_t)(load->bytes[at] - '0');
	if (!at || at >= load->size || load->bytes[at] != '\n' ||
		size > load->size - at - 1)
		return false;
	*bytes = (struct stemma_view){load->bytes + at + 1, size};
	load->bytes += at + 1 + size;
	load->size -= at + 1 + size;
	return true;
}

static enum stemma_code
name_commit(struct stemma_id *id, struct stemma_view bytes)
{
	struct stemma_out out = {0};
	enum stemma_code code;

	stemma_out_format(&out, "commit %zu", bytes.size);
	stemma_out_char(&out, '\0');
	stemma_out_view(&out, bytes);
	code = stemma_out_finish(&out);
	if (code == STEMMA_OK)
		stemma_sha1(
			id->bytes, (struct stemma_view){out.bytes, out.size});
	stemma_out_free(&out);
	return code;
}

static int
by_id(const void *a, const void *b)
{
	const struct stemma_carried_commit *one = a, *two = b;

	return memcmp(&one->id, &two->id, sizeof one->id);
}

static bool
is_there(const struct stemma_sync *sync, const struct stemma_id *id)
{
	git_oid oid;

	memcpy(oid.id, id->bytes, sizeof oid.id);
	return git_odb_exists_ext(
		sync->store->odb, &oid, GIT_ODB_LOOKUP_NO_REFRESH);
}

/* Each of them once; of many only those that are not there. (A few are written
   again, so that they are young: no prune takes them.) */
static void
keep_new(const struct stemma_sync *sync, struct stemma_carried *carried)
{
	bool many = carried->count >= FEW;
	size_t kept = 0;

	if (carried->count)
		qsort(carried->items, carried->count, sizeof *carried->items,
			by_id);
	for (size_t at = 0; at < carried->count; at++) {
		if ((kept && !by_id(&carried->items[kept - 1],
				     &carried->items[at])) ||
			(many && is_there(sync, &carried->items[at].id)))
			continue;
		carried->items[kept++] = carried->items[at];
	}
	carried->count = kept;
}

/* The commits of all loads. */
static enum stemma_code
unload(struct stemma_sync *sync, struct stemma_carried *carried,
	const struct stemma_view *loads, size_t count)
{
	size_t room = 0, at;
	struct stemma_view bytes;

	for (at = 0; at < count; at++) {
		struct stemma_view load = loads[at];

		while (take_commit(&load, &bytes))
			room++;
		sync->synced->refused += load.size > 0;
	}
	*carried = (struct stemma_carried){0};
	carried->items =
		stemma_arena_zalloc(sync->arena, room, sizeof *carried->items);
	if (!carried->items)
		return stemma_memory_trouble(sync->error);
	for (at = 0; at < count; at++) {
		struct stemma_view load = loads[at];

		while (take_commit(&load, &bytes)) {
			struct stemma_carried_commit *commit =
				&carried->items[carried->count++];

			commit->bytes = bytes;
			if (name_commit(&commit->id, bytes) != STEMMA_OK)
				return stemma_memory_trouble(sync->error);
		}
	}
	keep_new(sync, carried);
	return STEMMA_OK;
}

static void
put_number(struct stemma_out *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		stemma_out_char(out, (char)(number >> shift & 0xff));
}

/* One object of a pack: its kind and size, seven bits a byte, and its bytes. */
static void
put_commit(struct stemma_out *out, struct libdeflate_compressor *compressor,
	struct stemma_view bytes)
{
	enum { COMMIT = 1 };
	size_t left = bytes.size >> 4, bound, size = 0;
	unsigned byte = COMMIT << 4 | (bytes.size & 15);
	char *room;

	for (; left; left >>= 7) {
		stemma_out_char(out, (char)(byte | 0x80));
		byte = left & 0x7f;
	}
	stemma_out_char(out, (char)byte);
	bound = libdeflate_zlib_compress_bound(compressor, bytes.size);
	room = malloc(bound);
	if (room)
		size = libdeflate_zlib_compress(
			compressor, bytes.bytes, bytes.size, room, bound);
	if (size)
		stemma_out_bytes(out, room, size);
	else
		out->code = STEMMA_NOMEM;
	free(room);
}

static enum stemma_code
make_pack(struct stemma_out *out, const struct stemma_carried *carried)
{
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(1);
	unsigned char sum[20];

	if (!compressor)
		return STEMMA_NOMEM;
	stemma_out_string(out, "PACK");
	put_number(out, 2);
	put_number(out, (uint32_t)carried->count);
	for (size_t at = 0; at < carried->count; at++)
		put_commit(out, compressor, carried->items[at].bytes);
	libdeflate_free_compressor(compressor);
	stemma_sha1(sum, (struct stemma_view){out->bytes, out->size});
	stemma_out_bytes(out, (const char *)sum, sizeof sum);
	return stemma_out_finish(out);
}

/* git proves that they are sound and that all is there that they lead to. */
static enum stemma_code
store_commits(struct stemma_sync *sync, const struct stemma_carried *carried,
	struct stemma_error *error)
{
	static const char *const few[] = {
		"unpack-objects", "-q", "--strict", NULL};
	static const char *const many[] = {
		"index-pack", "--stdin", "--strict", NULL};
	struct stemma_out pack = {0};
	enum stemma_code code = make_pack(&pack, carried);

	if (code != STEMMA_OK)
		stemma_memory_trouble(error);
	else
		code = stemma_hub_run(sync, carried->count < FEW ? few : many,
			(struct stemma_view){pack.bytes, pack.size}, error);
	stemma_out_free(&pack);
	return code;
}

/* One load after the other: some may be sound. */
static enum stemma_code
store_singly(struct stemma_sync *sync)
{
	enum stemma_code code = STEMMA_OK;

	for (size_t at = sync->load_count; at-- > 0 && code == STEMMA_OK;) {
		struct stemma_carried carried;

		code = unload(sync, &carried, &sync->loads[at], 1);
		if (code == STEMMA_OK && carried.count &&
			store_commits(sync, &carried, NULL) != STEMMA_OK) {
			sync->synced->refused++;
			sync->unsound = true;
		}
		git_odb_refresh(sync->store->odb);
	}
	return code;
}

enum stemma_code
stemma_carry_receive(struct stemma_sync *sync)
{
	struct stemma_carried carried;
	enum stemma_code code;

	if (!sync->load_count)
		return STEMMA_OK;
	code = unload(sync, &carried, sync->loads, sync->load_count);
	if (code != STEMMA_OK || !carried.count)
		return code;
	if (store_commits(sync, &carried, NULL) != STEMMA_OK)
		code = store_singly(sync);
	if (code == STEMMA_OK && git_odb_refresh(sync->store->odb) != 0)
		code = stemma_git_trouble(sync->error, -1, "reading");
	return code;
}

enum stemma_code
stemma_carry_note(struct stemma_sync *sync, const struct stemma_id *blob)
{
	enum stemma_code code = STEMMA_OK;

	if (sync->load_count == sync->load_room) {
		size_t room = sync->load_room ? sync->load_room * 2 : 16;
		struct stemma_view *loads =
			stemma_arena_alloc(sync->arena, room, sizeof *loads);

		if (!loads)
			return stemma_memory_trouble(sync->error);
		if (sync->load_count)
			memcpy(loads, sync->loads,
				sync->load_count * sizeof *loads);
		sync->loads = loads;
		sync->load_room = room;
	}
	code = stemma_object_read(sync->store, &sync->loads[sync->load_count],
		blob, GIT_OBJECT_BLOB, sync->arena, sync->error);
	sync->load_count += code == STEMMA_OK;
	return code;
}
