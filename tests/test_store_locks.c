/* SPDX-License-Identifier: MIT */
#define ARCHIVE_ON_DISK
#include "archive.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

/* The ref of story "story", and our lock's file for it. */
#define REF "refs/heads/story/story"

static void
lock_file_of(char path[PATH_MAX], const struct archive *archive)
{
	snprintf(path, PATH_MAX, "%s/stemma/locks/%02x", archive->path,
		(unsigned)(stemma_hash(stemma_view_of(REF)) & 0xff));
}

/* Leave git's lock of the story behind; what our lock's file says of it. */
static void
leave_lock(const struct archive *archive, int stage)
{
	char path[PATH_MAX], lock[PATH_MAX];
	struct statx status;
	FILE *file;

	snprintf(lock, sizeof lock, "%s/%s.lock", archive->path, REF);
	assert_int_equal(shell("touch %s", lock), 0);
	assert_int_equal(
		statx(AT_FDCWD, lock, 0, STATX_INO | STATX_BTIME, &status), 0);
	if (stage == 0)
		return;
	lock_file_of(path, archive);
	file = fopen(path, "w");
	assert_non_null(file);
	if (stage == 1)
		fprintf(file, "1 %s\n", REF);
	else
		fprintf(file, "2 %s %llu %lld\n", REF,
			(unsigned long long)status.stx_ino + (stage == 3),
			(long long)status.stx_btime.tv_sec * 1000000000 +
				status.stx_btime.tv_nsec);
	fclose(file);
}

/* ---- locks that were left behind --------------------------------------- */

static void
a_lock_that_a_dead_writer_noted_is_cleared_away(void **state)
{
	struct archive *archive = *state;

	leave_lock(archive, 2);
	assert_true(archive_add(archive, "story", "one", NULL).stored);
	leave_lock(archive, 1);
	assert_true(archive_add(archive, "story", "two", NULL).stored);
	archive_is_sound(archive);
}

static void
a_lock_of_somebody_else_stays_and_is_named(void **state)
{
	struct archive *archive = *state;

	for (int stage = 0; stage <= 3; stage += 3) {
		struct stemma_error error = {0};
		struct stemma_added added;

		leave_lock(archive, stage);
		assert_int_equal(archive_try(archive, "story", "one", NULL,
					 &added, &error),
			STEMMA_CONFLICT);
		assert_non_null(strstr(error.message, REF ".lock"));
		assert_int_equal(shell("rm %s/%s.lock", archive->path, REF), 0);
	}
	assert_true(archive_add(archive, "story", "one", NULL).stored);
}

static void
a_lock_older_than_the_machines_start_is_cleared_away(void **state)
{
	struct archive *archive = *state;

	leave_lock(archive, 0);
	assert_int_equal(
		shell("touch -d 2001-01-01 %s/%s.lock", archive->path, REF), 0);
	assert_true(archive_add(archive, "story", "one", NULL).stored);
}

static void
what_a_killed_git_left_of_packed_refs_is_cleared_away(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc report;

	archive_add(archive, "story", "one", NULL);
	assert_int_equal(shell("touch %s/packed-refs.new", archive->path), 0);
	assert_int_equal(stemma_store_gc(archive->store, &report, false, NULL),
		STEMMA_OK);
	assert_int_equal(shell("ls %s/packed-refs.* 2>/dev/null | grep -q .",
				 archive->path),
		256);
	assert_int_equal(archive_log(archive, "story").count, 1);
}

static void
a_lock_that_goes_away_in_time_is_waited_for(void **state)
{
	struct archive *archive = *state;
	pid_t child;

	leave_lock(archive, 0);
	child = fork();
	if (child == 0) {
		usleep(50000);
		_exit(shell("rm %s/%s.lock", archive->path, REF));
	}
	assert_true(archive_add(archive, "story", "one", NULL).stored);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

static void
a_writer_that_holds_our_lock_for_too_long_is_told_of(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_added added;
	char path[PATH_MAX];
	int fd;

	lock_file_of(path, archive);
	fd = open(path, O_RDWR | O_CREAT, 0666);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(
		archive_try(archive, "story", "one", NULL, &added, &error),
		STEMMA_CONFLICT);
	assert_non_null(strstr(error.message, "locked"));
	close(fd);
	assert_true(archive_add(archive, "story", "one", NULL).stored);
}

/* A git that packs is killed together with us. */
static void
a_lock_that_packing_left_behind_is_cleared_away(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc report;

	archive_add(archive, "story", "one", NULL);
	assert_int_equal(shell("cd %s && git repack -q -d --geometric=2 "
			       "--write-midx && cd objects/pack && "
			       "touch multi-pack-index.lock && cd ../.. && "
			       "echo '1 objects/pack/multi-pack-index' "
			       ">stemma/locks/gc",
				 archive->path),
		0);
	assert_int_equal(stemma_store_gc(archive->store, &report, false, NULL),
		STEMMA_OK);
	assert_int_equal(
		shell("test ! -e %s/objects/pack/multi-pack-index.lock",
			archive->path),
		0);
	archive_is_sound(archive);
}

static void
refs_that_are_packed_have_no_files_and_others_keep_theirs(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_gc report;

	archive_add(archive, "first", "one", NULL);
	archive_add(archive, "story", "one", NULL);
	/* Somebody else is about to change it. */
	leave_lock(archive, 0);
	assert_int_equal(
		stemma_store_gc(archive->store, &report, false, &error),
		STEMMA_OK);
	assert_int_equal(report.after.loose_refs, 2);
	assert_int_equal(shell("cd %s/refs/heads/story && "
			       "test \"$(ls)\" = \"$(printf "
			       "'story\\nstory.lock')\" && rm story.lock",
				 archive->path),
		0);
	archive_reopen(archive);
	assert_string_equal(archive_text(archive, "first", 1), "one");
	assert_string_equal(archive_text(archive, "story", 1), "one");
	assert_true(archive_add(archive, "first", "two", NULL).stored);
	assert_true(archive_add(archive, "story", "two", NULL).stored);
	archive_is_sound(archive);
}

/* ---- git beside us ----------------------------------------------------- */

static void
stories_go_on_after_git_has_packed_everything(void **state)
{
	struct archive *archive = *state;

	for (int round = 0; round < 3; round++) {
		char text[16];
		struct stemma_added added;

		snprintf(text, sizeof text, "text %d", round);
		added = archive_add(archive, "story", text, NULL);
		assert_int_equal(added.number, round + 1);
		archive_add(archive, text, "text", NULL);
		assert_int_equal(
			shell("git -C %s %s >/dev/null 2>&1", archive->path,
				round == 0   ? "pack-refs --all"
				: round == 1 ? "gc -q"
					     : "repack -d --geometric=2 "
					       "--write-midx -q"),
			0);
	}
	assert_false(archive_add(archive, "story", "text 2", NULL).stored);
	assert_int_equal(archive_log(archive, "story").count, 3);
	archive_is_sound(archive);
}

static void
a_story_whose_name_begins_another_is_no_obstacle(void **state)
{
	struct archive *archive = *state;

	archive_add(archive, "a", "one", NULL);
	assert_int_equal(shell("git -C %s pack-refs --all", archive->path), 0);
	archive_add(archive, "a/b", "two", NULL);
	archive_add(archive, "A", "three", NULL);
	assert_int_equal(shell("git -C %s pack-refs --all", archive->path), 0);
	assert_string_equal(archive_text(archive, "a", 1), "one");
	assert_string_equal(archive_text(archive, "a/b", 1), "two");
	assert_string_equal(archive_text(archive, "A", 1), "three");
	archive_is_sound(archive);
}

/* ---- many writers ------------------------------------------------------ */

enum { WRITERS = 4, ROUNDS = 25 };

/* A writer's process: adds texts of its own and ends with how many it was
   told are stored. With a `pipe` it writes down each one's commit. */
static int
write_texts(const struct archive *archive, const char *story, int writer,
	int rounds, int pipe)
{
	struct stemma_store_options patient = {.patience = 20000};
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_store *store;
	int stored = 0;

	if (stemma_store_open(&store, archive->path, &patient, NULL))
		return 0;
	for (int round = 0; round < rounds; round++) {
		struct stemma_entry entry = {.story = stemma_view_of(story)};
		struct stemma_added added;
		char text[64];

		entry.bytes.bytes = text;
		entry.bytes.size = (size_t)snprintf(text, sizeof text,
			"%d.%d.%d", writer, round, (int)getpid());
		if (stemma_store_add(store, &entry, &added, scratch, NULL))
			continue;
		stored += added.stored;
		if (pipe >= 0 &&
			write(pipe, &added.commit, sizeof added.commit) < 0)
			break;
	}
	stemma_store_close(store);
	stemma_arena_free(scratch);
	return stored;
}

static void
writers_of_one_story_lose_nothing_beside_git(void **state)
{
	struct archive *archive = *state;
	pid_t children[WRITERS], git;
	int stored = 0;

	stemma_store_close(archive->store);
	archive->store = NULL;
	for (int writer = 0; writer < WRITERS; writer++) {
		children[writer] = fork();
		if (children[writer] == 0)
			_exit(write_texts(
				archive, "story", writer, ROUNDS, -1));
	}
	git = fork();
	if (git == 0) {
		for (int round = 0; round < 10; round++)
			shell("cd %s && git pack-refs --all && git gc -q && "
			      "git repack -q -d --geometric=2 --write-midx",
				archive->path);
		_exit(0);
	}
	for (int writer = 0; writer < WRITERS; writer++) {
		int status;

		waitpid(children[writer], &status, 0);
		assert_true(WIFEXITED(status));
		stored += WEXITSTATUS(status);
	}
	waitpid(git, NULL, 0);
	archive_open(archive);
	assert_int_equal(stored, WRITERS * ROUNDS);
	assert_int_equal(archive_log(archive, "story").count, stored);
	archive_is_sound(archive);
}

/* ---- sudden death ------------------------------------------------------ */

/* How often a writer is killed; STEMMA_KILLS asks for more. */
static int
kills(void)
{
	const char *text = getenv("STEMMA_KILLS");

	return text ? atoi(text) : 40;
}

/* Kill a writer after `microseconds`; what it was told is stored. */
static size_t
kill_writer(struct archive *archive, const char *story, long microseconds,
	struct stemma_id *ids, size_t room)
{
	struct timespec time = {0, microseconds * 1000};
	int ends[2];
	ssize_t size, sum = 0;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		_exit(write_texts(archive, story, 0, 1000000, ends[1]));
	}
	close(ends[1]);
	nanosleep(&time, NULL);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	while ((size = read(ends[0], (char *)ids + sum,
			room * sizeof *ids - (size_t)sum)) > 0)
		sum += size;
	close(ends[0]);
	return (size_t)sum / sizeof *ids;
}

static bool
log_has(const struct stemma_log *log, const struct stemma_id *id)
{
	for (uint32_t at = 0; at < log->count; at++) {
		if (!memcmp(&log->revisions[at].commit, id, sizeof *id))
			return true;
	}
	return false;
}

static void
what_was_acknowledged_survives_being_killed(void **state)
{
	enum { ROOM = 1000 };
	struct archive *archive = *state;
	struct stemma_id *ids = calloc(ROOM, sizeof *ids);
	int rounds = kills();

	srand(1);
	for (int round = 0; round < rounds; round++) {
		struct stemma_log log;
		size_t count = kill_writer(
			archive, "story", 1000 + rand() % 20000, ids, ROOM);

		archive_reopen(archive);
		/* It is trackable at once, whatever was left behind. */
		assert_true(archive_add(
			archive, "story", round % 2 ? "a" : "b", NULL)
				    .stored);
		log = archive_log(archive, "story");
		for (size_t at = 0; at < count; at++)
			assert_true(log_has(&log, &ids[at]));
		stemma_arena_free(archive->arena);
		archive->arena = stemma_arena_new(0);
		if (round % 64 == 0)
			archive_is_sound(archive);
	}
	archive_is_sound(archive);
	free(ids);
}

/* ---- a disk that takes nothing ----------------------------------------- */

static void
an_archive_that_cannot_be_written_can_be_read(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_added added;
	pid_t child;
	int status;

	archive_add(archive, "story", "one", NULL);
	assert_int_equal(shell("chmod -R a-w,a+rX %s && chmod a+rx %s",
				 archive->path, archive->folder),
		0);
	/* Nobody forbids root to write, so be somebody else for a while. */
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
			_exit(3);
		archive_reopen(archive);
		if (archive_log(archive, "story").count != 1)
			_exit(1);
		if (archive_try(archive, "story", "two", NULL, &added,
			    &error) != STEMMA_IO)
			_exit(2);
		_exit(error.message[0] ? 0 : 4);
	}
	waitpid(child, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_lock_that_a_dead_writer_noted_is_cleared_away),
		TEST(a_lock_of_somebody_else_stays_and_is_named),
		TEST(a_lock_older_than_the_machines_start_is_cleared_away),
		TEST(what_a_killed_git_left_of_packed_refs_is_cleared_away),
		TEST(a_lock_that_packing_left_behind_is_cleared_away),
		TEST(refs_that_are_packed_have_no_files_and_others_keep_theirs),
		TEST(a_lock_that_goes_away_in_time_is_waited_for),
		TEST(a_writer_that_holds_our_lock_for_too_long_is_told_of),
		TEST(stories_go_on_after_git_has_packed_everything),
		TEST(a_story_whose_name_begins_another_is_no_obstacle),
		TEST(writers_of_one_story_lose_nothing_beside_git),
		TEST(what_was_acknowledged_survives_being_killed),
		TEST(an_archive_that_cannot_be_written_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
