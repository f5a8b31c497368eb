/* SPDX-License-Identifier: MIT */
#include "run.h"
#include "sync.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Refs are three folders deep: refs/remotes/<hub>/. */
enum { HEX = 40, REFSPEC = 256, DEPTH = 3 };

static enum stemma_code
make_folder(struct stemma_sync *sync, const char *name)
{
	char path[PATH_MAX];

	if (!stemma_path_join(path, sync->folder, name) ||
		(mkdir(path, 0777) != 0 && errno != EEXIST))
		return stemma_system_trouble(sync->error, "make", path);
	return STEMMA_OK;
}

/* Written beside its place and moved there: nobody sees half of it. */
static enum stemma_code
make_file(struct stemma_sync *sync, const char *name, const char *text)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	int fd;
	bool good;

	if (!stemma_path_join(path, sync->folder, name) ||
		!stemma_path_join(temporary, sync->folder, "new"))
		return stemma_system_trouble(sync->error, "make", path);
	unlink(temporary);
	fd = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
	good = fd >= 0 && stemma_file_write(fd, text, strlen(text)) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (!good || rename(temporary, path) != 0)
		return stemma_system_trouble(sync->error, "write", path);
	return STEMMA_OK;
}

static bool
ends_with(const char *name, const char *end)
{
	size_t size = strlen(name), length = strlen(end);

	return size > length && !strcmp(name + size - length, end);
}

/*
 * Locks of a git that was killed: nobody writes in this repository but who
 * syncs, and of those there is one at a time. `depth`: of folders below.
 */
static void
clear_locks(const char *folder, int depth)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *names = opendir(folder);

	while (names && (entry = readdir(names))) {
		if (entry->d_name[0] == '.' ||
			!stemma_path_join(path, folder, entry->d_name))
			continue;
		if (ends_with(entry->d_name, ".lock") ||
			!strcmp(entry->d_name, STEMMA_PACKED_REFS ".new"))
			unlink(path);
		else if (depth > 0 && entry->d_type != DT_LNK &&
			 strcmp(entry->d_name, "objects") != 0)
			clear_locks(path, depth - 1);
	}
	if (names)
		closedir(names);
}

/*
 * Nothing in it is of value: all of it is made again when it is not there. It
 * exists because git looks at every ref of a repository that it fetches to or
 * pushes from, and the archive may have a hundred thousand.
 */
enum stemma_code
stemma_hub_prepare(struct stemma_sync *sync)
{
	static const char *const folders[] = {"", "objects", "objects/info",
		"refs", "refs/heads", "refs/heads/collect", "refs/remotes"};
	static const char *const files[][2] = {
		{"objects/info/alternates", "../../../objects\n"},
		{"config", "[core]\n"
			   "\trepositoryformatversion = 0\n"
			   "\tbare = true\n"
			   "\tlogAllRefUpdates = false\n"
			   "[gc]\n\tauto = 0\n"
			   "[maintenance]\n\tauto = false\n"
			   "[transfer]\n\tfsckObjects = true\n"},
		{"HEAD", "ref: " STEMMA_MAIN_REF "\n"}};
	enum stemma_code code = STEMMA_OK;
	char path[PATH_MAX];
	struct stat status;
	size_t at;

	clear_locks(sync->folder, DEPTH);
	if (stemma_path_join(path, sync->folder, "HEAD") &&
		stat(path, &status) == 0)
		return STEMMA_OK;
	for (at = 0; at < sizeof folders / sizeof *folders; at++) {
		if (code == STEMMA_OK)
			code = make_folder(sync, folders[at]);
	}
	for (at = 0; at < sizeof files / sizeof *files; at++) {
		if (code == STEMMA_OK)
			code = make_file(sync, files[at][0], files[at][1]);
	}
	return code;
}

static enum stemma_code
run_with(struct stemma_sync *sync, const char *const *arguments,
	struct stemma_view input, struct stemma_out *output,
	struct stemma_error *error)
{
	/* What came is as safe as what was added. */
	static const char *const none[] = {"GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=none", NULL};
	static const char *const all[] = {"GIT_CONFIG_COUNT=1",
		"GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=all", NULL};
	const struct stemma_git_call call = {.arguments = arguments,
		.settings =
			sync->store->flush == STEMMA_FLUSH_NONE ? none : all,
		.folder = sync->folder,
		.objects = sync->objects,
		.input = input,
		.output = output};

	return stemma_git_run(sync->store, NULL, &call, error);
}

static enum stemma_code
run(struct stemma_sync *sync, const char *const *arguments,
	struct stemma_out *output, struct stemma_error *error)
{
	return run_with(
		sync, arguments, (struct stemma_view){NULL, 0}, output, error);
}

enum stemma_code
stemma_hub_run(struct stemma_sync *sync, const char *const *arguments,
	struct stemma_view input, struct stemma_error *error)
{
	return run_with(sync, arguments, input, NULL, error);
}

/* Lines "<40 digits> <ref>", of which the last part is a collector's name. */
static enum stemma_code
read_tips(struct stemma_sync *sync, struct stemma_view text)
{
	size_t room = 0, at;

	for (at = 0; at < text.size; at++)
		room += text.bytes[at] == '\n';
	sync->now.count = 0;
	sync->now.items =
		stemma_arena_alloc(sync->arena, room, sizeof *sync->now.items);
	text.bytes = stemma_arena_string(sync->arena, text);
	if (!sync->now.items || !text.bytes)
		return stemma_memory_trouble(sync->error);
	while (text.size) {
		const char *end = memchr(text.bytes, '\n', text.size);
		size_t size = end ? (size_t)(end - text.bytes) : text.size;
		const char *slash = memrchr(text.bytes, '/', size);
		struct stemma_tip *tip = &sync->now.items[sync->now.count];

		if (end && size > HEX && slash &&
			stemma_id_read(&tip->id, text.bytes)) {
			tip->collector = (struct stemma_view){slash + 1,
				(size_t)(text.bytes + size - slash) - 1};
			sync->now.count++;
		}
		text.bytes += size + (end != NULL);
		text.size -= size + (end != NULL);
	}
	return STEMMA_OK;
}

/*
 * The archive has refs of its own to what came, or a gc would take away what
 * stemma/sync.git leads to.
 */
static enum stemma_code
keep_tips(struct stemma_sync *sync)
{
	char folder[PATH_MAX], ref[PATH_MAX];
	enum stemma_code code = STEMMA_OK;

	if (stemma_path_below(folder, sync->store, "refs/remotes", ""))
		mkdir(folder, 0777);
	for (size_t at = 0; at < sync->now.count && code == STEMMA_OK; at++) {
		const struct stemma_tip *tip = &sync->now.items[at];
		struct stemma_id old;
		bool moved, has_old;

		snprintf(ref, sizeof ref, "refs/remotes/%s/%.*s", sync->hub,
			(int)tip->collector.size, tip->collector.bytes);
		code = stemma_ref_read(sync->store, &old, ref, sync->error);
		has_old = code == STEMMA_OK;
		if (code == STEMMA_NOTFOUND)
			code = STEMMA_OK;
		if (code == STEMMA_OK &&
			(!has_old || memcmp(&old, &tip->id, sizeof old) != 0))
			code = stemma_ref_swap(sync->store, ref,
				has_old ? &old : NULL, &tip->id, &moved,
				sync->error);
	}
	return code;
}

enum stemma_code
stemma_hub_fetch(struct stemma_sync *sync)
{
	char all[REFSPEC], pattern[REFSPEC];
	const char *const fetch[] = {"fetch", "-q", "--no-tags", "--prune",
		"--no-write-fetch-head", "--no-auto-gc", "--", sync->url, all,
		NULL};
	const char *const list[] = {"for-each-ref",
		"--format=%(objectname) %(refname)", pattern, NULL};
	struct stemma_out out = {0};
	enum stemma_code code;

	snprintf(all, sizeof all, "+refs/heads/collect/*:refs/remotes/%s/*",
		sync->hub);
	snprintf(pattern, sizeof pattern, "refs/remotes/%s/", sync->hub);
	code = run(sync, fetch, NULL, sync->error);
	if (code == STEMMA_OK)
		code = run(sync, list, &out, sync->error);
	if (code == STEMMA_OK && git_odb_refresh(sync->store->odb) != 0)
		code = stemma_git_trouble(sync->error, -1, "reading");
	if (code == STEMMA_OK)
		code = read_tips(
			sync, (struct stemma_view){out.bytes, out.size});
	stemma_out_free(&out);
	return code == STEMMA_OK ? keep_tips(sync) : code;
}

static enum stemma_code
write_ref(
	struct stemma_sync *sync, const char *name, const struct stemma_id *id)
{
	char line[HEX + 2];

	stemma_id_hex(line, id);
	memcpy(line + HEX, "\n", 2);
	return make_file(sync, name, line);
}

/* What the hub has now, as if it had been fetched: the next fetch need not find
   out that it is known. Without it that takes longer, no more. */
static void
note_pushed(struct stemma_sync *sync, const struct stemma_id *id)
{
	char ref[REFSPEC];

	snprintf(ref, sizeof ref, "refs/remotes/%s", sync->hub);
	if (make_folder(sync, ref) != STEMMA_OK)
		return;
	snprintf(ref, sizeof ref, "refs/remotes/%s/%s", sync->hub,
		sync->store->collector);
	write_ref(sync, ref, id);
}

enum stemma_code
stemma_hub_push(struct stemma_sync *sync, const struct stemma_id *id)
{
	char ref[REFSPEC];
	const char *const push[] = {"push", "-q", "--", sync->url, ref, NULL};
	const char *const first[] = {
		"push", "-q", "--", sync->url, STEMMA_MAIN_REF, NULL};
	struct stemma_id main;
	enum stemma_code code;

	snprintf(ref, sizeof ref, "refs/heads/collect/%s",
		sync->store->collector);
	code = write_ref(sync, ref, id);
	if (code == STEMMA_OK)
		code = run(sync, push, NULL, sync->error);
	if (code == STEMMA_OK)
		note_pushed(sync, id);
	/* Who clones the hub is told what it is. It need not be new. */
	if (code == STEMMA_OK && !sync->before.count && !sync->known.count &&
		stemma_ref_read(sync->store, &main, STEMMA_MAIN_REF, NULL) ==
			STEMMA_OK &&
		write_ref(sync, STEMMA_MAIN_REF, &main) == STEMMA_OK)
		run(sync, first, NULL, NULL);
	return code;
}

bool
stemma_hub_is_taken(struct stemma_sync *sync, const struct stemma_id *id)
{
	char ref[REFSPEC];
	const char *const list[] = {"ls-remote", "--", sync->url, ref, NULL};
	struct stemma_out out = {0};
	struct stemma_id theirs;
	bool taken = false;

	snprintf(ref, sizeof ref, "refs/heads/collect/%s",
		sync->store->collector);
	if (run(sync, list, &out, NULL) == STEMMA_OK && out.size > HEX &&
		stemma_id_read(&theirs, out.bytes)) {
		git_oid one, two;

		memcpy(one.id, id->bytes, sizeof one.id);
		memcpy(two.id, theirs.bytes, sizeof two.id);
		taken = git_graph_descendant_of(
				sync->store->repository, &one, &two) != 1 &&
			memcmp(id, &theirs, sizeof theirs) != 0;
	}
	stemma_out_free(&out);
	return taken;
}
