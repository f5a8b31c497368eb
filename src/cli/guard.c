/* SPDX-License-Identifier: MIT */
#include "guard.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "command.h"

static struct stemma_guard_map *volatile maps;
static struct stemma_guard_file *volatile files;

static void
remove_files(void)
{
	const struct stemma_guard_file *file;

	for (file = files; file; file = file->next)
		unlink(file->path);
}

/* Tidy up, then let the signal do what it would have done. */
static void
on_end(int number)
{
	remove_files();
	raise(number); /* SA_RESETHAND: the default action now */
}

static void
on_fault(int number, siginfo_t *info, void *context)
{
	const struct stemma_guard_map *map;
	const char *at = info->si_addr;
	ssize_t ignored;

	(void)context;
	for (map = maps; map; map = map->next) {
		if (at >= map->start && at < map->start + map->size)
			break;
	}
	remove_files();
	if (!map) {
		raise(number);
		return;
	}
	if (map->line) {
		ignored = write(STDERR_FILENO, map->line, strlen(map->line));
		(void)ignored;
	}
	_exit(STEMMA_EXIT_TROUBLE);
}

void
stemma_guard_map_add(struct stemma_guard_map *map)
{
	struct sigaction action;

	if (!maps) {
		memset(&action, 0, sizeof action);
		action.sa_sigaction = on_fault;
		action.sa_flags = SA_SIGINFO | (int)SA_RESETHAND;
		sigaction(SIGBUS, &action, NULL);
	}
	map->next = maps;
	maps = map;
}

void
stemma_guard_map_drop(struct stemma_guard_map *map)
{
	struct stemma_guard_map *before = maps;

	if (before == map) {
		maps = map->next;
		return;
	}
	while (before && before->next != map)
		before = before->next;
	if (before)
		before->next = map->next;
}

/*
 * None of these handlers comes back to what was interrupted, so no call of ours
 * or of a library's ever ends with EINTR for them.
 */
static void
watch_ends(void)
{
	static const int ends[] = {
		SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXCPU};
	struct sigaction action, old;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		/* One that is ignored (nohup) stays so. */
		if (sigaction(ends[i], NULL, &old) != 0 ||
			old.sa_handler == SIG_IGN)
			continue;
		memset(&action, 0, sizeof action);
		action.sa_handler = on_end;
		action.sa_flags = (int)SA_RESETHAND;
		sigaction(ends[i], &action, NULL);
	}
}

void
stemma_guard_file_add(struct stemma_guard_file *file)
{
	file->next = files;
	files = file;
	watch_ends();
}

void
stemma_guard_file_drop(struct stemma_guard_file *file)
{
	struct stemma_guard_file *before = files;

	if (before == file) {
		files = file->next;
		return;
	}
	while (before && before->next != file)
		before = before->next;
	if (before)
		before->next = file->next;
}
