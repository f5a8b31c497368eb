/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <string.h>

enum stemma_code
stemma_git_trouble(struct stemma_error *error, int result, const char *doing)
{
	const git_error *last = git_error_last();
	enum stemma_code code = STEMMA_IO;

	if (result == GIT_ENOTFOUND)
		code = STEMMA_NOTFOUND;
	else if (last && last->klass == GIT_ERROR_NOMEMORY)
		code = STEMMA_NOMEM;
	return stemma_error_set(error, code, "%s: %s", doing,
		last && last->message ? last->message : "git gives no reason");
}

enum stemma_code
stemma_system_trouble(
	struct stemma_error *error, const char *doing, const char *path)
{
	char reason[128];
	enum stemma_code code = errno == ENOMEM ? STEMMA_NOMEM : STEMMA_IO;

	return stemma_error_set(error, code, "cannot %s %s: %s", doing, path,
		strerror_r(errno, reason, sizeof reason));
}

enum stemma_code
stemma_memory_trouble(struct stemma_error *error)
{
	return stemma_error_set(error, STEMMA_NOMEM, "out of memory");
}
