/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS = 60, SETTINGS = 16 };

/* Before what git is to do: nothing that lies in an archive is run. */
static const char *const first_arguments[] = {
	"git", "-c", "core.hooksPath=/dev/null"};

enum { FIRST = sizeof first_arguments / sizeof *first_arguments };

/* What would lead git to another repository, or change what it says. */
static bool
is_ours(const char *setting)
{
	static const char *const names[] = {
		"GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=",
		"GIT_OBJECT_DIRECTORY=", "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
		"GIT_NAMESPACE=", "GIT_COMMON_DIR=", "GIT_PREFIX=",
		"GIT_QUARANTINE_PATH=", "LC_ALL=", "LANGUAGE="};

	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		if (!strncmp(setting, names[at], strlen(names[at])))
			return true;
	}
	return false;
}

/* The environment: strings of the caller's, behind them those in `own`. */
static char **
make_environment(const struct stemma_store *store, char **own,
	const char *const *settings)
{
	char *const *old;
	size_t count = 0, used = 0;
	char **all;

	for (old = store->environment; old && *old; old++)
		count++;
	all = calloc(count + SETTINGS, sizeof *all);
	if (!all)
		return NULL;
	for (old = store->environment; old && *old; old++) {
		if (!is_ours(*old))
			all[used++] = *old;
	}
	for (; *own; own++)
		all[used++] = *own;
	for (; settings && *settings; settings++)
		all[used++] = (char *)(uintptr_t)*settings;
	return all;
}

/* Its complaint: the first line that is one, else the last line. */
static void
complain(struct stemma_error *error, const struct stemma_git_call *call,
	struct stemma_view text, int status)
{
	struct stemma_view best = {NULL, 0};
	bool found = false;

	while (text.size && !found) {
		const char *end = memchr(text.bytes, '\n', text.size);
		size_t size = end ? (size_t)(end - text.bytes) : text.size;

		found = size > 7 && (!memcmp(text.bytes, "fatal: ", 7) ||
					    !memcmp(text.bytes, "error: ", 7));
		if (size)
			best = (struct stemma_view){text.bytes, size};
		size += end != NULL;
		text.bytes += size;
		text.size -= size;
	}
	if (found) {
		best.bytes += 7;
		best.size -= 7;
	}
	if (best.size)
		stemma_error_set(error, STEMMA_IO, "git %s: %.*s",
			call->arguments[0],
			(int)(best.size < 200 ? best.size : 200), best.bytes);
	else
		stemma_error_set(error, STEMMA_IO, "git %s ended with %d",
			call->arguments[0], status);
}

/* All that was written to the file. */
static bool
read_back(struct stemma_out *out, int fd)
{
	char bytes[8192];
	off_t at = 0;
	ssize_t size;

	while ((size = TEMP_FAILURE_RETRY(pread(fd, bytes, sizeof bytes, at))) >
		0) {
		stemma_out_bytes(out, bytes, (size_t)size);
		at += size;
	}
	return size == 0 && out->code == STEMMA_OK;
}

/* Files in memory, so that none of the three can fill up and wait. */
static bool
open_files(int files[3], struct stemma_view input)
{
	bool good = true;

	for (int at = 0; at < 3; at++) {
		files[at] = memfd_create("git", MFD_CLOEXEC);
		good = good && files[at] >= 0;
	}
	return good &&
	       stemma_file_write(files[0], input.bytes, input.size) == 0 &&
	       lseek(files[0], 0, SEEK_SET) == 0;
}

static int
spawn(char **arguments, char **environment, const int files[3], int kept)
{
	posix_spawn_file_actions_t actions;
	int status = 0, failed;
	pid_t child;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return -1;
	for (int at = 0; at < 3; at++)
		posix_spawn_file_actions_adddup2(&actions, files[at], at);
	/* Onto itself: it is not closed there. */
	if (kept >= 0)
		posix_spawn_file_actions_adddup2(&actions, kept, kept);
	failed = posix_spawnp(
		&child, "git", &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	if (failed) {
		errno = failed;
		return -1;
	}
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static enum stemma_code
answer(const struct stemma_git_call *call, int status, const int files[3],
	struct stemma_error *error)
{
	struct stemma_out complaint = {0};
	enum stemma_code code = STEMMA_OK;

	if (status == 0) {
		if (call->output && !read_back(call->output, files[1]))
			return stemma_memory_trouble(error);
		return STEMMA_OK;
	}
	if (status < 0)
		return stemma_system_trouble(error, "run", "git");
	code = STEMMA_IO;
	read_back(&complaint, files[2]);
	complain(error, call,
		(struct stemma_view){complaint.bytes, complaint.size}, status);
	stemma_out_free(&complaint);
	return code;
}

enum stemma_code
stemma_git_run(const struct stemma_store *store, int *status,
	const struct stemma_git_call *call, struct stemma_error *error)
{
	char folder[PATH_MAX + 16], objects[PATH_MAX + 32],
		plain[] = "LC_ALL=C";
	char *own[] = {folder, plain, NULL, NULL}, **environment,
	     *arguments[ARGUMENTS];
	int files[3] = {-1, -1, -1}, ended = -1;
	enum stemma_code code;
	size_t at = 0;

	snprintf(folder, sizeof folder, "GIT_DIR=%s",
		call->folder ? call->folder : store->path);
	snprintf(objects, sizeof objects, "GIT_OBJECT_DIRECTORY=%s",
		call->objects ? call->objects : "");
	if (call->objects)
		own[2] = objects;
	for (int first = 0; first < FIRST; first++)
		arguments[first] = (char *)(uintptr_t)first_arguments[first];
	while (at < ARGUMENTS - FIRST - 1 && call->arguments[at]) {
		arguments[at + FIRST] = (char *)(uintptr_t)call->arguments[at];
		at++;
	}
	arguments[at + FIRST] = NULL;
	environment = make_environment(store, own, call->settings);
	if (environment && open_files(files, call->input)) {
		ended = spawn(arguments, environment, files,
			call->lock ? call->lock->fd : -1);
		code = answer(call, ended, files, error);
	} else {
		code = stemma_memory_trouble(error);
	}
	for (at = 0; at < 3; at++) {
		if (files[at] >= 0)
			close(files[at]);
	}
	free(environment);
	if (status)
		*status = ended;
	return code;
}
