/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nearest.h"
#include "trouble.h"

const struct stemma_option stemma_archive_options[] = {
	{.name = "archive",
		.value = STEMMA_VALUE_ARCHIVE,
		.metavar = "DIR",
		.help = "the archive to use. Without it: STEMMA_ARCHIVE, else "
			"the one around the working directory, else the "
			"user's own",
		.at = offsetof(struct stemma_archive_settings, path)},
	{0},
};

/* `parent`/`name` in `arena`. */
static char *
join(struct stemma_arena *arena, const char *parent, const char *name)
{
	size_t size = strlen(parent);
	char *path = stemma_arena_alloc(arena, size + strlen(name) + 2, 1);

	if (!path)
		return NULL;
	memcpy(path, parent, size);
	path[size] = '/';
	memcpy(path + size + 1, name, strlen(name) + 1);
	return path;
}

/* The archive that `folder` is, or has as .stemma; NULL for none. */
static const char *
archive_at(const char *folder, struct stemma_arena *arena)
{
	char *inside = join(arena, folder, ".stemma");

	if (inside && stemma_store_probe(inside))
		return inside;
	return stemma_store_probe(folder)
		       ? stemma_arena_string(arena, stemma_view_of(folder))
		       : NULL;
}

/*
 * Whether the archive at `path` is one of the user's. An archive has settings,
 * and they may name programs for git to run: what somebody else has left above
 * the working directory is not to be obeyed unasked.
 */
static bool
is_trusted(const char *path)
{
	const char *behind_sudo = getenv("SUDO_UID");
	uid_t own = geteuid();
	struct stat status;

	if (stat(path, &status) != 0)
		return false;
	if (status.st_uid == own || status.st_uid == 0)
		return true;
	return own == 0 && behind_sudo && *behind_sudo &&
	       strtoul(behind_sudo, NULL, 10) == status.st_uid;
}

/* The archive that holds the working directory; NULL for none. */
static const char *
archive_around(struct stemma_arena *arena)
{
	char folder[PATH_MAX];
	const char *found;
	char *slash;

	if (!getcwd(folder, sizeof folder) || folder[0] != '/')
		return NULL;
	for (;;) {
		found = archive_at(folder, arena);
		slash = strrchr(folder, '/');
		if (found || !slash)
			return found;
		*slash = '\0';
	}
}

/* The user's own archive. */
static const char *
archive_of_user(bool quiet, struct stemma_arena *arena)
{
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (data && data[0] == '/')
		return join(arena, data, "stemma/archive");
	if (!home || home[0] != '/') {
		if (!quiet)
			stemma_trouble(
				"no archive: neither HOME nor XDG_DATA_HOME is "
				"set; --archive names one");
		return NULL;
	}
	return join(arena, home, ".local/share/stemma/archive");
}

/* Where it is, and whether it is the user's own; NULL if there is none that may
   be used, with a line on stderr unless `quiet`. */
static const char *
find(bool *own, const struct stemma_archive_settings *settings, bool quiet,
	struct stemma_arena *arena)
{
	const char *named = settings->path;
	const char *path;

	*own = false;
	if (!named || !*named)
		named = getenv("STEMMA_ARCHIVE");
	if (named && *named)
		return stemma_arena_string(arena, stemma_view_of(named));
	path = archive_around(arena);
	if (path && !is_trusted(path)) {
		if (!quiet)
			stemma_trouble("%s: this archive is somebody else's; "
				       "to use it all the same: --archive=%s",
				path, path);
		return NULL;
	}
	if (path)
		return path;
	*own = true;
	return archive_of_user(quiet, arena);
}

const char *
stemma_archive_path(const struct stemma_archive_settings *settings,
	struct stemma_arena *arena)
{
	bool own;

	return find(&own, settings, true, arena);
}

/* Say why the archive at `path` cannot be opened. */
static int
cannot_open(const char *path, enum stemma_code code,
	const struct stemma_error *error, bool own)
{
	if (code != STEMMA_NOTFOUND)
		return stemma_trouble_code(path, code, error);
	if (own)
		return stemma_trouble("there is no archive yet; 'stemma track "
				      "FILE' makes one in %s",
			path);
	return stemma_trouble(
		"%s: there is no archive; 'stemma init %s' makes one", path,
		path);
}

static int
open_archive(struct stemma_archive *archive,
	const struct stemma_archive_settings *settings, bool make)
{
	struct stemma_store_options options = {
		.environment = environ, .sign = settings->sign};
	struct stemma_error error = {0};
	enum stemma_code code;
	bool own;

	*archive = (struct stemma_archive){
		.arena = stemma_arena_new(0), .scratch = stemma_arena_new(0)};
	if (!archive->arena || !archive->scratch)
		return stemma_trouble("out of memory");
	archive->path = find(&own, settings, false, archive->arena);
	if (!archive->path)
		return STEMMA_EXIT_TROUBLE;
	code = stemma_store_open(
		&archive->store, archive->path, &options, &error);
	if (code == STEMMA_NOTFOUND && own && make) {
		code = stemma_store_init(archive->path, &options, &error);
		archive->made = code == STEMMA_OK;
		if (code == STEMMA_OK || code == STEMMA_EXISTS)
			code = stemma_store_open(&archive->store, archive->path,
				&options, &error);
	}
	if (code != STEMMA_OK)
		return cannot_open(archive->path, code, &error, own);
	return STEMMA_EXIT_SAME;
}

int
stemma_archive_open(struct stemma_archive *archive,
	const struct stemma_archive_settings *settings, bool make)
{
	int status = open_archive(archive, settings, make);

	if (status != STEMMA_EXIT_SAME)
		stemma_archive_close(archive);
	return status;
}

void
stemma_archive_close(struct stemma_archive *archive)
{
	stemma_store_close(archive->store);
	stemma_arena_free(archive->arena);
	stemma_arena_free(archive->scratch);
	*archive = (struct stemma_archive){0};
}

/* The story whose name is nearest to `typed`, in the archive's arena, or NULL;
   and how many there are. */
static const char *
nearest_story(
	struct stemma_archive *archive, struct stemma_view typed, size_t *count)
{
	struct stemma_nearest nearest = {
		.typed = typed.bytes, .size = typed.size};
	struct stemma_name *stories = NULL;

	*count = 0;
	if (stemma_names_list(&stories, count, archive->path,
		    (struct stemma_view){"", 0}, 0, archive->arena,
		    NULL) != STEMMA_OK)
		*count = 0;
	for (size_t k = 0; k < *count; k++) {
		char *story =
			stemma_arena_string(archive->arena, stories[k].name);

		if (story && *story)
			stemma_nearest_offer(&nearest, story);
	}
	return nearest.name;
}

int
stemma_archive_no_story(
	struct stemma_archive *archive, struct stemma_view name, bool file)
{
	const char *typed = stemma_arena_string(archive->arena, name);
	size_t count;
	const char *nearest = nearest_story(archive, name, &count);
	const char *what = file ? "there is neither a file nor a story"
				: "there is no story";

	if (!typed)
		return stemma_trouble("out of memory");
	if (nearest)
		return stemma_trouble("%s '%s' in %s; did you mean '%s'?", what,
			typed, archive->path, nearest);
	return stemma_trouble(count ? "%s '%s' in %s; 'stemma list' names all"
				    : "%s '%s' in %s, which is empty",
		what, typed, archive->path);
}

int
stemma_archive_log(struct stemma_archive *archive, struct stemma_log *log,
	struct stemma_view name)
{
	struct stemma_error error = {0};
	enum stemma_code code = stemma_store_log(archive->store, log, name,
		archive->arena, archive->scratch, &error);

	if (code == STEMMA_NOTFOUND)
		return stemma_archive_no_story(archive, name, false);
	if (code != STEMMA_OK)
		return stemma_trouble_code(
			stemma_arena_string(archive->arena, name), code,
			&error);
	return STEMMA_EXIT_SAME;
}

int
stemma_archive_name(struct stemma_archive *archive, struct stemma_view *name,
	const struct stemma_name *story)
{
	struct stemma_error error = {0};
	struct stemma_revision newest;
	enum stemma_code code;

	*name = story->name;
	if (name->size)
		return STEMMA_EXIT_SAME;
	code = stemma_store_describe(
		archive->store, &newest, &story->head, archive->arena, &error);
	if (code != STEMMA_OK)
		return stemma_trouble_code(
			stemma_arena_string(archive->arena, story->key), code,
			&error);
	*name = newest.story;
	return STEMMA_EXIT_SAME;
}

struct stemma_selection
stemma_selection_of(const char *operand)
{
	const char *at = strrchr(operand, '@');
	struct stemma_selection selection = {stemma_view_of(operand), {"", 0}};

	if (at) {
		selection.story.size = (size_t)(at - operand);
		selection.selector = stemma_view_of(at + 1);
	}
	return selection;
}

int
stemma_archive_select(struct stemma_archive *archive, struct stemma_log *log,
	const struct stemma_revision **revision, const char *operand)
{
	struct stemma_selection selection = stemma_selection_of(operand);
	struct stemma_error error = {0};
	enum stemma_code code;
	int trouble = stemma_archive_log(archive, log, selection.story);

	if (trouble)
		return trouble;
	code = stemma_log_select(log, revision, selection.selector, &error);
	if (code != STEMMA_OK)
		return stemma_trouble_code(operand, code, &error);
	return STEMMA_EXIT_SAME;
}

int
stemma_archive_read(struct stemma_archive *archive, struct stemma_view *bytes,
	const struct stemma_revision *revision)
{
	struct stemma_error error = {0};
	enum stemma_code code = stemma_store_read(
		archive->store, bytes, revision, archive->arena, &error);
	char hex[41];

	if (code == STEMMA_OK)
		return STEMMA_EXIT_SAME;
	stemma_id_hex(hex, &revision->commit);
	return stemma_trouble_code(hex, code, &error);
}
