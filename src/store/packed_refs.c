/* SPDX-License-Identifier: MIT */
#include "packed_refs.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 40 };

int
stemma_view_order(struct stemma_view a, struct stemma_view b)
{
	size_t shorter = a.size < b.size ? a.size : b.size;
	int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool
stemma_packed_refs_open(struct stemma_packed_refs *packed, const char *path)
{
	static const char title[] = "# pack-refs with:";
	char name[PATH_MAX];
	struct stat status;
	void *map = MAP_FAILED;
	const char *end;
	int fd;

	*packed = (struct stemma_packed_refs){0};
	fd = stemma_path_join(name, path, "packed-refs")
		     ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
		     : -1;
	if (fd < 0)
		return false;
	if (fstat(fd, &status) == 0 && status.st_size > 0)
		map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE,
			fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return false;
	packed->bytes = map;
	packed->size = (size_t)status.st_size;
	end = memchr(packed->bytes, '\n', packed->size);
	packed->sorted = end && packed->size > sizeof title &&
			 !memcmp(packed->bytes, title, sizeof title - 1) &&
			 memmem(packed->bytes, (size_t)(end - packed->bytes),
				 " sorted", 7);
	return true;
}

/* Where the line that `at` is in begins. */
static size_t
line_start(const struct stemma_packed_refs *packed, size_t at)
{
	const char *before = at ? memrchr(packed->bytes, '\n', at) : NULL;

	return before ? (size_t)(before - packed->bytes) + 1 : 0;
}

static size_t
line_end(const struct stemma_packed_refs *packed, size_t at)
{
	const char *end = memchr(packed->bytes + at, '\n', packed->size - at);

	return end ? (size_t)(end - packed->bytes) : packed->size;
}

struct stemma_view
stemma_packed_refs_name(const struct stemma_packed_refs *packed, size_t at)
{
	size_t size = line_end(packed, at) - at;

	if (size <= HEX + 1 || packed->bytes[at] == '#' ||
		packed->bytes[at] == '^')
		return (struct stemma_view){NULL, 0};
	return (struct stemma_view){
		packed->bytes + at + HEX + 1, size - HEX - 1};
}

size_t
stemma_packed_refs_find(
	const struct stemma_packed_refs *packed, struct stemma_view ref)
{
	size_t low = 0, high = packed->size;

	if (!packed->sorted)
		return 0;
	while (low < high) {
		size_t at = line_start(packed, low + (high - low) / 2);
		struct stemma_view found = stemma_packed_refs_name(packed, at);

		if (!found.size || stemma_view_order(found, ref) < 0)
			low = line_end(packed, at) + 1;
		else
			high = at;
	}
	return low < packed->size ? low : packed->size;
}

size_t
stemma_packed_refs_next(const struct stemma_packed_refs *packed, size_t at)
{
	size_t end = line_end(packed, at);

	return end < packed->size ? end + 1 : packed->size;
}

void
stemma_packed_refs_close(struct stemma_packed_refs *packed)
{
	if (packed->size)
		munmap((void *)(uintptr_t)packed->bytes, packed->size);
	*packed = (struct stemma_packed_refs){0};
}
