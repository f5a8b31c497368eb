/*
 * What holds of the origins of every history, tried on generated ones: few
 * names for many words, so that nothing is certain by its words alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/history.h"

#define HISTORIES 25
#define REVISIONS 24
#define PARAGRAPHS 10
#define WORDS 60

struct page {
	unsigned words[PARAGRAPHS][WORDS];
	size_t counts[PARAGRAPHS];
	size_t count;
	uint64_t state;
};

static unsigned
roll(struct page *p, size_t sides)
{
	p->state = p->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((p->state >> 33) % sides);
}

static void
write_paragraph(struct page *p, size_t at)
{
	p->counts[at] = 5 + roll(p, WORDS - 10);
	for (size_t k = 0; k < p->counts[at]; k++)
		p->words[at][k] = roll(p, 50);
}

static void
copy_paragraph(struct page *p, size_t to, size_t from)
{
	p->counts[to] = p->counts[from];
	memmove(p->words[to], p->words[from], sizeof p->words[to]);
}

static void
revise(struct page *p)
{
	size_t at = roll(p, p->count), other = roll(p, p->count), word;

	switch (roll(p, 6)) {
	case 0:
		write_paragraph(p, at);
		break;
	case 1:
		copy_paragraph(p, at, other);
		break;
	case 2:
		if (p->count < PARAGRAPHS)
			write_paragraph(p, p->count++);
		break;
	case 3:
		if (p->count > 2)
			p->count--;
		break;
	default:
		word = roll(p, p->counts[at]);
		p->words[at][word] = roll(p, 50);
	}
}

/* The page as text, with `tail` after it, in the history's memory. */
static struct stemma_view
write_page(struct history *h, const struct page *p, const char *tail)
{
	struct stemma_out out = {0};
	struct stemma_view text = {0};
	char *bytes;

	for (size_t k = 0; k < p->count; k++) {
		for (size_t i = 0; i < p->counts[k]; i++) {
			stemma_out_string(&out, i % 9 ? " w" : ". W");
			stemma_out_number(&out, p->words[k][i]);
		}
		stemma_out_string(&out, ".\n\n");
	}
	stemma_out_string(&out, tail);
	assert_int_equal(out.code, STEMMA_OK);
	bytes = stemma_arena_alloc(h->arena, out.size + 1, 1);
	assert_non_null(bytes);
	memcpy(bytes, out.bytes, out.size);
	text = (struct stemma_view){bytes, out.size};
	stemma_out_free(&out);
	return text;
}

static void
feed(struct history *h, struct stemma_view text)
{
	const char *wrong = history_feed(h, text);

	if (wrong)
		fail_msg("revision %zu: %s", h->count, wrong);
}

/* Make a history of `revisions`, which ends with `page`. */
static void
make(struct history *h, struct page *page, uint64_t seed, size_t revisions)
{
	assert_true(history_open(h));
	*page = (struct page){.state = seed, .count = 4};
	for (size_t k = 0; k < page->count; k++)
		write_paragraph(page, k);
	while (h->count < revisions) {
		if (h->count)
			revise(page);
		feed(h, write_page(h, page, ""));
	}
}

static void
each_history(void (*check)(struct history *h, const struct page *page))
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history h;
		struct page page;

		make(&h, &page, seed, REVISIONS);
		check(&h, &page);
		history_close(&h);
	}
}

static void
check_same(struct history *h, const struct page *page)
{
	feed(h, write_page(h, page, ""));
	assert_true(history_agrees(h, REVISIONS, REVISIONS + 1));
	assert_true(history_agrees(h, REVISIONS + 1, REVISIONS));
}

static void
a_revision_fed_again_has_the_same_origins(void **state)
{
	(void)state;
	each_history(check_same);
}

static void
check_blanked(struct history *h, const struct page *page)
{
	feed(h, stemma_view_of(""));
	feed(h, stemma_view_of("Nothing to see here, go home."));
	feed(h, write_page(h, page, ""));
	assert_true(history_agrees(h, REVISIONS, h->count));
	for (size_t k = 0; k < h->origins[h->count - 1].count; k++)
		assert_true(h->origins[h->count - 1].words[k].restored);
}

static void
a_page_blanked_and_restored_has_the_same_origins(void **state)
{
	(void)state;
	each_history(check_blanked);
}

static void
check_reverts(struct history *h, const struct page *page)
{
	(void)page;
	for (size_t k = 1; k <= REVISIONS; k += 5) {
		feed(h, h->docs[k - 1].raw);
		assert_true(history_agrees(h, k, h->count));
		assert_true(history_agrees(h, h->count, k));
	}
}

static void
a_revert_to_any_revision_restores_its_origins(void **state)
{
	(void)state;
	each_history(check_reverts);
}

static void
check_appended(struct history *h, const struct page *page)
{
	const struct stemma_origins *last;

	feed(h, write_page(h, page, "Xeno yodels zestfully. Quite unheard."));
	assert_true(history_agrees(h, REVISIONS, h->count));
	last = &h->origins[h->count - 1];
	for (size_t k = h->origins[REVISIONS - 1].count; k < last->count; k++)
		assert_int_equal(last->words[k].revision, h->count);
}

static void
unrelated_text_at_the_end_changes_no_origins(void **state)
{
	(void)state;
	each_history(check_appended);
}

/* What a history half as long says of its last revision is what the whole one
   said of it, whatever came after. */
static void
origins_do_not_depend_on_later_revisions(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history half, whole;
		struct page page;

		make(&half, &page, seed, REVISIONS / 2);
		make(&whole, &page, seed, REVISIONS);
		feed(&whole, half.docs[REVISIONS / 2 - 1].raw);
		half.origins[HISTORY_MOST - 1] = whole.origins[whole.count - 1];
		assert_true(history_agrees(&half, REVISIONS / 2, HISTORY_MOST));
		history_close(&half);
		history_close(&whole);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_revision_fed_again_has_the_same_origins),
		cmocka_unit_test(
			a_page_blanked_and_restored_has_the_same_origins),
		cmocka_unit_test(a_revert_to_any_revision_restores_its_origins),
		cmocka_unit_test(unrelated_text_at_the_end_changes_no_origins),
		cmocka_unit_test(origins_do_not_depend_on_later_revisions),
	};

	return cmocka_run_group_tests_name(
		"trace properties", tests, NULL, NULL);
}
