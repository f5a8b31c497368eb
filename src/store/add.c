/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* An addition under way. What depends on the story's head is read anew when
   another process was quicker. */
struct addition {
	struct stemma_store *store;
	const struct stemma_entry *entry;
	struct stemma_added *added;
	struct stemma_arena *scratch;
	char ref[STEMMA_REF_SIZE];
	char key[STEMMA_KEY_SIZE];
	char sha256[65];
	struct stemma_id tree; /* once `written` */
	bool written;

	bool has_head;
	struct stemma_id head;
	struct stemma_commit commit; /* of the head */
	int64_t date;
};

/* The article's name and the trees that hold it are the same for all
   revisions with these bytes. */
static enum stemma_code
write_tree(struct addition *addition, struct stemma_error *error)
{
	char name[STEMMA_KEY_SIZE + 16];
	struct stemma_view suffix = addition->entry->suffix;
	struct stemma_tree_entry entries[2] = {0};
	struct stemma_out out = {0};
	enum stemma_code code;

	if (addition->written)
		return STEMMA_OK;
	if (!suffix.size)
		suffix = stemma_view_of("txt");
	snprintf(name, sizeof name, "%s.%.*s", addition->key, (int)suffix.size,
		suffix.bytes);
	entries[0].name = stemma_view_of(name);
	entries[1].name = stemma_view_of(".gitattributes");
	code = stemma_object_write(addition->store, &entries[0].id,
		GIT_OBJECT_BLOB, addition->entry->bytes, error);
	if (code == STEMMA_OK)
		code = stemma_object_write(addition->store, &entries[1].id,
			GIT_OBJECT_BLOB, stemma_view_of(STEMMA_ATTRIBUTES),
			error);
	if (code != STEMMA_OK)
		return code;
	stemma_tree_make(&out, entries, 2);
	code = stemma_out_finish(&out);
	if (code != STEMMA_OK)
		stemma_memory_trouble(error);
	else
		code = stemma_object_write(addition->store, &addition->tree,
			GIT_OBJECT_TREE,
			(struct stemma_view){out.bytes, out.size}, error);
	stemma_out_free(&out);
	addition->written = code == STEMMA_OK;
	return code;
}

static enum stemma_code
write_commit(struct addition *addition, struct stemma_id *id,
	struct stemma_error *error)
{
	struct stemma_commit_plan plan = {.entry = addition->entry,
		.tree = addition->tree,
		.parents = &addition->head,
		.parent_count = addition->has_head,
		.authored = addition->date,
		.committed = addition->date,
		.collector = addition->store->collector,
		.sha256 = addition->sha256};

	if (addition->has_head && addition->commit.committed > plan.committed)
		plan.committed = addition->commit.committed;
	return stemma_commit_write(addition->store, id, &plan, error);
}

static enum stemma_code
read_head(struct addition *addition, struct stemma_error *error)
{
	struct stemma_view bytes;
	char hex[41];
	enum stemma_code code = stemma_ref_read(
		addition->store, &addition->head, addition->ref, error);

	addition->has_head = code == STEMMA_OK;
	if (code == STEMMA_NOTFOUND)
		return STEMMA_OK;
	if (code == STEMMA_OK)
		code = stemma_object_read(addition->store, &bytes,
			&addition->head, GIT_OBJECT_COMMIT, addition->scratch,
			error);
	if (code != STEMMA_OK)
		return code;
	if (stemma_commit_parse(&addition->commit, bytes))
		return STEMMA_OK;
	stemma_id_hex(hex, &addition->head);
	return stemma_error_set(error, STEMMA_CORRUPT,
		"object %s is damaged: not a commit", hex);
}

/* Whether a tree of the story holds the entry's bytes. */
static enum stemma_code
holds_bytes(struct addition *addition, const struct stemma_id *tree, bool *same,
	struct stemma_error *error)
{
	struct stemma_tree_entry article;
	struct stemma_view bytes, text = addition->entry->bytes;
	git_oid oid;
	enum stemma_code code = stemma_object_read(addition->store, &bytes,
		tree, GIT_OBJECT_TREE, addition->scratch, error);

	*same = false;
	if (code != STEMMA_OK || !stemma_tree_article(bytes, &article))
		return code;
	if (git_odb_hash(&oid, text.bytes ? text.bytes : "", text.size,
		    GIT_OBJECT_BLOB) != 0)
		return stemma_git_trouble(error, -1, "hashing");
	*same = !memcmp(oid.id, article.id.bytes, sizeof oid.id);
	return STEMMA_OK;
}

/* How many revisions the head leads to, back to where the caller knows. */
static enum stemma_code
count_back(struct addition *addition, uint32_t *count, bool *linear,
	struct stemma_error *error)
{
	const struct stemma_known *known = &addition->entry->known;
	struct stemma_id id = addition->head;
	struct stemma_mark mark = stemma_arena_mark(addition->scratch);
	enum stemma_code code = STEMMA_OK;

	*linear = true;
	for (*count = 0; code == STEMMA_OK; ++*count) {
		struct stemma_commit commit;
		struct stemma_view bytes;

		if (known->revisions && !memcmp(&id, &known->head, sizeof id)) {
			*count += known->revisions;
			break;
		}
		code = stemma_object_read(addition->store, &bytes, &id,
			GIT_OBJECT_COMMIT, addition->scratch, error);
		if (code != STEMMA_OK || !stemma_commit_parse(&commit, bytes)) {
			code = code == STEMMA_OK ? STEMMA_CORRUPT : code;
			break;
		}
		if (commit.parent_count > 1)
			*linear = false;
		if (commit.parent_count != 1) {
			++*count;
			break;
		}
		id = stemma_commit_parent(&commit, 0);
		stemma_arena_rewind(addition->scratch, mark);
	}
	stemma_arena_rewind(addition->scratch, mark);
	if (code == STEMMA_CORRUPT)
		stemma_error_set(error, code, "the story's chain is damaged");
	return code;
}

/*
 * Usually the newest commit is also the newest in time, and the new revision
 * comes after it. A commit that was dated back has a committer's date from
 * its parent, later than its own; so the head alone tells. A date that was
 * given may be given again, so the same second is not enough for it.
 */
static bool
comes_last(const struct addition *addition)
{
	const struct stemma_commit *commit = &addition->commit;

	return commit->parent_count < 2 &&
	       commit->authored == commit->committed &&
	       addition->date >= commit->authored + addition->entry->dated;
}

static enum stemma_code
place_last(struct addition *addition, bool *same, bool *linear,
	struct stemma_error *error)
{
	struct stemma_added *added = addition->added;
	enum stemma_code code;

	code = holds_bytes(addition, &addition->commit.tree, same, error);
	if (code == STEMMA_OK)
		code = count_back(addition, &added->number, linear, error);
	if (code != STEMMA_OK || !*linear)
		return code;
	added->commit = added->before = addition->head;
	added->has_before = true;
	added->known.head = addition->head;
	added->known.revisions = added->number;
	added->date = addition->commit.authored;
	return STEMMA_OK;
}

/* The same with the whole chain in hand. */
static enum stemma_code
place_among(struct addition *addition, bool *same, struct stemma_error *error)
{
	struct stemma_added *added = addition->added;
	struct stemma_chain chain;
	enum stemma_code code = stemma_chain_load(addition->store, &chain,
		&addition->head, addition->scratch, addition->scratch, error);
	uint32_t at;

	*same = false;
	if (code != STEMMA_OK)
		return code;
	added->known.head = addition->head;
	added->known.revisions = chain.count;
	if (!addition->entry->dated && chain.count &&
		addition->date < chain.links[chain.count - 1].commit.authored)
		addition->date = chain.links[chain.count - 1].commit.authored;
	/* Whatever has the very same second is asked as well: which of them
	   was there first is not known. */
	for (at = chain.count; at-- > 0 && !*same;) {
		const struct stemma_commit *commit = &chain.links[at].commit;

		if (commit->authored > addition->date)
			continue;
		if (!added->has_before) {
			added->has_before = true;
			added->before = chain.links[at].id;
			added->number = at + 1;
		}
		code = holds_bytes(addition, &commit->tree, same, error);
		if (code != STEMMA_OK)
			return code;
		if (*same) {
			added->commit = chain.links[at].id;
			added->number = at + 1;
			added->date = commit->authored;
		} else if (commit->authored < addition->date) {
			break;
		}
	}
	return STEMMA_OK;
}

/* Where the new revision belongs, and whether it is there already. */
static enum stemma_code
place(struct addition *addition, bool *same, struct stemma_error *error)
{
	enum stemma_code code;
	bool linear;

	*same = false;
	*addition->added = (struct stemma_added){0};
	addition->date = addition->entry->dated ? addition->entry->date
						: (int64_t)time(NULL);
	code = read_head(addition, error);
	if (code != STEMMA_OK || !addition->has_head)
		return code;
	if (!addition->entry->dated &&
		addition->date < addition->commit.committed)
		addition->date = addition->commit.committed;
	if (comes_last(addition)) {
		code = place_last(addition, same, &linear, error);
		if (code != STEMMA_OK || linear)
			return code;
		*addition->added = (struct stemma_added){0};
	}
	return place_among(addition, same, error);
}

/* What is told of a revision that was stored. */
static void
report(struct addition *addition, const struct stemma_id *commit)
{
	struct stemma_added *added = addition->added;

	added->stored = true;
	added->first = !addition->has_head;
	added->commit = *commit;
	added->date = addition->date;
	added->number++;
	added->known.head = *commit;
	added->known.revisions++;
}

static enum stemma_code
add(struct addition *addition, struct stemma_error *error)
{
	struct stemma_mark mark = stemma_arena_mark(addition->scratch);
	struct stemma_id commit;
	enum stemma_code code;
	bool same, moved;

	do {
		stemma_arena_rewind(addition->scratch, mark);
		code = place(addition, &same, error);
		if (code != STEMMA_OK || same)
			return code;
		code = write_tree(addition, error);
		if (code == STEMMA_OK)
			code = write_commit(addition, &commit, error);
		if (code == STEMMA_OK)
			code = stemma_ref_swap(addition->store, addition->ref,
				addition->has_head ? &addition->head : NULL,
				&commit, &moved, error);
	} while (code == STEMMA_OK && moved);
	if (code == STEMMA_OK)
		report(addition, &commit);
	return code;
}

enum stemma_code
stemma_store_add(struct stemma_store *store, const struct stemma_entry *entry,
	struct stemma_added *added, struct stemma_arena *scratch,
	struct stemma_error *error)
{
	struct addition addition = {.store = store,
		.entry = entry,
		.added = added,
		.scratch = scratch};
	struct stemma_mark mark = stemma_arena_mark(scratch);
	enum stemma_code code = stemma_entry_check(entry, error);

	*added = (struct stemma_added){0};
	if (code == STEMMA_OK)
		code = stemma_key_make(addition.key, entry->story, error);
	if (code != STEMMA_OK)
		return code;
	snprintf(addition.ref, sizeof addition.ref, "%s%s", STEMMA_STORY_REFS,
		addition.key);
	stemma_sha256_hex(addition.sha256, entry->bytes);
	code = add(&addition, error);
	stemma_arena_rewind(scratch, mark);
	if (code != STEMMA_OK)
		*added = (struct stemma_added){0};
	return code;
}
