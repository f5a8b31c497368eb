/*
 * places.h - archives of several places and the hub between them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_PLACES_H
#define STEMMA_TESTS_PLACES_H

#include "archive.h"

extern char **environ;

enum { PLACES = 3 };

/* Archives of several places, and what is between them. */
struct places {
	char folder[64];
	char hub[80];
	bool carry; /* anchors carry commits, as those of large archives do */
	struct archive archives[PLACES];
};

static inline void
places_open(struct places *places, int at)
{
	struct archive *archive = &places->archives[at];
	char collector[16];
	const struct stemma_store_options options = {.collector = collector,
		.environment = environ,
		.patience = 2000};
	struct stemma_error error = {0};

	snprintf(collector, sizeof collector, "c%d", at);
	/* One that git copied is open to all that follows, too. */
	if (access(archive->path, F_OK) != 0) {
		if (stemma_store_init(archive->path, &options, &error))
			fail_msg("%s", error.message);
		assert_int_equal(shell("git -C %s config core.fsync none",
					 archive->path),
			0);
	}
	if (places->carry)
		assert_int_equal(shell("git -C %s config stemma.carryFrom 0",
					 archive->path),
			0);
	if (stemma_store_open(&archive->store, archive->path, &options, &error))
		fail_msg("%s", error.message);
}

static inline int
places_set_up_as(void **state, bool carry)
{
	struct places *places = calloc(1, sizeof *places);

	assert_non_null(places);
	places->carry = carry;
	snprintf(places->folder, sizeof places->folder, "%s/stemma-test-XXXXXX",
		archive_place());
	assert_non_null(mkdtemp(places->folder));
	snprintf(places->hub, sizeof places->hub, "%s/hub", places->folder);
	assert_int_equal(shell("git init -q --bare %s && git -C %s config "
			       "core.fsync none",
				 places->hub, places->hub),
		0);
	for (int at = 0; at < PLACES; at++) {
		struct archive *archive = &places->archives[at];

		snprintf(archive->folder, sizeof archive->folder, "%s",
			places->folder);
		snprintf(archive->path, sizeof archive->path, "%s/%d",
			places->folder, at);
		archive->arena = stemma_arena_new(0);
		archive->scratch = stemma_arena_new(0);
		places_open(places, at);
	}
	*state = places;
	return 0;
}

static inline int
places_set_up(void **state)
{
	return places_set_up_as(state, false);
}

static inline int
places_set_up_to_carry(void **state)
{
	return places_set_up_as(state, true);
}

static inline int
places_tear_down(void **state)
{
	struct places *places = *state;

	for (int at = 0; at < PLACES; at++) {
		stemma_store_close(places->archives[at].store);
		stemma_arena_free(places->archives[at].arena);
		stemma_arena_free(places->archives[at].scratch);
	}
	shell("rm -rf %s", places->folder);
	free(places);
	return 0;
}

static inline struct stemma_synced
places_sync(struct places *places, int at)
{
	struct archive *archive = &places->archives[at];
	struct stemma_error error = {0};
	struct stemma_synced synced;

	if (stemma_store_sync(archive->store, &synced, places->hub,
		    archive->scratch, &error))
		fail_msg("%d: %s", at, error.message);
	return synced;
}

static inline void
places_add(struct places *places, int at, const char *story, const char *text,
	const char *date)
{
	archive_add(&places->archives[at], story, text, date);
}

static inline struct stemma_id
places_head(struct places *places, int at, const char *story)
{
	return archive_log(&places->archives[at], story).head;
}

static inline void
places_agree(struct places *places, const char *story)
{
	struct stemma_id first = places_head(places, 0, story), other;

	for (int at = 1; at < PLACES; at++) {
		other = places_head(places, at, story);
		assert_memory_equal(&first, &other, sizeof first);
	}
}

static inline void
places_are_sound(struct places *places)
{
	for (int at = 0; at < PLACES; at++)
		archive_is_sound(&places->archives[at]);
	assert_int_equal(shell("git -C %s fsck --strict --no-dangling "
			       ">/dev/null 2>&1",
				 places->hub),
		0);
}

#endif
