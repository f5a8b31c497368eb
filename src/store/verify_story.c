/* SPDX-License-Identifier: MIT */
#include "run.h"
#include "verify.h"

#include <stdlib.h>
#include <string.h>

enum { SHA256 = 64, SHORT = 12 };

/* A story while it is looked at. */
struct look {
	struct stemma_verifier *verifier;
	struct stemma_view name; /* for faults */
	struct stemma_view key;
	const struct stemma_revision *revision;
	bool good; /* as far as this revision */
};

#define FAULT(look, ...)                                         \
	((look)->good = false,                                   \
		stemma_fault_add((look)->verifier, (look)->name, \
			(look)->revision, __VA_ARGS__))

/* Read an object, which hashes it. One that is damaged is a fault, not a
   failure: *there tells. */
static enum stemma_code
read_object(struct look *look, struct stemma_view *bytes, bool *there,
	const struct stemma_id *id, git_object_t type, const char *what)
{
	struct stemma_error error = {0};
	enum stemma_code code = stemma_object_read(look->verifier->store, bytes,
		id, type, look->verifier->scratch, &error);
	bool known;

	*there = code == STEMMA_OK;
	if (code == STEMMA_OK)
		return stemma_seen_add(look->verifier, id, &known);
	if (code != STEMMA_CORRUPT)
		return stemma_error_set(
			look->verifier->error, code, "%s", error.message);
	return FAULT(look, "its %s cannot be read: %s", what, error.message);
}

static enum stemma_code
check_bytes(struct look *look, struct stemma_view bytes)
{
	const struct stemma_revision *revision = look->revision;
	enum stemma_code code = STEMMA_OK;
	char hex[SHA256 + 1];

	look->verifier->verified->bytes += bytes.size;
	if (!revision->sha256.size)
		return STEMMA_OK; /* a commit that others made */
	stemma_sha256_hex(hex, bytes);
	if (!stemma_view_equal(revision->sha256, stemma_view_of(hex)))
		code = FAULT(look,
			"its text has another SHA-256 than its commit tells");
	if (code == STEMMA_OK && revision->size != bytes.size)
		code = FAULT(look,
			"its text has %zu bytes, its commit tells of %llu",
			bytes.size, (unsigned long long)revision->size);
	return code;
}

static enum stemma_code
check_tree(struct look *look)
{
	const struct stemma_revision *revision = look->revision;
	struct stemma_tree_entry article;
	struct stemma_view tree, bad = {"", 0}, bytes = {NULL, 0};
	enum stemma_code code;
	bool there;

	code = read_object(
		look, &tree, &there, &revision->tree, GIT_OBJECT_TREE, "tree");
	if (code != STEMMA_OK || !there)
		return code;
	if (!stemma_tree_is_sound(tree, &bad))
		code = FAULT(look,
			"its tree has an entry that git refuses: %.*s",
			(int)(bad.size < 200 ? bad.size : 200), bad.bytes);
	if (code != STEMMA_OK)
		return code;
	if (!stemma_tree_article(tree, &article))
		return FAULT(look, "its tree holds no text");
	if (revision->sha256.size &&
		(article.name.size <= look->key.size ||
			memcmp(article.name.bytes, look->key.bytes,
				look->key.size) != 0 ||
			article.name.bytes[look->key.size] != '.'))
		code = FAULT(look, "its text is called %.*s",
			(int)article.name.size, article.name.bytes);
	if (code == STEMMA_OK)
		code = read_object(look, &bytes, &there, &article.id,
			GIT_OBJECT_BLOB, "text");
	if (code == STEMMA_OK && there)
		code = check_bytes(look, bytes);
	return code;
}

/* What the trailers tell beside the commit they stand in. */
static enum stemma_code
check_trailers(struct look *look)
{
	const struct stemma_revision *revision = look->revision;
	char key[STEMMA_KEY_SIZE];
	enum stemma_code code = STEMMA_OK;

	if (revision->story.size &&
		(stemma_key_make(key, revision->story, NULL) ||
			!stemma_view_equal(look->key, stemma_view_of(key))))
		code = FAULT(look, "its commit is of another story: %.*s",
			(int)(revision->story.size < 200 ? revision->story.size
							 : 200),
			revision->story.bytes);
	if (code == STEMMA_OK && revision->sha256.size &&
		revision->retrieved != revision->date)
		code = FAULT(
			look, "its commit has another date than its trailers");
	return code;
}

/* Whose parents are how many, and how old. */
static enum stemma_code
check_chain(struct look *look, const struct stemma_chain *chain)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t at = 0; at < chain->count && code == STEMMA_OK; at++) {
		const struct stemma_link *link = &chain->links[at];

		if (link->commit.committed < link->commit.authored)
			code = stemma_fault_add(look->verifier, look->name,
				look->revision,
				"a commit of it was made before it was "
				"retrieved");
	}
	return code;
}

static bool
is_signed(struct stemma_view commit)
{
	const char *end = memmem(commit.bytes, commit.size, "\n\n", 2);
	size_t head = end ? (size_t)(end - commit.bytes) : commit.size;

	return memmem(commit.bytes, head, "\ngpgsig ", 8) != NULL;
}

static enum stemma_code
check_signature(struct look *look, struct stemma_view commit)
{
	char hex[41];
	const char *const arguments[] = {"verify-commit", hex, NULL};
	const struct stemma_git_call call = {.arguments = arguments};
	struct stemma_error error = {0};

	if (!is_signed(commit))
		return STEMMA_OK;
	stemma_id_hex(hex, &look->revision->commit);
	look->verifier->verified->signatures++;
	if (stemma_git_run(look->verifier->store, NULL, &call, &error) ==
		STEMMA_OK) {
		look->verifier->verified->good_signatures++;
		return STEMMA_OK;
	}
	return FAULT(
		look, "its signature cannot be verified: %s", error.message);
}

static enum stemma_code
check_revision(struct look *look)
{
	struct stemma_verified *verified = look->verifier->verified;
	struct stemma_mark mark = stemma_arena_mark(look->verifier->scratch);
	struct stemma_view commit;
	enum stemma_code code;
	bool there;

	look->good = true;
	code = read_object(look, &commit, &there, &look->revision->commit,
		GIT_OBJECT_COMMIT, "commit");
	if (code == STEMMA_OK && there)
		code = check_signature(look, commit);
	if (code == STEMMA_OK)
		code = check_trailers(look);
	if (code == STEMMA_OK)
		code = check_tree(look);
	verified->revisions++;
	verified->foreign += !look->revision->sha256.size;
	verified->good_revisions += look->good;
	stemma_arena_rewind(look->verifier->scratch, mark);
	return code;
}

/*
 * A chain that is broken: what can be reached from its head is looked at all
 * the same. Numbers cannot be told, as nobody knows what was before.
 */
static enum stemma_code
walk_broken(struct look *look, const struct stemma_id *head)
{
	struct stemma_arena *scratch = look->verifier->scratch;
	struct stemma_revision revision;
	struct stemma_id id = *head;
	enum stemma_code code = STEMMA_OK;
	bool there = true;

	while (code == STEMMA_OK && there) {
		struct stemma_mark mark = stemma_arena_mark(scratch);
		struct stemma_commit commit;
		struct stemma_view bytes;

		revision = (struct stemma_revision){.commit = id};
		look->revision = &revision;
		code = read_object(look, &bytes, &there, &id, GIT_OBJECT_COMMIT,
			"commit, without which those before it cannot be "
			"reached,");
		if (code != STEMMA_OK || !there)
			break;
		if (!stemma_commit_parse(&commit, bytes)) {
			code = FAULT(look, "its commit cannot be understood");
			break;
		}
		code = stemma_commit_describe(&revision, &commit, scratch);
		if (code != STEMMA_OK) {
			code = stemma_memory_trouble(look->verifier->error);
			break;
		}
		if (commit.parent_count < 2)
			code = check_revision(look);
		there = commit.parent_count > 0;
		if (there)
			id = stemma_commit_parent(&commit, 0);
		stemma_arena_rewind(scratch, mark);
	}
	look->revision = NULL;
	return code;
}

static enum stemma_code
walk_whole(struct look *look, const struct stemma_chain *chain)
{
	enum stemma_code code = STEMMA_OK;

	for (uint32_t at = 0; at < chain->count && code == STEMMA_OK; at++) {
		struct stemma_revision revision = {
			.number = at + 1, .commit = chain->links[at].id};

		code = stemma_commit_describe(&revision,
			&chain->links[at].commit, look->verifier->scratch);
		if (code != STEMMA_OK) {
			code = stemma_memory_trouble(look->verifier->error);
			break;
		}
		look->revision = &revision;
		code = check_revision(look);
		look->revision = NULL;
	}
	return code == STEMMA_OK ? check_chain(look, chain) : code;
}

enum stemma_code
stemma_verify_story(struct stemma_verifier *verifier, struct stemma_view key,
	const struct stemma_id *head)
{
	struct stemma_verified *verified = verifier->verified;
	struct stemma_mark mark = stemma_arena_mark(verifier->scratch);
	struct look look = {.verifier = verifier, .name = key, .key = key};
	size_t faults = verified->fault_count;
	struct stemma_error error = {0};
	struct stemma_chain chain;
	enum stemma_code code;

	if (stemma_key_read(&look.name, key, verifier->scratch) == STEMMA_NOMEM)
		return stemma_memory_trouble(verifier->error);
	code = stemma_chain_load(verifier->store, &chain, head,
		verifier->scratch, verifier->scratch, &error);
	if (code == STEMMA_OK)
		code = walk_whole(&look, &chain);
	else if (code == STEMMA_CORRUPT)
		code = walk_broken(&look, head);
	else
		stemma_error_set(verifier->error, code, "%s", error.message);
	verified->stories++;
	verified->good_stories += verified->fault_count == faults;
	stemma_arena_rewind(verifier->scratch, mark);
	return code;
}
