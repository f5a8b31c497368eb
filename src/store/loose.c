/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdeflate.h>

#include "base/sum.h"

enum {
	FACTOR = 1032, /* what DEFLATE can make of a byte, at most */
	FIRST = 4,     /* what it makes of it mostly, of prose */
	ROOM = 4096
};

/* The file's bytes, to be freed; NULL and errno. */
static char *
read_file(int fd, size_t *size)
{
	struct stat status;
	size_t done = 0;
	ssize_t got = 1;
	char *bytes;

	if (fstat(fd, &status) != 0)
		return NULL;
	if (!S_ISREG(status.st_mode)) {
		errno = EINVAL;
		return NULL;
	}
	*size = (size_t)status.st_size;
	bytes = malloc(*size + 1);
	while (bytes && done < *size && got > 0) {
		got = read(fd, bytes + done, *size - done);
		if (got > 0)
			done += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	if (bytes && done < *size) {
		free(bytes);
		errno = EIO;
		return NULL;
	}
	return bytes;
}

/*
 * How large the object is stands in its first bytes, which cannot be had
 * alone: the room doubles until it is enough.
 */
static enum stemma_code
inflate_all(struct stemma_loose *loose, const char *packed, size_t size,
	size_t *whole_size)
{
	struct libdeflate_decompressor *inflater =
		libdeflate_alloc_decompressor();
	enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
	size_t most = size * FACTOR + ROOM;
	size_t room = size * FIRST + ROOM;

	while (inflater && result == LIBDEFLATE_INSUFFICIENT_SPACE &&
		room <= most * 2) {
		free(loose->whole);
		loose->whole = malloc(room);
		if (!loose->whole)
			break;
		result = libdeflate_zlib_decompress(
			inflater, packed, size, loose->whole, room, whole_size);
		room *= 2;
	}
	libdeflate_free_decompressor(inflater);
	if (!inflater || !loose->whole)
		return STEMMA_NOMEM;
	return result == LIBDEFLATE_SUCCESS ? STEMMA_OK : STEMMA_CORRUPT;
}

/* "blob 5123\0" before as many bytes. */
static bool
split(struct stemma_loose *loose, size_t size)
{
	const char *end = memchr(loose->whole, '\0', size < 32 ? size : 32);
	const char *space = end ? strchr(loose->whole, ' ') : NULL;
	char type[16], text[32];

	if (!space || space - loose->whole >= (ptrdiff_t)sizeof type)
		return false;
	memcpy(type, loose->whole, (size_t)(space - loose->whole));
	type[space - loose->whole] = '\0';
	loose->type = git_object_string2type(type);
	loose->bytes.bytes = end + 1;
	loose->bytes.size = size - (size_t)(end + 1 - loose->whole);
	snprintf(text, sizeof text, "%zu", loose->bytes.size);
	return git_object_typeisloose(loose->type) && !strcmp(text, space + 1);
}

enum stemma_code
stemma_loose_load(struct stemma_store *store, struct stemma_loose *loose,
	const struct stemma_id *id)
{
	char path[PATH_MAX], hex[41], below[42];
	unsigned char sum[20];
	size_t size, whole_size = 0;
	enum stemma_code code;
	char *packed;
	int fd;

	*loose = (struct stemma_loose){0};
	stemma_id_hex(hex, id);
	snprintf(below, sizeof below, "%.2s/%s", hex, hex + 2);
	if (!stemma_path_below(path, store, "objects/", below))
		return STEMMA_NOTFOUND;
	do {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	} while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return errno == ENOENT ? STEMMA_NOTFOUND : STEMMA_CORRUPT;
	packed = read_file(fd, &size);
	code = packed            ? inflate_all(loose, packed, size, &whole_size)
	       : errno == ENOMEM ? STEMMA_NOMEM
				 : STEMMA_CORRUPT;
	close(fd);
	free(packed);
	if (code == STEMMA_OK) {
		stemma_sha1(
			sum, (struct stemma_view){loose->whole, whole_size});
		if (memcmp(sum, id->bytes, sizeof sum) != 0 ||
			!split(loose, whole_size))
			code = STEMMA_CORRUPT;
	}
	if (code != STEMMA_OK)
		stemma_loose_free(loose);
	return code;
}

void
stemma_loose_free(struct stemma_loose *loose)
{
	free(loose->whole);
	*loose = (struct stemma_loose){0};
}
