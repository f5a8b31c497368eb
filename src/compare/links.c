/* SPDX-License-Identifier: MIT */
#include "compare/links.h"

struct maker {
	struct stemma_link *links;
	uint32_t *pairs;
	size_t count;
	const struct stemma_pairing *pairing;
	bool flip;
	uint32_t unit_counts[2]; /* by side of the comparison */
	uint32_t next_old; /* the old unit before which an addition stands */
};

static const uint32_t *
link_of(const struct maker *maker, enum stemma_side side)
{
	return maker->pairing->link_of[(int)side ^ maker->flip];
}

static enum stemma_op
op_of(const struct stemma_link *link, enum stemma_pair_kind kind)
{
	uint32_t olds = link->units[STEMMA_OLD].count;
	uint32_t news = link->units[STEMMA_NEW].count;

	if (kind == STEMMA_PAIR_EQUAL)
		return STEMMA_UNCHANGED;
	if (kind == STEMMA_PAIR_FOLDED)
		return STEMMA_REFORMATTED;
	if (olds == 1 && news == 1)
		return STEMMA_EDITED;
	return olds == 1   ? STEMMA_SPLIT
	       : news == 1 ? STEMMA_MERGED
			   : STEMMA_REGROUPED;
}

static void
add_pair(struct maker *maker, uint32_t k)
{
	const struct stemma_pair_link *pair = &maker->pairing->links[k];
	struct stemma_link *link = &maker->links[maker->count];

	*link = (struct stemma_link){.moved = pair->moved, .similarity = 1};
	for (int side = 0; side < 2; side++)
		link->units[side] =
			(struct stemma_range){pair->first[side ^ maker->flip],
				pair->count[side ^ maker->flip]};
	link->op = (uint8_t)op_of(link, pair->kind);
	if (!link->moved)
		maker->next_old = link->units[STEMMA_OLD].first +
				  link->units[STEMMA_OLD].count;
	maker->pairs[maker->count++] = k;
}

static void
add_single(struct maker *maker, enum stemma_side side, uint32_t unit,
	uint32_t place)
{
	struct stemma_link *link = &maker->links[maker->count];

	*link = (struct stemma_link){
		.op = side == STEMMA_OLD ? STEMMA_REMOVED : STEMMA_ADDED};
	link->units[side] = (struct stemma_range){unit, 1};
	link->units[!side] = (struct stemma_range){place, 0};
	maker->pairs[maker->count++] = STEMMA_NO_PAIR;
}

/*
 * The removed units that follow old unit `from` - 1, up to the next link that
 * stays in its place: units whose partners have moved away are passed over.
 */
static void
add_removed(struct maker *maker, uint32_t from, uint32_t place)
{
	const uint32_t *links = link_of(maker, STEMMA_OLD);

	for (uint32_t u = from; u < maker->unit_counts[STEMMA_OLD]; u++) {
		if (links[u] == STEMMA_UNPAIRED) {
			add_single(maker, STEMMA_OLD, u, place);
			maker->next_old = u + 1;
		} else if (!maker->pairing->links[links[u]].moved) {
			break;
		}
	}
}

static void
add_all(struct maker *maker)
{
	const uint32_t *links = link_of(maker, STEMMA_NEW);

	add_removed(maker, 0, 0);
	for (uint32_t u = 0; u < maker->unit_counts[STEMMA_NEW];) {
		const struct stemma_link *link;

		if (links[u] == STEMMA_UNPAIRED) {
			add_single(maker, STEMMA_NEW, u, maker->next_old);
			u++;
			continue;
		}
		add_pair(maker, links[u]);
		link = &maker->links[maker->count - 1];
		u += link->units[STEMMA_NEW].count;
		if (!link->moved)
			add_removed(maker, maker->next_old, u);
	}
}

enum stemma_code
stemma_links_make(struct stemma_comparison *comparison, uint32_t **pairs,
	const struct stemma_pairing *pairing, bool flip,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct maker maker = {.pairing = pairing, .flip = flip};
	size_t most = pairing->count;

	for (int side = 0; side < 2; side++) {
		const uint32_t *links = link_of(&maker, (enum stemma_side)side);

		maker.unit_counts[side] =
			(uint32_t)comparison->docs[side]->unit_count;
		for (uint32_t u = 0; u < maker.unit_counts[side]; u++)
			most += links[u] == STEMMA_UNPAIRED;
	}
	maker.links = stemma_arena_alloc(arena, most, sizeof *maker.links);
	maker.pairs = stemma_arena_alloc(scratch, most, sizeof *maker.pairs);
	if (!maker.links || !maker.pairs)
		return STEMMA_NOMEM;
	add_all(&maker);
	comparison->links = maker.links;
	comparison->link_count = maker.count;
	*pairs = maker.pairs;
	return STEMMA_OK;
}
