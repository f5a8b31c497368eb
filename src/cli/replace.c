/* SPDX-License-Identifier: MIT */
#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guard.h"

#define LINKS_MOST 40 /* as many as the kernel follows */

/* The bytes of `path` up to and with its last slash. */
static size_t
folder_size(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/*
 * The name of the file that `path` leads to through symbolic links, there or
 * not; to free(). NULL with errno.
 */
static char *
follow(const char *path)
{
	char target[PATH_MAX], *next, *name = strdup(path);
	int left = LINKS_MOST;
	size_t folder;
	ssize_t size;

	while (name && (size = readlink(name, target, sizeof target)) >= 0) {
		folder = target[0] == '/' ? 0 : folder_size(name);
		next = malloc(folder + (size_t)size + 1);
		if (next) {
			memcpy(next, name, folder);
			memcpy(next + folder, target, (size_t)size);
			next[folder + (size_t)size] = '\0';
		}
		free(name);
		name = next;
		if (left-- == 0) {
			free(name);
			errno = ELOOP;
			return NULL;
		}
	}
	return name;
}

/* folder/.name.XXXXXX for folder/name; to free(), or NULL. */
static char *
temporary_name(const char *path)
{
	size_t folder = folder_size(path), size = strlen(path) - folder;
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

/* What open() would give a new file. */
static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Create the temporary file for `output->target`. */
static bool
create(struct stemma_output *output, mode_t mode)
{
	output->temporary = temporary_name(output->target);
	if (!output->temporary) {
		output->error = ENOMEM;
		return false;
	}
	stemma_guard_temporary(output->temporary);
	output->fd = mkostemp(output->temporary, O_CLOEXEC);
	if (output->fd >= 0 && fchmod(output->fd, mode) == 0)
		return true;
	output->error = errno;
	return false;
}

bool
stemma_replace_begin(struct stemma_output *output, const char *path)
{
	struct stat status;
	mode_t mode;

	if (stat(path, &status) != 0) {
		mode = new_mode();
	} else if (S_ISREG(status.st_mode)) {
		mode = status.st_mode & 0777;
		/* A rename would get round the permission of the file. */
		if (access(path, W_OK) != 0) {
			output->error = errno;
			return false;
		}
	} else {
		output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		output->error = output->fd < 0 ? errno : 0;
		return output->fd >= 0;
	}
	output->target = follow(path);
	if (!output->target) {
		output->error = errno;
		return false;
	}
	if (create(output, mode))
		return true;
	stemma_replace_abandon(output);
	return false;
}

bool
stemma_replace_commit(struct stemma_output *output)
{
	if (TEMP_FAILURE_RETRY(fsync(output->fd)) != 0 && errno != EINVAL &&
		errno != EROFS) {
		output->error = errno;
		return false;
	}
	if (close(output->fd) != 0)
		output->error = errno;
	output->fd = -1;
	if (output->error)
		return false;
	if (rename(output->temporary, output->target) != 0) {
		output->error = errno;
		return false;
	}
	stemma_guard_temporary(NULL);
	free(output->temporary);
	free(output->target);
	output->temporary = output->target = NULL;
	return true;
}

void
stemma_replace_abandon(struct stemma_output *output)
{
	if (output->fd >= 0)
		close(output->fd);
	if (output->temporary)
		unlink(output->temporary);
	stemma_guard_temporary(NULL);
	free(output->temporary);
	free(output->target);
	output->temporary = output->target = NULL;
	output->fd = -1;
}
