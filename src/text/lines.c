/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lines.h"
#include "tables.h"
#include "utf8.h"

static bool
is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return stemma_property_of(c)->kind == STEMMA_KIND_SPACE;
}

/* Whether nothing is to be cut off, which is so nearly always. */
static bool
is_trimmed(struct stemma_view text, struct stemma_span span)
{
	const unsigned char *s = (const unsigned char *)text.bytes;

	return span.start < span.end && s[span.start] > ' ' &&
	       s[span.start] < 0x80 && s[span.end - 1] > ' ' &&
	       s[span.end - 1] < 0x80;
}

struct stemma_span
stemma_span_trim(struct stemma_view text, struct stemma_span span)
{
	size_t size;

	if (is_trimmed(text, span))
		return span;
	while (span.start < span.end &&
		is_space(stemma_utf8_read(text, span.start, &size)))
		span.start += size;
	while (span.start < span.end) {
		size_t before = stemma_utf8_before(text, span.end);

		if (!is_space(stemma_utf8_read(text, before, &size)))
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

/* Whether every CR stands before an LF. */
static bool
returns_are_plain(struct stemma_view text)
{
	for (size_t at = 0; at < text.size;) {
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

struct stemma_lines
stemma_lines_of(struct stemma_view text, struct stemma_breaks breaks)
{
	return (struct stemma_lines){
		.text = text,
		.simple = !breaks.odd &&
			  (!breaks.returns || returns_are_plain(text)),
	};
}

/* Bytes of the line end at `at`, or 0 if none is there. */
static size_t
line_end(struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;

	switch (s[0]) {
	case '\n':
		return 1;
	case '\r':
		return at + 1 < text.size && s[1] == '\n' ? 2 : 1;
	case 0xc2:
		return s[1] == 0x85 ? 2 : 0;
	case 0xe2:
		return s[1] == 0x80 && (s[2] & 0xfe) == 0xa8 ? 3 : 0;
	default:
		return 0;
	}
}

/* The next line of any sort, untrimmed; there is one. */
static struct stemma_span
take_line(struct stemma_lines *lines)
{
	struct stemma_view text = lines->text;
	size_t start = lines->at, at = start, size = 0;

	lines->number++;
	if (lines->simple) {
		const char *found =
			memchr(text.bytes + at, '\n', text.size - at);

		at = found ? (size_t)(found - text.bytes) : text.size;
		size = found != NULL;
	} else
		while (at < text.size && (size = line_end(text, at)) == 0)
			at++;
	lines->at = at + size;
	return (struct stemma_span){start, at};
}

bool
stemma_lines_next(struct stemma_lines *lines, struct stemma_line *line)
{
	line->after_blank = false;
	while (lines->at < lines->text.size) {
		struct stemma_span all = take_line(lines);
		struct stemma_span shown = stemma_span_trim(lines->text, all);

		if (shown.start < shown.end &&
			((unsigned char)lines->text.bytes[shown.start] < 0x80 ||
				!stemma_span_blank(lines->text, shown))) {
			line->start = shown.start;
			line->end = shown.end;
			line->margin = all.start;
			line->number = lines->number;
			return true;
		}
		line->after_blank = true;
	}
	return false;
}
