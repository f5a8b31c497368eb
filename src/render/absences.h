/*
 * absences.h - when a word was gone, oldest first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RENDER_ABSENCES_H
#define RENDER_ABSENCES_H

#include <stemma/trace.h>

/* The absences that end with `absence`, into `list`, which has room for all
   there are; how many they are. */
static inline size_t
stemma_absences_list(
	uint32_t *list, const struct stemma_origins *origins, uint32_t absence)
{
	const struct stemma_absence *all = origins->absences;
	size_t count = 0;

	for (uint32_t at = absence; at; at = all[at - 1].before)
		count++;
	for (size_t k = count; k-- > 0; absence = all[absence - 1].before)
		list[k] = absence - 1;
	return count;
}

#endif
