/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

/* Seconds in which a file may change again without its times telling. */
enum { SETTLED = 2 };

/* Write what tells the state of one file; whether it has settled. */
static bool
tell(char *stamp, size_t size, const char *path, const char *name)
{
	char file[PATH_MAX];
	struct stat status = {0};
	time_t now = time(NULL);

	if (!stemma_path_join(file, path, name))
		return false;
	if (stat(file, &status)) {
		snprintf(stamp, size, "-");
		return true;
	}
	snprintf(stamp, size, "%llu.%lld.%lld.%09ld.%lld.%09ld",
		(unsigned long long)status.st_ino, (long long)status.st_size,
		(long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
		(long long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
	return status.st_mtim.tv_sec + SETTLED < now &&
	       status.st_ctim.tv_sec + SETTLED < now;
}

bool
stemma_names_stamp(char stamp[STEMMA_STAMP_SIZE], const char *path)
{
	char packed[STEMMA_STAMP_SIZE / 2] = "";
	char loose[STEMMA_STAMP_SIZE / 2] = "";
	bool settled = tell(packed, sizeof packed, path, "packed-refs") &&
		       tell(loose, sizeof loose, path, STEMMA_STORY_REFS);

	snprintf(stamp, STEMMA_STAMP_SIZE, "%.*s %.*s",
		STEMMA_STAMP_SIZE / 2 - 2, packed, STEMMA_STAMP_SIZE / 2 - 2,
		loose);
	return settled;
}
