/*
 * Links are chosen one by one; this looks at each beside its neighbours. A
 * unit left over next to a link whose other side holds it was a piece that was
 * missed. And where a sentence has passed over the border between two links,
 * neither tells it well: the two are one regrouped link.
 *
 * SPDX-License-Identifier: MIT
 */
#include "align/similar.h"

/* A piece left over joins when this share of it is found unused: all over it,
   or in sentences of its own that are found for so much. A piece that was
   written on may be mostly new, but a sentence that came along is no chance. */
#define PIECE_FOUND 0.45f
#define SENTENCE_FOUND 0.5f
#define SENTENCES_FOUND 0.15f
#define LEAST_SENTENCE 6 /* words */

/* Two links join when this share of the lighter of the two units has passed
   from one to the other, or a sentence of so many words as a whole. */
#define SHARE_PASSED 0.5f
#define LEAST_PASSED 8

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

/* The weight of one sentence if enough of it is in the stock, else 0. What is
   found is used up. */
static float
spend_sentence(struct stemma_similar *similar, const struct stemma_words *words,
	uint32_t *ids)
{
	struct stemma_features features = {.ids = ids};
	float found;

	if (words->count < LEAST_SENTENCE)
		return 0;
	features.count = stemma_similar_list(similar, ids, words);
	for (uint32_t k = 0; k < features.count; k++)
		features.weight += similar->all[ids[k]].weight;
	found = stemma_similar_spend(similar, &features);
	if (found >= SENTENCE_FOUND * features.weight)
		return features.weight;
	stemma_similar_unspend(similar, &features);
	return 0;
}

/*
 * The weight of those sentences of the unit `piece` on `side` that stand in
 * the link's units on the other side, unused by its own partner.
 */
static enum stemma_code
sentences_found(float *weight, struct stemma_similar *similar,
	const struct stemma_pair_link *link, uint32_t piece, int side)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	uint32_t rest = similar->rest_of[side][piece];
	const struct stemma_words *words = &similar->words[side][rest].words;
	struct stemma_words sentence = *words;
	uint32_t *ids =
		stemma_arena_alloc(scratch, words->count * 2, sizeof *ids);

	*weight = 0;
	if (!ids)
		return STEMMA_NOMEM;
	stock_units(similar, link, !side, true);
	spend_units(similar, link, side);
	sentence.count = 0;
	for (size_t k = 0; k < words->count; k++) {
		sentence.count++;
		if (k + 1 < words->count && !words->words[k].sentence_end)
			continue;
		*weight += spend_sentence(similar, &sentence, ids);
		sentence.words = words->words + k + 1;
		sentence.count = 0;
	}
	/* Not every sentence was left spent: put all counts back to zero. */
	for (uint32_t u = 0; u < link->count[!side]; u++)
		stemma_similar_forget(similar,
			features_of(similar, !side, link->first[!side] + u));
	for (uint32_t u = 0; u < link->count[side]; u++)
		stemma_similar_forget(similar,
			features_of(similar, side, link->first[side] + u));
	stemma_similar_forget(similar, features_of(similar, side, piece));
	stock_units(similar, link, !side, false);
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}

/* A unit that may join a link: unpaired and with words at hand. */
static bool
is_left_over(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return unit < similar->aligner->counts[side] &&
	       similar->aligner->link_of[side][unit] == STEMMA_UNPAIRED &&
	       similar->rest_of[side][unit] != STEMMA_UNPAIRED;
}

/* Whether the left-over unit on `side` was a piece of the link. */
static enum stemma_code
is_piece(bool *yes, struct stemma_similar *similar,
	const struct stemma_pair_link *link, uint32_t unit, int side)
{
	struct stemma_pair_link piece = {.count = {0, 0}};
	enum stemma_code code = STEMMA_OK;
	float weight, found;

	piece.first[side] = unit;
	piece.count[side] = 1;
	weight = weight_of(similar, &piece, side);
	*yes = passed(similar, link, &piece, !side) >= PIECE_FOUND * weight;
	if (!*yes) {
		code = sentences_found(&found, similar, link, unit, side);
		*yes = found > 0 && found >= SENTENCES_FOUND * weight;
	}
	return code;
}

/* Take in left-over units that stand right before or after the link. */
static enum stemma_code
extend(struct stemma_similar *similar, uint32_t number)
{
	struct stemma_aligner *aligner = similar->aligner;
	struct stemma_pair_link *link = &aligner->links[number];

	for (int round = 0; round < 4; round++) {
		int side = round / 2;
		bool after = round % 2, yes;
		uint32_t unit = after ? link->first[side] + link->count[side]
				      : link->first[side] - 1;
		enum stemma_code code;

		if (!is_left_over(similar, side, unit))
			continue;
		code = is_piece(&yes, similar, link, unit, side);
		if (code != STEMMA_OK)
			return code;
		if (!yes)
			continue;
		aligner->link_of[side][unit] = number;
		link->first[side] -= !after;
		link->count[side]++;
		round--;
	}
	return STEMMA_OK;
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

/* The share of a sentence that is in the stock. */
static float
share_in_stock(
	struct stemma_similar *similar, const struct stemma_features *features)
{
	float found = stemma_similar_spend(similar, features);

	stemma_similar_unspend(similar, features);
	return features->weight > 0 ? found / features->weight : 0;
}

/*
 * Whether a sentence of unit `unit` of `b` on `side` stands in `a`'s units on
 * the other side, unused there, and not in `b`'s own.
 */
static enum stemma_code
sentence_passed(bool *yes, struct stemma_similar *similar,
	const struct stemma_pair_link *a, const struct stemma_pair_link *b,
	uint32_t unit, int side)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	const struct stemma_words *words =
		&similar->words[side][similar->rest_of[side][unit]].words;
	struct stemma_words sentence = {.words = words->words};
	uint32_t *ids =
		stemma_arena_alloc(scratch, words->count * 2, sizeof *ids);

	if (!ids)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < words->count && !*yes; k++) {
		struct stemma_features features = {.ids = ids};

		sentence.count++;
		if (k + 1 < words->count && !words->words[k].sentence_end)
			continue;
		if (sentence.count >= LEAST_PASSED) {
			float there, here;

			features.count =
				stemma_similar_list(similar, ids, &sentence);
			for (uint32_t f = 0; f < features.count; f++)
				features.weight += similar->all[ids[f]].weight;
			stock_units(similar, a, !side, true);
			spend_units(similar, a, side);
			there = share_in_stock(similar, &features);
			unspend_units(similar, a, side);
			stock_units(similar, a, !side, false);
			stock_units(similar, b, !side, true);
			here = share_in_stock(similar, &features);
			stock_units(similar, b, !side, false);
			*yes = there >= SENTENCE_FOUND && here < there / 2;
		}
		sentence.words = words->words + k + 1;
		sentence.count = 0;
	}
	stemma_arena_rewind(scratch, mark);
	return STEMMA_OK;
}

static enum stemma_code
should_join(bool *yes, struct stemma_similar *similar,
	const struct stemma_pair_link *a, const struct stemma_pair_link *b)
{
	const struct stemma_pair_link *pairs[2] = {a, b};

	*yes = false;
	for (int side = 0; side < 2 && !*yes; side++) {
		float of = weight_of(similar, a, side);
		float in = weight_of(similar, b, !side);

		*yes = passed(similar, a, b, side) >=
		       SHARE_PASSED * (of < in ? of : in);
	}
	for (int from = 0; from < 2; from++)
		for (int side = 0; side < 2; side++)
			for (uint32_t u = 0;
				u < pairs[!from]->count[side] && !*yes; u++) {
				enum stemma_code code = sentence_passed(yes,
					similar, pairs[from], pairs[!from],
					pairs[!from]->first[side] + u, side);

				if (code != STEMMA_OK)
					return code;
			}
	return STEMMA_OK;
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
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = 0; k < aligner->order_count && code == STEMMA_OK; k++)
		if (is_known(similar, &aligner->links[aligner->order[k]]))
			code = extend(similar, aligner->order[k]);
	if (code != STEMMA_OK)
		return code;
	for (uint32_t k = 0; k < aligner->order_count; k++) {
		uint32_t link = aligner->order[k];
		bool joins = false;

		if (last != STEMMA_UNPAIRED &&
			are_neighbours(similar, &aligner->links[last],
				&aligner->links[link]))
			code = should_join(&joins, similar,
				&aligner->links[last], &aligner->links[link]);
		if (code != STEMMA_OK)
			return code;
		if (joins)
			join(aligner, last, link);
		else
			last = link;
	}
	return stemma_align_order(aligner);
}
