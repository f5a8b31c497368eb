/*
 * import.h - very many revisions into an archive, from wherever they are.
 *
 *     import_jsonl.c    a line of JSON each: record.c ┐
 *     import_archive.c  another archive               ├─ stemma_import_add()
 *     import_folder.c   a folder of dated files       │    └─ the store's bulk
 *     import_git.c      files of a git repository     ┘
 *
 * What is wrong with one record is told and counted, and the rest goes on. All
 * that a source gives may be given again: what is stored already stays as it
 * is, which makes any import one that can be resumed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_IMPORT_H
#define STEMMA_CLI_IMPORT_H

#include "archive.h"

struct stemma_import_settings {
	const char *git;     /* the repository that operands are paths in */
	const char *pattern; /* of the names of dated files; NULL: look */
	const char *story;   /* for files: the one they all belong to */
	unsigned format;
	struct stemma_archive_settings archive;
};

struct stemma_import {
	const struct stemma_import_settings *settings;
	struct stemma_archive archive;
	struct stemma_bulk *bulk;
	uint64_t read, stored, unchanged, bad; /* records */
	uint64_t stories;                      /* new ones */
	/* Progress on a terminal, by the clock in milliseconds. */
	bool shows, shown;
	int64_t next_show, next_save;
};

/*
 * Add a revision; `where` and `line` (0: none) say where it was found. What
 * cannot be stored is told and counted. Returns 0, or STEMMA_EXIT_TROUBLE
 * after a line on stderr if there is no going on. `entry` may live in the
 * archive's arena, which the caller rewinds.
 */
int stemma_import_add(struct stemma_import *import,
	const struct stemma_entry *entry, const char *where, uint64_t line);

/* Tell and count a record that is no revision: printf's `format` says why. */
void stemma_import_bad(struct stemma_import *import, const char *where,
	uint64_t line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The sources. They return as stemma_import_add() does. */
int stemma_import_jsonl(struct stemma_import *import, const char *file);
int stemma_import_archive(struct stemma_import *import, const char *path);
int stemma_import_folder(struct stemma_import *import, const char *path);
int stemma_import_git(struct stemma_import *import, const char *path);

#endif
