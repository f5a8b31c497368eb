/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
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
