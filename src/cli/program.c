/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "trouble.h"

/* The process, or an error of errno's. */
static int
spawn(pid_t *process, char *const *arguments, int in, int out)
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
		error = posix_spawn_file_actions_adddup2(
			&files, in, STDIN_FILENO);
		if (!error)
			error = posix_spawn_file_actions_adddup2(
				&files, out, STDOUT_FILENO);
		if (!error)
			error = posix_spawnp(process, arguments[0], &files,
				&attributes, arguments, environ);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&files);
	return error;
}

int
stemma_program_start(struct stemma_program_pipes *pipes, char *const *arguments)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, error = 0;

	*pipes = (struct stemma_program_pipes){0};
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		error = errno;
	/* A program that ended is told by its output, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	if (!error)
		error = spawn(&pipes->process, arguments, in[0], out[1]);
	if (in[0] >= 0)
		close(in[0]);
	if (out[1] >= 0)
		close(out[1]);
	pipes->to = in[1];
	pipes->from = out[0];
	if (!error)
		return STEMMA_EXIT_SAME;
	if (in[1] >= 0)
		close(in[1]);
	if (out[0] >= 0)
		close(out[0]);
	*pipes = (struct stemma_program_pipes){0};
	return stemma_trouble("%s: %s", arguments[0], strerror(error));
}

bool
stemma_program_end(struct stemma_program_pipes *pipes)
{
	pid_t process = pipes->process;
	int status = 0;

	if (!process)
		return true;
	close(pipes->to);
	close(pipes->from);
	*pipes = (struct stemma_program_pipes){0};
	while (waitpid(process, &status, 0) < 0) {
		if (errno != EINTR)
			return false;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
