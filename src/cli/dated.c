/* SPDX-License-Identifier: MIT */
#include "dated.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define STORY "{story}"
#define DATE "{date}"

/* `count` digits at `at`, or -1. */
static int
digits(const char *at, int count)
{
	int sum = 0;

	for (int k = 0; k < count; k++) {
		if (at[k] < '0' || at[k] > '9')
			return -1;
		sum = sum * 10 + (at[k] - '0');
	}
	return sum;
}

/* Pass over one of `marks`, if it stands at `at`. */
static const char *
skip(const char *at, const char *marks)
{
	return *at && strchr(marks, *at) ? at + 1 : at;
}

/* Two digits with perhaps one of `marks` before them; -1 and nothing is passed
   if they are not there. */
static int
two(const char **at, const char *marks)
{
	const char *from = skip(*at, marks);
	int number = digits(from, 2);

	if (number >= 0)
		*at = from + 2;
	return number;
}

/* A time of day behind a date: its bytes end at the result. */
static const char *
read_clock(const char *at, int clock[3])
{
	const char *start = skip(at, "T_ -"), *end = start;

	clock[0] = clock[1] = clock[2] = 0;
	if (start == at && !isdigit((unsigned char)*at))
		return at;
	clock[0] = two(&end, "");
	clock[1] = clock[0] < 0 ? -1 : two(&end, ":.-h");
	if (clock[1] < 0 || clock[0] > 23 || clock[1] > 59) {
		clock[0] = clock[1] = 0;
		return at;
	}
	clock[2] = two(&end, ":.-m");
	if (clock[2] < 0 || clock[2] > 59)
		clock[2] = 0;
	if (isdigit((unsigned char)*end)) {
		clock[0] = clock[1] = clock[2] = 0;
		return at;
	}
	return skip(end, "Z");
}

/* A date at `at`, 2025-03-08 or with another mark or none between, and perhaps
   a time behind it: where it ends, or NULL. */
static const char *
read_date(const char *at, int64_t *date)
{
	const char *end = at + 4, *after;
	int year = digits(at, 4), month, day, clock[3];
	char text[64];
	int64_t last;

	if (year < 0)
		return NULL;
	month = two(&end, "-_./");
	day = month < 0 ? -1 : two(&end, "-_./");
	if (day < 0)
		return NULL;
	after = read_clock(end, clock);
	if (after == end && isdigit((unsigned char)*end))
		return NULL;
	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year,
		month, day, clock[0], clock[1], clock[2]);
	if (stemma_time_read(date, &last, stemma_view_of(text)) != STEMMA_OK)
		return NULL;
	return after;
}

/* Take `size` bytes as the story's name; false for too many or none. */
static bool
set_story(struct stemma_dated *dated, const char *bytes, size_t size)
{
	if (!size || size >= sizeof dated->story)
		return false;
	memcpy(dated->story, bytes, size);
	dated->story[size] = '\0';
	return true;
}

/* What stands between the parts of a name. */
static bool
is_mark(char c)
{
	return c && strchr("-_. /@", c);
}

/* The path without the date between `from` and `to`, and without its suffix;
   nothing may be left. */
static void
name_rest(struct stemma_dated *dated, const char *path, const char *from,
	const char *to)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');
	const char *end = dot && dot >= to && dot > path && dot[-1] != '/'
				  ? dot
				  : path + strlen(path);
	char rest[STEMMA_DATED_SIZE];
	size_t size, start = 0;

	while (from > path && is_mark(from[-1]))
		from--;
	while (to < end && is_mark(*to) && (from == path || *to != '/'))
		to++;
	size = (size_t)(from - path);
	if (size + (size_t)(end - to) + 1 >= sizeof rest)
		return;
	memcpy(rest, path, size);
	/* Words on both sides stay two words. */
	if (size && to < end && *to != '/')
		rest[size++] = '-';
	memcpy(rest + size, to, (size_t)(end - to));
	size += (size_t)(end - to);
	while (size && is_mark(rest[size - 1]))
		size--;
	while (start < size && rest[start] == '/')
		start++;
	set_story(dated, rest + start, size - start);
}

/* The first date in the path, and the rest. */
static bool
read_any(struct stemma_dated *dated, const char *path)
{
	for (const char *at = path; *at; at++) {
		const char *end;

		if (at > path && isdigit((unsigned char)at[-1]))
			continue;
		end = read_date(at, &dated->date);
		if (!end)
			continue;
		dated->has_date = true;
		name_rest(dated, path, at, end);
		return true;
	}
	return false;
}

/* Fit `path` to `pattern` from where both stand. The depth is that of the
   pattern's wildcards; each tries every end, the longest first. */
static bool
fit(struct stemma_dated *dated, const char *path, const char *pattern)
{
	const char *end;

	while (*pattern && *pattern != '*' &&
		strncmp(pattern, STORY, sizeof STORY - 1) &&
		strncmp(pattern, DATE, sizeof DATE - 1)) {
		if (*path++ != *pattern++)
			return false;
	}
	if (!*pattern)
		return !*path;
	if (*pattern == '*') {
		end = path + strcspn(path, "/");
		for (; end >= path; end--)
			if (fit(dated, end, pattern + 1))
				return true;
		return false;
	}
	if (!strncmp(pattern, DATE, sizeof DATE - 1)) {
		end = read_date(path, &dated->date);
		dated->has_date = end != NULL;
		return end && fit(dated, end, pattern + sizeof DATE - 1);
	}
	for (end = path + strlen(path); end > path; end--)
		if (fit(dated, end, pattern + sizeof STORY - 1))
			return set_story(dated, path, (size_t)(end - path));
	return false;
}

bool
stemma_dated_check(const char *pattern)
{
	const char *story = strstr(pattern, STORY);
	const char *date = strstr(pattern, DATE);
	size_t words = 0, braces = 0, stars = 0;

	for (const char *at = pattern; *at; at++) {
		braces += *at == '{' || *at == '}';
		stars += *at == '*';
	}
	words += story != NULL;
	words += date != NULL;
	/* Trying all ends of many stars takes too long. */
	return braces == 2 * words && stars <= 4;
}

bool
stemma_dated_read(
	struct stemma_dated *dated, const char *path, const char *pattern)
{
	*dated = (struct stemma_dated){0};
	if (!pattern)
		return read_any(dated, path);
	if (!fit(dated, path, pattern))
		return false;
	/* Without a word for the story, it is what the file is called. */
	if (!dated->story[0]) {
		const char *slash = strrchr(path, '/');
		const char *base = slash ? slash + 1 : path;
		const char *dot = strrchr(base, '.');

		return set_story(dated, base,
			dot && dot > base ? (size_t)(dot - base)
					  : strlen(base));
	}
	return true;
}
