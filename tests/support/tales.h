/*
 * tales.h - an index of its own for each test, and stories to fill it with.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_TALES_H
#define STEMMA_TESTS_TALES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <stemma/index.h>

#include "prose.h"

struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_index *index;
	char folder[32], path[64];
	uint32_t commits; /* handed out by now */
};

static inline int
set_up(void **state)
{
	struct trial *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	strcpy(t->folder, "/tmp/stemma-index-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof t->path, "%s/index", t->folder);
	*state = t;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct trial *t = *state;

	stemma_index_close(t->index);
	assert_int_equal(stemma_index_remove(t->path, NULL), STEMMA_OK);
	assert_int_equal(rmdir(t->folder), 0);
	stemma_arena_free(t->arena);
	stemma_arena_free(t->scratch);
	free(t);
	return 0;
}

static inline void
reopen(struct trial *t, const struct stemma_index_options *options)
{
	struct stemma_error error = {0};

	stemma_index_close(t->index);
	if (stemma_index_open(&t->index, NULL, t->path, options, &error))
		fail_msg("%s", error.message);
}

/* A story by its texts; its revisions are an hour apart from `time` on. */
struct tale {
	const char *name, *title;
	int64_t time;
	const char *texts[8];
	uint32_t count;
	struct stemma_index_revision revisions[8];
};

static inline void
tell(struct trial *t, struct tale *tale, const char *text)
{
	struct stemma_index_revision *revision = &tale->revisions[tale->count];

	tale->texts[tale->count] = text;
	revision->time = tale->time + 3600 * (int64_t)tale->count++;
	t->commits++;
	memcpy(revision->commit, &t->commits, sizeof t->commits);
}

static inline enum stemma_code
add(struct trial *t, const struct tale *tale, uint32_t *first)
{
	struct stemma_index_story story = {.key = stemma_view_of(tale->name),
		.name = stemma_view_of(tale->name),
		.title = stemma_view_of(tale->title),
		.revisions = tale->revisions,
		.count = tale->count};
	enum stemma_code code;

	memcpy(story.head, tale->revisions[tale->count - 1].commit,
		STEMMA_COMMIT_SIZE);
	code = stemma_index_begin_story(t->index, first, &story, NULL);
	for (uint32_t k = *first; k < tale->count && code == STEMMA_OK; k++) {
		struct stemma_doc doc;

		code = stemma_doc_split(&doc, stemma_view_of(tale->texts[k]),
			NULL, t->scratch, NULL);
		if (code == STEMMA_OK)
			code = stemma_index_add(
				t->index, &doc, t->scratch, NULL);
	}
	return code;
}

/* Add one story in a transaction of its own; how many revisions were new. */
static inline uint32_t
store(struct trial *t, const struct tale *tale)
{
	uint32_t first;

	assert_int_equal(stemma_index_begin(t->index, NULL), STEMMA_OK);
	assert_int_equal(add(t, tale, &first), STEMMA_OK);
	assert_int_equal(stemma_index_commit(t->index, false, NULL), STEMMA_OK);
	return tale->count - first;
}

/* The passages of `text`. */
static const struct stemma_lookup *
look(struct trial *t, const char *text)
{
	struct stemma_doc *doc = stemma_arena_alloc(t->arena, 1, sizeof *doc);
	size_t used = stemma_arena_used(t->scratch);
	struct stemma_lookup *passages;
	struct stemma_error error = {0};

	assert_int_equal(stemma_doc_split(doc, stemma_view_of(text), NULL,
				 t->arena, NULL),
		STEMMA_OK);
	if (stemma_index_look(t->index, &passages, doc, NULL, t->arena,
		    t->scratch, &error))
		fail_msg("%s", error.message);
	assert_int_equal(stemma_arena_used(t->scratch), used);
	for (size_t k = 0; k < doc->unit_count; k++) {
		assert_int_equal(passages[k].unit, k);
		for (uint32_t s = 0; s < passages[k].count; s++) {
			const struct stemma_sighting *one =
				&passages[k].sightings[s];

			assert_true(one->span.start >= doc->units[k].start);
			assert_true(one->span.end <= doc->units[k].end);
			assert_true(one->shared <= passages[k].hashes);
			if (s)
				assert_true(one->time >= one[-1].time);
		}
	}
	return passages;
}

static inline void
assert_seen(const struct stemma_lookup *passage, uint32_t at,
	const struct tale *tale, uint32_t revision)
{
	assert_true(at < passage->count);
	assert_true(stemma_view_equal(
		passage->sightings[at].name, stemma_view_of(tale->name)));
	assert_memory_equal(passage->sightings[at].commit,
		tale->revisions[revision].commit, STEMMA_COMMIT_SIZE);
	assert_int_equal(
		passage->sightings[at].time, tale->revisions[revision].time);
}

static const char harbour[] =
	"The harbour master said on Tuesday that three ferries would stay in "
	"port until the storm has passed over the islands to the north.";
static const char harbour_edited[] =
	"The harbour master said on Tuesday that four ferries would stay in "
	"port until the storm has passed over the islands to the west.";
static const char bakery[] =
	"A bakery in the old town has reopened after the flood, and the first "
	"loaves were sold before the sun had risen over the square.";
static const char weather[] =
	"Forecasters expect the wind to turn to the south by Friday evening, "
	"when the first ships may be able to leave again.";

/* `count` stories of prose that is their own, after a paragraph of all. */
static inline void
fill(struct trial *t, int from, int count, int batch)
{
	for (int k = from; k < from + count; k++) {
		struct tale tale = {"", "", 1000 - k, {0}, 0, {{{0}, 0}}};
		char name[16], *text = stemma_arena_alloc(t->arena, 2048, 1);
		uint32_t first;

		snprintf(name, sizeof name, "story-%04d", k);
		snprintf(text, 2048, "%s\n\n%s", weather,
			prose_make(t->arena, (uint32_t)k, 120));
		tale.name = name;
		tell(t, &tale, text);
		if (k % batch == 0)
			assert_int_equal(
				stemma_index_begin(t->index, NULL), STEMMA_OK);
		assert_int_equal(add(t, &tale, &first), STEMMA_OK);
		if (k % batch == batch - 1)
			assert_int_equal(
				stemma_index_commit(t->index, false, NULL),
				STEMMA_OK);
	}
}

#endif
