/* SPDX-License-Identifier: MIT */
#include "stories.h"

#include <string.h>

#include "command.h"
#include "input.h"
#include "trouble.h"

const struct stemma_word_choice stemma_stories_words[] = {
	{"auto", "where the page looks like it", 0},
	{"off", "nowhere: it is one story", 0},
	{0},
};

static bool
is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* The number that `text` starts with, at most 2^32 - 1; its digits are taken
   off. */
static uint32_t
take_number(struct stemma_view *text)
{
	uint64_t number = 0;

	while (text->size && is_digit(*text->bytes)) {
		if (number <= UINT32_MAX)
			number = number * 10 + (uint64_t)(*text->bytes - '0');
		text->bytes++;
		text->size--;
	}
	return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

static void
skip(struct stemma_view *text, size_t size)
{
	text->bytes += size;
	text->size -= size;
}

/* Blanks, and a remark if one follows. */
static void
skip_rest(struct stemma_view *text)
{
	while (text->size && (*text->bytes == ' ' || *text->bytes == '\t' ||
				     *text->bytes == '\r'))
		skip(text, 1);
	if (text->size && *text->bytes == '#')
		while (text->size && *text->bytes != '\n')
			skip(text, 1);
}

/* One number a line, ascending, into `starts`, which has room. */
static int
read_starts(struct stemma_outline_options *options, uint32_t *starts,
	struct stemma_view text, const char *name)
{
	size_t line = 1;

	options->starts = starts;
	for (; text.size; line++) {
		uint32_t number;

		skip_rest(&text);
		if (text.size && is_digit(*text.bytes)) {
			number = take_number(&text);
			skip_rest(&text);
			if (!number ||
				(options->start_count &&
					number <= starts[options->start_count -
							  1] +
							  1))
				return stemma_trouble(
					"%s: line %zu: paragraphs are numbered "
					"from 1, and must be in order",
					name, line);
			starts[options->start_count++] = number - 1;
		}
		if (text.size && *text.bytes != '\n')
			return stemma_trouble("%s: line %zu: not the number of "
					      "a paragraph",
				name, line);
		if (text.size)
			skip(&text, 1);
	}
	return STEMMA_EXIT_SAME;
}

static int
read_file(struct stemma_outline_options *options, const char *name,
	struct stemma_arena *arena)
{
	struct stemma_input input = {.fd = -1};
	uint32_t *starts;
	int trouble = stemma_input_read(&input, name);

	if (trouble)
		return trouble;
	/* A number and its line feed are two bytes at least. */
	starts = stemma_arena_alloc(
		arena, input.bytes.size / 2 + 1, sizeof *starts);
	trouble = starts ? read_starts(options, starts, input.bytes, name)
			 : stemma_trouble("out of memory");
	stemma_input_close(&input);
	return trouble;
}

int
stemma_stories_read(struct stemma_outline_options *options,
	struct stemma_view value, struct stemma_arena *arena)
{
	struct stemma_view rest = value;
	const char *name;

	*options =
		(struct stemma_outline_options){.stories = STEMMA_STORIES_AUTO};
	if (!value.size || stemma_view_equal(value, stemma_view_of("auto")))
		return STEMMA_EXIT_SAME;
	if (stemma_view_equal(value, stemma_view_of("off"))) {
		options->stories = STEMMA_STORIES_OFF;
		return STEMMA_EXIT_SAME;
	}
	if (is_digit(*value.bytes)) {
		options->count = take_number(&rest);
		options->stories = STEMMA_STORIES_COUNT;
		if (!rest.size && options->count)
			return STEMMA_EXIT_SAME;
		if (!rest.size)
			return stemma_trouble(
				"--stories: a page has at least one story");
	}
	name = stemma_arena_string(arena, value);
	if (!name)
		return stemma_trouble("out of memory");
	options->stories = STEMMA_STORIES_GIVEN;
	return read_file(options, name, arena);
}

int
stemma_stories_read_pair(struct stemma_outline_options options[2],
	const char *value, struct stemma_arena *arena)
{
	struct stemma_view parts[2] = {{0}, stemma_view_of(value ? value : "")};
	const char *comma = value ? strchr(value, ',') : NULL;
	int trouble;

	if (comma) {
		parts[0] = (struct stemma_view){value, (size_t)(comma - value)};
		parts[1] = stemma_view_of(comma + 1);
	} else if (value && !strcmp(value, "off")) {
		parts[0] = parts[1];
	}
	trouble = stemma_stories_read(&options[0], parts[0], arena);
	return trouble ? trouble
		       : stemma_stories_read(&options[1], parts[1], arena);
}

int
stemma_stories_fit(const struct stemma_outline_options *options,
	const struct stemma_doc *doc)
{
	size_t count = options->start_count;

	/* They are in order. */
	if (options->stories != STEMMA_STORIES_GIVEN || !count ||
		options->starts[count - 1] < doc->unit_count)
		return STEMMA_EXIT_SAME;
	return stemma_trouble("--stories: there is no %s %zu: the page has %zu",
		stemma_unit_type_name(doc->unit),
		(size_t)options->starts[count - 1] + 1, doc->unit_count);
}
