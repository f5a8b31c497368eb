/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <string.h>

#include <stdio.h>

void
stemma_id_hex(char hex[41], const struct stemma_id *id)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t at = 0; at < sizeof id->bytes; at++) {
		hex[2 * at] = digits[id->bytes[at] >> 4];
		hex[2 * at + 1] = digits[id->bytes[at] & 15];
	}
	hex[40] = '\0';
}

static enum stemma_code
find_head(struct stemma_store *store, struct stemma_log *log,
	struct stemma_view story, struct stemma_arena *arena,
	struct stemma_error *error)
{
	char ref[STEMMA_REF_SIZE], key[STEMMA_KEY_SIZE];
	enum stemma_code code = stemma_key_make(key, story, error);

	if (code != STEMMA_OK)
		return code;
	snprintf(ref, sizeof ref, "%s%s", STEMMA_STORY_REFS, key);
	code = stemma_ref_read(store, &log->head, ref, error);
	if (code == STEMMA_NOTFOUND)
		return stemma_error_set(error, STEMMA_NOTFOUND,
			"there is no story '%.*s'", (int)story.size,
			story.bytes);
	if (code != STEMMA_OK)
		return code;
	code = stemma_key_read(&log->story, stemma_view_of(key), arena);
	return code == STEMMA_NOMEM ? stemma_memory_trouble(error) : STEMMA_OK;
}

static enum stemma_code
describe(struct stemma_log *log, const struct stemma_chain *chain,
	struct stemma_arena *arena)
{
	struct stemma_revision *revisions =
		stemma_arena_zalloc(arena, chain->count, sizeof *revisions);
	enum stemma_code code = revisions ? STEMMA_OK : STEMMA_NOMEM;

	for (uint32_t at = 0; at < chain->count && code == STEMMA_OK; at++) {
		revisions[at].number = at + 1;
		revisions[at].commit = chain->links[at].id;
		code = stemma_commit_describe(
			&revisions[at], &chain->links[at].commit, arena);
	}
	log->revisions = revisions;
	log->count = chain->count;
	return code;
}

/* All that follows from the story's head. */
static enum stemma_code
read_chain(struct stemma_store *store, struct stemma_log *log,
	struct stemma_arena *arena, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct stemma_chain chain;
	enum stemma_code code = stemma_chain_load(
		store, &chain, &log->head, arena, scratch, error);

	if (code != STEMMA_OK)
		return code;
	if (chain.count == 0)
		return stemma_error_set(error, STEMMA_CORRUPT,
			"story '%.*s' has no revision", (int)log->story.size,
			log->story.bytes);
	if (describe(log, &chain, arena) != STEMMA_OK)
		return stemma_memory_trouble(error);
	if (!log->story.size)
		log->story = log->revisions[log->count - 1].story;
	return STEMMA_OK;
}

enum stemma_code
stemma_store_log(struct stemma_store *store, struct stemma_log *log,
	struct stemma_view story, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	enum stemma_code code;

	*log = (struct stemma_log){0};
	code = find_head(store, log, story, arena, error);
	return code == STEMMA_OK ? read_chain(store, log, arena, scratch, error)
				 : code;
}

enum stemma_code
stemma_store_log_name(struct stemma_store *store, struct stemma_log *log,
	const struct stemma_name *name, struct stemma_arena *arena,
	struct stemma_arena *scratch, struct stemma_error *error)
{
	*log = (struct stemma_log){.story = name->name, .head = name->head};
	return read_chain(store, log, arena, scratch, error);
}

/* The article in a tree; its name is in `arena`. */
static enum stemma_code
find_article(struct stemma_store *store, struct stemma_tree_entry *article,
	const struct stemma_id *tree, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_view entries;
	char hex[41];
	enum stemma_code code = stemma_object_read(
		store, &entries, tree, GIT_OBJECT_TREE, arena, error);

	if (code != STEMMA_OK || stemma_tree_article(entries, article))
		return code;
	stemma_id_hex(hex, tree);
	return stemma_error_set(
		error, STEMMA_CORRUPT, "tree %s holds no article", hex);
}

static enum stemma_code
read_tree(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *tree, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_tree_entry article;
	enum stemma_code code =
		find_article(store, &article, tree, arena, error);

	if (code == STEMMA_OK)
		code = stemma_object_read(store, bytes, &article.id,
			GIT_OBJECT_BLOB, arena, error);
	return code;
}

enum stemma_code
stemma_store_suffix(struct stemma_store *store, struct stemma_view *suffix,
	const struct stemma_revision *revision, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_tree_entry article;
	enum stemma_code code =
		find_article(store, &article, &revision->tree, arena, error);
	const char *dot = NULL;

	*suffix = (struct stemma_view){"", 0};
	if (code == STEMMA_OK)
		dot = memrchr(article.name.bytes, '.', article.name.size);
	if (dot)
		*suffix = (struct stemma_view){dot + 1,
			article.name.size -
				(size_t)(dot + 1 - article.name.bytes)};
	if (stemma_suffix_check(*suffix, NULL) != STEMMA_OK)
		*suffix = (struct stemma_view){"", 0};
	return code;
}

enum stemma_code
stemma_store_read(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_revision *revision, struct stemma_arena *arena,
	struct stemma_error *error)
{
	return read_tree(store, bytes, &revision->tree, arena, error);
}

static enum stemma_code
read_commit(struct stemma_store *store, struct stemma_commit *commit,
	const struct stemma_id *id, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_view text;
	char hex[41];
	enum stemma_code code = stemma_object_read(
		store, &text, id, GIT_OBJECT_COMMIT, arena, error);

	if (code != STEMMA_OK || stemma_commit_parse(commit, text))
		return code;
	stemma_id_hex(hex, id);
	return stemma_error_set(error, STEMMA_CORRUPT,
		"object %s is damaged: not a commit", hex);
}

enum stemma_code
stemma_store_read_commit(struct stemma_store *store, struct stemma_view *bytes,
	const struct stemma_id *id, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_commit commit;
	enum stemma_code code = read_commit(store, &commit, id, arena, error);

	return code == STEMMA_OK
		       ? read_tree(store, bytes, &commit.tree, arena, error)
		       : code;
}

enum stemma_code
stemma_store_describe(struct stemma_store *store,
	struct stemma_revision *revision, const struct stemma_id *id,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_commit commit;
	enum stemma_code code = read_commit(store, &commit, id, arena, error);

	*revision = (struct stemma_revision){.commit = *id};
	if (code != STEMMA_OK)
		return code;
	code = stemma_commit_describe(revision, &commit, arena);
	return code == STEMMA_OK ? code : stemma_memory_trouble(error);
}

static void
number(struct stemma_revision *revisions, uint32_t count)
{
	for (uint32_t at = 0; at < count / 2; at++) {
		struct stemma_revision newer = revisions[at];

		revisions[at] = revisions[count - 1 - at];
		revisions[count - 1 - at] = newer;
	}
	for (uint32_t at = 0; at < count; at++)
		revisions[at].number = at + 1;
}

/* The commits from the head down to the known one, newest first, if they tell
   an order. */
static enum stemma_code
read_newer(struct stemma_store *store, struct stemma_revision *newer,
	uint32_t *count, const struct stemma_log *log,
	const struct stemma_log *known, struct stemma_arena *arena)
{
	struct stemma_id id = log->head;
	struct stemma_commit commit;

	for (*count = 0; memcmp(&id, &known->head, sizeof id) != 0; ++*count) {
		if (*count == STEMMA_NEWER_MOST)
			return STEMMA_INVALID;
		if (read_commit(store, &commit, &id, arena, NULL) != STEMMA_OK)
			return STEMMA_INVALID;
		if (commit.parent_count != 1 ||
			(*count && commit.authored > newer[*count - 1].date))
			return STEMMA_INVALID;
		newer[*count] = (struct stemma_revision){.commit = id};
		if (stemma_commit_describe(&newer[*count], &commit, arena) !=
			STEMMA_OK)
			return STEMMA_NOMEM;
		id = stemma_commit_parent(&commit, 0);
	}
	return *count && newer[*count - 1].date <
				       known->revisions[known->count - 1].date
		       ? STEMMA_INVALID
		       : STEMMA_OK;
}

enum stemma_code
stemma_store_log_since(struct stemma_store *store, struct stemma_log *log,
	const struct stemma_log *known, struct stemma_arena *arena,
	struct stemma_error *error)
{
	struct stemma_revision newer[STEMMA_NEWER_MOST], *revisions;
	uint32_t count;
	enum stemma_code code;

	*log = (struct stemma_log){0};
	code = find_head(store, log, known->story, arena, error);
	if (code == STEMMA_OK)
		code = read_newer(store, newer, &count, log, known, arena);
	if (code == STEMMA_INVALID)
		return stemma_error_set(error, STEMMA_INVALID,
			"the newest revisions tell no order");
	if (code != STEMMA_OK)
		return code;
	revisions = stemma_arena_alloc(
		arena, (size_t)known->count + count, sizeof *revisions);
	if (!revisions)
		return stemma_memory_trouble(error);
	memcpy(revisions, known->revisions, known->count * sizeof *revisions);
	for (uint32_t k = 0; k < count; k++)
		revisions[known->count + k] = newer[count - 1 - k];
	log->revisions = revisions;
	log->count = known->count + count;
	for (uint32_t k = 0; k < log->count; k++)
		revisions[k].number = k + 1;
	if (!log->story.size)
		log->story = known->story;
	return STEMMA_OK;
}

enum stemma_code
stemma_store_log_newest(struct stemma_store *store, struct stemma_log *log,
	bool *whole, const struct stemma_name *name, uint32_t most,
	struct stemma_arena *arena, struct stemma_error *error)
{
	struct stemma_revision *revisions =
		stemma_arena_zalloc(arena, most, sizeof *revisions);
	struct stemma_id id = name->head;
	struct stemma_commit commit = {.parent_count = 1};
	uint32_t count = 0;

	*log = (struct stemma_log){.story = name->name, .head = name->head};
	*whole = false;
	if (!revisions)
		return stemma_memory_trouble(error);
	while (count < most && commit.parent_count) {
		enum stemma_code code =
			read_commit(store, &commit, &id, arena, error);

		if (code != STEMMA_OK)
			return code;
		if (commit.parent_count > 1 ||
			(count && commit.authored > revisions[count - 1].date))
			return stemma_error_set(error, STEMMA_INVALID,
				"the newest revisions tell no order");
		revisions[count].commit = id;
		code = stemma_commit_describe(
			&revisions[count], &commit, arena);
		if (code != STEMMA_OK)
			return stemma_memory_trouble(error);
		count++;
		if (commit.parent_count)
			id = stemma_commit_parent(&commit, 0);
	}
	number(revisions, count);
	*whole = !commit.parent_count;
	log->revisions = revisions;
	log->count = count;
	return STEMMA_OK;
}
