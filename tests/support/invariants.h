/*
 * invariants.h - what holds of every comparison, whatever the texts: for the
 * property tests and the fuzzer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_INVARIANTS_H
#define STEMMA_TESTS_INVARIANTS_H

#include <string.h>

#include "changes.h"
#include "links.h"

/* Whether two units are the same but for typography. */
static inline bool
same_folded(struct checker *checker, const struct stemma_link *link)
{
	struct stemma_mark mark = stemma_arena_mark(checker->arena);
	struct stemma_view folded[2] = {{0}};
	bool same;

	for (int side = 0; side < 2; side++)
		(void)stemma_fold(&folded[side],
			stemma_doc_unit(checker->comparison->docs[side],
				link->units[side].first),
			STEMMA_FOLD_TYPOGRAPHY, checker->arena);
	same = stemma_view_equal(folded[0], folded[1]);
	stemma_arena_rewind(checker->arena, mark);
	return same;
}

static inline bool
check_kind(struct checker *checker, size_t k, const struct stemma_link *link)
{
	const struct stemma_comparison *c = checker->comparison;
	uint32_t told = 0;
	bool same;

	for (uint32_t j = 0; j < link->change_count; j++)
		told += !c->changes[link->first_change + j].reformat;
	if (link->op == STEMMA_EDITED && !told)
		return broken(checker, "link %zu: edited without an edit", k);
	if ((link->op <= STEMMA_REFORMATTED || link->op >= STEMMA_ADDED) &&
		link->change_count)
		return broken(checker, "link %zu: edits where none belong", k);
	if (link->op > STEMMA_EDITED)
		return true;
	same = stemma_view_equal(
		stemma_doc_unit(c->docs[0], link->units[0].first),
		stemma_doc_unit(c->docs[1], link->units[1].first));
	if (same != (link->op == STEMMA_UNCHANGED))
		return broken(checker, "link %zu: %s, but %s bytes", k,
			stemma_op_name((enum stemma_op)link->op),
			same ? "equal" : "other");
	if (link->op == STEMMA_EDITED && same_folded(checker, link))
		return broken(checker, "link %zu: edited, not reformatted", k);
	return true;
}

static inline bool
check_link(struct checker *checker, size_t k)
{
	const struct stemma_comparison *c = checker->comparison;
	const struct stemma_link *link = &c->links[k];
	unsigned weights = 0;

	if (!check_kind(checker, k, link))
		return false;
	for (uint32_t j = 0; j < link->change_count; j++)
		weights |= c->changes[link->first_change + j].weights;
	if (weights != link->weights)
		return broken(checker, "link %zu: weights %x, not %x", k,
			link->weights, weights);
	if (link->op == STEMMA_REFORMATTED || link->op >= STEMMA_ADDED)
		return true;
	return check_apply(checker, link) &&
	       (link->change_count == 0 || check_changes(checker, link));
}

/* Whether an edited link has no change that is seen. */
static inline bool
all_hidden(const struct stemma_comparison *c, const struct stemma_link *link)
{
	for (uint32_t k = 0; k < link->change_count; k++)
		if (!c->changes[link->first_change + k].hidden &&
			!c->changes[link->first_change + k].reformat)
			return false;
	return link->op == STEMMA_EDITED;
}

static inline bool
check_stats(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_stats stats = {0};

	for (size_t k = 0; k < c->link_count; k++) {
		stats.units[all_hidden(c, &c->links[k]) ? STEMMA_UNCHANGED
							: c->links[k].op]++;
		stats.moved += c->links[k].moved;
	}
	for (size_t k = 0; k < c->change_count; k++) {
		if (c->changes[k].reformat)
			continue;
		stats.hidden += c->changes[k].hidden;
		if (c->changes[k].hidden)
			continue;
		stats.changes++;
		stats.words_removed += c->changes[k].words[STEMMA_OLD];
		stats.words_added += c->changes[k].words[STEMMA_NEW];
	}
	if (memcmp(stats.units, c->stats.units, sizeof stats.units) != 0 ||
		stats.moved != c->stats.moved ||
		stats.changes != c->stats.changes ||
		stats.hidden != c->stats.hidden ||
		stats.words_added != c->stats.words_added ||
		stats.words_removed != c->stats.words_removed)
		return broken(checker, "the statistics do not add up");
	return true;
}

/* All that holds of one comparison. */
static inline bool
check_comparison(struct checker *checker)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_mark mark = stemma_arena_mark(checker->arena);
	bool holds = check_cover(checker) && check_order(checker) &&
		     check_moved(checker) && check_stats(checker);

	for (size_t k = 0; holds && k < c->link_count; k++)
		holds = check_link(checker, k);
	stemma_arena_rewind(checker->arena, mark);
	return holds;
}

#endif
