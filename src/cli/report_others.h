/*
 * report_others.h - which other stories have the paragraphs of a page.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_REPORT_OTHERS_H
#define STEMMA_CLI_REPORT_OTHERS_H

#include "past.h"

/*
 * Add the others to the lives of all units, in the archive's arena: of each
 * story the revision that had most of it first, and none that is younger than
 * `until`. `*newest` is when the youngest that counts is from: asked again with
 * that, a grown archive answers the same. Returns 0, or STEMMA_EXIT_TROUBLE
 * after a line on stderr.
 */
int stemma_report_others(struct stemma_past *past,
	struct stemma_history_life *lives, const char **newest, int64_t until);

#endif
