/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/text.h>

#include "text/segment.h"
#include "text/tables.h"
#include "text/utf8.h"

#define FOLDER "/usr/share/unicode/auxiliary/"

/* A line of a test file: its text, and which offsets are boundaries. */
struct break_case {
	char bytes[512];
	size_t size;
	bool boundary[512];
};

/* Read "÷ 0041 × 0308 ÷ # …"; false for a line without a case. */
static bool
read_case(struct break_case *c, char *line)
{
	char *word, *state = NULL;

	line[strcspn(line, "#\n")] = '\0';
	memset(c, 0, sizeof *c);
	for (word = strtok_r(line, " \t", &state); word;
		word = strtok_r(NULL, " \t", &state)) {
		if (strcmp(word, "÷") == 0)
			c->boundary[c->size] = true;
		else if (strcmp(word, "×") != 0)
			c->size += stemma_utf8_write(c->bytes + c->size,
				(uint32_t)strtoul(word, NULL, 16));
	}
	return c->size > 0;
}

static size_t
run_file(const char *path, size_t (*next)(struct stemma_view, size_t))
{
	FILE *file = fopen(path, "r");
	size_t cases = 0, failures = 0;
	struct break_case c;
	char line[4096];

	if (!file)
		skip();
	while (fgets(line, sizeof line, file)) {
		struct stemma_view text = {c.bytes, 0};
		bool found[sizeof c.boundary] = {true};

		if (!read_case(&c, line))
			continue;
		text.size = c.size;
		for (size_t at = 0; at < text.size;) {
			at = next(text, at);
			assert_true(at <= text.size);
			found[at] = true;
		}
		if (memcmp(found, c.boundary, sizeof found) != 0) {
			print_error("%s: %s\n", path, line);
			failures++;
		}
		cases++;
	}
	fclose(file);
	assert_int_equal(failures, 0);
	return cases;
}

static void
words_break_as_unicode_says(void **state)
{
	(void)state;
	assert_true(
		run_file(FOLDER "WordBreakTest.txt", stemma_word_next) > 1800);
}

static void
graphemes_break_as_unicode_says(void **state)
{
	(void)state;
	assert_true(run_file(FOLDER "GraphemeBreakTest.txt",
			    stemma_grapheme_next) > 600);
}

static void
sentences_break_as_unicode_says(void **state)
{
	(void)state;
	assert_true(run_file(FOLDER "SentenceBreakTest.txt",
			    stemma_sentence_next) > 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_break_as_unicode_says),
		cmocka_unit_test(graphemes_break_as_unicode_says),
		cmocka_unit_test(sentences_break_as_unicode_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
