/*
 * complete_sources.h - what completion finds out beyond the table: from
 * folders, and from the archive, which is only read: no lock is taken, nothing
 * is written, and the network is left alone.
 *
 *     complete_sources.c   asks in a process of its own, with a time limit
 *     complete_files.c     files, folders, archives
 *     complete_tree.c      files that a git repository has
 *     complete_stories.c   stories, by the index and git's refs; remotes
 *     complete_past.c      the log of a story, as far as it is needed
 *     complete_versions.c  its revisions, and the days of these
 *     complete_phrases.c   passages and paragraphs of one of them
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMPLETE_SOURCES_H
#define STEMMA_CLI_COMPLETE_SOURCES_H

#include "archive.h"
#include "complete.h"

/*
 * Sources that answer by the archive and the files there are. An answer that
 * is not there after some 120 milliseconds since `start` is what came by then.
 * `start` in milliseconds, as stemma_complete_clock() tells.
 */
struct stemma_real_sources {
	struct stemma_sources sources;
	double start;
	double times; /* as patient as usual: 1 */
};

void stemma_real_sources_set(struct stemma_real_sources *real);

/* Milliseconds since some moment. */
double stemma_complete_clock(void);

/*
 * Where an answer goes while it is being found. A value that is given again
 * gets the help it has then.
 */
struct stemma_answer {
	const struct stemma_question *question;
	struct stemma_arena *arena;   /* of whoever answers */
	struct stemma_arena *scratch; /* the same */
	int fd;                       /* to whoever asked */
	double start, times;          /* as of who asked */
	size_t count;                 /* of values that were given */
};

/* Give a value. False: enough, or nobody listens. */
bool stemma_answer_give(struct stemma_answer *answer, struct stemma_view value,
	struct stemma_view help, bool open);

/* All values were given; more about them is welcome, but not waited for. */
void stemma_answer_enough(struct stemma_answer *answer);

void stemma_answer_files(struct stemma_answer *answer);
void stemma_answer_tree(struct stemma_answer *answer);
void stemma_answer_archives(struct stemma_answer *answer);
void stemma_answer_stories(struct stemma_answer *answer);
void stemma_answer_remotes(struct stemma_answer *answer);
void stemma_answer_revisions(struct stemma_answer *answer);
void stemma_answer_days(struct stemma_answer *answer);
void stemma_answer_phrases(struct stemma_answer *answer);
void stemma_answer_paragraphs(struct stemma_answer *answer);

/* ---- what they share --------------------------------------------------- */

/* Whether `text` starts with what is being typed. */
bool
stemma_answer_fits(const struct stemma_answer *answer, struct stemma_view text);

/* What is typed for a file, as the shell will have it: with ~ and ~user, and with
   $NAME if `variables`, at its start; NULL: it will have nothing. */
char *stemma_answer_path(
	struct stemma_answer *answer, struct stemma_view typed, bool variables);

/* The archive's path, or NULL if there is none. */
const char *stemma_answer_archive(struct stemma_answer *answer);

/*
 * The revisions of the story in question, with commits, dates and numbers: from
 * the index, if it has them; else from git, then no more than the newest `most`
 * (0: all), and not `whole` if there are more. False: there is no such story.
 */
bool stemma_answer_log(struct stemma_answer *answer, const char *archive,
	uint32_t most, struct stemma_log *log, bool *whole);

/* "<archive>/stemma/index", opened for reading; NULL if there is none that can
   be read without writing. */
struct stemma_index *
stemma_answer_index(struct stemma_answer *answer, const char *archive);

#endif
