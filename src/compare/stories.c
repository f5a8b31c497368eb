/* SPDX-License-Identifier: MIT */
#include "compare/stories.h"

#include <stdlib.h>

#include "diff/diff.h"

/* Of the shorter story, one part in this many must be linked with the other. */
#define LEAST_PART 4

/* Two stories, and how many bytes of linked units they have in common. */
struct bond {
	uint32_t story[2];
	uint64_t weight;
};

struct matcher {
	struct stemma_comparison *comparison;
	uint32_t *story_of[2]; /* by side and unit */
	uint32_t *partner[2];  /* by side and story; STEMMA_NO_STORY */
	bool *moved;           /* by story of the new side */
	struct bond *bonds;
	size_t bond_count;
};

const char *
stemma_story_op_name(enum stemma_story_op op)
{
	switch (op) {
	case STEMMA_STORY_KEPT:
		return "kept";
	case STEMMA_STORY_REPLACED:
		return "replaced";
	case STEMMA_STORY_ADDED:
		return "added";
	case STEMMA_STORY_REMOVED:
		return "removed";
	}
	return "";
}

static size_t
count_of(const struct matcher *matcher, int side)
{
	return matcher->comparison->outlines[side].story_count;
}

static enum stemma_code
prepare(struct matcher *matcher, struct stemma_arena *scratch)
{
	const struct stemma_comparison *comparison = matcher->comparison;

	for (int side = 0; side < 2; side++) {
		const struct stemma_outline *outline =
			&comparison->outlines[side];
		uint32_t *units = stemma_arena_alloc(
			scratch, outline->unit_count, sizeof *units);
		uint32_t *partners = stemma_arena_alloc(
			scratch, outline->story_count, sizeof *partners);

		if (!units || !partners)
			return STEMMA_NOMEM;
		for (uint32_t k = 0; k < outline->story_count; k++) {
			partners[k] = STEMMA_NO_STORY;
			for (uint32_t u = outline->stories[k].first;
				u <= outline->stories[k].last; u++)
				units[u] = k;
		}
		matcher->story_of[side] = units;
		matcher->partner[side] = partners;
	}
	matcher->moved = stemma_arena_alloc(
		scratch, count_of(matcher, STEMMA_NEW), sizeof *matcher->moved);
	matcher->bonds = stemma_arena_alloc(
		scratch, comparison->link_count, sizeof *matcher->bonds);
	if (!matcher->moved || !matcher->bonds)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < count_of(matcher, STEMMA_NEW); k++)
		matcher->moved[k] = false;
	return STEMMA_OK;
}

static int
by_stories(const void *a, const void *b)
{
	const struct bond *x = a, *y = b;

	for (int side = 0; side < 2; side++)
		if (x->story[side] != y->story[side])
			return x->story[side] < y->story[side] ? -1 : 1;
	return 0;
}

/* The heaviest first; what stands nearer to the top first among equals, by a
   rule that is the same for both sides. */
static int
by_weight(const void *a, const void *b)
{
	const struct bond *x = a, *y = b;
	uint64_t tops[2] = {(uint64_t)x->story[0] + x->story[1],
		(uint64_t)y->story[0] + y->story[1]};

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (tops[0] != tops[1])
		return tops[0] < tops[1] ? -1 : 1;
	return by_stories(a, b);
}

/* The bytes of a link that speak for its stories: of its shorter side. */
static uint64_t
weight_of(const struct stemma_comparison *comparison,
	const struct stemma_link *link)
{
	struct stemma_span old = stemma_link_span(comparison, link, STEMMA_OLD);
	struct stemma_span new = stemma_link_span(comparison, link, STEMMA_NEW);
	size_t sizes[2] = {old.end - old.start, new.end - new.start};

	return sizes[0] < sizes[1] ? sizes[0] : sizes[1];
}

static void
merge_bonds(struct matcher *matcher)
{
	struct bond *bonds = matcher->bonds;
	size_t count = 0;

	qsort(bonds, matcher->bond_count, sizeof *bonds, by_stories);
	for (size_t k = 0; k < matcher->bond_count; k++) {
		if (count && !by_stories(&bonds[count - 1], &bonds[k]))
			bonds[count - 1].weight += bonds[k].weight;
		else
			bonds[count++] = bonds[k];
	}
	matcher->bond_count = count;
}

static void
collect_bonds(struct matcher *matcher)
{
	const struct stemma_comparison *comparison = matcher->comparison;

	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];
		struct bond *last =
			matcher->bond_count
				? &matcher->bonds[matcher->bond_count - 1]
				: NULL;
		struct bond bond;

		if (!link->units[0].count || !link->units[1].count)
			continue;
		for (int side = 0; side < 2; side++)
			bond.story[side] =
				matcher->story_of[side]
						 [link->units[side].first];
		bond.weight = weight_of(comparison, link);
		if (last && !by_stories(last, &bond))
			last->weight += bond.weight;
		else
			matcher->bonds[matcher->bond_count++] = bond;
	}
	merge_bonds(matcher);
}

static uint64_t
bytes_of(const struct stemma_comparison *comparison, int side, uint32_t story)
{
	const struct stemma_outline *outline = &comparison->outlines[side];
	const struct stemma_unit *units = comparison->docs[side]->units;

	return units[outline->stories[story].last].end -
	       units[outline->stories[story].first].start;
}

/* Whether both are still without a partner and have enough in common. */
static bool
belong_together(const struct matcher *matcher, const struct bond *bond)
{
	uint64_t least = UINT64_MAX;

	for (int side = 0; side < 2; side++) {
		uint32_t story = bond->story[side];
		uint64_t bytes = bytes_of(matcher->comparison, side, story);

		if (matcher->partner[side][story] != STEMMA_NO_STORY)
			return false;
		least = bytes < least ? bytes : least;
	}
	return bond->weight >= least / LEAST_PART;
}

static void
match(struct matcher *matcher)
{
	qsort(matcher->bonds, matcher->bond_count, sizeof *matcher->bonds,
		by_weight);
	for (size_t k = 0; k < matcher->bond_count; k++) {
		const struct bond *bond = &matcher->bonds[k];

		if (!belong_together(matcher, bond))
			continue;
		for (int side = 0; side < 2; side++)
			matcher->partner[side][bond->story[side]] =
				bond->story[!side];
	}
}

/*
 * Mark the lightest set of kept stories that stands out of order, going along
 * the side `along`, so that a tie is settled alike when the pages are swapped.
 */
static enum stemma_code
order(struct matcher *matcher, enum stemma_side along,
	struct stemma_arena *scratch)
{
	size_t stories = count_of(matcher, (int)along), count = 0;
	const uint32_t *partners = matcher->partner[along];
	struct stemma_step *steps =
		stemma_arena_alloc(scratch, stories, sizeof *steps);
	enum stemma_code code;

	if (!steps)
		return STEMMA_NOMEM;
	for (uint32_t k = 0; k < stories; k++) {
		if (partners[k] == STEMMA_NO_STORY)
			continue;
		steps[count].key = partners[k];
		steps[count].kept = false;
		steps[count++].weight =
			bytes_of(matcher->comparison, (int)along, k) +
			bytes_of(matcher->comparison, !along, partners[k]) + 1;
	}
	code = stemma_increasing_heaviest(steps, count, scratch);
	if (code != STEMMA_OK)
		return code;
	count = 0;
	for (uint32_t k = 0; k < stories; k++)
		if (partners[k] != STEMMA_NO_STORY)
			matcher->moved[along == STEMMA_NEW ? k : partners[k]] =
				!steps[count++].kept;
	return STEMMA_OK;
}

/* Whether the story is an anchor: kept and in its place. */
static bool
is_anchor(const struct matcher *matcher, uint32_t new_story)
{
	return matcher->partner[STEMMA_NEW][new_story] != STEMMA_NO_STORY &&
	       !matcher->moved[new_story];
}

static void
put(struct matcher *matcher, struct stemma_story_link link)
{
	matcher->comparison->stories[matcher->comparison->story_count++] = link;
}

/* Stories between two anchors: [from, to) of either side. */
struct gap {
	uint32_t from[2], to[2];
	bool at_end; /* something is kept, and all of it before this */
};

/* The first story of the gap at or after `story` that has no partner. */
static uint32_t
next_single(const struct matcher *matcher, const struct gap *gap, int side,
	uint32_t story)
{
	while (story < gap->to[side] &&
		matcher->partner[side][story] != STEMMA_NO_STORY)
		story++;
	return story;
}

/*
 * Stories that came in a gap take the place of those that went there, in
 * order; what is left over was added or removed.
 */
static void
put_gap(struct matcher *matcher, const struct gap *gap)
{
	uint32_t old = next_single(matcher, gap, 0, gap->from[0]);

	for (uint32_t new = gap->from[1]; new < gap->to[1]; new ++) {
		struct stemma_story_link link = {
			.story = {STEMMA_NO_STORY, new},
			.op = STEMMA_STORY_ADDED,
			.at_end = gap->at_end};

		if (matcher->partner[1][new] != STEMMA_NO_STORY) {
			link.story[0] = matcher->partner[1][new];
			link.op = STEMMA_STORY_KEPT;
			link.moved = true;
			link.at_end = false;
		} else if (old < gap->to[0]) {
			link.story[0] = old;
			link.op = STEMMA_STORY_REPLACED;
			link.at_end = false;
			old = next_single(matcher, gap, 0, old + 1);
		}
		put(matcher, link);
	}
	for (; old < gap->to[0]; old = next_single(matcher, gap, 0, old + 1))
		put(matcher, (struct stemma_story_link){
				     .story = {old, STEMMA_NO_STORY},
				     .op = STEMMA_STORY_REMOVED,
				     .at_end = gap->at_end});
}

static void
put_all(struct matcher *matcher)
{
	struct gap gap = {{0, 0}, {0, 0}, false};
	bool any = false;

	for (uint32_t new = 0; new < count_of(matcher, STEMMA_NEW); new ++) {
		uint32_t old = matcher->partner[1][new];

		if (!is_anchor(matcher, new))
			continue;
		gap.to[0] = old;
		gap.to[1] = new;
		put_gap(matcher, &gap);
		put(matcher, (struct stemma_story_link){.story = {old, new},
				     .op = STEMMA_STORY_KEPT});
		gap.from[0] = old + 1;
		gap.from[1] = new + 1;
		any = true;
	}
	gap.at_end = any;
	for (int side = 0; side < 2; side++)
		gap.to[side] = (uint32_t)count_of(matcher, side);
	put_gap(matcher, &gap);
}

enum stemma_code
stemma_stories_compare(struct stemma_comparison *comparison,
	enum stemma_side along, struct stemma_arena *arena,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct matcher matcher = {.comparison = comparison};
	enum stemma_code code = prepare(&matcher, scratch);

	comparison->stories = stemma_arena_alloc(arena,
		count_of(&matcher, STEMMA_OLD) + count_of(&matcher, STEMMA_NEW),
		sizeof *comparison->stories);
	if (!comparison->stories)
		code = STEMMA_NOMEM;
	if (code == STEMMA_OK) {
		collect_bonds(&matcher);
		match(&matcher);
		code = order(&matcher, along, scratch);
	}
	if (code == STEMMA_OK)
		put_all(&matcher);
	stemma_arena_rewind(scratch, mark);
	return code;
}
