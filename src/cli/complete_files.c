/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <dirent.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 20000 }; /* of a folder that are looked at */

struct file {
	const char *name;
	int rank;     /* 0: with a suffix that is asked for, 1: a folder, 2 */
	bool archive; /* a folder of rank 0 */
};

struct folder {
	struct stemma_answer *answer;
	struct stemma_view typed; /* up to the last slash */
	struct stemma_view start; /* of names, after it */
	const char *place;        /* where that is */
	struct file *files;
	size_t count, room;
	bool only_folders;
};

/* What a shell has in the place of the first `size` bytes of a path, which start
   with a ~ or a $; NULL: nothing. */
static const char *
value_of(struct stemma_answer *answer, struct stemma_view start)
{
	bool home = start.bytes[0] == '~';
	struct stemma_view name = {start.bytes + 1, start.size - 1};
	struct passwd *entry;
	char *text;

	if (!home && name.size > 1 && name.bytes[0] == '{' &&
		name.bytes[name.size - 1] == '}')
		name = (struct stemma_view){name.bytes + 1, name.size - 2};
	if (!name.size)
		return home ? getenv("HOME") : NULL;
	text = stemma_arena_string(answer->arena, name);
	if (!text || !home)
		return text ? getenv(text) : NULL;
	entry = getpwnam(text);
	return entry ? entry->pw_dir : NULL;
}

char *
stemma_answer_path(
	struct stemma_answer *answer, struct stemma_view typed, bool variables)
{
	const char *slash = memchr(typed.bytes, '/', typed.size), *start = "";
	struct stemma_view first = {typed.bytes,
		slash ? (size_t)(slash - typed.bytes) : typed.size};
	struct stemma_out path = {0};
	char *made = NULL;

	if (first.size && (first.bytes[0] == '~' ||
				  (variables && first.bytes[0] == '$'))) {
		start = value_of(answer, first);
		if (!start)
			return NULL;
		typed.bytes += first.size;
		typed.size -= first.size;
	}
	stemma_out_string(&path, start);
	stemma_out_view(&path, typed);
	if (!path.size)
		stemma_out_char(&path, '.');
	if (stemma_out_finish(&path) == STEMMA_OK)
		made = stemma_arena_string(answer->arena,
			(struct stemma_view){path.bytes, path.size});
	stemma_out_free(&path);
	return made;
}

/* Whether `name` ends with one of the suffixes in "txt md html". */
static bool
has_suffix(const char *name, const char *suffixes)
{
	const char *dot = strrchr(name, '.');
	size_t size = dot ? strlen(dot + 1) : 0;

	while (size && suffixes && *suffixes) {
		size_t length = strcspn(suffixes, " ");

		if (length == size && !memcmp(dot + 1, suffixes, size))
			return true;
		suffixes += length + (suffixes[length] == ' ');
	}
	return false;
}

static bool
is_folder(DIR *directory, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(directory), entry->d_name, &status, 0) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* Whether the folder is an archive, where one is asked for. */
static bool
is_archive(const struct folder *folder, const char *name)
{
	struct stemma_out path = {0};
	bool found = false;

	if (folder->answer->question->what != STEMMA_ASK_ARCHIVES)
		return false;
	stemma_out_format(&path, "%s/%s", folder->place, name);
	stemma_out_char(&path, '\0');
	if (stemma_out_finish(&path) == STEMMA_OK)
		found = stemma_store_probe(path.bytes);
	stemma_out_free(&path);
	return found;
}

static bool
is_asked_for(const struct folder *folder, const char *name)
{
	size_t size = strlen(name);

	if (!strcmp(name, ".") || !strcmp(name, "..") ||
		(name[0] == '.' && !folder->start.size))
		return false;
	return size >= folder->start.size &&
	       !memcmp(name, folder->start.bytes, folder->start.size);
}

static bool
take(struct folder *folder, DIR *directory, const struct dirent *entry)
{
	struct stemma_arena *arena = folder->answer->arena;
	struct file file = {.rank = 2};
	struct file *files;

	if (!is_asked_for(folder, entry->d_name))
		return true;
	if (is_folder(directory, entry)) {
		file.archive = is_archive(folder, entry->d_name);
		file.rank = !file.archive;
	} else if (folder->only_folders) {
		return true;
	} else if (has_suffix(
			   entry->d_name, folder->answer->question->suffixes)) {
		file.rank = 0;
	}
	if (folder->count == folder->room) {
		folder->room = folder->room ? 2 * folder->room : 64;
		files = stemma_arena_alloc(arena, folder->room, sizeof *files);
		if (!files)
			return false;
		if (folder->count)
			memcpy(files, folder->files,
				folder->count * sizeof *files);
		folder->files = files;
	}
	file.name = stemma_arena_string(arena, stemma_view_of(entry->d_name));
	if (file.name)
		folder->files[folder->count++] = file;
	return file.name && folder->count < FILES_MAX;
}

static int
by_rank(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	return x->rank != y->rank ? x->rank - y->rank
				  : strcmp(x->name, y->name);
}

static bool
is_except(const struct stemma_answer *answer, const struct stemma_out *value)
{
	struct stemma_view except = answer->question->except;

	return except.size &&
	       stemma_view_equal(
		       except, (struct stemma_view){value->bytes, value->size});
}

/* Give what was found; the value starts as it was typed. */
static void
give_all(const struct folder *folder)
{
	bool more = true;

	if (folder->count)
		qsort(folder->files, folder->count, sizeof *folder->files,
			by_rank);
	for (size_t k = 0; k < folder->count && more; k++) {
		const struct file *file = &folder->files[k];
		struct stemma_out value = {0};

		stemma_out_view(&value, folder->typed);
		stemma_out_string(&value, file->name);
		stemma_out_string(&value, file->rank == 1 ? "/" : "");
		if (stemma_out_finish(&value) == STEMMA_OK &&
			!is_except(folder->answer, &value))
			more = stemma_answer_give(folder->answer,
				(struct stemma_view){value.bytes, value.size},
				stemma_view_of(
					file->archive ? "an archive" : ""),
				file->rank == 1);
		stemma_out_free(&value);
	}
}

void
stemma_answer_files(struct stemma_answer *answer)
{
	struct stemma_view typed = answer->question->typed;
	struct folder folder = {.answer = answer,
		.typed = typed,
		.only_folders = answer->question->what != STEMMA_ASK_FILES};
	struct dirent *entry;
	DIR *directory;

	while (folder.typed.size &&
		folder.typed.bytes[folder.typed.size - 1] != '/')
		folder.typed.size--;
	folder.start = (struct stemma_view){typed.bytes + folder.typed.size,
		typed.size - folder.typed.size};
	/* A shell that expands variables does that itself. */
	folder.place = stemma_answer_path(answer, folder.typed, false);
	directory = folder.place ? opendir(folder.place) : NULL;
	while (directory && (entry = readdir(directory)) &&
		take(&folder, directory, entry))
		;
	give_all(&folder);
}

/* An archive that is there without being named. */
static void
give_archive(struct stemma_answer *answer, const char *path, const char *help)
{
	if (path && stemma_store_probe(path) &&
		stemma_answer_fits(answer, stemma_view_of(path)))
		stemma_answer_give(answer, stemma_view_of(path),
			stemma_view_of(help), false);
}

void
stemma_answer_archives(struct stemma_answer *answer)
{
	struct stemma_archive_settings none = {.path = NULL};

	give_archive(answer, stemma_archive_path(&none, answer->arena),
		"the archive that is used without this option");
	stemma_answer_files(answer);
}
