/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "trouble.h"

/* The process, with these three as its own, or an error of errno's. */
static int
spawn(pid_t *process, char *const *arguments, const int ends[3])
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int error = posix_spawn_file_actions_init(&files);

	if (error)
		return error;
	error = posix_spawnattr_init(&attributes);
	if (!error) {
		/* It ends quietly when we do not read on. */
		sigemptyset(&signals);
		sigaddset(&signals, SIGPIPE);
		posix_spawnattr_setsigdefault(&attributes, &signals);
		posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
		for (int at = 0; at < 3 && !error; at++)
			error = posix_spawn_file_actions_adddup2(
				&files, ends[at], at);
		if (!error)
			error = posix_spawnp(process, arguments[0], &files,
				&attributes, arguments, environ);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&files);
	return error;
}

static void
close_if(int file)
{
	if (file >= 0)
		close(file);
}

int
stemma_program_start(struct stemma_program_pipes *pipes, char *const *arguments)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, error = 0;
	/* Not a pipe, which could fill up while nobody reads it. */
	int complaint = memfd_create("complaint", MFD_CLOEXEC);

	*pipes = (struct stemma_program_pipes){0};
	if (complaint < 0 || pipe2(in, O_CLOEXEC) != 0 ||
		pipe2(out, O_CLOEXEC) != 0)
		error = errno;
	/* A program that ended is told by its output, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	if (!error)
		error = spawn(&pipes->process, arguments,
			(const int[]){in[0], out[1], complaint});
	close_if(in[0]);
	close_if(out[1]);
	pipes->to = in[1];
	pipes->from = out[0];
	pipes->complaint = complaint;
	if (!error)
		return STEMMA_EXIT_SAME;
	close_if(in[1]);
	close_if(out[0]);
	close_if(complaint);
	*pipes = (struct stemma_program_pipes){0};
	return stemma_trouble("%s: %s", arguments[0], strerror(error));
}

/* The first line that git calls an error, without that word; else the first. */
static void
read_complaint(char *said, size_t room, int file)
{
	char text[4096];
	ssize_t size =
		TEMP_FAILURE_RETRY(pread(file, text, sizeof text - 1, 0));
	const char *line = text, *best = text;

	text[size > 0 ? size : 0] = '\0';
	while (line && strncmp(line, "fatal: ", 7) != 0 &&
		strncmp(line, "error: ", 7) != 0) {
		line = strchr(line, '\n');
		if (line)
			line++;
	}
	if (line)
		best = line + 7;
	snprintf(said, room, "%.*s", (int)strcspn(best, "\n"), best);
}

bool
stemma_program_end(struct stemma_program_pipes *pipes, char *said, size_t room)
{
	struct stemma_program_pipes ended = *pipes;
	int status = 0;
	bool waited = true;

	if (said)
		*said = '\0';
	if (!ended.process)
		return true;
	close(ended.to);
	close(ended.from);
	*pipes = (struct stemma_program_pipes){0};
	while (waited && waitpid(ended.process, &status, 0) < 0)
		waited = errno == EINTR;
	if (said)
		read_complaint(said, room, ended.complaint);
	close(ended.complaint);
	return waited && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
