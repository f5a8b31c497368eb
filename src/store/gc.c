/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"
#include "run.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Where it is time to tidy up: past these, reading and writing get slower. */
enum { LOOSE_REFS = 2000, LOOSE_OBJECTS = 6000, PACKS = 20 };

/* The files of a folder of the archive, with their bytes. */
static void
count_files(const struct stemma_store *store, const char *name,
	const char *suffix, uint64_t *count, uint64_t *bytes)
{
	char path[PATH_MAX];
	struct dirent *entry;
	struct stat status;
	DIR *folder =
		stemma_path_below(path, store, name, "") ? opendir(path) : NULL;

	while (folder && (entry = readdir(folder))) {
		size_t size = strlen(entry->d_name), end = strlen(suffix);

		if (entry->d_name[0] == '.' || size < end ||
			strcmp(entry->d_name + size - end, suffix) != 0)
			continue;
		++*count;
		if (bytes && fstatat(dirfd(folder), entry->d_name, &status,
				     AT_SYMLINK_NOFOLLOW) == 0)
			*bytes += (uint64_t)status.st_size;
	}
	if (folder)
		closedir(folder);
}

static void
look(const struct stemma_store *store, struct stemma_size *size)
{
	char name[sizeof "objects/ff"];

	*size = (struct stemma_size){0};
	count_files(store, "refs/heads/story", "", &size->loose_refs, NULL);
	for (unsigned at = 0; at < 256; at++) {
		snprintf(name, sizeof name, "objects/%02x", at);
		count_files(
			store, name, "", &size->loose_objects, &size->bytes);
	}
	count_files(store, "objects/pack", ".pack", &size->packs, &size->bytes);
}

/* As git does it: one folder of the 256 stands for all. */
static bool
is_needed(const struct stemma_store *store)
{
	uint64_t refs = 0, objects = 0, packs = 0;

	count_files(store, "refs/heads/story", "", &refs, NULL);
	count_files(store, "objects/17", "", &objects, NULL);
	count_files(store, "objects/pack", ".pack", &packs, NULL);
	return refs > LOOSE_REFS || objects > LOOSE_OBJECTS / 256 ||
	       packs > PACKS;
}

/*
 * What nothing refers to is kept for two weeks: it may be a revision that is
 * being added at this moment. Git's lock of the packs may stay behind when it
 * is killed.
 */
static enum stemma_code
pack_objects(struct stemma_store *store, struct stemma_lock *lock, bool needed,
	struct stemma_error *error)
{
	static const char *const all[] = {"repack", "-d", "-l", "-A", "-q",
		"--unpack-unreachable=2.weeks.ago", NULL};
	static const char *const some[] = {"repack", "-d", "-l", "-q",
		"--geometric=2", "--write-midx", NULL};
	static const char *const prune[] = {
		"prune", "--expire=2.weeks.ago", NULL};
	struct stemma_git_call call = {
		.arguments = needed ? some : all, .lock = lock};
	enum stemma_code code =
		stemma_lock_intend(lock, STEMMA_PACKS, NULL, error);

	if (code == STEMMA_OK)
		code = stemma_git_run(store, NULL, &call, error);
	if (code != STEMMA_OK)
		return code;
	stemma_lock_settle(lock);
	if (needed)
		return STEMMA_OK;
	call.arguments = prune;
	return stemma_git_run(store, NULL, &call, error);
}

enum stemma_code
stemma_store_gc(struct stemma_store *store, struct stemma_gc *report,
	bool if_needed, struct stemma_error *error)
{
	struct stemma_lock lock;
	enum stemma_code code;

	*report = (struct stemma_gc){0};
	if (if_needed && !is_needed(store))
		return STEMMA_OK;
	code = stemma_lock_take_file(store, &lock, "gc", error);
	if (code != STEMMA_OK)
		return code;
	look(store, &report->before);
	code = stemma_refs_pack(store, error);
	if (code == STEMMA_OK)
		code = pack_objects(store, &lock, if_needed, error);
	look(store, &report->after);
	report->done = code == STEMMA_OK;
	stemma_lock_drop(&lock);
	git_odb_refresh(store->odb);
	return code;
}
