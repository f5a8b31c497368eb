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

/* How often a link's features are gone through to look at it beside another,
   and how many of its units are looked at where no steps are left for that. */
#define LOOKS 8
#define LAST_UNITS 16

static const struct stemma_features *
features_of(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return &similar->features[side][similar->rest_of[side][unit]];
}

/* How many features both sides of a link have. */
static uint64_t
count_features(const struct stemma_similar *similar,
	const struct stemma_pair_link *link)
{
	uint64_t count = 0;

	for (int side = 0; side < 2; side++)
		for (uint32_t u = 0; u < link->count[side]; u++)
			count += features_of(
				similar, side, link->first[side] + u)
					 ->count;
	return count;
}

/* Take a look at so many features from the budget; false if that is less. */
static bool
afford(struct stemma_similar *similar, uint64_t features)
{
	struct stemma_budget *budget = similar->aligner->budget;

	if (budget->left < features * LOOKS) {
		budget->reached = true;
		return false;
	}
	budget->left -= features * LOOKS;
	return true;
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
	uint64_t features = count_features(similar, link);

	for (int round = 0; round < 4; round++) {
		int side = round / 2;
		bool after = round % 2, yes;
		uint32_t unit = after ? link->first[side] + link->count[side]
				      : link->first[side] - 1;
		enum stemma_code code;

		if (!is_left_over(similar, side, unit) ||
			!afford(similar, features))
			continue;
		code = is_piece(&yes, similar, link, unit, side);
		if (code != STEMMA_OK)
			return code;
		if (!yes)
			continue;
		aligner->link_of[side][unit] = number;
		features += features_of(similar, side, unit)->count;
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

/* The sentences of a link's units on one side that are long enough to say
   something, one after the other. */
struct sentences {
	struct stemma_similar *similar;
	const struct stemma_pair_link *link;
	int side;
	uint32_t unit; /* of the link's */
	size_t word;   /* of it */
	uint32_t *ids; /* room for the features of any */
};

static const struct stemma_words *
words_of(const struct stemma_similar *similar, int side, uint32_t unit)
{
	return &similar->words[side][similar->rest_of[side][unit]].words;
}

static bool
next_sentence(struct sentences *s, struct stemma_features *features)
{
	for (; s->unit < s->link->count[s->side]; s->unit++, s->word = 0) {
		const struct stemma_words *words = words_of(
			s->similar, s->side, s->link->first[s->side] + s->unit);

		while (s->word < words->count) {
			struct stemma_words one = {
				.words = words->words + s->word};

			do
				one.count++;
			while (s->word + one.count < words->count &&
				!one.words[one.count - 1].sentence_end);
			s->word += one.count;
			if (one.count < LEAST_PASSED)
				continue;
			*features = (struct stemma_features){.ids = s->ids};
			features->count =
				stemma_similar_list(s->similar, s->ids, &one);
			for (uint32_t f = 0; f < features->count; f++)
				features->weight +=
					s->similar->all[s->ids[f]].weight;
			return true;
		}
	}
	return false;
}

/* Whether one of the sentences, of which so much is found elsewhere, is not
   here, in the stock. */
static bool
is_missing(struct sentences s, const float *there)
{
	struct stemma_features features;

	for (size_t k = 0; next_sentence(&s, &features); k++)
		if (there[k] >= SENTENCE_FOUND &&
			share_in_stock(s.similar, &features) < there[k] / 2)
			return true;
	return false;
}

/*
 * Whether a sentence of a unit of `b` on `side` stands in `a`'s units on the
 * other side, unused there, and not in `b`'s own. Each of the links is put into
 * the stock once for all sentences.
 */
static enum stemma_code
sentence_passed(bool *yes, struct stemma_similar *similar,
	const struct stemma_pair_link *a, const struct stemma_pair_link *b,
	int side)
{
	struct stemma_arena *scratch = similar->aligner->scratch;
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct sentences all = {.similar = similar, .link = b, .side = side};
	struct sentences s;
	struct stemma_features features;
	size_t words = 0, count = 0;
	bool some = false;
	float *there;

	for (uint32_t u = 0; u < b->count[side]; u++)
		words += words_of(similar, side, b->first[side] + u)->count;
	all.ids = stemma_arena_alloc(scratch, words * 2, sizeof *all.ids);
	there = stemma_arena_alloc(
		scratch, words / LEAST_PASSED + 1, sizeof *there);
	if (!all.ids || !there)
		return STEMMA_NOMEM;
	stock_units(similar, a, !side, true);
	spend_units(similar, a, side);
	for (s = all; next_sentence(&s, &features); count++) {
		there[count] = share_in_stock(similar, &features);
		some |= there[count] >= SENTENCE_FOUND;
	}
	unspend_units(similar, a, side);
	stock_units(similar, a, !side, false);
	if (some) {
		stock_units(similar, b, !side, true);
		*yes = is_missing(all, there);
		stock_units(similar, b, !side, false);
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
		for (int side = 0; side < 2 && !*yes; side++) {
			enum stemma_code code = sentence_passed(
				yes, similar, pairs[from], pairs[!from], side);

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

/* The end of a link: what passes over its border stands there. */
static struct stemma_pair_link
end_of(const struct stemma_pair_link *link)
{
	struct stemma_pair_link end = *link;

	for (int side = 0; side < 2; side++) {
		uint32_t more = end.count[side] > LAST_UNITS
					? end.count[side] - LAST_UNITS
					: 0;

		end.first[side] += more;
		end.count[side] -= more;
	}
	return end;
}

/* Join the links, in order, of which words have passed to the next. */
static enum stemma_code
join_all(struct stemma_similar *similar)
{
	struct stemma_aligner *aligner = similar->aligner;
	uint32_t last = STEMMA_UNPAIRED;
	uint64_t features = 0; /* of the last link */

	for (uint32_t k = 0; k < aligner->order_count; k++) {
		uint32_t number = aligner->order[k];
		const struct stemma_pair_link *link = &aligner->links[number];
		uint64_t more = is_known(similar, link)
					? count_features(similar, link)
					: 0;
		bool joins = false;

		if (last != STEMMA_UNPAIRED &&
			are_neighbours(similar, &aligner->links[last], link)) {
			struct stemma_pair_link before = aligner->links[last];
			enum stemma_code code;

			if (!afford(similar, features + more))
				before = end_of(&before);
			code = should_join(&joins, similar, &before, link);
			if (code != STEMMA_OK)
				return code;
		}
		if (joins)
			join(aligner, last, number);
		else
			last = number;
		features = joins ? features + more : more;
	}
	return STEMMA_OK;
}

enum stemma_code
stemma_similar_regroup(struct stemma_similar *similar)
{
	struct stemma_aligner *aligner = similar->aligner;
	enum stemma_code code = STEMMA_OK;

	for (uint32_t k = 0; k < aligner->order_count && code == STEMMA_OK; k++)
		if (is_known(similar, &aligner->links[aligner->order[k]]))
			code = extend(similar, aligner->order[k]);
	if (code == STEMMA_OK)
		code = join_all(similar);
	return code == STEMMA_OK ? stemma_align_order(aligner) : code;
}
