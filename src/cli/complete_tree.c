/*
 * The files that a git repository has in its HEAD, as `stemma import --git`
 * takes them: a folder at a time, by the git program, which is not let to fetch
 * what is missing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "complete_sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { ENTRIES_MAX = 20000 }; /* of a folder that are looked at */

/* "MODE TYPE HASH\tPATH". Links, and repositories inside of this one, are not
   imported. False: enough. */
static bool
give_entry(struct stemma_answer *answer, const char *entry)
{
	bool folder = !strncmp(entry, "040000 ", 7);
	const char *tab = strchr(entry, '\t');
	struct stemma_view except = answer->question->except;
	struct stemma_out path = {0};
	bool more = true;

	if (!tab || (!folder && strncmp(entry, "100", 3) != 0))
		return true;
	stemma_out_string(&path, tab + 1);
	stemma_out_string(&path, folder ? "/" : "");
	if (stemma_out_finish(&path) == STEMMA_OK) {
		struct stemma_view value = {path.bytes, path.size};

		if (stemma_answer_fits(answer, value) &&
			!(except.size && stemma_view_equal(value, except)))
			more = stemma_answer_give(answer, value,
				(struct stemma_view){"", 0}, folder);
	}
	stemma_out_free(&path);
	return more;
}

static void
give_entries(struct stemma_answer *answer, FILE *list)
{
	char *entry = NULL;
	size_t room = 0;

	for (int left = ENTRIES_MAX;
		left > 0 && getdelim(&entry, &room, '\0', list) >= 0; left--)
		if (!give_entry(answer, entry))
			break;
	free(entry);
}

/* What is typed up to the last slash, or NULL. */
static char *
folder_of(struct stemma_answer *answer)
{
	struct stemma_view folder = answer->question->typed;

	while (folder.size && folder.bytes[folder.size - 1] != '/')
		folder.size--;
	return folder.size ? stemma_arena_string(answer->arena, folder) : NULL;
}

void
stemma_answer_tree(struct stemma_answer *answer)
{
	char *list[] = {"git", "-c", "protocol.allow=never", "-C",
		stemma_answer_path(answer,
			stemma_view_of(answer->question->repository), true),
		"ls-tree", "-z", "HEAD", "--", folder_of(answer), NULL};
	struct stemma_program_pipes git;
	FILE *listed;

	if (!list[4] || stemma_program_start(&git, list))
		return;
	listed = fdopen(git.from, "r");
	if (listed)
		give_entries(answer, listed);
}
