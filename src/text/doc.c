/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include <stemma/text.h>

#include "decode.h"
#include "paragraph.h"

const char *
stemma_layout_name(enum stemma_layout layout)
{
	switch (layout) {
	case STEMMA_LAYOUT_AUTO:
		return "auto";
	case STEMMA_LAYOUT_BLANK_LINE:
		return "blank-line";
	case STEMMA_LAYOUT_NEWLINE:
		return "newline";
	case STEMMA_LAYOUT_WRAPPED:
		return "wrapped";
	case STEMMA_LAYOUT_MIXED:
		return "mixed";
	}
	return "unknown";
}

const char *
stemma_unit_type_name(enum stemma_unit_type type)
{
	return type == STEMMA_UNIT_SENTENCE ? "sentence" : "paragraph";
}

/* Cut the paragraphs in `doc` into sentences: count, then fill. */
static enum stemma_code
cut_sentences(struct stemma_doc *doc, struct stemma_arena *arena)
{
	struct stemma_unit *units = NULL;
	size_t total = 0;

	for (int pass = 0; pass < 2; pass++) {
		size_t at = 0;

		for (size_t k = 0; k < doc->unit_count; k++) {
			struct stemma_mark mark = stemma_arena_mark(arena);
			const struct stemma_unit *unit = &doc->units[k];
			struct stemma_span span = {unit->start, unit->end};
			struct stemma_span *sentences;
			size_t count;
			enum stemma_code code = stemma_sentences_split(
				&sentences, &count, doc, span, arena);

			if (code != STEMMA_OK)
				return code;
			for (size_t m = 0; pass && m < count; m++) {
				units[at + m] = *unit;
				units[at + m].start = sentences[m].start;
				units[at + m].end = sentences[m].end;
				units[at + m].key = stemma_hash(stemma_view_cut(
					doc->text, sentences[m]));
			}
			at += count;
			stemma_arena_rewind(arena, mark);
		}
		total = at;
		if (!pass)
			units = stemma_arena_alloc(arena, at, sizeof *units);
		if (!units)
			return STEMMA_NOMEM;
	}
	doc->units = units;
	doc->unit_count = total;
	return STEMMA_OK;
}

enum stemma_code
stemma_doc_split(struct stemma_doc *doc, struct stemma_view raw,
	const struct stemma_text_options *options, struct stemma_arena *arena,
	struct stemma_error *error)
{
	static const struct stemma_text_options defaults;
	struct stemma_mark mark = stemma_arena_mark(arena);
	enum stemma_code code;
	struct stemma_breaks breaks;

	if (!options)
		options = &defaults;
	if (!raw.bytes)
		raw = (struct stemma_view){"", 0};
	*doc = (struct stemma_doc){
		.layout = options->layout, .unit = options->unit};
	code = stemma_doc_decode(
		doc, raw, options->encoding, &breaks, arena, error);
	if (code == STEMMA_OK)
		code = stemma_doc_paragraphs(doc, breaks, arena);
	if (code == STEMMA_OK && doc->unit == STEMMA_UNIT_SENTENCE)
		code = cut_sentences(doc, arena);
	if (code != STEMMA_OK) {
		*doc = (struct stemma_doc){0};
		stemma_arena_rewind(arena, mark);
		return stemma_error_set(error, code, "out of memory");
	}
	return STEMMA_OK;
}

/* The last segment that starts at or before `text`. */
static const struct stemma_offset_segment *
find_segment(const struct stemma_doc *doc, size_t text)
{
	size_t low = 0, high = doc->segment_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (doc->segments[middle].text <= text)
			low = middle;
		else
			high = middle;
	}
	return &doc->segments[low];
}

size_t
stemma_doc_offset(const struct stemma_doc *doc, size_t text)
{
	const struct stemma_offset_segment *segment;

	assert(text <= doc->text.size);
	if (!doc->segments)
		return (size_t)(doc->text.bytes - doc->raw.bytes) + text;
	segment = find_segment(doc, text);
	return segment->raw +
	       (text - segment->text) / segment->text_step * segment->raw_step;
}

struct stemma_view
stemma_doc_unit(const struct stemma_doc *doc, size_t index)
{
	const struct stemma_unit *unit = &doc->units[index];

	return stemma_view_cut(
		doc->text, (struct stemma_span){unit->start, unit->end});
}
