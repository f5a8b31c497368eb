/* SPDX-License-Identifier: MIT */
#include <stemma/text.h>

#include "look.h"
#include "names_line.h"

/* Words of a name, and of all that follows it. */
#define NAME_WORDS 4
#define REST_WORDS 6

/* Marks that end a name. */
static bool
is_separator(uint32_t c)
{
	return c == ',' || c == '|' || c == '/' || c == '(' || c == ';' ||
	       c == 0xb7 || c == 0x2022 || c == 0x2013 || c == 0x2014 ||
	       c == '&';
}

/* The word at `*at`, behind blanks; `*at` moves behind it. */
static struct stemma_view
next_word(struct stemma_view text, size_t *at)
{
	size_t start, size;

	while (*at < text.size && text.bytes[*at] == ' ')
		++*at;
	start = *at;
	while (*at < text.size && text.bytes[*at] != ' ') {
		if (is_separator(stemma_look_point(text, *at, &size)) &&
			*at > start)
			break;
		*at += size;
	}
	return (struct stemma_view){text.bytes + start, *at - start};
}

/* Whether `word` may go on with a name that has begun. */
static bool
is_part(const struct stemma_look *look)
{
	return look->numbers == 0 && look->quotes == 0 && look->letters &&
	       look->smalls == 0 && !stemma_point_is_stop(look->first) &&
	       (look->last != ':' && look->last != '!');
}

bool
stemma_name_line_read(struct stemma_name_line *line, struct stemma_view text)
{
	struct stemma_look look, rest;
	size_t at = 0, end = 0;
	unsigned capitals = 0;
	bool joined = false;

	*line = (struct stemma_name_line){.bare = false};
	for (;;) {
		struct stemma_view word = next_word(text, &at);
		size_t size;

		if (word.size == 0)
			break;
		stemma_look_at(&look, word);
		joined = look.joins > 0 || look.fillers > 0 ||
			 is_separator(stemma_look_point(word, 0, &size));
		if (joined || !is_part(&look))
			break;
		capitals += look.capitals;
		line->titles += look.titles;
		end = at;
	}
	if (capitals < 2 || capitals > NAME_WORDS)
		return false;
	line->name = (struct stemma_view){text.bytes, end};
	stemma_look_at(
		&rest, (struct stemma_view){text.bytes + end, text.size - end});
	line->bare = rest.words == 0;
	line->numbers = rest.numbers;
	if (line->bare)
		return true;
	return joined && rest.words <= REST_WORDS + 1 && rest.numbers <= 1 &&
	       rest.stops == 0 && rest.smalls <= rest.capitals + rest.joins + 2;
}
