/*
 * complete.h - what may come next on a command line: words -> candidates, by
 * the table of commands.
 *
 *     stemma compare --format=js|
 *            │         │      └── the words of that option's value
 *            │         └───────── an option of the command
 *            └─────────────────── a command
 *
 * Nothing here reads a file. What the table does not tell (stories, files,
 * revisions) is asked from `sources`, so that tests can answer instead.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMPLETE_H
#define STEMMA_CLI_COMPLETE_H

#include <stemma.h>

#include "command.h"

/* The most that anybody is shown. */
#define STEMMA_CANDIDATES_MAX 200

struct stemma_candidate {
	struct stemma_view value; /* the whole word */
	struct stemma_view help;  /* may be empty */
	bool open;                /* more of the word may follow: no space */
};

/* Candidates, best first. All zeros but the arena are none. */
struct stemma_candidates {
	struct stemma_arena *arena; /* of all views */
	struct stemma_candidate *items;
	size_t count;
	struct stemma_view typed;  /* the word that is being typed … */
	struct stemma_view before; /* … and what stands before the value in it:
	                              "--format=" */
};

/*
 * Add one if there is room: the texts are copied. False if there is none, or
 * no memory: then whoever adds may stop. A value that is there already, or
 * that has control characters, is passed over.
 */
bool stemma_candidates_add(struct stemma_candidates *candidates,
	struct stemma_view value, struct stemma_view help, bool open);

/* The texts that end with NUL. */
bool stemma_candidates_say(struct stemma_candidates *candidates,
	const char *value, const char *help, bool open);

/* What is to be found out elsewhere. */
enum stemma_asked {
	STEMMA_ASK_FILES,
	STEMMA_ASK_FOLDERS,
	STEMMA_ASK_TREE, /* files of the HEAD of `repository` */
	STEMMA_ASK_ARCHIVES,
	STEMMA_ASK_STORIES,   /* by prefix, else by words */
	STEMMA_ASK_REVISIONS, /* selectors of `story`, newest first */
	STEMMA_ASK_DAYS,      /* of changes of `story`, or without one of all */
	STEMMA_ASK_PHRASES,   /* passages of `story`@`selector` */
	STEMMA_ASK_PARAGRAPHS, /* of the same: their numbers */
	STEMMA_ASK_REMOTES
};

struct stemma_question {
	enum stemma_asked what;
	struct stemma_view typed; /* of the value in question */
	struct stemma_view story, selector;
	struct stemma_view except; /* not that revision: a selector; not that
	                              file: as it is typed */
	const char *archive;       /* as --archive says, or NULL */
	const char *repository;    /* a git repository, or NULL */
	const char *suffixes;      /* of files offered first, or NULL */
	bool selectable; /* stories: a revision of it may be meant: NAME@ */
	bool no_file;    /* revisions: none, if there is a file called as the
	                    story, which is meant then */
};

/*
 * Who answers: adds candidates for the question. Their values are added as if
 * the value began with the word's `before`.
 */
struct stemma_sources {
	void *cookie;
	void (*ask)(void *cookie, const struct stemma_question *question,
		struct stemma_candidates *candidates);
};

/* The table: the program's own row, and all commands up to NULL. */
struct stemma_table {
	const struct stemma_command *program;
	const struct stemma_command *const *commands;
};

/*
 * What may stand in the place of the last of `words`, which follow the name of
 * the program. Words are views that end with NUL. O(words × options), and what
 * the sources take.
 */
void stemma_complete(struct stemma_candidates *candidates,
	const struct stemma_table *table, const struct stemma_view *words,
	size_t count, const struct stemma_sources *sources);

#endif
