/*
 * Passages put into pages of chance, so that it is known where they stand.
 *
 *     STEMMA_TEST_SEED   where to start
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/reuse.h>

#include "support/pages.h"
#include "support/passages.h"

#define PARAGRAPHS MOST_PARAGRAPHS

/* Two pages, and for each paragraph of the second the one of the first that it
   was made of; none for most. */
struct planted {
	struct page pages[2];
	uint32_t from[PARAGRAPHS];
	struct stemma_out texts[2];
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	struct stemma_reuse reuse;
	uint64_t seed;
};

#define NOWHERE UINT32_MAX

static int
set_up(void **state)
{
	const char *seed = getenv("STEMMA_TEST_SEED");
	struct planted *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->seed = seed ? strtoull(seed, NULL, 10) : 20251123;
	*state = t;
	return 0;
}

static void
start(struct planted *t)
{
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	assert_non_null(t->arena);
	assert_non_null(t->scratch);
}

static void
finish(struct planted *t)
{
	for (int side = 0; side < 2; side++) {
		stemma_out_free(&t->texts[side]);
		t->texts[side] = (struct stemma_out){0};
	}
	stemma_arena_free(t->arena);
	stemma_arena_free(t->scratch);
	t->arena = t->scratch = NULL;
}

static int
tear_down(void **state)
{
	free(*state);
	return 0;
}

/* Pages of paragraphs that are worth finding: of twenty words and more, or
   fifty of a script where most are one or two characters. */
static void
make_pages(struct planted *t, const struct script *script)
{
	for (int side = 0; side < 2; side++) {
		t->pages[side].count = PARAGRAPHS;
		for (uint32_t k = 0; k < PARAGRAPHS; k++) {
			struct paragraph *p = &t->pages[side].paragraphs[k];

			do
				make_paragraph(p, script, &t->seed);
			while (p->count < (script->points ? 50 : 20));
		}
	}
	for (uint32_t k = 0; k < PARAGRAPHS; k++)
		t->from[k] = NOWHERE;
}

/* Replace, drop or add a word wherever chance says so. */
static void
edit(struct paragraph *to, const struct paragraph *from,
	const struct script *script, uint32_t percent, uint64_t *seed)
{
	to->count = 0;
	for (uint32_t k = 0; k < from->count; k++) {
		uint32_t what = 3;

		if (to->count + 2 > MOST_PIECES)
			return;
		if (random_chance(seed, percent))
			what = random_below(seed, 3);
		if (what == 0 || what == 1)
			make_piece(&to->pieces[to->count++], script, seed);
		if (what == 1 || what == 3)
			to->pieces[to->count++] = from->pieces[k];
	}
}

/* Put edited paragraphs of the first page into the second. */
static void
plant(struct planted *t, const struct script *script, uint32_t percent)
{
	for (uint32_t k = 1; k < PARAGRAPHS; k += 2) {
		uint32_t from = random_below(&t->seed, PARAGRAPHS);

		edit(&t->pages[1].paragraphs[k], &t->pages[0].paragraphs[from],
			script, percent, &t->seed);
		t->from[k] = from;
	}
}

static void
find(struct planted *t)
{
	const struct stemma_doc *docs[2] = {&t->docs[0], &t->docs[1]};
	const struct stemma_text_options options = {
		.layout = STEMMA_LAYOUT_NEWLINE};
	const char *message;

	for (int side = 0; side < 2; side++) {
		write_page(&t->texts[side], &t->pages[side], &layouts[1]);
		assert_int_equal(
			stemma_doc_split(&t->docs[side],
				(struct stemma_view){t->texts[side].bytes,
					t->texts[side].size},
				&options, t->arena, NULL),
			STEMMA_OK);
		assert_int_equal(t->docs[side].unit_count, PARAGRAPHS);
	}
	assert_int_equal(
		stemma_reuse_find(&t->reuse, docs, 2, t->arena, t->scratch),
		STEMMA_OK);
	message = check_reuse(&t->reuse, docs, 2, t->scratch);
	if (message)
		fail_msg("%s", message);
}

struct score {
	uint32_t planted, found, false_ones;
};

static void
count(struct score *score, const struct planted *t)
{
	for (uint32_t k = 0; k < PARAGRAPHS; k++) {
		bool found = false;

		for (size_t n = 0; n < t->reuse.passage_count; n++) {
			const struct stemma_passage *p = &t->reuse.passages[n];

			found |= p->target.unit == k &&
				 p->source.unit == t->from[k];
		}
		score->planted += t->from[k] != NOWHERE;
		score->found += found;
	}
	for (size_t n = 0; n < t->reuse.passage_count; n++) {
		const struct stemma_passage *p = &t->reuse.passages[n];

		score->false_ones += t->from[p->target.unit] != p->source.unit;
	}
}

/* The share of planted passages found in pages of a script, in percent. */
static uint32_t
percent_found(struct planted *t, const struct script *script, uint32_t percent)
{
	struct score score = {0};

	for (int round = 0; round < 8; round++) {
		start(t);
		make_pages(t, script);
		plant(t, script, percent);
		find(t);
		count(&score, t);
		finish(t);
	}
	assert_int_equal(score.false_ones, 0);
	assert_true(score.planted >= 100);
	return score.found * 100 / score.planted;
}

/* Scripts in which prose is written: all but the last. */
#define PROSE (SCRIPT_COUNT - 1)

static void
reuse_finds_every_passage_that_was_not_edited(void **state)
{
	for (size_t k = 0; k < PROSE; k++)
		assert_int_equal(percent_found(*state, &scripts[k], 0), 100);
}

static void
reuse_finds_95_of_100_passages_of_which_15_of_100_words_are_edited(void **state)
{
	for (size_t k = 0; k < PROSE; k++)
		assert_true(percent_found(*state, &scripts[k], 15) >= 95);
}

/* Put a run of words of the first page into the middle of a paragraph of the
   second; its text is left in `text`. */
static void
plant_run(
	struct planted *t, uint32_t at, uint32_t words, struct stemma_out *text)
{
	const struct paragraph *from =
		&t->pages[0].paragraphs[random_below(&t->seed, PARAGRAPHS)];
	struct paragraph *to = &t->pages[1].paragraphs[at];
	uint32_t first = random_below(&t->seed, from->count - words + 1);
	struct paragraph run = {.count = words};

	if (to->count + words > MOST_PIECES)
		to->count = MOST_PIECES - words;
	memcpy(run.pieces, from->pieces + first, words * sizeof *run.pieces);
	memmove(to->pieces + 5 + words, to->pieces + 5,
		(to->count - 5) * sizeof *to->pieces);
	memcpy(to->pieces + 5, run.pieces, words * sizeof *run.pieces);
	to->count += words;
	write_paragraph(text, &run, 0);
	/* The last mark may belong to what follows. */
	while (text->size && strchr(" ,.", text->bytes[text->size - 1]))
		text->size--;
}

/* Whether some passage covers the whole run in the target. */
static bool
is_covered(const struct planted *t, uint32_t unit, const struct stemma_out *run)
{
	struct stemma_view text = stemma_doc_unit(&t->docs[1], unit);
	const char *there =
		memmem(text.bytes, text.size, run->bytes, run->size);
	size_t start;

	assert_non_null(there);
	start = t->docs[1].units[unit].start + (size_t)(there - text.bytes);
	for (size_t n = 0; n < t->reuse.passage_count; n++) {
		const struct stemma_passage *p = &t->reuse.passages[n];

		if (p->target.unit == unit && p->target.span.start <= start &&
			p->target.span.end >= start + run->size)
			return true;
	}
	return false;
}

static void
reuse_finds_every_run_of_ten_words(void **state)
{
	struct planted *t = *state;

	for (int round = 0; round < 8; round++) {
		struct stemma_out runs[PARAGRAPHS] = {{0}};

		start(t);
		make_pages(t, &scripts[round % 2]);
		for (uint32_t k = 0; k < PARAGRAPHS; k++)
			plant_run(t, k, 10 + k % 3, &runs[k]);
		find(t);
		for (uint32_t k = 0; k < PARAGRAPHS; k++) {
			assert_true(is_covered(t, k, &runs[k]));
			stemma_out_free(&runs[k]);
		}
		finish(t);
	}
}

static void
reuse_finds_nothing_in_a_megabyte_of_unrelated_text(void **state)
{
	struct planted *t = *state;
	const struct stemma_doc *docs[1] = {&t->docs[0]};

	start(t);
	while (t->texts[0].size < 1000000) {
		make_pages(t, &scripts[t->texts[0].size / 100000 % 2]);
		write_page(&t->texts[0], &t->pages[0], &layouts[1]);
	}
	assert_int_equal(stemma_doc_split(&t->docs[0],
				 (struct stemma_view){
					 t->texts[0].bytes, t->texts[0].size},
				 NULL, t->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_reuse_find(&t->reuse, docs, 1, t->arena, t->scratch),
		STEMMA_OK);
	assert_int_equal(t->reuse.passage_count, 0);
	assert_false(t->reuse.approximate);
	finish(t);
}

static void
reuse_mirrors_when_the_documents_are_swapped(void **state)
{
	struct planted *t = *state;

	for (size_t k = 0; k < SCRIPT_COUNT; k++) {
		const struct stemma_doc *swapped[2] = {
			&t->docs[1], &t->docs[0]};
		struct stemma_reuse mirror;

		start(t);
		make_pages(t, &scripts[k]);
		plant(t, &scripts[k], 20);
		find(t);
		assert_int_equal(stemma_reuse_find(&mirror, swapped, 2,
					 t->arena, t->scratch),
			STEMMA_OK);
		assert_true(is_mirrored(&t->reuse, &mirror));
		finish(t);
	}
}

static void
reuse_of_a_text_with_itself_is_all_of_it(void **state)
{
	struct planted *t = *state;

	for (size_t k = 0; k < PROSE; k++) {
		struct score score = {0};

		start(t);
		make_pages(t, &scripts[k]);
		t->pages[1] = t->pages[0];
		for (uint32_t n = 0; n < PARAGRAPHS; n++)
			t->from[n] = n;
		find(t);
		count(&score, t);
		assert_int_equal(score.found, PARAGRAPHS);
		assert_int_equal(score.false_ones, 0);
		finish(t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(reuse_finds_every_passage_that_was_not_edited),
		TEST(reuse_finds_95_of_100_passages_of_which_15_of_100_words_are_edited),
		TEST(reuse_finds_every_run_of_ten_words),
		TEST(reuse_finds_nothing_in_a_megabyte_of_unrelated_text),
		TEST(reuse_mirrors_when_the_documents_are_swapped),
		TEST(reuse_of_a_text_with_itself_is_all_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
