/*
 * dated.h - what the path of a file tells of its story and its time.
 *
 *     bridge-2025-03-08.txt         bridge          2025-03-08
 *     2025-03-08/press/bridge.txt   press/bridge    2025-03-08
 *     bridge/20250308T1405.txt      bridge          2025-03-08T14:05
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_DATED_H
#define STEMMA_CLI_DATED_H

#include <stemma.h>

#define STEMMA_DATED_SIZE 4097

struct stemma_dated {
	char story[STEMMA_DATED_SIZE]; /* empty if nothing tells */
	bool has_date;
	int64_t date; /* seconds since 1970 */
};

/* Whether a pattern has its words once at most, and none but these. */
bool stemma_dated_check(const char *pattern);

/*
 * Read `path`. `pattern` says where what stands: {story}, {date}, and * for
 * anything within one folder; the path must fit as a whole, and {story} may
 * have slashes in it. NULL: the first date in the path is the date, what is
 * left without the suffix the story. False if it does not fit or has no date;
 * with a pattern that has no {date} there is none to have.
 */
bool stemma_dated_read(
	struct stemma_dated *dated, const char *path, const char *pattern);

#endif
