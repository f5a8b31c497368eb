/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Archives of ours have a quarter of a kilobyte of settings. */
enum { ROOM = 1 << 16 };

static size_t
read_settings(char room[ROOM + 1], const char *path)
{
	char name[PATH_MAX];
	size_t size = 0;
	ssize_t got = 1;
	int fd = stemma_path_join(name, path, "config")
			 ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
			 : -1;

	if (fd < 0)
		return 0;
	while (size < ROOM && got > 0) {
		got = read(fd, room + size, ROOM - size);
		size += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	room[size] = '\0';
	/* What did not fit may say something else. */
	return got == 0 && !memchr(room, '\0', size) ? size : 0;
}

/* "format = 1", spaces aside; 0 if it is something else. */
static long
format_of(const char *line)
{
	static const char key[] = "format";
	char *end;
	long format;

	if (strncasecmp(line, key, sizeof key - 1) != 0)
		return 0;
	line += sizeof key - 1;
	line += strspn(line, " \t");
	if (*line++ != '=')
		return 0;
	format = strtol(line, &end, 10);
	return end[strspn(end, " \t\r")] == '\0' ? format : -1;
}

/*
 * Not all that a configuration may say is understood here, and need not be:
 * where it is not as we write it, it is as if nothing were known.
 */
bool
stemma_store_is_known(const char *path)
{
	char room[ROOM + 1], *rest = room, *line;
	bool ours = false, known = false;

	if (!read_settings(room, path))
		return false;
	while ((line = strsep(&rest, "\n"))) {
		line += strspn(line, " \t");
		if (!strncasecmp(line, "[include", 8))
			return false;
		if (*line == '[')
			ours = !strcasecmp(line, "[stemma]");
		else if (ours && !strncasecmp(line, "format", 6)) {
			long format = format_of(line);

			if (format < 1 || format > STEMMA_STORE_FORMAT)
				return false;
			known = true;
		}
	}
	return known;
}
