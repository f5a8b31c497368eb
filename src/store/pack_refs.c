/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"
#include "run.h"

#include <errno.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 40 };

/*
 * A git that was killed leaves packed-refs.new behind, and none makes another
 * while it is there. Whoever has the lock may take it away: only who has it
 * writes it.
 */
static enum stemma_code
clear_new(struct stemma_store *store, struct stemma_lock *own,
	struct stemma_error *error)
{
	struct stemma_hold hold;
	char path[PATH_MAX];
	struct stat status;
	enum stemma_code code;

	if (!stemma_path_below(path, store, STEMMA_PACKED_REFS, ".new") ||
		lstat(path, &status) != 0)
		return STEMMA_OK;
	code = stemma_hold_take(store, &hold, own, STEMMA_PACKED_REFS, error);
	if (code == STEMMA_OK && hold.fd >= 0)
		unlink(path);
	stemma_hold_drop(&hold);
	return code;
}

/* Whether the file says what the line at `at` does. */
static bool
says_the_same(
	const char *path, const struct stemma_packed_refs *packed, size_t at)
{
	char text[HEX + 2];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t size =
		fd >= 0 ? TEMP_FAILURE_RETRY(read(fd, text, sizeof text)) : -1;

	if (fd >= 0)
		close(fd);
	return size == HEX + 1 && text[HEX] == '\n' &&
	       !memcmp(text, packed->bytes + at, HEX);
}

/* With both locks of the ref: remove its file if packed-refs says the same. */
static enum stemma_code
remove_locked(struct stemma_store *store, struct stemma_lock *own,
	const struct stemma_packed_refs *packed, size_t at, const char *name,
	struct stemma_error *error)
{
	struct stemma_hold hold;
	char path[PATH_MAX];
	enum stemma_code code;

	if (!stemma_path_below(path, store, name, ""))
		return stemma_system_trouble(error, "remove", path);
	code = stemma_hold_take(store, &hold, own, name, error);
	if (code == STEMMA_OK && hold.fd >= 0 &&
		says_the_same(path, packed, at))
		unlink(path);
	stemma_hold_drop(&hold);
	return code;
}

/* One that is being changed at this moment stays for the next time. */
static enum stemma_code
remove_packed(struct stemma_store *store,
	const struct stemma_packed_refs *packed, const char *key,
	struct stemma_error *error)
{
	char name[STEMMA_REF_SIZE + sizeof ".lock"];
	struct stemma_lock own;
	enum stemma_code code;
	size_t at;

	if (snprintf(name, sizeof name, STEMMA_STORY_REFS "%s", key) >=
		(int)sizeof name)
		return STEMMA_OK;
	at = stemma_packed_refs_find(packed, stemma_view_of(name));
	if (at >= packed->size ||
		!stemma_view_equal(stemma_packed_refs_name(packed, at),
			stemma_view_of(name)))
		return STEMMA_OK;
	code = stemma_lock_take(store, &own, name, error);
	if (code != STEMMA_OK)
		return code;
	code = remove_locked(store, &own, packed, at, name, error);
	stemma_lock_drop(&own);
	return code;
}

/*
 * git would do this too, but with locks that nobody knows of when it is
 * killed: those of the stories, which then take no revision any more.
 */
static enum stemma_code
remove_all_packed(struct stemma_store *store, struct stemma_error *error)
{
	char path[PATH_MAX];
	struct stemma_packed_refs packed = {0};
	struct dirent *entry;
	DIR *folder = stemma_path_below(path, store, STEMMA_STORY_REFS, "")
			      ? opendir(path)
			      : NULL;
	enum stemma_code code = stemma_folder_flush(store, ".", error);

	if (folder && stemma_packed_refs_open(&packed, store->path) &&
		packed.sorted) {
		while (code == STEMMA_OK && (entry = readdir(folder))) {
			if (entry->d_name[0] != '.')
				code = remove_packed(
					store, &packed, entry->d_name, error);
		}
	}
	stemma_packed_refs_close(&packed);
	if (folder)
		closedir(folder);
	return code;
}

/* git would wait for bytes for ever where one of them is no file. */
static enum stemma_code
check_files(struct stemma_store *store, struct stemma_error *error)
{
	char path[PATH_MAX];
	enum stemma_code code = STEMMA_OK;
	struct dirent *entry;
	struct stat status;
	DIR *folder = stemma_path_below(path, store, STEMMA_STORY_REFS, "")
			      ? opendir(path)
			      : NULL;

	while (folder && code == STEMMA_OK && (entry = readdir(folder))) {
		if (entry->d_type == DT_REG || entry->d_type == DT_DIR ||
			fstatat(dirfd(folder), entry->d_name, &status, 0) !=
				0 ||
			S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))
			continue;
		code = stemma_error_set(error, STEMMA_IO, "%s%s is no file",
			STEMMA_STORY_REFS, entry->d_name);
	}
	if (folder)
		closedir(folder);
	return code;
}

/* Git's lock of packed-refs may stay behind when it is killed, as ours may, so
   it is noted down in the same way. */
static enum stemma_code
pack_locked(struct stemma_store *store, struct stemma_lock *lock,
	struct stemma_error *error)
{
	static const char *const arguments[] = {
		"pack-refs", "--all", "--no-prune", NULL};
	const struct stemma_git_call call = {
		.arguments = arguments, .lock = lock};
	enum stemma_code code = check_files(store, error);

	if (code == STEMMA_OK)
		code = clear_new(store, lock, error);
	if (code == STEMMA_OK)
		code = stemma_lock_intend(
			lock, STEMMA_PACKED_REFS, NULL, error);
	if (code != STEMMA_OK)
		return code;
	code = stemma_git_run(store, NULL, &call, error);
	if (code != STEMMA_OK)
		return code;
	stemma_lock_settle(lock);
	return remove_all_packed(store, error);
}

enum stemma_code
stemma_refs_pack(struct stemma_store *store, struct stemma_error *error)
{
	struct stemma_lock lock;
	enum stemma_code code =
		stemma_lock_take_file(store, &lock, STEMMA_PACKED_REFS, error);

	if (code != STEMMA_OK)
		return code;
	if (stemma_lock_free(store, STEMMA_PACKED_REFS))
		code = pack_locked(store, &lock, error);
	else
		code = stemma_error_set(error, STEMMA_CONFLICT,
			"%s/packed-refs.lock is in the way; if no git is "
			"running there, remove it",
			store->path);
	stemma_lock_drop(&lock);
	return code;
}
