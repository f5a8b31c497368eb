/*
 * What an archive is when any one of the calls that change a disk fails, or is
 * the last that a process makes: they are defined here, before the C library's,
 * so that libgit2's are met as well as ours.
 *
 * SPDX-License-Identifier: MIT
 */
#include "archive.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { PASS, FAIL, DIE };

/* The call with this number is the one, from 1; 0: none. */
static int chosen, calls, mode;

static bool
is_chosen(void)
{
	if (mode == PASS || ++calls != chosen)
		return false;
	if (mode == DIE)
		_exit(9);
	errno = ENOSPC;
	return true;
}

ssize_t
write(int fd, const void *bytes, size_t size)
{
	if (fd > 2 && is_chosen()) {
		/* A full disk often takes a part first. */
		if (size > 1)
			syscall(SYS_write, fd, bytes, size / 2);
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_write, fd, bytes, size);
}

ssize_t
pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	return is_chosen() ? -1 : syscall(SYS_pwrite64, fd, bytes, size, at);
}

int
fsync(int fd)
{
	return is_chosen() ? -1 : (int)syscall(SYS_fsync, fd);
}

int
sync_file_range(int fd, off64_t at, off64_t size, unsigned flags)
{
	return is_chosen()
		       ? -1
		       : (int)syscall(SYS_sync_file_range, fd, at, size, flags);
}

int
rename(const char *from, const char *to)
{
	return is_chosen() ? -1 : (int)syscall(SYS_rename, from, to);
}

int
mkdir(const char *path, mode_t rights)
{
	return is_chosen() ? -1 : (int)syscall(SYS_mkdir, path, rights);
}

int
ftruncate(int fd, off_t size)
{
	return is_chosen() ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

static void
arm(int what, int number)
{
	mode = what;
	chosen = number;
	calls = 0;
}

static bool
disarm(void)
{
	bool met = mode != PASS && calls >= chosen;

	mode = PASS;
	return met;
}

/* The story has what was acknowledged, and takes more. */
static void
check(struct archive *archive, const char *story, uint32_t least, uint32_t most)
{
	struct stemma_log log;

	archive_reopen(archive);
	log = archive_log(archive, story);
	assert_in_range(log.count, least, most);
	assert_string_equal(archive_text(archive, story, 1), "one");
	if (log.count > 1)
		assert_string_equal(archive_text(archive, story, 2), "two");
	assert_true(archive_add(archive, story, "three", NULL).stored);
}

/* ---- one revision ------------------------------------------------------- */

static void
an_addition_survives_the_failure_of_each_call(void **state)
{
	struct archive *archive = *state;
	bool met = true;
	int number;

	for (number = 1; met; number++) {
		struct stemma_error error = {0};
		struct stemma_added added;
		enum stemma_code code;
		char story[32];

		snprintf(story, sizeof story, "s%d", number);
		archive_add(archive, story, "one", "2024-01-01");
		arm(FAIL, number);
		code = archive_try(
			archive, story, "two", "2024-01-02", &added, &error);
		met = disarm();
		if (code != STEMMA_OK) {
			assert_true(met);
			assert_true(error.message[0] != '\0');
		}
		check(archive, story, code == STEMMA_OK ? 2 : 1, 2);
		assert_int_equal(
			shell("test -z \"$(find %s -name '*.lock' -o -name "
			      "'tmp_*')\"",
				archive->path),
			0);
	}
	assert_true(number > 10);
	archive_is_sound(archive);
}

static void
an_addition_survives_death_at_each_call(void **state)
{
	struct archive *archive = *state;
	int number, status = 0;

	for (number = 1; number == 1 || WEXITSTATUS(status) == 9; number++) {
		char story[32];
		pid_t child;

		snprintf(story, sizeof story, "s%d", number);
		archive_add(archive, story, "one", "2024-01-01");
		child = fork();
		if (child == 0) {
			arm(DIE, number);
			archive_add(archive, story, "two", "2024-01-02");
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		check(archive, story, WEXITSTATUS(status) == 0 ? 2 : 1, 2);
	}
	assert_true(number > 10);
	archive_is_sound(archive);
}

/* ---- in bulk ------------------------------------------------------------ */

enum { STORIES = 80 };

static enum stemma_code
import(struct archive *archive, struct stemma_error *error)
{
	struct stemma_bulk *bulk;
	enum stemma_code code = stemma_bulk_start(
		&bulk, archive->store, archive->scratch, error);

	for (int at = 0; at < STORIES && code == STEMMA_OK; at++) {
		struct stemma_added added;
		char story[32];
		struct stemma_entry entry = {.bytes = VIEW("two"),
			.dated = true,
			.date = 1704153600};

		snprintf(story, sizeof story, "b%d", at);
		entry.story = stemma_view_of(story);
		code = stemma_bulk_add(
			bulk, &entry, &added, archive->scratch, error);
	}
	if (code == STEMMA_OK)
		code = stemma_bulk_finish(bulk, archive->scratch, error);
	stemma_bulk_free(bulk);
	return code;
}

/* All of them have the one they had; all have the second if it is said so. */
static void
check_import(struct archive *archive, bool acknowledged)
{
	archive_reopen(archive);
	for (int at = 0; at < STORIES; at += 13) {
		struct stemma_log log;
		char story[32];

		snprintf(story, sizeof story, "b%d", at);
		log = archive_log(archive, story);
		assert_in_range(log.count, acknowledged ? 2 : 1, 2);
		assert_string_equal(archive_text(archive, story, 1), "one");
	}
}

/* An archive with one revision of each story, all of them packed. */
static void
prepare(struct archive *archive)
{
	char story[32];

	for (int at = 0; at < STORIES; at++) {
		snprintf(story, sizeof story, "b%d", at);
		archive_add(archive, story, "one", "2024-01-01");
	}
	assert_int_equal(shell("cd %s && git gc -q && cp "
			       "-a . ../fresh",
				 archive->path),
		0);
}

static void
restore(struct archive *archive)
{
	stemma_store_close(archive->store);
	assert_int_equal(shell("rm -rf %s && cp -a %s/fresh %s", archive->path,
				 archive->folder, archive->path),
		0);
	archive_open(archive);
}

static void
an_import_survives_the_failure_of_each_call(void **state)
{
	struct archive *archive = *state;
	bool met = true;

	prepare(archive);
	for (int number = 1; met; number++) {
		struct stemma_error error = {0};
		enum stemma_code code;

		restore(archive);
		arm(FAIL, number);
		code = import(archive, &error);
		met = disarm();
		if (code != STEMMA_OK) {
			assert_true(met);
			assert_true(error.message[0] != '\0');
		}
		check_import(archive, code == STEMMA_OK);
		assert_int_equal(import(archive, NULL), STEMMA_OK);
		check_import(archive, true);
		if (number % 4 == 0)
			archive_is_sound(archive);
	}
}

static void
an_import_survives_death_at_each_call(void **state)
{
	struct archive *archive = *state;
	int number, status = 0;

	prepare(archive);
	for (number = 1; number == 1 || WEXITSTATUS(status) == 9; number++) {
		pid_t child;

		restore(archive);
		child = fork();
		if (child == 0) {
			arm(DIE, number);
			_exit(import(archive, NULL) == STEMMA_OK ? 0 : 1);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		check_import(archive, WEXITSTATUS(status) == 0);
		assert_int_equal(import(archive, NULL), STEMMA_OK);
		check_import(archive, true);
		if (number % 4 == 0)
			archive_is_sound(archive);
	}
	assert_true(number > 5);
}

/* ---- a new archive ------------------------------------------------------ */

static void
a_new_archive_is_there_whole_or_not_at_all(void **state)
{
	struct archive *archive = *state;
	char path[128];
	bool met = true;

	snprintf(path, sizeof path, "%s/new", archive->folder);
	/* Most of its calls make folders that are all alike. */
	for (int number = 1; met; number += number % 268 < 4 ? 1 : 88) {
		struct stemma_store *store;
		enum stemma_code code;

		arm(FAIL, number);
		code = stemma_store_init(path, &archive_options, NULL);
		met = disarm();
		if (code == STEMMA_OK) {
			assert_int_equal(stemma_store_open(&store, path,
						 &archive_options, NULL),
				STEMMA_OK);
			stemma_store_close(store);
		} else {
			assert_false(stemma_store_probe(path));
		}
		assert_int_equal(shell("rm -rf %s", path), 0);
	}
	archive_is_sound(archive);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_addition_survives_the_failure_of_each_call),
		TEST(an_addition_survives_death_at_each_call),
		TEST(an_import_survives_the_failure_of_each_call),
		TEST(an_import_survives_death_at_each_call),
		TEST(a_new_archive_is_there_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
