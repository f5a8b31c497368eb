/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { EXT_MAGIC = 0xef53, XFS_MAGIC = 0x58465342 };

/* An ext file system need not have a journal; the kernel shows those of the
   ones that are mounted. */
static bool
has_journal(dev_t device)
{
	char link[64], target[PATH_MAX], journal[128];
	const char *name;
	ssize_t size;

	snprintf(link, sizeof link, "/sys/dev/block/%u:%u", major(device),
		minor(device));
	size = readlink(link, target, sizeof target - 1);
	if (size <= 0)
		return false;
	target[size] = '\0';
	name = strrchr(target, '/');
	if (!name || strlen(name) > 64)
		return false;
	snprintf(journal, sizeof journal, "/sys/fs/ext4%.64s/journal_task",
		name);
	return access(journal, F_OK) == 0;
}

/*
 * ext4 and xfs write what happens to names and files in the order in which it
 * happened: once a later file is flushed, earlier renames are safe, if only
 * the bytes were written out before.
 */
enum stemma_flush
stemma_flush_for(const char *path)
{
	struct statfs system;
	struct stat status;

	if (statfs(path, &system) != 0 || stat(path, &status) != 0)
		return STEMMA_FLUSH_STRICT;
	if (system.f_type == XFS_MAGIC)
		return STEMMA_FLUSH_ORDERED;
	if (system.f_type == EXT_MAGIC && has_journal(status.st_dev))
		return STEMMA_FLUSH_ORDERED;
	return STEMMA_FLUSH_STRICT;
}

int
stemma_file_write(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, bytes, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return -1;
		bytes += written;
		size -= (size_t)written;
	}
	return 0;
}

int
stemma_file_flush(const struct stemma_store *store, int fd)
{
	switch (store->flush) {
	case STEMMA_FLUSH_NONE:
		return 0;
	case STEMMA_FLUSH_ORDERED:
		return (int)TEMP_FAILURE_RETRY(sync_file_range(fd, 0, 0,
			SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
				SYNC_FILE_RANGE_WAIT_AFTER));
	case STEMMA_FLUSH_STRICT:
		break;
	}
	return (int)TEMP_FAILURE_RETRY(fsync(fd));
}

int
stemma_file_sync(const struct stemma_store *store, int fd)
{
	return store->flush == STEMMA_FLUSH_NONE
		       ? 0
		       : (int)TEMP_FAILURE_RETRY(fsync(fd));
}

enum stemma_code
stemma_folder_flush(const struct stemma_store *store, const char *name,
	struct stemma_error *error)
{
	char path[PATH_MAX];
	int fd, failed;

	if (store->flush == STEMMA_FLUSH_NONE)
		return STEMMA_OK;
	fd = stemma_path_below(path, store, name, "")
		     ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		     : -1;
	if (fd < 0)
		return stemma_system_trouble(error, "open", path);
	failed = TEMP_FAILURE_RETRY(fsync(fd)) != 0;
	if (failed)
		stemma_system_trouble(error, "flush", path);
	close(fd);
	return failed ? STEMMA_IO : STEMMA_OK;
}
