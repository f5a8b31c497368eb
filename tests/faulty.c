/*
 * faulty.so - a library to be loaded before the C library: calls that read and
 * write files fail as the environment says.
 *
 *     FAULT=NAME       which: read, write, sync, rename, exclusive (what is to
 *                      make a name that is not there), or change: any that
 *                      changes a disk
 *     FAULT_ERRNO=N    how
 *     FAULT_AT=N       the Nth of them; 0: all
 *     FAULT_EVERY=N    each Nth, for ever
 *     FAULT_AFTER=1    when it is done: an answer that was lost
 *     FAULT_LOG=FILE   gets a line if one failed
 *     CLOCK_BACK=N     each look at the clock, it is N seconds earlier
 *
 * Descriptors up to 2 work always. Programs that are started, git above all,
 * are met alike, unless FAULT_PROGRAM names another one.
 *
 * SPDX-License-Identifier: MIT
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static long
number(const char *name)
{
	const char *text = getenv(name);

	return text ? atol(text) : -1;
}

static bool
is_met(const char *kind)
{
	const char *wanted = getenv("FAULT");
	const char *program = getenv("FAULT_PROGRAM");

	if (!wanted ||
		(program && strcmp(program, program_invocation_short_name)))
		return false;
	return !strcmp(wanted, kind) ||
	       (!strcmp(wanted, "change") && strcmp(kind, "read") != 0);
}

static void
note(const char *kind)
{
	const char *name = getenv("FAULT_LOG");
	int fd = name ? (int)syscall(SYS_open, name,
				O_WRONLY | O_CREAT | O_APPEND, 0666)
		      : -1;

	if (fd < 0)
		return;
	syscall(SYS_write, fd, kind, strlen(kind));
	syscall(SYS_write, fd, "\n", 1);
	syscall(SYS_close, fd);
}

/* Whether this call of the kind is one that fails. */
static bool
fails(const char *kind)
{
	static long calls;
	long at = number("FAULT_AT"), every = number("FAULT_EVERY");
	int before = errno;

	if (!is_met(kind))
		return false;
	calls++;
	if (every > 0 ? calls % every != 0 : at != 0 && calls != at)
		return false;
	note(kind);
	errno = before;
	return true;
}

static bool
is_after(void)
{
	return number("FAULT_AFTER") == 1;
}

/* The answer of a call of this kind, which `call` makes. */
#define ANSWER(type, kind, call)                               \
	bool failed = fails(kind);                             \
	type done = failed && !is_after() ? -1 : (type)(call); \
                                                               \
	if (failed)                                            \
		errno = (int)number("FAULT_ERRNO");            \
	return failed ? -1 : done

#define PLAIN(fd, call) \
	if ((fd) <= 2)  \
	return call

ssize_t
read(int fd, void *bytes, size_t size)
{
	PLAIN(fd, syscall(SYS_read, fd, bytes, size));
	ANSWER(ssize_t, "read", syscall(SYS_read, fd, bytes, size));
}

ssize_t
pread(int fd, void *bytes, size_t size, off_t at)
{
	ANSWER(ssize_t, "read", syscall(SYS_pread64, fd, bytes, size, at));
}

ssize_t
pread64(int fd, void *bytes, size_t size, off_t at)
{
	return pread(fd, bytes, size, at);
}

ssize_t
write(int fd, const void *bytes, size_t size)
{
	PLAIN(fd, syscall(SYS_write, fd, bytes, size));
	ANSWER(ssize_t, "write", syscall(SYS_write, fd, bytes, size));
}

ssize_t
pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	ANSWER(ssize_t, "write", syscall(SYS_pwrite64, fd, bytes, size, at));
}

ssize_t
pwrite64(int fd, const void *bytes, size_t size, off_t at)
{
	return pwrite(fd, bytes, size, at);
}

int
fsync(int fd)
{
	ANSWER(int, "sync", syscall(SYS_fsync, fd));
}

int
fdatasync(int fd)
{
	ANSWER(int, "sync", syscall(SYS_fdatasync, fd));
}

int
sync_file_range(int fd, off64_t at, off64_t size, unsigned flags)
{
	ANSWER(int, "sync", syscall(SYS_sync_file_range, fd, at, size, flags));
}

int
rename(const char *from, const char *to)
{
	ANSWER(int, "rename", syscall(SYS_rename, from, to));
}

int
link(const char *from, const char *to)
{
	ANSWER(int, "exclusive", syscall(SYS_link, from, to));
}

int
mkdir(const char *path, mode_t rights)
{
	ANSWER(int, "make", syscall(SYS_mkdir, path, rights));
}

int
unlink(const char *path)
{
	ANSWER(int, "remove", syscall(SYS_unlink, path));
}

/* Whether one may write is asked where one would. */
int
access(const char *path, int mode)
{
	if (!(mode & W_OK))
		return (int)syscall(SYS_access, path, mode);
	ANSWER(int, "make", syscall(SYS_access, path, mode));
}

int
ftruncate(int fd, off_t size)
{
	ANSWER(int, "write", syscall(SYS_ftruncate, fd, size));
}

int
ftruncate64(int fd, off_t size)
{
	return ftruncate(fd, size);
}

static int
open_file(const char *path, int flags, mode_t rights)
{
	int access = flags & O_ACCMODE;

	if (access == O_RDONLY && !(flags & O_CREAT))
		return (int)syscall(SYS_openat, AT_FDCWD, path, flags, rights);
	ANSWER(int, flags &O_EXCL ? "exclusive" : "make",
		syscall(SYS_openat, AT_FDCWD, path, flags, rights));
}

#define RIGHTS(flags, rights)                  \
	mode_t rights = 0;                     \
                                               \
	if ((flags) & (O_CREAT | O_TMPFILE)) { \
		va_list rest;                  \
                                               \
		va_start(rest, flags);         \
		rights = va_arg(rest, mode_t); \
		va_end(rest);                  \
	}

int
open(const char *path, int flags, ...)
{
	RIGHTS(flags, rights)
	return open_file(path, flags, rights);
}

int
open64(const char *path, int flags, ...)
{
	RIGHTS(flags, rights)
	return open_file(path, flags, rights);
}

/* What fortified programs call. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

int
__open_2(const char *path, int flags)
{
	return open_file(path, flags, 0);
}

int
__open64_2(const char *path, int flags)
{
	return open_file(path, flags, 0);
}

/* The real clock alone: others never go back. */
static long
back(void)
{
	static long looks;
	long step = number("CLOCK_BACK");

	return step > 0 ? step * ++looks : 0;
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, clock, now);

	if (result == 0 && clock == CLOCK_REALTIME)
		now->tv_sec -= back();
	return result;
}

time_t
time(time_t *now)
{
	struct timespec clock;

	clock_gettime(CLOCK_REALTIME, &clock);
	if (now)
		*now = clock.tv_sec;
	return clock.tv_sec;
}
