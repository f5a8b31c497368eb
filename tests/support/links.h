/*
 * links.h - what holds of the links of every comparison: each unit in one of
 * them, in order, and no more called moved than has to be.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_LINKS_H
#define STEMMA_TESTS_LINKS_H

#include "checker.h"

static inline bool
check_op(struct checker *checker, size_t k, const struct stemma_link *link)
{
	uint32_t olds = link->units[STEMMA_OLD].count;
	uint32_t news = link->units[STEMMA_NEW].count;
	bool fits = false;

	switch (link->op) {
	case STEMMA_UNCHANGED:
	case STEMMA_REFORMATTED:
	case STEMMA_EDITED:
		fits = olds == 1 && news == 1;
		break;
	case STEMMA_SPLIT:
		fits = olds == 1 && news > 1;
		break;
	case STEMMA_MERGED:
		fits = olds > 1 && news == 1;
		break;
	case STEMMA_REGROUPED:
		fits = olds > 1 && news > 1;
		break;
	case STEMMA_ADDED:
		fits = olds == 0 && news == 1 && !link->moved;
		break;
	case STEMMA_REMOVED:
		fits = olds == 1 && news == 0 && !link->moved;
		break;
	default:
		break;
	}
	if (!fits)
		return broken(checker, "link %zu: %s of %u to %u units%s", k,
			stemma_op_name((enum stemma_op)link->op), olds, news,
			link->moved ? ", moved" : "");
	if (!(link->similarity >= 0 && link->similarity <= 1))
		return broken(checker, "link %zu: similarity %g", k,
			(double)link->similarity);
	return true;
}

/* Links come in reading order of the new side and cover each unit once. */
static inline bool
check_cover(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;
	unsigned char *seen = stemma_arena_zalloc(
		checker->arena, c->docs[STEMMA_OLD]->unit_count, 1);
	size_t next = 0, olds = 0;

	if (!seen)
		return broken(checker, "no memory");
	for (size_t k = 0; k < c->link_count; k++) {
		const struct stemma_link *link = &c->links[k];

		if (link->units[STEMMA_NEW].first != next)
			return broken(checker, "link %zu: new unit %u, not %zu",
				k, link->units[STEMMA_NEW].first, next);
		next += link->units[STEMMA_NEW].count;
		if (link->units[STEMMA_OLD].first +
				(size_t)link->units[STEMMA_OLD].count >
			c->docs[STEMMA_OLD]->unit_count)
			return broken(checker, "link %zu: past the old end", k);
		for (uint32_t u = 0; u < link->units[STEMMA_OLD].count; u++)
			if (seen[link->units[STEMMA_OLD].first + u]++)
				return broken(checker, "old unit %u twice",
					link->units[STEMMA_OLD].first + u);
		olds += link->units[STEMMA_OLD].count;
		if (!check_op(checker, k, link))
			return false;
	}
	if (next != c->docs[STEMMA_NEW]->unit_count)
		return broken(checker, "%zu new units are in no link",
			c->docs[STEMMA_NEW]->unit_count - next);
	if (olds != c->docs[STEMMA_OLD]->unit_count)
		return broken(checker, "%zu old units are in no link",
			c->docs[STEMMA_OLD]->unit_count - olds);
	return true;
}

/* What did not move is in order, and a removed unit is where it stood. */
static inline bool
check_order(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;
	size_t next = 0;

	for (size_t k = 0; k < c->link_count; k++) {
		const struct stemma_range *olds = c->links[k].units;

		if (c->links[k].moved)
			continue;
		if (olds->first < next)
			return broken(checker, "link %zu (%s) is out of order",
				k,
				stemma_op_name((enum stemma_op)c->links[k].op));
		if (olds->count)
			next = olds->first + (size_t)olds->count;
	}
	return true;
}

static inline uint64_t
characters(const struct stemma_comparison *c, const struct stemma_link *link)
{
	uint64_t count = 0;

	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < link->units[side].count; u++) {
			struct stemma_view unit = stemma_doc_unit(
				c->docs[side], link->units[side].first + u);

			for (size_t at = 0; at < unit.size; at++)
				count += ((unsigned char)unit.bytes[at] &
						 0xc0) != 0x80;
		}
	return count;
}

/* The links called moved are the lightest set whose removal leaves order:
   what stays is a heaviest increasing run, found here the slow way. */
static inline bool
check_moved(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;
	uint64_t *best =
		stemma_arena_alloc(checker->arena, c->link_count, sizeof *best);
	uint64_t heaviest = 0, stays = 0;

	if (!best)
		return broken(checker, "no memory");
	for (size_t k = 0; k < c->link_count; k++) {
		const struct stemma_link *link = &c->links[k];

		best[k] = 0;
		if (!link->units[STEMMA_OLD].count ||
			!link->units[STEMMA_NEW].count)
			continue;
		for (size_t j = 0; j < k; j++)
			if (best[j] > best[k] &&
				c->links[j].units[STEMMA_OLD].first <
					link->units[STEMMA_OLD].first)
				best[k] = best[j];
		best[k] += characters(c, link);
		if (best[k] > heaviest)
			heaviest = best[k];
		if (!link->moved)
			stays += characters(c, link);
	}
	if (stays != heaviest)
		return broken(checker,
			"%llu characters stay in place, %llu could",
			(unsigned long long)stays,
			(unsigned long long)heaviest);
	return true;
}

#endif
