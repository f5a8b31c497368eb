/* SPDX-License-Identifier: MIT */
#include "complete_walk.h"

#include <string.h>

/* ---- options ----------------------------------------------------------- */

static bool
takes_value(const struct stemma_option *option)
{
	return option->value != STEMMA_VALUE_FLAG &&
	       option->value != STEMMA_VALUE_HELP;
}

/* The option with this long name, or, if that is empty, with this letter. */
static const struct stemma_option *
find_option(
	const struct stemma_command *command, struct stemma_view name, char by)
{
	const struct stemma_option_group *group;
	const struct stemma_option *option;

	for (group = command->groups; group && group->title; group++)
		for (option = group->options; option->name; option++)
			if (name.size ? stemma_view_equal(name,
						stemma_view_of(option->name))
				      : option->letter == by)
				return option;
	return NULL;
}

static void
use(struct stemma_walk *walk, const struct stemma_option *option,
	const char *value)
{
	if (walk->used_count < STEMMA_USED_MAX)
		walk->used[walk->used_count++] = option;
	if (option->value == STEMMA_VALUE_ARCHIVE && value)
		walk->archive = value;
	if (option->value == STEMMA_VALUE_REPOSITORY && value)
		walk->repository = value;
	walk->helped = walk->helped || option->value == STEMMA_VALUE_HELP;
}

static bool
is_used(const struct stemma_walk *walk, const char *name)
{
	for (size_t k = 0; name && k < walk->used_count; k++)
		if (!strcmp(walk->used[k]->name, name))
			return true;
	return false;
}

/* Whether the option may be given (again). */
static bool
is_possible(const struct stemma_walk *walk, const struct stemma_option *option)
{
	bool repeats = option->value == STEMMA_VALUE_SET ||
		       option->value == STEMMA_VALUE_TEXTS;

	if (option->only_with && !is_used(walk, option->only_with))
		return false;
	return (repeats || !is_used(walk, option->name)) &&
	       !is_used(walk, option->not_with) &&
	       !(option->no_operands && walk->operand_count);
}

/* Whether anything that was given leaves room for operands. */
static bool
has_operands(const struct stemma_walk *walk)
{
	for (size_t k = 0; k < walk->used_count; k++)
		if (walk->used[k]->no_operands)
			return false;
	return true;
}

static void
offer_option(struct stemma_walk *walk, const struct stemma_option *option,
	struct stemma_view typed)
{
	struct stemma_out name = {0};

	stemma_out_format(
		&name, "--%s%s", option->name, takes_value(option) ? "=" : "");
	stemma_out_char(&name, '\0');
	if (stemma_out_finish(&name) == STEMMA_OK)
		stemma_walk_offer(walk, typed, name.bytes, option->help,
			takes_value(option));
	stemma_out_free(&name);
}

static void
offer_options(struct stemma_walk *walk, struct stemma_view typed)
{
	const struct stemma_option_group *group;
	const struct stemma_option *option;

	for (group = walk->command->groups; group && group->title; group++)
		for (option = group->options; option->name; option++)
			if (is_possible(walk, option))
				offer_option(walk, option, typed);
}

/* The value of an option; `size` bytes of the word stand before it. */
static void
offer_option_value(struct stemma_walk *walk, const struct stemma_option *option,
	struct stemma_view word, size_t size)
{
	struct stemma_candidates *candidates = walk->candidates;
	struct stemma_view typed = {word.bytes + size, word.size - size};

	candidates->before = (struct stemma_view){word.bytes, size};
	walk->most = option->most;
	stemma_walk_offer_value(
		walk, option->value, option->words, NULL, typed);
}

/* ---- words ------------------------------------------------------------- */

/* The option in a word that starts with a dash, the last one of -abc, and where
   its value starts: 0: it has none. Those before it are used. */
static const struct stemma_option *
option_of(struct stemma_walk *walk, struct stemma_view word, size_t *value)
{
	const struct stemma_option *option = NULL;
	const char *equals = memchr(word.bytes, '=', word.size);
	struct stemma_view name = {word.bytes + 2, word.size - 2};

	*value = 0;
	if (word.size > 2 && word.bytes[1] == '-') {
		if (equals) {
			*value = (size_t)(equals - word.bytes) + 1;
			name.size = *value - 3;
		}
		return name.size ? find_option(walk->command, name, 0) : NULL;
	}
	for (size_t k = 1; k < word.size && word.bytes[k] != '-'; k++) {
		option = find_option(walk->command,
			(struct stemma_view){NULL, 0}, word.bytes[k]);
		if (!option)
			return NULL;
		if (takes_value(option)) {
			*value = k + 1 < word.size ? k + 1 : 0;
			return option;
		}
		if (k + 1 < word.size)
			use(walk, option, NULL);
	}
	return option;
}

/* Go past a word; the option whose value the next one is, or NULL. */
static const struct stemma_option *
pass(struct stemma_walk *walk, struct stemma_view word)
{
	const struct stemma_option *option;
	size_t value;

	if (walk->ended || word.size < 2 || word.bytes[0] != '-') {
		walk->operands[walk->operand_count++] = word;
		return NULL;
	}
	if (word.size == 2 && word.bytes[1] == '-') {
		walk->ended = true;
		return NULL;
	}
	option = option_of(walk, word, &value);
	if (!option)
		return NULL;
	use(walk, option, value ? word.bytes + value : NULL);
	return takes_value(option) && !value ? option : NULL;
}

static void
offer_operand(struct stemma_walk *walk, struct stemma_view typed)
{
	const struct stemma_operand *operand = walk->command->operands;

	for (size_t k = 0; operand->name && k < walk->operand_count; k++)
		operand += !operand->repeats;
	walk->operand = true;
	if (operand->name && has_operands(walk))
		stemma_walk_offer_value(walk, operand->value, operand->words,
			operand->suffixes, typed);
	if (!walk->candidates->count && !typed.size && !walk->ended)
		offer_options(walk, typed);
}

/* The word that is being typed. */
static void
offer_last(struct stemma_walk *walk, struct stemma_view typed)
{
	const struct stemma_option *option;
	size_t value;

	if (walk->ended || !typed.size || typed.bytes[0] != '-') {
		offer_operand(walk, typed);
		return;
	}
	option = typed.size > 1 ? option_of(walk, typed, &value) : NULL;
	if (option && takes_value(option) && value)
		offer_option_value(walk, option, typed, value);
	else
		offer_options(walk, typed);
}

static void
run(struct stemma_walk *walk, const struct stemma_view *words, size_t count)
{
	const struct stemma_option *pending = NULL;

	for (size_t k = 0; k + 1 < count && !walk->helped; k++) {
		if (pending) {
			if (pending->value == STEMMA_VALUE_ARCHIVE)
				walk->archive = words[k].bytes;
			if (pending->value == STEMMA_VALUE_REPOSITORY)
				walk->repository = words[k].bytes;
			pending = NULL;
		} else {
			pending = pass(walk, words[k]);
		}
	}
	if (walk->helped)
		return;
	if (pending)
		offer_option_value(walk, pending, words[count - 1], 0);
	else
		offer_last(walk, words[count - 1]);
}

static const struct stemma_command *
find_command(const struct stemma_table *table, struct stemma_view name)
{
	const struct stemma_command *const *command;

	for (command = table->commands; *command; command++)
		if (stemma_view_equal(name, stemma_view_of((*command)->name)))
			return *command;
	return NULL;
}

void
stemma_complete(struct stemma_candidates *candidates,
	const struct stemma_table *table, const struct stemma_view *words,
	size_t count, const struct stemma_sources *sources)
{
	struct stemma_walk walk = {.candidates = candidates,
		.table = table,
		.sources = sources,
		.command = table->program};
	size_t k = 0;

	if (!count)
		return;
	candidates->typed = words[count - 1];
	candidates->before = (struct stemma_view){"", 0};
	while (k + 1 < count && words[k].size && words[k].bytes[0] == '-')
		k++;
	if (k + 1 < count) {
		walk.command = find_command(table, words[k]);
		k++;
	}
	walk.operands = stemma_arena_alloc(
		candidates->arena, count, sizeof *walk.operands);
	if (walk.command && walk.operands)
		run(&walk, words + k, count - k);
}
