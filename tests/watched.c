/*
 * watched - stands between the program and the libraries that an archive needs,
 * and says on standard error when one of them is started. For check-start.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdio.h>

int __real_git_libgit2_init(void);
int __wrap_git_libgit2_init(void);
int __real_sqlite3_open_v2(
	const char *path, void **database, int flags, const char *system);
int __wrap_sqlite3_open_v2(
	const char *path, void **database, int flags, const char *system);

int
__wrap_git_libgit2_init(void)
{
	fputs("watched: libgit2\n", stderr);
	return __real_git_libgit2_init();
}

int
__wrap_sqlite3_open_v2(
	const char *path, void **database, int flags, const char *system)
{
	fputs("watched: SQLite\n", stderr);
	return __real_sqlite3_open_v2(path, database, flags, system);
}
