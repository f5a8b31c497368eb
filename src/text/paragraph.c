/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "paragraph.h"
#include "tables.h"
#include "utf8.h"

static bool
is_ascii_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct stemma_span
stemma_span_trim(struct stemma_view text, struct stemma_span span)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	size_t size;

	while (span.start < span.end) {
		if (s[span.start] < 0x80) {
			if (!is_ascii_space(s[span.start]))
				break;
			span.start++;
		} else {
			uint32_t c = stemma_utf8_read(text, span.start, &size);

			if (stemma_property_of(c)->kind != STEMMA_KIND_SPACE)
				break;
			span.start += size;
		}
	}
	while (span.start < span.end) {
		size_t before = stemma_utf8_before(text, span.end);
		uint32_t c = stemma_utf8_read(text, before, &size);

		if (c < 0x80 ? !is_ascii_space((unsigned char)c)
			     : stemma_property_of(c)->kind != STEMMA_KIND_SPACE)
			break;
		span.end = before;
	}
	return span;
}

bool
stemma_span_blank(struct stemma_view text, struct stemma_span span)
{
	size_t size;

	for (size_t at = span.start; at < span.end; at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		uint8_t kind = stemma_property_of(c)->kind;

		if (kind != STEMMA_KIND_SPACE && kind != STEMMA_KIND_INVISIBLE)
			return false;
	}
	return true;
}

/* Walks the lines of a text. */
struct lines {
	struct stemma_view text;
	size_t at;   /* where the next line starts */
	bool simple; /* every line ends with LF, perhaps after a CR */
};

/* Whether every CR stands before an LF. */
static bool
no_lone_returns(struct stemma_view text)
{
	size_t at = 0;

	while (at < text.size) {
		const char *found =
			memchr(text.bytes + at, '\r', text.size - at);

		if (!found)
			break;
		at = (size_t)(found - text.bytes) + 1;
		if (at == text.size || text.bytes[at] != '\n')
			return false;
	}
	return true;
}

/* Bytes of the line end at `at`, or 0 if none is there. */
static size_t
line_end(struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;
	size_t left = text.size - at;

	if (s[0] == '\n')
		return 1;
	if (s[0] == '\r')
		return left > 1 && s[1] == '\n' ? 2 : 1;
	if (s[0] == 0xc2 && s[1] == 0x85)
		return 2;
	if (s[0] == 0xe2 && s[1] == 0x80 && (s[2] & 0xfe) == 0xa8)
		return 3;
	return 0;
}

/* Set `line` to the next line without its end; false after the last. */
static bool
next_line(struct lines *lines, struct stemma_span *line)
{
	struct stemma_view text = lines->text;
	size_t at = lines->at, size = 0;

	if (at == text.size)
		return false;
	line->start = at;
	if (lines->simple) {
		const char *found = memchr(text.bytes + at, '\n', text.size - at);

		line->end = found ? (size_t)(found - text.bytes) : text.size;
		lines->at = line->end + (found != NULL);
		return true;
	}
	while (at < text.size && (size = line_end(text, at)) == 0)
		at++;
	line->end = at;
	lines->at = at + size;
	return true;
}

/* The next line that shows something, trimmed; counts lines in `*number`. */
static bool
next_shown(struct lines *lines, struct stemma_span *line, uint32_t *number)
{
	while (next_line(lines, line)) {
		++*number;
		*line = stemma_span_trim(lines->text, *line);
		if (line->start < line->end &&
			((unsigned char)lines->text.bytes[line->start] < 0x80 ||
				!stemma_span_blank(lines->text, *line)))
			return true;
	}
	return false;
}

enum stemma_code
stemma_doc_paragraphs(
	struct stemma_doc *doc, bool odd_breaks, struct stemma_arena *arena)
{
	struct lines lines = {.text = doc->text};
	struct stemma_span line;
	uint32_t number = 0, gaps = 0, previous = 0;
	size_t count = 0;

	lines.simple = !odd_breaks && no_lone_returns(doc->text);
	while (next_shown(&lines, &line, &number)) {
		gaps += count && number > previous + 1;
		previous = number;
		count++;
	}
	if (doc->layout == STEMMA_LAYOUT_AUTO)
		doc->layout = gaps * 2 + 2 > count && gaps
			? STEMMA_LAYOUT_BLANK_LINE
			: STEMMA_LAYOUT_NEWLINE;
	doc->units = stemma_arena_alloc(arena, count, sizeof *doc->units);
	if (!doc->units)
		return STEMMA_NOMEM;
	lines.at = 0;
	number = 0;
	for (size_t k = 0; next_shown(&lines, &line, &number); k++)
		doc->units[k] = (struct stemma_unit){.start = line.start,
			.end = line.end,
			.line = number,
			.paragraph = (uint32_t)k};
	doc->unit_count = count;
	return STEMMA_OK;
}
