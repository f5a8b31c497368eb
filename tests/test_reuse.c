/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/reuse.h>

#include "support/passages.h"

struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	struct stemma_reuse reuse;
};

static int
set_up(void **state)
{
	struct trial *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	*state = t;
	return 0;
}

static int
tear_down(void **state)
{
	struct trial *t = *state;

	stemma_arena_free(t->arena);
	stemma_arena_free(t->scratch);
	free(t);
	return 0;
}

/* Look for passages in one text, or, with a second one, in two. */
static void
find(struct trial *t, const char *first, const char *second)
{
	const struct stemma_doc *docs[2] = {&t->docs[0], &t->docs[1]};
	const char *texts[2] = {first, second};
	size_t count = second ? 2 : 1;

	for (size_t k = 0; k < count; k++)
		assert_int_equal(
			stemma_doc_split(&t->docs[k], stemma_view_of(texts[k]),
				NULL, t->arena, NULL),
			STEMMA_OK);
	assert_int_equal(
		stemma_reuse_find(&t->reuse, docs, count, t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(t->scratch), 0);
	assert_null(check_reuse(&t->reuse, docs, count, t->scratch));
}

static void
assert_text(const struct trial *t, const struct stemma_passage_place *place,
	struct stemma_span span, const char *expected)
{
	struct stemma_view view =
		stemma_view_cut(t->docs[place->doc].text, span);

	assert_int_equal(view.size, strlen(expected));
	assert_memory_equal(view.bytes, expected, view.size);
}

#define FERRY                                                             \
	"The harbour council voted on Monday to sell the old ferry to a " \
	"museum in Bergen."
#define BAKER                                                                  \
	"Bread prices in the valley have doubled since the mill burned down, " \
	"bakers said, and nobody expects help."

static void
reuse_finds_a_paragraph_that_stands_twice(void **state)
{
	struct trial *t = *state;
	const struct stemma_passage *p;

	find(t, FERRY "\n\n" BAKER "\n\n" FERRY "\n", NULL);
	assert_int_equal(t->reuse.passage_count, 1);
	p = &t->reuse.passages[0];
	assert_int_equal(p->kind, STEMMA_PASSAGE_VERBATIM);
	assert_int_equal(p->words, 16);
	assert_true(p->similarity >= 1.0f && p->similarity <= 1.0f);
	assert_int_equal(p->source.unit, 0);
	assert_int_equal(p->target.unit, 2);
	assert_int_equal(p->edit_count, 0);
	assert_text(t, &p->source, p->source.span, FERRY);
	assert_text(t, &p->target, p->target.span, FERRY);
	assert_false(t->reuse.approximate);
}

/* Only what has to do with the units that are asked about is looked for, and of
   that as much as ever. */
static void
reuse_of_some_units_is_theirs(void **state)
{
	static const uint8_t wanted[4] = {[3] = 1}, other[4] = {[1] = 1};
	struct trial *t = *state;
	const struct stemma_doc *docs[1] = {&t->docs[0]};

	find(t,
		FERRY "\n\nNothing of the kind.\n\n" BAKER
		      "\n\nThe HARBOUR council voted on Monday to sell "
		      "the old boat to a museum in Bergen.\n",
		NULL);
	assert_int_equal(t->docs[0].unit_count, 4);
	assert_int_equal(t->reuse.passage_count, 1);
	assert_int_equal(stemma_reuse_find_of(&t->reuse, &t->docs[0], wanted,
				 t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(t->scratch), 0);
	assert_null(check_reuse(&t->reuse, docs, 1, t->scratch));
	assert_int_equal(t->reuse.passage_count, 1);
	assert_int_equal(t->reuse.passages[0].source.unit, 0);
	assert_int_equal(t->reuse.passages[0].target.unit, 3);
	assert_int_equal(t->reuse.passages[0].edit_count, 1);
	assert_int_equal(stemma_reuse_find_of(&t->reuse, &t->docs[0], other,
				 t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(t->reuse.passage_count, 0);
}

static void
reuse_tells_the_words_that_differ(void **state)
{
	struct trial *t = *state;
	const struct stemma_passage *p;
	const struct stemma_passage_edit *e;

	find(t, FERRY "\n",
		"Something else.\n\nThe harbour council agreed on Monday to "
		"sell the ferry to a museum in old Bergen.\n");
	assert_int_equal(t->reuse.passage_count, 1);
	p = &t->reuse.passages[0];
	assert_int_equal(p->kind, STEMMA_PASSAGE_NEAR);
	assert_int_equal(p->source.doc, 0);
	assert_int_equal(p->target.doc, 1);
	assert_int_equal(p->target.unit, 1);
	assert_int_equal(p->edit_count, 3);
	assert_int_equal(t->reuse.edit_count, 3);
	e = &t->reuse.edits[p->first_edit];
	assert_text(t, &p->source, e[0].source, "voted");
	assert_text(t, &p->target, e[0].target, "agreed");
	assert_text(t, &p->source, e[1].source, "old");
	assert_text(t, &p->target, e[1].target, "");
	assert_text(t, &p->source, e[2].source, "");
	assert_text(t, &p->target, e[2].target, "old");
}

static void
reuse_says_nothing_of_texts_with_little_in_common(void **state)
{
	struct trial *t = *state;

	find(t, FERRY "\n\n" BAKER "\n", NULL);
	assert_int_equal(t->reuse.passage_count, 0);
	find(t, FERRY "\n", BAKER "\n");
	assert_int_equal(t->reuse.passage_count, 0);
	find(t, "", "");
	assert_int_equal(t->reuse.passage_count, 0);
	find(t, " \n\n", NULL);
	assert_int_equal(t->reuse.passage_count, 0);
}

/* Units and places of every passage, by target. */
static void
reuse_tells_each_pair_of_three_places(void **state)
{
	struct trial *t = *state;
	const uint32_t pairs[][2] = {{0, 2}, {0, 4}, {2, 4}};

	find(t, FERRY "\n\n" BAKER "\n\n" FERRY "\n\nShort.\n\n" FERRY "\n",
		NULL);
	assert_int_equal(t->reuse.passage_count, 3);
	for (size_t k = 0; k < 3; k++) {
		assert_int_equal(t->reuse.passages[k].source.unit, pairs[k][0]);
		assert_int_equal(t->reuse.passages[k].target.unit, pairs[k][1]);
	}
}

static void
reuse_inside_one_unit_does_not_overlap(void **state)
{
	struct trial *t = *state;
	const struct stemma_passage *p;

	find(t, FERRY " " BAKER " " FERRY "\n", NULL);
	assert_int_equal(t->reuse.passage_count, 1);
	p = &t->reuse.passages[0];
	assert_int_equal(p->source.unit, 0);
	assert_int_equal(p->target.unit, 0);
	assert_true(p->source.span.end <= p->target.span.start);
	assert_text(t, &p->target, p->target.span, FERRY);
}

static void
reuse_finds_forty_characters_without_spaces(void **state)
{
	const char *old = "记者昨天在北京的会议上听到，城市委员会决定把旧的渡"
			  "船卖给海边的一座博物馆，价格还没有公布。\n";
	const char *new_text = "今天有雨。委员会主席说，记者昨天在北京的会议"
			       "上听到，城市委员会决定把旧的渡船卖给海边的"
			       "一座博物馆，价格还没有公布。\n";
	struct trial *t = *state;

	find(t, old, new_text);
	assert_int_equal(t->reuse.passage_count, 1);
	assert_int_equal(t->reuse.passages[0].kind, STEMMA_PASSAGE_VERBATIM);
	assert_int_equal(t->reuse.passages[0].words, 42);
}

static void
reuse_leads_every_copy_back_to_the_first(void **state)
{
	struct trial *t = *state;
	struct stemma_out text = {0};
	uint32_t next = 1;

	for (int k = 0; k < 200; k++)
		stemma_out_string(&text, FERRY "\n\n");
	stemma_out_char(&text, '\0');
	find(t, text.bytes, NULL);
	for (size_t k = 0; k < t->reuse.passage_count; k++) {
		const struct stemma_passage *p = &t->reuse.passages[k];

		if (p->source.unit == 0 && p->target.unit == next)
			next++;
	}
	assert_int_equal(next, 200);
	/* … and not to all others. */
	assert_true(t->reuse.passage_count < 600);
	stemma_out_free(&text);
}

static void
reuse_reads_hostile_texts_to_their_end(void **state)
{
	struct trial *t = *state;
	struct stemma_out text = {0};

	for (int k = 0; k < 200000; k++)
		stemma_out_string(&text, "again ");
	stemma_out_char(&text, '\0');
	find(t, text.bytes, NULL);
	assert_int_equal(t->reuse.passage_count, 0);
	stemma_out_free(&text);

	for (int k = 0; k < 20000; k++)
		stemma_out_string(&text, "one two three four five six seven ");
	stemma_out_char(&text, '\0');
	find(t, text.bytes, NULL);
	assert_true(t->reuse.passage_count > 0);
	assert_true(t->reuse.approximate);
	stemma_out_free(&text);

	/* Words in the order of a counter: every four of them stand often. */
	for (uint32_t k = 0; k < 100000; k++)
		stemma_out_format(&text, "word%u ", k * k / 7 % 11);
	stemma_out_char(&text, '\0');
	find(t, text.bytes, NULL);
	assert_true(t->reuse.passage_count > 0);
	stemma_out_free(&text);
}

static void
reuse_says_nothing_of_words_that_say_nothing(void **state)
{
	const char *const phrases = "It was not that he had been there before."
				    "\n\n" FERRY "\n\n"
				    "It was not that he had been there before."
				    "\n";
	struct trial *t = *state;

	find(t, phrases, NULL);
	assert_int_equal(t->reuse.passage_count, 0);
}

static void
reuse_finds_an_edited_sentence_of_eight_words(void **state)
{
	struct trial *t = *state;

	find(t,
		"Nobody came. Fishermen saw the burning barge drift past "
		"Callis.\n",
		"Rain fell. Fishermen saw a burning barge drift past Callis. "
		"It sank.\n");
	assert_int_equal(t->reuse.passage_count, 1);
	assert_int_equal(t->reuse.passages[0].words, 7);
	assert_int_equal(t->reuse.passages[0].edit_count, 1);
}

static void
reuse_ignores_case_typography_and_punctuation(void **state)
{
	struct trial *t = *state;

	find(t,
		"THE HARBOUR COUNCIL\xe2\x80\x99S \xe2\x80\x9cPLAN"
		"\xe2\x80\x9d \xe2\x80\x94 TO SELL THE OLD FERRY, TODAY!\n",
		"The harbour council's \"plan\", to sell the old ferry -- "
		"today.\n");
	assert_int_equal(t->reuse.passage_count, 1);
	assert_int_equal(t->reuse.passages[0].kind, STEMMA_PASSAGE_VERBATIM);
}

/* Look with a limit to one of the arenas until it suffices; returns how often
   it did not. */
static size_t
raise_limit(struct trial *t, bool of_scratch)
{
	const struct stemma_doc *docs[1] = {&t->docs[0]};
	size_t failures = 0;

	for (size_t limit = 1;; limit += limit / 16 + 1, failures++) {
		struct stemma_arena *limited = stemma_arena_new(limit);
		enum stemma_code code;
		size_t passages;

		assert_non_null(limited);
		code = stemma_reuse_find(&t->reuse, docs, 1,
			of_scratch ? t->arena : limited,
			of_scratch ? limited : t->scratch);
		passages = t->reuse.passage_count;
		assert_int_equal(
			stemma_arena_used(of_scratch ? limited : t->scratch),
			0);
		if (code != STEMMA_OK) {
			assert_null(t->reuse.passages);
			assert_int_equal(stemma_arena_used(limited), 0);
		}
		stemma_arena_free(limited);
		if (code == STEMMA_OK) {
			assert_int_equal(passages, 3);
			return failures;
		}
		assert_int_equal(code, STEMMA_NOMEM);
		assert_int_equal(passages, 0);
	}
}

static void
reuse_keeps_nothing_half_made_without_memory(void **state)
{
	struct trial *t = *state;

	find(t,
		FERRY "\n\n" BAKER "\n\n" FERRY "\n\n" FERRY
		      " He agreed, and so did bakers.\n",
		NULL);
	assert_int_equal(t->reuse.passage_count, 3);
	assert_true(raise_limit(t, true) > 10);
	assert_true(raise_limit(t, false) > 10);
}

/* Windows that differ by the first word of all may have had one hash. */
static void
reuse_pairs_places_in_order_whatever_their_hashes(void **state)
{
	static const char first[] =
		"一 一 w9 w12 一 一 一 w9 w12 一 一 一 w16 w21 一 一 一 一 w27 "
		"一 一 "
		"w9 w12 一 一 一 w9 w12 一 一 一 w9 w12 一 一 一 w16";
	static const char second[] =
		"一 一 w9 w12 一 一 一 w16 一 一 w9 w12 一 一 一 w16 一 一 w9 "
		"w12 一 "
		"一 一 w16 一 一 w9 w12 一 一 一 w9 w12 一 一 一 w16 一 一 w9 "
		"w12 一 "
		"一 一 w9 w12 一 一 一 w16 一 一 w9 w12 一 一 一 w16 一 一 w9 "
		"w12 一 "
		"一 一 w16 w21 一 一 一 一 w27 一 一 w9 w12 一 一 一 w16 一 一 "
		"w9 w12 "
		"一 一 一 w9 w12 一 一 一 w16 一 一 w9 w12 一 一 一";

	find(*state, first, second);
	find(*state, second, first);
	find(*state, second, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(reuse_finds_a_paragraph_that_stands_twice),
		TEST(reuse_of_some_units_is_theirs),
		TEST(reuse_tells_the_words_that_differ),
		TEST(reuse_says_nothing_of_texts_with_little_in_common),
		TEST(reuse_tells_each_pair_of_three_places),
		TEST(reuse_inside_one_unit_does_not_overlap),
		TEST(reuse_finds_forty_characters_without_spaces),
		TEST(reuse_leads_every_copy_back_to_the_first),
		TEST(reuse_reads_hostile_texts_to_their_end),
		TEST(reuse_says_nothing_of_words_that_say_nothing),
		TEST(reuse_finds_an_edited_sentence_of_eight_words),
		TEST(reuse_ignores_case_typography_and_punctuation),
		TEST(reuse_pairs_places_in_order_whatever_their_hashes),
		TEST(reuse_keeps_nothing_half_made_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
