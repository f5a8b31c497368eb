/*
 * A trace that is kept from one day to the next, and what it tells of revisions
 * that are not the newest.
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

#include "support/forge.h"
#include "support/generated.h"

#define HISTORIES 12

/* What the trace has to say of a revision, in one string. */
static void
write_all(struct stemma_out *out, const struct history *h,
	const struct stemma_trace *trace, uint32_t revision)
{
	struct stemma_mark mark = stemma_arena_mark(h->arena);
	struct stemma_origins o;

	assert_int_equal(stemma_trace_tell(&o, trace, revision,
				 &h->docs[revision - 1], h->arena, h->scratch),
		STEMMA_OK);
	assert_int_equal(
		stemma_trace_tell_absences(&o, trace, h->arena, h->scratch),
		STEMMA_OK);
	for (size_t k = 0; k < o.count; k++) {
		const struct stemma_word_origin *w = &o.words[k];

		stemma_out_format(out, "%zu-%zu of %u at %zu-%zu %u%s%s",
			w->span.start, w->span.end, w->revision, w->at.start,
			w->at.end, w->reformatted, w->restored ? " r" : "",
			w->joins ? " j" : "");
		for (uint32_t a = w->absence; a; a = o.absences[a - 1].before)
			stemma_out_format(out, " %u+%u", o.absences[a - 1].gone,
				o.absences[a - 1].back);
		stemma_out_char(out, '\n');
	}
	for (size_t u = 0; u < o.unit_count; u++) {
		struct stemma_wording *life;
		size_t count;

		stemma_out_format(out, "%zu: %u %u %u\n", o.firsts[u],
			o.seen[u], o.edited[u], o.edits[u]);
		assert_int_equal(stemma_trace_life(
					 &life, &count, trace, &o, u, h->arena),
			STEMMA_OK);
		for (size_t k = 0; k < count; k++)
			stemma_out_format(out, "%u-%u %u %u %u %u %u\n",
				life[k].revision, life[k].last, life[k].unit,
				life[k].words, life[k].kept, life[k].brought,
				life[k].returns);
	}
	stemma_arena_rewind(h->arena, mark);
}

static void
assert_same_told(const struct history *h, const struct stemma_trace *a,
	const struct stemma_trace *b, uint32_t revision)
{
	struct stemma_out told[2] = {0};

	write_all(&told[0], h, a, revision);
	write_all(&told[1], h, b, revision);
	assert_int_equal(told[0].size, told[1].size);
	assert_memory_equal(told[0].bytes, told[1].bytes, told[0].size);
	stemma_out_free(&told[0]);
	stemma_out_free(&told[1]);
}

/* A trace saved and read again. */
static struct stemma_trace *
renew(const struct stemma_trace *trace)
{
	struct stemma_trace *again = NULL;
	struct stemma_out out = {0};

	assert_int_equal(stemma_trace_save(trace, &out), STEMMA_OK);
	assert_int_equal(stemma_trace_load(&again,
				 (struct stemma_view){out.bytes, out.size}, 0),
		STEMMA_OK);
	assert_int_equal(stemma_trace_count(again), stemma_trace_count(trace));
	stemma_out_free(&out);
	return again;
}

/* A history with blanked pages and reverts, so that words come and go. */
static void
make_wild(struct history *h, uint64_t seed)
{
	struct page page;

	make(h, &page, seed, 20);
	feed(h, stemma_view_of(""));
	feed(h, h->docs[19].raw);
	feed(h, h->docs[seed % 20].raw);
	feed(h, stemma_view_of("Nothing to see here, go home."));
	feed(h, h->docs[19].raw);
	feed(h, write_page(h, &page, "W1 \"w2\" w3 w4. "));
	feed(h, write_page(h, &page, "W1 “w2” W3 w4. "));
	feed(h, write_page(h, &page, "W1 \"w2\" w3 w4. "));
}

static void
a_saved_trace_goes_on_as_if_it_had_never_been_saved(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct stemma_trace *trace = stemma_trace_new(0);
		struct history h;

		make_wild(&h, seed);
		assert_non_null(trace);
		for (size_t k = 0; k < h.count; k++) {
			struct stemma_trace *again = renew(trace);

			stemma_trace_free(trace);
			trace = again;
			assert_int_equal(
				stemma_trace_add(trace, &h.docs[k], h.scratch),
				STEMMA_OK);
		}
		for (size_t k = 1; k <= h.count; k++)
			assert_same_told(&h, h.trace, trace, (uint32_t)k);
		stemma_trace_free(trace);
		history_close(&h);
	}
}

static void
what_is_told_of_a_revision_is_the_same_whatever_came_after_it(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct stemma_trace *trace = stemma_trace_new(0);
		struct history h;

		make_wild(&h, seed);
		assert_non_null(trace);
		for (size_t k = 0; k < h.count; k++) {
			assert_int_equal(
				stemma_trace_add(trace, &h.docs[k], h.scratch),
				STEMMA_OK);
			assert_same_told(&h, h.trace, trace, (uint32_t)k + 1);
		}
		stemma_trace_free(trace);
		history_close(&h);
	}
}

static void
a_page_blanked_a_thousand_times_takes_no_more_memory(void **state)
{
	const struct stemma_text_options options = {.encoding = "UTF-8"};
	struct stemma_doc docs[2];
	struct history h;
	size_t used;

	(void)state;
	assert_true(history_open(&h));
	for (int k = 0; k < 2; k++)
		assert_int_equal(
			stemma_doc_split(&docs[k],
				stemma_view_of(
					k ? "" : "Ann went.\n\nBo came."),
				&options, h.arena, NULL),
			STEMMA_OK);
	for (int k = 0; k < 4; k++)
		assert_int_equal(
			stemma_trace_add(h.trace, &docs[k % 2], h.scratch),
			STEMMA_OK);
	used = stemma_trace_used(h.trace);
	for (int k = 0; k < 2000; k++)
		assert_int_equal(
			stemma_trace_add(h.trace, &docs[k % 2], h.scratch),
			STEMMA_OK);
	/* Eight bytes say which of what is known a revision did. */
	assert_in_range(stemma_trace_used(h.trace), used, used + 2304 * 8);
	history_close(&h);
}

static void
words_say_when_they_were_gone(void **state)
{
	struct stemma_origins *o;
	struct history h;
	uint32_t a;

	(void)state;
	assert_true(history_open(&h));
	feed(&h, stemma_view_of("Ann came home early.\n\nBo stayed."));
	feed(&h, stemma_view_of("Bo stayed."));
	feed(&h, stemma_view_of(""));
	feed(&h, stemma_view_of("Ann came home early.\n\nBo stayed."));
	feed(&h, stemma_view_of("Bo stayed."));
	feed(&h, stemma_view_of("Ann came home early.\n\nBo stayed. So?"));
	o = &h.origins[h.count - 1];
	assert_int_equal(o->words[0].absence, 0);
	assert_int_equal(
		stemma_trace_tell_absences(o, h.trace, h.arena, h.scratch),
		STEMMA_OK);
	a = o->words[0].absence;
	assert_int_not_equal(a, 0);
	assert_int_equal(o->absences[a - 1].gone, 5);
	assert_int_equal(o->absences[a - 1].back, 6);
	a = o->absences[a - 1].before;
	assert_int_equal(o->absences[a - 1].gone, 2);
	assert_int_equal(o->absences[a - 1].back, 4);
	assert_int_equal(o->absences[a - 1].before, 0);
	assert_int_equal(o->words[1].absence, o->words[0].absence);
	a = o->words[o->firsts[1]].absence;
	assert_int_equal(o->absences[a - 1].gone, 3);
	assert_int_equal(o->absences[a - 1].back, 4);
	assert_int_equal(o->words[o->count - 1].absence, 0);
	assert_false(o->words[o->count - 1].restored);
	history_close(&h);
}

static void
a_word_that_only_changed_its_looks_was_never_gone(void **state)
{
	const struct stemma_origins *o;
	struct history h;

	(void)state;
	assert_true(history_open(&h));
	feed(&h, stemma_view_of("She said it was \"fine\" and left."));
	feed(&h, stemma_view_of("She said it was “fine” and left."));
	feed(&h, stemma_view_of("She said it was \"fine\" and left."));
	o = &h.origins[2];
	for (size_t k = 0; k < o->count; k++)
		assert_false(o->words[k].restored);
	history_close(&h);
}

/* ---- damage ------------------------------------------------------------- */

static struct stemma_out
save_one(struct history *h)
{
	struct stemma_out out = {0};
	struct page page;

	make(h, &page, 3, 6);
	assert_int_equal(stemma_trace_save(h->trace, &out), STEMMA_OK);
	return out;
}

static void
a_trace_that_was_cut_or_changed_is_not_read(void **state)
{
	struct stemma_trace *trace;
	struct history h;
	struct stemma_out out = save_one(&h);
	enum stemma_code code;

	(void)state;
	for (size_t size = 0; size < out.size; size += 1 + size / 40) {
		assert_int_equal(
			stemma_trace_load(&trace,
				(struct stemma_view){out.bytes, size}, 0),
			STEMMA_CORRUPT);
		assert_null(trace);
	}
	for (size_t at = 0; at < out.size; at += 1 + at / 90) {
		out.bytes[at] ^= 0x10;
		code = stemma_trace_load(
			&trace, (struct stemma_view){out.bytes, out.size}, 0);
		out.bytes[at] ^= 0x10;
		assert_true(code == STEMMA_CORRUPT ||
			    (at < 20 && code == STEMMA_UNSUPPORTED));
		assert_null(trace);
	}
	stemma_out_free(&out);
	history_close(&h);
}

static void
a_forged_trace_is_refused_or_harmless(void **state)
{
	struct history h;
	struct stemma_out out = save_one(&h), forged = {0};
	size_t refused = 0, read = 0;

	(void)state;
	for (size_t at = sizeof(struct stemma_saved_head); at < out.size;
		at += 1 + at % 13) {
		struct stemma_trace *trace;
		struct stemma_origins o;
		enum stemma_code code;

		stemma_out_free(&forged);
		stemma_out_bytes(&forged, out.bytes, out.size);
		forged.bytes[at] = (char)(at % 3 ? 0xff : at >> 3);
		forge(&forged);
		code = stemma_trace_load(&trace,
			(struct stemma_view){forged.bytes, forged.size}, 0);
		refused += code == STEMMA_CORRUPT;
		if (code != STEMMA_OK)
			continue;
		read++;
		for (size_t k = 0; k < h.count; k++)
			stemma_trace_add(trace, &h.docs[k], h.scratch);
		stemma_trace_tell(&o, trace, stemma_trace_count(trace),
			&h.docs[h.count - 1], h.arena, h.scratch);
		stemma_trace_tell_absences(&o, trace, h.arena, h.scratch);
		stemma_trace_free(trace);
	}
	assert_in_range(refused, 100, SIZE_MAX);
	assert_in_range(read, 100, SIZE_MAX);
	stemma_out_free(&forged);
	stemma_out_free(&out);
	history_close(&h);
}

static void
another_version_and_another_order_of_bytes_are_told(void **state)
{
	struct stemma_trace *trace;
	struct history h;
	struct stemma_out out = save_one(&h);

	(void)state;
	out.bytes[13]++;
	assert_int_equal(stemma_trace_load(&trace,
				 (struct stemma_view){out.bytes, out.size}, 0),
		STEMMA_UNSUPPORTED);
	out.bytes[13]--;
	out.bytes[16] ^= 5;
	assert_int_equal(stemma_trace_load(&trace,
				 (struct stemma_view){out.bytes, out.size}, 0),
		STEMMA_UNSUPPORTED);
	stemma_out_free(&out);
	history_close(&h);
}

/* ---- memory ------------------------------------------------------------- */

static void
a_trace_is_saved_and_read_whole_or_not_at_all(void **state)
{
	struct stemma_trace *trace = NULL;
	struct history h;
	struct stemma_out out = save_one(&h);
	enum stemma_code code = STEMMA_NOMEM;
	size_t limit;

	(void)state;
	for (limit = 1; code != STEMMA_OK; limit += 997) {
		code = stemma_trace_load(&trace,
			(struct stemma_view){out.bytes, out.size}, limit);
		if (code != STEMMA_OK) {
			assert_int_equal(code, STEMMA_NOMEM);
			assert_null(trace);
		}
	}
	assert_in_range(limit, out.size / 2, SIZE_MAX);
	stemma_trace_free(trace);
	for (limit = 1; limit < out.size; limit += 997) {
		struct stemma_out less = {.limit = limit};

		assert_int_equal(
			stemma_trace_save(h.trace, &less), STEMMA_NOMEM);
		stemma_out_free(&less);
	}
	stemma_out_free(&out);
	history_close(&h);
}

static void
absences_without_memory_leave_the_origins_as_they_were(void **state)
{
	struct history h;
	struct stemma_origins *o;
	enum stemma_code code = STEMMA_NOMEM;
	size_t limit;

	(void)state;
	make_wild(&h, 5);
	o = &h.origins[h.count - 1];
	for (limit = 1; code != STEMMA_OK; limit += 997) {
		struct stemma_arena *scratch = stemma_arena_new(limit);

		code = scratch ? stemma_trace_tell_absences(
					 o, h.trace, h.arena, scratch)
			       : STEMMA_NOMEM;
		stemma_arena_free(scratch);
		if (code != STEMMA_OK) {
			assert_int_equal(code, STEMMA_NOMEM);
			assert_null(o->absences);
		}
	}
	assert_in_range(limit, 1000, SIZE_MAX);
	assert_non_null(o->absences);
	history_close(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_saved_trace_goes_on_as_if_it_had_never_been_saved),
		cmocka_unit_test(
			what_is_told_of_a_revision_is_the_same_whatever_came_after_it),
		cmocka_unit_test(
			a_page_blanked_a_thousand_times_takes_no_more_memory),
		cmocka_unit_test(words_say_when_they_were_gone),
		cmocka_unit_test(
			a_word_that_only_changed_its_looks_was_never_gone),
		cmocka_unit_test(a_trace_that_was_cut_or_changed_is_not_read),
		cmocka_unit_test(a_forged_trace_is_refused_or_harmless),
		cmocka_unit_test(
			another_version_and_another_order_of_bytes_are_told),
		cmocka_unit_test(a_trace_is_saved_and_read_whole_or_not_at_all),
		cmocka_unit_test(
			absences_without_memory_leave_the_origins_as_they_were),
	};

	return cmocka_run_group_tests_name("trace saved", tests, NULL, NULL);
}
