/*
 * passages.h - what holds of all text that is said to stand twice.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_PASSAGES_H
#define STEMMA_TESTS_PASSAGES_H

#include <string.h>

#include <stemma/reuse.h>

/* The words of two stretches of text, as long as they are the same. */
static inline bool
same_words(const struct stemma_doc *a, struct stemma_span x,
	const struct stemma_doc *b, struct stemma_span y,
	struct stemma_arena *arena)
{
	struct stemma_intern *ids = stemma_intern_new(arena);
	const struct stemma_doc *docs[2] = {a, b};
	const struct stemma_span spans[2] = {x, y};
	struct stemma_words words[2];
	size_t at[2] = {0, 0};

	for (int side = 0; side < 2; side++)
		if (!ids || stemma_words_split(&words[side], docs[side],
				    spans[side], ids, arena) != STEMMA_OK)
			return false;
	for (;; at[0]++, at[1]++) {
		struct stemma_view folded[2];

		for (int side = 0; side < 2; side++) {
			const struct stemma_words *w = &words[side];

			while (at[side] < w->count &&
				(w->words[at[side]].type ==
						STEMMA_WORD_PUNCTUATION ||
					w->words[at[side]].type ==
						STEMMA_WORD_EMOJI))
				at[side]++;
			if (at[side] < w->count &&
				stemma_fold(&folded[side],
					stemma_intern_string(
						ids, w->words[at[side]].id),
					STEMMA_FOLD_CASE, arena) != STEMMA_OK)
				return false;
		}
		if (at[0] >= words[0].count || at[1] >= words[1].count)
			return at[0] >= words[0].count &&
			       at[1] >= words[1].count;
		if (!stemma_view_equal(folded[0], folded[1]))
			return false;
	}
}

static inline bool
is_place(const struct stemma_passage_place *place,
	const struct stemma_doc *const docs[], size_t count)
{
	const struct stemma_unit *unit;

	if (place->doc >= count || place->unit >= docs[place->doc]->unit_count)
		return false;
	unit = &docs[place->doc]->units[place->unit];
	return place->span.start >= unit->start &&
	       place->span.end <= unit->end &&
	       place->span.start < place->span.end;
}

/* Edits in order and inside, and the same words between them. NULL, or what
   does not hold. */
static inline const char *
check_edits(const struct stemma_reuse *reuse, const struct stemma_passage *p,
	const struct stemma_doc *const docs[], struct stemma_arena *arena)
{
	const struct stemma_doc *a = docs[p->source.doc];
	const struct stemma_doc *b = docs[p->target.doc];
	struct stemma_span x = p->source.span, y = p->target.span;

	for (uint32_t k = 0; k < p->edit_count; k++) {
		const struct stemma_passage_edit *e =
			&reuse->edits[p->first_edit + k];

		if (e->source.start < x.start || e->target.start < y.start ||
			e->source.end > p->source.span.end ||
			e->target.end > p->target.span.end ||
			e->source.start > e->source.end ||
			e->target.start > e->target.end)
			return "an edit is out of place";
		if (e->source.start == e->source.end &&
			e->target.start == e->target.end)
			return "an edit is empty on both sides";
		x.end = e->source.start;
		y.end = e->target.start;
		if (!same_words(a, x, b, y, arena))
			return "words differ that no edit tells of";
		x.start = e->source.end;
		y.start = e->target.end;
	}
	x.end = p->source.span.end;
	y.end = p->target.span.end;
	if (!same_words(a, x, b, y, arena))
		return "words differ behind the last edit";
	return NULL;
}

static inline bool
overlaps(struct stemma_span a, struct stemma_span b)
{
	return a.start < b.end && b.start < a.end;
}

/* Whether a passage overlaps one of the same two units before it. */
static inline bool
is_told_twice(const struct stemma_reuse *reuse, size_t at)
{
	const struct stemma_passage *p = &reuse->passages[at];

	while (at-- > 0) {
		const struct stemma_passage *q = &reuse->passages[at];

		if (q->target.unit != p->target.unit)
			return false;
		if (q->source.unit == p->source.unit &&
			(overlaps(p->source.span, q->source.span) ||
				overlaps(p->target.span, q->target.span)))
			return true;
	}
	return false;
}

/* NULL, or what does not hold of a passage. */
static inline const char *
check_passage(const struct stemma_reuse *reuse, size_t at,
	const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena)
{
	const struct stemma_passage *p = &reuse->passages[at];
	const struct stemma_passage *before = at ? p - 1 : NULL;

	if (!is_place(&p->source, docs, count) ||
		!is_place(&p->target, docs, count))
		return "a place is no place";
	if (count == 2 ? p->source.doc != 0 || p->target.doc != 1
		       : p->source.span.end > p->target.span.start)
		return "the source is not before the target";
	if ((p->kind == STEMMA_PASSAGE_VERBATIM) != (p->edit_count == 0))
		return "a verbatim passage has edits, or another has none";
	if (!(p->similarity > 0.5f && p->similarity <= 1.0f) ||
		(p->similarity < 1.0f) != (p->edit_count > 0))
		return "the similarity makes no sense";
	if (p->first_edit + (size_t)p->edit_count > reuse->edit_count)
		return "edits are missing";
	if (before && (before->target.unit > p->target.unit ||
			      p->first_edit !=
				      before->first_edit + before->edit_count))
		return "passages are not in order";
	if (is_told_twice(reuse, at))
		return "passages of the same units overlap";
	return check_edits(reuse, p, docs, arena);
}

/* NULL, or what does not hold of the passages. */
static inline const char *
check_reuse(const struct stemma_reuse *reuse,
	const struct stemma_doc *const docs[], size_t count,
	struct stemma_arena *arena)
{
	struct stemma_mark mark = stemma_arena_mark(arena);
	const char *message = NULL;

	for (size_t k = 0; k < reuse->passage_count && !message; k++) {
		message = check_passage(reuse, k, docs, count, arena);
		stemma_arena_rewind(arena, mark);
	}
	return message;
}

static inline bool
same_place(const struct stemma_passage_place *a,
	const struct stemma_passage_place *b)
{
	return a->unit == b->unit && a->span.start == b->span.start &&
	       a->span.end == b->span.end;
}

/* Whether the passages of two documents are those of the two swapped. */
static inline bool
is_mirrored(const struct stemma_reuse *a, const struct stemma_reuse *b)
{
	size_t found = 0;

	if (a->passage_count != b->passage_count ||
		a->edit_count != b->edit_count)
		return false;
	for (size_t k = 0; k < a->passage_count; k++) {
		const struct stemma_passage *p = &a->passages[k];

		for (size_t n = 0; n < b->passage_count; n++) {
			const struct stemma_passage *q = &b->passages[n];

			if (same_place(&p->source, &q->target) &&
				same_place(&p->target, &q->source) &&
				p->edit_count == q->edit_count &&
				p->words == q->words) {
				found++;
				break;
			}
		}
	}
	return found == a->passage_count;
}

#endif
