/*
 * archive.h - what the tests of the store share: an archive in a folder of
 * its own, short ways to add and read, and git to look at it from outside.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_ARCHIVE_H
#define STEMMA_TESTS_ARCHIVE_H

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <stemma/base.h>
#include <stemma/store.h>

#define VIEW(literal) ((struct stemma_view){literal, sizeof literal - 1})

/* One test's archive; `store` is open. */
struct archive {
	char folder[64];
	char path[80]; /* folder/archive */
	struct stemma_store *store;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
};

/* Short, so that a test of a lock that stays does not take long. */
static const struct stemma_store_options archive_options = {
	.collector = "test", .patience = 500};

/* Run a shell command made with printf's `format`; its exit status. */
static inline int __attribute__((format(printf, 1, 2)))
shell(const char *format, ...)
{
	char command[2 * PATH_MAX];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(command, sizeof command, format, arguments);
	va_end(arguments);
	return system(command);
}

/* Where tests have their files: in memory, as making 256 folders for each of
   them takes long on a disk, unless it is the disk that is tested. */
static inline const char *
archive_place(void)
{
#ifndef ARCHIVE_ON_DISK
	if (access("/dev/shm", W_OK) == 0)
		return "/dev/shm";
#endif
	return "/tmp";
}

static inline void
archive_open(struct archive *archive)
{
	struct stemma_error error = {0};

	if (stemma_store_open(&archive->store, archive->path, &archive_options,
		    &error) != STEMMA_OK)
		fail_msg("%s", error.message);
}

static inline void
archive_reopen(struct archive *archive)
{
	stemma_store_close(archive->store);
	archive_open(archive);
}

static inline int
archive_set_up(void **state)
{
	struct archive *archive = calloc(1, sizeof *archive);

	assert_non_null(archive);
	snprintf(archive->folder, sizeof archive->folder,
		"%s/stemma-test-XXXXXX", archive_place());
	assert_non_null(mkdtemp(archive->folder));
	snprintf(archive->path, sizeof archive->path, "%s/archive",
		archive->folder);
	archive->arena = stemma_arena_new(0);
	archive->scratch = stemma_arena_new(0);
	assert_int_equal(
		stemma_store_init(archive->path, &archive_options, NULL),
		STEMMA_OK);
	archive_open(archive);
	*state = archive;
	return 0;
}

static inline int
archive_tear_down(void **state)
{
	struct archive *archive = *state;

	stemma_store_close(archive->store);
	stemma_arena_free(archive->arena);
	stemma_arena_free(archive->scratch);
	shell("chmod -R u+w %s; rm -rf %s", archive->folder, archive->folder);
	free(archive);
	return 0;
}

/* Add `text` to `story`; `date` NULL: now. */
static inline enum stemma_code
archive_try(struct archive *archive, const char *story, const char *text,
	const char *date, struct stemma_added *added,
	struct stemma_error *error)
{
	struct stemma_entry entry = {.story = stemma_view_of(story),
		.bytes = stemma_view_of(text),
		.dated = date != NULL};
	int64_t last;

	if (date)
		assert_int_equal(stemma_time_read(&entry.date, &last,
					 stemma_view_of(date)),
			STEMMA_OK);
	return stemma_store_add(
		archive->store, &entry, added, archive->scratch, error);
}

static inline struct stemma_added
archive_add(struct archive *archive, const char *story, const char *text,
	const char *date)
{
	struct stemma_error error = {0};
	struct stemma_added added = {0};

	if (archive_try(archive, story, text, date, &added, &error) !=
		STEMMA_OK)
		fail_msg("%s: %s", story, error.message);
	return added;
}

static inline struct stemma_log
archive_log(struct archive *archive, const char *story)
{
	struct stemma_error error = {0};
	struct stemma_log log = {0};

	if (stemma_store_log(archive->store, &log, stemma_view_of(story),
		    archive->arena, archive->scratch, &error) != STEMMA_OK)
		fail_msg("%s: %s", story, error.message);
	return log;
}

/* The text of revision `number`, from 1. */
static inline const char *
archive_text(struct archive *archive, const char *story, uint32_t number)
{
	struct stemma_log log = archive_log(archive, story);
	struct stemma_error error = {0};
	struct stemma_view bytes = {NULL, 0};

	assert_in_range(number, 1, log.count);
	if (stemma_store_read(archive->store, &bytes,
		    &log.revisions[number - 1], archive->arena,
		    &error) != STEMMA_OK)
		fail_msg("%s: %s", story, error.message);
	return stemma_arena_string(archive->arena, bytes);
}

/* What git itself thinks of it. */
static inline void
archive_is_sound(const struct archive *archive)
{
	assert_int_equal(shell("git -C %s fsck --strict --no-dangling "
			       ">%s/fsck 2>&1",
				 archive->path, archive->folder),
		0);
}

#endif
