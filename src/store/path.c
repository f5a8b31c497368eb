/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* Adds `text` behind the first `at` bytes. */
static bool
append(char path[PATH_MAX], size_t *at, const char *text)
{
	size_t size = strlen(text);

	if (size >= PATH_MAX - *at) {
		errno = ENAMETOOLONG;
		path[*at] = '\0';
		return false;
	}
	memcpy(path + *at, text, size + 1);
	*at += size;
	return true;
}

bool
stemma_path_join(char path[PATH_MAX], const char *folder, const char *name)
{
	size_t at = 0;

	return append(path, &at, folder) && append(path, &at, "/") &&
	       append(path, &at, name);
}

bool
stemma_path_below(char path[PATH_MAX], const struct stemma_store *store,
	const char *name, const char *end)
{
	size_t at = 0;

	return append(path, &at, store->path) && append(path, &at, "/") &&
	       append(path, &at, name) && append(path, &at, end);
}

int
stemma_temporary_open(char path[PATH_MAX], struct stemma_store *store,
	const char *folder, const char *kind)
{
	char name[40];
	int fd = -1;

	errno = EEXIST;
	for (int names = 0; names < 5 && fd < 0 && errno == EEXIST; names++) {
		snprintf(name, sizeof name, "tmp_%.8s_%016llx_%u", kind,
			(unsigned long long)store->seed, store->serial++);
		if (!stemma_path_join(path, folder, name))
			return -1;
		fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0444);
	}
	return fd;
}
