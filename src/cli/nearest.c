/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <string.h>

#define LONGEST 40 /* no name of ours is longer, in bytes */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Steps to turn `a` into `b`; both at most LONGEST bytes. */
static size_t
distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2], *spare;
	size_t i, j;

	for (j = 0; j <= b_size; j++)
		above[j] = j;
	for (i = 1; i <= a_size; i++) {
		row[0] = i;
		for (j = 1; j <= b_size; j++) {
			row[j] = above[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(row[j], above[j] + 1);
			row[j] = least(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
				a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b_size];
}

void
stemma_nearest_offer(struct stemma_nearest *nearest, const char *name)
{
	size_t size = strlen(name), steps;

	if (nearest->size == 0 || nearest->size > LONGEST || size > LONGEST)
		return;
	steps = distance(nearest->typed, nearest->size, name, size);
	if (size > nearest->size && nearest->size > 1 &&
		memcmp(nearest->typed, name, nearest->size) == 0)
		steps = 1;
	if (steps > (nearest->size + 2) / 3)
		return;
	if (!nearest->name || steps < nearest->distance) {
		nearest->name = name;
		nearest->distance = steps;
	}
}
