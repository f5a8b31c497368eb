/*
 * archive.h - which archive a command works on, and the stories in it.
 *
 *     --archive DIR              else
 *     STEMMA_ARCHIVE             else
 *     the archive that holds the working directory: one of the folders from
 *       here up to the root, or a folder .stemma in one of them; else
 *     $XDG_DATA_HOME/stemma/archive, which is made when it is first needed
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_ARCHIVE_H
#define STEMMA_CLI_ARCHIVE_H

#include <stemma.h>

#include "command.h"

/* The option of every command that works on an archive. */
struct stemma_archive_settings {
	const char *path; /* NULL: look for one */
	bool sign;        /* what is added, even if the archive does not ask */
};

extern const struct stemma_option stemma_archive_options[];

/* An open archive with memory to work in; all zeros is a closed one. */
struct stemma_archive {
	struct stemma_store *store;
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
	const char *path;
	bool made; /* it was not there before */
};

/* Where the archive is, in `arena`; NULL, without a word, if there is none that
   may be used: stemma_archive_open() says why. */
const char *stemma_archive_path(const struct stemma_archive_settings *settings,
	struct stemma_arena *arena);

/*
 * Open it; with `make` an archive in the place of the default is made if there
 * is none. Returns 0, or STEMMA_EXIT_TROUBLE after a line on stderr.
 */
int stemma_archive_open(struct stemma_archive *archive,
	const struct stemma_archive_settings *settings, bool make);

void stemma_archive_close(struct stemma_archive *archive);

/*
 * The revisions of the story called `name`. If there is none, says so and
 * which one has nearly that name. Returns 0 or STEMMA_EXIT_TROUBLE.
 */
int stemma_archive_log(struct stemma_archive *archive, struct stemma_log *log,
	struct stemma_view name);

/* Say that there is no such story, nor, with `file`, a file of that name, and
   which story has nearly that name; returns STEMMA_EXIT_TROUBLE. */
int stemma_archive_no_story(
	struct stemma_archive *archive, struct stemma_view name, bool file);

/* The name of a story that was listed, in the archive's arena: of one whose
   key was cut, as its newest commit tells it. As above. */
int stemma_archive_name(struct stemma_archive *archive,
	struct stemma_view *name, const struct stemma_name *story);

/* STORY@SELECTOR; without an @ the selector is empty. Parted at the last @. */
struct stemma_selection {
	struct stemma_view story;
	struct stemma_view selector;
};

struct stemma_selection stemma_selection_of(const char *operand);

/* The revision that `operand` names, and its story's log. As above. */
int
stemma_archive_select(struct stemma_archive *archive, struct stemma_log *log,
	const struct stemma_revision **revision, const char *operand);

/* The bytes of a revision, in the archive's arena. As above. */
int stemma_archive_read(struct stemma_archive *archive,
	struct stemma_view *bytes, const struct stemma_revision *revision);

#endif
