/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The first commit of main is the same in every archive of this format, so
 * that archives can be joined: its author, date and texts are fixed.
 */
static const char readme[] =
	"This is an archive of stemma: revisions of stories over time.\n"
	"\n"
	"Each branch story/<key> is one story, each commit a revision of it,\n"
	"holding the text as it was retrieved; the commit's message tells\n"
	"where from and when. Any git can read it; stemma adds to it.\n"
	"Branches collect/<collector> carry revisions between archives.\n";

static const int64_t birth = 1704067200; /* 2024-01-01 */

/*
 * Git must pack nothing by itself and forget nothing soon: what it does is
 * started by us, and an object is written a while before a ref leads to it.
 */
static const char config[] = "[core]\n"
			     "\trepositoryformatversion = 0\n"
			     "\tfilemode = true\n"
			     "\tbare = true\n"
			     "\tlogAllRefUpdates = false\n"
			     "\tfsync = all\n"
			     "[gc]\n"
			     "\tauto = 0\n"
			     "\tpruneExpire = 2.weeks\n"
			     "[receive]\n"
			     "\tautogc = false\n"
			     "[transfer]\n"
			     "\tfsckObjects = true\n"
			     "[stemma]\n"
			     "\tformat = %d\n"
			     "\tcollector = %s\n";

static const char *const folders[] = {"objects", "objects/info", "objects/pack",
	"refs", "refs/heads", "refs/heads/story", "refs/tags", "stemma",
	"stemma/locks"};

/* From the inside out, so that each name is safe once its folder is. */
static const char *const flushed[] = {
	"objects", "refs/heads", "refs", "stemma", "."};

static enum stemma_code
make_folders(const char *path, struct stemma_error *error)
{
	char full[PATH_MAX], name[sizeof "objects/ff"];
	size_t at, count = sizeof folders / sizeof *folders;

	for (at = 0; at < count + 256; at++) {
		snprintf(name, sizeof name, "objects/%02x",
			(unsigned)(at - count) & 0xff);
		if (!stemma_path_join(
			    full, path, at < count ? folders[at] : name) ||
			mkdir(full, 0777) != 0)
			return stemma_system_trouble(error, "make", full);
	}
	return STEMMA_OK;
}

static enum stemma_code
make_file(const char *path, const char *name, struct stemma_view bytes,
	struct stemma_error *error)
{
	char full[PATH_MAX];
	int fd, failed;

	fd = !stemma_path_join(full, path, name)
		     ? -1
		     : open(full, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC,
			       0666);
	if (fd < 0)
		return stemma_system_trouble(error, "make", full);
	failed = stemma_file_write(fd, bytes.bytes, bytes.size) ||
		 TEMP_FAILURE_RETRY(fsync(fd)) != 0;
	if (failed)
		stemma_system_trouble(error, "write", full);
	close(fd);
	return failed ? STEMMA_IO : STEMMA_OK;
}

static enum stemma_code
make_files(const char *path, const char *collector, struct stemma_error *error)
{
	char text[sizeof config + 128];
	enum stemma_code code;

	snprintf(text, sizeof text, config, STEMMA_STORE_FORMAT, collector);
	code = make_file(path, "HEAD",
		stemma_view_of("ref: " STEMMA_MAIN_REF "\n"), error);
	if (code == STEMMA_OK)
		code = make_file(path, "config", stemma_view_of(text), error);
	return code;
}

static enum stemma_code
make_tree(struct stemma_store *store, struct stemma_id *tree,
	struct stemma_error *error)
{
	char format[16];
	struct stemma_tree_entry entries[] = {
		{.name = stemma_view_of(".gitattributes")},
		{.name = stemma_view_of("README")},
		{.name = stemma_view_of("archive-format")},
	};
	const char *texts[] = {STEMMA_ATTRIBUTES, readme, format};
	struct stemma_out out = {0};
	enum stemma_code code = STEMMA_OK;
	size_t at;

	snprintf(format, sizeof format, "%d\n", STEMMA_STORE_FORMAT);
	for (at = 0; at < 3 && code == STEMMA_OK; at++)
		code = stemma_object_write(store, &entries[at].id,
			GIT_OBJECT_BLOB, stemma_view_of(texts[at]), error);
	if (code != STEMMA_OK)
		return code;
	stemma_tree_make(&out, entries, 3);
	code = stemma_out_finish(&out);
	if (code == STEMMA_OK)
		code = stemma_object_write(store, tree, GIT_OBJECT_TREE,
			(struct stemma_view){out.bytes, out.size}, error);
	else
		stemma_memory_trouble(error);
	stemma_out_free(&out);
	return code;
}

static enum stemma_code
make_main(const char *path, struct stemma_error *error)
{
	struct stemma_store *store;
	struct stemma_id tree, commit;
	char hex[41], text[256];
	bool moved;
	enum stemma_code code = stemma_store_open(&store, path, NULL, error);

	if (code != STEMMA_OK)
		return code;
	code = make_tree(store, &tree, error);
	if (code == STEMMA_OK) {
		stemma_id_hex(hex, &tree);
		snprintf(text, sizeof text,
			"tree %s\n"
			"author stemma <stemma@stemma> %lld +0000\n"
			"committer stemma <stemma@stemma> %lld +0000\n"
			"\n"
			"An archive of stemma\n",
			hex, (long long)birth, (long long)birth);
		code = stemma_object_write(store, &commit, GIT_OBJECT_COMMIT,
			stemma_view_of(text), error);
	}
	if (code == STEMMA_OK)
		code = stemma_ref_swap(
			store, STEMMA_MAIN_REF, NULL, &commit, &moved, error);
	for (size_t at = 0; at < sizeof flushed / sizeof *flushed; at++) {
		if (code == STEMMA_OK)
			code = stemma_folder_flush(store, flushed[at], error);
	}
	stemma_store_close(store);
	return code;
}

static int
remove_entry(const char *path, const struct stat *status, int type,
	struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

/* The folders above `path`. */
static enum stemma_code
make_parents(char *path, struct stemma_error *error)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		int failed;

		*slash = '\0';
		failed = mkdir(path, 0777) != 0 && errno != EEXIST;
		if (failed)
			stemma_system_trouble(error, "make", path);
		*slash = '/';
		if (failed)
			return STEMMA_IO;
	}
	return STEMMA_OK;
}

static enum stemma_code
exists(const char *path, struct stemma_error *error)
{
	return stemma_error_set(error, STEMMA_EXISTS,
		stemma_store_probe(path) ? "%s is an archive already"
					 : "%s is there already and not empty",
		path);
}

/* Make the names in a folder safe; a file system that cannot is not ours to
   repair. */
static void
flush_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

/*
 * An empty folder is filled rather than replaced: somebody may stand in it.
 * The first name decides between two who do so at once, the last one makes
 * it a repository.
 */
static enum stemma_code
fill(const char *temporary, const char *path, struct stemma_error *error)
{
	static const char *const names[] = {
		"stemma", "objects", "refs", "config", "HEAD"};
	char from[PATH_MAX], to[PATH_MAX];
	size_t at;

	for (at = 0; at < sizeof names / sizeof *names; at++) {
		if (stemma_path_join(from, temporary, names[at]) &&
			stemma_path_join(to, path, names[at]) &&
			rename(from, to) == 0)
			continue;
		if (at == 0 && (errno == EEXIST || errno == ENOTEMPTY))
			return exists(path, error);
		return stemma_system_trouble(error, "make", to);
	}
	flush_folder(path);
	rmdir(temporary);
	return STEMMA_OK;
}

/* Give the finished archive its name, and make that name safe. */
static enum stemma_code
publish(const char *temporary, char *path, struct stemma_error *error)
{
	char *slash = strrchr(path, '/');

	if (rename(temporary, path) != 0) {
		if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
			return exists(path, error);
		return stemma_system_trouble(error, "make", path);
	}
	if (slash && slash > path)
		*slash = '\0';
	flush_folder(slash ? path : ".");
	return STEMMA_OK;
}

/* Whether the folder is there; *empty if nothing is in it. */
static bool
look(const char *path, bool *empty)
{
	struct stat status;
	DIR *folder = opendir(path);
	struct dirent *entry;

	*empty = false;
	if (!folder)
		return lstat(path, &status) == 0;
	*empty = true;
	while ((entry = readdir(folder))) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			*empty = false;
	}
	closedir(folder);
	return true;
}

/* Build it beside its place, then move it there. */
static enum stemma_code
build(char *path, const char *collector, struct stemma_error *error)
{
	char temporary[PATH_MAX], name[16], suffix[32];
	enum stemma_code code;
	bool empty, there = look(path, &empty);

	if (there && !empty)
		return exists(path, error);
	stemma_collector_make(name);
	snprintf(suffix, sizeof suffix, "new-%s", name);
	if (!stemma_path_join(temporary, path, suffix))
		return stemma_system_trouble(error, "make", path);
	if (!there)
		temporary[strlen(path)] = '.';
	code = make_parents(path, error);
	if (code == STEMMA_OK && mkdir(temporary, 0777) != 0)
		code = stemma_system_trouble(error, "make", temporary);
	if (code != STEMMA_OK)
		return code;
	code = make_folders(temporary, error);
	if (code == STEMMA_OK)
		code = make_files(temporary, collector, error);
	if (code == STEMMA_OK)
		code = make_main(temporary, error);
	if (code == STEMMA_OK)
		code = there ? fill(temporary, path, error)
			     : publish(temporary, path, error);
	if (code != STEMMA_OK)
		nftw(temporary, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	return code;
}

enum stemma_code
stemma_store_init(const char *path, const struct stemma_store_options *options,
	struct stemma_error *error)
{
	const char *collector = options ? options->collector : NULL;
	char name[16], whole[PATH_MAX];
	size_t size = strlen(path);

	while (size > 1 && path[size - 1] == '/')
		size--;
	if (size == 0 || size > sizeof whole - 128)
		return stemma_error_set(error, STEMMA_INVALID,
			"an archive's path cannot be %zu bytes long", size);
	memcpy(whole, path, size);
	whole[size] = '\0';
	stemma_collector_make(name);
	if (!collector)
		collector = name;
	if (!stemma_collector_check(stemma_view_of(collector)))
		return stemma_error_set(error, STEMMA_INVALID,
			"'%s' cannot be a collector's name: it has up to 64 of "
			"[a-z0-9-]",
			collector);
	return build(whole, collector, error);
}
