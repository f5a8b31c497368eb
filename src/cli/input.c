/* SPDX-License-Identifier: MIT */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "trouble.h"

/* Below this a read is cheaper than a map and its page faults. */
#define MAP_AT ((off_t)256 << 10)
/* A stream that never ends (/dev/zero) must not take all memory. */
#define STREAM_MOST ((size_t)2 << 30)
#define FIRST_READ ((size_t)64 << 10)

static int
fail(const struct stemma_input *input, int error)
{
	return stemma_trouble("%s: %s",
		strcmp(input->name, "-") ? input->name : "standard input",
		strerror(error));
}

/* Map the file; false where that does not work, for reading instead. */
static bool
map_file(struct stemma_input *input, int fd, const struct stat *status)
{
	size_t size = (size_t)status->st_size;
	void *start;

	if (status->st_size < MAP_AT || lseek(fd, 0, SEEK_CUR) != 0)
		return false;
	start = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (start == MAP_FAILED)
		return false;
	input->bytes.bytes = start;
	input->bytes.size = size;
	input->size = status->st_size;
	input->changed = status->st_mtim;
	input->map.start = start;
	input->map.size = size;
	input->map.line = stemma_trouble_line(
		"%s: The file was cut short while it was read", input->name);
	stemma_guard_map_add(&input->map);
	return true;
}

/* Make the buffer larger; false if it may not or cannot be. */
static bool
grow(char **buffer, size_t *capacity)
{
	size_t larger = *capacity * 2;
	char *bytes;

	if (larger > STREAM_MOST)
		return false;
	bytes = realloc(*buffer, larger);
	if (!bytes)
		return false;
	*buffer = bytes;
	*capacity = larger;
	return true;
}

/* Read to the end, in a buffer that has room for `expected` bytes. */
static int
read_stream(struct stemma_input *input, int fd, size_t expected)
{
	/* One more, so that the end is seen without growing. */
	size_t capacity = (expected ? expected : FIRST_READ) + 1, size = 0;
	char *buffer = malloc(capacity);
	ssize_t done;

	if (!buffer)
		return fail(input, ENOMEM);
	for (;;) {
		if (size == capacity && !grow(&buffer, &capacity)) {
			free(buffer);
			return fail(input,
				capacity * 2 > STREAM_MOST ? EFBIG : ENOMEM);
		}
		done = read(fd, buffer + size, capacity - size);
		if (done == 0)
			break;
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			free(buffer);
			return fail(input, errno);
		}
		size += (size_t)done;
	}
	input->bytes.bytes = buffer;
	input->bytes.size = size;
	return STEMMA_EXIT_SAME;
}

static int
read_open(struct stemma_input *input, int fd)
{
	struct stat status;
	bool regular;

	if (fstat(fd, &status) != 0)
		return fail(input, errno);
	if (S_ISDIR(status.st_mode))
		return fail(input, EISDIR);
	regular = S_ISREG(status.st_mode);
	if (regular && map_file(input, fd, &status)) {
		input->fd = fd;
		return STEMMA_EXIT_SAME;
	}
	return read_stream(input, fd,
		regular && status.st_size < MAP_AT ? (size_t)status.st_size
						   : 0);
}

int
stemma_input_read(struct stemma_input *input, const char *name)
{
	int fd, trouble;

	memset(input, 0, sizeof *input);
	input->name = name;
	input->fd = -1;
	if (!strcmp(name, "-"))
		return read_open(input, STDIN_FILENO);
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail(input, errno);
	trouble = read_open(input, fd);
	if (input->fd != fd)
		close(fd);
	return trouble;
}

int
stemma_input_once(char *const *names, size_t count)
{
	size_t dashes = 0;

	for (size_t at = 0; at < count; at++)
		dashes += !strcmp(names[at], "-");
	return dashes <= 1
		       ? STEMMA_EXIT_SAME
		       : stemma_trouble("'-' can stand for one of the texts "
					"only: standard input is read once");
}

int
stemma_input_verify(const struct stemma_input *input)
{
	struct stat now;

	if (input->map.size == 0)
		return STEMMA_EXIT_SAME;
	if (fstat(input->fd, &now) != 0)
		return fail(input, errno);
	if (now.st_size != input->size ||
		now.st_mtim.tv_sec != input->changed.tv_sec ||
		now.st_mtim.tv_nsec != input->changed.tv_nsec)
		return stemma_trouble(
			"%s: The file changed while it was read", input->name);
	return STEMMA_EXIT_SAME;
}

void
stemma_input_close(struct stemma_input *input)
{
	if (input->map.size) {
		stemma_guard_map_drop(&input->map);
		munmap((void *)(uintptr_t)input->map.start, input->map.size);
		free(input->map.line);
		if (input->fd != STDIN_FILENO)
			close(input->fd);
	} else {
		free((void *)(uintptr_t)input->bytes.bytes);
	}
	memset(input, 0, sizeof *input);
}
