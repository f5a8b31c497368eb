/* SPDX-License-Identifier: MIT */
#include "cache_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output.h"

char *
stemma_cache_path(const char *archive, const char *kind,
	struct stemma_view story, struct stemma_arena *arena)
{
	char key[STEMMA_KEY_SIZE];
	struct stemma_out out = {0};
	char *path = NULL;

	if (stemma_key_make(key, story, NULL) != STEMMA_OK)
		return NULL;
	stemma_out_format(&out, "%s/stemma/%s/%s", archive, kind, key);
	if (stemma_out_finish(&out) == STEMMA_OK)
		path = stemma_arena_string(
			arena, (struct stemma_view){out.bytes, out.size});
	stemma_out_free(&out);
	return path;
}

struct stemma_view
stemma_cache_read(const char *path, struct stemma_arena *arena)
{
	struct stemma_view all = {"", 0};
	FILE *file = path ? fopen(path, "rb") : NULL;
	struct stat status;
	char *bytes;

	if (!file)
		return (struct stemma_view){0};
	if (fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) &&
		status.st_size > 0) {
		bytes = stemma_arena_alloc(arena, (size_t)status.st_size, 1);
		if (bytes)
			all = (struct stemma_view){bytes,
				fread(bytes, 1, (size_t)status.st_size, file)};
	}
	fclose(file);
	return all;
}

/* Make the folder that the file is in. */
static void
make_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096];

	if (!slash || (size_t)(slash - path) >= sizeof folder)
		return;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	mkdir(folder, 0777);
}

void
stemma_cache_write(const char *path, const struct stemma_out *out)
{
	struct stemma_temporary file = {0};
	struct stemma_output output = {0};

	make_folder(path);
	if (!stemma_temporary_make(&file, path, stemma_temporary_mode()))
		return;
	output.fd = file.fd;
	if (stemma_output_sink(&output, out->bytes, out->size) != STEMMA_OK ||
		!stemma_temporary_put(&file, path))
		stemma_temporary_drop(&file);
}
