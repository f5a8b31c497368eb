/* SPDX-License-Identifier: MIT */
#include "complete_sources.h"

#include <string.h>

/* The story as git's refs have it; false: there is no such story. */
static bool
find_name(struct stemma_answer *answer, const char *archive,
	struct stemma_name *name)
{
	struct stemma_name *names;
	size_t count;

	if (stemma_names_list(&names, &count, archive, answer->question->story,
		    1, answer->arena, NULL) != STEMMA_OK ||
		!count ||
		!stemma_view_equal(names->name, answer->question->story))
		return false;
	*name = *names;
	return true;
}

/* From the index, if it has the story's head. */
static bool
read_index(struct stemma_answer *answer, const char *archive,
	const struct stemma_name *name, struct stemma_log *log)
{
	struct stemma_arena *arena = answer->arena;
	struct stemma_index *index = stemma_answer_index(answer, archive);
	struct stemma_index_story story;
	struct stemma_revision *revisions = NULL;

	if (index &&
		stemma_index_find_story(
			index, &story, name->key, arena, NULL) == STEMMA_OK &&
		!memcmp(story.head, name->head.bytes, STEMMA_COMMIT_SIZE))
		revisions = stemma_arena_zalloc(
			arena, story.count, sizeof *revisions);
	for (uint32_t k = 0; revisions && k < story.count; k++) {
		revisions[k].number = k + 1;
		revisions[k].date = story.revisions[k].time;
		memcpy(revisions[k].commit.bytes, story.revisions[k].commit,
			STEMMA_COMMIT_SIZE);
	}
	stemma_index_close(index);
	if (revisions)
		*log = (struct stemma_log){
			name->name, name->head, revisions, story.count};
	return revisions;
}

/* From the commits: the newest ones, or all if these do not tell an order. */
static bool
read_store(struct stemma_answer *answer, const char *archive,
	const struct stemma_name *name, uint32_t most, struct stemma_log *log,
	bool *whole)
{
	struct stemma_store *store = NULL;
	bool good = stemma_store_open(&store, archive, NULL, NULL) == STEMMA_OK;

	/* What is offered is read again, and checked, when it is used. */
	stemma_store_rehash(false);
	if (good && most &&
		stemma_store_log_newest(store, log, whole, name, most,
			answer->arena, NULL) == STEMMA_OK) {
		stemma_store_close(store);
		return true;
	}
	*whole = true;
	good = good && stemma_store_log_name(store, log, name, answer->arena,
			       answer->scratch, NULL) == STEMMA_OK;
	stemma_store_close(store);
	return good;
}

bool
stemma_answer_log(struct stemma_answer *answer, const char *archive,
	uint32_t most, struct stemma_log *log, bool *whole)
{
	struct stemma_name name;

	*whole = true;
	return find_name(answer, archive, &name) &&
	       (read_index(answer, archive, &name, log) ||
		       read_store(answer, archive, &name, most, log, whole));
}
