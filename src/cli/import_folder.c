/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dated.h"
#include "import.h"
#include "input.h"
#include "track.h"
#include "trouble.h"

/* A file that is a revision. */
struct dated_file {
	const char *path;
	struct stemma_view story;
	int64_t date;
};

struct found {
	struct dated_file *files;
	size_t count, room;
	struct stemma_arena *arena; /* for names, until all is added */
	struct stemma_view name;    /* of the folder */
	bool failed;
};

static void
remember(struct found *found, const struct dated_file *file)
{
	size_t room = found->room ? found->room * 2 : 64;
	struct dated_file *files = found->files;

	if (found->count == found->room) {
		files = realloc(files, room * sizeof *files);
		if (!files) {
			found->failed = true;
			return;
		}
		found->files = files;
		found->room = room;
	}
	files[found->count++] = *file;
}

static int
compare_views(struct stemma_view a, struct stemma_view b)
{
	size_t least = a.size < b.size ? a.size : b.size;
	int order = least ? memcmp(a.bytes, b.bytes, least) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* Oldest first within a story. */
static int
in_order(const void *a, const void *b)
{
	const struct dated_file *one = a, *two = b;
	int order = compare_views(one->story, two->story);

	if (!order)
		order = (one->date > two->date) - (one->date < two->date);
	return order ? order : strcmp(one->path, two->path);
}

/* What the folder is called, for files that tell a date alone. */
static struct stemma_view
folder_name(const char *path)
{
	struct stemma_view name = stemma_view_of(path);
	const char *slash;

	while (name.size && name.bytes[name.size - 1] == '/')
		name.size--;
	slash = name.size ? memrchr(name.bytes, '/', name.size) : NULL;
	if (slash) {
		name.size -= (size_t)(slash + 1 - name.bytes);
		name.bytes = slash + 1;
	}
	return name;
}

/* What the path of a file tells; `inside` is the part below the folder. */
static void
look_at(struct stemma_import *import, struct found *found, const FTSENT *entry,
	const char *inside)
{
	struct dated_file file = {0};
	const char *pattern = import->settings->pattern;
	struct stemma_dated dated;
	char *path;

	if (!stemma_dated_read(&dated, inside, pattern)) {
		/* A pattern chooses; without one every file should tell. */
		if (!pattern)
			stemma_import_bad(import, entry->fts_path, 0,
				"there is no date such as 2025-03-08 in its "
				"name");
		return;
	}
	file.date = dated.has_date ? dated.date
				   : (int64_t)entry->fts_statp->st_mtime;
	path = stemma_arena_string(
		found->arena, stemma_view_of(entry->fts_path));
	file.path = path;
	file.story = stemma_view_of(dated.story);
	if (import->settings->story)
		file.story = stemma_view_of(import->settings->story);
	else if (!file.story.size)
		file.story = found->name;
	file.story.bytes = stemma_arena_string(found->arena, file.story);
	if (!path || !file.story.bytes)
		found->failed = true;
	else
		remember(found, &file);
}

/* Look at all files below `path`. Hidden ones and links are passed over. */
static int
walk(struct stemma_import *import, struct found *found, const char *path)
{
	char *paths[] = {(char *)(uintptr_t)path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	size_t size = strlen(path);

	if (!tree)
		return stemma_trouble("%s: %s", path, strerror(errno));
	while ((entry = fts_read(tree)) && !found->failed) {
		if (entry->fts_level > 0 && entry->fts_name[0] == '.') {
			fts_set(tree, entry, FTS_SKIP);
		} else if (entry->fts_info == FTS_F) {
			const char *inside = entry->fts_path + size;

			look_at(import, found, entry,
				inside + strspn(inside, "/"));
		} else if (entry->fts_info == FTS_DNR ||
			   entry->fts_info == FTS_ERR ||
			   entry->fts_info == FTS_NS) {
			stemma_import_bad(import, entry->fts_path, 0, "%s",
				strerror(entry->fts_errno));
		}
	}
	fts_close(tree);
	return found->failed ? stemma_trouble("out of memory")
			     : STEMMA_EXIT_SAME;
}

static int
add_file(struct stemma_import *import, const struct dated_file *file)
{
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_entry entry = {.story = file->story,
		.suffix = stemma_track_suffix(file->path),
		.dated = true,
		.date = file->date};
	struct stemma_input input = {0};
	int trouble = STEMMA_EXIT_SAME;

	if (stemma_input_read(&input, file->path)) {
		/* What is wrong was said. */
		import->read++;
		import->bad++;
		return STEMMA_EXIT_SAME;
	}
	entry.bytes = input.bytes;
	if (stemma_track_title(&entry.title, input.bytes, arena,
		    import->archive.scratch) != STEMMA_OK)
		trouble = stemma_trouble("out of memory");
	if (!trouble)
		trouble = stemma_import_add(import, &entry, file->path, 0);
	stemma_input_close(&input);
	stemma_arena_rewind(arena, mark);
	return trouble;
}

int
stemma_import_folder(struct stemma_import *import, const char *path)
{
	struct found found = {
		.arena = stemma_arena_new(0), .name = folder_name(path)};
	int trouble = STEMMA_EXIT_SAME;

	if (!found.arena)
		return stemma_trouble("out of memory");
	if (import->settings->pattern &&
		!stemma_dated_check(import->settings->pattern))
		trouble = stemma_trouble("--pattern cannot be '%s'; it has "
					 "{story} and {date} once at most, and "
					 "nothing else in braces",
			import->settings->pattern);
	if (!trouble)
		trouble = walk(import, &found, path);
	if (!trouble && !found.count && !import->bad)
		trouble = stemma_trouble(
			"%s: no file in it fits --pattern", path);
	if (found.count)
		qsort(found.files, found.count, sizeof *found.files, in_order);
	for (size_t k = 0; k < found.count && !trouble; k++)
		trouble = add_file(import, &found.files[k]);
	free(found.files);
	stemma_arena_free(found.arena);
	return trouble;
}
