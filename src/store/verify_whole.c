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

/* A revision that was never finished, or whose story's ref is lost. */
static bool
is_revision(struct stemma_verifier *verifier, struct stemma_view bytes)
{
	struct stemma_mark mark = stemma_arena_mark(verifier->scratch);
	struct stemma_revision revision = {0};
	struct stemma_commit commit;
	bool is_ours = stemma_commit_parse(&commit, bytes) &&
		       stemma_commit_describe(&revision, &commit,
			       verifier->scratch) == STEMMA_OK &&
		       revision.sha256.size;

	stemma_arena_rewind(verifier->scratch, mark);
	return is_ours;
}

/* An object that was read, and has the bytes that it should. */
static enum stemma_code
check_bytes(struct stemma_verifier *verifier, const char *hex,
	git_object_t type, struct stemma_view bytes)
{
	struct stemma_view bad = {"", 0};

	if (type == GIT_OBJECT_COMMIT)
		verifier->verified->lost += is_revision(verifier, bytes);
	if (type != GIT_OBJECT_TREE || stemma_tree_is_sound(bytes, &bad))
		return STEMMA_OK;
	return stemma_fault_add(verifier, nobody, NULL,
		"tree %s has an entry that git refuses: %.*s", hex,
		(int)(bad.size < 200 ? bad.size : 200), bad.bytes);
}

static enum stemma_code
check_object(struct stemma_verifier *verifier, const struct stemma_id *id)
{
	struct stemma_store *store = verifier->store;
	struct stemma_loose loose;
	git_odb_object *object = NULL;
	enum stemma_code code = stemma_loose_load(store, &loose, id);
	char hex[HEX + 1];
	git_oid oid;

	stemma_id_hex(hex, id);
	memcpy(oid.id, id->bytes, sizeof oid.id);
	if (code == STEMMA_OK)
		code = check_bytes(verifier, hex, loose.type, loose.bytes);
	else if (code == STEMMA_NOTFOUND &&
		 git_odb_read(&object, store->odb, &oid) == 0)
		code = check_bytes(verifier, hex, git_odb_object_type(object),
			(struct stemma_view){git_odb_object_data(object),
				git_odb_object_size(object)});
	else
		code = stemma_fault_add(
			verifier, nobody, NULL, "object %s is damaged", hex);
	git_odb_object_free(object);
	stemma_loose_free(&loose);
	return code;
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
		bool known;

		memcpy(id.bytes, heap.ids[at].id, sizeof id.bytes);
		code = stemma_seen_add(verifier, &id, &known);
		if (!known && code == STEMMA_OK)
			code = check_object(verifier, &id);
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

/* What git reads of packs, and what tells where in them something stands. */
static bool
is_sealed(const char *name)
{
	static const char *const ends[] = {".pack", ".idx", ".rev", ".bitmap"};

	if (!strcmp(name, "multi-pack-index"))
		return true;
	if (strncmp(name, "pack-", 5) != 0 &&
		strncmp(name, "multi-pack-index-", 17) != 0)
		return false;
	for (size_t at = 0; at < sizeof ends / sizeof *ends; at++) {
		if (ends_with(name, ends[at]))
			return true;
	}
	return false;
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

		if (!is_sealed(entry->d_name))
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
	enum stemma_code code = stemma_verify_refs(verifier);

	if (code == STEMMA_OK)
		code = check_main(verifier);
	if (code == STEMMA_OK)
		code = check_objects(verifier);
	return code == STEMMA_OK ? check_packs(verifier) : code;
}
