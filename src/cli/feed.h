/*
 * feed.h - the lines of a file of any size, in the memory of one line.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_FEED_H
#define STEMMA_CLI_FEED_H

#include <stemma.h>

/* No line may have more bytes. */
#define STEMMA_LINE_MOST ((size_t)1 << 30)

/* Start it with zeros and the descriptor. */
struct stemma_feed {
	int fd;
	char *bytes; /* what is read and not given yet stands from `at` on */
	size_t at, size, room;
	bool ended;
	uint64_t number; /* of the line given last, from 1 */
	bool too_long;   /* that line is: it was skipped, and is empty */
	int error;       /* errno of what stopped the reading, or 0 */
	int stop;        /* a descriptor that ends the feed when it can be
	                    read, whatever is left; 0: none */
	bool stopped;
};

/* The next line without its end, until the next call. False at the end. */
bool stemma_feed_next(struct stemma_feed *feed, struct stemma_view *line);

/* Whether a whole line is there, so that the next call reads nothing. */
bool stemma_feed_ready(const struct stemma_feed *feed);

/* Free what was read; the descriptor stays. */
void stemma_feed_free(struct stemma_feed *feed);

#endif
