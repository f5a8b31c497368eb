/*
 * life.h - one paragraph through all revisions of its story, followed back from
 * the one in question: by its bytes, and where they are others by the origins
 * of its words, through edits, splits, merges and times when it was gone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_LIFE_H
#define STEMMA_CLI_LIFE_H

#include <stemma.h>

#include "past.h"

/* A revision in which something became of it. */
struct stemma_event {
	uint32_t revision;
	bool gone;        /* from this one on; nothing else is told then */
	bool back;        /* it had been gone */
	bool moved;       /* past others that stood on */
	bool copied;      /* from one that stood on */
	bool edited;      /* these are other bytes than before */
	uint32_t unit;    /* which paragraph it is, from 0 */
	uint32_t words;   /* how many it has */
	uint32_t kept;    /* of them, from the wording before; */
	uint32_t before;  /* and how many that one had */
	uint32_t brought; /* how many are new with this revision */
	struct stemma_told *told; /* of an edit: what it changed */
};

struct stemma_life {
	struct stemma_event *events; /* oldest first, as it first stood */
	size_t count;
};

/*
 * The life of unit `unit` of the revision that was read, in the archive's
 * arena. Reads all revisions up to it.
 */
enum stemma_code stemma_life_follow(struct stemma_life *life,
	struct stemma_past *past, size_t unit, struct stemma_error *error);

#endif
