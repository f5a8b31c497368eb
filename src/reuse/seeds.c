/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "room.h"
#include "seeds.h"

/* What the words of a seed weigh: four words, or ten characters. */
#define SEED_WEIGHT 20u

/* How often that is doubled for what stands in many places. */
#define LEVELS 4

/* Words of the longest window, at most. */
#define WINDOW_MAX ((SEED_WEIGHT << LEVELS) / STEMMA_WEIGHT_GRAPHEME + 1)

/* Most pairs of places for which all are told. */
#define PAIRS_MAX 64

/* Different words of a seed; a word said again and again is none. */
#define DIFFERENT_WORDS 3

/* A word without a window. There are never that many slots. */
#define NO_SLOT UINT32_MAX

/* Words that slots are asked for ahead. */
#define AHEAD 16

#define HASH_FACTOR 0x9e3779b97f4a7c15u
#define HASH_BASE 0xd1342543de82ef95u

struct search {
	const struct stemma_corpus *corpus;
	uint64_t *prefixes; /* hash of all words before each */
	uint64_t powers[WINDOW_MAX + 1];
	uint8_t *seen; /* two bits for each of many hashes */
	unsigned shift;
	struct stemma_seeds *found;
	size_t capacity;
	struct stemma_arena *arena;
};

static uint64_t
window_hash(const struct search *s, uint32_t at, uint32_t end)
{
	uint64_t hash =
		s->prefixes[end] - s->prefixes[at] * s->powers[end - at];

	hash ^= hash >> 29;
	hash *= HASH_FACTOR;
	return hash ^ hash >> 32;
}

/* The end of the window of some weight at `at`; 0: the unit ends before. */
static uint32_t
window_end(const struct stemma_corpus *corpus, uint32_t at, uint32_t unit_end,
	uint32_t weight)
{
	uint32_t sum = 0;

	while (at < unit_end && sum < weight)
		sum += corpus->words[at++].weight;
	return sum < weight ? 0 : at;
}

static bool
prepare(struct search *s)
{
	const struct stemma_corpus *corpus = s->corpus;
	size_t slots = 1024;

	s->shift = 64 - 10;
	for (; slots / 8 < corpus->word_count && s->shift > 33; slots *= 2)
		s->shift--;
	s->seen = stemma_arena_zalloc(s->arena, slots / 4, 1);
	s->prefixes = stemma_arena_alloc(
		s->arena, (size_t)corpus->word_count + 1, sizeof *s->prefixes);
	if (!s->seen || !s->prefixes)
		return false;
	s->prefixes[0] = 0;
	for (uint32_t k = 0; k < corpus->word_count; k++)
		s->prefixes[k + 1] =
			s->prefixes[k] * HASH_BASE +
			((uint64_t)corpus->words[k].number + 1) * HASH_FACTOR;
	s->powers[0] = 1;
	for (size_t k = 1; k <= WINDOW_MAX; k++)
		s->powers[k] = s->powers[k - 1] * HASH_BASE;
	return true;
}

/* For each word the slot of the window of the seed's weight that starts with it,
   or NO_SLOT if its unit ends before. */
static void
find_slots(const struct search *s, uint32_t *slots)
{
	const struct stemma_corpus *corpus = s->corpus;

	for (uint32_t u = 0; u < corpus->unit_count; u++) {
		const struct stemma_corpus_unit *unit = &corpus->units[u];
		uint32_t weight = 0, end = unit->first, at = end;

		for (; at < unit->end; at++) {
			while (end < unit->end && weight < SEED_WEIGHT)
				weight += corpus->words[end++].weight;
			if (weight < SEED_WEIGHT)
				break;
			slots[at] =
				(uint32_t)(window_hash(s, at, end) >> s->shift);
			weight -= corpus->words[at].weight;
		}
		for (; at < unit->end; at++)
			slots[at] = NO_SLOT;
	}
}

/* Slots are all over the memory: ask for them ahead. */
static inline void
fetch(const struct search *s, const uint32_t *slots, uint32_t at)
{
	if (at + AHEAD < s->corpus->word_count && slots[at + AHEAD] != NO_SLOT)
		__builtin_prefetch(&s->seen[slots[at + AHEAD] / 4], 1);
}

/* Mark the slots as seen: in the source and the target or, of one document,
   once and again. */
static void
mark_slots(struct search *s, const uint32_t *slots)
{
	const struct stemma_corpus *corpus = s->corpus;
	uint32_t second = corpus->word_count;

	for (uint32_t u = corpus->unit_count; u-- > 0;) {
		if (corpus->units[u].doc == 0)
			break;
		second = corpus->units[u].first;
	}
	for (uint32_t at = 0; at < corpus->word_count; at++) {
		uint32_t slot = slots[at], by = slot % 4 * 2;
		unsigned bits;

		fetch(s, slots, at);
		if (slot == NO_SLOT)
			continue;
		bits = ((unsigned)s->seen[slot / 4] >> by & 3u) ? 2 : 1;
		if (corpus->docs == 2)
			bits = at < second ? 1 : 2;
		s->seen[slot / 4] |= (uint8_t)(bits << by);
	}
}

/* Make of the slots a list of the words whose slot was seen twice; returns how
   many. */
static uint32_t
list_seen(const struct search *s, uint32_t *slots)
{
	uint32_t count = 0;

	for (uint32_t at = 0; at < s->corpus->word_count; at++) {
		uint32_t slot = slots[at];

		fetch(s, slots, at);
		if (slot != NO_SLOT &&
			((unsigned)s->seen[slot / 4] >> slot % 4 * 2 & 3u) == 3)
			slots[count++] = at;
	}
	return count;
}

static bool
says_enough(const struct stemma_corpus *corpus, uint32_t at, uint32_t end)
{
	unsigned different = 0;

	for (uint32_t k = at; k < end && different < DIFFERENT_WORDS; k++) {
		uint32_t n = at;

		while (n < k && !stemma_corpus_same(corpus, n, k))
			n++;
		different += n == k;
	}
	return different >= DIFFERENT_WORDS;
}

static bool
add_seed(struct search *s, const struct stemma_sortable *source,
	const struct stemma_sortable *target)
{
	struct stemma_seeds *found = s->found;
	struct stemma_sortable *seeds = stemma_room(s->arena, found->seeds,
		found->count, &s->capacity, sizeof *seeds);

	if (!seeds)
		return false;
	seeds[found->count++] = (struct stemma_sortable){
		.key = (uint64_t)target->second << 32 | source->second,
		.first = source->first,
		.second = target->first,
	};
	found->seeds = seeds;
	return true;
}

/*
 * Pair the places of one hash, which stand in order. Sets `*common` if they are
 * too many for all pairs.
 */
static bool
pair_places(struct search *s, const struct stemma_sortable *places,
	size_t count, bool *common)
{
	const struct stemma_corpus *corpus = s->corpus;
	bool two = corpus->docs == 2;
	size_t sources = 0, pairs;

	while (two && sources < count &&
		corpus->units[places[sources].second].doc == 0)
		sources++;
	pairs = two ? sources * (count - sources) : count * (count - 1) / 2;
	*common = pairs > PAIRS_MAX;
	for (size_t k = 0; k < (two ? sources : count); k++) {
		for (size_t n = two ? sources : k + 1; n < count; n++) {
			bool near = two ? n == sources : n == k + 1;

			if (*common && k && !near)
				break;
			if (!add_seed(s, &places[k], &places[n]))
				return false;
		}
	}
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct stemma_sortable *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Put the places of one hash in order. They are, unless longer windows have one
   hash whose shorter ones had others: by chance, or by somebody's intent. */
static void
order_places(struct stemma_sortable *places, size_t count)
{
	for (size_t k = 1; k < count; k++)
		if (places[k].first < places[k - 1].first) {
			qsort(places, count, sizeof *places, by_place);
			return;
		}
}

/*
 * Pair the places of equal hashes. Those in common groups move to the front of
 * the items, keyed by the hash of a longer window; `*count` becomes their
 * number.
 */
static bool
pair_groups(struct search *s, struct stemma_sortable *items, size_t *count,
	uint32_t longer)
{
	const struct stemma_corpus *corpus = s->corpus;
	size_t kept = 0;

	for (size_t k = 0, n; k < *count; k = n) {
		bool common;

		for (n = k + 1; n < *count && items[n].key == items[k].key;)
			n++;
		order_places(&items[k], n - k);
		if (!pair_places(s, &items[k], n - k, &common))
			return false;
		for (size_t i = k; common && i < n; i++) {
			struct stemma_sortable item = items[i];
			uint32_t end = window_end(corpus, item.first,
				corpus->units[item.second].end, longer);

			if (!end)
				continue;
			item.key = window_hash(s, item.first, end);
			items[kept++] = item;
		}
	}
	*count = kept;
	return true;
}

/* The places of windows that were seen twice, keyed by hash. */
static struct stemma_sortable *
list_places(struct search *s, size_t *count)
{
	const struct stemma_corpus *corpus = s->corpus;
	uint32_t *places = stemma_arena_alloc(
		s->arena, corpus->word_count, sizeof *places);
	struct stemma_sortable *items;
	uint32_t listed, unit = 0;

	*count = 0;
	if (!places)
		return NULL;
	find_slots(s, places);
	mark_slots(s, places);
	listed = list_seen(s, places);
	items = stemma_arena_alloc(s->arena, listed, sizeof *items);
	for (uint32_t k = 0; items && k < listed; k++) {
		uint32_t at = places[k], end;

		while (corpus->units[unit].end <= at)
			unit++;
		end = window_end(
			corpus, at, corpus->units[unit].end, SEED_WEIGHT);
		if (says_enough(corpus, at, end))
			items[(*count)++] = (struct stemma_sortable){
				window_hash(s, at, end) & UINT32_MAX, at, unit};
	}
	return items;
}

bool
stemma_seeds_find(struct stemma_seeds *seeds,
	const struct stemma_corpus *corpus, struct stemma_arena *arena)
{
	struct search s = {.corpus = corpus, .found = seeds, .arena = arena};
	struct stemma_sortable *items, *spare;
	size_t count;

	*seeds = (struct stemma_seeds){0};
	if (!prepare(&s))
		return false;
	items = list_places(&s, &count);
	spare = stemma_arena_alloc(arena, count, sizeof *spare);
	if (!items || !spare)
		return false;
	for (unsigned level = 1; count && level <= LEVELS; level++) {
		stemma_sort_keys(items, spare, count);
		if (!pair_groups(&s, items, &count, SEED_WEIGHT << level))
			return false;
	}
	spare = stemma_arena_alloc(arena, seeds->count, sizeof *spare);
	if (!spare)
		return false;
	stemma_sort_keys(seeds->seeds, spare, seeds->count);
	return true;
}
