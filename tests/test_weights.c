/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/compare.h>

#define ALL_WEIGHTS 6

/* All weights of a comparison of two texts together. */
static unsigned
weigh(const char *old_text, const char *new_text)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	unsigned weights = 0, of_links = 0;

	assert_non_null(arena);
	assert_non_null(scratch);
	assert_int_equal(stemma_doc_split(&docs[0], stemma_view_of(old_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_doc_split(&docs[1], stemma_view_of(new_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 NULL, arena, scratch),
		STEMMA_OK);
	for (size_t k = 0; k < comparison.change_count; k++)
		weights |= comparison.changes[k].weights;
	for (size_t k = 0; k < comparison.link_count; k++)
		of_links |= comparison.links[k].weights;
	assert_int_equal(weights, of_links);
	assert_int_equal(stemma_arena_used(scratch), 0);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	return weights;
}

/* "number,date", or "-" for none. */
static void
name_weights(char *names, size_t size, unsigned weights)
{
	size_t used = 0;

	names[0] = '\0';
	for (unsigned k = 0; k < ALL_WEIGHTS; k++)
		if (weights & 1u << k)
			used += (size_t)snprintf(names + used, size - used,
				"%s%s", used ? "," : "",
				stemma_weight_name(1u << k));
	if (!used)
		snprintf(names, size, "-");
}

/* Both ways around: swapping the texts changes no weight. */
static void
assert_weights(const char *old_text, const char *new_text, const char *expected)
{
	char names[100];

	name_weights(names, sizeof names, weigh(old_text, new_text));
	assert_string_equal(names, expected);
	name_weights(names, sizeof names, weigh(new_text, old_text));
	assert_string_equal(names, expected);
}

static void
weights_of_a_moved_decimal_point_are_a_number(void **state)
{
	(void)state;
	assert_weights("The plan costs 1.5 million dollars in all.",
		"The plan costs 15 million dollars in all.", "number");
}

static void
weights_of_a_comma_behind_no_are_a_negation(void **state)
{
	(void)state;
	assert_weights("The mayor confirmed: no, one died in the fire.",
		"The mayor confirmed: no one died in the fire.", "negation");
}

static void
weights_of_more_dead_are_a_number(void **state)
{
	(void)state;
	assert_weights("The flood left 9 dead and many homeless.",
		"The flood left 12 dead and many homeless.", "number");
	assert_weights("The flood left nine dead and many homeless.",
		"The flood left twelve dead and many homeless.", "number");
}

static void
weights_of_a_lost_not_are_a_negation(void **state)
{
	(void)state;
	assert_weights("The bank will not close its branch here.",
		"The bank will close its branch here.", "negation");
	assert_weights("The bank didn't close its branch here.",
		"The bank did close its branch here.", "negation");
	assert_weights("It is likely that the bank closes its branch.",
		"It is unlikely that the bank closes its branch.", "negation");
}

static void
weights_of_a_swapped_name_are_a_name(void **state)
{
	(void)state;
	assert_weights("The prize went to Anna Berg for her novel.",
		"The prize went to Anna Holm for her novel.", "name");
}

static void
weights_of_another_speaker_are_name_and_attribution(void **state)
{
	(void)state;
	assert_weights("\"We shall rebuild the bridge,\" said Anna Berg.",
		"\"We shall rebuild the bridge,\" said Tom Holm.",
		"name,attribution");
	assert_weights("The bridge is unsafe, a police spokesman said.",
		"The bridge is unsafe, a company spokesman said.",
		"attribution");
}

static void
weights_of_another_year_are_date_and_number(void **state)
{
	(void)state;
	assert_weights("The harbour was built in 1987 by the town.",
		"The harbour was built in 1988 by the town.", "number,date");
	assert_weights("The vote is set for Monday in the town hall.",
		"The vote is set for Tuesday in the town hall.", "date");
}

static void
weights_of_a_sign_or_a_time_are_a_number(void **state)
{
	(void)state;
	assert_weights("It was -4 degrees at night in the valley.",
		"It was 4 degrees at night in the valley.", "number");
	assert_weights("The gates open at 7:30 on all other days.",
		"The gates open at 8:30 on all other days.", "number");
}

/* The changes as "[old=new][old=new]". */
static void
assert_edits(const char *old_text, const char *new_text, const char *expected)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_comparison comparison;
	struct stemma_out out = {0};
	struct stemma_doc docs[2];

	assert_int_equal(stemma_doc_split(&docs[0], stemma_view_of(old_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_doc_split(&docs[1], stemma_view_of(new_text),
				 NULL, arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 NULL, arena, scratch),
		STEMMA_OK);
	for (size_t k = 0; k < comparison.change_count; k++) {
		const struct stemma_change *change = &comparison.changes[k];

		stemma_out_char(&out, '[');
		stemma_out_view(
			&out, stemma_view_cut(docs[0].text, change->at[0]));
		stemma_out_char(&out, '=');
		stemma_out_view(
			&out, stemma_view_cut(docs[1].text, change->at[1]));
		stemma_out_char(&out, ']');
	}
	stemma_out_char(&out, '\0');
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
}

static void
an_edit_inside_a_number_takes_all_of_it(void **state)
{
	(void)state;
	assert_edits("It fell to -4 degrees in the night.",
		"It fell to 4 degrees in the night.", "[-4=4]");
	assert_edits("The gates open at 7:30 or at 9.",
		"The gates open at 8:30 or at 9.", "[7:30=8:30]");
	assert_edits("It was on 2024-03-05 in the hall.",
		"It was on 2024-04-05 in the hall.", "[2024-03-05=2024-04-05]");
	assert_edits("They fly the F-16 in the valley.",
		"They fly the F-15 in the valley.", "[16=15]");
	assert_edits("Pages 5, 7 and 9 are missing from it.",
		"Pages 5, 8 and 9 are missing from it.", "[7=8]");
}

static void
a_run_of_small_edits_is_one(void **state)
{
	(void)state;
	assert_edits("We heard fans shout in anger at players near goals.",
		"We heard crowds sing in joy at singers by stages.",
		"[fans shout in anger at players near goals=crowds sing in "
		"joy at singers by stages]");
	/* A number that stayed is news, and two edits are no run. */
	assert_edits("We heard fans at 9 concerts in halls.",
		"We heard crowds at 9 shows in tents.",
		"[fans=crowds][concerts=shows][halls=tents]");
}

static void
weights_of_quoted_words_are_a_quote(void **state)
{
	(void)state;
	assert_weights("She called it \u201ca good plan for all\u201d then.",
		"She called it \u201ca bad plan for all\u201d then.", "quote");
	assert_weights("She called it a \"good plan\" for the town then.",
		"She called it a good plan for the town then.", "quote");
}

static void
weights_of_a_headline_tell_nothing_where_nothing_matters(void **state)
{
	(void)state;
	assert_weights("Bank Rejects Rescue Plan For The Old Harbour",
		"Bank Shoots Down Rescue Plan For The Old Harbour", "-");
	assert_weights("The road was closed after the heavy storm.",
		"The road was shut after the heavy storm.", "-");
}

static void
weights_know_names_that_the_text_has_elsewhere(void **state)
{
	(void)state;
	assert_weights("Court Clears Dorn Of All Charges In Harbour Case\n\n"
		       "A court cleared the trader Dorn and his partner "
		       "Harm on Friday.",
		"Court Clears Harm Of All Charges In Harbour Case\n\n"
		"A court cleared the trader Dorn and his partner "
		"Harm on Friday.",
		"name");
	assert_weights("Dorn was cleared of the charges by the court.\n\n"
		       "The court heard that Dorn and Harm had known of it.",
		"Harm was cleared of the charges by the court.\n\n"
		"The court heard that Dorn and Harm had known of it.",
		"name");
}

static void
weights_of_typography_are_none(void **state)
{
	(void)state;
	assert_weights("\"It is 5 o'clock\" -- said Tom in the hall.",
		"\u201cIt is 5 o\u2019clock\u201d \u2014 said Tom in the hall.",
		"-");
}

static void
weights_are_found_in_other_languages(void **state)
{
	(void)state;
	assert_weights("Die Bank wird die Filiale nicht schließen.",
		"Die Bank wird die Filiale schließen.", "negation");
	assert_weights("La banque n'a pas fermé son agence de la ville.",
		"La banque a fermé son agence de la ville.", "negation");
	assert_weights("Банк не закроет своё отделение в городе.",
		"Банк закроет своё отделение в городе.", "negation");
	assert_weights("这家银行没有关闭在城里的分行。",
		"这家银行关闭在城里的分行。", "negation");
	assert_weights("لم يغلق البنك فرعه في المدينة القديمة هذا الصباح.",
		"يغلق البنك فرعه في المدينة القديمة هذا الصباح.", "negation");
}

static void
weights_survive_every_memory_limit(void **state)
{
	static const char old_text[] =
		"L'\u00e9t\u00e9 1999, \u00abMarie Dubois\u00bb a dit non.";
	static const char new_text[] =
		"L'\u00e9t\u00e9 2001, \u00abJean Martin\u00bb a ni\u00e9.";
	enum stemma_code code = STEMMA_NOMEM;
	size_t failures = 0;

	(void)state;
	for (size_t limit = 0; code != STEMMA_OK; limit += 512, failures++) {
		struct stemma_arena *arena = stemma_arena_new(0);
		struct stemma_arena *scratch = stemma_arena_new(limit + 1);
		struct stemma_comparison comparison;
		struct stemma_doc docs[2];

		assert_int_equal(
			stemma_doc_split(&docs[0], stemma_view_of(old_text),
				NULL, arena, NULL),
			STEMMA_OK);
		assert_int_equal(
			stemma_doc_split(&docs[1], stemma_view_of(new_text),
				NULL, arena, NULL),
			STEMMA_OK);
		code = stemma_comparison_make(
			&comparison, &docs[0], &docs[1], NULL, arena, scratch);
		if (code != STEMMA_OK) {
			assert_int_equal(code, STEMMA_NOMEM);
			assert_null(comparison.links);
		}
		stemma_arena_free(arena);
		stemma_arena_free(scratch);
	}
	assert_true(failures > 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weights_of_a_moved_decimal_point_are_a_number),
		cmocka_unit_test(weights_of_a_comma_behind_no_are_a_negation),
		cmocka_unit_test(weights_of_more_dead_are_a_number),
		cmocka_unit_test(weights_of_a_lost_not_are_a_negation),
		cmocka_unit_test(weights_of_a_swapped_name_are_a_name),
		cmocka_unit_test(
			weights_of_another_speaker_are_name_and_attribution),
		cmocka_unit_test(weights_of_another_year_are_date_and_number),
		cmocka_unit_test(weights_of_a_sign_or_a_time_are_a_number),
		cmocka_unit_test(an_edit_inside_a_number_takes_all_of_it),
		cmocka_unit_test(a_run_of_small_edits_is_one),
		cmocka_unit_test(weights_of_quoted_words_are_a_quote),
		cmocka_unit_test(
			weights_of_a_headline_tell_nothing_where_nothing_matters),
		cmocka_unit_test(
			weights_know_names_that_the_text_has_elsewhere),
		cmocka_unit_test(weights_of_typography_are_none),
		cmocka_unit_test(weights_are_found_in_other_languages),
		cmocka_unit_test(weights_survive_every_memory_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
