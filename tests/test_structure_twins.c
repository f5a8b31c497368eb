/*
 * The outlines and kinds of two versions are those that each has alone, though
 * what stands in both is read once.
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

#include <stemma/structure.h>

#include "structure/shape.h"
#include "structure/twins.h"

#define ROUNDS 2500
#define LINES_MOST 40
#define PAGE_MOST 16384

/* What pages are made of: stories of several languages, lines of all kinds,
   and what words and sentences may be mistaken about. */
static const char *const lines[] = {
	"The ferry to Ostvik will not run on Sunday, the line said. Its engine "
	"failed on Friday, and a part must come by train from Lund.",
	"Anna Berg, a spokeswoman for the line, said that it was sorry for the "
	"trouble. “We do what we can,” Ms. Berg said.",
	"Berg's colleagues will carry passengers to Lund by bus. The buses "
	"leave at 8 a.m. and at noon, the line said on Friday.",
	"But the council wants more: it asked for a second ferry in 2019.",
	"A baker in Lund has sold the same loaf for sixty years. Now Henrik "
	"Moe looks for someone who will get up at three for it.",
	"Moe does not want to sell to a chain, he told The Daily.",
	"LONDON (Reuters) - Prices of wheat rose by 3 per cent on Monday.",
	"Der Bäcker sagte am Montag, er werde den Laden im Juli schließen. "
	"Die Stadt sucht nun einen Käufer, aber bisher hat sich niemand "
	"gemeldet.",
	"Die Fähre nach Ostvik fährt am Sonntag nicht, sagte der Betreiber, "
	"und das Ersatzteil kommt mit der Bahn.",
	"„Wir tun, was wir können“, sagte Anna Berg vom Betreiber der Fähre.",
	"L'usine fermera en juillet, a dit le maire à l'AFP. Les ouvriers "
	"n'ont pas été informés de la décision qu'il a prise.",
	"Паром не пойдёт в воскресенье, сообщила компания. Запчасть привезут "
	"на поезде.",
	"渡轮周日停运。公司表示，零件将由火车运来。", "By Anna Berg",
	"Monday, 3 June 2019, 8:40", "* * *", "Read more", "Advertisement",
	"What helps", "What helps:", "- Bread", "- Water", "1. Flour",
	"2. Salt, 3 tbsp.", "Photo: Anna Berg/AFP",
	"Correction: The ferry runs on Monday.", "He met Mr.", "He met Mr. Moe",
	"Moe went in. “", "” and out", "IT and it and It", "©", "©️ 2019",
	"1️⃣ first", "x\xcc\x81y", "\xcc\x81tail", "so­ft", "ﬁne", "U.S.",
	"It ended…", "...", "Who knows?", "No. \xd8\x80", "\xd8\x80 3"};

static const char *const gaps[] = {"\n", "\n\n", "\n\n", "\r\n", "\n  ", " \n",
	"\n\t\n", "\r", "\xe2\x80\xa8", "\n \xcc\x81", "\n\xc2\xa0", "\v\n"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t seed;

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint32_t
draw(size_t below)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return (uint32_t)((z >> 32) * below >> 32);
}

/* A page as the lines that it is made of. */
struct page {
	unsigned lines[LINES_MOST];
	size_t count;
};

struct trial {
	char bytes[2][PAGE_MOST];
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	const struct stemma_doc *both[2];
};

static int
set_up(void **state)
{
	struct trial *t = calloc(1, sizeof *t);

	assert_non_null(t);
	t->arena = stemma_arena_new(0);
	t->scratch = stemma_arena_new(0);
	assert_non_null(t->arena);
	assert_non_null(t->scratch);
	t->both[0] = &t->docs[0];
	t->both[1] = &t->docs[1];
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

static void
split(struct trial *t, int side, size_t size, enum stemma_unit_type unit)
{
	const struct stemma_text_options options = {.unit = unit};

	assert_int_equal(stemma_doc_split(&t->docs[side],
				 (struct stemma_view){t->bytes[side], size},
				 &options, t->arena, NULL),
		STEMMA_OK);
}

static struct page
any_page(void)
{
	/* From part of the lines, so that some pages are of one language. */
	size_t from = draw(COUNT(lines)), span = 1 + draw(COUNT(lines));
	struct page page = {.count = 1 + draw(LINES_MOST / 2)};

	for (size_t k = 0; k < page.count; k++)
		page.lines[k] = (unsigned)((from + draw(span)) % COUNT(lines));
	return page;
}

/* Some lines come, go, change and move. */
static struct page
revise(struct page page)
{
	for (size_t edits = draw(6); edits; edits--) {
		size_t k = draw(page.count), j = draw(page.count);
		unsigned line = page.lines[k];

		switch (draw(4)) {
		case 0:
			page.lines[k] = draw(COUNT(lines));
			break;
		case 1:
			page.lines[k] = page.lines[j];
			page.lines[j] = line;
			break;
		case 2:
			page.lines[k] = page.lines[page.count - 1];
			page.count -= page.count > 1;
			break;
		default:
			if (page.count < LINES_MOST)
				page.lines[page.count++] = line;
			break;
		}
	}
	return page;
}

static size_t
write(char *bytes, const struct page *page, const char *gap)
{
	size_t size = 0;

	for (size_t k = 0; k < page->count; k++) {
		const char *line = lines[page->lines[k]];
		const char *end = gap ? gap : gaps[draw(COUNT(gaps))];

		assert_true(size + strlen(line) + strlen(end) < PAGE_MOST);
		memcpy(bytes + size, line, strlen(line));
		size += strlen(line);
		memcpy(bytes + size, end, strlen(end));
		size += strlen(end);
	}
	return size;
}

/* Two versions of a page. */
static void
make_pages(struct trial *t)
{
	const char *gap = draw(3) ? gaps[draw(COUNT(gaps))] : NULL;
	enum stemma_unit_type unit =
		draw(4) ? STEMMA_UNIT_PARAGRAPH : STEMMA_UNIT_SENTENCE;
	struct page page = any_page();

	for (int side = 0; side < 2; side++) {
		split(t, side, write(t->bytes[side], &page, gap), unit);
		page = draw(8) ? revise(page) : any_page();
	}
}

static void
assert_same(const struct stemma_outline *a, const struct stemma_outline *b)
{
	assert_int_equal(a->unit_count, b->unit_count);
	assert_int_equal(a->story_count, b->story_count);
	assert_memory_equal(a->kinds, b->kinds, a->unit_count);
	assert_memory_equal(a->sure, b->sure, a->unit_count);
	if (a->story_count)
		assert_memory_equal(a->stories, b->stories,
			a->story_count * sizeof *a->stories);
}

static void
outlines_of_two_versions_are_those_of_each(void **state)
{
	static const struct stemma_outline_options choices[] = {{0}, {0}, {0},
		{.stories = STEMMA_STORIES_OFF},
		{.stories = STEMMA_STORIES_COUNT, .count = 3}};
	struct trial *t = *state;
	size_t stories = 0;

	for (seed = 1; seed <= ROUNDS; seed++) {
		const uint64_t round = seed;
		struct stemma_outline together[2], alone;
		const struct stemma_outline_options *options[2] = {
			&choices[draw(COUNT(choices))],
			&choices[draw(COUNT(choices))]};
		struct stemma_mark mark = stemma_arena_mark(t->arena);

		make_pages(t);
		assert_int_equal(stemma_outlines_make(together, t->both,
					 options, t->arena, t->scratch),
			STEMMA_OK);
		assert_int_equal(stemma_arena_used(t->scratch), 0);
		for (int side = 0; side < 2; side++) {
			assert_int_equal(
				stemma_outline_make(&alone, t->both[side],
					options[side], t->arena, t->scratch),
				STEMMA_OK);
			assert_same(&together[side], &alone);
			stories += alone.story_count;
		}
		stemma_arena_rewind(t->arena, mark);
		seed = round;
	}
	assert_true(stories > 2 * ROUNDS);
}

/* The words of the second version, `before` being what was read of the first,
   or NULL. */
static void
read_words(struct stemma_page *page, struct trial *t, int side,
	const struct stemma_page *before)
{
	struct stemma_paragraphs first = {0}, own = {.doc = t->both[side]};

	own.items = stemma_paragraphs_find(&own.count, own.doc, t->arena);
	assert_non_null(own.items);
	if (before) {
		first.doc = before->doc;
		/* Twins point into these. */
		first.items = (struct stemma_paragraph *)before->paragraphs;
		first.count = before->paragraph_count;
		assert_true(stemma_twins_find(&own, &first, t->arena));
	}
	*page = (struct stemma_page){.doc = own.doc,
		.paragraphs = own.items,
		.paragraph_count = own.count};
	assert_int_equal(stemma_page_words(page, before, t->arena), STEMMA_OK);
}

/* Which words there are before each paragraph. With each a sentence ends, which
   the words tell only at the end of what was split at once. */
static void
count_words(struct stemma_page *page, struct trial *t)
{
	uint32_t word = 0;

	page->first_words = stemma_arena_alloc(
		t->arena, page->paragraph_count + 1, sizeof *page->first_words);
	assert_non_null(page->first_words);
	for (size_t k = 0; k < page->paragraph_count; k++) {
		size_t end = page->paragraphs[k].span.end - page->words.base;

		page->first_words[k] = word;
		while (word < page->words.count &&
			page->words.words[word].start < end)
			word++;
		if (word)
			page->words.words[word - 1].sentence_end = 1;
	}
	page->first_words[page->paragraph_count] = word;
}

static void
words_that_are_copied_are_those_that_would_be_split(void **state)
{
	struct trial *t = *state;
	size_t copied = 0;

	for (seed = 1; seed <= ROUNDS; seed++) {
		const uint64_t round = seed;
		struct stemma_mark mark = stemma_arena_mark(t->arena);
		struct stemma_page first, second, alone;

		make_pages(t);
		read_words(&first, t, 0, NULL);
		count_words(&first, t);
		read_words(&second, t, 1, &first);
		read_words(&alone, t, 1, NULL);
		count_words(&second, t);
		count_words(&alone, t);
		for (size_t k = 0; k < second.paragraph_count; k++)
			copied += second.copied[k];
		assert_int_equal(second.words.count, alone.words.count);
		assert_int_equal(second.lexeme_count, alone.lexeme_count);
		if (alone.words.count)
			assert_memory_equal(second.words.words,
				alone.words.words,
				alone.words.count * sizeof *alone.words.words);
		stemma_arena_rewind(t->arena, mark);
		seed = round;
	}
	assert_true(copied > ROUNDS);
}

static void
kinds_of_two_versions_are_those_of_each(void **state)
{
	struct trial *t = *state;

	for (seed = 1; seed <= ROUNDS; seed++) {
		const uint64_t round = seed;
		static uint8_t kinds[2][PAGE_MOST], sure[2][PAGE_MOST];
		static uint8_t alone[PAGE_MOST], alone_sure[PAGE_MOST];
		static uint8_t some[PAGE_MOST];
		const struct stemma_kinds_side sides[2] = {
			{t->both[0], kinds[0], sure[0]},
			{t->both[1], kinds[1], sure[1]}};
		const uint8_t *wanted[2] = {
			draw(2) ? some : NULL, draw(2) ? some : NULL};
		struct stemma_mark mark = stemma_arena_mark(t->arena);

		for (size_t k = 0; k < LINES_MOST; k++)
			some[k] = draw(2) == 0;
		make_pages(t);
		assert_int_equal(
			stemma_kinds_tell_both(sides, wanted, t->scratch),
			STEMMA_OK);
		assert_int_equal(stemma_arena_used(t->scratch), 0);
		for (int side = 0; side < 2; side++) {
			assert_int_equal(stemma_kinds_tell(alone, alone_sure,
						 t->both[side], wanted[side],
						 NULL, 0, t->scratch),
				STEMMA_OK);
			assert_memory_equal(
				kinds[side], alone, t->docs[side].unit_count);
			assert_memory_equal(sure[side], alone_sure,
				t->docs[side].unit_count);
		}
		stemma_arena_rewind(t->arena, mark);
		seed = round;
	}
}

static void
outlines_without_memory_are_none(void **state)
{
	static const struct stemma_outline_options *const options[2] = {
		NULL, NULL};
	struct trial *t = *state;
	enum stemma_code code = STEMMA_NOMEM;
	size_t rounds = 0;

	seed = 7;
	make_pages(t);
	for (size_t limit = 1; code != STEMMA_OK; limit += limit / 24 + 1) {
		for (int which = 0; which < 2; which++) {
			struct stemma_arena *small = stemma_arena_new(limit);
			struct stemma_outline outlines[2];

			assert_non_null(small);
			code = stemma_outlines_make(outlines, t->both, options,
				which ? t->arena : small,
				which ? small : t->scratch);
			for (int side = 0; side < 2 && code != STEMMA_OK;
				side++) {
				assert_int_equal(code, STEMMA_NOMEM);
				assert_null(outlines[side].kinds);
				assert_null(outlines[side].stories);
				assert_int_equal(outlines[side].unit_count, 0);
			}
			assert_int_equal(
				stemma_arena_used(which ? small : t->scratch),
				0);
			stemma_arena_free(small);
		}
		rounds++;
	}
	assert_true(rounds > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(outlines_of_two_versions_are_those_of_each),
		TEST(words_that_are_copied_are_those_that_would_be_split),
		TEST(kinds_of_two_versions_are_those_of_each),
		TEST(outlines_without_memory_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
