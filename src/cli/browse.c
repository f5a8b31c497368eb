/* SPDX-License-Identifier: MIT */
#include "browse.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "trouble.h"

#define NOT_FOUND 127 /* what a shell says of a command that there is not */

/* The exit status of `arguments`, or NOT_FOUND. */
static int
run(char *const arguments[])
{
	int status;
	pid_t pid;

	if (posix_spawnp(&pid, arguments[0], NULL, NULL, arguments, environ))
		return NOT_FOUND;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return NOT_FOUND;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* BROWSER may hold options: a shell parts it, and says nothing of a command that
   there is not. The path is never part of what the shell reads. */
static int
run_chosen(const char *path)
{
	char shell[] = "sh", option[] = "-c",
	     script[] = "command -v ${BROWSER%% *} >/dev/null || exit 127; "
			"eval \"$BROWSER\" '\"$1\"'",
	     *copy = strdup(path);
	char *const arguments[] = {shell, option, script, shell, copy, NULL};
	int status = copy ? run(arguments) : NOT_FOUND;

	free(copy);
	return status;
}

static int
run_usual(const char *path)
{
	char desktop[] = "xdg-open", window[] = "x-www-browser",
	     terminal[] = "www-browser", mac[] = "open", *copy = strdup(path);
	char *const names[] = {desktop, window, terminal, mac, NULL};
	int status = NOT_FOUND;

	for (size_t k = 0; copy && names[k] && status == NOT_FOUND; k++) {
		char *const arguments[] = {names[k], copy, NULL};

		status = run(arguments);
	}
	free(copy);
	return status;
}

int
stemma_browse(const char *path)
{
	const char *chosen = getenv("BROWSER");
	int status = chosen && *chosen ? run_chosen(path) : NOT_FOUND;

	/* These know what else may be written there. */
	if (status == NOT_FOUND)
		status = run_usual(path);
	if (status == 0)
		return STEMMA_EXIT_SAME;
	if (status == NOT_FOUND)
		return stemma_trouble("there is no browser to be found, and "
				      "BROWSER names none; the page is %s",
			path);
	return stemma_trouble(
		"the browser ended with status %d; the page is %s", status,
		path);
}

char *
stemma_browse_file(void)
{
	const char *folder = getenv("TMPDIR");
	char *path = NULL;
	int fd;

	if (asprintf(&path, "%s/stemma-XXXXXX.html",
		    folder && *folder ? folder : "/tmp") < 0) {
		stemma_trouble("out of memory");
		return NULL;
	}
	fd = mkstemps(path, (int)strlen(".html"));
	if (fd >= 0) {
		close(fd);
		return path;
	}
	stemma_trouble("%s: %s", path, strerror(errno));
	free(path);
	return NULL;
}
