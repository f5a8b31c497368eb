/* SPDX-License-Identifier: MIT */
#include "archive.h"

static struct stemma_verified
verify(struct archive *archive, const char *story)
{
	struct stemma_error error = {0};
	struct stemma_verified verified;

	archive_reopen(archive);
	if (stemma_store_verify(archive->store, &verified,
		    stemma_view_of(story), archive->arena, archive->scratch,
		    &error))
		fail_msg("%s", error.message);
	return verified;
}

/* Whether a fault of the story tells of `what`; NULL: of no story. */
static bool
tells(const struct stemma_verified *verified, const char *story,
	uint32_t number, const char *what)
{
	for (size_t at = 0; at < verified->fault_count; at++) {
		const struct stemma_fault *fault = &verified->faults[at];

		if (stemma_view_equal(fault->story, stemma_view_of(story)) &&
			fault->number == number &&
			strstr(fault->what.bytes, what))
			return true;
	}
	for (size_t at = 0; at < verified->fault_count; at++)
		print_message("%.*s %u: %s\n",
			(int)verified->faults[at].story.size,
			verified->faults[at].story.bytes,
			(unsigned)verified->faults[at].number,
			verified->faults[at].what.bytes);
	return false;
}

static void
fill(struct archive *archive)
{
	archive_add(archive, "A b", "one", "2024-01-01");
	archive_add(archive, "A b", "two", "2024-01-02");
	archive_add(archive, "A b", "three", "2024-01-03");
	archive_add(archive, "other", "four", "2024-01-03");
}

static void
a_sound_archive_has_no_faults(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified = verify(archive, "");

	assert_int_equal(verified.stories, 0);
	assert_int_equal(verified.fault_count, 0);
	fill(archive);
	for (int packed = 0; packed < 2; packed++) {
		verified = verify(archive, "");
		assert_int_equal(verified.fault_count, 0);
		assert_int_equal(verified.stories, 2);
		assert_int_equal(verified.good_stories, 2);
		assert_int_equal(verified.revisions, 4);
		assert_int_equal(verified.good_revisions, 4);
		assert_int_equal(verified.bytes, 15);
		/* Three a revision, .gitattributes, and four of main. */
		assert_int_equal(verified.objects, 17);
		verified = verify(archive, "A b");
		assert_int_equal(verified.revisions, 3);
		assert_int_equal(shell("git -C %s gc -q", archive->path), 0);
	}
}

/* The file of the object that git's `expression` names, as a shell word. */
#define OBJECT(expression)                    \
	"$(cd %s; git rev-parse '" expression \
	"' | sed 's:^..:objects/&/:; s:^:%s/:')"

static void
damaged_text_is_told_and_the_rest_is_good(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;

	fill(archive);
	assert_int_equal(
		shell("cp -f " OBJECT("story/other:other.txt") " " OBJECT(
			      "story/=41=20b~1:=41=20b.txt"),
			archive->path, archive->path, archive->path,
			archive->path),
		0);
	verified = verify(archive, "");
	assert_true(tells(&verified, "A b", 2, "its text cannot be read"));
	assert_int_equal(verified.good_revisions, 3);
	assert_int_equal(verified.good_stories, 1);
	verified = verify(archive, "other");
	assert_int_equal(verified.fault_count, 0);
}

static void
a_missing_commit_leaves_those_after_it(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;

	fill(archive);
	assert_int_equal(shell("rm -f " OBJECT("story/=41=20b~1"),
				 archive->path, archive->path),
		0);
	verified = verify(archive, "");
	assert_true(tells(&verified, "A b", 0, "is missing"));
	assert_int_equal(verified.good_revisions, 2);
	assert_int_equal(verified.revisions, 2);
	assert_int_equal(verified.good_stories, 1);
}

static void
a_damaged_pack_is_told(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;

	fill(archive);
	assert_int_equal(shell("git -C %s gc -q", archive->path), 0);
	assert_int_equal(
		shell("f=$(ls %s/objects/pack/*.pack); chmod +w $f; printf "
		      "'\\125\\125' | dd of=$f bs=1 seek=60 conv=notrunc "
		      "2>/dev/null",
			archive->path),
		0);
	verified = verify(archive, "");
	assert_true(verified.fault_count > 1);
	assert_true(tells(&verified, "", 0, ".pack is damaged"));
}

static void
a_ref_that_says_nothing_is_told(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;

	fill(archive);
	assert_int_equal(
		shell(": >%s/refs/heads/story/lost", archive->path), 0);
	verified = verify(archive, "");
	assert_true(tells(&verified, "", 0, "story/lost is damaged"));
	assert_int_equal(verified.good_stories, 2);
}

/* Commit `text` to `story` with git, telling `trailers` of it. */
static void
forge(struct archive *archive, const char *ref, const char *file,
	const char *text, const char *trailers)
{
	assert_int_equal(
		shell("cd %s; export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x "
		      "GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x "
		      "GIT_AUTHOR_DATE='@1704412800 +0000' "
		      "GIT_COMMITTER_DATE='@1704412800 +0000'; b=$(printf '%s' "
		      "| git hash-object -w --stdin); t=$(printf '100644 blob "
		      "%%s\\t%s\\n' $b | git mktree); git update-ref "
		      "refs/heads/story/%s $(printf 'forged\\n\\n%s' | git "
		      "commit-tree $t)",
			archive->path, text, file, ref, trailers),
		0);
}

static void
trailers_that_are_not_true_are_told(void **state)
{
	static const char sum[] = "2c26b46b68ffc68ff99b453c1d304134"
				  "13422d706483bfa0f98a5e886266e7ae";
	struct archive *archive = *state;
	struct stemma_verified verified;
	char trailers[512];

	snprintf(trailers, sizeof trailers,
		"Story: a\\nRetrieved-At: 2024-01-05T00:00:00Z\\n"
		"Content-SHA256: %s\\nContent-Length: 3\\n",
		sum);
	forge(archive, "a", "a.txt", "foo", trailers);
	assert_int_equal(verify(archive, "").fault_count, 0);
	forge(archive, "b", "b.txt", "foo", trailers);
	forge(archive, "c", "a.txt", "foo", trailers);
	forge(archive, "d", "d.txt", "bar", trailers);
	snprintf(trailers, sizeof trailers,
		"Story: e\\nRetrieved-At: 2024-01-06T00:00:00Z\\n"
		"Content-SHA256: %s\\nContent-Length: 4\\n",
		sum);
	forge(archive, "e", "e.txt", "foo", trailers);
	forge(archive, "foreign", "whatever", "bar", "nothing is told\\n");
	verified = verify(archive, "");
	assert_true(tells(&verified, "b", 1, "another story: a"));
	assert_true(tells(&verified, "c", 1, "its text is called a.txt"));
	assert_true(tells(&verified, "d", 1, "another SHA-256"));
	assert_true(tells(&verified, "e", 1, "has 3 bytes"));
	assert_true(tells(&verified, "e", 1, "another date"));
	assert_int_equal(verified.good_stories, 2);
	assert_int_equal(verified.good_revisions, 2);
}

static void
a_story_that_is_not_there_cannot_be_verified(void **state)
{
	struct archive *archive = *state;
	struct stemma_verified verified;

	assert_int_equal(
		stemma_store_verify(archive->store, &verified, VIEW("nowhere"),
			archive->arena, archive->scratch, NULL),
		STEMMA_NOTFOUND);
}

static void
without_memory_verifying_says_so(void **state)
{
	struct archive *archive = *state;
	enum stemma_code code = STEMMA_NOMEM;
	size_t limit;

	fill(archive);
	assert_int_equal(
		shell(": >%s/refs/heads/story/lost", archive->path), 0);
	for (limit = 1; code == STEMMA_NOMEM; limit += 30) {
		struct stemma_arena *arena = stemma_arena_new(limit);
		struct stemma_arena *scratch = stemma_arena_new(limit * 2);
		struct stemma_verified verified;

		code = stemma_store_verify(archive->store, &verified, VIEW(""),
			arena, scratch, NULL);
		if (code == STEMMA_OK)
			assert_int_equal(verified.fault_count, 1);
		stemma_arena_free(arena);
		stemma_arena_free(scratch);
	}
	assert_int_equal(code, STEMMA_OK);
	assert_true(limit > 500);
}

/* ---- signatures --------------------------------------------------------- */

static void
what_was_signed_is_verified(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_verified verified;
	struct stemma_added added;

	if (shell("command -v ssh-keygen >/dev/null") != 0)
		skip();
	assert_int_equal(
		shell("cd %s; ssh-keygen -q -t ed25519 -N '' -f key && printf "
		      "'* %%s\n' \"$(cat key.pub)\" >signers && git -C "
		      "archive config stemma.sign true && git -C archive "
		      "config gpg.format ssh && git -C archive config "
		      "user.signingKey %s/key && git -C archive config "
		      "gpg.ssh.allowedSignersFile %s/signers",
			archive->folder, archive->folder, archive->folder),
		0);
	archive_reopen(archive);
	fill(archive);
	assert_string_equal(archive_text(archive, "A b", 2), "two");
	verified = verify(archive, "");
	assert_int_equal(verified.signatures, 4);
	assert_int_equal(verified.fault_count, 0);
	archive_is_sound(archive);
	/* A signature of somebody who is not known. */
	assert_int_equal(shell(": >%s/signers", archive->folder), 0);
	verified = verify(archive, "other");
	assert_true(tells(&verified, "other", 1, "its signature"));
	/* Without a key nothing is stored, and it is said why. */
	assert_int_equal(shell("rm %s/key", archive->folder), 0);
	assert_int_equal(archive_try(archive, "other", "five", "2024-01-09",
				 &added, &error),
		STEMMA_IO);
	assert_non_null(strstr(error.message, "git commit-tree"));
	assert_int_equal(archive_log(archive, "other").count, 1);
}

/* ---- gc ---------------------------------------------------------------- */

static void
gc_packs_everything_and_loses_nothing(void **state)
{
	struct archive *archive = *state;
	struct stemma_error error = {0};
	struct stemma_gc gc;

	fill(archive);
	assert_int_equal(
		stemma_store_gc(archive->store, &gc, true, &error), STEMMA_OK);
	assert_false(gc.done);
	for (int round = 0; round < 2; round++) {
		if (stemma_store_gc(archive->store, &gc, false, &error))
			fail_msg("%s", error.message);
		assert_true(gc.done);
		assert_int_equal(gc.after.packs, 1);
		assert_int_equal(gc.after.loose_objects, 0);
		assert_int_equal(gc.after.loose_refs, 0);
		assert_string_equal(archive_text(archive, "A b", 3), "three");
	}
	archive_add(archive, "A b", "five", NULL);
	archive_is_sound(archive);
	assert_int_equal(verify(archive, "").good_revisions, 5);
}

static void
gc_clears_a_lock_that_a_dead_one_left(void **state)
{
	struct archive *archive = *state;
	struct stemma_gc gc;

	fill(archive);
	assert_int_equal(shell("touch %s/packed-refs.lock", archive->path), 0);
	assert_int_equal(stemma_store_gc(archive->store, &gc, false, NULL),
		STEMMA_CONFLICT);
	assert_int_equal(shell("echo '1 packed-refs' >%s/stemma/locks/"
			       "packed-refs",
				 archive->path),
		0);
	assert_int_equal(
		stemma_store_gc(archive->store, &gc, false, NULL), STEMMA_OK);
	archive_is_sound(archive);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, archive_set_up, archive_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sound_archive_has_no_faults),
		TEST(damaged_text_is_told_and_the_rest_is_good),
		TEST(a_missing_commit_leaves_those_after_it),
		TEST(a_damaged_pack_is_told),
		TEST(a_ref_that_says_nothing_is_told),
		TEST(trailers_that_are_not_true_are_told),
		TEST(a_story_that_is_not_there_cannot_be_verified),
		TEST(without_memory_verifying_says_so),
		TEST(what_was_signed_is_verified),
		TEST(gc_packs_everything_and_loses_nothing),
		TEST(gc_clears_a_lock_that_a_dead_one_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
