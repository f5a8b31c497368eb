/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/structure.h>

#define UNITS_MAX 16

/* Two versions of a page, and what each says of its units. */
struct trial {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	uint8_t kinds[2][UNITS_MAX], sure[2][UNITS_MAX];
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

/* Tell the kinds of `text`, by itself, on one side. */
static void
tell(struct trial *t, int side, const char *text, enum stemma_unit_type unit)
{
	struct stemma_text_options options = {
		.layout = STEMMA_LAYOUT_NEWLINE, .unit = unit};

	assert_int_equal(stemma_doc_split(&t->docs[side], stemma_view_of(text),
				 &options, t->arena, NULL),
		STEMMA_OK);
	assert_true(t->docs[side].unit_count <= UNITS_MAX);
	assert_int_equal(stemma_kinds_tell(t->kinds[side], t->sure[side],
				 &t->docs[side], NULL, NULL, 0, t->scratch),
		STEMMA_OK);
	for (size_t k = 0; k < t->docs[side].unit_count; k++)
		assert_in_range(t->sure[side][k], 1, 100);
}

static void
agree(struct trial *t, const struct stemma_unit_pair *pairs, size_t count)
{
	struct stemma_kinds_side sides[2];

	for (int k = 0; k < 2; k++)
		sides[k] = (struct stemma_kinds_side){
			&t->docs[k], t->kinds[k], t->sure[k]};
	stemma_kinds_agree(sides, pairs, count);
}

#define BODY                                                                   \
	"The council of Harrow has voted to close the night ferry, its mayor " \
	"said on Tuesday. Nobody spoke against it.\n"

static void
kinds_of_two_versions_agree_where_one_is_surer(void **state)
{
	static const struct stemma_unit_pair pairs[] = {
		{{0, 0}}, {{1, 1}}, {{2, 2}}};
	struct trial *t = *state;

	tell(t, 0, "Night ferry closes\n" BODY "Ferries at the quay, in May\n",
		STEMMA_UNIT_PARAGRAPH);
	tell(t, 1,
		"Night ferry closes\n" BODY
		"Photo: Ferries at the quay, in May\n",
		STEMMA_UNIT_PARAGRAPH);
	assert_int_not_equal(t->kinds[0][2], STEMMA_KIND_CAPTION);
	agree(t, pairs, 3);
	assert_int_equal(t->kinds[0][0], STEMMA_KIND_HEADLINE);
	assert_int_equal(t->kinds[0][1], STEMMA_KIND_BODY);
	assert_int_equal(t->kinds[0][2], STEMMA_KIND_CAPTION);
	assert_int_equal(t->kinds[1][2], STEMMA_KIND_CAPTION);
	assert_true(t->sure[0][2] < t->sure[1][2]);
}

/* What nobody asks about is not read when it is long and ends a sentence; all
   else has the kind that it has anyway. */
static void
kinds_that_are_not_wanted_are_told_from_afar(void **state)
{
	static const uint8_t none[5], some[5] = {[2] = 1};
	struct trial *t = *state;
	uint8_t kinds[5], sure[5];

	tell(t, 0,
		"Night ferry closes\nBy Ada Marsh\nCorrection: " BODY
		"Correction: " BODY BODY,
		STEMMA_UNIT_PARAGRAPH);
	assert_int_equal(t->docs[0].unit_count, 5);
	assert_int_equal(t->kinds[0][2], STEMMA_KIND_CORRECTION);
	assert_int_equal(stemma_kinds_tell(kinds, sure, &t->docs[0], some, NULL,
				 0, t->scratch),
		STEMMA_OK);
	assert_int_equal(kinds[0], STEMMA_KIND_HEADLINE);
	assert_int_equal(kinds[1], STEMMA_KIND_BYLINE);
	assert_int_equal(kinds[2], STEMMA_KIND_CORRECTION);
	assert_int_equal(kinds[3], STEMMA_KIND_BODY);
	assert_true(sure[3] < t->sure[0][3]);
	assert_int_equal(stemma_kinds_tell(kinds, sure, &t->docs[0], none, NULL,
				 0, t->scratch),
		STEMMA_OK);
	assert_int_equal(kinds[1], STEMMA_KIND_BYLINE);
	assert_int_equal(kinds[2], STEMMA_KIND_BODY);
}

static void
kinds_of_which_both_are_sure_stay(void **state)
{
	static const struct stemma_unit_pair pair = {{1, 1}};
	struct trial *t = *state;

	tell(t, 0, "Night ferry closes\n" BODY BODY, STEMMA_UNIT_PARAGRAPH);
	tell(t, 1, "Night ferry closes\nCorrection: " BODY BODY,
		STEMMA_UNIT_PARAGRAPH);
	agree(t, &pair, 1);
	assert_int_equal(t->kinds[0][1], STEMMA_KIND_BODY);
	assert_int_equal(t->kinds[1][1], STEMMA_KIND_CORRECTION);
}

static void
kinds_that_agree_are_those_of_whole_paragraphs(void **state)
{
	static const struct stemma_unit_pair pair = {{2, 2}};
	struct trial *t = *state;

	tell(t, 0, "Night ferry closes\n" BODY, STEMMA_UNIT_SENTENCE);
	tell(t, 1, "Night ferry closes\n" BODY, STEMMA_UNIT_SENTENCE);
	assert_int_equal(t->docs[0].unit_count, 3);
	t->kinds[0][1] = t->kinds[0][2] = STEMMA_KIND_CAPTION;
	t->sure[0][1] = t->sure[0][2] = 20;
	agree(t, &pair, 1);
	assert_int_equal(t->kinds[0][0], STEMMA_KIND_HEADLINE);
	assert_int_equal(t->kinds[0][1], STEMMA_KIND_BODY);
	assert_int_equal(t->kinds[0][2], STEMMA_KIND_BODY);
}

static void
kinds_without_memory_are_not_told(void **state)
{
	struct trial *t = *state;
	enum stemma_code code = STEMMA_NOMEM;
	size_t rounds = 0;

	tell(t, 0, "Night ferry closes\n" BODY BODY, STEMMA_UNIT_PARAGRAPH);
	for (size_t limit = 1; code != STEMMA_OK; limit += limit / 4 + 1) {
		struct stemma_arena *small = stemma_arena_new(limit);

		assert_non_null(small);
		code = stemma_kinds_tell(
			t->kinds[1], NULL, &t->docs[0], NULL, NULL, 0, small);
		if (code != STEMMA_OK)
			assert_int_equal(code, STEMMA_NOMEM);
		assert_int_equal(stemma_arena_used(small), 0);
		stemma_arena_free(small);
		rounds++;
	}
	assert_true(rounds > 3);
	assert_memory_equal(t->kinds[0], t->kinds[1], t->docs[0].unit_count);
}

/* Lines of words and marks that rules look for, at random. */
static void
kinds_of_any_lines_are_kinds(void **state)
{
	static const char *const parts[] = {"By ", "Ada ", "Marsh", ", ", "- ",
		"— ", "«", "»", "(", ")", "18.40", " Uhr", "3/5/2024", ":", "?",
		".", "۱۲ ", "记者 ", "更正：", "\n", "\n", "AFP", "©", "/",
		"1. ", "• ", "□", "Read also", "\xf0\x9f\x91\x89", "\xe2",
		" the night ferry", "ส", "…"};
	const size_t count = sizeof parts / sizeof *parts;
	struct trial *t = *state;
	uint64_t seed = 7;

	for (int round = 0; round < 2000; round++) {
		struct stemma_mark mark = stemma_arena_mark(t->arena);
		struct stemma_out out = {0};
		struct stemma_doc doc;
		uint8_t *kinds;

		for (int k = 0; k < 60; k++) {
			const char *part;

			seed = seed * 6364136223846793005u +
			       1442695040888963407u;
			part = parts[(seed >> 33) % count];
			stemma_out_bytes(&out, part, strlen(part));
		}
		assert_int_equal(
			stemma_doc_split(&doc,
				(struct stemma_view){out.bytes, out.size}, NULL,
				t->arena, NULL),
			STEMMA_OK);
		kinds = stemma_arena_alloc(t->arena, doc.unit_count + 1, 1);
		assert_non_null(kinds);
		memset(kinds, 255, doc.unit_count + 1);
		assert_int_equal(stemma_kinds_tell(kinds, NULL, &doc, NULL,
					 NULL, 0, t->scratch),
			STEMMA_OK);
		for (size_t k = 0; k < doc.unit_count; k++)
			assert_true(kinds[k] < STEMMA_KIND_COUNT);
		assert_int_equal(kinds[doc.unit_count], 255);
		stemma_out_free(&out);
		stemma_arena_rewind(t->arena, mark);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(kinds_of_two_versions_agree_where_one_is_surer),
		TEST(kinds_that_are_not_wanted_are_told_from_afar),
		TEST(kinds_of_which_both_are_sure_stay),
		TEST(kinds_that_agree_are_those_of_whole_paragraphs),
		TEST(kinds_without_memory_are_not_told),
		TEST(kinds_of_any_lines_are_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
