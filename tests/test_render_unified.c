/* Unified diffs, and what git makes of them. SPDX-License-Identifier: MIT */
#include "render_help.h"

#include <unistd.h>

static const struct stemma_render_options three = {
	.names = {"a.txt", "b.txt"}, .context = 3};

#define HEAD "--- a/a.txt\n+++ b/a.txt\tb.txt\n"

/* ---- a strict reader ---------------------------------------------------- */

/*
 * Apply `patch` to `old` as patch(1) would, without any fuzz: every context
 * and removed line must be there, and every count right.
 */
struct patcher {
	const char *patch;
	struct stemma_view old;
	size_t at;   /* bytes of old taken */
	size_t line; /* lines of old taken */
	size_t result_line;
	struct text *result;
};

static size_t
read_number(const char **text)
{
	char *end;
	unsigned long number = strtoul(*text, &end, 10);

	assert_true(end != *text);
	*text = end;
	return number;
}

/* "12,3" or "12", which counts one line. */
static void
read_range(const char **text, size_t *first, size_t *count)
{
	*first = read_number(text);
	*count = 1;
	if (**text == ',') {
		++*text;
		*count = read_number(text);
	}
	if (*count)
		--*first;
}

static void
copy_old_line(struct patcher *patcher)
{
	const char *from = patcher->old.bytes + patcher->at;
	const char *end;

	assert_true(patcher->at < patcher->old.size);
	end = memchr(from, '\n', patcher->old.size - patcher->at);
	end = end ? end + 1 : patcher->old.bytes + patcher->old.size;
	memcpy(patcher->result->bytes + patcher->result->size, from,
		(size_t)(end - from));
	patcher->result->size += (size_t)(end - from);
	patcher->at += (size_t)(end - from);
	patcher->line++;
	patcher->result_line++;
}

/* One line of a hunk; returns its mark. */
static char
apply_line(struct patcher *patcher)
{
	static const char no_newline[] = "\n\\ No newline at end of file\n";
	const char *line = patcher->patch + 1;
	const char *end = strchr(line, '\n');
	char mark = *patcher->patch;
	size_t size;

	assert_non_null(end);
	size = (size_t)(end - line) + 1;
	patcher->patch = end + 1;
	if (strncmp(end, no_newline, strlen(no_newline)) == 0) {
		patcher->patch = end + strlen(no_newline);
		size--;
	}
	if (mark == '+' || mark == ' ') {
		memcpy(patcher->result->bytes + patcher->result->size, line,
			size);
		patcher->result->size += size;
		patcher->result_line++;
	}
	if (mark == '-' || mark == ' ') {
		assert_true(size <= patcher->old.size - patcher->at);
		assert_memory_equal(
			patcher->old.bytes + patcher->at, line, size);
		patcher->at += size;
		patcher->line++;
	}
	return mark;
}

static void
apply_hunk(struct patcher *patcher)
{
	size_t first[2], count[2];

	assert_memory_equal(patcher->patch, "@@ -", 4);
	patcher->patch += 4;
	read_range(&patcher->patch, &first[0], &count[0]);
	assert_memory_equal(patcher->patch, " +", 2);
	patcher->patch += 2;
	read_range(&patcher->patch, &first[1], &count[1]);
	assert_memory_equal(patcher->patch, " @@\n", 4);
	patcher->patch += 4;
	while (patcher->line < first[0])
		copy_old_line(patcher);
	assert_int_equal(patcher->result_line, first[1]);
	while (count[0] + count[1]) {
		char mark = apply_line(patcher);

		assert_true(mark == ' ' || mark == '-' || mark == '+');
		count[0] -= mark != '+';
		count[1] -= mark != '-';
	}
}

static void
apply(struct text *result, struct stemma_view old, const char *patch)
{
	struct patcher patcher = {patch, old, 0, 0, 0, result};

	result->size = 0;
	if (*patch) {
		patcher.patch = strchr(strstr(patch, "\n+++ ") + 1, '\n') + 1;
		while (*patcher.patch)
			apply_hunk(&patcher);
	}
	while (patcher.at < old.size)
		copy_old_line(&patcher);
}

static size_t
strspn_of(struct stemma_view text, size_t at, bool space)
{
	size_t end = at;

	while (end < text.size &&
		(strchr(" \r\n", text.bytes[end]) != NULL) == space)
		end++;
	return end - at;
}

static void
append(struct text *text, const char *bytes, size_t size)
{
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
}

/* The document with one paragraph a line, as lines.h has it. */
static void
write_lines(struct text *text, const struct stemma_doc *doc)
{
	text->size = 0;
	if (doc->layout == STEMMA_LAYOUT_NEWLINE) {
		memcpy(text->bytes, doc->text.bytes, doc->text.size);
		text->size = doc->text.size;
		return;
	}
	for (size_t u = 0; u < doc->unit_count; u++) {
		struct stemma_span span = {
			doc->units[u].start, doc->units[u].end};
		struct stemma_view unit;

		for (; u + 1 < doc->unit_count &&
			doc->units[u + 1].paragraph == doc->units[u].paragraph;
			u++)
			span.end = doc->units[u + 1].end;
		unit = stemma_view_cut(doc->text, span);
		for (size_t k = 0, end; k < unit.size; k = end) {
			size_t space = strspn_of(unit, k, true);

			end = k + space + strspn_of(unit, k + space, false);
			if (memchr(unit.bytes + k, '\n', space))
				text->bytes[text->size++] = ' ';
			else
				append(text, unit.bytes + k, space);
			append(text, unit.bytes + k + space, end - k - space);
		}
		if (u + 1 < doc->unit_count ||
			doc->text.bytes[doc->text.size - 1] == '\n')
			text->bytes[text->size++] = '\n';
	}
}

/* ---- tests -------------------------------------------------------------- */

static void
unified_shows_paragraphs_as_lines(void **state)
{
	(void)state;
	assert_renders("One.\n\nTwo is here.\n\nThree.\n",
		"One.\n\nTwo was here.\n\nThree.\n", stemma_render_unified,
		&three,
		HEAD "@@ -1,3 +1,3 @@\n One.\n-Two is here.\n+Two was here.\n"
		     " Three.\n");
}

static void
unified_is_empty_without_a_difference(void **state)
{
	(void)state;
	assert_renders("Same.\n\nText.\n", "Same.\n\nText.\n",
		stemma_render_unified, &three, "");
	assert_renders("", "", stemma_render_unified, &three, "");
}

static void
unified_tells_a_missing_newline_at_the_end(void **state)
{
	(void)state;
	assert_renders("One.\nTwo.\n", "One.\nTwo.", stemma_render_unified,
		&three,
		HEAD "@@ -1,2 +1,2 @@\n One.\n-Two.\n+Two.\n"
		     "\\ No newline at end of file\n");
}

/* A document of two units, of which the second has `size` bytes and ends
   before the last byte. */
static struct stemma_doc
two_units(struct stemma_unit units[2], struct stemma_view text, size_t first,
	size_t second)
{
	units[0] = (struct stemma_unit){.end = first, .line = 1};
	units[1] = (struct stemma_unit){.start = text.size - 1 - second,
		.end = text.size - 1,
		.paragraph = 1};
	for (int u = 0; u < 2; u++)
		units[u].key = stemma_hash(stemma_view_cut(text,
			(struct stemma_span){units[u].start, units[u].end}));
	return (struct stemma_doc){.raw = text,
		.text = text,
		.encoding = "utf-8",
		.layout = STEMMA_LAYOUT_WRAPPED,
		.units = units,
		.unit_count = 2};
}

static void
unified_joins_wrapped_lines(void **state)
{
	const struct stemma_view old =
		stemma_view_of("It was wrapped\nby \r\n  hand.\n\nEnd.\n");
	const struct stemma_view new =
		stemma_view_of("It was wrapped by hand.\nEnd here.\n");
	struct stemma_unit units[2][2];
	struct pair pair;
	char *patch;

	(void)state;
	pair_make(&pair, "", "");
	pair.docs[0] = two_units(units[0], old, 27, 4);
	pair.docs[1] = two_units(units[1], new, 23, 9);
	assert_int_equal(stemma_comparison_make(&pair.comparison, &pair.docs[0],
				 &pair.docs[1], NULL, pair.arena, pair.scratch),
		STEMMA_OK);
	patch = render_pair(&pair, stemma_render_unified, &three);
	assert_string_equal(patch,
		HEAD "@@ -1,2 +1,2 @@\n It was wrapped by hand.\n-End.\n"
		     "+End here.\n");
	free(patch);
	pair_free(&pair);
}

static void
unified_starts_a_hunk_where_context_ends(void **state)
{
	const struct stemma_render_options one = {
		.names = {"a.txt", "b.txt"}, .context = 1};

	(void)state;
	assert_renders("Alpha one\nBeta two\nGamma three\nDelta four\n"
		       "Epsilon five\nZeta six\n",
		"Alpha 1\nBeta two\nGamma three\nDelta four\n"
		"Epsilon five\nZeta 6\n",
		stemma_render_unified, &one,
		HEAD "@@ -1,2 +1,2 @@\n-Alpha one\n+Alpha 1\n Beta two\n"
		     "@@ -5,2 +5,2 @@\n Epsilon five\n-Zeta six\n+Zeta 6\n");
}

static void
unified_quotes_odd_names_as_git_does(void **state)
{
	const struct stemma_render_options odd = {
		.names = {"/tmp/a\tb\"\\\303\251.txt", "new\033 name"},
		.context = 3};
	char *patch =
		render_texts("One.\n", "Two.\n", stemma_render_unified, &odd);

	(void)state;
	assert_non_null(
		strstr(patch, "--- \"a/tmp/a\\tb\\\"\\\\\\303\\251.txt\"\n"
			      "+++ \"b/tmp/a\\tb\\\"\\\\\\303\\251.txt\"\t"
			      "\"new\\033 name\"\n"));
	free(patch);
}

static void
unified_makes_the_new_text_of_the_old(void **state)
{
	static const char *const words[] = {"the", "of", "Minister", "said,",
		"1.5", "\u0e1b\u0e23\u0e30", "\u603b\u7edf\u3002", "caf\u00e9",
		"\u0627\u0644", "no.", "Ad", "-", "+", "---", "@@", "\\ No"};
	static struct text old, new, lines[2], result;
	struct generator generator = {3, words, sizeof words / sizeof *words};

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct stemma_render_options options = {.names = {"a", "b"},
			.context = next_random(&generator.seed) % 4};
		struct stemma_text_options text = {
			.unit = round % 5 ? STEMMA_UNIT_PARAGRAPH
					  : STEMMA_UNIT_SENTENCE};
		struct pair pair;
		char *patch;

		texts_make(&old, &new, &generator);
		pair_make_views(
			&pair, text_view(&old), text_view(&new), &text, NULL);
		if (round % 7 == 0)
			options.context = STEMMA_CONTEXT_ALL;
		write_lines(&lines[0], &pair.docs[0]);
		write_lines(&lines[1], &pair.docs[1]);
		patch = render_pair(&pair, stemma_render_unified, &options);
		apply(&result, text_view(&lines[0]), patch);
		assert_int_equal(result.size, lines[1].size);
		assert_memory_equal(result.bytes, lines[1].bytes, result.size);
		free(patch);
		pair_free(&pair);
	}
}

static void
write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

/* Let git apply the patch to a file with the old text, and read it again. */
static void
assert_git_applies(const char *old, const char *new)
{
	const struct stemma_render_options options = {
		.names = {"a text.txt", "other.txt"}, .context = 3};
	char path[] = "/tmp/stemma-test-XXXXXX", result[4096];
	const struct stemma_text_options lines = {
		.layout = STEMMA_LAYOUT_NEWLINE};
	struct pair pair;
	char *patch;
	FILE *file;
	size_t size;

	pair_make_views(
		&pair, stemma_view_of(old), stemma_view_of(new), &lines, NULL);
	patch = render_pair(&pair, stemma_render_unified, &options);
	pair_free(&pair);
	assert_non_null(mkdtemp(path));
	assert_int_equal(chdir(path), 0);
	write_file("a text.txt", old, strlen(old));
	write_file("patch", patch, strlen(patch));
	assert_int_equal(system("git apply patch"), 0);
	file = fopen("a text.txt", "r");
	assert_non_null(file);
	size = fread(result, 1, sizeof result - 1, file);
	fclose(file);
	result[size] = '\0';
	assert_string_equal(result, new);
	assert_int_equal(unlink("a text.txt"), 0);
	assert_int_equal(unlink("patch"), 0);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(path), 0);
	free(patch);
}

static void
git_applies_a_unified_diff(void **state)
{
	(void)state;
	if (system("git --version >/dev/null 2>&1") != 0)
		skip();
	assert_git_applies("Alpha one\nBeta two\nGamma three\nDelta four\n",
		"Gamma three\nAlpha one\nBeta 2\nnew\nDelta four\n");
	assert_git_applies("Alpha one\n\n  Beta two\nGamma three\n\n",
		"Alpha one\n\n  Beta 2\n\nGamma three\n");
	assert_git_applies("Alpha one\r\nBeta two\r\nGamma three\r\n",
		"Alpha one\r\nBeta 2\r\nGamma three\r\n");
	assert_git_applies(
		"Alpha one\nBeta two\nGamma three", "Alpha one\nBeta 2\nGamma");
	assert_git_applies("", "Alpha one\nBeta two\nGamma three\n");
}

static void
unified_survives_every_lack_of_memory(void **state)
{
	(void)state;
	sweep_memory("Moves away.\n\nStays and is long enough.\n",
		"Stays and is enough.\n\nMoves away.\n", stemma_render_unified,
		&three);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unified_shows_paragraphs_as_lines),
		cmocka_unit_test(unified_is_empty_without_a_difference),
		cmocka_unit_test(unified_tells_a_missing_newline_at_the_end),
		cmocka_unit_test(unified_joins_wrapped_lines),
		cmocka_unit_test(unified_starts_a_hunk_where_context_ends),
		cmocka_unit_test(unified_quotes_odd_names_as_git_does),
		cmocka_unit_test(unified_makes_the_new_text_of_the_old),
		cmocka_unit_test(git_applies_a_unified_diff),
		cmocka_unit_test(unified_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
