/*
 * What holds of the origins of every history, tried on generated ones.
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

#include "support/generated.h"

#define HISTORIES 25

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
