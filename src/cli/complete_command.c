/*
 * stemma __complete SHELL -- WORD...: what may come next on a command line, for
 * the shells' completion (completions/). Not listed; may change any time.
 *
 *     bash   the line up to the cursor, and what its first word is an alias
 *            of; COMP_TYPE, COMP_WORDBREAKS and COLUMNS in the environment.
 *            Prints options for compopt, then words as readline wants them.
 *     zsh    the words up to the cursor, without their quotes. Prints, for
 *            each candidate, how to add it, then it, a tab, and what to show.
 *     fish   the same words, but the last one as it is typed. Prints
 *            candidates, a tab, and descriptions.
 *
 * Whatever happens, it says nothing on stderr and ends with 0.
 *
 * SPDX-License-Identifier: MIT
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "complete_print.h"
#include "complete_sources.h"
#include "output.h"
#include "shell_line.h"

struct request {
	struct stemma_arena *arena;
	struct stemma_view *words; /* from the program's name on */
	size_t count;
	struct stemma_shell_line line; /* of bash */
};

/* Views over arguments. */
static bool
take_words(struct request *request, char **words, size_t count)
{
	request->words = stemma_arena_alloc(
		request->arena, count + 1, sizeof *request->words);
	if (!request->words || !count)
		return false;
	for (size_t k = 0; k < count; k++)
		request->words[k] = stemma_view_of(words[k]);
	request->count = count;
	return true;
}

/* The same of fish, which has no way to take the quotes off the last one. */
static bool
take_fish_words(struct request *request, char **words, size_t count)
{
	struct stemma_view *last;

	if (!take_words(request, words, count))
		return false;
	last = &request->words[count - 1];
	*last = stemma_fish_word(*last, request->arena);
	return last->bytes;
}

/* Each word with a NUL behind it. */
static bool
end_words(struct request *request)
{
	for (size_t k = 0; k < request->count; k++) {
		request->words[k].bytes =
			stemma_arena_string(request->arena, request->words[k]);
		if (!request->words[k].bytes)
			return false;
	}
	return true;
}

/* The line that is typed, with an alias of its first word put in its place. */
static bool
take_line(struct request *request, char **operands, size_t count)
{
	struct stemma_shell_line *line = &request->line, alias = {0};
	const char *breaks = getenv("COMP_WORDBREAKS");
	struct stemma_view *words;
	size_t extra;

	if (!breaks)
		breaks = " \t\n\"'@><=;|&(:";
	if (!count || !stemma_shell_line_read(line, stemma_view_of(operands[0]),
			      breaks, request->arena))
		return false;
	if (count > 1 && *operands[1] &&
		!stemma_shell_line_read(&alias, stemma_view_of(operands[1]), "",
			request->arena))
		return false;
	extra = alias.count && line->count > 1 ? alias.count - 1 : 0;
	words = stemma_arena_alloc(
		request->arena, line->count + extra, sizeof *words);
	if (!words)
		return false;
	memcpy(words + extra, line->words, line->count * sizeof *words);
	if (alias.count && line->count > 1)
		memcpy(words, alias.words, alias.count * sizeof *words);
	request->words = words;
	request->count = line->count + extra;
	return end_words(request);
}

static bool
is_assignment(struct stemma_view word)
{
	const char *equals = memchr(word.bytes, '=', word.size);

	return equals && equals > word.bytes &&
	       strspn(word.bytes, "abcdefghijklmnopqrstuvwxyz_0123456789"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
		       (size_t)(equals - word.bytes);
}

/* Go on to what follows the name of the program: behind variables that are
   set for it, and behind git where it is called as git's. */
static bool
skip_name(struct request *request)
{
	while (request->count > 1 && is_assignment(*request->words)) {
		request->words++;
		request->count--;
	}
	if (!strcmp(request->words->bytes, "git"))
		while (request->count > 1 &&
			strcmp(request->words->bytes, "stemma") != 0) {
			request->words++;
			request->count--;
		}
	request->words++;
	return request->count-- > 1;
}

static void
find(struct request *request, struct stemma_candidates *candidates)
{
	const struct stemma_table table = {&stemma_program, stemma_commands};
	struct stemma_real_sources real;
	struct stemma_question files = {.what = STEMMA_ASK_FILES};

	stemma_real_sources_set(&real);
	if (!request->line.redirection) {
		stemma_complete(candidates, &table, request->words,
			request->count, &real.sources);
		return;
	}
	files.typed = request->words[request->count - 1];
	candidates->typed = files.typed;
	real.sources.ask(&real, &files, candidates);
}

/* The name of the program was being typed, or there was no memory. */
static int
give_up(struct stemma_arena *arena)
{
	stemma_arena_free(arena);
	return STEMMA_EXIT_SAME;
}

static int
complete_run(const struct stemma_command *self, const void *settings,
	char **operands, size_t count)
{
	struct request request = {.arena = stemma_arena_new(0)};
	struct stemma_candidates candidates = {.arena = request.arena};
	const char *shell = count ? operands[0] : "";
	bool bash = !strcmp(shell, "bash");
	bool fish = !strcmp(shell, "fish"), good;
	struct stemma_out out = {0};
	int nowhere = open("/dev/null", O_WRONLY);

	(void)self;
	(void)settings;
	dup2(nowhere, STDERR_FILENO);
	if (!request.arena || (!bash && !fish && strcmp(shell, "zsh")))
		return give_up(request.arena);
	good = bash   ? take_line(&request, operands + 1, count - 1)
	       : fish ? take_fish_words(&request, operands + 1, count - 1)
		      : take_words(&request, operands + 1, count - 1);
	if (!good || !skip_name(&request))
		return give_up(request.arena);
	find(&request, &candidates);
	if (bash)
		stemma_complete_print_bash(&out, &candidates, &request.line);
	else if (fish)
		stemma_complete_print_fish(&out, &candidates);
	else
		stemma_complete_print_zsh(&out, &candidates);
	stemma_output_print(&out);
	return give_up(request.arena);
}

static const struct stemma_operand operands_of[] = {
	{.name = "SHELL",
		.value = STEMMA_VALUE_TEXT,
		.help = "bash, zsh or fish",
		.optional = true},
	{.name = "WORD",
		.value = STEMMA_VALUE_TEXT,
		.help = "what is typed",
		.optional = true,
		.repeats = true},
	{0},
};

static const struct stemma_option_group groups_of[] = {
	{0},
};

static const struct stemma_example examples_of[] = {
	{"stemma __complete fish -- stemma comp", "what may follow"},
	{0},
};

const struct stemma_command stemma_complete_command = {
	.name = "__complete",
	.title = "stemma __complete",
	.summary = "what may come next on a command line",
	.about = "Tells shells what may come next on a command line.",
	.operands = operands_of,
	.groups = groups_of,
	.examples = examples_of,
	.exits = "Exit status: 0.",
	.hidden = true,
	.verbatim = true,
	.run = complete_run,
};
