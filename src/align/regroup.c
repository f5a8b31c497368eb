/*
 * Links are chosen one by one; this looks at each beside its neighbours. A
 * unit left over next to a link whose other side holds it was a piece that was
 * missed. And where a sentence has passed over the border between two links,
 * neither tells it well: the two are one regrouped link.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/similar.h"

/* A piece left over joins when this share of it is found unused. */
#define PIECE_FOUND 0.45f

/* Two links join when this share of the lighter of the two units has passed
   from one to the other. */
#define SHARE_PASSED 0.5f

static const struct stemma_features *
features_of(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return &similar->features[side][similar->rest_of[side][unit]];
}

static void
stock_units(struct stemma_similar *similar, const struct stemma_pair_link *link,
	int side, bool in)
{
	for (uint32_t u = 0; u < link->count[side]; u++)
		stemma_similar_stock(similar,
			features_of(similar, side, link->first[side] + u), in);
}

static float
spend_units(struct stemma_similar *similar, const struct stemma_pair_link *link,
	int side)
{
	float weight = 0;

	for (uint32_t u = 0; u < link->count[side]; u++)
		weight += stemma_similar_spend(similar,
			features_of(similar, side, link->first[side] + u));
	return weight;
}

static void
unspend_units(struct stemma_similar *similar,
	const struct stemma_pair_link *link, int side)
{
	for (uint32_t u = 0; u < link->count[side]; u++)
		stemma_similar_unspend(similar,
			features_of(similar, side, link->first[side] + u));
}

static float
weight_of(const struct stemma_similar *similar,
	const struct stemma_pair_link *link, int side)
{
	float weight = 0;

	for (uint32_t u = 0; u < link->count[side]; u++)
		weight += features_of(similar, side, link->first[side] + u)
				  ->weight;
	return weight;
}

/* What of `from`'s text on `side`, unused by its own partner, stands in the
   units of `to` on the other side. */
static float
passed(struct stemma_similar *similar, const struct stemma_pair_link *from,
	const struct stemma_pair_link *to, int side)
{
	float weight;

	stock_units(similar, from, side, true);
	spend_units(similar, from, !side);
	weight = spend_units(similar, to, !side);
	unspend_units(similar, to, !side);
	unspend_units(similar, from, !side);
	stock_units(similar, from, side, false);
	return weight;
}

/* A unit that may join a link: unpaired and with words at hand. */
static bool
is_left_over(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return unit < similar->aligner->counts[side] &&
		similar->aligner->link_of[side][unit] == STEMMA_UNPAIRED &&
		similar->rest_of[side][unit] != STEMMA_UNPAIRED;
}

/* Take in left-over units that stand right before or after the link. */
static void
extend(struct stemma_similar *similar, uint32_t number)
{
	struct stemma_aligner *aligner = similar->aligner;
	struct stemma_pair_link *link = &aligner->links[number];

	for (int round = 0; round < 4; round++) {
		int side = round / 2;
		bool after = round % 2;
		uint32_t unit = after ? link->first[side] + link->count[side]
				      : link->first[side] - 1;
		struct stemma_pair_link piece = {.count = {0, 0}};

		if (!is_left_over(similar, side, unit))
			continue;
		piece.first[side] = unit;
		piece.count[side] = 1;
		if (passed(similar, link, &piece, !side) <
			PIECE_FOUND * weight_of(similar, &piece, side))
			continue;
		aligner->link_of[side][unit] = number;
		link->first[side] -= !after;
		link->count[side]++;
		round--;
	}
}

/* Whether the words of the link are at hand: those that were near by the byte
   keep most of their text, and have nothing to pass on. */
static bool
is_known(const struct stemma_similar *similar,
	const struct stemma_pair_link *link)
{
	return link->kind == STEMMA_PAIR_SIMILAR &&
		similar->rest_of[0][link->first[0]] != STEMMA_UNPAIRED &&
		similar->rest_of[1][link->first[1]] != STEMMA_UNPAIRED;
}

static bool
are_neighbours(const struct stemma_similar *similar,
	const struct stemma_pair_link *a, const struct stemma_pair_link *b)
{
	return is_known(similar, a) && is_known(similar, b) &&
		b->first[0] == a->first[0] + a->count[0] &&
		b->first[1] == a->first[1] + a->count[1];
}

static bool
should_join(struct stemma_similar *similar, const struct stemma_pair_link *a,
	const struct stemma_pair_link *b)
{
	for (int side = 0; side < 2; side++) {
		float of = weight_of(similar, a, side);
		float in = weight_of(similar, b, !side);

		if (passed(similar, a, b, side) >=
			SHARE_PASSED * (of < in ? of : in))
			return true;
	}
	return false;
}

/* Make `b` part of `a`; nothing leads to it any more. */
static void
join(struct stemma_aligner *aligner, uint32_t a, uint32_t b)
{
	for (int side = 0; side < 2; side++) {
		const struct stemma_pair_link *link = &aligner->links[b];

		for (uint32_t u = 0; u < link->count[side]; u++)
			aligner->link_of[side][link->first[side] + u] = a;
		aligner->links[a].count[side] += link->count[side];
	}
}

enum stemma_code
stemma_similar_regroup(struct stemma_similar *similar)
{
	struct stemma_aligner *aligner = similar->aligner;
	uint32_t last = STEMMA_UNPAIRED;

	for (uint32_t k = 0; k < aligner->order_count; k++)
		if (is_known(similar, &aligner->links[aligner->order[k]]))
			extend(similar, aligner->order[k]);
	for (uint32_t k = 0; k < aligner->order_count; k++) {
		uint32_t link = aligner->order[k];

		if (last != STEMMA_UNPAIRED &&
			are_neighbours(similar, &aligner->links[last],
				&aligner->links[link]) &&
			should_join(similar, &aligner->links[last],
				&aligner->links[link]))
			join(aligner, last, link);
		else
			last = link;
	}
	return stemma_align_order(aligner);
}
