/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/eight.h"
#include "tables.h"
#include "utf8.h"
#include "wrap.h"

/* Enough to see that a line is longer than any column asked about. */
#define COLUMNS_MAX 128u

/* A tab goes to the next multiple of this. */
#define TAB 8

static unsigned
columns_of(uint32_t c, unsigned at)
{
	if (c == '\t')
		return TAB - at % TAB;
	return c < 0x80 ? 1 : stemma_property_of(c)->width;
}

/* Whether a line may break before or after `c` without a space. */
static bool
breaks_anywhere(uint32_t c)
{
	return c >= 0x80 && stemma_property_of(c)->kind == STEMMA_KIND_GRAPHEME;
}

/* A word that ends at column `columns`, having started at `from`. */
static void
end_word(struct stemma_shape *shape, unsigned from, unsigned columns,
	uint32_t hash)
{
	if (columns == from)
		return;
	if (!shape->first) {
		shape->first = (uint8_t)(columns - from);
		shape->head = hash;
	}
	shape->last = (uint8_t)(columns - from);
	shape->tail = hash;
}

/* Whether all bytes are ASCII and a column each. */
static bool
is_plain(const char *s, size_t size)
{
	uint64_t odd = 0;

	for (; size >= 8; s += 8, size -= 8) {
		uint64_t word = stemma_eight(s);

		/* High bits, of bytes below a space and beyond ASCII. */
		odd |= word |
		       ~((word & STEMMA_EACH(0x7fu)) + STEMMA_EACH(0x60u));
	}
	for (; size; s++, size--)
		odd |= *s < ' ' ? 0x80 : 0;
	return !(odd & STEMMA_EACH(0x80u));
}

static uint32_t
hash_word(const char *s, size_t size)
{
	uint32_t hash = 0;

	while (size--)
		hash = hash * 33 + (unsigned char)*s++;
	return hash;
}

/* measure() of a body that is plain and not longer than COLUMNS_MAX. */
static void
measure_plain(struct stemma_shape *shape, const char *s, size_t size)
{
	const char *space = memchr(s, ' ', size);
	size_t first = space ? (size_t)(space - s) : size, last = first;

	if (space) {
		space = memrchr(s, ' ', size);
		last = (size_t)(s + size - space) - 1;
	}
	shape->columns = (uint8_t)size;
	shape->first = (uint8_t)first;
	shape->head = hash_word(s, first);
	shape->last = (uint8_t)last;
	shape->tail = hash_word(s + size - last, last);
}

/* Columns, and the first and last word of what starts at `body`. */
static void
measure(struct stemma_shape *shape, struct stemma_view text,
	const struct stemma_line *line, size_t body, enum stemma_measure by)
{
	unsigned columns = 0, word = 0;
	uint32_t hash = 0;
	size_t size = line->end - line->margin;

	if (line->margin == body && size < COLUMNS_MAX &&
		is_plain(text.bytes + body, size)) {
		measure_plain(shape, text.bytes + body, size);
		return;
	}
	for (size_t at = line->margin; at < line->end && columns < COLUMNS_MAX;
		at += size) {
		uint32_t c = stemma_utf8_read(text, at, &size);
		bool space = c == ' ' || c == '\t' || at < body;

		if (at == line->start)
			shape->indent = (uint8_t)columns;
		if (space || breaks_anywhere(c)) {
			end_word(shape, word, columns, hash);
			hash = 0;
			word = columns;
		}
		if (!space)
			hash = hash * 33 + c;
		shape->uneven |= c >= 0x80;
		columns += by == STEMMA_BY_BYTE && c >= 0x80
				   ? (unsigned)size
				   : columns_of(c, columns);
		if (space)
			word = columns;
	}
	if (columns > COLUMNS_MAX)
		columns = COLUMNS_MAX;
	end_word(shape, word, columns, hash);
	shape->columns = (uint8_t)columns;
}

/* Where the line starts behind the ">" of quoted mail, which are counted. */
static size_t
skip_quotes(struct stemma_shape *shape, struct stemma_view text,
	const struct stemma_line *line)
{
	size_t at = line->start;

	for (; at < line->end && shape->quotes < COLUMNS_MAX; at++) {
		if (text.bytes[at] == '>')
			shape->quotes++;
		else if (text.bytes[at] != ' ')
			break;
	}
	return at;
}

static bool
is_bullet(uint32_t c)
{
	return c == '-' || c == '*' || c == '+' || c == 0xb7 || c == 0x2013 ||
	       c == 0x2014 || c == 0x2022 || c == 0x2023 || c == 0x2043 ||
	       c == 0x25aa || c == 0x25cf || c == 0x25e6;
}

/* Whether the line starts with "- ", "1. ", "2) ", "(3) ", "a) " or such. */
static bool
is_list(struct stemma_view text, const struct stemma_line *line)
{
	const char *s = text.bytes + line->start;
	size_t left = line->end - line->start, at, digits, size;
	uint32_t c = stemma_utf8_read(text, line->start, &size);

	if (left > size && s[size] == ' ' && is_bullet(c))
		return true;
	digits = at = s[0] == '(';
	while (at < left && at - digits < 3 && s[at] >= '0' && s[at] <= '9')
		at++;
	if (at == digits && at + 1 < left && s[at + 1] == ')')
		at++; /* a letter */
	else if (at == digits)
		return false;
	return at + 1 < left && s[at + 1] == ' ' &&
	       (s[at] == ')' || (s[at] == '.' && s[0] != '('));
}

/* Whether the line starts with "Subject:" or such. */
static bool
is_header(struct stemma_view text, const struct stemma_line *line)
{
	const char *s = text.bytes + line->start;
	size_t left = line->end - line->start, at = 0;

	while (at < left && at < 20 &&
		((s[at] >= 'A' && s[at] <= 'Z') ||
			(s[at] >= 'a' && s[at] <= 'z') || s[at] == '-'))
		at++;
	return at && at < left && s[at] == ':';
}

static uint8_t
class_at(struct stemma_view text, size_t at, size_t *size)
{
	return stemma_property_of(stemma_utf8_read(text, at, size))->sentence;
}

/* Whether the line ends with a stop, perhaps inside quotation marks. */
static bool
is_terminal(struct stemma_view text, const struct stemma_line *line)
{
	size_t at = line->end, size;

	for (int k = 0; k < 4 && at > line->start; k++) {
		uint8_t class;

		at = stemma_utf8_before(text, at);
		class = class_at(text, at, &size);
		if (class == STEMMA_SB_ATERM || class == STEMMA_SB_STERM ||
			text.bytes[at] == ':')
			return true;
		if (class != STEMMA_SB_CLOSE)
			return false;
	}
	return false;
}

/* The class of the line's first letter, if it starts with one. */
static uint8_t
first_class(struct stemma_view text, const struct stemma_line *line)
{
	size_t size, at = line->start;
	uint8_t class = class_at(text, at, &size);

	if (class == STEMMA_SB_CLOSE && at + size < line->end)
		class = class_at(text, at + size, &size);
	return class;
}

/*
 * Columns that a line break may spare in a script without spaces: a mark that
 * must not start a line, or a word of which we do not know the end.
 */
static uint8_t
slack_of(struct stemma_view text, const struct stemma_line *line)
{
	size_t size;
	uint32_t c = stemma_utf8_read(text, line->start, &size);

	if (!breaks_anywhere(c))
		return 0;
	return columns_of(c, 0) == 2 ? 3 : 8;
}

struct stemma_shape
stemma_shape_of(struct stemma_view text, const struct stemma_line *line,
	enum stemma_measure by)
{
	struct stemma_shape shape = {.after_blank = line->after_blank};
	struct stemma_line body = *line;
	uint8_t class;

	if (text.bytes[line->start] == '>')
		body.start = skip_quotes(&shape, text, line);
	measure(&shape, text, line, body.start, by);
	/* Nothing more is asked of lines that nobody wrapped. */
	if (shape.columns == COLUMNS_MAX || body.start == body.end)
		return shape;
	class = first_class(text, &body);
	shape.lower = class == STEMMA_SB_LOWER;
	shape.caseless = class == STEMMA_SB_OLETTER;
	shape.first = (uint8_t)(shape.first + slack_of(text, &body));
	shape.terminal = is_terminal(text, &body);
	shape.list = is_list(text, &body);
	shape.header = is_header(text, &body);
	return shape;
}
