/* SPDX-License-Identifier: MIT */
#include "verify.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sum.h"

enum { HEX = 40, SUM = 20 };

static const struct stemma_view nobody = {NULL, 0};

/* The names of all objects there are, on the heap. */
struct heap {
	git_oid *ids;
	size_t count, room;
};

static int
collect(const git_oid *id, void *payload)
{
	struct heap *heap = payload;

	if (heap->count == heap->room) {
		size_t room = heap->room ? heap->room * 2 : 1024;
		git_oid *ids = realloc(heap->ids, room * sizeof *ids);

		if (!ids)
			return -1;
		heap->ids = ids;
		heap->room = room;
	}
	heap->ids[heap->count++] = *id;
	return 0;
}

static bool
is_good(struct stemma_store *store, const struct stemma_id *id)
{
	struct stemma_loose loose;
	enum stemma_code code = stemma_loose_load(store, &loose, id);
	git_odb_object *object = NULL;
	git_oid oid;

	if (code == STEMMA_NOTFOUND) {
		memcpy(oid.id, id->bytes, sizeof oid.id);
		if (git_odb_read(&object, store->odb, &oid) == 0)
			code = STEMMA_OK;
		git_odb_object_free(object);
	}
	stemma_loose_free(&loose);
	return code == STEMMA_OK;
}

/* Hash those that no story has: anchors, what this is, what lies about. */
static enum stemma_code
check_objects(struct stemma_verifier *verifier)
{
	struct heap heap = {0};
	struct stemma_error error = {0};
	enum stemma_code code = STEMMA_OK;
	size_t at;

	/* A damaged index of a pack hides what else there is. */
	if (git_odb_foreach(verifier->store->odb, collect, &heap) != 0) {
		stemma_git_trouble(&error, -1, "listing the objects");
		code = stemma_fault_add(verifier, nobody, NULL,
			"not all objects can be listed: %s", error.message);
	}
	for (at = 0; at < heap.count && code == STEMMA_OK; at++) {
		struct stemma_id id;
		char hex[HEX + 1];
		bool known;

		memcpy(id.bytes, heap.ids[at].id, sizeof id.bytes);
		code = stemma_seen_add(verifier, &id, &known);
		if (known || code != STEMMA_OK)
			continue;
		if (is_good(verifier->store, &id))
			continue;
		stemma_id_hex(hex, &id);
		code = stemma_fault_add(
			verifier, nobody, NULL, "object %s is damaged", hex);
	}
	free(heap.ids);
	return code;
}

/* Whether a file ends with the SHA-1 of all before. */
static bool
has_sum(int fd)
{
	unsigned char sum[SUM];
	struct stat status;
	bool good;
	char *map;

	if (fstat(fd, &status) != 0 || status.st_size <= SUM)
		return false;
	map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return false;
	stemma_sha1(
		sum, (struct stemma_view){map, (size_t)status.st_size - SUM});
	good = !memcmp(sum, map + status.st_size - SUM, SUM);
	munmap(map, (size_t)status.st_size);
	return good;
}

static bool
ends_with(const char *name, const char *end)
{
	size_t size = strlen(name), part = strlen(end);

	return size > part && !strcmp(name + size - part, end);
}

static enum stemma_code
check_packs(struct stemma_verifier *verifier)
{
	char path[PATH_MAX];
	struct dirent *entry;
	enum stemma_code code = STEMMA_OK;
	DIR *folder;

	folder = stemma_path_below(path, verifier->store, "objects/pack", "")
			 ? opendir(path)
			 : NULL;
	if (!folder)
		return stemma_system_trouble(verifier->error, "read", path);
	while (code == STEMMA_OK && (entry = readdir(folder))) {
		int fd;

		if (strncmp(entry->d_name, "pack-", 5) != 0 ||
			(!ends_with(entry->d_name, ".pack") &&
				!ends_with(entry->d_name, ".idx")))
			continue;
		fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_CLOEXEC);
		/* A gc beside us may have replaced it. */
		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0 || !has_sum(fd))
			code = stemma_fault_add(verifier, nobody, NULL,
				"objects/pack/%s is damaged", entry->d_name);
		if (fd >= 0)
			close(fd);
	}
	closedir(folder);
	return code;
}

/* A file of a ref that says nothing: its story is not listed at all. */
static enum stemma_code
check_refs(struct stemma_verifier *verifier)
{
	char path[PATH_MAX], hex[HEX + 2];
	struct dirent *entry;
	struct stemma_id id;
	enum stemma_code code = STEMMA_OK;
	DIR *folder;

	folder = stemma_path_below(path, verifier->store, STEMMA_STORY_REFS, "")
			 ? opendir(path)
			 : NULL;
	while (folder && code == STEMMA_OK && (entry = readdir(folder))) {
		ssize_t size;
		int fd;

		if (strchr(entry->d_name, '.'))
			continue;
		fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 && errno == ENOENT)
			continue;
		size = fd >= 0 ? TEMP_FAILURE_RETRY(read(fd, hex, HEX + 1))
			       : -1;
		if (fd >= 0)
			close(fd);
		if (size < HEX || !stemma_id_read(&id, hex))
			code = stemma_fault_add(verifier, nobody, NULL,
				"the ref %s%s is damaged", STEMMA_STORY_REFS,
				entry->d_name);
	}
	if (folder)
		closedir(folder);
	return code;
}

/* What says that this is an archive. */
static enum stemma_code
check_main(struct stemma_verifier *verifier)
{
	struct stemma_store *store = verifier->store;
	struct stemma_arena *scratch = verifier->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_error error = {0};
	struct stemma_commit commit;
	struct stemma_view bytes;
	struct stemma_id id;
	enum stemma_code code =
		stemma_ref_read(store, &id, STEMMA_MAIN_REF, &error);

	if (code == STEMMA_NOTFOUND)
		return STEMMA_OK;
	if (code == STEMMA_OK)
		code = stemma_object_read(
			store, &bytes, &id, GIT_OBJECT_COMMIT, scratch, &error);
	if (code == STEMMA_OK && stemma_commit_parse(&commit, bytes)) {
		id = commit.tree;
		code = stemma_object_read(
			store, &bytes, &id, GIT_OBJECT_TREE, scratch, &error);
	}
	stemma_arena_rewind(scratch, mark);
	if (code == STEMMA_NOMEM)
		return stemma_memory_trouble(verifier->error);
	return code == STEMMA_OK
		       ? STEMMA_OK
		       : stemma_fault_add(verifier, nobody, NULL,
				 "the branch main, which tells of the "
				 "archive, cannot be read: %s",
				 error.message);
}

enum stemma_code
stemma_verify_whole(struct stemma_verifier *verifier)
{
	enum stemma_code code = check_refs(verifier);

	if (code == STEMMA_OK)
		code = check_main(verifier);
	if (code == STEMMA_OK)
		code = check_objects(verifier);
	return code == STEMMA_OK ? check_packs(verifier) : code;
}
