/*
 * mirror.h - swapping two documents mirrors their comparison, and a document
 * compared with itself has not changed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_MIRROR_H
#define STEMMA_TESTS_MIRROR_H

#include "checker.h"

static inline uint8_t
mirrored_op(uint8_t op)
{
	switch (op) {
	case STEMMA_SPLIT:
		return STEMMA_MERGED;
	case STEMMA_MERGED:
		return STEMMA_SPLIT;
	case STEMMA_ADDED:
		return STEMMA_REMOVED;
	case STEMMA_REMOVED:
		return STEMMA_ADDED;
	default:
		return op;
	}
}

static inline uint8_t
mirrored_change_op(uint8_t op)
{
	return op == STEMMA_INSERT   ? STEMMA_DELETE
	       : op == STEMMA_DELETE ? STEMMA_INSERT
				     : op;
}

static inline bool
is_mirrored_change(const struct stemma_change *a, const struct stemma_change *b)
{
	for (int side = 0; side < 2; side++)
		if (a->at[side].start != b->at[!side].start ||
			a->at[side].end != b->at[!side].end ||
			a->words[side] != b->words[!side])
			return false;
	return a->op == mirrored_change_op(b->op) &&
	       a->reformat == b->reformat && a->hidden == b->hidden &&
	       a->weights == b->weights;
}

static inline bool
is_mirrored_link(const struct stemma_link *a, const struct stemma_link *b)
{
	/* Where a side has no unit, its place is a courtesy of the order. */
	for (int side = 0; side < 2; side++)
		if (a->units[side].count != b->units[!side].count ||
			(a->units[side].count &&
				a->units[side].first != b->units[!side].first))
			return false;
	return a->op == mirrored_op(b->op) && a->moved == b->moved &&
	       a->similarity >= b->similarity &&
	       a->similarity <= b->similarity && a->weights == b->weights &&
	       a->change_count == b->change_count;
}

/* For each unit of `side`, the number of its link, in the checker's arena. */
static inline size_t *
links_by_unit(
	struct checker *checker, const struct stemma_comparison *c, int side)
{
	size_t *links = stemma_arena_alloc(
		checker->arena, c->docs[side]->unit_count, sizeof *links);

	for (size_t k = 0; links && k < c->link_count; k++)
		for (uint32_t u = 0; u < c->links[k].units[side].count; u++)
			links[c->links[k].units[side].first + u] = k;
	return links;
}

static inline bool
check_mirrored_link(struct checker *checker,
	const struct stemma_comparison *other, const struct stemma_link *link,
	const struct stemma_link *twin)
{
	const struct stemma_comparison *c = checker->comparison;

	if (!is_mirrored_link(link, twin))
		return broken(checker,
			"%s%s %u+%u>%u+%u (%g, %u edits) is %s%s %u+%u>%u+%u "
			"(%g, %u edits) with the sides swapped",
			link->moved ? "moved " : "",
			stemma_op_name((enum stemma_op)link->op),
			link->units[0].first, link->units[0].count,
			link->units[1].first, link->units[1].count,
			(double)link->similarity, link->change_count,
			twin->moved ? "moved " : "",
			stemma_op_name((enum stemma_op)twin->op),
			twin->units[0].first, twin->units[0].count,
			twin->units[1].first, twin->units[1].count,
			(double)twin->similarity, twin->change_count);
	for (uint32_t j = 0; j < link->change_count; j++)
		if (!is_mirrored_change(&c->changes[link->first_change + j],
			    &other->changes[twin->first_change + j]))
			return broken(checker, "edit %u of %u+%u>%u+%u differs",
				j, link->units[0].first, link->units[0].count,
				link->units[1].first, link->units[1].count);
	return true;
}

static inline bool
check_mirrored_stats(
	struct checker *checker, const struct stemma_comparison *other)
{
	const struct stemma_comparison *c = checker->comparison;

	for (uint8_t op = 0; op < STEMMA_OP_COUNT; op++)
		if (c->stats.units[op] != other->stats.units[mirrored_op(op)])
			return broken(checker, "%u times %s, swapped %u",
				c->stats.units[op],
				stemma_op_name((enum stemma_op)op),
				other->stats.units[mirrored_op(op)]);
	if (c->stats.moved != other->stats.moved ||
		c->stats.words_added != other->stats.words_removed ||
		c->stats.words_removed != other->stats.words_added ||
		c->stats.changes != other->stats.changes ||
		c->stats.hidden != other->stats.hidden ||
		c->approximate != other->approximate ||
		c->identical != other->identical ||
		c->different != other->different)
		return broken(
			checker, "the sums differ with the sides swapped");
	return true;
}

/* Whether a story link of `other` mirrors `link`. */
static inline bool
is_mirrored_story(const struct stemma_comparison *other,
	const struct stemma_story_link *link)
{
	static const uint8_t ops[] = {STEMMA_STORY_KEPT, STEMMA_STORY_REPLACED,
		STEMMA_STORY_REMOVED, STEMMA_STORY_ADDED};

	for (size_t k = 0; k < other->story_count; k++) {
		const struct stemma_story_link *twin = &other->stories[k];

		if (twin->story[0] == link->story[1] &&
			twin->story[1] == link->story[0])
			return twin->op == ops[link->op] &&
			       twin->moved == link->moved &&
			       twin->at_end == link->at_end;
	}
	return false;
}

static inline bool
check_mirrored_stories(
	struct checker *checker, const struct stemma_comparison *other)
{
	const struct stemma_comparison *c = checker->comparison;

	if (c->story_count != other->story_count)
		return broken(checker, "other stories with the sides swapped");
	for (size_t k = 0; k < c->story_count; k++)
		if (!is_mirrored_story(other, &c->stories[k]))
			return broken(
				checker, "story link %zu has no mirror", k);
	return true;
}

/* Whether `other`, made with the documents swapped, says the same. */
static inline bool
check_mirror(struct checker *checker, const struct stemma_comparison *other)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_mark mark = stemma_arena_mark(checker->arena);
	size_t *by_unit[2] = {links_by_unit(checker, other, 0),
		links_by_unit(checker, other, 1)};
	bool holds = by_unit[0] && by_unit[1] &&
		     check_mirrored_stats(checker, other) &&
		     check_mirrored_stories(checker, other);

	for (size_t k = 0; holds && k < c->link_count; k++) {
		const struct stemma_link *link = &c->links[k];
		int side = link->units[STEMMA_OLD].count ? 0 : 1;

		holds = check_mirrored_link(checker, other, link,
			&other->links[by_unit[!side][link->units[side].first]]);
	}
	stemma_arena_rewind(checker->arena, mark);
	return holds;
}

/* Whether nothing is said to have changed. */
static inline bool
check_identity(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;

	if (!c->identical || c->different || c->approximate ||
		c->change_count || c->stats.moved)
		return broken(checker, "a text differs from itself");
	for (size_t k = 0; k < c->link_count; k++)
		if (c->links[k].op != STEMMA_UNCHANGED ||
			c->links[k].units[0].first != k ||
			c->links[k].units[1].first != k)
			return broken(
				checker, "unit %zu differs from itself", k);
	return true;
}

#endif
