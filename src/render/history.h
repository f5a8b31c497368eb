/*
 * history.h - the page of a story: what its parts share.
 *
 *     history.c           the page as a whole, and its revisions
 *     history_timeline.c  when they were, and how much each of them changed
 *     history_text.c      the newest text, coloured by age
 *     history_life.c      what happened to a paragraph of it
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_RENDER_HISTORY_H
#define STEMMA_RENDER_HISTORY_H

#include <stemma/render.h>

/* How many classes of age there are: a0, the oldest, to a7. */
#define STEMMA_HISTORY_AGES 8

/* The class of age of a revision, from 1. */
unsigned
stemma_history_age(const struct stemma_history *history, uint32_t revision);

/* <time datetime="2025-03-08T14:05:09Z">2025-03-08 14:05</time> */
void stemma_history_time(struct stemma_out *out,
	const struct stemma_history *history, uint32_t revision);

/* <a href="#r7" …>7</a> <time …>…</time> */
void stemma_history_revision(struct stemma_out *out,
	const struct stemma_history *history, uint32_t revision);

/* The card of a unit: when it was seen first, edited, moved, removed, restored,
   and which other stories have it. O(what is told). */
void stemma_history_life(struct stemma_out *out,
	const struct stemma_history *history, size_t unit);

/* Bars on a line that is true to time. O(revisions). */
void stemma_history_timeline(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch);

/* The text, and of each paragraph its life. O(words + lives). */
void stemma_history_text(struct stemma_out *out,
	const struct stemma_history *history, struct stemma_arena *scratch);

#endif
