/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/trace.h>

#define A "The harbour bridge will be closed from Monday at noon. "
#define B "Ferries carry cyclists and walkers until the work is done. "
#define C "Nobody on the council expects an end before the spring."

struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_trace *trace;
	struct stemma_doc doc;
	struct stemma_origins origins;
	const char *texts[64]; /* by revision, from 1 */
};

static int
set_up(void **state)
{
	struct trial *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	t->trace = stemma_trace_new(0);
	assert_non_null(t->trace);
	*state = t;
	return 0;
}

static int
tear_down(void **state)
{
	struct trial *t = *state;

	stemma_arena_free(t->arena);
	stemma_arena_free(t->scratch);
	stemma_trace_free(t->trace);
	free(t);
	return 0;
}

/* What holds of every answer: origins in the past, where the word stands. */
static void
check(const struct trial *t)
{
	const struct stemma_origins *o = &t->origins;
	uint32_t newest = stemma_trace_count(t->trace);

	assert_int_equal(o->unit_count, t->doc.unit_count);
	assert_int_equal(o->firsts[o->unit_count], o->count);
	for (size_t k = 0; k < o->count; k++) {
		const struct stemma_word_origin *w = &o->words[k];
		const char *now = t->texts[newest] + w->span.start;

		assert_in_range(w->revision, 1, newest);
		assert_true(w->at.end <= strlen(t->texts[w->revision]));
		if (!w->reformatted) {
			assert_int_equal(w->at.end - w->at.start,
				w->span.end - w->span.start);
			assert_memory_equal(t->texts[w->revision] + w->at.start,
				now, w->at.end - w->at.start);
		}
	}
}

static void
feed(struct trial *t, const char *text)
{
	size_t used = stemma_arena_used(t->scratch);

	assert_int_equal(stemma_doc_split(&t->doc, stemma_view_of(text), NULL,
				 t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_trace_add(t->trace, &t->doc, t->scratch), STEMMA_OK);
	t->texts[stemma_trace_count(t->trace)] = text;
	assert_int_equal(stemma_trace_tell(&t->origins, t->trace,
				 stemma_trace_count(t->trace), &t->doc,
				 t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(t->scratch), used);
	check(t);
}

/* The origins as a string: a letter each, 'a' for revision 1. */
static void
told(const struct trial *t, const char *expected)
{
	char letters[256] = "";

	for (size_t k = 0; k < t->origins.count && k < 255; k++)
		letters[k] = (char)('a' + t->origins.words[k].revision - 1);
	assert_string_equal(letters, expected);
}

static void
trace_says_who_brought_an_inserted_word(void **state)
{
	struct trial *t = *state;

	feed(t, "The bridge is closed.");
	told(t, "aaaaa");
	feed(t, "The old bridge is closed.");
	told(t, "abaaaa");
	feed(t, "The old bridge is now closed.");
	told(t, "abaacaa");
}

static void
trace_finds_all_again_after_the_page_was_emptied(void **state)
{
	struct trial *t = *state;

	feed(t, "The bridge is closed.");
	feed(t, "The old bridge is closed.");
	feed(t, "");
	assert_int_equal(t->origins.count, 0);
	feed(t, "The old bridge is closed.");
	told(t, "abaaaa");
	for (size_t k = 0; k < t->origins.count; k++)
		assert_true(t->origins.words[k].restored);
	assert_false(t->origins.words[0].joins);
	assert_true(t->origins.words[3].joins);
}

static void
trace_begins_with_pages_that_have_no_text(void **state)
{
	struct trial *t = *state;

	feed(t, "");
	feed(t, "\n\n");
	feed(t, "The bridge is closed.");
	told(t, "ccccc");
}

static void
trace_follows_text_that_moves_splits_and_merges(void **state)
{
	struct trial *t = *state;

	feed(t, A B "\n\n" C);
	feed(t, C "\n\n" A "\n\n" B);
	for (size_t k = 0; k < t->origins.count; k++)
		assert_int_equal(t->origins.words[k].revision, 1);
	feed(t, A C "\n\n" B);
	for (size_t k = 0; k < t->origins.count; k++) {
		assert_int_equal(t->origins.words[k].revision, 1);
		assert_false(t->origins.words[k].restored);
	}
}

static void
trace_takes_no_word_from_a_paragraph_that_stands_again(void **state)
{
	struct trial *t = *state;

	feed(t, A "\n\n" B "\n\n" C);
	feed(t, A B "\n\n" C);
	feed(t, A "\n\n" B "\n\n" C " So what?\n\nQuite so.");
	for (size_t k = t->origins.firsts[3]; k < t->origins.count; k++)
		assert_int_equal(t->origins.words[k].revision, 3);
	feed(t, A B "\n\n" C);
	feed(t, A "\n\n" B "\n\n" C " Who spoke first was nobody on earth.");
	/* The last stop is none of those that went. */
	assert_int_equal(t->origins.words[t->origins.count - 1].revision, 5);
}

static void
trace_gives_a_copy_the_origin_of_what_it_copies(void **state)
{
	struct trial *t = *state;

	feed(t, A "\n\n" C);
	feed(t, A "\n\nThe editors of the paper repeat: " A "\n\n" C);
	assert_int_equal(t->origins.words[t->origins.firsts[1]].revision, 2);
	assert_int_equal(
		t->origins.words[t->origins.firsts[2] - 1].revision, 1);
}

/* Eleven words amid a sentence are typed anew; twelve are not. */
static void
trace_takes_a_short_run_amid_a_sentence_for_new(void **state)
{
	struct trial *t = *state;

	feed(t, "Yes: one two three four five six seven eight nine ten "
		"eleven twelve or so.\n\n" C);
	feed(t, "Yes: one two three four five six seven eight nine ten "
		"eleven twelve or so.\n\n" C "\n\nThey had one two three "
		"four five six seven eight nine ten eleven in it.\n\n"
		"We had one two three four five six seven eight nine ten "
		"eleven twelve in it.");
	assert_int_equal(
		t->origins.words[t->origins.firsts[2] + 4].revision, 2);
	assert_int_equal(
		t->origins.words[t->origins.firsts[3] + 4].revision, 1);
}

static void
trace_takes_common_words_typed_anew_for_new(void **state)
{
	struct trial *t = *state;

	feed(t, A "\n\n" C);
	feed(t, A "\n\n" C "\n\nThe mayor will be at the opening.");
	for (size_t k = t->origins.firsts[2]; k < t->origins.count; k++)
		assert_int_equal(t->origins.words[k].revision, 2);
}

static void
trace_keeps_the_origin_of_words_whose_typography_changed(void **state)
{
	struct trial *t = *state;

	feed(t, "She said \"no\" to the council's plan.");
	feed(t, "She said “no” to the council’s plan.");
	for (size_t k = 0; k < t->origins.count; k++)
		assert_int_equal(t->origins.words[k].revision, 1);
	assert_int_equal(t->origins.words[2].reformatted, 2);
	assert_int_equal(t->origins.words[0].reformatted, 0);
}

static void
trace_keeps_the_origin_of_words_whose_case_changed(void **state)
{
	struct trial *t = *state;

	feed(t, "On Monday the bridge was closed.");
	feed(t, "The bridge was closed on Monday.");
	told(t, "aaaabba");
	assert_int_equal(t->origins.words[0].reformatted, 2);
	assert_int_equal(t->origins.words[1].reformatted, 0);
}

static void
trace_fed_the_same_revision_twice_says_the_same(void **state)
{
	struct trial *t = *state;
	struct stemma_origins before;

	feed(t, A C "\n\n" A);
	feed(t, A B C "\n\n" A "It said so again.");
	before = t->origins;
	feed(t, A B C "\n\n" A "It said so again.");
	assert_int_equal(t->origins.count, before.count);
	for (size_t k = 0; k < before.count; k++) {
		const struct stemma_word_origin *was = &before.words[k];
		const struct stemma_word_origin *is = &t->origins.words[k];

		assert_int_equal(is->revision, was->revision);
		assert_int_equal(is->at.start, was->at.start);
		assert_int_equal(is->restored, was->restored);
		assert_int_equal(is->joins, was->joins);
	}
}

static void
trace_tells_the_life_of_a_paragraph(void **state)
{
	struct trial *t = *state;
	struct stemma_wording *life;
	size_t count;

	feed(t, C "\n\n" A B);
	feed(t, C "\n\n" A "Small " B);
	feed(t, A "Small " B "Says who?\n\n" C);
	assert_int_equal(stemma_trace_life(&life, &count, t->trace, &t->origins,
				 0, t->arena),
		STEMMA_OK);
	assert_int_equal(count, 3);
	assert_int_equal(life[0].unit, 1);
	assert_int_equal(life[1].brought, 1);
	assert_int_equal(life[2].revision, 3);
	assert_int_equal(life[2].unit, 0);
	assert_int_equal(t->origins.edits[0], 2);
	assert_int_equal(t->origins.edited[1], 1);
	assert_int_equal(stemma_trace_life(&life, &count, t->trace, &t->origins,
				 2, t->arena),
		STEMMA_INVALID);
}

static void
trace_tells_nothing_of_a_document_it_was_not_fed(void **state)
{
	struct trial *t = *state;
	struct stemma_doc other;

	feed(t, A);
	assert_int_equal(stemma_doc_split(&other, stemma_view_of(B), NULL,
				 t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_trace_tell(&t->origins, t->trace, 1, &other,
				 t->arena, t->scratch),
		STEMMA_INVALID);
	assert_null(t->origins.words);
}

/* Feed both revisions to a trace with this limit; the same with scratch. */
static enum stemma_code
try_limits(const struct stemma_doc docs[2], size_t limit, size_t scratch_limit)
{
	struct stemma_trace *trace = stemma_trace_new(limit);
	struct stemma_arena *scratch = stemma_arena_new(scratch_limit);
	enum stemma_code code = STEMMA_NOMEM;

	if (trace) {
		for (int k = 0; k < 2; k++) {
			code = stemma_trace_add(trace, &docs[k], scratch);
			if (code != STEMMA_OK)
				break;
		}
		assert_int_equal(stemma_arena_used(scratch), 0);
		/* What failed left no half of a revision. */
		assert_int_equal(
			stemma_trace_count(trace) == 2, code == STEMMA_OK);
	}
	stemma_arena_free(scratch);
	stemma_trace_free(trace);
	return code;
}

static void
trace_without_memory_stays_as_it_was(void **state)
{
	struct trial *t = *state;
	struct stemma_doc docs[2];
	size_t limit;
	enum stemma_code code;

	assert_int_equal(stemma_doc_split(&docs[0], stemma_view_of(A B C), NULL,
				 t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_doc_split(&docs[1],
			stemma_view_of("Anew: " C "\n\n" B "So it is.\n\n" A),
			NULL, t->arena, NULL),
		STEMMA_OK);
	for (limit = 1; (code = try_limits(docs, limit, 0)) != STEMMA_OK;
		limit += 97)
		assert_int_equal(code, STEMMA_NOMEM);
	assert_true(limit > 1000);
	for (limit = 1; (code = try_limits(docs, 0, limit)) != STEMMA_OK;
		limit += 97)
		assert_int_equal(code, STEMMA_NOMEM);
	assert_true(limit > 1000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(trace_says_who_brought_an_inserted_word),
		TEST(trace_finds_all_again_after_the_page_was_emptied),
		TEST(trace_begins_with_pages_that_have_no_text),
		TEST(trace_follows_text_that_moves_splits_and_merges),
		TEST(trace_takes_no_word_from_a_paragraph_that_stands_again),
		TEST(trace_gives_a_copy_the_origin_of_what_it_copies),
		TEST(trace_takes_a_short_run_amid_a_sentence_for_new),
		TEST(trace_takes_common_words_typed_anew_for_new),
		TEST(trace_keeps_the_origin_of_words_whose_typography_changed),
		TEST(trace_keeps_the_origin_of_words_whose_case_changed),
		TEST(trace_fed_the_same_revision_twice_says_the_same),
		TEST(trace_tells_the_life_of_a_paragraph),
		TEST(trace_tells_nothing_of_a_document_it_was_not_fed),
		TEST(trace_without_memory_stays_as_it_was),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
