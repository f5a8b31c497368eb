/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "import.h"
#include "feed.h"
#include "record.h"
#include "trouble.h"

static bool
is_blank(struct stemma_view line)
{
	for (size_t at = 0; at < line.size; at++)
		if (!memchr(" \t\r", line.bytes[at], 3))
			return false;
	return true;
}

static int
add_line(struct stemma_import *import, struct stemma_records *records,
	const struct stemma_feed *feed, struct stemma_view line,
	const char *name)
{
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_error error = {0};
	struct stemma_entry entry;
	int trouble = STEMMA_EXIT_SAME;

	if (feed->too_long)
		stemma_import_bad(
			import, name, feed->number, "the line is too long");
	else if (is_blank(line))
		return STEMMA_EXIT_SAME;
	else if (stemma_record_read(records, &entry, line, arena, &error))
		trouble = stemma_import_add(import, &entry, name, feed->number);
	else
		stemma_import_bad(
			import, name, feed->number, "%s", error.message);
	stemma_arena_rewind(arena, mark);
	return trouble;
}

/* The folder of a file; NULL for one that is here. */
static const char *
folder_of(const char *file, struct stemma_arena *arena)
{
	const char *slash = strrchr(file, '/');

	return slash ? stemma_arena_string(
			       arena, (struct stemma_view){file,
					      (size_t)(slash - file)})
		     : NULL;
}

/* What is not dated is from when the file was written, so that it is the same
   revision when the file is imported again. */
static int64_t
date_of(int fd)
{
	struct stat status;

	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
		status.st_mtime >= 0)
		return status.st_mtime;
	return time(NULL);
}

static int
add_lines(struct stemma_import *import, const char *file, const char *name,
	int fd)
{
	struct stemma_records records = {.date = date_of(fd),
		.folder = folder_of(file, import->archive.arena)};
	struct stemma_feed feed = {.fd = fd};
	struct stemma_view line;
	int trouble = STEMMA_EXIT_SAME;

	while (!trouble && stemma_feed_next(&feed, &line))
		trouble = add_line(import, &records, &feed, line, name);
	if (!trouble && feed.error)
		trouble = stemma_trouble("%s: %s", name, strerror(feed.error));
	stemma_records_free(&records);
	stemma_feed_free(&feed);
	return trouble;
}

int
stemma_import_jsonl(struct stemma_import *import, const char *file)
{
	int fd, trouble;

	if (!strcmp(file, "-"))
		return add_lines(import, file, "standard input", STDIN_FILENO);
	fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return stemma_trouble("%s: %s", file, strerror(errno));
	trouble = add_lines(import, file, file, fd);
	close(fd);
	return trouble;
}
