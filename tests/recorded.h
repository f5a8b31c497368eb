/*
 * recorded.h - what a process does to a disk, call by call, and what of it is
 * there after the power failed.
 *
 *     ORDERED_LATE   a journal, written out at the last flush of anything
 *     ORDERED_ALL    a journal, written out this very moment; in both bytes are
 *                    there if they were flushed or waited for
 *     STRICT_LATE    names are there if their folder was flushed, bytes if
 *                    their file was: all that POSIX promises
 *     STRICT_ALL     all names are there, bytes if their file was flushed
 *
 * The calls are defined here, before the C library's, so that libgit2's are met
 * as well as ours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_RECORDED_H
#define STEMMA_TESTS_RECORDED_H

#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

enum model { ORDERED_LATE, ORDERED_ALL, STRICT_LATE, STRICT_ALL, MODELS };

enum act {
	MADE,
	FOLDER_MADE,
	WRITTEN,
	LINKED,
	RENAMED,
	REMOVED,
	FLUSHED,
	FOLDER_FLUSHED,
	WAITED
};

struct call {
	enum act act;
	ino_t file;
	char path[200]; /* below the root that is watched */
	char to[200];
	char *bytes; /* all of the file's, when it was written to */
	size_t size;
};

enum { CALLS = 400 };

static struct {
	const char *root; /* NULL: nothing is recorded */
	bool ordered;     /* the disk says that it keeps the order */
	struct call calls[CALLS];
	int count;
} recorded;

/* The part of `path` below the root, or NULL. */
static inline const char *
watched(const char *path)
{
	size_t size = recorded.root ? strlen(recorded.root) : 0;

	if (!size || strncmp(path, recorded.root, size) != 0 ||
		(path[size] != '/' && path[size] != '\0'))
		return NULL;
	for (path += size; *path == '/';)
		path++;
	return path;
}

static inline struct call *
note(enum act act, const char *path)
{
	const char *below = watched(path);
	struct call *call = &recorded.calls[recorded.count];

	if (!below)
		return NULL;
	assert_true(recorded.count < CALLS);
	recorded.count++;
	*call = (struct call){.act = act};
	snprintf(call->path, sizeof call->path, "%s", below);
	return call;
}

/* A call that concerns an open file. */
static inline struct call *
note_file(enum act act, int fd)
{
	char link[32], path[PATH_MAX];
	struct stat status;
	struct call *call;
	ssize_t size;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	size = readlink(link, path, sizeof path - 1);
	if (!recorded.root || size <= 0 || fstat(fd, &status) != 0)
		return NULL;
	path[size] = '\0';
	if (act == FLUSHED && S_ISDIR(status.st_mode))
		act = FOLDER_FLUSHED;
	call = note(act, path);
	if (call)
		call->file = status.st_ino;
	if (call && act == WRITTEN) {
		/* By the link: the name it was opened by may be gone. */
		int all = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY);

		call->bytes = calloc(1, (size_t)status.st_size + 1);
		call->size = (size_t)pread(
			all, call->bytes, (size_t)status.st_size, 0);
		close(all);
	}
	return call;
}

/* ---- the calls ---------------------------------------------------------- */

int
open(const char *path, int flags, ...)
{
	bool old = access(path, F_OK) == 0;
	va_list arguments;
	mode_t mode = 0;
	int fd;

	va_start(arguments, flags);
	if (flags & O_CREAT)
		mode = va_arg(arguments, mode_t);
	va_end(arguments);
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
	if (fd >= 0 && (flags & O_CREAT) && !old)
		note_file(MADE, fd);
	if (fd >= 0 && (flags & O_TRUNC) && old)
		note_file(WRITTEN, fd);
	return fd;
}

ssize_t
write(int fd, const void *bytes, size_t size)
{
	ssize_t done = syscall(SYS_write, fd, bytes, size);

	note_file(WRITTEN, fd);
	return done;
}

ssize_t
pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	ssize_t done = syscall(SYS_pwrite64, fd, bytes, size, at);

	note_file(WRITTEN, fd);
	return done;
}

int
ftruncate(int fd, off_t size)
{
	int done = (int)syscall(SYS_ftruncate, fd, size);

	note_file(WRITTEN, fd);
	return done;
}

int
fsync(int fd)
{
	int done = (int)syscall(SYS_fsync, fd);

	note_file(FLUSHED, fd);
	return done;
}

int
sync_file_range(int fd, off64_t at, off64_t size, unsigned flags)
{
	(void)at;
	(void)size;
	(void)flags;
	note_file(WAITED, fd);
	return 0;
}

static inline int
note_two(long number, enum act act, const char *from, const char *to)
{
	struct stat status = {0};
	struct call *call;

	lstat(from, &status);
	if (syscall(number, from, to) != 0)
		return -1;
	call = note(act, from);
	if (call) {
		call->file = status.st_ino;
		snprintf(call->to, sizeof call->to, "%s", watched(to));
	}
	return 0;
}

int
rename(const char *from, const char *to)
{
	return note_two(SYS_rename, RENAMED, from, to);
}

/* So libgit2 renames to where nothing is yet. */
int
link(const char *from, const char *to)
{
	return note_two(SYS_link, LINKED, from, to);
}

int
mkdir(const char *path, mode_t mode)
{
	if (syscall(SYS_mkdir, path, mode) != 0)
		return -1;
	note(FOLDER_MADE, path);
	return 0;
}

int
unlink(const char *path)
{
	if (syscall(SYS_unlink, path) != 0)
		return -1;
	note(REMOVED, path);
	return 0;
}

int
statfs(const char *path, struct statfs *system)
{
	int done = (int)syscall(SYS_statfs, path, system);

	/* XFS keeps the order, tmpfs promises nothing. */
	system->f_type = recorded.ordered ? 0x58465342 : 0x01021994;
	return done;
}

/* ---- what is left ------------------------------------------------------- */

struct left {
	char path[200];
	ino_t file;
};

static inline bool
is_in(const char *path, const char *folder)
{
	const char *slash = strrchr(path, '/');
	size_t size = slash ? (size_t)(slash - path) : 0;

	return strlen(folder) == size && !strncmp(path, folder, size);
}

/* Whether what call `at` did to the folder of `path` outlives a failure after
   `end` calls. */
static inline bool
name_lasts(enum model model, int at, int end, const char *path)
{
	if (model == ORDERED_ALL || model == STRICT_ALL)
		return true;
	for (at++; at < end; at++) {
		const struct call *call = &recorded.calls[at];

		if (model == ORDERED_LATE &&
			(call->act == FLUSHED || call->act == FOLDER_FLUSHED))
			return true;
		if (call->act == FOLDER_FLUSHED && is_in(path, call->path))
			return true;
	}
	return false;
}

/* The bytes of the file that last, or NULL. */
static inline const struct call *
bytes_that_last(enum model model, ino_t file, int end)
{
	bool ordered = model == ORDERED_LATE || model == ORDERED_ALL;
	const struct call *last = NULL, *safe = NULL;

	for (int at = 0; at < end; at++) {
		const struct call *call = &recorded.calls[at];

		if (call->file != file)
			continue;
		if (call->act == WRITTEN)
			last = call;
		if (call->act == FLUSHED || (ordered && call->act == WAITED))
			safe = last;
	}
	return safe;
}

static inline struct left *
find_left(struct left *left, int count, const char *path)
{
	for (int at = 0; at < count; at++)
		if (left[at].file && !strcmp(left[at].path, path))
			return &left[at];
	return NULL;
}

static inline void
forget(struct left *left, int count, const char *root, const char *path)
{
	struct left *old = find_left(left, count, path);
	char full[PATH_MAX];

	if (old)
		old->file = 0;
	snprintf(full, sizeof full, "%s/%s", root, path);
	syscall(SYS_unlink, full);
}

static inline void
remember(struct left *left, int *count, const char *path, ino_t file)
{
	struct left *entry = find_left(left, *count, path);

	if (!entry)
		entry = &left[(*count)++];
	entry->file = file;
	snprintf(entry->path, sizeof entry->path, "%s", path);
}

/*
 * Make the folder `root`, a copy of what there was before, what it is when the
 * power fails after `end` calls.
 */
static inline void
replay(const char *root, enum model model, int end)
{
	struct left left[CALLS];
	char full[PATH_MAX];
	int count = 0;

	for (int at = 0; at < end; at++) {
		const struct call *call = &recorded.calls[at];
		bool lasts = name_lasts(model, at, end, call->path);

		snprintf(full, sizeof full, "%s/%s", root, call->path);
		if (call->act == MADE && lasts)
			remember(left, &count, call->path, call->file);
		else if (call->act == FOLDER_MADE && lasts)
			syscall(SYS_mkdir, full, 0777);
		else if (call->act == REMOVED && lasts)
			forget(left, count, root, call->path);
		else if (call->act == RENAMED || call->act == LINKED) {
			if (lasts && call->act == RENAMED)
				forget(left, count, root, call->path);
			if (name_lasts(model, at, end, call->to))
				remember(left, &count, call->to, call->file);
		}
	}
	for (int at = 0; at < count; at++) {
		const struct call *bytes =
			bytes_that_last(model, left[at].file, end);
		int fd;

		snprintf(full, sizeof full, "%s/%.199s", root, left[at].path);
		fd = left[at].file ? (int)syscall(SYS_openat, AT_FDCWD, full,
					     O_CREAT | O_TRUNC | O_WRONLY, 0644)
				   : -1;
		if (fd < 0) /* its folder is not there */
			continue;
		if (bytes)
			syscall(SYS_write, fd, bytes->bytes, bytes->size);
		close(fd);
	}
}

static inline void
record(const char *root)
{
	for (int at = 0; at < recorded.count; at++)
		free(recorded.calls[at].bytes);
	recorded.count = 0;
	recorded.root = root;
}

#endif
