/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/*
 * What a lock's file says, in one write of a fixed size so that it is never
 * half there: "1 <ref>" or "2 <ref> <inode> <birth>". Two locks of git's with
 * the same inode and time of birth are the same one.
 */
enum { RECORD = 512 };

struct intent {
	char ref[STEMMA_REF_SIZE];
	bool locked;
	unsigned long long inode;
	long long birth; /* in nanoseconds; 0: the file system knows none */
};

/* The part of our patience that a lock must lie still which may be a dead
   process's. */
enum { STILL = 5 };

int64_t
stemma_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Between half of it and one and a half, so that two who met part. */
void
stemma_pause(struct stemma_store *store, int64_t milliseconds)
{
	struct timespec time;
	int64_t nanoseconds;

	store->seed = store->seed * 6364136223846793005u + 1442695040888963407u;
	nanoseconds = milliseconds * 500000 +
		      milliseconds * (int64_t)(store->seed >> 44);
	time.tv_sec = (time_t)(nanoseconds / 1000000000);
	time.tv_nsec = (long)(nanoseconds % 1000000000);
	nanosleep(&time, NULL);
}

static bool
git_lock_path(
	char path[PATH_MAX], const struct stemma_store *store, const char *ref)
{
	return stemma_path_below(path, store, ref, ".lock");
}

static bool
identify(const char *path, struct intent *intent, long long *changed)
{
	struct statx status;

	if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW,
		    STATX_INO | STATX_BTIME | STATX_MTIME, &status) != 0)
		return false;
	intent->inode = status.stx_ino;
	intent->birth = status.stx_mask & STATX_BTIME
				? status.stx_btime.tv_sec * 1000000000LL +
					  status.stx_btime.tv_nsec
				: 0;
	*changed = status.stx_mtime.tv_sec * 1000000000LL +
		   status.stx_mtime.tv_nsec;
	return true;
}

static bool
read_intent(int fd, struct intent *intent)
{
	char record[RECORD + 1], stage;
	ssize_t size = TEMP_FAILURE_RETRY(pread(fd, record, RECORD, 0));
	int read;

	if (size <= 0)
		return false;
	record[size] = '\0';
	read = sscanf(record, "%c %198s %llu %lld", &stage, intent->ref,
		&intent->inode, &intent->birth);
	intent->locked = read == 4 && stage == '2';
	return read >= 2 && !strstr(intent->ref, "..") &&
	       (!strncmp(intent->ref, "refs/", 5) ||
		       !strcmp(intent->ref, STEMMA_PACKED_REFS) ||
		       !strcmp(intent->ref, STEMMA_PACKS));
}

/*
 * Clear away git's lock of a ref that the last holder of ours left when it was
 * killed. If it had noted which file it made, that one; if it died just before
 * it could, one that nobody touches for a while: any other process of ours
 * would wait for the lock that we hold now.
 */
static void
tidy(struct stemma_store *store, const struct intent *intent)
{
	struct intent found, again;
	long long changed, changed_again;
	char path[PATH_MAX];

	if (!git_lock_path(path, store, intent->ref) ||
		!identify(path, &found, &changed))
		return;
	if (intent->locked) {
		if (found.inode == intent->inode &&
			found.birth == intent->birth)
			unlink(path);
		return;
	}
	stemma_pause(store, store->patience / STILL);
	if (identify(path, &again, &changed_again) &&
		again.inode == found.inode && again.birth == found.birth &&
		changed_again == changed)
		unlink(path);
}

static enum stemma_code
wait_for(struct stemma_store *store, int fd, const char *path,
	struct stemma_error *error)
{
	int64_t start = stemma_clock(), pause = 1;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return stemma_system_trouble(error, "lock", path);
		if (stemma_clock() - start > store->patience)
			return stemma_error_set(error, STEMMA_CONFLICT,
				"another process keeps %s locked", path);
		stemma_pause(store, pause);
		if (pause < 8)
			pause *= 2;
	}
	return STEMMA_OK;
}

/* A copy that git made of an archive has no folder of locks yet. What is
   intended is written into the file, so a link elsewhere is none. */
static int
open_lock(const struct stemma_store *store, const char *path)
{
	static const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
	char folder[PATH_MAX];
	int fd = open(path, flags, 0666);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (stemma_path_below(folder, store, "stemma", ""))
		mkdir(folder, 0777);
	if (stemma_path_below(folder, store, "stemma/locks", ""))
		mkdir(folder, 0777);
	return open(path, flags, 0666);
}

enum stemma_code
stemma_lock_take_file(struct stemma_store *store, struct stemma_lock *lock,
	const char *name, struct stemma_error *error)
{
	struct intent intent = {0};
	char path[PATH_MAX];
	enum stemma_code code;

	lock->fd = -1;
	snprintf(lock->name, sizeof lock->name, "%s", name);
	if (!stemma_path_below(path, store, "stemma/locks/", name))
		return stemma_system_trouble(error, "lock", path);
	lock->fd = open_lock(store, path);
	if (lock->fd < 0)
		return stemma_system_trouble(error, "open", path);
	code = wait_for(store, lock->fd, path, error);
	if (code != STEMMA_OK) {
		stemma_lock_drop(lock);
		return code;
	}
	if (read_intent(lock->fd, &intent))
		tidy(store, &intent);
	return STEMMA_OK;
}

/* One of 256, so that stories seldom wait for each other. */
enum stemma_code
stemma_lock_take(struct stemma_store *store, struct stemma_lock *lock,
	const char *name, struct stemma_error *error)
{
	uint64_t hash = stemma_hash(stemma_view_of(name));
	char number[3];

	snprintf(number, sizeof number, "%02x", (unsigned)(hash & 0xff));
	return stemma_lock_take_file(store, lock, number, error);
}

/* In order, as everybody does who takes more than one of them. */
enum stemma_code
stemma_lock_take_all(struct stemma_store *store,
	struct stemma_lock locks[STEMMA_LOCKS], struct stemma_error *error)
{
	enum stemma_code code = STEMMA_OK;
	char number[3];
	unsigned at, taken;

	for (taken = 0; taken < STEMMA_LOCKS; taken++) {
		snprintf(number, sizeof number, "%02x", taken);
		code = stemma_lock_take_file(
			store, &locks[taken], number, error);
		if (code != STEMMA_OK)
			break;
	}
	for (at = 0; code != STEMMA_OK && at < taken; at++)
		stemma_lock_drop(&locks[at]);
	return code;
}

enum stemma_code
stemma_lock_intend(struct stemma_lock *lock, const char *name, const char *file,
	struct stemma_error *error)
{
	char record[RECORD];
	struct intent intent = {0};
	long long changed;
	int size;

	if (file && identify(file, &intent, &changed))
		size = snprintf(record, sizeof record, "2 %s %llu %lld\n", name,
			intent.inode, intent.birth);
	else
		size = snprintf(record, sizeof record, "1 %s\n", name);
	memset(record + size, ' ', sizeof record - (size_t)size);
	if (TEMP_FAILURE_RETRY(pwrite(lock->fd, record, sizeof record, 0)) ==
		sizeof record)
		return STEMMA_OK;
	return stemma_system_trouble(error, "write", "a lock of the archive");
}

void
stemma_lock_settle(struct stemma_lock *lock)
{
	/* If this fails, the next holder looks once more for what is gone. */
	if (ftruncate(lock->fd, 0) != 0)
		errno = 0;
}

void
stemma_lock_drop(struct stemma_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}

bool
stemma_lock_free(struct stemma_store *store, const char *name)
{
	struct timespec now, up;
	char path[PATH_MAX];
	struct stat status;

	if (!git_lock_path(path, store, name) || stat(path, &status) != 0)
		return true;
	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &up);
	/* A minute of doubt, as clocks are set after the start. */
	if (status.st_mtim.tv_sec >= now.tv_sec - up.tv_sec - 60)
		return false;
	return unlink(path) == 0;
}
