/* The terminal's page, obeying nothing. SPDX-License-Identifier: MIT */
#include "render_help.h"

static const struct stemma_render_options plain = {0};

/* ---- hostile input ------------------------------------------------------ */

static size_t
columns_of(const char *line, size_t size)
{
	struct stemma_view text = {line, size};
	size_t columns = 0;

	for (size_t at = 0, end; at < size; at = end) {
		end = stemma_grapheme_next(text, at);
		columns += (size_t)stemma_grapheme_width(
			stemma_view_cut(text, (struct stemma_span){at, end}));
	}
	return columns;
}

static bool
is_obeyed(uint32_t c)
{
	/* RLI, LRI and PDI are ours here. */
	return (c < 0x20 && c != '\n') || c == 0x7f ||
	       (c >= 0x80 && c < 0xa0) || c == 0x61c || c == 0x200e ||
	       c == 0x200f || (c >= 0x202a && c <= 0x202e) || c == 0x2068;
}

/* No line is too wide, no control comes through, isolates are in pairs. */
static void
assert_harmless(const char *page, size_t width)
{
	struct stemma_view text = stemma_view_of(page);
	int depth = 0;

	for (size_t at = 0, size; at < text.size; at += size) {
		uint32_t c = stemma_code_point(text, at, &size);

		assert_false(is_obeyed(c));
		depth += c == 0x2066 || c == 0x2067;
		depth -= c == 0x2069;
		assert_true(depth == 0 || depth == 1);
		assert_true(c != '\n' || depth == 0);
	}
	while (*page) {
		size_t size = strcspn(page, "\n");

		assert_true(columns_of(page, size) <= width);
		page += size + 1;
	}
}

static void
assert_harmless_at_all_widths(const struct pair *pair)
{
	static const uint32_t widths[] = {
		1, 2, 3, 4, 5, 9, 12, 23, 24, 59, 60, 80, 99, 100, 130};

	for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
		const struct stemma_render_options options = {
			.width = widths[k],
			.context = (uint32_t)k % 3,
			.side_by_side = k % 2};
		char *page = render_pair(pair, stemma_render_term, &options);

		/* The longest visible control and the margin of a mark. */
		assert_harmless(page, widths[k] > 10 ? widths[k] : 10);
		free(page);
	}
}

static void
term_is_harmless_whatever_the_text(void **state)
{
	static const char *const words[] = {"the", "\033[31m", "\xc2\x9b[2J",
		"\u202e", "\u2066", "\u061c\u200f", "\x7f\x01", "\a\b",
		"\u0642\u0627\u0644", "\u05d0\u05d1\u05d2", "\ufeff", "\u200b",
		"\u603b\u7edf\u3002", "\u0e1b\u0e23\u0e30\u0e18\u0e32\u0e19",
		"\U0001f468\u200d\U0001f469\u200d\U0001f467", "e\u0301\u0301",
		"\u0301", "\xff", "a-b-c", "--", "[-", "+}",
		"averyveryveryveryveryverylongword", "\t", "\u00a0\u00a0"};
	static struct text old, new;
	struct generator generator = {4, words, sizeof words / sizeof *words};

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct pair pair;

		texts_make(&old, &new, &generator);
		pair_make_views(
			&pair, text_view(&old), text_view(&new), NULL, NULL);
		assert_harmless_at_all_widths(&pair);
		pair_free(&pair);
	}
}

static void
term_wraps_a_megabyte_without_a_space(void **state)
{
	const size_t size = (size_t)1 << 20;
	char *texts[2];
	struct pair pair;

	(void)state;
	for (int side = 0; side < 2; side++) {
		texts[side] = malloc(size);
		assert_non_null(texts[side]);
		memset(texts[side], 'a' + side, size);
	}
	pair_make_views(&pair, (struct stemma_view){texts[0], size},
		(struct stemma_view){texts[1], size}, NULL, NULL);
	for (uint32_t width = 1; width < 200; width += 99) {
		const struct stemma_render_options options = {.width = width};
		char *page = render_pair(&pair, stemma_render_term, &options);

		assert_harmless(page, width);
		assert_true(strlen(page) > 2 * size);
		free(page);
	}
	pair_free(&pair);
	free(texts[0]);
	free(texts[1]);
}

static void
term_takes_a_cluster_longer_than_a_line(void **state)
{
	static struct text text;
	const struct stemma_render_options one = {.width = 1};
	char *page;

	(void)state;
	text_add(&text, "x e");
	for (int k = 0; k < 30000; k++)
		text_add(&text, "\u0301");
	text_add(&text, " y");
	text.bytes[text.size] = '\0';
	page = render_texts("", text.bytes, stemma_render_term, &one);
	assert_harmless(page, 1);
	free(page);
}

static void
term_survives_every_lack_of_memory(void **state)
{
	static const char old[] = "One is here again.\n\nTwo moves away now."
				  "\n\nThree it is who stays here.\n\nIt's.\n";
	static const char new[] = "Two moves away now.\n\nOne was here again."
				  "\n\nThree it is who stays here.\n\nFour."
				  "\n\nIt\u2019s.\n";
	const struct stemma_render_options wide = {
		.width = 120, .side_by_side = true};

	(void)state;
	sweep_memory(old, new, stemma_render_term, &plain);
	sweep_memory(old, new, stemma_render_term, &wide);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(term_is_harmless_whatever_the_text),
		cmocka_unit_test(term_wraps_a_megabyte_without_a_space),
		cmocka_unit_test(term_takes_a_cluster_longer_than_a_line),
		cmocka_unit_test(term_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
