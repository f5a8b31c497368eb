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

bool
stemma_replace_begin(struct stemma_output *output, const char *path)
{
	struct stat status;
	mode_t mode;

	if (stat(path, &status) != 0) {
		mode = stemma_temporary_mode();
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
	if (output->target && stemma_temporary_make(&output->temporary,
				      output->target, mode)) {
		output->fd = output->temporary.fd;
		return true;
	}
	output->error = errno;
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
	output->fd = -1;
	if (!stemma_temporary_put(&output->temporary, output->target)) {
		output->error = errno;
		return false;
	}
	free(output->target);
	output->target = NULL;
	return true;
}

void
stemma_replace_abandon(struct stemma_output *output)
{
	stemma_temporary_drop(&output->temporary);
	free(output->target);
	output->target = NULL;
	output->fd = -1;
}
