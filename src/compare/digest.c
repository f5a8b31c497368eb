/*
 * What a digest tells one by one, and what it only counts. Edits with a weight
 * are items; the same edit made many times is one. Each kind of item gets a
 * line before any gets a second, and the lines stand in the order of kinds.
 *
 * SPDX-License-Identifier: MIT
 */
#include "compare/digest.h"

#include <stdlib.h>
#include <string.h>

#include "structure/look.h"

/* So many edits without a weight are few. */
#define FEW 3

/* ---- what there is to tell ---------------------------------------------- */

static enum stemma_code
mark_stories(struct stemma_digest *digest)
{
	const struct stemma_comparison *comparison = digest->comparison;

	for (int side = 0; side < 2 && comparison->story_count; side++) {
		digest->whole[side] = stemma_arena_zalloc(
			digest->scratch, comparison->docs[side]->unit_count, 1);
		if (!digest->whole[side])
			return STEMMA_NOMEM;
	}
	for (size_t k = 0; k < comparison->story_count; k++) {
		const struct stemma_story_link *link = &comparison->stories[k];

		if (link->op == STEMMA_STORY_KEPT && !link->moved)
			continue;
		for (int side = 0; side < 2; side++) {
			const struct stemma_story *story;

			if (link->story[side] == STEMMA_NO_STORY)
				continue;
			story = &comparison->outlines[side]
					 .stories[link->story[side]];
			memset(digest->whole[side] + story->first, 1,
				story->last - story->first + 1);
		}
	}
	return STEMMA_OK;
}

static bool
is_whole(const struct stemma_digest *digest, const struct stemma_link *link)
{
	for (int side = 0; side < 2; side++)
		if (digest->whole[side] && link->units[side].count &&
			digest->whole[side][link->units[side].first])
			return true;
	return false;
}

static bool
has_kind(const struct stemma_digest *digest, const struct stemma_link *link,
	enum stemma_kind kind)
{
	for (int side = 0; side < 2; side++) {
		const uint8_t *kinds = digest->comparison->outlines[side].kinds;

		for (uint32_t u = 0; kinds && u < link->units[side].count; u++)
			if (kinds[link->units[side].first + u] == kind)
				return true;
	}
	return false;
}

/* What an edit is told as: the first of its weights in the order of lines. */
static enum stemma_about
about_of(unsigned weights)
{
	static const struct {
		unsigned weight;
		enum stemma_about about;
	} order[] = {{STEMMA_WEIGHT_NEGATION, STEMMA_ABOUT_NEGATION},
		{STEMMA_WEIGHT_NUMBER | STEMMA_WEIGHT_DATE, STEMMA_ABOUT_DATE},
		{STEMMA_WEIGHT_NUMBER, STEMMA_ABOUT_NUMBER},
		{STEMMA_WEIGHT_NAME, STEMMA_ABOUT_NAME},
		{STEMMA_WEIGHT_QUOTE, STEMMA_ABOUT_QUOTE},
		{STEMMA_WEIGHT_ATTRIBUTION, STEMMA_ABOUT_ATTRIBUTION},
		{STEMMA_WEIGHT_DATE, STEMMA_ABOUT_DATE}};

	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		if ((weights & order[k].weight) == order[k].weight)
			return order[k].about;
	return STEMMA_ABOUT_REST;
}

/* Equal for edits of the same words. */
static uint64_t
key_of(const struct stemma_digest *digest, const struct stemma_change *change)
{
	uint64_t keys[2];

	for (int side = 0; side < 2; side++)
		keys[side] = stemma_hash(
			stemma_view_cut(digest->comparison->docs[side]->text,
				change->at[side]));
	return keys[0] * UINT64_C(0x9e3779b97f4a7c15) + keys[1];
}

static void
add_item(struct stemma_digest *digest, enum stemma_about about, size_t link,
	uint32_t change, uint64_t key)
{
	digest->items[digest->count++] = (struct stemma_digest_item){.key = key,
		.link = (uint32_t)link,
		.change = change,
		.times = 1,
		.about = (uint8_t)about};
}

static void
collect_changes(struct stemma_digest *digest, size_t number)
{
	const struct stemma_comparison *comparison = digest->comparison;
	const struct stemma_link *link = &comparison->links[number];
	bool headline = has_kind(digest, link, STEMMA_KIND_HEADLINE);
	bool correction = has_kind(digest, link, STEMMA_KIND_CORRECTION);

	for (uint32_t k = 0; k < link->change_count; k++) {
		uint32_t at = link->first_change + k;
		const struct stemma_change *change = &comparison->changes[at];
		enum stemma_about about = about_of(change->weights);

		if (!stemma_change_is_visible(change))
			continue;
		if (headline || correction) {
			add_item(digest,
				headline ? STEMMA_ABOUT_HEADLINE
					 : STEMMA_ABOUT_CORRECTION,
				number, STEMMA_NO_CHANGE, number);
			return;
		}
		add_item(digest, about, number, at, key_of(digest, change));
	}
}

static void
count_unit(struct stemma_digest *digest, size_t number, int side)
{
	struct stemma_digest_counts *counts = &digest->counts;

	if (!counts->added && !counts->removed)
		counts->unit_link = (uint32_t)number;
	counts->added += side == STEMMA_NEW;
	counts->removed += side == STEMMA_OLD;
	counts->first[side] =
		digest->comparison->links[number].units[side].first;
}

/* Whether a unit that came or went is a line of marks beside a story that did:
   it is how that was set apart. */
static bool
sets_apart(const struct stemma_digest *digest, size_t number, int side)
{
	const struct stemma_comparison *comparison = digest->comparison;
	const struct stemma_link *link = &comparison->links[number];
	struct stemma_look look;

	if (!(number > 0 && is_whole(digest, link - 1)) &&
		!(number + 1 < comparison->link_count &&
			is_whole(digest, link + 1)))
		return false;
	stemma_look_at(&look, stemma_doc_unit(comparison->docs[side],
				      link->units[side].first));
	return !look.letters;
}

static void
collect_unit(struct stemma_digest *digest, size_t number)
{
	const struct stemma_link *link = &digest->comparison->links[number];
	int side = link->op == STEMMA_ADDED ? STEMMA_NEW : STEMMA_OLD;

	if (is_whole(digest, link) || sets_apart(digest, number, side))
		return;
	/* All of a text that came or went at once is told as that. */
	if (!digest->comparison->docs[STEMMA_OLD]->unit_count ||
		!digest->comparison->docs[STEMMA_NEW]->unit_count) {
		count_unit(digest, number, side);
	} else if (has_kind(digest, link, STEMMA_KIND_HEADLINE)) {
		add_item(digest, STEMMA_ABOUT_HEADLINE, number,
			STEMMA_NO_CHANGE, number);
	} else if (has_kind(digest, link, STEMMA_KIND_CORRECTION)) {
		add_item(digest, STEMMA_ABOUT_CORRECTION, number,
			STEMMA_NO_CHANGE, number);
	} else {
		count_unit(digest, number, side);
	}
}

static enum stemma_code
collect(struct stemma_digest *digest)
{
	const struct stemma_comparison *comparison = digest->comparison;

	digest->items = stemma_arena_alloc(digest->scratch,
		comparison->change_count + comparison->link_count,
		sizeof *digest->items);
	if (!digest->items)
		return STEMMA_NOMEM;
	for (size_t k = 0; k < comparison->link_count; k++) {
		const struct stemma_link *link = &comparison->links[k];

		if (link->op == STEMMA_ADDED || link->op == STEMMA_REMOVED)
			collect_unit(digest, k);
		else
			collect_changes(digest, k);
		if (link->moved && !is_whole(digest, link) &&
			!digest->counts.moved++)
			digest->counts.moved_link = (uint32_t)k;
	}
	return STEMMA_OK;
}

/* ---- which of it gets a line -------------------------------------------- */

static int
by_words(const void *a, const void *b)
{
	const struct stemma_digest_item *x = a, *y = b;

	if (x->about != y->about)
		return x->about < y->about ? -1 : 1;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->link != y->link)
		return x->link < y->link ? -1 : 1;
	return x->change < y->change ? -1 : x->change > y->change;
}

/* As they are told: by kind, then in reading order. */
static int
by_place(const void *a, const void *b)
{
	const struct stemma_digest_item *x = a, *y = b;

	if (x->about != y->about)
		return x->about < y->about ? -1 : 1;
	if (x->link != y->link)
		return x->link < y->link ? -1 : 1;
	return x->change < y->change ? -1 : x->change > y->change;
}

/* The same edit made many times is one item. */
static void
fold_same(struct stemma_digest *digest)
{
	size_t kept = 0;

	if (digest->count == 0)
		return;
	qsort(digest->items, digest->count, sizeof *digest->items, by_words);
	for (size_t k = 1; k < digest->count; k++) {
		struct stemma_digest_item *last = &digest->items[kept];

		if (digest->items[k].about == last->about &&
			digest->items[k].key == last->key)
			last->times++;
		else
			digest->items[++kept] = digest->items[k];
	}
	digest->count = kept + 1;
	qsort(digest->items, digest->count, sizeof *digest->items, by_place);
}

/* Give lines to kinds in turn until `room` is used up. Edits without a weight
   are told where they are few and there is nothing else. */
static void
share(struct stemma_digest *digest, uint32_t shares[STEMMA_ABOUT_NOTHING],
	size_t room)
{
	uint32_t have[STEMMA_ABOUT_NOTHING] = {0};
	bool given = true;

	for (size_t k = 0; k < digest->count; k++)
		have[digest->items[k].about]++;
	if (have[STEMMA_ABOUT_REST] == digest->count && digest->count <= FEW)
		shares[STEMMA_ABOUT_REST] = have[STEMMA_ABOUT_REST];
	while (room && given) {
		given = false;
		for (int k = 0; k < STEMMA_ABOUT_STORIES && room; k++) {
			if (shares[k] == have[k])
				continue;
			shares[k]++;
			room--;
			given = true;
		}
	}
}

static enum stemma_code
tell_items(struct stemma_digest *digest)
{
	uint32_t shares[STEMMA_ABOUT_NOTHING] = {0};
	enum stemma_code code = STEMMA_OK;

	share(digest, shares,
		STEMMA_DIGEST_MOST -
			stemma_digest_count_lines(
				digest->comparison, &digest->counts));
	for (size_t k = 0; k < digest->count && code == STEMMA_OK; k++) {
		const struct stemma_digest_item *item = &digest->items[k];
		size_t line = digest->comparison->digest_count;
		const struct stemma_digest_item *next =
			k + 1 < digest->count ? item + 1 : NULL;

		if (!shares[item->about]) {
			if (item->about == STEMMA_ABOUT_REST)
				digest->counts.others += item->times;
			else
				digest->counts.more[item->about] += item->times;
			if (item->link < digest->counts.rest_link)
				digest->counts.rest_link = item->link;
			continue;
		}
		shares[item->about]--;
		code = stemma_digest_tell(digest, item, next);
		if (line < digest->comparison->digest_count)
			digest->comparison->digest[line].link = item->link;
		k += item->change == STEMMA_NO_CHANGE &&
		     stemma_digest_is_replaced(digest, item, next);
	}
	return code;
}

/* Whether there is nothing to tell beyond typography, where paragraphs end,
   and what is ignored. */
static bool
is_nothing(const struct stemma_comparison *comparison)
{
	const struct stemma_stats *stats = &comparison->stats;

	return !stats->changes && !stats->units[STEMMA_EDITED] &&
	       !stats->units[STEMMA_ADDED] && !stats->units[STEMMA_REMOVED] &&
	       !stats->moved;
}

enum stemma_code
stemma_digest_make(struct stemma_comparison *comparison,
	struct stemma_arena *arena, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_digest digest = {
		.comparison = comparison, .arena = arena, .scratch = scratch};
	enum stemma_code code = STEMMA_OK;

	digest.counts.rest_link = STEMMA_NO_LINK;
	comparison->digest = stemma_arena_alloc(
		arena, STEMMA_DIGEST_MOST, sizeof *comparison->digest);
	comparison->digest_count = 0;
	if (!comparison->digest)
		return STEMMA_NOMEM;
	if (is_nothing(comparison))
		return stemma_digest_tell_nothing(&digest);
	code = mark_stories(&digest);
	if (code == STEMMA_OK)
		code = collect(&digest);
	if (code == STEMMA_OK) {
		fold_same(&digest);
		code = tell_items(&digest);
	}
	if (code == STEMMA_OK)
		code = stemma_digest_count(comparison, &digest.counts, arena);
	stemma_arena_rewind(scratch, mark);
	return code;
}
