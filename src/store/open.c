/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

#include <git2/sys/repository.h>

/* For other writers, in milliseconds. */
enum { PATIENCE = 10000 };

static uint64_t
random_number(void)
{
	struct timespec now;
	uint64_t number;

	if (getrandom(&number, sizeof number, 0) == sizeof number)
		return number;
	clock_gettime(CLOCK_REALTIME, &now);
	return stemma_hash((struct stemma_view){(char *)&now, sizeof now});
}

void
stemma_collector_make(char name[16])
{
	snprintf(name, 16, "c-%012llx",
		(unsigned long long)random_number() & 0xffffffffffffULL);
}

bool
stemma_collector_check(struct stemma_view name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (name.size == 0 || name.size > 64 || name.bytes[0] == '-' ||
		name.bytes[name.size - 1] == '-')
		return false;
	for (size_t at = 0; at < name.size; at++)
		if (!name.bytes[at] || !strchr(allowed, name.bytes[at]))
			return false;
	return true;
}

static bool
is_folder(const char *path, const char *name)
{
	char full[PATH_MAX];
	struct stat status;

	return stemma_path_join(full, path, name) && stat(full, &status) == 0 &&
	       S_ISDIR(status.st_mode);
}

bool
stemma_store_probe(const char *path)
{
	return is_folder(path, "stemma") && is_folder(path, "objects") &&
	       is_folder(path, "refs");
}

/* The settings that we need of git's configuration. */
struct settings {
	int64_t format; /* 0: it does not say */
	char *collector;
	bool no_flush;
	int sign;
};

static void
read_settings(struct stemma_store *store, struct settings *settings)
{
	git_config *config = NULL;
	const char *text;

	if (git_repository_config_snapshot(&config, store->repository) != 0)
		return;
	if (git_config_get_int64(&settings->format, config, "stemma.format"))
		settings->format = 0;
	if (git_config_get_string(&text, config, "stemma.collector") == 0 &&
		stemma_collector_check(stemma_view_of(text)))
		settings->collector = strdup(text);
	if (git_config_get_string(&text, config, "core.fsync") == 0)
		settings->no_flush = !strcmp(text, "none");
	if (git_config_get_bool(&settings->sign, config, "stemma.sign") != 0)
		settings->sign = 0;
	git_config_free(config);
}

/* A copy that git made has the file, but not the setting. */
static int64_t
format_of_main(struct stemma_store *store)
{
	git_object *object = NULL;
	int64_t format = 0;

	if (git_revparse_single(&object, store->repository,
		    STEMMA_MAIN_REF ":archive-format") == 0 &&
		git_object_type(object) == GIT_OBJECT_BLOB &&
		git_blob_rawsize((git_blob *)object) < 20)
		format = strtoll(
			git_blob_rawcontent((git_blob *)object), NULL, 10);
	git_object_free(object);
	return format;
}

static enum stemma_code
check_format(
	struct stemma_store *store, int64_t format, struct stemma_error *error)
{
	if (format == 0)
		format = format_of_main(store);
	if (format == 0)
		return stemma_error_set(error, STEMMA_INVALID,
			"%s is a git repository, but not an archive of stemma",
			store->path);
	if (format < 0 || format > STEMMA_STORE_FORMAT)
		return stemma_error_set(error, STEMMA_UNSUPPORTED,
			"%s has archive format %lld; this stemma reads up to "
			"%d: a newer one is needed",
			store->path, (long long)format, STEMMA_STORE_FORMAT);
	return STEMMA_OK;
}

/* A copy needs a name of its own, kept as soon as it can be written down. */
static enum stemma_code
name_collector(struct stemma_store *store, struct settings *settings,
	struct stemma_error *error)
{
	git_config *config = NULL;
	char name[16];

	if (!settings->collector) {
		stemma_collector_make(name);
		settings->collector = strdup(name);
		if (settings->collector &&
			git_repository_config(&config, store->repository) == 0)
			git_config_set_string(config, "stemma.collector", name);
		git_config_free(config);
	}
	store->collector = settings->collector;
	return store->collector ? STEMMA_OK : stemma_memory_trouble(error);
}

/* An archive is the same for all: no settings of the user's or the machine's
   are read, which also may not be readable. libgit2 runs nothing that a
   configuration names, so whose the repository is does not matter to it; the
   git program asks for itself. */
static void
configure_libgit2(void)
{
	for (int level = GIT_CONFIG_LEVEL_PROGRAMDATA;
		level <= GIT_CONFIG_LEVEL_GLOBAL; level++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
	/* Objects are read once. What deltas are made of is kept all the same. */
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
}

void
stemma_store_rehash(bool rehash)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, rehash);
}

/* Of what an archive's objects are read from, that which can write packs. */
static git_odb_backend *
find_packs(git_odb *odb)
{
	git_odb_backend *backend;

	for (size_t at = 0; at < git_odb_num_backends(odb); at++) {
		if (git_odb_get_backend(&backend, odb, at) == 0 &&
			backend->writepack && backend->exists)
			return backend;
	}
	return NULL;
}

static enum stemma_code
open_repository(struct stemma_store *store, struct stemma_error *error)
{
	int result;

	configure_libgit2();
	result = git_repository_open_ext(&store->repository, store->path,
		GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_BARE |
			GIT_REPOSITORY_OPEN_NO_DOTGIT,
		NULL);
	if (result == GIT_ENOTFOUND)
		return stemma_error_set(error, STEMMA_NOTFOUND,
			"there is no archive at %s", store->path);
	if (result == 0)
		result = git_repository_odb(&store->odb, store->repository);
	if (result == 0)
		store->packs = find_packs(store->odb);
	return result == 0 ? STEMMA_OK
			   : stemma_git_trouble(error, result, store->path);
}

void
stemma_objects_look_again(struct stemma_store *store)
{
	char path[PATH_MAX];
	git_odb *odb;

	if (!stemma_path_below(path, store, "objects", "") ||
		git_odb_open(&odb, path) != 0)
		return;
	if (git_repository_set_odb(store->repository, odb) != 0) {
		git_odb_free(odb);
		return;
	}
	git_odb_free(store->odb);
	store->odb = odb;
	store->packs = find_packs(odb);
}

static enum stemma_code
set_up(struct stemma_store *store, struct stemma_error *error)
{
	struct settings settings = {0};
	enum stemma_code code = open_repository(store, error);

	if (code != STEMMA_OK)
		return code;
	read_settings(store, &settings);
	code = check_format(store, settings.format, error);
	if (code != STEMMA_OK) {
		free(settings.collector);
		return code;
	}
	store->flush = settings.no_flush ? STEMMA_FLUSH_NONE
					 : stemma_flush_for(store->path);
	store->sign = store->sign || settings.sign;
	git_libgit2_opts(
		GIT_OPT_ENABLE_FSYNC_GITDIR, store->flush != STEMMA_FLUSH_NONE);
	return name_collector(store, &settings, error);
}

/* A copy of `path` without the slashes at its end. */
static char *
trim(const char *path)
{
	size_t size = strlen(path);

	while (size > 1 && path[size - 1] == '/')
		size--;
	return strndup(path, size);
}

enum stemma_code
stemma_store_open(struct stemma_store **store, const char *path,
	const struct stemma_store_options *options, struct stemma_error *error)
{
	struct stemma_store *opened = calloc(1, sizeof *opened);
	enum stemma_code code;

	*store = NULL;
	if (!opened)
		return stemma_memory_trouble(error);
	if (git_libgit2_init() < 0) {
		free(opened);
		return stemma_git_trouble(error, -1, "starting libgit2");
	}
	opened->seed = random_number();
	opened->environment = options ? options->environment : NULL;
	opened->sign = options && options->sign;
	opened->patience =
		options && options->patience ? options->patience : PATIENCE;
	opened->path = trim(path);
	code = opened->path ? set_up(opened, error)
			    : stemma_memory_trouble(error);
	if (code == STEMMA_OK)
		*store = opened;
	else
		stemma_store_close(opened);
	return code;
}

void
stemma_store_close(struct stemma_store *store)
{
	if (!store)
		return;
	git_odb_free(store->odb);
	git_repository_free(store->repository);
	free(store->collector);
	free(store->path);
	free(store);
	git_libgit2_shutdown();
}

const char *
stemma_store_path(const struct stemma_store *store)
{
	return store->path;
}

const char *
stemma_store_collector(const struct stemma_store *store)
{
	return store->collector;
}
