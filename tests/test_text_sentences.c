/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/text.h>

/* Each text is written with a '|' where a sentence ends, in place of the space
   behind it. */
static void
check(const char *const *marked, size_t count)
{
	for (size_t k = 0; k < count; k++) {
		struct stemma_arena *arena = stemma_arena_new(0);
		char text[512], found[512];
		struct stemma_span *sentences;
		struct stemma_doc doc;
		size_t number;

		assert_non_null(arena);
		snprintf(text, sizeof text, "%s", marked[k]);
		for (char *bar = text; (bar = strchr(bar, '|'));)
			*bar = ' ';
		snprintf(found, sizeof found, "%s", text);
		assert_int_equal(stemma_doc_split(&doc, stemma_view_of(text),
					 NULL, arena, NULL),
			STEMMA_OK);
		assert_int_equal(
			stemma_sentences_split(&sentences, &number, &doc,
				(struct stemma_span){0, doc.text.size}, arena),
			STEMMA_OK);
		for (size_t s = 0; s + 1 < number; s++)
			found[sentences[s].end] = '|';
		assert_string_equal(found, marked[k]);
		stemma_arena_free(arena);
	}
}

#define CHECK(texts) check(texts, sizeof(texts) / sizeof *(texts))

static void
sentences_end_at_stops_and_behind_what_closes(void **state)
{
	static const char *const texts[] = {
		"The boats came in.|Nobody slept!|Who called?|The mayor did.",
		"“We are open.”|The door was shut.|(It was late.)|Rain fell.",
		"Prices rose 1.5 per cent.|Then they fell.",
		"She waited … and left.|The end.",
	};

	(void)state;
	CHECK(texts);
}

static void
titles_and_initials_end_no_sentence(void **state)
{
	static const char *const texts[] = {
		"Dr. Lind met Gen. Moe and Mrs. Aas.|They spoke.",
		"J. K. Holm and Anna P. Vik wrote it.|It sold well.",
		"They chose plan B.|The mayor agreed.",
		"In the Second World War V.|Lind was a child.",
		"The case Moe v. Lind is over.|Appeals vs. the city go on.",
	};

	(void)state;
	CHECK(texts);
}

static void
references_months_and_ordinals_end_none_before_their_number(void **state)
{
	static const char *const texts[] = {
		"No. 5 won on Jan. 12 by a mile.|It was Nov.|Rain fell.",
		"Am 5. März kam er.|Es war 2012.|März war kalt.",
		"Das steht auf S. 14.|Danach nichts.",
	};

	(void)state;
	CHECK(texts);
}

static void
shortened_words_may_be_the_last_of_a_sentence(void **state)
{
	static const char *const texts[] = {
		"The U.S. Senate sits.|It is in the U.S.|The vote is near.",
		"Acme Inc. Chairman Moe left Acme Inc.|She stayed.",
		"It opens at 7 p.m. Monday.|It closes at 8 p.m.|Moe left.",
		"St. Olav is near Main St.|He walked there.",
		"Das kostet 5 Mio. Kronen.|Es waren 6 Mio.|Das ist viel.",
	};

	(void)state;
	CHECK(texts);
}

static void
abbreviations_of_other_languages_are_known(void **state)
{
	static const char *const texts[] = {
		"Tiere, z.B. Hunde, gab es.|Auch Katzen.",
		"La Sra. García y el Dr. López llegaron.|El mar subió.",
		"M. Dupont et Mme. Leroy sont là.|Il pleut.",
		"Он живёт на ул. Садовой.|Проф. И. И. Орлов уехал.",
	};

	(void)state;
	CHECK(texts);
}

static void
other_scripts_have_stops_of_their_own(void **state)
{
	static const char *const texts[] = {
		"यह पुल है।|वह नदी है।",
		"هل عاد؟|نعم.",
	};

	(void)state;
	CHECK(texts);
}

/* Whatever stands around a full stop, sentences cover all but white space. */
static void
odd_stops_do_no_harm(void **state)
{
	static const char *const texts[] = {
		".",
		"A. Z.",
		". . .",
		"Dr.",
		"Dr. “Lind” spoke.",
		"Donaudampfschifffahrtsgesellschaft.|Yes.",
	};

	(void)state;
	CHECK(texts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_end_at_stops_and_behind_what_closes),
		cmocka_unit_test(titles_and_initials_end_no_sentence),
		cmocka_unit_test(
			references_months_and_ordinals_end_none_before_their_number),
		cmocka_unit_test(shortened_words_may_be_the_last_of_a_sentence),
		cmocka_unit_test(abbreviations_of_other_languages_are_known),
		cmocka_unit_test(other_scripts_have_stops_of_their_own),
		cmocka_unit_test(odd_stops_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
