/* A comparison as CSV. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options no_options;

/* ---- a reader of RFC 4180 ----------------------------------------------- */

enum { COLUMNS = 20, OLD_TEXT = 18, NEW_TEXT = 19 };

struct row {
	char *cells[COLUMNS];
};

/* The next cell, in place; `*end` is what follows it: , or CR. */
static char *
read_cell(char **at, char *end)
{
	char *cell = *at, *to = *at;

	if (**at != '"') {
		*at += strcspn(*at, ",\r");
	} else {
		for ((*at)++; **at != '"' || *++*at == '"'; (*at)++) {
			assert_true(**at != '\0');
			*to++ = **at;
		}
	}
	*end = **at;
	if (cell != to || *cell == '"')
		*to = '\0';
	else
		**at = '\0';
	(*at)++;
	return cell;
}

/* Every row but the head; to be freed. */
static struct row *
read_rows(char *text, size_t *count)
{
	struct row *rows = NULL;
	bool head = true;

	*count = 0;
	while (*text) {
		struct row row;
		char end = ',';

		for (int k = 0; k < COLUMNS; k++) {
			assert_int_equal(end, ',');
			row.cells[k] = read_cell(&text, &end);
		}
		assert_int_equal(end, '\r');
		assert_int_equal(*text++, '\n');
		if (!head) {
			rows = realloc(rows, (*count + 1) * sizeof *rows);
			assert_non_null(rows);
			rows[(*count)++] = row;
		}
		head = false;
	}
	return rows;
}

static const char *
text_of(const char *cell)
{
	return *cell == '\'' ? cell + 1 : cell;
}

/* Each side's texts are those of the units, all of them, each once. */
static void
check_links(const struct pair *pair, const struct row *rows, size_t count)
{
	size_t units[2] = {0, 0};

	for (size_t i = 0; i < count; i++) {
		char *const *cells = rows[i].cells;

		if (*cells[1])
			continue;
		for (int side = 0; side < 2; side++) {
			const struct stemma_doc *doc = &pair->docs[side];
			size_t first = strtoul(cells[5 + 5 * side], NULL, 10);
			size_t last = strtoul(cells[6 + 5 * side], NULL, 10);
			struct stemma_span span;

			if (first == 0) {
				assert_string_equal(cells[OLD_TEXT + side], "");
				continue;
			}
			span = (struct stemma_span){doc->units[first - 1].start,
				doc->units[last - 1].end};
			assert_true(stemma_view_equal(
				stemma_view_of(text_of(cells[OLD_TEXT + side])),
				stemma_view_cut(doc->text, span)));
			assert_int_equal(strtoul(cells[8 + 5 * side], NULL, 10),
				stemma_doc_offset(doc, span.start));
			units[side] += last - first + 1;
		}
	}
	assert_int_equal(units[0], pair->docs[0].unit_count);
	assert_int_equal(units[1], pair->docs[1].unit_count);
}

static void
check_edits(const struct pair *pair, const struct row *rows, size_t count)
{
	size_t change = 0;

	for (size_t i = 0; i < count; i++) {
		char *const *cells = rows[i].cells;

		if (!*cells[1])
			continue;
		for (int side = 0; side < 2; side++)
			assert_true(stemma_view_equal(
				stemma_view_of(text_of(cells[OLD_TEXT + side])),
				stemma_view_cut(pair->docs[side].text,
					pair->comparison.changes[change]
						.at[side])));
		assert_string_equal(cells[2],
			stemma_change_op_name(
				(enum stemma_change_op)pair->comparison
					.changes[change]
					.op));
		change++;
	}
	assert_int_equal(change, pair->comparison.change_count);
}

static void
assert_read_back(struct stemma_view old, struct stemma_view new)
{
	struct pair pair;
	struct row *rows;
	size_t count;
	char *text;

	pair_make_views(&pair, old, new, NULL, NULL);
	text = render_pair(&pair, stemma_render_csv, &no_options);
	rows = read_rows(text, &count);
	check_links(&pair, rows, count);
	check_edits(&pair, rows, count);
	free(rows);
	free(text);
	pair_free(&pair);
}

/* ---- tests -------------------------------------------------------------- */

static void
csv_has_a_row_for_each_link_and_edit(void **state)
{
	(void)state;
	assert_renders("The \"bank\" said 5, not 6.\n",
		"The \"bank\" said 7, not 6.\n\nMore.\n", stemma_render_csv,
		&no_options,
		"link,edit,op,moved,similarity,old_first,old_last,old_line,"
		"old_start,old_end,new_first,new_last,new_line,new_start,"
		"new_end,reformat,hidden,weight,old_text,new_text\r\n"
		"1,,edited,false,0.9000,1,1,1,0,25,1,1,1,0,25,false,false,"
		"number,\"The \"\"bank\"\" said 5, not 6.\","
		"\"The \"\"bank\"\" said 7, not 6.\"\r\n"
		"1,1,replace,false,,1,1,1,16,17,1,1,1,16,17,false,false,"
		"number,\"5\",\"7\"\r\n"
		"2,,added,false,0.0000,,,,,,2,2,3,27,32,false,false,,,"
		"\"More.\"\r\n");
}

static void
csv_lets_no_text_be_a_formula(void **state)
{
	static const char *const risky[] = {"=1+1", "+1", "-1", "@SUM(A1)",
		"＝1", "＋1", "－1", "＠A", "'quoted'", "=\"a\"&\"b\""};

	(void)state;
	for (size_t i = 0; i < sizeof risky / sizeof *risky; i++) {
		char *text = render_texts(
			"", risky[i], stemma_render_csv, &no_options);
		struct row *rows;
		size_t count;

		rows = read_rows(text, &count);
		assert_int_equal(count, 1);
		assert_int_equal(rows[0].cells[NEW_TEXT][0], '\'');
		assert_string_equal(rows[0].cells[NEW_TEXT] + 1, risky[i]);
		free(rows);
		free(text);
	}
}

static void
csv_reads_back_texts_full_of_its_signs(void **state)
{
	static const char *const words[] = {"\"", "\"\"", ",", "=", "+", "-",
		"@", "'", ";", "a", "b,c", "\"d\"", "'e'", "=1", "the", "of",
		"\u00e9", "\ufeff", "\u201cyes\u201d"};
	static struct text old, new;
	struct generator generator = {3, words, sizeof words / sizeof *words};

	(void)state;
	for (int round = 0; round < 1500; round++) {
		texts_make(&old, &new, &generator);
		assert_read_back(text_view(&old), text_view(&new));
	}
}

static void
csv_has_no_nul(void **state)
{
	struct stemma_view old = {"", 0}, new = {"a\0b", 3};
	struct pair pair;
	char *text;

	(void)state;
	pair_make_views(&pair, old, new, NULL, NULL);
	text = render_pair(&pair, stemma_render_csv, &no_options);
	assert_non_null(strstr(text, "\"a\xef\xbf\xbd"
				     "b\"\r\n"));
	free(text);
	pair_free(&pair);
}

static void
csv_and_markdown_survive_every_lack_of_memory(void **state)
{
	static const char old[] = "Moves away.\n\nStays and is long enough.\n";
	static const char new[] = "Stays and is enough.\n\nMoves away.\n";

	(void)state;
	sweep_memory(old, new, stemma_render_csv, &no_options);
	sweep_memory(old, new, stemma_render_markdown, &no_options);
}

/* ---- Markdown ----------------------------------------------------------- */

static void
markdown_quotes_what_changed(void **state)
{
	const struct stemma_render_options names = {
		.names = {"a_b.txt", "new.txt"}, .context = 0};

	(void)state;
	assert_renders("Same here.\n\nThe bank said on Monday it would pay.\n"
		       "\nSame there.\n",
		"Same here.\n\nThe bank said on Tuesday it would pay.\n"
		"\nSame there.\n\n# Added *one*\n",
		stemma_render_markdown, &names,
		"**1 paragraph edited, 1 added; edits: +1 -1 words**\n\n"
		"- date: Monday → Tuesday it would\n\n"
		"From a\\_b.txt to new.txt: ~~deleted~~, **inserted**.\n\n"
		"*… 1 paragraph unchanged*\n\n"
		"*¶2 → ¶2, edited*\n\n"
		"> The bank said on ~~Monday~~**Tuesday** it would pay.\n\n"
		"*… 1 paragraph unchanged*\n\n"
		"*¶4 added*\n\n"
		"> **\\# Added \\*one\\***\n\n");
}

static void
markdown_makes_no_link_and_no_html(void **state)
{
	const struct stemma_render_options all = {
		.context = STEMMA_CONTEXT_ALL};

	(void)state;
	assert_renders("1. <b>@anna, see #12 & www.a.org http://b.c\x1b[1m\n",
		"1. <b>@anna, see #12 & www.a.org http://b.c\x1b[1m\n",
		stemma_render_markdown, &all,
		"**no difference**\n\n"
		"*¶1 → ¶1*\n\n"
		"> 1\\. \\<b\\>@<!-- -->anna, see \\#<!-- -->12 \\& "
		"www<!-- -->.a.org http:<!-- -->//b.c\\^\\[\\[1m\n\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_has_a_row_for_each_link_and_edit),
		cmocka_unit_test(csv_lets_no_text_be_a_formula),
		cmocka_unit_test(csv_reads_back_texts_full_of_its_signs),
		cmocka_unit_test(csv_has_no_nul),
		cmocka_unit_test(csv_and_markdown_survive_every_lack_of_memory),
		cmocka_unit_test(markdown_quotes_what_changed),
		cmocka_unit_test(markdown_makes_no_link_and_no_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
