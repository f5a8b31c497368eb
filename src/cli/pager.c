/* SPDX-License-Identifier: MIT */
#include "pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trouble.h"

/* The pager's command line, or NULL if there is to be none. */
static const char *
chosen(void)
{
	const char *pager = getenv("STEMMA_PAGER");

	if (!pager)
		pager = getenv("PAGER");
	if (!pager)
		return "less";
	return *pager && strcmp(pager, "cat") != 0 ? pager : NULL;
}

/*
 * Start `pager` reading from `in`. A shell is asked only where the command
 * line needs one, so that a pager that is not there is noticed.
 */
static int
spawn(pid_t *pid, const char *pager, int in)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char *const plain[] = {(char *)(uintptr_t)pager, NULL};
	char *const shell[] = {(char *)(uintptr_t) "sh",
		(char *)(uintptr_t) "-c", (char *)(uintptr_t)pager, NULL};
	bool simple = !strpbrk(pager, "|&;<>()$`\\\"' \t\n*?[#~=%");
	sigset_t defaults;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	error = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (!error)
		error = posix_spawnp(pid, simple ? pager : "sh", &actions,
			&attributes, simple ? plain : shell, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

void
stemma_pager_start(struct stemma_output *output)
{
	const char *pager;
	int ends[2], error;
	pid_t pid;

	if (output->no_pager || output->fd != STDOUT_FILENO ||
		!isatty(STDOUT_FILENO))
		return;
	pager = chosen();
	if (!pager || pipe2(ends, O_CLOEXEC) != 0)
		return;
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	/* ^C is for the pager now; leaving it early is no error. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	error = spawn(&pid, pager, ends[0]);
	close(ends[0]);
	if (error) {
		close(ends[1]);
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		signal(SIGPIPE, SIG_DFL);
		if (strcmp(pager, "less") != 0)
			stemma_trouble("cannot run the pager '%s': %s", pager,
				strerror(error));
		return;
	}
	output->fd = ends[1];
	output->pager = pid;
}

void
stemma_pager_wait(struct stemma_output *output)
{
	int status;

	while (waitpid(output->pager, &status, 0) < 0 && errno == EINTR)
		;
	output->pager = 0;
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
}
