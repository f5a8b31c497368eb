/*
 * git's locks of refs and of packed-refs, NAME.lock, which exist while somebody
 * changes NAME and become it in the end.
 *
 * To make a file only if it is not there is no safe thing on every file system:
 * over a network the answer may be lost, and the question that is asked again
 * meets the file that it made itself. So the lock is made under a name of our
 * own, of which nobody else makes one while we hold our lock, and then gets its
 * second name: whatever link() says, a file with two names is ours. Which file
 * it will be is noted down before, for who comes after us if we are killed.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum made { HELD, BUSY, UNLINKABLE, FAILED };

static bool
has_names(const char *path, unsigned long count)
{
	struct stat status;

	return lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	       status.st_nlink == count;
}

/* An empty file of our own. What a dead process left may be a ref by now under
   its other name, so it is never opened. */
static int
make_own(const char *path)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0 || has_names(path, 1))
		return fd;
	close(fd);
	errno = EEXIST;
	return -1;
}

/* Whether a file system may say so that knows no second names. */
static bool
is_unlinkable(int error)
{
	return error == EPERM || error == EOPNOTSUPP || error == ENOSYS ||
	       error == EXDEV || error == EMLINK;
}

/* errno tells why it is not HELD. */
static enum made
link_own(const char *own, const char *path)
{
	int error;

	errno = 0;
	if (link(own, path) == 0)
		errno = 0;
	error = errno;
	if (has_names(own, 2))
		return HELD;
	errno = error ? error : EIO;
	if (errno == EEXIST || errno == ENOENT)
		return BUSY;
	return is_unlinkable(errno) ? UNLINKABLE : FAILED;
}

/* The lock as everybody else makes it. */
static enum stemma_code
make_plain(struct stemma_hold *hold, struct stemma_error *error)
{
	enum stemma_code code =
		stemma_lock_intend(hold->lock, hold->name, NULL, error);

	if (code != STEMMA_OK)
		return code;
	hold->fd =
		open(hold->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (hold->fd >= 0) {
		code = stemma_lock_intend(
			hold->lock, hold->name, hold->path, error);
		if (code != STEMMA_OK)
			stemma_hold_drop(hold);
		return code;
	}
	if (errno != EEXIST && errno != ENOENT)
		code = stemma_system_trouble(error, "make", hold->path);
	stemma_lock_settle(hold->lock);
	return code;
}

/* With the file `own` open as hold->fd. */
static enum stemma_code
make_linked(
	struct stemma_hold *hold, const char *own, struct stemma_error *error)
{
	enum stemma_code code =
		stemma_lock_intend(hold->lock, hold->name, own, error);
	enum made made = FAILED;

	if (code == STEMMA_OK) {
		made = link_own(own, hold->path);
		if (made == FAILED)
			code = stemma_system_trouble(error, "make", hold->path);
	}
	unlink(own);
	if (made == HELD)
		return STEMMA_OK;
	close(hold->fd);
	hold->fd = -1;
	stemma_lock_settle(hold->lock);
	return made == UNLINKABLE ? make_plain(hold, error) : code;
}

enum stemma_code
stemma_hold_take(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_lock *lock, const char *name, struct stemma_error *error)
{
	char own[PATH_MAX], at[sizeof "stemma/locks/" + sizeof lock->name];

	hold->fd = -1;
	hold->lock = lock;
	hold->name = name;
	snprintf(at, sizeof at, "stemma/locks/%s", lock->name);
	if (!stemma_path_below(hold->path, store, name, ".lock") ||
		!stemma_path_below(own, store, at, ".git"))
		return stemma_system_trouble(error, "make", hold->path);
	if (!stemma_lock_free(store, name))
		return STEMMA_OK;
	hold->fd = make_own(own);
	if (hold->fd < 0)
		return stemma_system_trouble(error, "make", own);
	return make_linked(hold, own, error);
}

static enum stemma_code
write_file(const struct stemma_store *store, const struct stemma_hold *hold,
	struct stemma_view bytes, struct stemma_error *error)
{
	if (stemma_file_write(hold->fd, bytes.bytes, bytes.size) != 0 ||
		stemma_file_sync(store, hold->fd) != 0)
		return stemma_system_trouble(error, "write", hold->path);
	return STEMMA_OK;
}

static enum stemma_code
put_in_place(const struct stemma_store *store, const struct stemma_hold *hold,
	struct stemma_error *error)
{
	char path[PATH_MAX];

	if (!stemma_path_below(path, store, hold->name, ""))
		return stemma_system_trouble(error, "make", path);
	if (rename(hold->path, path) == 0)
		return STEMMA_OK;
	/* A folder that refs have left empty is in the way of another one. */
	if (errno == EISDIR && rmdir(path) == 0 &&
		rename(hold->path, path) == 0)
		return STEMMA_OK;
	return stemma_system_trouble(error, "make", path);
}

static enum stemma_code
flush_name(const struct stemma_store *store, const char *name,
	struct stemma_error *error)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(name, '/');

	if (!slash)
		return stemma_folder_flush(store, ".", error);
	snprintf(folder, sizeof folder, "%.*s", (int)(slash - name), name);
	return stemma_folder_flush(store, folder, error);
}

enum stemma_code
stemma_hold_write(struct stemma_store *store, struct stemma_hold *hold,
	struct stemma_view bytes, struct stemma_error *error)
{
	enum stemma_code code = write_file(store, hold, bytes, error);

	if (code == STEMMA_OK)
		code = put_in_place(store, hold, error);
	if (code != STEMMA_OK)
		return code;
	close(hold->fd);
	hold->fd = -1;
	code = flush_name(store, hold->name, error);
	stemma_lock_settle(hold->lock);
	return code;
}

/* Whether the lock is still there: a rename may have been made although the
   answer was another, and then it is somebody else's. */
static bool
is_there(const struct stemma_hold *hold)
{
	struct stat held, found;

	return fstat(hold->fd, &held) != 0 || lstat(hold->path, &found) != 0 ||
	       (held.st_ino == found.st_ino && held.st_dev == found.st_dev);
}

void
stemma_hold_drop(struct stemma_hold *hold)
{
	bool there;

	if (hold->fd < 0)
		return;
	there = is_there(hold);
	close(hold->fd);
	hold->fd = -1;
	/* One that stays is noted down: the next holder knows it from others. */
	if (!there || unlink(hold->path) == 0 || errno == ENOENT)
		stemma_lock_settle(hold->lock);
}
