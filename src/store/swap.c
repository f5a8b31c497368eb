/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Whether there is something instead of the ref's file from which libgit2 would
   wait for bytes, or read them, for ever. */
static bool
is_endless(const struct stemma_store *store, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	return stemma_path_below(path, store, name, "") &&
	       stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
	       !S_ISDIR(status.st_mode);
}

enum stemma_code
stemma_ref_read(struct stemma_store *store, struct stemma_id *id,
	const char *name, struct stemma_error *error)
{
	git_oid oid;
	int result;

	if (is_endless(store, name))
		return stemma_error_set(
			error, STEMMA_IO, "%s is no file", name);
	result = git_reference_name_to_id(&oid, store->repository, name);
	if (result == GIT_ENOTFOUND)
		return STEMMA_NOTFOUND;
	if (result != 0)
		return stemma_git_trouble(error, result, name);
	memcpy(id->bytes, oid.id, sizeof id->bytes);
	return STEMMA_OK;
}

enum attempt { DONE, MOVED, BUSY, FAILED };

/* Whether the ref leads where it should; `moved` tells if not. */
static enum stemma_code
compare(struct stemma_store *store, const char *name,
	const struct stemma_id *expected, bool *moved,
	struct stemma_error *error)
{
	struct stemma_id now;
	enum stemma_code code = stemma_ref_read(store, &now, name, error);

	if (code == STEMMA_NOTFOUND) {
		*moved = expected != NULL;
		return STEMMA_OK;
	}
	if (code != STEMMA_OK)
		return code;
	*moved = !expected || memcmp(&now, expected, sizeof now) != 0;
	return STEMMA_OK;
}

static enum attempt
commit(struct stemma_store *store, struct stemma_hold *hold,
	const struct stemma_id *next, struct stemma_error *error)
{
	char line[42];

	stemma_id_hex(line, next);
	line[40] = '\n';
	return stemma_hold_write(store, hold, (struct stemma_view){line, 41},
		       error) == STEMMA_OK
		       ? DONE
		       : FAILED;
}

/*
 * libgit2's functions that make or move a ref in one call read all packed refs
 * again, and some of them before they lock; its transactions give up a lock
 * whose making a network answered wrongly. So the ref's file is written here,
 * and what it is now is asked between its lock and its commit.
 */
static enum attempt
try_swap(struct stemma_store *store, struct stemma_lock *lock, const char *name,
	const struct stemma_id *expected, const struct stemma_id *next,
	struct stemma_error *error)
{
	struct stemma_hold hold;
	enum attempt outcome = FAILED;
	bool moved = false;

	if (stemma_hold_take(store, &hold, lock, name, error) != STEMMA_OK)
		return FAILED;
	if (hold.fd < 0)
		return BUSY;
	if (compare(store, name, expected, &moved, error) == STEMMA_OK)
		outcome = moved ? MOVED : commit(store, &hold, next, error);
	stemma_hold_drop(&hold);
	return outcome;
}

/* git removes the folder of refs when it has packed them all. */
static enum stemma_code
make_folder(struct stemma_store *store, const char *name,
	struct stemma_error *error)
{
	char path[PATH_MAX];

	if (!stemma_path_below(path, store, name, ""))
		return stemma_system_trouble(error, "make", path);
	*strrchr(path, '/') = '\0';
	if (mkdir(path, 0777) == 0)
		return stemma_folder_flush(store, "refs/heads", error);
	if (errno != EEXIST)
		return stemma_system_trouble(error, "make", path);
	/* Who made it may not have come to flushing it yet. */
	return store->flush == STEMMA_FLUSH_STRICT
		       ? stemma_folder_flush(store, "refs/heads", error)
		       : STEMMA_OK;
}

static enum stemma_code
give_up(const struct stemma_store *store, const char *name,
	struct stemma_error *error)
{
	return stemma_error_set(error, STEMMA_CONFLICT,
		"%s/%s.lock is in the way; if no git is running there, "
		"remove it",
		store->path, name);
}

static enum stemma_code
swap_locked(struct stemma_store *store, struct stemma_lock *lock,
	const char *name, const struct stemma_id *expected,
	const struct stemma_id *next, bool *moved, struct stemma_error *error)
{
	int64_t start = stemma_clock(), pause = 1;
	enum stemma_code code;

	for (;;) {
		code = make_folder(store, name, error);
		if (code != STEMMA_OK)
			return code;
		switch (try_swap(store, lock, name, expected, next, error)) {
		case DONE:
			return STEMMA_OK;
		case MOVED:
			*moved = true;
			return STEMMA_OK;
		case FAILED:
			return stemma_error_set(
				error, STEMMA_IO, "cannot change %s", name);
		case BUSY:
			break;
		}
		if (stemma_clock() - start > store->patience)
			return give_up(store, name, error);
		stemma_pause(store, pause);
		if (pause < 64)
			pause *= 2;
	}
}

enum stemma_code
stemma_ref_swap(struct stemma_store *store, const char *name,
	const struct stemma_id *expected, const struct stemma_id *next,
	bool *moved, struct stemma_error *error)
{
	struct stemma_lock lock;
	enum stemma_code code;

	*moved = false;
	code = stemma_lock_take(store, &lock, name, error);
	if (code != STEMMA_OK)
		return code;
	code = swap_locked(store, &lock, name, expected, next, moved, error);
	stemma_lock_drop(&lock);
	return code;
}
