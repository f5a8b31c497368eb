/*
 * changes.h - what holds of the word edits of every link: they begin and end at
 * the edges of words, and between them both sides are the same.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_CHANGES_H
#define STEMMA_TESTS_CHANGES_H

#include "checker.h"

/* One side of a link, byte by byte. */
struct map {
	size_t base; /* where the link's text starts in the doc's */
	unsigned char
		*inside; /* of a word (1) or grapheme (2): not at its edge */
	uint32_t *words; /* how many start before this byte */
};

static inline bool
map_unit(struct checker *checker, struct map *map, const struct stemma_doc *doc,
	const struct stemma_unit *unit)
{
	struct stemma_intern *intern = stemma_intern_new(checker->arena);
	struct stemma_words words;
	struct stemma_view text;

	if (!intern || stemma_words_split(&words, doc,
			       (struct stemma_span){unit->start, unit->end},
			       intern, checker->arena) != STEMMA_OK)
		return broken(checker, "no memory");
	for (size_t k = 0; k < words.count; k++) {
		size_t start = words.base - map->base + words.words[k].start;
		size_t end = words.base - map->base + words.words[k].end;

		map->words[start + 1] +=
			words.words[k].type != STEMMA_WORD_PUNCTUATION;
		for (size_t at = start + 1; at < end; at++)
			map->inside[at] |= 1;
	}
	/* What follows a unit, such as a space after it, is not part of it. */
	text = (struct stemma_view){doc->text.bytes, unit->end};
	for (size_t start = unit->start, end; start < unit->end; start = end) {
		end = stemma_grapheme_next(text, start);
		for (size_t at = start + 1; at < end; at++)
			map->inside[at - map->base] |= 2;
	}
	return true;
}

static inline bool
map_side(struct checker *checker, struct map *map,
	const struct stemma_link *link, int side)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_span span =
		stemma_link_span(c, link, (enum stemma_side)side);
	size_t size = span.end - span.start + 2;

	map->base = span.start;
	map->inside = stemma_arena_zalloc(checker->arena, size, 1);
	map->words =
		stemma_arena_zalloc(checker->arena, size, sizeof *map->words);
	if (!map->inside || !map->words)
		return broken(checker, "no memory");
	for (uint32_t u = 0; u < link->units[side].count; u++)
		if (!map_unit(checker, map, c->docs[side],
			    &c->docs[side]->units[link->units[side].first + u]))
			return false;
	for (size_t at = 1; at < size; at++)
		map->words[at] += map->words[at - 1];
	return true;
}

static inline bool
check_edges(struct checker *checker, const struct map *map,
	const struct stemma_change *change, int side)
{
	size_t start = change->at[side].start - map->base;
	size_t end = change->at[side].end - map->base;
	uint32_t words = map->words[end] - map->words[start];

	if (map->inside[start] | map->inside[end])
		return broken(checker, "an edit cuts a %s, %zu to %zu",
			(map->inside[start] | map->inside[end]) & 1
				? "word"
				: "grapheme",
			change->at[side].start, change->at[side].end);
	/* Paired words whose typography differs are not counted. */
	if (change->words[side] != (change->reformat ? 0 : words))
		return broken(checker, "%u words counted, %u inside",
			change->words[side], words);
	return true;
}

static inline bool
check_change(struct checker *checker, const struct map maps[2],
	const struct stemma_change *change)
{
	bool empty[2];

	for (int side = 0; side < 2; side++) {
		empty[side] = change->at[side].start == change->at[side].end;
		if (!check_edges(checker, &maps[side], change, side))
			return false;
	}
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

/* Edits begin and end at the edges of words and graphemes, and count them. */
static inline bool
check_changes(struct checker *checker, const struct stemma_link *link)
{
	const struct stemma_comparison *c = checker->comparison;
	struct stemma_mark mark = stemma_arena_mark(checker->arena);
	bool holds = true;
	struct map maps[2];

	for (int side = 0; holds && side < 2; side++)
		holds = map_side(checker, &maps[side], link, side);
	for (uint32_t k = 0; holds && k < link->change_count; k++)
		holds = check_change(
			checker, maps, &c->changes[link->first_change + k]);
	stemma_arena_rewind(checker->arena, mark);
	return holds;
}

/* What shows nothing by itself, and is dropped where texts are folded, or joins
   what is beside it. */
static inline bool
is_invisible(uint32_t c)
{
	static const uint32_t ranges[][2] = {{0xad, 0xad}, {0x34f, 0x34f},
		{0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5},
		{0x180b, 0x180f}, {0x200b, 0x200f}, {0x202a, 0x202e},
		{0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f},
		{0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb},
		{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0001, 0xe0001},
		{0xe0100, 0xe01ef}};

	for (size_t k = 0; k < sizeof ranges / sizeof *ranges; k++)
		if (c >= ranges[k][0] && c <= ranges[k][1])
			return true;
	return false;
}

static inline bool
is_white(uint32_t c)
{
	return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xa0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Where the white space, or the invisible characters, from `at` on end; at
   `end` at the latest. */
static inline size_t
pass(struct stemma_view text, size_t at, size_t end, bool (*skips)(uint32_t c))
{
	size_t size;

	while (at < end && skips(stemma_code_point(text, at, &size)))
		at += size;
	return at;
}

/* The same of either, in whatever order they stand. */
static inline size_t
pass_border(struct stemma_view text, size_t at, size_t end, bool white,
	bool invisible)
{
	size_t before;

	do {
		before = at;
		if (white)
			at = pass(text, at, end, is_white);
		if (invisible)
			at = pass(text, at, end, is_invisible);
	} while (at != before);
	return at;
}

/* Where the white space and invisible characters that end at `end` start. */
static inline size_t
before_border(struct stemma_view text, size_t start, size_t end)
{
	size_t at = end, size;
	uint32_t c;

	while (at > start) {
		do
			at--;
		while (((unsigned char)text.bytes[at] & 0xc0) == 0x80);
		c = stemma_code_point(text, at, &size);
		if (!is_white(c) && !is_invisible(c))
			return at + size;
	}
	return at;
}

/* Whether `at` lies between the words of two units of the link, or beside all of
   them. */
static inline bool
at_border(const struct stemma_comparison *c, const struct stemma_link *link,
	int side, size_t at)
{
	const struct stemma_unit *units =
		&c->docs[side]->units[link->units[side].first];
	struct stemma_view text = c->docs[side]->text;

	for (uint32_t u = 0; u <= link->units[side].count; u++) {
		bool first = u == 0, last = u == link->units[side].count;

		if ((first || at >= before_border(text, units[u - 1].start,
					    units[u - 1].end)) &&
			(last || at <= pass_border(text, units[u].start,
					       units[u].end, true, true)))
			return true;
	}
	return false;
}

/* Whether two stretches without a change are the same, but for white space
   where one of the sides has a border between units, and for invisible
   characters beside it. */
static inline bool
check_stretch(struct checker *checker, const struct stemma_link *link,
	const size_t from[2], const size_t to[2])
{
	const struct stemma_comparison *c = checker->comparison;
	size_t at[2] = {from[0], from[1]};

	for (;;) {
		bool border = link->op > STEMMA_EDITED &&
			      (at_border(c, link, 0, at[0]) ||
				      at_border(c, link, 1, at[1]));
		struct stemma_view next[2];

		for (int side = 0; side < 2; side++) {
			struct stemma_view text = c->docs[side]->text;

			at[side] = pass_border(text, at[side], to[side], border,
				link->op > STEMMA_EDITED);
			next[side].bytes = text.bytes + at[side];
			next[side].size = 0;
			if (at[side] < to[side])
				stemma_code_point(
					text, at[side], &next[side].size);
		}
		if (!stemma_view_equal(next[0], next[1]))
			return broken(checker,
				"no change tells old %zu from new %zu", at[0],
				at[1]);
		if (next[0].size == 0)
			return true;
		at[0] += next[0].size;
		at[1] += next[1].size;
	}
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
