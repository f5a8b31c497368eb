/* Lines typed into shells, and replies to them. SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/complete_print.h"

#define BREAKS " \t\n\"'@><=;|&(:"

static struct stemma_arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = stemma_arena_new(0);
	return arena ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	stemma_arena_free(arena);
	return 0;
}

static struct stemma_shell_line
read_line(const char *text)
{
	struct stemma_shell_line line;

	assert_true(stemma_shell_line_read(
		&line, stemma_view_of(text), BREAKS, arena));
	assert_true(line.count > 0);
	return line;
}

/* The words with bars between them. */
static void
assert_words(const char *text, const char *expected)
{
	struct stemma_shell_line line = read_line(text);
	struct stemma_out out = {0};

	for (size_t k = 0; k < line.count; k++) {
		if (k)
			stemma_out_char(&out, '|');
		stemma_out_view(&out, line.words[k]);
	}
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_string_equal(out.bytes, expected);
	stemma_out_free(&out);
}

static void
line_parts_words_as_bash_does(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words("stemma ", "stemma|");
	assert_words("  stemma  show x", "stemma|show|x");
	assert_words("stemma 'a b' \"c d\" e\\ f", "stemma|a b|c d|e f");
	assert_words("stemma 'it'\\''s' \"say \\\"so\\\"\" x",
		"stemma|it's|say \"so\"|x");
	assert_words("stemma $'a\\'b' c", "stemma|a'b|c");
	assert_words("stemma 'a b", "stemma|a b");
	assert_words("stemma \"a \\$(x)", "stemma|a $(x)");
	assert_words("stemma a\\", "stemma|a");
	assert_words("stemma '' x", "stemma||x");
}

static void
line_expands_nothing(void **state)
{
	(void)state;
	assert_words(
		"stemma $HOME `date` ~ {a,b}", "stemma|$HOME|`date`|~|{a,b}");
}

static void
line_is_the_last_command_without_redirections(void **state)
{
	(void)state;
	assert_words("cat x | stemma show", "stemma|show");
	assert_words("a; b && stemma show", "stemma|show");
	assert_words("(stemma show", "stemma|show");
	assert_words("stemma 2>/dev/null show", "stemma|show");
	assert_words("stemma > out show", "stemma|show");
	assert_words("stemma &> out show", "stemma|show");
	assert_words("stemma >| out 2>&1 show", "stemma|show");
	assert_true(read_line("stemma show >o").redirection);
	assert_true(read_line("stemma show 2> o").redirection);
	assert_false(read_line("stemma show > o p").redirection);
}

/* What readline replaces: its words end at breaks outside of quotes. */
static void
line_tells_what_readline_replaces(void **state)
{
	static const struct {
		const char *line, *typed;
		size_t before;
	} cases[] = {{"stemma sho", "sho", 0}, {"stemma a:b", "b", 2},
		{"stemma a\\:b", "a\\:b", 0}, {"stemma 'a:b", "a:b", 0},
		{"stemma --format=js", "js", 9}, {"stemma a@1", "@1", 1},
		{"stemma \"a b", "a b", 0}, {"stemma a\\", "a", 0}};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct stemma_shell_line line = read_line(cases[k].line);

		assert_int_equal(line.typed.size, strlen(cases[k].typed));
		assert_memory_equal(
			line.typed.bytes, cases[k].typed, line.typed.size);
		assert_int_equal(line.before, cases[k].before);
	}
}

/* Put the reply in its place as readline does, and read it all again. */
static void
assert_reply_arrives(const char *text, const char *word)
{
	static const char quotes[] = {[STEMMA_QUOTE_SINGLE] = '\'',
		[STEMMA_QUOTE_DOUBLE] = '"',
		[STEMMA_QUOTE_DOLLAR] = '\''};
	struct stemma_shell_line line = read_line(text), again;
	struct stemma_view last;
	struct stemma_out out = {0};
	size_t kept = (size_t)(line.typed.bytes - text);

	stemma_out_bytes(&out, text, kept);
	assert_true(stemma_shell_line_reply(&out, &line, stemma_view_of(word)));
	if (line.quote != STEMMA_QUOTE_NONE &&
		(out.size == kept ||
			out.bytes[out.size - 1] != quotes[line.quote]))
		stemma_out_char(&out, quotes[line.quote]);
	stemma_out_string(&out, " x");
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	again = read_line(out.bytes);
	assert_int_equal(again.count, line.count + 1);
	last = again.words[line.count - 1];
	assert_int_equal(last.size, strlen(word));
	assert_memory_equal(last.bytes, word, last.size);
	stemma_out_free(&out);
}

static void
line_replies_so_that_any_name_arrives(void **state)
{
	static const char *const names[] = {"plain", "Fed raises rates", "a:b",
		"it's \"quoted\"", "$(touch x)", "`touch x`", "!bang!",
		"back\\slash", "a'", "a\"", "~home", "#not a comment", "*?[a]",
		"l'été", "日本の記事", "-dash", "a=b@c", "tab\tnot", "<&>|;"};
	static const char *const starts[] = {
		"s ", "s '", "s \"", "s $'", "s --story='", "s x; s \""};
	char line[64], word[64];

	(void)state;
	assert_reply_arrives("s $'a\\'", "a'");
	assert_reply_arrives("s \"a\\\"", "a\"");
	assert_reply_arrives("s 'it'\\''", "it'");
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		for (size_t q = 0; q < sizeof starts / sizeof *starts; q++) {
			bool option = strstr(starts[q], "--story=");

			snprintf(word, sizeof word, "%s%s",
				option ? "--story=" : "", names[k]);
			assert_reply_arrives(starts[q], word);
			/* The first letter is there already. */
			if (names[k][0] < 'A' || names[k][0] > 'z' ||
				names[k][0] == '`' || names[k][0] == '\\')
				continue;
			snprintf(line, sizeof line, "%s%c", starts[q],
				names[k][0]);
			assert_reply_arrives(line, word);
		}
}

static void
line_takes_the_quotes_of_fish_off(void **state)
{
	static const char *const cases[][2] = {{"", ""}, {"abc", "abc"},
		{"'a b", "a b"}, {"\"a \\\"b", "a \"b"}, {"a\\ b", "a b"},
		{"'it\\'s'", "it's"}, {"'a\\b'", "a\\b"}, {"a'b'\"c\"", "abc"},
		{"\"\\$x\"", "$x"}, {"a\\", "a"}};

	(void)state;
	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		struct stemma_view word =
			stemma_fish_word(stemma_view_of(cases[k][0]), arena);

		assert_string_equal(word.bytes, cases[k][1]);
	}
}

/* ---- what shells are told ---------------------------------------------- */

static void
assert_printed(struct stemma_out *out, const char *expected)
{
	stemma_out_char(out, '\0');
	assert_int_equal(stemma_out_finish(out), STEMMA_OK);
	assert_string_equal(out->bytes, expected);
	stemma_out_free(out);
}

static struct stemma_candidates
two_candidates(const char *typed)
{
	struct stemma_candidates candidates = {
		.arena = arena, .typed = stemma_view_of(typed)};

	stemma_candidates_say(
		&candidates, "a b@", "told in \033[1m and\nlines", true);
	stemma_candidates_say(&candidates, "abcdef", NULL, false);
	return candidates;
}

static void
line_is_answered_in_bash_with_descriptions_where_they_are_listed(void **state)
{
	struct stemma_candidates candidates = two_candidates("a");
	struct stemma_shell_line line = read_line("stemma show a");
	struct stemma_out listed = {0}, cycled = {0}, single = {0},
			  by_word = {0};

	(void)state;
	setenv("COLUMNS", "40", 1);
	setenv("COMP_TYPE", "63", 1);
	stemma_complete_print_bash(&listed, &candidates, &line);
	assert_printed(&listed, "-o nosort +o nospace\n"
				"a\\ b@   (told in ^[[1m and^Jlines)\n"
				"abcdef\n");
	setenv("COMP_TYPE", "37", 1);
	stemma_complete_print_bash(&cycled, &candidates, &line);
	assert_printed(&cycled, "-o nosort -o nospace\na\\ b@\nabcdef\n");
	setenv("COMP_TYPE", "63", 1);
	candidates.count = 1;
	stemma_complete_print_bash(&single, &candidates, &line);
	assert_printed(&single, "-o nosort -o nospace\na\\ b@\n");
	/* What is found by its words has nothing in common with them. */
	candidates = two_candidates("b");
	line = read_line("stemma show b");
	stemma_complete_print_bash(&by_word, &candidates, &line);
	assert_non_null(strstr(by_word.bytes, "\n(with these words)\n"));
	stemma_out_free(&by_word);
	unsetenv("COMP_TYPE");
	unsetenv("COLUMNS");
}

static void
line_has_descriptions_below_each_other_whatever_is_quoted(void **state)
{
	struct stemma_candidates candidates = {
		.arena = arena, .typed = stemma_view_of("")};
	struct stemma_shell_line line = read_line("stemma show ");
	struct stemma_out out = {0};

	(void)state;
	stemma_candidates_say(&candidates, "a b", "x", false);
	stemma_candidates_say(&candidates, "one", "yours", false);
	setenv("COMP_TYPE", "63", 1);
	stemma_complete_print_bash(&out, &candidates, &line);
	assert_printed(&out, "-o nosort +o nospace\n"
			     "a\\ b  (x)\n"
			     "one   (yours)\n");
	unsetenv("COMP_TYPE");
}

static void
line_is_answered_in_zsh_and_fish_with_a_tab(void **state)
{
	struct stemma_candidates candidates = two_candidates("a");
	struct stemma_out zsh = {0}, fish = {0};

	(void)state;
	setenv("COLUMNS", "40", 1);
	stemma_complete_print_zsh(&zsh, &candidates);
	assert_printed(&zsh, "=.a b@\ta b@    -- told in ^[[1m and^Jlines\n"
			     "..abcdef\tabcdef\n");
	stemma_complete_print_fish(&fish, &candidates);
	assert_printed(&fish, "a b@\ttold in ^[[1m and^Jlines\nabcdef\t\n");
	unsetenv("COLUMNS");
}

static void
line_is_answered_with_names_in_any_bytes(void **state)
{
	struct stemma_candidates candidates = {
		.arena = arena, .typed = stemma_view_of("")};
	struct stemma_shell_line line = read_line("stemma show ");
	struct stemma_out bash = {0}, zsh = {0};

	(void)state;
	stemma_candidates_say(&candidates, "\xff\xe6", "caf\xe9", false);
	stemma_candidates_say(&candidates, "\xf0\x9f", NULL, false);
	setenv("COMP_TYPE", "63", 1);
	stemma_complete_print_bash(&bash, &candidates, &line);
	assert_printed(&bash, "-o nosort +o nospace\n"
			      "\xff\xe6  (caf<E9>)\n\xf0\x9f\n");
	stemma_complete_print_zsh(&zsh, &candidates);
	assert_printed(&zsh, "..\xff\xe6\t<FF><E6>  -- caf<E9>\n"
			     "..\xf0\x9f\t<F0><9F>\n");
	unsetenv("COMP_TYPE");
}

static void
line_survives_every_lack_of_memory(void **state)
{
	struct stemma_shell_line line;
	bool done = false;

	(void)state;
	for (size_t limit = 64; !done; limit += 64) {
		struct stemma_arena *small = stemma_arena_new(limit);

		done = small &&
		       stemma_shell_line_read(&line,
			       stemma_view_of("stemma 'a b' c"), BREAKS,
			       small) &&
		       stemma_fish_word(stemma_view_of("'a b'"), small).bytes;
		if (done)
			assert_int_equal(line.count, 3);
		stemma_arena_free(small);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(line_parts_words_as_bash_does),
		TEST(line_expands_nothing),
		TEST(line_is_the_last_command_without_redirections),
		TEST(line_tells_what_readline_replaces),
		TEST(line_replies_so_that_any_name_arrives),
		TEST(line_takes_the_quotes_of_fish_off),
		TEST(line_is_answered_in_bash_with_descriptions_where_they_are_listed),
		TEST(line_has_descriptions_below_each_other_whatever_is_quoted),
		TEST(line_is_answered_in_zsh_and_fish_with_a_tab),
		TEST(line_is_answered_with_names_in_any_bytes),
		TEST(line_survives_every_lack_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
