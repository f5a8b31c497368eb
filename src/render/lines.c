/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <string.h>

#include "space.h"

struct stemma_textlines
stemma_textlines_start(const struct stemma_doc *doc)
{
	return (struct stemma_textlines){
		.doc = doc, .raw = doc->layout == STEMMA_LAYOUT_NEWLINE};
}

static bool
next_raw(struct stemma_textlines *lines, struct stemma_line *line)
{
	struct stemma_view text = lines->doc->text;
	struct stemma_span span = {lines->at, text.size};
	const char *end;

	if (lines->at == text.size)
		return false;
	end = memchr(text.bytes + lines->at, '\n', text.size - lines->at);
	if (end)
		span.end = (size_t)(end - text.bytes);
	*line = (struct stemma_line){
		.text = stemma_view_cut(text, span), .ended = end != NULL};
	lines->at = span.end + line->ended;
	return true;
}

static bool
next_paragraph(struct stemma_textlines *lines, struct stemma_line *line)
{
	const struct stemma_doc *doc = lines->doc;
	const struct stemma_unit *units = doc->units;
	size_t first = lines->at, end = first;

	if (first == doc->unit_count)
		return false;
	while (end < doc->unit_count &&
		units[end].paragraph == units[first].paragraph)
		end++;
	*line = (struct stemma_line){.joined = true, .ended = true};
	line->text = stemma_view_cut(doc->text,
		(struct stemma_span){units[first].start, units[end - 1].end});
	if (end == doc->unit_count)
		line->ended = doc->text.bytes[doc->text.size - 1] == '\n';
	lines->at = end;
	return true;
}

bool
stemma_textlines_next(struct stemma_textlines *lines, struct stemma_line *line)
{
	bool more = lines->raw ? next_raw(lines, line)
			       : next_paragraph(lines, line);

	lines->line += more;
	return more;
}

bool
stemma_textlines_past(const struct stemma_textlines *lines, uint32_t unit)
{
	return lines->at > (lines->raw ? lines->doc->units[unit].start : unit);
}

bool
stemma_textlines_at(const struct stemma_textlines *lines, uint32_t unit)
{
	const struct stemma_doc *doc = lines->doc;
	size_t start;

	if (stemma_textlines_past(lines, unit))
		return false;
	if (!lines->raw)
		return doc->units[unit].paragraph ==
		       doc->units[lines->at].paragraph;
	start = doc->units[unit].start;
	return start == lines->at ||
	       !memchr(doc->text.bytes + lines->at, '\n', start - lines->at);
}

/* The next piece of a line: text, or a single space for white space with a
   line break in it. Moves `*at` over it. */
static struct stemma_view
next_piece(const struct stemma_line *line, size_t *at)
{
	struct stemma_view text = line->text;
	size_t start = *at, k = start;

	if (!line->joined) {
		*at = text.size;
		return text;
	}
	while (k < text.size) {
		size_t end = stemma_space_end(text, k);
		bool broken = false;

		for (size_t i = k; i < end && !broken;
			i += stemma_space_at(text, i))
			broken = stemma_break_at(text, i);
		if (broken && k == start) {
			*at = end;
			return (struct stemma_view){" ", 1};
		}
		if (broken)
			break;
		k = stemma_word_end(text, end);
	}
	*at = k;
	return stemma_view_cut(text, (struct stemma_span){start, k});
}

/* Whether the pieces of both agree; they may be cut at different places. */
bool
stemma_line_equal(const struct stemma_line *a, const struct stemma_line *b)
{
	struct stemma_view x = {NULL, 0}, y = {NULL, 0};
	size_t at[2] = {0, 0};

	if (a->ended != b->ended)
		return false;
	if (stemma_view_equal(a->text, b->text) && a->joined == b->joined)
		return true;
	for (;;) {
		size_t size;

		if (x.size == 0 && at[0] < a->text.size)
			x = next_piece(a, &at[0]);
		if (y.size == 0 && at[1] < b->text.size)
			y = next_piece(b, &at[1]);
		size = x.size < y.size ? x.size : y.size;
		if (size == 0)
			return x.size == y.size;
		if (memcmp(x.bytes, y.bytes, size) != 0)
			return false;
		x.bytes += size;
		x.size -= size;
		y.bytes += size;
		y.size -= size;
	}
}

void
stemma_line_write(struct stemma_out *out, const struct stemma_line *line)
{
	size_t at = 0;

	while (at < line->text.size && out->code == STEMMA_OK)
		stemma_out_view(out, next_piece(line, &at));
}
