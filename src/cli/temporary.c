/* SPDX-License-Identifier: MIT */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* folder/.name.XXXXXX for folder/name; to free(), or NULL. */
static char *
name_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
	size_t size = strlen(path) - folder;
	char *name = malloc(folder + NAME_MAX + 1);

	if (!name)
		return NULL;
	if (size > NAME_MAX - sizeof "..XXXXXX" + 1)
		size = NAME_MAX - sizeof "..XXXXXX" + 1;
	memcpy(name, path, folder);
	name[folder] = '.';
	memcpy(name + folder + 1, path + folder, size);
	memcpy(name + folder + 1 + size, ".XXXXXX", sizeof ".XXXXXX");
	return name;
}

mode_t
stemma_temporary_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

bool
stemma_temporary_make(
	struct stemma_temporary *file, const char *target, mode_t mode)
{
	int error;

	file->fd = -1;
	file->name = name_beside(target);
	if (!file->name) {
		errno = ENOMEM;
		return false;
	}
	file->guard.path = file->name;
	stemma_guard_file_add(&file->guard);
	file->fd = mkostemp(file->name, O_CLOEXEC);
	if (file->fd >= 0 && fchmod(file->fd, mode) == 0)
		return true;
	error = errno;
	stemma_temporary_drop(file);
	errno = error;
	return false;
}

static void
forget(struct stemma_temporary *file)
{
	stemma_guard_file_drop(&file->guard);
	free(file->name);
	file->name = NULL;
}

bool
stemma_temporary_put(struct stemma_temporary *file, const char *target)
{
	int closed = close(file->fd);

	file->fd = -1;
	if (closed != 0 || rename(file->name, target) != 0)
		return false;
	forget(file);
	return true;
}

void
stemma_temporary_drop(struct stemma_temporary *file)
{
	if (!file->name)
		return;
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
	unlink(file->name);
	forget(file);
}
