/* Collations written out. SPDX-License-Identifier: MIT */
#include "support/collate.h"

typedef enum stemma_code
table_renderer(struct stemma_out *out, const struct stemma_collation *table,
	const struct stemma_table_options *options,
	struct stemma_arena *scratch);

static table_renderer *const renderers[] = {stemma_render_table_term,
	stemma_render_table_json, stemma_render_table_csv,
	stemma_render_table_html, stemma_render_table_tei,
	stemma_render_table_collatex};

enum { RENDERERS = sizeof renderers / sizeof *renderers };

static const char *const texts[] = {
	"The council rejected the ferry.\n\nPeople came to see it on Monday.\n",
	"People came to see it on Sunday.\n\nThe council rejected the ferry.\n",
	("The council wanted the ferry.\n\nPeople came to see it on Monday.\n\n"
	 "A line that <b>nobody</b> else has & keeps.\n")};

static char *
write_table(const struct set *set, table_renderer *render, uint32_t width)
{
	static const char *const names[] = {"a.txt", "b\x1b[1m<i>", "c.txt"};
	const struct stemma_table_options options = {
		.names = names, .width = width};
	struct stemma_out out = {0};

	assert_int_equal(render(&out, &set->collation, &options, set->scratch),
		STEMMA_OK);
	assert_int_equal(stemma_arena_used(set->scratch), 0);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	return out.bytes;
}

static void
a_table_is_written_the_same_again(void **state)
{
	struct set set;

	(void)state;
	set_of(&set, texts, 3);
	for (size_t k = 0; k < RENDERERS; k++) {
		char *one = write_table(&set, renderers[k], 80);
		char *two = write_table(&set, renderers[k], 80);

		assert_string_equal(one, two);
		assert_null(strchr(one, '\x1b'));
		free(one);
		free(two);
	}
	set_free(&set);
}

static void
the_page_takes_no_text_for_markup(void **state)
{
	struct set set;
	char *page;

	(void)state;
	set_of(&set, texts, 3);
	page = write_table(&set, stemma_render_table_html, 80);
	assert_non_null(strstr(page, "style-src 'sha256-"));
	assert_null(strstr(page, "<b>"));
	assert_null(strstr(page, "<i>"));
	assert_non_null(
		strstr(page, "&lt;b&gt;nobody&lt;/b&gt; else has &amp;"));
	free(page);
	set_free(&set);
}

static void
a_narrow_terminal_has_lists_and_a_wide_one_a_grid(void **state)
{
	struct set set;
	char *narrow, *wide;

	(void)state;
	set_of(&set, texts, 3);
	narrow = write_table(&set, stemma_render_table_term, 24);
	wide = write_table(&set, stemma_render_table_term, 100);
	assert_non_null(strstr(narrow, "\nrow 1 "));
	assert_null(strstr(wide, "\nrow 1 "));
	assert_non_null(strstr(wide, "\n    A    B    C |\n"));
	assert_non_null(strstr(wide, "[-rejected-]{+wanted+}"));
	free(narrow);
	free(wide);
	set_free(&set);
}

static void
tables_survive_every_lack_of_memory(void **state)
{
	const struct stemma_table_options options = {.width = 80};
	struct set set;

	(void)state;
	set_of(&set, texts, 3);
	for (size_t k = 0; k < 2 * RENDERERS; k++) {
		bool done = false;

		for (size_t limit = 1; !done; limit += 1 + limit / 16) {
			struct stemma_arena *scratch =
				stemma_arena_new(k < RENDERERS ? limit : 0);
			struct stemma_out out = {
				.limit = k < RENDERERS ? 0 : limit};
			enum stemma_code code = renderers[k % RENDERERS](
				&out, &set.collation, &options, scratch);

			assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
			assert_int_equal(stemma_arena_used(scratch), 0);
			done = code == STEMMA_OK;
			stemma_out_free(&out);
			stemma_arena_free(scratch);
		}
	}
	set_free(&set);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_written_the_same_again),
		cmocka_unit_test(the_page_takes_no_text_for_markup),
		cmocka_unit_test(
			a_narrow_terminal_has_lists_and_a_wide_one_a_grid),
		cmocka_unit_test(tables_survive_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
