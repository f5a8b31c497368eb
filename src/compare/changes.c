/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/changes.h"
#include "compare/trim.h"

struct writer {
	struct stemma_change_list *list;
	const struct stemma_edits *edits;
	bool exact; /* 1:1: every byte is accounted for */
	bool flip;
	unsigned ignore;
	struct stemma_scales scales; /* where there are edits */
	struct stemma_arena *scratch;
};

static enum stemma_code
append(struct stemma_change_list *list, const struct stemma_change *change)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? list->capacity * 2 : 32;
		struct stemma_change *changes = stemma_arena_alloc(
			list->arena, capacity, sizeof *changes);

		if (!changes)
			return STEMMA_NOMEM;
		if (list->count)
			memcpy(changes, list->changes,
				list->count * sizeof *changes);
		list->changes = changes;
		list->capacity = capacity;
	}
	list->changes[list->count++] = *change;
	return STEMMA_OK;
}

/* Whether the two texts are the same to somebody who ignores that much. */
static enum stemma_code
tell_hidden(bool *hidden, const struct writer *writer,
	const struct stemma_span spans[2])
{
	struct stemma_mark mark = stemma_arena_mark(writer->scratch);
	struct stemma_view folded[2];
	enum stemma_code code = STEMMA_OK;

	*hidden = false;
	if (!writer->ignore)
		return STEMMA_OK;
	for (int side = 0; side < 2 && code == STEMMA_OK; side++)
		code = stemma_fold(&folded[side],
			stemma_view_cut(writer->edits->sides[side].doc->text,
				spans[side]),
			writer->ignore | STEMMA_FOLD_TYPOGRAPHY,
			writer->scratch);
	if (code == STEMMA_OK)
		*hidden = stemma_view_equal(folded[0], folded[1]);
	stemma_arena_rewind(writer->scratch, mark);
	return code;
}

static enum stemma_code
write_change(struct writer *writer, const struct stemma_span spans[2],
	const uint32_t words[2], const struct stemma_edit *edit)
{
	struct stemma_change change = {.reformat = !edit};
	enum stemma_code code = STEMMA_OK;
	bool empty[2];

	for (int side = 0; side < 2; side++) {
		change.at[side ^ writer->flip] = spans[side];
		change.words[side ^ writer->flip] = words[side];
		empty[side ^ writer->flip] =
			spans[side].start == spans[side].end;
	}
	change.op = empty[STEMMA_OLD]   ? STEMMA_INSERT
		    : empty[STEMMA_NEW] ? STEMMA_DELETE
					: STEMMA_REPLACE;
	if (edit)
		code = tell_hidden(&change.hidden, writer, spans);
	if (edit && code == STEMMA_OK)
		code = stemma_scales_weigh(
			&change.weights, &writer->scales, edit);
	return code == STEMMA_OK ? append(writer->list, &change) : code;
}

static const char *
bytes_of(const struct writer *writer, int side)
{
	return writer->edits->sides[side].doc->text.bytes;
}

/* The bytes between the tokens before and after position `at`. */
static struct stemma_span
gap_before(const struct stemma_tokens *side, uint32_t at)
{
	return (struct stemma_span){
		at ? stemma_token_end(side, at - 1) : side->span.start,
		at < side->count ? stemma_token_start(side, at)
				 : side->span.end};
}

static void
texts_of(const struct writer *writer, struct stemma_view texts[2])
{
	for (int side = 0; side < 2; side++)
		texts[side] = writer->edits->sides[side].doc->text;
}

/* Move both starts over equal white space, up to the first word's start. */
static void
skip_equal_start(const struct writer *writer, struct stemma_span spans[2],
	const struct stemma_edit *edit)
{
	size_t most = SIZE_MAX, from[2], same;
	struct stemma_view texts[2];

	for (int side = 0; side < 2; side++) {
		size_t gap = gap_before(&writer->edits->sides[side],
				     edit->from[side])
				     .end -
			     spans[side].start;

		/* Before a border an empty side ends where it starts. */
		if (gap > spans[side].end - spans[side].start)
			gap = spans[side].end - spans[side].start;
		if (gap < most)
			most = gap;
		from[side] = spans[side].start;
	}
	texts_of(writer, texts);
	same = stemma_trim_start(texts, from, most);
	spans[0].start += same;
	spans[1].start += same;
}

static void
skip_equal_end(const struct writer *writer, struct stemma_span spans[2],
	const struct stemma_edit *edit)
{
	size_t from[2], to[2], same;
	struct stemma_view texts[2];

	for (int side = 0; side < 2; side++) {
		from[side] =
			gap_before(&writer->edits->sides[side], edit->to[side])
				.start;
		if (from[side] < spans[side].start)
			from[side] = spans[side].start;
		to[side] = spans[side].end;
	}
	texts_of(writer, texts);
	same = stemma_trim_end(texts, from, to);
	spans[0].end -= same;
	spans[1].end -= same;
}

/* Whether a border between two units stands before token `at[side]`. */
static bool
is_border(const struct writer *writer, const uint32_t at[2])
{
	for (int side = 0; side < 2; side++) {
		const struct stemma_tokens *tokens =
			&writer->edits->sides[side];

		if (at[side] && at[side] < tokens->count &&
			stemma_token_starts_unit(tokens, at[side]))
			return true;
	}
	return false;
}

/* An edit's span on one side: with the white space around it, but for that
   between units, which belongs to no change. */
static struct stemma_span
edit_span(const struct stemma_tokens *tokens, uint32_t from, uint32_t to,
	bool border_before, bool border_after)
{
	struct stemma_span before = gap_before(tokens, from);
	struct stemma_span after = gap_before(tokens, to), span;

	span.start = !border_before ? before.start
		     : from < to    ? stemma_token_start(tokens, from)
				    : after.end;
	span.end = !border_after ? after.end
		   : from < to   ? stemma_token_end(tokens, to - 1)
				 : span.start;
	return span;
}

static enum stemma_code
write_edit(struct writer *writer, const struct stemma_edit *edit)
{
	bool before = is_border(writer, edit->from);
	bool after = is_border(writer, edit->to);
	struct stemma_span spans[2];
	uint32_t words[2] = {0, 0};

	for (int side = 0; side < 2; side++) {
		const struct stemma_tokens *tokens =
			&writer->edits->sides[side];

		spans[side] = edit_span(tokens, edit->from[side],
			edit->to[side], before, after);
		for (uint32_t k = edit->from[side]; k < edit->to[side]; k++)
			words[side] += !stemma_token_is_punctuation(tokens, k);
	}
	if (!before)
		skip_equal_start(writer, spans, edit);
	if (!after)
		skip_equal_end(writer, spans, edit);
	return write_change(writer, spans, words, edit);
}

static bool
is_same(const struct writer *writer, const struct stemma_span spans[2])
{
	size_t size = spans[0].end - spans[0].start;

	return size == spans[1].end - spans[1].start &&
	       memcmp(bytes_of(writer, 0) + spans[0].start,
		       bytes_of(writer, 1) + spans[1].start, size) == 0;
}

/* From the first paired word's start to the last one's end. */
static bool
is_stretch_same(
	const struct writer *writer, const uint32_t from[2], uint32_t count)
{
	struct stemma_span spans[2];

	for (int side = 0; side < 2; side++)
		spans[side] = (struct stemma_span){
			stemma_token_start(
				&writer->edits->sides[side], from[side]),
			stemma_token_end(&writer->edits->sides[side],
				from[side] + count - 1)};
	return is_same(writer, spans);
}

/* Tell typography: paired words whose bytes differ, and gaps that do. */
static enum stemma_code
write_kept(struct writer *writer, const uint32_t from[2], uint32_t count)
{
	static const uint32_t none[2] = {0, 0};
	const struct stemma_tokens *sides = writer->edits->sides;
	enum stemma_code code = STEMMA_OK;

	if (count == 0 || is_stretch_same(writer, from, count))
		return STEMMA_OK;
	for (uint32_t k = 0; k < count && code == STEMMA_OK; k++) {
		struct stemma_span words[2], gaps[2];
		bool between = false;

		for (int side = 0; side < 2; side++) {
			uint32_t at = from[side] + k;

			words[side] = (struct stemma_span){
				stemma_token_start(&sides[side], at),
				stemma_token_end(&sides[side], at)};
			gaps[side] = gap_before(&sides[side], at);
			between |= !writer->exact &&
				   stemma_token_starts_unit(&sides[side], at);
		}
		/* The gap before the first belongs to the edit before it, or
		   to the unit's start. */
		if (k && !between && !is_same(writer, gaps))
			code = write_change(writer, gaps, none, NULL);
		if (code == STEMMA_OK && !is_same(writer, words))
			code = write_change(writer, words, none, NULL);
	}
	return code;
}

/* What stands before the first or after the last words, where it differs. */
static enum stemma_code
write_end(struct writer *writer, uint32_t at, uint32_t other)
{
	static const uint32_t none[2] = {0, 0};
	struct stemma_span gaps[2] = {gap_before(&writer->edits->sides[0], at),
		gap_before(&writer->edits->sides[1], other)};

	if (!writer->exact || is_same(writer, gaps))
		return STEMMA_OK;
	return write_change(writer, gaps, none, NULL);
}

enum stemma_code
stemma_changes_append(struct stemma_change_list *list,
	const struct stemma_edits *edits, struct stemma_lexicon *lexicon,
	bool flip, unsigned ignore, struct stemma_arena *scratch)
{
	const struct stemma_tokens *sides = edits->sides;
	struct writer writer = {.list = list,
		.edits = edits,
		.exact = sides[0].unit_count == 1 && sides[1].unit_count == 1,
		.flip = flip,
		.ignore = ignore,
		.scratch = scratch};
	enum stemma_code code = STEMMA_OK;
	uint32_t from[2] = {0, 0};

	if (edits->count)
		code = stemma_scales_make(
			&writer.scales, edits, lexicon, scratch);
	if (code == STEMMA_OK &&
		(edits->count == 0 || edits->edits[0].from[0] > 0 ||
			edits->edits[0].from[1] > 0))
		code = write_end(&writer, 0, 0);
	for (uint32_t k = 0; k < edits->count && code == STEMMA_OK; k++) {
		const struct stemma_edit *edit = &edits->edits[k];

		code = write_kept(&writer, from, edit->from[0] - from[0]);
		if (code == STEMMA_OK)
			code = write_edit(&writer, edit);
		from[0] = edit->to[0];
		from[1] = edit->to[1];
	}
	if (code == STEMMA_OK)
		code = write_kept(&writer, from, sides[0].count - from[0]);
	if (code == STEMMA_OK && from[0] < sides[0].count)
		code = write_end(&writer, sides[0].count, sides[1].count);
	return code;
}
