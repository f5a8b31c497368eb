/*
 * An exact simulator: a page under 200 scripted revisions whose words know
 * where they came from, and what the trace says of them.
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

#include <cmocka.h>

#include <stemma/trace.h>

#define PARAGRAPHS 60
#define WORDS 120
#define REVISIONS 200

struct word {
	unsigned name, revision;
};

struct paragraph {
	struct word words[WORDS];
	size_t count;
};

struct page {
	struct paragraph paragraphs[PARAGRAPHS];
	size_t count;
};

struct world {
	struct page page, saved;
	uint64_t state;
	unsigned names;    /* words there are to choose from; 0: always new */
	unsigned last;     /* the last new name */
	unsigned revision; /* in the making */
};

static unsigned
roll(struct world *w, size_t sides)
{
	w->state = w->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((w->state >> 33) % sides);
}

static struct word
new_word(struct world *w)
{
	unsigned name = w->names ? roll(w, w->names) : w->last++;

	return (struct word){name, w->revision};
}

static struct paragraph *
any(struct world *w)
{
	return &w->page.paragraphs[roll(w, w->page.count)];
}

static void
add_paragraph(struct world *w, const struct paragraph *p)
{
	size_t at = roll(w, w->page.count + 1);

	if (w->page.count == PARAGRAPHS)
		return;
	memmove(&w->page.paragraphs[at + 1], &w->page.paragraphs[at],
		(w->page.count - at) * sizeof *p);
	w->page.paragraphs[at] = *p;
	w->page.count++;
}

static void
write_paragraph(struct world *w)
{
	struct paragraph p = {.count = 20 + roll(w, 60)};

	for (size_t k = 0; k < p.count; k++)
		p.words[k] = new_word(w);
	add_paragraph(w, &p);
}

static void
take_paragraph(struct world *w, bool move)
{
	size_t at = roll(w, w->page.count);
	struct paragraph p = w->page.paragraphs[at];

	if (w->page.count < 5)
		return;
	w->page.count--;
	memmove(&w->page.paragraphs[at], &w->page.paragraphs[at + 1],
		(w->page.count - at) * sizeof p);
	if (move)
		add_paragraph(w, &p);
}

static void
insert_words(struct world *w)
{
	struct paragraph *p = any(w);
	size_t count = 1 + roll(w, 6), at = roll(w, p->count + 1);

	if (p->count + count > WORDS)
		return;
	memmove(&p->words[at + count], &p->words[at],
		(p->count - at) * sizeof *p->words);
	for (size_t k = 0; k < count; k++)
		p->words[at + k] = new_word(w);
	p->count += count;
}

static void
delete_words(struct world *w)
{
	struct paragraph *p = any(w);
	size_t count = 1 + roll(w, 4), at = roll(w, p->count);

	if (p->count < 15 || at + count > p->count)
		return;
	p->count -= count;
	memmove(&p->words[at], &p->words[at + count],
		(p->count - at) * sizeof *p->words);
}

static void
split_paragraph(struct world *w)
{
	struct paragraph *p = any(w), rest = {0};

	if (p->count < 30)
		return;
	rest.count = p->count / 2;
	p->count -= rest.count;
	memcpy(rest.words, &p->words[p->count],
		rest.count * sizeof *rest.words);
	add_paragraph(w, &rest);
}

static void
merge_paragraphs(struct world *w)
{
	struct paragraph *p = any(w),
			 *last = &w->page.paragraphs[w->page.count - 1];

	if (p == last || p->count + last->count > WORDS || w->page.count < 5)
		return;
	memcpy(&p->words[p->count], last->words,
		last->count * sizeof *p->words);
	p->count += last->count;
	w->page.count--;
}

/* One edit of the page; every so often it is blanked, then restored. */
static void
revise(struct world *w)
{
	if (!w->page.count) {
		w->page = w->saved;
		return;
	}
	switch (roll(w, 16)) {
	case 0:
		w->saved = w->page;
		w->page.count = 0;
		break;
	case 1:
	case 2:
		write_paragraph(w);
		break;
	case 3:
		take_paragraph(w, false);
		break;
	case 4:
	case 5:
		take_paragraph(w, true);
		break;
	case 6:
		split_paragraph(w);
		break;
	case 7:
		merge_paragraphs(w);
		break;
	case 8:
		add_paragraph(w, any(w));
		break;
	case 9:
	case 10:
	case 11:
		delete_words(w);
		break;
	default:
		insert_words(w);
	}
}

static struct stemma_view
write_page(const struct page *page, struct stemma_arena *arena)
{
	size_t capacity = PARAGRAPHS * (WORDS * 12 + 4), size = 0;
	char *bytes = stemma_arena_alloc(arena, capacity, 1);

	assert_non_null(bytes);
	for (size_t p = 0; p < page->count; p++) {
		const struct paragraph *from = &page->paragraphs[p];

		for (size_t k = 0; k < from->count; k++)
			size += (size_t)snprintf(bytes + size, capacity - size,
				"%sw%ux", k ? " " : "", from->words[k].name);
		size += (size_t)snprintf(bytes + size, capacity - size, "\n\n");
	}
	return (struct stemma_view){bytes, size};
}

/* How many words of the page have another origin than is told. */
static size_t
count_wrong(const struct world *w, const struct stemma_origins *o)
{
	size_t k = 0, wrong = 0;

	for (size_t p = 0; p < w->page.count; p++)
		for (size_t i = 0; i < w->page.paragraphs[p].count; i++, k++)
			wrong += o->words[k].revision !=
				 w->page.paragraphs[p].words[i].revision;
	assert_int_equal(k, o->count);
	return wrong;
}

/* The share of words told right over the whole life of a page. */
static double
simulate(uint64_t seed, unsigned names)
{
	struct world *w = calloc(1, sizeof *w);
	struct stemma_arena *arena = stemma_arena_new(0);
	struct stemma_arena *scratch = stemma_arena_new(0);
	struct stemma_trace *trace = stemma_trace_new(0);
	size_t wrong = 0, total = 0;

	assert_non_null(w);
	*w = (struct world){.state = seed, .names = names, .revision = 1};
	for (int k = 0; k < 12; k++)
		write_paragraph(w);
	for (; w->revision <= REVISIONS; w->revision++) {
		struct stemma_mark mark = stemma_arena_mark(arena);
		struct stemma_origins origins;
		struct stemma_doc doc;

		if (w->revision > 1)
			revise(w);
		assert_int_equal(
			stemma_doc_split(&doc, write_page(&w->page, arena),
				NULL, arena, NULL),
			STEMMA_OK);
		assert_int_equal(
			stemma_trace_add(trace, &doc, scratch), STEMMA_OK);
		assert_int_equal(stemma_trace_tell(&origins, trace,
					 stemma_trace_count(trace), &doc, arena,
					 scratch),
			STEMMA_OK);
		wrong += count_wrong(w, &origins);
		total += origins.count;
		stemma_arena_rewind(arena, mark);
	}
	stemma_trace_free(trace);
	stemma_arena_free(arena);
	stemma_arena_free(scratch);
	free(w);
	return 1 - (double)wrong / (double)total;
}

static void
trace_is_right_where_words_are_not_repeated(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++) {
		double right = simulate(seed, 0);

		print_message("seed %d: %.4f\n", (int)seed, right);
		assert_true(right >= .995);
	}
}

static void
trace_is_nearly_always_right_where_words_are_repeated(void **state)
{
	(void)state;
	for (uint64_t seed = 7; seed <= 12; seed++) {
		double right = simulate(seed, 300);

		print_message("seed %d: %.4f\n", (int)seed, right);
		assert_true(right >= .99);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trace_is_right_where_words_are_not_repeated),
		cmocka_unit_test(
			trace_is_nearly_always_right_where_words_are_repeated),
	};

	return cmocka_run_group_tests_name("trace history", tests, NULL, NULL);
}
