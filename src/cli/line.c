/* SPDX-License-Identifier: MIT */
#include "line.h"

#include <string.h>

/* As deep as anybody nests what is passed over. */
#define DEEPEST 64

bool
stemma_line_wrong(struct stemma_line *line, const char *what)
{
	stemma_error_set(line->error, STEMMA_INVALID,
		"no JSON, at byte %zu: %s",
		(size_t)(line->at - line->start) + 1, what);
	return false;
}

void
stemma_line_skip_space(struct stemma_line *line)
{
	while (line->at < line->end &&
		(*line->at == ' ' || *line->at == '\t' || *line->at == '\n' ||
			*line->at == '\r'))
		line->at++;
}

/* Pass over `c`, which may have space before it; false if it is not next. */
bool
stemma_line_take(struct stemma_line *line, char c)
{
	stemma_line_skip_space(line);
	if (line->at == line->end || *line->at != c)
		return false;
	line->at++;
	return true;
}

/* ---- strings ------------------------------------------------------------ */

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The end of the stretch from `at` on that stands for itself and is ASCII:
   no quote, backslash or control. Eight bytes at a time. */
static char *
plain_end(char *at, const char *end)
{
	while (end - at >= 8) {
		uint64_t word, quote, slash, odd;

		memcpy(&word, at, 8);
		quote = word ^ EVERY('"');
		slash = word ^ EVERY('\\');
		odd = (word - EVERY(0x20)) | (quote - EVERY(1)) |
		      (slash - EVERY(1)) | word;
		if (odd & EVERY(0x80))
			break;
		at += 8;
	}
	while (at < end && (unsigned char)*at >= 0x20 &&
		(unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
		at++;
	return at;
}

/* Bytes of the UTF-8 sequence at `at`, or 0 if there is none. */
static size_t
sequence_size(const char *bytes, const char *end)
{
	const unsigned char *at = (const unsigned char *)bytes;
	unsigned char lead = at[0], least = 0x80, most = 0xbf;
	size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

	if (lead < 0xc2 || lead > 0xf4 || (size_t)(end - bytes) < size)
		return 0;
	if (lead == 0xe0)
		least = 0xa0;
	else if (lead == 0xed)
		most = 0x9f;
	else if (lead == 0xf0)
		least = 0x90;
	else if (lead == 0xf4)
		most = 0x8f;
	if (at[1] < least || at[1] > most)
		return 0;
	for (size_t k = 2; k < size; k++)
		if ((at[k] & 0xc0) != 0x80)
			return 0;
	return size;
}

/* Four hexadecimal digits as a number; -1 if they are none. */
static long
read_hex(const char *at, const char *end)
{
	long value = 0;

	if (end - at < 4)
		return -1;
	for (int k = 0; k < 4; k++) {
		char c = at[k];

		value *= 16;
		if (c >= '0' && c <= '9')
			value += c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			value += (c | 0x20) - 'a' + 10;
		else
			return -1;
	}
	return value;
}

static char *
write_utf8(char *to, unsigned long c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xe0 | c >> 12);
		} else {
			*to++ = (char)(0xf0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*to++ = (char)(0x80 | (c & 0x3f));
	return to;
}

/* What \uXXXX stands for, the digits being next; the second half of a pair is
   taken too. */
static bool
read_code_point(struct stemma_line *line, unsigned long *code)
{
	long first = read_hex(line->at, line->end), second = -1;

	if (first < 0)
		return stemma_line_wrong(
			line, "four hexadecimal digits must follow \\u");
	line->at += 4;
	if (first >= 0xd800 && first < 0xdc00 && line->end - line->at > 1 &&
		line->at[0] == '\\' && line->at[1] == 'u')
		second = read_hex(line->at + 2, line->end);
	*code = (unsigned long)first;
	if (second >= 0xdc00 && second < 0xe000) {
		line->at += 6;
		*code = 0x10000 + ((unsigned long)(first - 0xd800) << 10) +
			(unsigned long)(second - 0xdc00);
	} else if (first >= 0xd800 && first < 0xe000) {
		*code = 0xfffd;
	}
	return true;
}

/* What stands behind a backslash, to `*to`. */
static bool
read_escape(struct stemma_line *line, char **to)
{
	static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	unsigned long code;
	const char *known;
	char c;

	if (line->at == line->end)
		return stemma_line_wrong(line, "the string does not end");
	c = *line->at;
	if (c == 'u') {
		line->at++;
		if (!read_code_point(line, &code))
			return false;
		*to = write_utf8(*to, code);
		return true;
	}
	known = c ? strchr(from, c) : NULL;
	if (!known)
		return stemma_line_wrong(line, "no such escape");
	line->at++;
	*(*to)++ = means[known - from];
	return true;
}

/* The string whose opening quote was passed, made what it means. */
bool
stemma_line_string(struct stemma_line *line, struct stemma_view *string)
{
	char *from = line->at, *to = line->at;

	for (;;) {
		char *start = line->at;
		size_t size;

		line->at = plain_end(line->at, line->end);
		while (line->at < line->end &&
			(unsigned char)*line->at >= 0x80) {
			size = sequence_size(line->at, line->end);
			if (!size)
				return stemma_line_wrong(
					line, "it is not UTF-8");
			line->at += size;
		}
		size = (size_t)(line->at - start);
		if (to != start)
			memmove(to, start, size);
		to += size;
		if (line->at == line->end)
			return stemma_line_wrong(
				line, "the string does not end");
		if ((unsigned char)*line->at >= 0x20 && *line->at != '"' &&
			*line->at != '\\')
			continue;
		if (*line->at == '"')
			break;
		if (*line->at != '\\')
			return stemma_line_wrong(
				line, "a control character in a string");
		line->at++;
		if (!read_escape(line, &to))
			return false;
	}
	line->at++;
	*string = (struct stemma_view){from, (size_t)(to - from)};
	return true;
}

/* ---- other values ------------------------------------------------------- */

static bool
skip_digits(struct stemma_line *line)
{
	char *from = line->at;

	while (line->at < line->end && *line->at >= '0' && *line->at <= '9')
		line->at++;
	return line->at > from || stemma_line_wrong(line, "a digit is missing");
}

bool
stemma_line_number(struct stemma_line *line, struct stemma_view *number)
{
	char *from = line->at;

	if (*line->at == '-')
		line->at++;
	if (line->at < line->end && *line->at == '0')
		line->at++;
	else if (!skip_digits(line))
		return false;
	if (line->at < line->end && *line->at == '.') {
		line->at++;
		if (!skip_digits(line))
			return false;
	}
	if (line->at < line->end && (*line->at | 0x20) == 'e') {
		line->at++;
		if (line->at < line->end &&
			(*line->at == '+' || *line->at == '-'))
			line->at++;
		if (!skip_digits(line))
			return false;
	}
	*number = (struct stemma_view){from, (size_t)(line->at - from)};
	return true;
}

bool
stemma_line_is_number(const struct stemma_line *line)
{
	return line->at < line->end &&
	       (*line->at == '-' || (*line->at >= '0' && *line->at <= '9'));
}

/* "true", "false" or "null", if it is next. */
bool
stemma_line_take_word(struct stemma_line *line, const char *word)
{
	size_t size = strlen(word);

	if ((size_t)(line->end - line->at) < size ||
		memcmp(line->at, word, size) != 0)
		return false;
	line->at += size;
	return true;
}

static bool skip_value(struct stemma_line *line, unsigned depth);

/* The elements of a container up to `close`, its opening passed. */
static bool
skip_elements(struct stemma_line *line, char close, unsigned depth)
{
	struct stemma_view name;

	if (depth == DEEPEST)
		return stemma_line_wrong(line, "it is nested too deep");
	if (stemma_line_take(line, close))
		return true;
	do {
		if (close == '}' && (!stemma_line_take(line, '"') ||
					    !stemma_line_string(line, &name)))
			return stemma_line_wrong(line, "a name is missing");
		if (close == '}' && !stemma_line_take(line, ':'))
			return stemma_line_wrong(line, "a colon is missing");
		if (!skip_value(line, depth + 1))
			return false;
	} while (stemma_line_take(line, ','));
	return stemma_line_take(line, close) ||
	       stemma_line_wrong(line, "a comma or a bracket is missing");
}

static bool
skip_value(struct stemma_line *line, unsigned depth)
{
	struct stemma_view value;

	if (stemma_line_take(line, '"'))
		return stemma_line_string(line, &value);
	if (stemma_line_take(line, '{'))
		return skip_elements(line, '}', depth);
	if (stemma_line_take(line, '['))
		return skip_elements(line, ']', depth);
	if (stemma_line_is_number(line))
		return stemma_line_number(line, &value);
	return stemma_line_take_word(line, "true") ||
	       stemma_line_take_word(line, "false") ||
	       stemma_line_take_word(line, "null") ||
	       stemma_line_wrong(line, "a value is missing");
}

bool
stemma_line_skip_value(struct stemma_line *line)
{
	return skip_value(line, 0);
}
