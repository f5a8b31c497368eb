/* SPDX-License-Identifier: MIT */
#include "archive.h"
#include "packed_refs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { HEX = 40 };

/* The ref's own file; false if it has none that names a commit. */
static bool
read_file(struct stemma_id *head, const char *path, const char *ref)
{
	char name[PATH_MAX], hex[HEX];
	bool good;
	int fd = stemma_path_join(name, path, ref)
			 ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
			 : -1;

	if (fd < 0)
		return false;
	good = read(fd, hex, HEX) == HEX && stemma_id_read(head, hex);
	close(fd);
	return good;
}

static bool
read_packed(struct stemma_id *head, const char *path, struct stemma_view ref)
{
	struct stemma_packed_refs packed;
	bool found = false;
	size_t at;

	if (!stemma_packed_refs_open(&packed, path))
		return false;
	for (at = stemma_packed_refs_find(&packed, ref);
		at < packed.size && !found;
		at = stemma_packed_refs_next(&packed, at)) {
		int order = stemma_view_order(
			stemma_packed_refs_name(&packed, at), ref);

		found = order == 0 && stemma_id_read(head, packed.bytes + at);
		if (packed.sorted && order != 0)
			break;
	}
	stemma_packed_refs_close(&packed);
	return found;
}

enum stemma_code
stemma_names_get(struct stemma_name *story, const char *path,
	struct stemma_view name, struct stemma_arena *arena,
	struct stemma_error *error)
{
	char key[STEMMA_KEY_SIZE], ref[STEMMA_REF_SIZE];
	enum stemma_code code = stemma_key_make(key, name, error);

	*story = (struct stemma_name){0};
	if (code != STEMMA_OK)
		return code;
	snprintf(ref, sizeof ref, "%s%s", STEMMA_STORY_REFS, key);
	/* In this order: git packs a ref before it takes its file away. */
	if (!read_file(&story->head, path, ref) &&
		!read_packed(&story->head, path, stemma_view_of(ref)))
		return stemma_error_set(error, STEMMA_NOTFOUND,
			"there is no story '%.*s'", (int)name.size, name.bytes);
	story->key = stemma_view_of(key);
	story->key.bytes = stemma_arena_string(arena, story->key);
	if (!story->key.bytes)
		return stemma_memory_trouble(error);
	code = stemma_key_read(&story->name, story->key, arena);
	return code == STEMMA_NOMEM ? stemma_memory_trouble(error) : STEMMA_OK;
}
