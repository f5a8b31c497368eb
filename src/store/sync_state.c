/* SPDX-License-Identifier: MIT */
#include "sync.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 *     stemma-sync 1
 *     tip <40 digits> <collector>
 *     <40 digits> <key>
 *     end
 *
 * Without the last line the file is not whole, and counts for nothing.
 */
static const char title[] = "stemma-sync 1\n";

enum { HEX = 40 };

static bool
state_path(
	char path[PATH_MAX], const struct stemma_sync *sync, const char *suffix)
{
	char name[64];

	snprintf(name, sizeof name, "stemma/sync-%s%s", sync->hub, suffix);
	return stemma_path_below(path, sync->store, name, "");
}

/* The file's bytes, in the arena; empty if there is none. */
static enum stemma_code
read_file(struct stemma_sync *sync, struct stemma_view *bytes)
{
	char path[PATH_MAX], *room = NULL;
	struct stat status;
	size_t size = 0;
	int fd = state_path(path, sync, "") ? open(path, O_RDONLY | O_CLOEXEC)
					    : -1;

	*bytes = (struct stemma_view){NULL, 0};
	if (fd < 0)
		return STEMMA_OK;
	if (fstat(fd, &status) == 0 && status.st_size > 0)
		room = stemma_arena_alloc(
			sync->arena, (size_t)status.st_size, 1);
	while (room && size < (size_t)status.st_size) {
		ssize_t part = TEMP_FAILURE_RETRY(
			read(fd, room + size, (size_t)status.st_size - size));

		if (part <= 0)
			break;
		size += (size_t)part;
	}
	close(fd);
	*bytes = (struct stemma_view){room, size};
	return STEMMA_OK;
}

static bool
is_whole(struct stemma_view text)
{
	return text.size > sizeof title + 4 &&
	       !memcmp(text.bytes, title, sizeof title - 1) &&
	       !memcmp(text.bytes + text.size - 5, "\nend\n", 5);
}

static enum stemma_code
read_line(struct stemma_sync *sync, struct stemma_view line)
{
	struct stemma_tip *tip = &sync->before.items[sync->before.count];
	struct stemma_id id;

	if (line.size > HEX + 5 && !memcmp(line.bytes, "tip ", 4) &&
		stemma_id_read(&tip->id, line.bytes + 4)) {
		tip->collector = (struct stemma_view){
			line.bytes + HEX + 5, line.size - HEX - 5};
		sync->before.count++;
		return STEMMA_OK;
	}
	if (line.size <= HEX + 1 || !stemma_id_read(&id, line.bytes))
		return STEMMA_OK;
	line.bytes += HEX + 1;
	line.size -= HEX + 1;
	return stemma_heads_add(sync, &sync->known, line, &id);
}

/* How many lines begin as one of a tip does. */
static size_t
count_tips(struct stemma_view text)
{
	size_t count = 0;

	for (size_t at = 0; at + 5 < text.size; at++)
		count += !memcmp(text.bytes + at, "\ntip ", 5);
	return count;
}

enum stemma_code
stemma_sync_recall(struct stemma_sync *sync, bool *found)
{
	struct stemma_view text;
	enum stemma_code code = read_file(sync, &text);

	*found = code == STEMMA_OK && is_whole(text);
	if (!*found)
		return code;
	sync->before.items = stemma_arena_alloc(
		sync->arena, count_tips(text) + 1, sizeof *sync->before.items);
	if (!sync->before.items)
		return stemma_memory_trouble(sync->error);
	while (text.size && code == STEMMA_OK) {
		const char *end = memchr(text.bytes, '\n', text.size);
		size_t size = (size_t)(end - text.bytes);

		code = read_line(sync, (struct stemma_view){text.bytes, size});
		text.bytes += size + 1;
		text.size -= size + 1;
	}
	return code;
}

static void
put(struct stemma_out *out, const struct stemma_id *id, struct stemma_view name)
{
	char hex[HEX + 1];

	stemma_id_hex(hex, id);
	stemma_out_bytes(out, hex, HEX);
	stemma_out_char(out, ' ');
	stemma_out_view(out, name);
	stemma_out_char(out, '\n');
}

void
stemma_sync_remember(struct stemma_sync *sync, const struct stemma_heads *heads)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	struct stemma_out out = {0};
	size_t at;
	int fd;

	stemma_out_string(&out, title);
	for (at = 0; at < sync->now.count; at++) {
		stemma_out_string(&out, "tip ");
		put(&out, &sync->now.items[at].id,
			sync->now.items[at].collector);
	}
	for (at = 0; at < heads->count; at++)
		put(&out, &heads->items[at].id, heads->items[at].key);
	stemma_out_string(&out, "end\n");
	if (stemma_out_finish(&out) == STEMMA_OK &&
		state_path(path, sync, "") &&
		state_path(temporary, sync, ".new")) {
		unlink(temporary);
		fd = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC,
			0666);
		if (fd >= 0 && stemma_file_write(fd, out.bytes, out.size) == 0)
			rename(temporary, path);
		if (fd >= 0)
			close(fd);
	}
	stemma_out_free(&out);
}
