/* SPDX-License-Identifier: MIT */
#include "archive.h"
#include "packed_refs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEX = 40 };

/* Stories found so far: keys in the arena, in any order. */
struct listing {
	struct stemma_name *stories;
	size_t count, room;
	struct stemma_arena *arena;
	struct stemma_view held; /* by the names, in small letters; or empty */
};

static unsigned char
small(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static int
digit_of(char digit)
{
	return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

/* Whether the name that a key stands for is one that is looked for. What was
   cut off a long one is not there to be found. */
static bool
is_wanted(const struct listing *listing, struct stemma_view key)
{
	char name[STEMMA_KEY_SIZE];
	size_t size = 0;

	if (!listing->held.size)
		return true;
	for (size_t at = 0; at < key.size && size < sizeof name; at++) {
		char byte = key.bytes[at];

		if (byte == '=' && at + 2 < key.size) {
			byte = (char)(digit_of(key.bytes[at + 1]) * 16 +
				      digit_of(key.bytes[at + 2]));
			at += 2;
		}
		name[size++] = (char)small((unsigned char)byte);
	}
	return memmem(name, size, listing->held.bytes, listing->held.size);
}

static enum stemma_code
append(struct listing *listing, const struct stemma_name *story)
{
	if (listing->count == listing->room) {
		size_t room = listing->room ? listing->room * 2 : 64;
		struct stemma_name *stories = stemma_arena_alloc(
			listing->arena, room, sizeof *stories);

		if (!stories)
			return STEMMA_NOMEM;
		if (listing->count)
			memcpy(stories, listing->stories,
				listing->count * sizeof *stories);
		listing->stories = stories;
		listing->room = room;
	}
	listing->stories[listing->count++] = *story;
	return STEMMA_OK;
}

static enum stemma_code
append_key(struct listing *listing, struct stemma_view key,
	const struct stemma_id *head)
{
	struct stemma_name story = {.key = key, .head = *head};

	story.key.bytes = stemma_arena_string(listing->arena, key);
	return story.key.bytes ? append(listing, &story) : STEMMA_NOMEM;
}

static bool
starts_with(struct stemma_view key, struct stemma_view prefix)
{
	return key.size >= prefix.size &&
	       (!prefix.size || !memcmp(key.bytes, prefix.bytes, prefix.size));
}

/* Refs that git has not packed: one small file each. */
static enum stemma_code
read_loose(struct listing *listing, const char *path, struct stemma_view prefix)
{
	char name[PATH_MAX], hex[HEX];
	enum stemma_code code = STEMMA_OK;
	struct dirent *entry;
	DIR *folder;

	folder = stemma_path_join(name, path, STEMMA_STORY_REFS) ? opendir(name)
								 : NULL;
	if (!folder)
		return STEMMA_OK;
	while (code == STEMMA_OK && (entry = readdir(folder))) {
		struct stemma_view key = stemma_view_of(entry->d_name);
		struct stemma_id id;
		int fd;

		/* A key has no dot, but a lock's name and ".." have. */
		if (memchr(key.bytes, '.', key.size) ||
			!starts_with(key, prefix) || !is_wanted(listing, key))
			continue;
		fd = openat(dirfd(folder), entry->d_name,
			O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (TEMP_FAILURE_RETRY(read(fd, hex, HEX)) == HEX &&
			stemma_id_read(&id, hex))
			code = append_key(listing, key, &id);
		close(fd);
	}
	closedir(folder);
	return code;
}

static enum stemma_code
read_packed(struct listing *listing, const struct stemma_packed_refs *packed,
	struct stemma_view prefix, size_t limit)
{
	static const size_t folder = sizeof STEMMA_STORY_REFS - 1;
	char text[STEMMA_REF_SIZE];
	struct stemma_view wanted = {text, 0};
	enum stemma_code code = STEMMA_OK;
	size_t at, found = 0;

	wanted.size = (size_t)snprintf(text, sizeof text, "%s%.*s",
		STEMMA_STORY_REFS, (int)prefix.size, prefix.bytes);
	for (at = stemma_packed_refs_find(packed, wanted);
		at < packed->size && code == STEMMA_OK && found < limit;
		at = stemma_packed_refs_next(packed, at)) {
		struct stemma_view ref = stemma_packed_refs_name(packed, at);
		struct stemma_id id;

		if (!ref.size)
			continue;
		if (!starts_with(ref, wanted)) {
			if (packed->sorted)
				break;
			continue;
		}
		ref.bytes += folder;
		ref.size -= folder;
		if (!is_wanted(listing, ref) ||
			!stemma_id_read(&id, packed->bytes + at))
			continue;
		code = append_key(listing, ref, &id);
		found++;
	}
	return code;
}

static int
by_key(const void *a, const void *b)
{
	const struct stemma_name *one = a, *two = b;

	return stemma_view_order(one->key, two->key);
}

/*
 * Both lists by key; of a ref that is in both, the file counts. Files are
 * read first: a ref that git packs meanwhile is then found at least once.
 */
static enum stemma_code
merge(struct listing *merged, const struct listing *loose,
	const struct listing *packed, size_t limit)
{
	enum stemma_code code = STEMMA_OK;
	size_t one = 0, two = 0;

	while (code == STEMMA_OK && limit-- > 0 &&
		(one < loose->count || two < packed->count)) {
		int order = -1;

		if (one == loose->count)
			order = 1;
		else if (two < packed->count)
			order = by_key(
				&loose->stories[one], &packed->stories[two]);
		code = append(merged, order > 0 ? &packed->stories[two]
						: &loose->stories[one]);
		one += order <= 0;
		two += order >= 0;
	}
	return code;
}

static void
sort(struct listing *listing)
{
	if (listing->count)
		qsort(listing->stories, listing->count,
			sizeof *listing->stories, by_key);
}

/* Adds what is found to `merged`. */
static enum stemma_code
gather(struct listing *merged, const char *path, struct stemma_view prefix,
	size_t limit)
{
	struct listing loose = {.arena = merged->arena, .held = merged->held};
	struct listing packed = loose;
	struct stemma_packed_refs file;
	enum stemma_code code = read_loose(&loose, path, prefix);

	if (code == STEMMA_OK && stemma_packed_refs_open(&file, path)) {
		code = read_packed(
			&packed, &file, prefix, file.sorted ? limit : SIZE_MAX);
		if (!file.sorted)
			sort(&packed);
		stemma_packed_refs_close(&file);
	}
	sort(&loose);
	return code == STEMMA_OK ? merge(merged, &loose, &packed, limit) : code;
}

/* The prefix as it begins a key. */
static enum stemma_code
prefix_key(char key[STEMMA_KEY_SIZE], struct stemma_view prefix,
	struct stemma_error *error)
{
	char longer[STEMMA_STORY_SIZE];
	enum stemma_code code;

	key[0] = '\0';
	if (!prefix.size)
		return STEMMA_OK;
	if (prefix.size >= sizeof longer)
		return stemma_key_make(key, prefix, error);
	memcpy(longer, prefix.bytes, prefix.size);
	longer[prefix.size] = '_';
	code = stemma_key_make(
		key, (struct stemma_view){longer, prefix.size + 1}, error);
	if (code != STEMMA_OK)
		return code;
	/* Of a key that was cut the beginning has to do. */
	if (strlen(key) == STEMMA_KEY_SIZE - 1)
		key[STEMMA_KEY_SIZE - 18] = '\0';
	else
		key[strlen(key) - 1] = '\0';
	return STEMMA_OK;
}

/* Keys of names that Windows keeps for itself have their first letter
   escaped: they begin differently. */
static bool
device_key(char key[STEMMA_KEY_SIZE], struct stemma_view prefix)
{
	if (!prefix.size || prefix.size > 4 ||
		!memchr("acnpl", prefix.bytes[0], 5))
		return false;
	snprintf(key, STEMMA_KEY_SIZE, "=%02x%.*s", prefix.bytes[0],
		(int)prefix.size - 1, prefix.bytes + 1);
	return true;
}

/* Names of what was found, and the answer. */
static enum stemma_code
finish(struct listing *merged, enum stemma_code code,
	struct stemma_name **stories, size_t *count, struct stemma_error *error)
{
	for (size_t at = 0; at < merged->count && code == STEMMA_OK; at++) {
		struct stemma_name *story = &merged->stories[at];

		code = stemma_key_read(&story->name, story->key, merged->arena);
		if (code == STEMMA_NOTFOUND)
			code = STEMMA_OK;
	}
	if (code != STEMMA_OK)
		return stemma_memory_trouble(error);
	*stories = merged->stories;
	*count = merged->count;
	return STEMMA_OK;
}

enum stemma_code
stemma_names_list(struct stemma_name **stories, size_t *count, const char *path,
	struct stemma_view prefix, size_t limit, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct listing merged = {.arena = arena};
	char key[STEMMA_KEY_SIZE];
	enum stemma_code code = prefix_key(key, prefix, error);

	*stories = NULL;
	*count = 0;
	if (code != STEMMA_OK)
		return code;
	limit = limit ? limit : SIZE_MAX;
	code = gather(&merged, path, stemma_view_of(key), limit);
	if (code == STEMMA_OK && merged.count < limit &&
		device_key(key, prefix))
		code = gather(&merged, path, stemma_view_of(key),
			limit - merged.count);
	return finish(&merged, code, stories, count, error);
}

enum stemma_code
stemma_names_search(struct stemma_name **stories, size_t *count,
	const char *path, struct stemma_view held, size_t limit,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct listing merged = {.arena = arena};
	struct stemma_view all = {"", 0};
	char *letters = stemma_arena_alloc(arena, held.size + 1, 1);
	enum stemma_code code = letters ? STEMMA_OK : STEMMA_NOMEM;

	*stories = NULL;
	*count = 0;
	for (size_t at = 0; letters && at < held.size; at++)
		letters[at] = (char)small((unsigned char)held.bytes[at]);
	merged.held = (struct stemma_view){letters, held.size};
	if (code == STEMMA_OK)
		code = gather(&merged, path, all, limit ? limit : SIZE_MAX);
	return finish(&merged, code, stories, count, error);
}
