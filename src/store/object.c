/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdeflate.h>

/* Past this size libgit2 writes the object: it compresses piece by piece. */
static const size_t LARGE = (size_t)16 << 20;

enum {
	HEADER = 32, /* "commit <size>" and its NUL */
	LEVEL = 1    /* libdeflate's quickest: git packs all of it anew */
};

/* An object on its way to the disk. */
struct loose {
	char name[sizeof "objects/ab"];
	char folder[PATH_MAX];    /* objects/ab */
	char path[PATH_MAX];      /* objects/ab/cdef… */
	char temporary[PATH_MAX]; /* objects/ab/tmp_obj_…, as git names them */
};

static bool
name_files(struct loose *loose, struct stemma_store *store,
	const struct stemma_id *id)
{
	char hex[41];

	stemma_id_hex(hex, id);
	snprintf(loose->name, sizeof loose->name, "objects/%.2s", hex);
	loose->temporary[0] = '\0';
	return stemma_path_below(loose->folder, store, loose->name, "") &&
	       stemma_path_join(loose->path, loose->folder, hex + 2);
}

/*
 * Whether the object is there. One that is gets a new date, for it may be one
 * that nothing refers to, about to be pruned for its age.
 */
static bool
freshen(struct stemma_store *store, const struct loose *loose,
	const git_oid *oid, git_object_t type, struct stemma_view bytes)
{
	git_oid written;

	if (utimensat(AT_FDCWD, loose->path, NULL, 0) == 0)
		return true;
	if (!git_odb_exists_ext(store->odb, oid, GIT_ODB_LOOKUP_NO_REFRESH))
		return false;
	return git_odb_write(&written, store->odb, bytes.bytes, bytes.size,
		       type) == 0;
}

/* "blob 5123\0" and the bytes, compressed; to be freed. */
static enum stemma_code
deflate_object(char **packed, size_t *packed_size, git_object_t type,
	struct stemma_view bytes)
{
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(LEVEL);
	size_t bound, head;
	char *whole;

	*packed = NULL;
	*packed_size = 0;
	if (!compressor)
		return STEMMA_NOMEM;
	bound = libdeflate_zlib_compress_bound(compressor, bytes.size + HEADER);
	whole = malloc(bytes.size + HEADER);
	*packed = malloc(bound);
	if (whole && *packed) {
		head = 1 + (size_t)snprintf(whole, HEADER, "%s %zu",
				   git_object_type2string(type), bytes.size);
		if (bytes.size)
			memcpy(whole + head, bytes.bytes, bytes.size);
		*packed_size = libdeflate_zlib_compress(
			compressor, whole, head + bytes.size, *packed, bound);
	}
	free(whole);
	libdeflate_free_compressor(compressor);
	return *packed_size ? STEMMA_OK : STEMMA_NOMEM;
}

/* Make the folder and see to it that it is found after a crash. */
static enum stemma_code
make_folder(struct stemma_store *store, const struct loose *loose,
	struct stemma_error *error)
{
	if (mkdir(loose->folder, 0777) != 0 && errno != EEXIST)
		return stemma_system_trouble(error, "make", loose->folder);
	return stemma_folder_flush(store, "objects", error);
}

static int
open_temporary(struct stemma_store *store, struct loose *loose,
	struct stemma_error *error)
{
	/* git's gc may remove an empty folder while we look. */
	for (int attempt = 0; attempt < 5; attempt++) {
		int fd = stemma_temporary_open(
			loose->temporary, store, loose->folder, "obj");

		if (fd >= 0)
			return fd;
		if (errno != ENOENT || make_folder(store, loose, error))
			break;
	}
	stemma_system_trouble(error, "make", loose->temporary);
	return -1;
}

static enum stemma_code
write_file(struct stemma_store *store, struct loose *loose, const char *packed,
	size_t size, struct stemma_error *error)
{
	int fd = open_temporary(store, loose, error);
	enum stemma_code code = STEMMA_OK;

	if (fd < 0)
		return STEMMA_IO;
	if (stemma_file_write(fd, packed, size) != 0 ||
		stemma_file_flush(store, fd) != 0)
		code = stemma_system_trouble(error, "write", loose->temporary);
	if (close(fd) != 0 && code == STEMMA_OK)
		code = stemma_system_trouble(error, "write", loose->temporary);
	if (code == STEMMA_OK && rename(loose->temporary, loose->path) != 0)
		code = stemma_system_trouble(error, "make", loose->path);
	if (code != STEMMA_OK)
		unlink(loose->temporary);
	return code;
}

static enum stemma_code
write_loose(struct stemma_store *store, struct loose *loose, git_object_t type,
	struct stemma_view bytes, struct stemma_error *error)
{
	char *packed = NULL;
	size_t size;
	enum stemma_code code = deflate_object(&packed, &size, type, bytes);

	if (code == STEMMA_OK)
		code = write_file(store, loose, packed, size, error);
	else
		stemma_memory_trouble(error);
	free(packed);
	if (code == STEMMA_OK && store->flush == STEMMA_FLUSH_STRICT)
		code = stemma_folder_flush(store, loose->name, error);
	return code;
}

enum stemma_code
stemma_object_write(struct stemma_store *store, struct stemma_id *id,
	git_object_t type, struct stemma_view bytes, struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	struct loose loose;
	git_oid oid;

	if (!bytes.bytes)
		bytes.bytes = "";
	if (git_odb_hash(&oid, bytes.bytes, bytes.size, type) != 0)
		return stemma_git_trouble(error, -1, "hashing");
	memcpy(id->bytes, oid.id, sizeof id->bytes);
	if (!name_files(&loose, store, id))
		return stemma_system_trouble(error, "write", store->path);
	if (!freshen(store, &loose, &oid, type, bytes)) {
		if (bytes.size <= LARGE)
			code = write_loose(store, &loose, type, bytes, error);
		else if (git_odb_write(&oid, store->odb, bytes.bytes,
				 bytes.size, type) != 0)
			code = stemma_git_trouble(error, -1, "writing");
	}
	return code;
}

static enum stemma_code
hand_over(struct stemma_view *bytes, struct stemma_view found,
	struct stemma_arena *arena, struct stemma_error *error)
{
	char *copy = stemma_arena_alloc(arena, found.size + 1, 1);

	if (!copy)
		return stemma_memory_trouble(error);
	if (found.size)
		memcpy(copy, found.bytes, found.size);
	copy[found.size] = '\0';
	*bytes = (struct stemma_view){copy, found.size};
	return STEMMA_OK;
}

static enum stemma_code
read_packed(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *id, git_object_t type,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_view found;
	git_odb_object *object;
	enum stemma_code code;
	git_oid oid;
	char hex[41];
	int result;

	memcpy(oid.id, id->bytes, sizeof id->bytes);
	stemma_id_hex(hex, id);
	result = git_odb_read(&object, store->odb, &oid);
	if (result != 0)
		return stemma_error_set(error, STEMMA_CORRUPT,
			"object %s is %s", hex,
			result == GIT_ENOTFOUND ? "missing" : "damaged");
	found.bytes = git_odb_object_data(object);
	found.size = git_odb_object_size(object);
	code = git_odb_object_type(object) == type
		       ? hand_over(bytes, found, arena, error)
		       : stemma_error_set(error, STEMMA_CORRUPT,
				 "object %s is no %s", hex,
				 git_object_type2string(type));
	git_odb_object_free(object);
	return code;
}

/* Whether it is in a pack that was there when the archive was opened: then no
   file of its own has to be looked for. */
static bool
is_packed(const struct stemma_store *store, const struct stemma_id *id)
{
	git_oid oid;

	memcpy(oid.id, id->bytes, sizeof id->bytes);
	return store->packs && store->packs->exists(store->packs, &oid);
}

static enum stemma_code
read_somewhere(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *id, git_object_t type,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_loose loose;
	enum stemma_code code;
	char hex[41];

	/* What is damaged in a pack may have a file, too. */
	if (is_packed(store, id) &&
		read_packed(store, bytes, id, type, arena, NULL) == STEMMA_OK)
		return STEMMA_OK;
	code = stemma_loose_load(store, &loose, id);
	if (code == STEMMA_NOTFOUND)
		return read_packed(store, bytes, id, type, arena, error);
	stemma_id_hex(hex, id);
	if (code == STEMMA_NOMEM)
		return stemma_memory_trouble(error);
	if (code != STEMMA_OK)
		return stemma_error_set(
			error, STEMMA_CORRUPT, "object %s is damaged", hex);
	code = loose.type == type ? hand_over(bytes, loose.bytes, arena, error)
				  : stemma_error_set(error, STEMMA_CORRUPT,
					    "object %s is no %s", hex,
					    git_object_type2string(type));
	stemma_loose_free(&loose);
	return code;
}

enum stemma_code
stemma_object_read(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *id, git_object_t type,
	struct stemma_arena *arena, struct stemma_error *error)
{
	enum { ATTEMPTS = 4 };
	enum stemma_code code;

	/* On its way from one place to the other it may be missed in both. */
	for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
		code = read_somewhere(store, bytes, id, type, arena, NULL);
		if (code != STEMMA_CORRUPT)
			break;
		stemma_objects_look_again(store);
	}
	return code == STEMMA_OK
		       ? code
		       : read_somewhere(store, bytes, id, type, arena, error);
}
