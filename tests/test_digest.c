/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/compare.h>
#include <stemma/render.h>

#include "support/stories.h"

struct pair {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	struct stemma_comparison comparison;
};

static enum stemma_code
try_pair(struct pair *pair, const char *const texts[2], unsigned ignore,
	size_t limit)
{
	struct stemma_compare_options options = {
		.ignore = ignore, .reading = STEMMA_READ_CHANGED};

	pair->arena = stemma_arena_new(0);
	pair->scratch = stemma_arena_new(limit);
	assert_non_null(pair->arena);
	assert_non_null(pair->scratch);
	for (int side = 0; side < 2; side++)
		assert_int_equal(stemma_doc_split(&pair->docs[side],
					 stemma_view_of(texts[side]), NULL,
					 pair->arena, NULL),
			STEMMA_OK);
	return stemma_comparison_make(&pair->comparison, &pair->docs[0],
		&pair->docs[1], &options, pair->arena, pair->scratch);
}

static void
free_pair(struct pair *pair)
{
	stemma_arena_free(pair->arena);
	stemma_arena_free(pair->scratch);
}

static void
assert_digest_ignoring(const char *old_text, const char *new_text,
	unsigned ignore, const char *expected)
{
	const char *const texts[2] = {old_text, new_text};
	const struct stemma_render_options options = {0};
	struct stemma_out out = {0};
	struct pair pair;

	assert_int_equal(try_pair(&pair, texts, ignore, 0), STEMMA_OK);
	assert_int_equal(stemma_render_digest(&out, &pair.comparison, &options,
				 pair.scratch),
		STEMMA_OK);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	assert_true(pair.comparison.digest_count >= 1);
	assert_true(pair.comparison.digest_count <= STEMMA_DIGEST_MOST);
	stemma_out_free(&out);
	free_pair(&pair);
}

static void
assert_digest(const char *old_text, const char *new_text, const char *expected)
{
	assert_digest_ignoring(old_text, new_text, 0, expected);
}

/* A small page: headline, then paragraphs. */
#define HEADLINE "Bank rejects plan for harbour\n"
#define FIRST                                                               \
	"The bank in the old town has decided on the plan for the harbour " \
	"after a debate of many hours, its board told reporters.\n"
#define SECOND                                                                 \
	"Residents had asked for a park, a playground and better paths along " \
	"the water since the shipyard closed.\n"

static void
digest_of_one_text_says_no_difference(void **state)
{
	(void)state;
	assert_digest(FIRST, FIRST, "no difference\n");
	assert_digest("", "", "no difference\n");
}

static void
digest_of_reformatted_text_is_one_line(void **state)
{
	(void)state;
	assert_digest("\"We agree\" -- nobody else.\n\nIt's all.\n",
		"\u201cWe agree\u201d \u2014 nobody else.\n\nIt\u2019s all.\n",
		"only reformatted: no word changed (2 paragraphs)\n");
}

static void
digest_of_other_breaks_between_paragraphs_says_that_no_word_changed(
	void **state)
{
	(void)state;
	assert_digest("It rains. Nobody minds \"it\".\n\nThe pump is new.\n",
		"It rains.\n\nNobody minds \"it\".\n\nThe pump is new.\n",
		"only reformatted: no word changed (1 paragraph split)\n");
	assert_digest("It rains.\n\nNobody minds it.\n\nIt's \"new\".\n",
		"It rains. Nobody minds it.\n\nIt\u2019s \"new\".\n",
		"only reformatted: no word changed (1 paragraph, 1 merged)\n");
	assert_digest_ignoring("It rains. 2 mind \"it\".\n\nThe pump is new.\n",
		"It rains.\n\n3 mind \"it\".\n\nThe pump is new.\n",
		STEMMA_FOLD_NUMBERS,
		"only reformatted beyond what is ignored (1 paragraph "
		"split)\n");
}

static void
digest_of_ignored_edits_says_how_many(void **state)
{
	(void)state;
	assert_digest_ignoring("The Bank agrees to it.\n",
		"The bank agrees to it.\n", STEMMA_FOLD_CASE,
		"no difference beyond what is ignored (1 change hidden)\n");
}

static void
digest_tells_the_headline_first(void **state)
{
	(void)state;
	assert_digest(HEADLINE FIRST SECOND,
		"Bank shoots down plan for harbour\n" FIRST
		"Residents had not asked for a park, a playground and better "
		"paths along the water since the shipyard closed.\n",
		"headline: rejects \u2192 shoots down\n"
		"negation: Residents had {+not+} asked for\n");
}

static void
digest_ranks_by_what_matters(void **state)
{
	(void)state;
	assert_digest("The vote is on Monday in the hall.\n\n"
		      "It was Anna Berg who asked for it.\n\n"
		      "There were 9 dead in the fire.\n\n"
		      "They did not agree to the plan.\n\n"
		      "The road is closed for the day.\n",
		"The vote is on Tuesday in the hall.\n\n"
		"It was Anna Holm who asked for it.\n\n"
		"There were 12 dead in the fire.\n\n"
		"They did agree to the plan.\n\n"
		"The road is shut for the day.\n",
		"negation: They did [-not-] agree to\n"
		"number: 9 \u2192 12 dead in\n"
		"name: Berg \u2192 Holm who asked\n"
		"date: Monday \u2192 Tuesday in the\n"
		"1 other edit\n");
}

static void
digest_tells_an_edit_made_many_times_once(void **state)
{
	(void)state;
	assert_digest("It was Anna Berg who asked.\n\n"
		      "They met Anna Berg at noon.\n\n"
		      "A letter to Anna Berg was lost.\n",
		"It was Anna Holm who asked.\n\n"
		"They met Anna Holm at noon.\n\n"
		"A letter to Anna Holm was lost.\n",
		"name: Berg \u2192 Holm (3 times)\n");
}

static void
digest_has_a_dozen_lines_at_most(void **state)
{
	static const char *const units[] = {"cows", "cars", "boats", "trees",
		"houses", "books", "hats", "shoes", "lamps", "chairs", "tables",
		"doors", "walls", "roofs", "gates"};
	struct stemma_out old_text = {0}, new_text = {0};
	const char *texts[2];
	struct pair pair;
	struct stemma_digest_line last;

	(void)state;
	for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
		stemma_out_format(&old_text, "They own %zu %s in all.\n\n",
			k + 10, units[k]);
		stemma_out_format(&new_text, "They own %zu %s in all.\n\n",
			k + 40, units[k]);
	}
	stemma_out_char(&old_text, '\0');
	stemma_out_char(&new_text, '\0');
	texts[0] = old_text.bytes;
	texts[1] = new_text.bytes;
	assert_int_equal(try_pair(&pair, texts, 0, 0), STEMMA_OK);
	assert_int_equal(pair.comparison.digest_count, STEMMA_DIGEST_MOST);
	last = pair.comparison.digest[STEMMA_DIGEST_MOST - 1];
	assert_int_equal(last.about, STEMMA_ABOUT_REST);
	assert_true(
		stemma_view_equal(last.text, stemma_view_of("4 more numbers")));
	free_pair(&pair);
	stemma_out_free(&old_text);
	stemma_out_free(&new_text);
}

static void
digest_tells_paragraphs_that_came_and_went(void **state)
{
	(void)state;
	assert_digest(FIRST "\n" SECOND, FIRST,
		"paragraph removed: Residents had asked for a park, a "
		"playground and better path\u2026\n");
	assert_digest("", FIRST "\n" SECOND, "2 paragraphs added\n");
}

static void
digest_tells_of_text_that_stands_or_stood_twice(void **state)
{
	(void)state;
	assert_digest(FIRST "\n" SECOND "\n" SECOND, FIRST "\n" SECOND,
		"paragraph removed that stood twice: Residents had asked for a "
		"park, a playground and better path\u2026\n");
	assert_digest(FIRST "\n" SECOND, FIRST "\n" SECOND "\n" SECOND,
		"paragraph added that stands twice: Residents had asked for a "
		"park, a playground and better path\u2026\n");
}

static void
digest_lines_that_count_lead_to_the_first_of_them(void **state)
{
	static const char *const texts[2] = {FIRST
		"\n" SECOND "\nGone with the wind and more of it.\n",
		SECOND "\n" FIRST "\nCame from the sea.\n\nAnd stayed.\n"};
	bool moved = false, came = false;
	struct pair pair;

	(void)state;
	assert_int_equal(try_pair(&pair, texts, 0, 0), STEMMA_OK);
	for (size_t k = 0; k < pair.comparison.digest_count; k++) {
		const struct stemma_digest_line *line =
			&pair.comparison.digest[k];
		const struct stemma_link *link;

		if (line->link == STEMMA_NO_LINK)
			continue;
		link = &pair.comparison.links[line->link];
		if (line->about == STEMMA_ABOUT_MOVES)
			moved = link->moved;
		if (line->about == STEMMA_ABOUT_UNITS)
			came = link->op == STEMMA_ADDED ||
			       link->op == STEMMA_REMOVED;
	}
	assert_true(moved);
	assert_true(came);
	free_pair(&pair);
}

static void
digest_line_of_the_rest_leads_to_the_first_of_what_it_counts(void **state)
{
	static const char *const texts[2] = {HEADLINE FIRST SECOND,
		HEADLINE FIRST
		"Residents  had asked for a park, a playground and \xe2\x80\x9c"
		"better\xe2\x80\x9d paths.\n"};
	static const char *const edited[2] = {
		"The ferry goes at seven.\n" FIRST,
		"The ferry leaves at eight.\n" FIRST};
	struct pair pair;

	(void)state;
	assert_int_equal(try_pair(&pair, texts, 0, 0), STEMMA_OK);
	for (size_t k = 0; k < pair.comparison.digest_count; k++)
		assert_int_not_equal(
			pair.comparison.digest[k].link, STEMMA_NO_LINK);
	free_pair(&pair);
	assert_int_equal(try_pair(&pair, edited, 0, 0), STEMMA_OK);
	for (size_t k = 0; k < pair.comparison.digest_count; k++)
		assert_int_equal(pair.comparison.digest[k].link, 0);
	free_pair(&pair);
}

static void
digest_tells_corrections_that_came(void **state)
{
	(void)state;
	assert_digest(HEADLINE FIRST SECOND,
		HEADLINE FIRST SECOND
		"Correction: An earlier version misstated the year.\n",
		"correction added: Correction: An earlier version misstated "
		"the year.\n");
}

static void
digest_of_a_single_plain_edit_shows_it(void **state)
{
	(void)state;
	assert_digest("The road is closed for the day.\n",
		"The road is shut for the day.\n",
		"edit: closed \u2192 shut for the\n");
}

static void
digest_lines_are_harmless_and_short(void **state)
{
	const char *const texts[2] = {
		"The sum of 5 \x1b[31m dollars was paid in the end.\n",
		"The sum of 6\x1b[2J \x1b[31m dollars was paid in the end.\n"};
	const struct stemma_render_options options = {0};
	struct stemma_out out = {0};
	struct pair pair;

	(void)state;
	assert_int_equal(try_pair(&pair, texts, 0, 0), STEMMA_OK);
	assert_int_equal(stemma_render_digest(&out, &pair.comparison, &options,
				 pair.scratch),
		STEMMA_OK);
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_null(memchr(out.bytes, '\x1b', out.size));
	for (size_t k = 0; k < pair.comparison.digest_count; k++) {
		struct stemma_view text = pair.comparison.digest[k].text;

		assert_null(memchr(text.bytes, '\n', text.size));
	}
	stemma_out_free(&out);
	free_pair(&pair);
}

static void
digest_cuts_what_is_long_at_a_grapheme(void **state)
{
	(void)state;
	assert_digest("They chose him.\n",
		"They chose "
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301.\n",
		"edit: him \u2192 "
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
		"\u2026\n");
}

/* The last sign of the text is what came: nothing stands behind it, which the
   address sanitizer knows. */
static void
digest_reads_no_byte_beyond_the_text(void **state)
{
	static const char *const signs[] = {
		"=", "\u00a0", "\u00bd", "\u3000", "\uff1d", "\U0001f600"};

	(void)state;
	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
		static const char before[] = "The old bridge is closed. ";
		size_t size = sizeof before - 1 + strlen(signs[k]);
		char *exact = malloc(size);
		struct stemma_view texts[2] = {
			stemma_view_of(before), {exact, size}};
		struct pair pair = {.arena = stemma_arena_new(0),
			.scratch = stemma_arena_new(0)};

		assert_non_null(exact);
		memcpy(exact, before, sizeof before - 1);
		memcpy(exact + sizeof before - 1, signs[k], strlen(signs[k]));
		for (int side = 0; side < 2; side++)
			assert_int_equal(
				stemma_doc_split(&pair.docs[side], texts[side],
					NULL, pair.arena, NULL),
				STEMMA_OK);
		assert_int_equal(
			stemma_comparison_make(&pair.comparison, &pair.docs[0],
				&pair.docs[1], NULL, pair.arena, pair.scratch),
			STEMMA_OK);
		free_pair(&pair);
		free(exact);
	}
}

static void
digest_survives_every_memory_limit(void **state)
{
	static const char *const texts[2] = {
		HEADLINE FIRST SECOND, "A boat sank.\n" FIRST "It was 5 of 9."};
	enum stemma_code code = STEMMA_NOMEM;
	size_t failures = 0;

	(void)state;
	for (size_t limit = 1; code != STEMMA_OK; limit += 1024, failures++) {
		struct pair pair;

		code = try_pair(&pair, texts, 0, limit);
		if (code != STEMMA_OK) {
			assert_int_equal(code, STEMMA_NOMEM);
			assert_null(pair.comparison.digest);
			assert_int_equal(pair.comparison.digest_count, 0);
		}
		free_pair(&pair);
	}
	assert_true(failures > 3);
}

static void
digest_tells_a_rule_beside_a_story_with_it(void **state)
{
	(void)state;
	assert_digest(FERRY, FERRY "* * *\n" ORCHARD,
		"story appended (6 paragraphs): Apple growers in the Tarn "
		"valley have lost a third of their…\n");
	assert_digest(FIRST SECOND, FIRST "* * *\n" SECOND,
		"paragraph added: * * *\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digest_of_one_text_says_no_difference),
		cmocka_unit_test(digest_of_reformatted_text_is_one_line),
		cmocka_unit_test(
			digest_of_other_breaks_between_paragraphs_says_that_no_word_changed),
		cmocka_unit_test(digest_of_ignored_edits_says_how_many),
		cmocka_unit_test(digest_tells_the_headline_first),
		cmocka_unit_test(digest_ranks_by_what_matters),
		cmocka_unit_test(digest_tells_an_edit_made_many_times_once),
		cmocka_unit_test(digest_has_a_dozen_lines_at_most),
		cmocka_unit_test(digest_tells_paragraphs_that_came_and_went),
		cmocka_unit_test(
			digest_tells_of_text_that_stands_or_stood_twice),
		cmocka_unit_test(
			digest_lines_that_count_lead_to_the_first_of_them),
		cmocka_unit_test(
			digest_line_of_the_rest_leads_to_the_first_of_what_it_counts),
		cmocka_unit_test(digest_tells_corrections_that_came),
		cmocka_unit_test(digest_of_a_single_plain_edit_shows_it),
		cmocka_unit_test(digest_lines_are_harmless_and_short),
		cmocka_unit_test(digest_cuts_what_is_long_at_a_grapheme),
		cmocka_unit_test(digest_reads_no_byte_beyond_the_text),
		cmocka_unit_test(digest_tells_a_rule_beside_a_story_with_it),
		cmocka_unit_test(digest_survives_every_memory_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
