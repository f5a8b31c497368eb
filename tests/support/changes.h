/*
 * changes.h - what holds of the word edits of every link: they begin and end at
 * the edges of words, and between them both sides are the same.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_CHANGES_H
#define STEMMA_TESTS_CHANGES_H

#include "checker.h"

/* Whether `at` falls into a word or grapheme of `unit`, or outside of it; adds
   up the words of the unit that lie inside `span`. */
static inline bool
check_edges(struct checker *checker, int side, uint32_t unit,
	struct stemma_intern *intern, const struct stemma_change *change,
	uint32_t *inside)
{
	const struct stemma_doc *doc = checker->comparison->docs[side];
	struct stemma_span span = {
		doc->units[unit].start, doc->units[unit].end};
	struct stemma_span at = change->at[side];
	struct stemma_words words;

	if (at.end < span.start || at.start > span.end)
		return true;
	if (stemma_words_split(&words, doc, span, intern, checker->arena) !=
		STEMMA_OK)
		return broken(checker, "no memory");
	for (size_t k = 0; k < words.count; k++) {
		size_t start = words.base + words.words[k].start;
		size_t end = words.base + words.words[k].end;

		if ((start < at.start && at.start < end) ||
			(start < at.end && at.end < end))
			return broken(checker, "an edit cuts \"%.*s\"",
				(int)(end - start), doc->text.bytes + start);
		*inside += at.start <= start && end <= at.end &&
			   words.words[k].type != STEMMA_WORD_PUNCTUATION;
	}
	for (size_t start = span.start, end; start < span.end; start = end) {
		end = stemma_grapheme_next(doc->text, start);
		if ((start < at.start && at.start < end) ||
			(start < at.end && at.end < end))
			return broken(checker, "an edit cuts a grapheme at %zu",
				start);
	}
	return true;
}

static inline bool
check_change(struct checker *checker, const struct stemma_link *link,
	const struct stemma_change *change)
{
	struct stemma_mark mark = stemma_arena_mark(checker->arena);
	struct stemma_intern *intern = stemma_intern_new(checker->arena);
	uint32_t inside[2] = {0, 0};
	bool empty[2];

	if (!intern)
		return broken(checker, "no memory");
	for (int side = 0; side < 2; side++) {
		struct stemma_range units = link->units[side];

		empty[side] = change->at[side].start == change->at[side].end;
		for (uint32_t u = 0; u < units.count; u++)
			if (!check_edges(checker, side, units.first + u, intern,
				    change, &inside[side]))
				return false;
		/* Paired words whose typography differs are not counted. */
		if (change->reformat ? change->words[side]
				     : change->words[side] != inside[side])
			return broken(checker, "%u words counted, %u inside",
				change->words[side], inside[side]);
	}
	stemma_arena_rewind(checker->arena, mark);
	if ((empty[0] && empty[1]) ||
		change->op != (empty[0]          ? STEMMA_INSERT
				      : empty[1] ? STEMMA_DELETE
						 : STEMMA_REPLACE))
		return broken(checker, "a %s from %zu to %zu bytes",
			stemma_change_op_name(
				(enum stemma_change_op)change->op),
			change->at[0].end - change->at[0].start,
			change->at[1].end - change->at[1].start);
	return true;
}

static inline bool
is_white(uint32_t c)
{
	return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xa0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Where the white space from `at` on ends, at `end` at the latest. */
static inline size_t
skip_white(struct stemma_view text, size_t at, size_t end)
{
	size_t size;

	while (at < end && is_white(stemma_code_point(text, at, &size)))
		at += size;
	return at;
}

/* Whether `at` lies at or in the white space between two units of the link. */
static inline bool
at_border(const struct stemma_comparison *c, const struct stemma_link *link,
	int side, size_t at)
{
	const struct stemma_unit *units =
		&c->docs[side]->units[link->units[side].first];

	for (uint32_t u = 1; u < link->units[side].count; u++)
		if (units[u - 1].end <= at && at <= units[u].start)
			return true;
	return false;
}

/* Whether two stretches without a change are the same, but for white space
   where one of the sides has a border between units. */
static inline bool
check_stretch(struct checker *checker, const struct stemma_link *link,
	const size_t from[2], const size_t to[2])
{
	const struct stemma_comparison *c = checker->comparison;
	size_t at[2] = {from[0], from[1]};

	while (at[0] < to[0] || at[1] < to[1]) {
		if (at_border(c, link, 0, at[0]) ||
			at_border(c, link, 1, at[1]))
			for (int side = 0; side < 2; side++)
				at[side] = skip_white(c->docs[side]->text,
					at[side], to[side]);
		if (at[0] == to[0] && at[1] == to[1])
			break;
		if (at[0] == to[0] || at[1] == to[1] ||
			c->docs[0]->text.bytes[at[0]] !=
				c->docs[1]->text.bytes[at[1]])
			return broken(checker,
				"no change tells old %zu from new %zu", at[0],
				at[1]);
		at[0]++;
		at[1]++;
	}
	return true;
}

static inline bool
check_apply(struct checker *checker, const struct stemma_link *link)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_span spans[2];
	size_t from[2], to[2];

	for (int side = 0; side < 2; side++) {
		spans[side] = stemma_link_span(c, link, (enum stemma_side)side);
		from[side] = spans[side].start;
	}
	for (uint32_t k = 0; k < link->change_count; k++) {
		const struct stemma_change *change =
			&c->changes[link->first_change + k];

		for (int side = 0; side < 2; side++) {
			to[side] = change->at[side].start;
			if (to[side] < from[side] ||
				change->at[side].end < to[side] ||
				change->at[side].end > spans[side].end)
				return broken(checker,
					"change %u of a link is out of place",
					k);
		}
		if (!check_stretch(checker, link, from, to))
			return false;
		from[0] = change->at[0].end;
		from[1] = change->at[1].end;
	}
	to[0] = spans[0].end;
	to[1] = spans[1].end;
	return check_stretch(checker, link, from, to);
}

#endif
