/*
 * Files of a git repository with their history, by the git program:
 *
 *     git ls-tree -r    the files that a path stands for
 *     git log --follow  each file's commits, newest first, through renames
 *     git cat-file      the bytes, one process for all
 *
 * SPDX-License-Identifier: MIT
 */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import.h"
#include "program.h"
#include "track.h"
#include "trouble.h"

enum {
	HASH = 64, /* digits of a commit's name at most */
	SAID = 256 /* bytes that are told of what git says */
};

/* A commit that left the file with other bytes. */
struct change {
	char commit[HASH + 1];
	int64_t date;
	struct stemma_view author, subject;
	const char *path; /* of the file there */
};

struct history {
	struct stemma_import *import;
	struct stemma_program_pipes cat;
	char *answer; /* bytes of cat-file */
	size_t room;
};

/*
 * What every call of git begins with. A name is a name, be there a star or a
 * colon in it, and what is told of a commit does not hang on the settings of
 * whoever asks.
 */
#define GIT(repository)                                                      \
	"git", "-C", (char *)(uintptr_t)(repository), "--literal-pathspecs", \
		"-c", "log.showRoot=true", "-c", "diff.relative=false"

enum { COMMAND = 8 /* where the command stands behind it */ };

/* One line: what git said of what it was to do. */
static int
git_trouble(const char *repository, const char *command, const char *said)
{
	return *said ? stemma_trouble(
			       "%s: git %s: %s", repository, command, said)
		     : stemma_trouble("%s: git %s failed", repository, command);
}

/* All that git prints, in `arena`, with a NUL behind it. */
static int
read_program(struct stemma_view *printed, char *const *arguments,
	struct stemma_arena *arena)
{
	char said[SAID];
	struct stemma_program_pipes pipes;
	struct stemma_out out = {0};
	char buffer[16384];
	ssize_t done;
	bool good;

	if (stemma_program_start(&pipes, arguments))
		return STEMMA_EXIT_TROUBLE;
	while ((done = read(pipes.from, buffer, sizeof buffer)) != 0) {
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			break;
		stemma_out_bytes(&out, buffer, (size_t)done);
	}
	good = stemma_program_end(&pipes, said, sizeof said) && done == 0;
	printed->size = out.size;
	printed->bytes =
		stemma_out_finish(&out) == STEMMA_OK
			? stemma_arena_string(arena,
				  (struct stemma_view){out.bytes, out.size})
			: NULL;
	stemma_out_free(&out);
	if (!good)
		return git_trouble(arguments[2], arguments[COMMAND], said);
	return printed->bytes ? STEMMA_EXIT_SAME
			      : stemma_trouble("out of memory");
}

/* Up to the next NUL, which is passed over; empty at the end. */
static struct stemma_view
next_field(struct stemma_view *rest)
{
	const char *end =
		rest->bytes ? memchr(rest->bytes, '\0', rest->size) : NULL;
	struct stemma_view field = {
		rest->bytes, end ? (size_t)(end - rest->bytes) : rest->size};
	size_t taken = field.size + (end != NULL);

	rest->bytes += taken;
	rest->size -= taken;
	return field;
}

/* The next one that is not empty, without the line feeds that stand between
   commits in some releases of git. */
static struct stemma_view
next_word(struct stemma_view *rest)
{
	struct stemma_view field;

	do {
		field = next_field(rest);
		while (field.size && *field.bytes == '\n') {
			field.bytes++;
			field.size--;
		}
	} while (rest->size && !field.size);
	return field;
}

/*
 * "COMMIT\0DATE\0AUTHOR\0SUBJECT\0", then "\0STATUS\0PATH\0", with the old
 * path before the new one if the status is R or C and a number. Of a merge the
 * status has a letter for each parent; where it left the file as a parent has
 * it there are no status and no path, and `status` gets NUL. False at the end,
 * or for what is none.
 */
static bool
read_change(struct change *change, struct stemma_view *rest, char *status)
{
	struct stemma_view field = next_word(rest), behind;

	if (!field.size || field.size > HASH)
		return false;
	memcpy(change->commit, field.bytes, field.size);
	change->commit[field.size] = '\0';
	change->date = strtoll(next_field(rest).bytes, NULL, 10);
	change->author = next_field(rest);
	change->subject = next_field(rest);
	behind = *rest;
	field = next_word(&behind);
	*status = '\0';
	/* The name of a commit has no capitals. */
	if (!field.size || *field.bytes < 'A' || *field.bytes > 'Z')
		return true;
	*status = *field.bytes;
	if ((*status == 'R' || *status == 'C') && field.size > 1 &&
		field.bytes[1] >= '0' && field.bytes[1] <= '9')
		next_field(&behind);
	change->path = next_field(&behind).bytes;
	*rest = behind;
	return true;
}

/* The commits of a file, newest first, in `arena`. */
static int
read_changes(struct history *history, struct change **changes, size_t *count,
	const char *path)
{
	struct stemma_arena *arena = history->import->archive.arena;
	char *arguments[] = {GIT(history->import->settings->git), "log",
		"--follow", "-c", "--name-status", "-z", "--no-color",
		"--no-ext-diff", "--no-textconv", "--encoding=UTF-8",
		"--no-show-signature",
		"--format=%H%x00%at%x00%an <%ae>%x00%s%x00", "--",
		(char *)(uintptr_t)path, NULL};
	struct stemma_view rest;
	struct change change;
	size_t room = 0;
	char status;

	*changes = NULL;
	*count = 0;
	if (read_program(&rest, arguments, arena))
		return STEMMA_EXIT_TROUBLE;
	while (read_change(&change, &rest, &status)) {
		if (status == 'D' || !status)
			continue;
		if (*count == room) {
			size_t more = room ? room * 2 : 32;
			struct change *larger =
				stemma_arena_alloc(arena, more, sizeof *larger);

			if (!larger)
				return stemma_trouble("out of memory");
			if (room)
				memcpy(larger, *changes, room * sizeof *larger);
			*changes = larger;
			room = more;
		}
		(*changes)[(*count)++] = change;
	}
	return STEMMA_EXIT_SAME;
}

/* Read exactly so many bytes of what cat-file says. */
static bool
read_bytes(struct history *history, char *bytes, size_t size)
{
	ssize_t done;

	while (size) {
		done = read(history->cat.from, bytes, size);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		bytes += done;
		size -= (size_t)done;
	}
	return true;
}

static bool
ask(struct history *history, const struct change *change)
{
	struct stemma_out out = {0};
	bool asked;

	stemma_out_string(&out, change->commit);
	stemma_out_char(&out, ':');
	stemma_out_string(&out, change->path);
	stemma_out_char(&out, '\n');
	asked = stemma_out_finish(&out) == STEMMA_OK &&
		write(history->cat.to, out.bytes, out.size) ==
			(ssize_t)out.size;
	stemma_out_free(&out);
	return asked;
}

/* "HASH blob SIZE\nBYTES\n": false if there is no such file there. */
static bool
read_answer(struct history *history, struct stemma_view *bytes, bool *broken)
{
	char line[8192], type[16];
	size_t at = 0;
	unsigned long long size;

	*broken = true;
	do {
		if (at == sizeof line - 1 || !read_bytes(history, line + at, 1))
			return false;
	} while (line[at++] != '\n');
	line[at] = '\0';
	if (sscanf(line, "%*s %15s %llu", type, &size) != 2) {
		*broken = false;
		return false;
	}
	if (size + 1 > history->room) {
		char *larger = realloc(history->answer, size + 1);

		if (!larger)
			return false;
		history->answer = larger;
		history->room = size + 1;
	}
	if (!read_bytes(history, history->answer, size + 1))
		return false;
	*broken = false;
	*bytes = (struct stemma_view){history->answer, size};
	return !strcmp(type, "blob");
}

/* One line of UTF-8 for a note. */
static struct stemma_view
plain(struct stemma_view text, struct stemma_arena *arena)
{
	struct stemma_view line;

	return stemma_track_line(&line, text, arena) == STEMMA_OK
		       ? line
		       : (struct stemma_view){"", 0};
}

static int
add_bytes(struct history *history, struct stemma_entry *entry, const char *path)
{
	struct stemma_import *import = history->import;

	if (stemma_track_title(&entry->title, entry->bytes,
		    import->archive.arena,
		    import->archive.scratch) != STEMMA_OK)
		return stemma_trouble("out of memory");
	return stemma_import_add(import, entry, path, 0);
}

static int
add_change(struct history *history, struct stemma_view story,
	const struct change *change, int64_t date)
{
	struct stemma_import *import = history->import;
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_note notes[] = {
		{stemma_view_of("Git-Commit"), stemma_view_of(change->commit)},
		{stemma_view_of("Git-Author"), plain(change->author, arena)},
		{stemma_view_of("Git-Subject"), plain(change->subject, arena)},
		{stemma_view_of("Git-Path"),
			plain(stemma_view_of(change->path), arena)}};
	struct stemma_entry entry = {.story = story,
		.suffix = stemma_track_suffix(change->path),
		.notes = notes,
		.note_count = sizeof notes / sizeof *notes,
		.dated = true,
		.date = date};
	int trouble = STEMMA_EXIT_SAME;
	bool broken = true;
	char said[SAID];

	if (strchr(change->path, '\n'))
		stemma_import_bad(import, change->path, 0,
			"there is a line break in its name");
	else if (ask(history, change) &&
		 read_answer(history, &entry.bytes, &broken))
		trouble = add_bytes(history, &entry, change->path);
	else if (!broken)
		stemma_import_bad(import, change->path, 0,
			"commit %s has no such file", change->commit);
	else {
		stemma_program_end(&history->cat, said, sizeof said);
		trouble = git_trouble(import->settings->git, "cat-file", said);
	}
	stemma_arena_rewind(arena, mark);
	return trouble;
}

/* A path without the last suffix. */
static struct stemma_view
story_of(const char *path)
{
	struct stemma_view name = stemma_track_name(path);

	return (struct stemma_view){
		path, (size_t)(name.bytes + name.size - path)};
}

static int
add_file(struct history *history, const char *path)
{
	struct stemma_import *import = history->import;
	struct stemma_mark mark = stemma_arena_mark(import->archive.arena);
	struct stemma_view story = story_of(path);
	struct change *changes;
	int64_t date = 0;
	size_t count;
	int trouble = read_changes(history, &changes, &count, path);

	if (import->settings->story)
		story = stemma_view_of(import->settings->story);
	if (!trouble && !count)
		stemma_import_bad(import, path, 0, "git has no history of it");
	while (!trouble && count-- > 0) {
		/* In the order of history, whatever the clocks said. */
		if (changes[count].date > date)
			date = changes[count].date;
		trouble = add_change(history, story, &changes[count], date);
	}
	stemma_arena_rewind(import->archive.arena, mark);
	return trouble;
}

/* "MODE TYPE HASH\tPATH\0" for each file there is now. */
static int
add_files(struct history *history, struct stemma_view listed, const char *path)
{
	struct stemma_view entry;
	int trouble = STEMMA_EXIT_SAME;
	size_t count = 0;

	while (listed.size && !trouble) {
		const char *tab;

		entry = next_field(&listed);
		assert(entry.bytes);
		tab = memchr(entry.bytes, '\t', entry.size);
		/* No links and no repositories inside of this one. */
		if (!tab || strncmp(entry.bytes, "100", 3))
			continue;
		trouble = add_file(history, tab + 1);
		count++;
	}
	/* It may have been removed since. */
	return trouble || count ? trouble : add_file(history, path);
}

int
stemma_import_git(struct stemma_import *import, const char *path)
{
	struct history history = {.import = import};
	const char *repository = import->settings->git;
	char *list[] = {GIT(repository), "ls-tree", "-r", "-z", "HEAD", "--",
		(char *)(uintptr_t)path, NULL};
	char *cat[] = {GIT(repository), "cat-file", "--batch", NULL};
	struct stemma_arena *arena = import->archive.arena;
	struct stemma_mark mark = stemma_arena_mark(arena);
	struct stemma_view listed;
	int trouble = read_program(&listed, list, arena);

	if (!trouble)
		trouble = stemma_program_start(&history.cat, cat);
	if (!trouble)
		trouble = add_files(&history, listed, path);
	stemma_program_end(&history.cat, NULL, 0);
	free(history.answer);
	stemma_arena_rewind(arena, mark);
	return trouble;
}
