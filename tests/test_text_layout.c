/* Paragraphs as they are told, in texts of next to nothing.
   SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma.h>

static const enum stemma_layout layouts[] = {STEMMA_LAYOUT_AUTO,
	STEMMA_LAYOUT_BLANK_LINE, STEMMA_LAYOUT_NEWLINE, STEMMA_LAYOUT_WRAPPED,
	STEMMA_LAYOUT_MIXED};

static size_t
count_units(struct stemma_view text, struct stemma_text_options options)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_doc doc;
	size_t count;

	assert_non_null(arena);
	assert_int_equal(
		stemma_doc_split(&doc, text, &options, arena, NULL), STEMMA_OK);
	count = doc.unit_count;
	stemma_arena_free(arena);
	return count;
}

/* In every layout, by paragraphs and by sentences. */
static void
assert_units(struct stemma_view text, size_t count)
{
	for (size_t k = 0; k < sizeof layouts / sizeof *layouts; k++) {
		struct stemma_text_options options = {.layout = layouts[k]};

		assert_int_equal(count_units(text, options), count);
		options.unit = STEMMA_UNIT_SENTENCE;
		assert_int_equal(count_units(text, options), count);
	}
}

static void
text_without_a_character_has_no_unit_in_any_layout(void **state)
{
	static const struct stemma_view texts[] = {{NULL, 0}, {"", 0},
		{"\n", 1}, {" \n\t\n \r\n", 7}, {"\xef\xbb\xbf", 3},
		{"\xff\xfe", 2}, {"\xfe\xff", 2}, {"\f\v", 2}};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		assert_units(texts[k], 0);
}

static void
text_of_one_word_is_one_unit_in_every_layout(void **state)
{
	static const struct stemma_view texts[] = {{"a", 1}, {"\n\na\n\n", 5},
		{"\xef\xbb\xbf"
		 "a",
			4},
		{"\xff\xfe"
		 "a\0",
			4}};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		assert_units(texts[k], 1);
}

/* How wide a word is to who fills lines. */
static size_t
width_of(const char *word, bool bytes)
{
	size_t width = 0;

	for (; *word; word++)
		width += bytes || ((unsigned char)*word & 0xc0) != 0x80;
	return width;
}

/* Paragraphs of some of these words, in lines of at most 72, a blank line
   between them. */
static size_t
write_wrapped(char *to, const char *const *words, size_t count, bool bytes,
	size_t paragraphs)
{
	size_t size = 0, dice = 7;

	for (size_t p = 0; p < paragraphs; p++) {
		size_t column = 0;

		for (size_t w = 0; w < 60 + 7 * (p % 5); w++) {
			const char *word;
			size_t width;

			dice = (dice * 1103515245 + 12345) & 0x7fffffff;
			word = w ? words[1 + (dice >> 8) % (count - 1)]
				 : words[0];
			width = width_of(word, bytes);
			if (column && column + 1 + width > 72) {
				to[size++] = '\n';
				column = 0;
			} else if (column) {
				to[size++] = ' ';
				column++;
			}
			memcpy(to + size, word, strlen(word));
			size += strlen(word);
			column += width;
		}
		memcpy(to + size, ".\n\n", 3);
		size += 3;
	}
	return size;
}

static const char *const french[] = {"Hier,", "\u00e0", "l\u2019\u00e9t\u00e9",
	"la", "mairie", "a", "d\u00e9cid\u00e9", "\u00ab\u00a0tr\u00e8s",
	"t\u00f4t\u00a0\u00bb", "de", "fermer", "le", "pont", "o\u00f9",
	"r\u00e9p\u00e8tent", "les", "musiciens", "apr\u00e8s", "midi"};
static const char *const russian[] = {"\u0412\u0447\u0435\u0440\u0430",
	"\u0432", "\u0433\u043e\u0440\u043e\u0434\u0435",
	"\u0437\u0430\u043a\u0440\u044b\u043b\u0438",
	"\u043c\u043e\u0441\u0442", "\u043d\u0430",
	"\u0440\u0435\u043c\u043e\u043d\u0442", "\u0438", "bus", "\u0434\u043e",
	"\u0432\u0435\u0441\u043d\u044b"};
static const char *const quoted[] = {"Yesterday", "the", "council\u2019s",
	"\u201cplan\u201d", "to", "close", "bridges", "was", "\u2014", "they",
	"said", "\u2014", "dropped", "by", "a", "small", "majority",
	"it\u2019s"};

static void
assert_joined(const char *const *words, size_t count, bool bytes)
{
	static char text[1 << 16];
	size_t size = write_wrapped(text, words, count, bytes, 12);
	struct stemma_text_options options = {0};

	assert_int_equal(
		count_units((struct stemma_view){text, size}, options), 12);
}

static void
lines_are_joined_whether_who_filled_them_counted_columns_or_bytes(void **state)
{
	(void)state;
	for (int bytes = 0; bytes < 2; bytes++) {
		assert_joined(french, sizeof french / sizeof *french, bytes);
		assert_joined(quoted, sizeof quoted / sizeof *quoted, bytes);
		assert_joined(russian, sizeof russian / sizeof *russian, bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			text_without_a_character_has_no_unit_in_any_layout),
		cmocka_unit_test(text_of_one_word_is_one_unit_in_every_layout),
		cmocka_unit_test(
			lines_are_joined_whether_who_filled_them_counted_columns_or_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
