/*
 * compared.h - two short texts compared, and what came of it as a line of text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_COMPARED_H
#define STEMMA_TESTS_COMPARED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma/compare.h>

/* Two texts compared, and all that it takes. */
struct case_ {
	struct stemma_arena *arena, *scratch;
	struct stemma_doc docs[2];
	struct stemma_comparison comparison;
};

static inline void
setup(struct case_ *c, const char *old_text, const char *new_text,
	unsigned ignore)
{
	struct stemma_compare_options options = {.ignore = ignore};

	c->arena = stemma_arena_new(0);
	c->scratch = stemma_arena_new(0);
	assert_non_null(c->arena);
	assert_non_null(c->scratch);
	assert_int_equal(stemma_doc_split(&c->docs[0], stemma_view_of(old_text),
				 NULL, c->arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_doc_split(&c->docs[1], stemma_view_of(new_text),
				 NULL, c->arena, NULL),
		STEMMA_OK);
	assert_int_equal(stemma_comparison_make(&c->comparison, &c->docs[0],
				 &c->docs[1], &options, c->arena, c->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(c->scratch), 0);
}

static inline void
teardown(struct case_ *c)
{
	stemma_arena_free(c->arena);
	stemma_arena_free(c->scratch);
}

/* The links as a line of text: "edited 0>0, moved unchanged 2>1, added >3". */
static inline void
assert_links(const struct case_ *c, const char *expected)
{
	struct stemma_out out = {0};

	for (size_t k = 0; k < c->comparison.link_count; k++) {
		const struct stemma_link *link = &c->comparison.links[k];

		stemma_out_format(&out, "%s%s%s ", k ? ", " : "",
			link->moved ? "moved " : "",
			stemma_op_name((enum stemma_op)link->op));
		for (int side = 0; side < 2; side++) {
			if (side)
				stemma_out_char(&out, '>');
			for (uint32_t u = 0; u < link->units[side].count; u++)
				stemma_out_format(&out, "%s%u", u ? "+" : "",
					link->units[side].first + u);
		}
	}
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

/* The changes as a line: "rejects=>shoots down|=>new". */
static inline void
assert_changes(const struct case_ *c, const char *expected)
{
	struct stemma_out out = {0};

	for (size_t k = 0; k < c->comparison.change_count; k++) {
		const struct stemma_change *change = &c->comparison.changes[k];

		if (k)
			stemma_out_char(&out, '|');
		if (change->hidden)
			stemma_out_string(&out, "hidden ");
		if (change->reformat)
			stemma_out_string(&out, "reformat ");
		stemma_out_view(
			&out, stemma_view_cut(c->docs[0].text, change->at[0]));
		stemma_out_string(&out, "=>");
		stemma_out_view(
			&out, stemma_view_cut(c->docs[1].text, change->at[1]));
	}
	stemma_out_char(&out, '\0');
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

#endif
