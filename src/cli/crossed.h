/*
 * crossed.h - how many others each of some things has passed, on the way from
 * one order to another one.
 *
 *     before   a b c d        after   d a b c
 *     crossed  1 1 1 3
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_CLI_CROSSED_H
#define STEMMA_CLI_CROSSED_H

#include <stemma.h>

/*
 * For each of `count` things, in the order before, how many stand on the other
 * side of it than they did; NULL without memory. `map` tells the place of each
 * in the order after, below `places`, or STEMMA_NO_PLACE: then it crosses
 * nobody. Of two with one place the second has crossed the first. In `arena`;
 * n log n in the number of things and places, however they were mixed.
 */
size_t *stemma_crossed_count(const size_t *map, size_t count, size_t places,
	struct stemma_arena *arena);

#endif
