/*
 * Any bytes are an archive's configuration, and any bytes its packed refs: it
 * opens or there is a reason, and what is read of it is what may stand there.
 *
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stemma.h>

#include "support/demand.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***arguments);

/* Where the archive is that all inputs are tried on. */
static char folder[] = "/tmp/stemma-fuzz-config.XXXXXX";
static char archive[sizeof folder + 16];

static int
remove_one(const char *path, const struct stat *status, int type,
	struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static void
remove_all(void)
{
	if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		fprintf(stderr, "%s is left behind\n", folder);
}

int
LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	check(mkdtemp(folder) != NULL, "no folder");
	atexit(remove_all);
	snprintf(archive, sizeof archive, "%s/kept.stemma", folder);
	check(stemma_store_init(archive, NULL, NULL) == STEMMA_OK,
		"no archive");
	return 0;
}

static void
write_file(const char *name, const uint8_t *data, size_t size)
{
	char path[sizeof archive + 16];
	int fd;

	snprintf(path, sizeof path, "%s/%s", archive, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	check(fd >= 0 && write(fd, data, size) == (ssize_t)size, "no file");
	close(fd);
}

static void
read_archive(void)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_store *store;
	struct stemma_error error = {0};
	struct stemma_name *names;
	size_t count;

	check(arena != NULL, "no memory");
	if (stemma_store_open(&store, archive, NULL, &error) == STEMMA_OK) {
		const char *at = stemma_store_collector(store);

		for (; *at; at++)
			check((*at >= 'a' && *at <= 'z') ||
					(*at >= '0' && *at <= '9') ||
					*at == '-',
				"a collector that is none");
		stemma_store_close(store);
	} else {
		check(*error.message != '\0', "no reason");
	}
	if (stemma_names_list(&names, &count, archive,
		    (struct stemma_view){NULL, 0}, 100, arena,
		    &error) == STEMMA_OK)
		check(count <= 100, "more names than were asked for");
	stemma_arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char config[] = "[core]\n\trepositoryformatversion = 0\n"
				     "\tbare = true\n[stemma]\n\tformat = 1\n"
				     "\tcollector = fuzz\n";

	write_file("config", data, size);
	write_file("packed-refs", (const uint8_t *)"", 0);
	read_archive();
	write_file("config", (const uint8_t *)config, sizeof config - 1);
	write_file("packed-refs", data, size);
	read_archive();
	return 0;
}
