/*
 * complete_walk.h - a walk along the words of a line that is being completed:
 * what complete.c, which goes along, and complete_values.c, which offers what
 * may stand for a value, share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_COMPLETE_WALK_H
#define STEMMA_CLI_COMPLETE_WALK_H

#include "complete.h"

enum { STEMMA_USED_MAX = 64 }; /* options of a line that are remembered */

/* What is known of the words before the one that is being typed. */
struct stemma_walk {
	struct stemma_candidates *candidates;
	const struct stemma_table *table;
	const struct stemma_sources *sources;
	const struct stemma_command *command;
	const struct stemma_option *used[STEMMA_USED_MAX];
	size_t used_count;
	struct stemma_view *operands;
	size_t operand_count;
	const char *archive;    /* as --archive says, or NULL */
	const char *repository; /* that operands are files of, or NULL */
	uint64_t most;          /* of the option whose value that is */
	bool operand;           /* what is typed is one */
	bool helped;            /* help was asked for: nothing follows */
	bool ended;             /* options are, by -- */
};

/* Offer `name` if it starts with what is being typed. */
void stemma_walk_offer(struct stemma_walk *walk, struct stemma_view typed,
	const char *name, const char *help, bool open);

/* Offer what may stand for a value of this kind. */
void stemma_walk_offer_value(struct stemma_walk *walk, enum stemma_value value,
	const struct stemma_word_choice *words, const char *suffixes,
	struct stemma_view typed);

#endif
