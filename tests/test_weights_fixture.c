/*
 * The edits of fixtures/weights, labelled by hand: how often each weight is
 * found where it is due, and given only there. What was learned from is
 * development.tsv; held-out.tsv tells what to expect of other texts.
 * STEMMA_TEST_SHOW=FILE lists what is missed of a file.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/compare.h>

#define WEIGHTS 6

/* In per cent, by weight in the order of its bits. */
static const unsigned goals[WEIGHTS] = {95, 95, 90, 95, 95, 90};

struct score {
	unsigned due[WEIGHTS], given[WEIGHTS], right[WEIGHTS];
	unsigned edits, exact;
};

static unsigned
weights_of(const struct stemma_out texts[2])
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_comparison comparison;
	struct stemma_doc docs[2];
	unsigned weights = 0;

	for (int side = 0; side < 2; side++)
		assert_int_equal(stemma_doc_split(&docs[side],
					 (struct stemma_view){texts[side].bytes,
						 texts[side].size},
					 NULL, arena, NULL),
			STEMMA_OK);
	assert_int_equal(stemma_comparison_make(&comparison, &docs[0], &docs[1],
				 NULL, arena, scratch),
		STEMMA_OK);
	for (size_t k = 0; k < comparison.change_count; k++)
		weights |= comparison.changes[k].weights;
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	return weights;
}

/* "a [b|c] d" as two texts. */
static void
expand(struct stemma_out texts[2], const char *text)
{
	bool in[2] = {true, true};

	for (; *text && *text != '\n'; text++) {
		if (*text == '[')
			in[1] = false;
		else if (*text == '|' && in[0] != in[1])
			in[0] = !(in[1] = true);
		else if (*text == ']')
			in[0] = in[1] = true;
		else
			for (int side = 0; side < 2; side++)
				if (in[side])
					stemma_out_char(&texts[side], *text);
	}
}

/* "number,date" as bits. */
static unsigned
read_weights(char *list)
{
	unsigned weights = 0;
	char *rest, *name;

	for (name = strtok_r(list, ",", &rest); name;
		name = strtok_r(NULL, ",", &rest)) {
		unsigned bit = 0;

		for (unsigned k = 0; k < WEIGHTS; k++)
			if (strcmp(name, stemma_weight_name(1u << k)) == 0)
				bit = 1u << k;
		assert_true(bit || strcmp(name, "-") == 0);
		weights |= bit;
	}
	return weights;
}

static void
show(const char *what, unsigned weights)
{
	printf(" %s", what);
	for (unsigned k = 0; k < WEIGHTS; k++)
		if (weights & 1u << k)
			printf(" %s", stemma_weight_name(1u << k));
}

static void
take_line(struct score *score, char *line, bool verbose)
{
	struct stemma_out texts[2] = {{0}, {0}};
	char *rest, *language = strtok_r(line, "\t", &rest);
	char *list = strtok_r(NULL, "\t", &rest);
	char *text = strtok_r(NULL, "\t", &rest);
	unsigned due, given;

	assert_non_null(language);
	assert_non_null(text);
	due = read_weights(list);
	expand(texts, text);
	given = weights_of(texts);
	for (unsigned k = 0; k < WEIGHTS; k++) {
		score->due[k] += due >> k & 1;
		score->given[k] += given >> k & 1;
		score->right[k] += (due & given) >> k & 1;
	}
	score->edits++;
	score->exact += due == given;
	if (verbose && due != given) {
		printf("%s", language);
		show("due:", due);
		show("given:", given);
		printf(" in: %s", text);
	}
	stemma_out_free(&texts[0]);
	stemma_out_free(&texts[1]);
}

static void
score_file(const char *name)
{
	const char *shown = getenv("STEMMA_TEST_SHOW");
	struct score score = {.edits = 0};
	char path[200], line[2000];
	bool good = true;
	FILE *file;

	snprintf(path, sizeof path, "fixtures/weights/%s", name);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file))
		if (line[0] != '#')
			take_line(&score, line, shown && !strcmp(shown, name));
	fclose(file);
	print_message("%s: %u edits, %u exactly right\n", name, score.edits,
		score.exact);
	for (unsigned k = 0; k < WEIGHTS; k++) {
		double precision =
			score.given[k] ? 100.0 * score.right[k] / score.given[k]
				       : 0;
		double recall = score.due[k]
					? 100.0 * score.right[k] / score.due[k]
					: 0;

		print_message("  %-12s precision %5.1f recall %5.1f of %u\n",
			stemma_weight_name(1u << k), precision, recall,
			score.due[k]);
		good &= precision >= goals[k] && recall >= goals[k];
	}
	assert_true(score.edits >= 160);
	assert_true(good);
}

static void
weights_are_right_on_the_edits_they_were_made_for(void **state)
{
	(void)state;
	score_file("development.tsv");
}

static void
weights_are_right_on_edits_kept_back(void **state)
{
	(void)state;
	score_file("held-out.tsv");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			weights_are_right_on_the_edits_they_were_made_for),
		cmocka_unit_test(weights_are_right_on_edits_kept_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
