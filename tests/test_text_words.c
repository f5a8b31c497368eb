/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/text.h>

/* A text and its words, written with a '|' before each and after the last. */
struct words_case {
	const char *text, *words;
};

struct fixture {
	struct stemma_arena *arena;
	struct stemma_intern *intern;
	struct stemma_doc doc;
	struct stemma_words words;
};

static void
setup(struct fixture *f)
{
	f->arena = stemma_arena_new(0);
	assert_non_null(f->arena);
	f->intern = stemma_intern_new(f->arena);
	assert_non_null(f->intern);
}

static void
split(struct fixture *f, const char *text)
{
	struct stemma_view view = stemma_view_of(text);

	assert_int_equal(stemma_doc_split(&f->doc, view, NULL, f->arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_words_split(&f->words, &f->doc,
				 (struct stemma_span){0, f->doc.text.size},
				 f->intern, f->arena),
		STEMMA_OK);
}

static struct stemma_view
word_text(const struct fixture *f, size_t k)
{
	const struct stemma_word *word = &f->words.words[k];

	return (struct stemma_view){
		f->doc.text.bytes + f->words.base + word->start,
		word->end - word->start};
}

static void
check(const struct words_case *cases, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		char found[256] = "|";
		struct fixture f;

		setup(&f);
		split(&f, cases[k].text);
		for (size_t w = 0; w < f.words.count; w++) {
			struct stemma_view word = word_text(&f, w);

			strncat(found, word.bytes, word.size);
			strcat(found, "|");
		}
		assert_string_equal(found, cases[k].words);
		stemma_arena_free(f.arena);
	}
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

static void
words_are_cut_as_readers_would(void **state)
{
	static const struct words_case cases[] = {
		{"", "|"},
		{" \t\n ", "|"},
		{"The vote, on Monday.", "|The|vote|,|on|Monday|.|"},
		{"It isn’t 1.5 or 1,204.", "|It|isn’t|1.5|or|1,204|.|"},
		{"“No,” he said", "|“|No|,|”|he|said|"},
		{"Ana–Liv, e.g. co-op", "|Ana|–|Liv|,|e.g|.|co|-|op|"},
	};

	(void)state;
	CHECK(cases);
}

static void
runs_of_hyphens_and_of_full_stops_are_one_word(void **state)
{
	static const struct words_case cases[] = {
		{"wait -- no", "|wait|--|no|"},
		{"wait ... no", "|wait|...|no|"},
		{"wait… no", "|wait|…|no|"},
		{"a-b", "|a|-|b|"},
		{"a -\u00ad-\u00ad b", "|a|-\u00ad-\u00ad|b|"},
		{"a .\u200b.\u200bb", "|a|.\u200b.\u200b|b|"},
	};

	(void)state;
	CHECK(cases);
}

static void
scripts_without_spaces_are_cut_into_graphemes(void **state)
{
	static const struct words_case cases[] = {
		{"港口关闭", "|港|口|关|闭|"},
		{"ที่นี่", "|ที่|นี่|"},
	};

	(void)state;
	CHECK(cases);
}

static void
invisible_characters_are_no_words(void **state)
{
	static const struct words_case cases[] = {
		{"a \u200b b", "|a|b|"},
		{"\ufeffa", "|a|"},
		{"a\u00adb", "|a\u00adb|"},
	};

	(void)state;
	CHECK(cases);
}

static void
a_mark_that_combines_with_a_space_is_not_parted_from_it(void **state)
{
	static const struct words_case cases[] = {
		{"g \u0300 h", "|g| \u0300|h|"},
		{"g  \u0300\u0301h", "|g| \u0300\u0301|h|"},
		{"g \ufe0f\u0300", "|g| \ufe0f\u0300|"},
		{"g\u00a0\u0300", "|g|\u00a0\u0300|"},
		{"\u0300", "|\u0300|"},
		{"a\u0300 b", "|a\u0300|b|"},
		{"g \u0e33 h", "|g| \u0e33|h|"},
	};

	(void)state;
	CHECK(cases);
}

static void
a_mark_put_before_others_is_not_parted_from_what_follows(void **state)
{
	static const struct words_case cases[] = {
		{"a \u0600 b", "|a|\u0600 |b|"},
		{"a \u0600, b", "|a|\u0600,|b|"},
		{"a \u060012 b", "|a|\u060012|b|"},
		{"a \u0600", "|a|\u0600|"},
	};
	struct fixture f;

	(void)state;
	CHECK(cases);
	setup(&f);
	/* By itself it is none that counts, whatever it takes along. */
	split(&f, "\u0600 \u0600{a \u0600\u2019\u05d1 \u06001");
	assert_int_equal(f.words.count, 6);
	assert_int_equal(f.words.words[0].type, STEMMA_WORD_PUNCTUATION);
	assert_int_equal(f.words.words[1].type, STEMMA_WORD_PUNCTUATION);
	assert_int_equal(f.words.words[2].type, STEMMA_WORD_LETTERS);
	assert_int_equal(f.words.words[3].type, STEMMA_WORD_PUNCTUATION);
	assert_int_equal(f.words.words[4].type, STEMMA_WORD_LETTERS);
	assert_int_equal(f.words.words[5].type, STEMMA_WORD_NUMBER);
	stemma_arena_free(f.arena);
}

static void
words_end_where_graphemes_end(void **state)
{
	static const char *const texts[] = {
		"g \u0300 \u0301\u200d\u0302 h",
		"e\u0301a\u0308 \u0308",
		"\u1100\u1161\u11a8 \u11a8",
		"\u0915\u094d\u0937 \u093f",
		"👩\u200d👧 \u200d👧 \U0001f1e9\U0001f1ea \ufe0f",
		"\U0001f1e9\u0e33\u0600 \u0600\u6e2f -\u0e33 \u115f\u1161",
	};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
		bool edge[128] = {true};
		struct fixture f;

		setup(&f);
		split(&f, texts[k]);
		for (size_t at = 0; at < f.doc.text.size;) {
			at = stemma_grapheme_next(f.doc.text, at);
			edge[at] = true;
		}
		for (size_t w = 0; w < f.words.count; w++) {
			assert_true(edge[f.words.words[w].start]);
			assert_true(edge[f.words.words[w].end]);
		}
		stemma_arena_free(f.arena);
	}
}

static void
words_that_differ_in_typography_have_one_number(void **state)
{
	struct fixture f;
	const struct stemma_word *w;

	(void)state;
	setup(&f);
	split(&f, "isn’t isn't “ \" – - … ... -\u00ad- — don`t don't "
		  "a \u0300 \u0300 Isn't 1.5 15");
	w = f.words.words;
	assert_int_equal(f.words.count, 18);
	for (size_t k = 0; k < 12; k += 2)
		assert_int_equal(w[k].id, w[k + 1].id);
	assert_int_equal(w[13].id, w[14].id);
	assert_int_not_equal(w[0].id, w[15].id);
	assert_int_not_equal(w[16].id, w[17].id);
	stemma_arena_free(f.arena);
}

static void
the_last_word_of_a_sentence_says_so(void **state)
{
	struct fixture f;
	size_t ends = 0;

	(void)state;
	setup(&f);
	split(&f, "Lind left at 7 p.m. on Monday. Nobody saw it! Why?");
	for (size_t k = 0; k < f.words.count; k++)
		ends += f.words.words[k].sentence_end;
	assert_int_equal(ends, 3);
	assert_true(f.words.words[f.words.count - 1].sentence_end);
	stemma_arena_free(f.arena);
}

static void
each_way_of_folding_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(
		stemma_fold_name(STEMMA_FOLD_TYPOGRAPHY), "typography");
	assert_string_equal(stemma_fold_name(STEMMA_FOLD_CASE), "case");
	assert_string_equal(
		stemma_fold_name(STEMMA_FOLD_PUNCTUATION), "punctuation");
	assert_string_equal(stemma_fold_name(STEMMA_FOLD_NUMBERS), "numbers");
	assert_null(stemma_fold_name(STEMMA_FOLD_NUMBERS << 1));
	assert_null(stemma_fold_name(0));
}

/* What a word is depends on nothing behind it. */
static void
underscores_alone_are_punctuation_wherever_they_stand(void **state)
{
	static const char *const texts[] = {"_", "a _", "_ a", "_\u00bc",
		"a __________ b", "(_)", "\u2019_", "_-"};

	(void)state;
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
		struct fixture f;

		setup(&f);
		split(&f, texts[k]);
		for (size_t w = 0; w < f.words.count; w++)
			if (word_text(&f, w).bytes[0] == '_')
				assert_int_equal(f.words.words[w].type,
					STEMMA_WORD_PUNCTUATION);
		stemma_arena_free(f.arena);
	}
}

static void
underscores_belong_to_the_letters_and_digits_beside_them(void **state)
{
	static const struct words_case cases[] = {
		{"_a b_ _c_d_", "|_a|b_|_c_d_|"}, {"__1_", "|__1_|"}};
	struct fixture f;

	(void)state;
	CHECK(cases);
	setup(&f);
	split(&f, "_a _1");
	assert_int_equal(f.words.words[0].type, STEMMA_WORD_LETTERS);
	assert_int_equal(f.words.words[1].type, STEMMA_WORD_NUMBER);
	stemma_arena_free(f.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_cut_as_readers_would),
		cmocka_unit_test(
			runs_of_hyphens_and_of_full_stops_are_one_word),
		cmocka_unit_test(scripts_without_spaces_are_cut_into_graphemes),
		cmocka_unit_test(invisible_characters_are_no_words),
		cmocka_unit_test(
			a_mark_that_combines_with_a_space_is_not_parted_from_it),
		cmocka_unit_test(
			a_mark_put_before_others_is_not_parted_from_what_follows),
		cmocka_unit_test(words_end_where_graphemes_end),
		cmocka_unit_test(
			words_that_differ_in_typography_have_one_number),
		cmocka_unit_test(the_last_word_of_a_sentence_says_so),
		cmocka_unit_test(
			underscores_alone_are_punctuation_wherever_they_stand),
		cmocka_unit_test(
			underscores_belong_to_the_letters_and_digits_beside_them),
		cmocka_unit_test(each_way_of_folding_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
