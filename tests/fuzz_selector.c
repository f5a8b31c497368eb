/*
 * Any text is a revision's selector, a time, and a story's name: a selector
 * leads to a revision of the log or to a reason, a time is written as it is
 * read, and a name is read out of the key that was made of it.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include <stemma.h>

#include "support/demand.h"

#define REVISIONS 5

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_selector(struct stemma_view text)
{
	struct stemma_revision revisions[REVISIONS] = {0};
	struct stemma_log log = {.revisions = revisions, .count = REVISIONS};
	const struct stemma_revision *found = NULL;
	struct stemma_error error = {0};

	log.story = stemma_view_of("story");
	for (uint32_t k = 0; k < REVISIONS; k++) {
		revisions[k].number = k + 1;
		revisions[k].date = 1741442709 + (int64_t)k * k * 86400;
		memset(revisions[k].commit.bytes, (int)(0x11 * k), 20);
	}
	if (stemma_log_select(&log, &found, text, &error) == STEMMA_OK)
		check(found >= revisions && found < revisions + REVISIONS,
			"a revision that is none");
	else
		check(*error.message != '\0', "no reason");
}

static void
read_time(struct stemma_view text)
{
	char again[STEMMA_TIME_SIZE];
	int64_t first, last, same, end;

	if (stemma_time_read(&first, &last, text) != STEMMA_OK)
		return;
	check(first <= last, "a time ends before it starts");
	stemma_time_write(again, first);
	check(stemma_time_read(&same, &end, stemma_view_of(again)) ==
				STEMMA_OK &&
			same == first,
		"a time is not read as it was written");
}

static void
read_name(struct stemma_view text, struct stemma_arena *arena)
{
	char key[STEMMA_KEY_SIZE], again[STEMMA_KEY_SIZE];
	struct stemma_error error = {0};
	struct stemma_view name;

	/* Any ref may be there; what it is read as is some text. */
	if (stemma_key_read(&name, text, arena) == STEMMA_OK)
		check(name.size <= text.size, "a name out of nothing");
	if (stemma_key_make(key, text, &error) != STEMMA_OK) {
		check(*error.message != '\0', "no reason");
		return;
	}
	check(strlen(key) < STEMMA_KEY_SIZE, "a key is too long");
	check(!strstr(key, "..") && !strchr(key, '/') && key[0] != '.',
		"a key leads elsewhere");
	if (stemma_key_read(&name, stemma_view_of(key), arena) ==
		STEMMA_NOTFOUND) {
		check(strlen(key) == STEMMA_KEY_SIZE - 1,
			"a key that was not cut is not read");
		return;
	}
	check(stemma_key_make(again, name, NULL) == STEMMA_OK &&
			!strcmp(again, key),
		"a key's name has another key");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_view text = {(const char *)data, size};
	struct stemma_arena *arena = stemma_arena_new(0);

	check(arena != NULL, "no memory");
	read_selector(text);
	read_time(text);
	read_name(text, arena);
	stemma_arena_free(arena);
	return 0;
}
