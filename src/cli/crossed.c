/* SPDX-License-Identifier: MIT */
#include "crossed.h"

#include "life_places.h"

/*
 * Sums of prefixes, as a tree that stands in an array (P. M. Fenwick, 1994):
 * how many things at places below some place were added.
 */
static void
add(size_t *tree, size_t places, size_t place)
{
	for (size_t k = place + 1; k <= places; k += k & (0 - k))
		tree[k]++;
}

static size_t
sum_below(const size_t *tree, size_t place)
{
	size_t sum = 0;

	for (size_t k = place; k; k -= k & (0 - k))
		sum += tree[k];
	return sum;
}

/*
 * Those before it that stand at its place or after that, and in a second pass
 * from the other end those behind it that stand before that.
 */
static void
count_all(size_t *crossed, size_t *tree, const size_t *map, size_t count,
	size_t places)
{
	size_t seen = 0;

	for (size_t u = 0; u < count; u++) {
		if (map[u] == STEMMA_NO_PLACE)
			continue;
		crossed[u] = seen++ - sum_below(tree, map[u]);
		add(tree, places, map[u]);
	}
	for (size_t k = 0; k <= places; k++)
		tree[k] = 0;
	for (size_t u = count; u--;) {
		if (map[u] == STEMMA_NO_PLACE)
			continue;
		crossed[u] += sum_below(tree, map[u]);
		add(tree, places, map[u]);
	}
}

size_t *
stemma_crossed_count(const size_t *map, size_t count, size_t places,
	struct stemma_arena *arena)
{
	size_t *crossed =
		stemma_arena_zalloc(arena, count + 1, sizeof *crossed);
	size_t *tree = stemma_arena_zalloc(arena, places + 1, sizeof *tree);

	if (!crossed || !tree)
		return NULL;
	count_all(crossed, tree, map, count, places);
	return crossed;
}
