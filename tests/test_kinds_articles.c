/*
 * Kinds of the labelled articles in fixtures/kinds: how many are told right.
 * Those with odd numbers are for tuning; nobody looks at the mistakes in the
 * even ones, which say how well the rest of the world is told.
 *
 *     KINDS_MISTAKES=fr build/cc/tests/test_kinds_articles
 *
 * prints the mistakes in the odd ones whose names begin so.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glob.h>

#include <cmocka.h>

#include <stemma/structure.h>

#define UNITS_MAX 64

/* An article: its text, and the kind of each line. */
struct article {
	const char *name; /* "en-01.txt" */
	struct stemma_out text;
	uint8_t kinds[UNITS_MAX];
	size_t count;
};

/* Units by the kind they are, and the kind they are told to be. */
struct score {
	unsigned units[STEMMA_KIND_COUNT][STEMMA_KIND_COUNT];
	unsigned articles;
	unsigned single, cut; /* articles of one headline; cut all the same */
};

static uint8_t
kind_of(const char *name, size_t size)
{
	for (uint8_t k = 0; k < STEMMA_KIND_COUNT; k++) {
		const char *other = stemma_kind_name((enum stemma_kind)k);

		if (strlen(other) == size && memcmp(other, name, size) == 0)
			return k;
	}
	fail_msg("no kind: %.*s", (int)size, name);
	return 0;
}

/* Read lines of "kind<TAB>text"; with `blank`, a blank line is
   put between any two. */
static void
read_article(struct article *article, const char *path, bool blank)
{
	FILE *file = fopen(path, "r");
	const char *slash = strrchr(path, '/');
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	assert_non_null(file);
	*article = (struct article){.name = slash ? slash + 1 : path};
	while ((size = getline(&line, &room, file)) > 0) {
		const char *tab = strchr(line, '\t');

		assert_non_null(tab);
		assert_true(article->count < UNITS_MAX);
		article->kinds[article->count++] =
			kind_of(line, (size_t)(tab - line));
		stemma_out_bytes(&article->text, tab + 1,
			(size_t)(line + size - tab - 1));
		if (blank)
			stemma_out_bytes(&article->text, "\n", 1);
	}
	free(line);
	fclose(file);
	assert_int_equal(article->text.code, STEMMA_OK);
}

static void
show_mistake(const struct article *article, const struct stemma_doc *doc,
	size_t unit, uint8_t told)
{
	const char *wanted = getenv("KINDS_MISTAKES");
	struct stemma_view text = stemma_doc_unit(doc, unit);

	if (!wanted || strncmp(article->name, wanted, strlen(wanted)) != 0 ||
		(article->name[4] - '0') % 2 == 0)
		return;
	print_message("%.5s %2zu is %s, told %s: %.*s\n", article->name, unit,
		stemma_kind_name((enum stemma_kind)article->kinds[unit]),
		stemma_kind_name((enum stemma_kind)told),
		(int)(text.size < 90 ? text.size : 90), text.bytes);
}

static void
try_article(struct score *score, const char *path, bool blank)
{
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_outline outline;
	struct stemma_doc doc;
	struct article article;
	unsigned headlines = 0;

	read_article(&article, path, blank);
	assert_int_equal(stemma_doc_split(&doc,
				 (struct stemma_view){
					 article.text.bytes, article.text.size},
				 NULL, arena, NULL),
		STEMMA_OK);
	if (doc.unit_count != article.count)
		fail_msg("%s: %zu units for %zu lines", article.name,
			doc.unit_count, article.count);
	assert_int_equal(
		stemma_outline_make(&outline, &doc, NULL, arena, scratch),
		STEMMA_OK);
	for (size_t k = 0; k < article.count; k++) {
		headlines += article.kinds[k] == STEMMA_KIND_HEADLINE;
		score->units[article.kinds[k]][outline.kinds[k]]++;
		if (outline.kinds[k] != article.kinds[k])
			show_mistake(&article, &doc, k, outline.kinds[k]);
	}
	score->articles++;
	score->single += headlines == 1;
	score->cut += headlines == 1 && outline.story_count > 1;
	stemma_out_free(&article.text);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
}

/* All odd or even articles (-1: both), one paragraph a line and blank lines between. */
static void
try_articles(struct score *score, int parity)
{
	glob_t found;

	*score = (struct score){.articles = 0};
	assert_int_equal(glob("fixtures/kinds/*.txt", 0, NULL, &found), 0);
	for (size_t k = 0; k < found.gl_pathc; k++) {
		const char *path = found.gl_pathv[k];

		if (parity >= 0 && (path[strlen(path) - 5] - '0') % 2 != parity)
			continue;
		try_article(score, path, false);
		try_article(score, path, true);
	}
	globfree(&found);
}

static unsigned
total(const struct score *score, int is, int told)
{
	unsigned sum = 0;

	for (int i = 0; i < STEMMA_KIND_COUNT; i++) {
		for (int t = 0; t < STEMMA_KIND_COUNT; t++)
			sum += is < 0 && told < 0
				       ? (i == t) * score->units[i][t]
			       : (is < 0 || i == is) && (told < 0 || t == told)
				       ? score->units[i][t]
				       : 0;
	}
	return sum;
}

static void
print_score(const struct score *s, const char *what)
{
	print_message("%s: %u articles\n%-12s", what, s->articles / 2, "is");
	for (int t = 0; t < STEMMA_KIND_COUNT; t++)
		print_message(" %5.4s", stemma_kind_name((enum stemma_kind)t));
	print_message("  found  right\n");
	for (int i = 0; i < STEMMA_KIND_COUNT; i++) {
		double right = s->units[i][i];

		print_message("%-12s", stemma_kind_name((enum stemma_kind)i));
		for (int t = 0; t < STEMMA_KIND_COUNT; t++)
			print_message(" %5u", s->units[i][t]);
		print_message("  %5.3f  %5.3f\n",
			right / (total(s, i, -1) + 1e-9),
			right / (total(s, -1, i) + 1e-9));
	}
}

/* Headlines are found, and found alone, so many times in 1000; and all kinds.
 */
static void
check_score(int parity, const char *what, unsigned headlines, unsigned least)
{
	const int headline = STEMMA_KIND_HEADLINE;
	struct score score;
	unsigned right, all = 0;

	try_articles(&score, parity);
	print_score(&score, what);
	right = total(&score, -1, -1);
	for (int k = 0; k < STEMMA_KIND_COUNT; k++)
		all += total(&score, k, -1);
	print_message("%s: %.4f right of %u\n", what, (double)right / all, all);
	assert_true(score.articles / 2 >= 55);
	assert_true(right * 1000 >= all * least);
	right = score.units[headline][headline];
	assert_true(right * 1000 >= total(&score, headline, -1) * headlines);
	assert_true(right * 1000 >= total(&score, -1, headline) * headlines);
}

static void
kinds_of_the_articles_for_tuning_are_right(void **state)
{
	(void)state;
	check_score(1, "tuning", 970, 950);
}

static void
kinds_of_the_articles_kept_back_are_right(void **state)
{
	(void)state;
	check_score(0, "kept back", 960, 950);
}

static void
kinds_of_all_articles_are_right(void **state)
{
	(void)state;
	check_score(-1, "all", 970, 950);
}

static void
articles_of_one_headline_are_one_story(void **state)
{
	struct score score;

	(void)state;
	try_articles(&score, -1);
	print_message("%u of %u cut\n", score.cut, score.single);
	assert_true(score.single >= 200);
	assert_true(score.cut * 100 <= score.single * 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_of_the_articles_for_tuning_are_right),
		cmocka_unit_test(kinds_of_the_articles_kept_back_are_right),
		cmocka_unit_test(kinds_of_all_articles_are_right),
		cmocka_unit_test(articles_of_one_headline_are_one_story),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
