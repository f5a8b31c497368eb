/*
 * An archive after the power failed, at each call that changes a disk: what was
 * acknowledged is there, git finds nothing damaged, and the story goes on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "recorded.h"

static const char *const model_names[MODELS] = {
	"ordered, late", "ordered, all", "strict, late", "strict, all"};

/* What the archive is before: a copy of it is what each failure is replayed
   on. */
static void
keep_base(struct archive *archive)
{
	assert_int_equal(
		shell("rm -rf %s/base && cp -a %s %s/base", archive->folder,
			archive->path, archive->folder),
		0);
}

/* One failure; `done`: the addition was acknowledged before it. */
static void
check_failure(struct archive *archive, enum model model, int end,
	uint32_t before, bool done)
{
	struct archive after = *archive;
	struct stemma_error error = {0};
	struct stemma_added added;
	struct stemma_log log = {0};

	snprintf(after.path, sizeof after.path, "%s/after", archive->folder);
	assert_int_equal(shell("rm -rf %s && cp -a %s/base %s", after.path,
				 archive->folder, after.path),
		0);
	replay(after.path, model, end);
	/* The machine has been started since. */
	assert_int_equal(shell("find %s -name '*.lock' -exec touch -d "
			       "2001-01-01 '{}' +",
				 after.path),
		0);
	if (shell("git -C %s fsck --strict --no-dangling >%s/fsck 2>&1",
		    after.path, archive->folder))
		fail_msg("%s, after %d calls: git finds it damaged",
			model_names[model], end);
	archive_open(&after);
	if (stemma_store_log(after.store, &log, VIEW("story"), after.arena,
		    after.scratch, &error) != STEMMA_OK &&
		(before || done))
		fail_msg("%s, after %d calls: %s", model_names[model], end,
			error.message);
	if (log.count < before + done || log.count > before + 1)
		fail_msg("%s, after %d calls: %u revisions", model_names[model],
			end, log.count);
	if (log.count > before)
		assert_string_equal(
			archive_text(&after, "story", log.count), "new");
	error = (struct stemma_error){0};
	if (archive_try(&after, "story", "later", NULL, &added, &error))
		fail_msg("%s, after %d calls: %s", model_names[model], end,
			error.message);
	assert_true(added.stored);
	stemma_store_close(after.store);
}

/* The power fails at each moment of an addition to "story". */
static void
fail_everywhere(struct archive *archive, bool ordered, uint32_t before)
{
	stemma_store_close(archive->store);
	recorded.ordered = ordered;
	archive_open(archive);
	keep_base(archive);
	record(archive->path);
	archive_add(archive, "story", "new", NULL);
	recorded.root = NULL;
	assert_true(recorded.count > 15);
	for (enum model model = ordered ? ORDERED_LATE : STRICT_LATE;
		model <= (ordered ? ORDERED_ALL : STRICT_ALL); model++)
		for (int end = 0; end <= recorded.count; end++)
			check_failure(archive, model, end, before,
				end == recorded.count);
	record(NULL);
}

static void
a_first_revision_outlives_the_power(void **state)
{
	fail_everywhere(*state, false, 0);
}

static void
a_first_revision_outlives_the_power_where_order_is_kept(void **state)
{
	fail_everywhere(*state, true, 0);
}

static void
a_revision_outlives_the_power(void **state)
{
	archive_add(*state, "story", "old", "2024-01-01");
	fail_everywhere(*state, false, 1);
}

static void
a_revision_outlives_the_power_where_order_is_kept(void **state)
{
	archive_add(*state, "story", "old", "2024-01-01");
	fail_everywhere(*state, true, 1);
}

/* git has packed everything, and taken the folders away that were empty. */
static void
pack_all(struct archive *archive)
{
	archive_add(archive, "story", "old", "2024-01-01");
	assert_int_equal(shell("cd %s && git gc -q && rmdir objects/?? "
			       "refs/heads/story 2>/dev/null; test ! -e "
			       "refs/heads/story",
				 archive->path),
		0);
}

static void
a_revision_outlives_the_power_when_all_was_packed(void **state)
{
	pack_all(*state);
	fail_everywhere(*state, false, 1);
}

static void
a_revision_outlives_the_power_when_all_was_packed_and_order_is_kept(
	void **state)
{
	pack_all(*state);
	fail_everywhere(*state, true, 1);
}

/* Where nothing is flushed, something is lost: or these tests see nothing. */
static void
what_is_not_flushed_is_lost(void **state)
{
	struct archive *archive = *state;
	struct archive after = *archive;
	struct stemma_log log;

	assert_int_equal(
		shell("git -C %s config core.fsync none", archive->path), 0);
	archive_reopen(archive);
	keep_base(archive);
	record(archive->path);
	archive_add(archive, "story", "new", NULL);
	recorded.root = NULL;
	for (enum model model = ORDERED_LATE; model < MODELS; model++) {
		snprintf(after.path, sizeof after.path, "%s/after",
			archive->folder);
		assert_int_equal(
			shell("rm -rf %s && cp -a %s/base %s", after.path,
				archive->folder, after.path),
			0);
		replay(after.path, model, recorded.count);
		archive_open(&after);
		assert_int_not_equal(
			stemma_store_log(after.store, &log, VIEW("story"),
				after.arena, after.scratch, NULL),
			STEMMA_OK);
		stemma_store_close(after.store);
	}
	record(NULL);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_first_revision_outlives_the_power),
		TEST(a_first_revision_outlives_the_power_where_order_is_kept),
		TEST(a_revision_outlives_the_power),
		TEST(a_revision_outlives_the_power_where_order_is_kept),
		TEST(a_revision_outlives_the_power_when_all_was_packed),
		TEST(a_revision_outlives_the_power_when_all_was_packed_and_order_is_kept),
		TEST(what_is_not_flushed_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
