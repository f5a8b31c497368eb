/*
 * Any line is being typed, and any name is what it shall become: "LINE\0REST".
 * Whatever a reply is, what bash reads when it stands in the line is the name.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "cli/complete_print.h"
#include "support/commands.h"

#define BREAKS " \t\n\"'@><=;|&(:"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool holds)
{
	if (!holds)
		abort();
}

/* What candidates never hold. */
static bool
has_controls(struct stemma_view text)
{
	for (size_t k = 0; k < text.size; k++)
		if ((unsigned char)text.bytes[k] < 0x20 ||
			text.bytes[k] == 0x7f)
			return true;
	return false;
}

/* readline puts the reply in its place, and closes the quote that is open
   unless the reply did. */
static void
reply_and_read(struct stemma_view text, const struct stemma_shell_line *line,
	struct stemma_view word, struct stemma_arena *arena)
{
	static const char quotes[] = {[STEMMA_QUOTE_SINGLE] = '\'',
		[STEMMA_QUOTE_DOUBLE] = '"',
		[STEMMA_QUOTE_DOLLAR] = '\''};
	size_t kept = (size_t)(line->typed.bytes - text.bytes);
	struct stemma_shell_line again;
	struct stemma_out out = {0};

	stemma_out_bytes(&out, text.bytes, kept);
	check(stemma_shell_line_reply(&out, line, word));
	if (line->quote != STEMMA_QUOTE_NONE &&
		(out.size == kept ||
			out.bytes[out.size - 1] != quotes[line->quote]))
		stemma_out_char(&out, quotes[line->quote]);
	stemma_out_string(&out, " x");
	check(stemma_out_finish(&out) == STEMMA_OK);
	check(stemma_shell_line_read(&again,
		(struct stemma_view){out.bytes, out.size}, BREAKS, arena));
	if (!line->redirection) {
		check(again.count >= 2);
		check(stemma_view_equal(again.words[again.count - 2], word));
	}
	stemma_out_free(&out);
}

static void
complete(const struct stemma_shell_line *line, struct stemma_arena *arena)
{
	struct stemma_candidates candidates = {.arena = arena};
	struct test_sources test = {.count = 0};
	struct stemma_out out = {0};
	struct stemma_view *words =
		stemma_arena_alloc(arena, line->count, sizeof *words);

	check(words);
	for (size_t k = 0; k < line->count; k++)
		words[k] = stemma_view_of(
			stemma_arena_string(arena, line->words[k]));
	test.sources = (struct stemma_sources){&test, test_ask};
	stemma_complete(
		&candidates, &test_table, words, line->count, &test.sources);
	check(candidates.count <= STEMMA_CANDIDATES_MAX);
	for (size_t k = 0; k < candidates.count; k++)
		check(!has_controls(candidates.items[k].value));
	stemma_complete_print_bash(&out, &candidates, line);
	stemma_complete_print_zsh(&out, &candidates);
	stemma_complete_print_fish(&out, &candidates);
	check(stemma_out_finish(&out) == STEMMA_OK);
	stemma_out_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stemma_view text = {(const char *)data, size}, rest = {"", 0};
	const char *end = size ? memchr(data, '\0', size) : NULL;
	struct stemma_arena *arena = stemma_arena_new((size_t)256 << 20);
	struct stemma_shell_line line;
	struct stemma_view last, word;
	struct stemma_out name = {0};

	check(arena);
	if (end) {
		text.size = (size_t)(end - text.bytes);
		rest = (struct stemma_view){end + 1, size - text.size - 1};
	}
	check(stemma_shell_line_read(&line, text, BREAKS, arena));
	check(line.count > 0);
	check(stemma_fish_word(text, arena).bytes);
	complete(&line, arena);
	last = line.words[line.count - 1];
	stemma_out_view(&name, last);
	stemma_out_view(&name, rest);
	check(stemma_out_finish(&name) == STEMMA_OK);
	word = (struct stemma_view){name.bytes, name.size};
	if (!has_controls(word) && !memchr(text.bytes, '\n', text.size) &&
		word.size)
		reply_and_read(text, &line, word, arena);
	stemma_out_free(&name);
	stemma_arena_free(arena);
	return 0;
}
