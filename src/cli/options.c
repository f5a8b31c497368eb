/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"
#include "trouble.h"
#include "values.h"

enum { GIVEN_MAX = 64 }; /* options that are remembered: more than there are */

/* Where reading stands. */
struct reader {
	const struct stemma_command *command;
	char **next; /* the argument to look at */
	void *settings;
	const struct stemma_option *given[GIVEN_MAX];
	size_t given_count;
};

/* An option and where its group's struct is; `option` NULL: not found. */
struct found {
	const struct stemma_option *option;
	size_t at;
};

/* The option with this long name of `size` bytes, or, if that is NULL, with
   this letter. */
static struct found
find(const struct stemma_command *command, const char *name, size_t size,
	char letter)
{
	const struct stemma_option_group *group;
	const struct stemma_option *option;
	struct found found = {0};

	for (group = command->groups; group->title; group++) {
		for (option = group->options; option->name; option++) {
			if (name ? strlen(option->name) == size &&
						!memcmp(option->name, name,
							size)
				 : option->letter == letter) {
				found.option = option;
				found.at = group->at;
				return found;
			}
		}
	}
	return found;
}

static enum stemma_parsed
unknown_option(
	const struct stemma_command *command, const char *name, size_t size)
{
	struct stemma_nearest nearest = {.typed = name, .size = size};
	const struct stemma_option_group *group;
	const struct stemma_option *option;

	for (group = command->groups; group->title; group++)
		for (option = group->options; option->name; option++)
			stemma_nearest_offer(&nearest, option->name);
	if (nearest.name)
		stemma_trouble("unknown option '--%.*s'; did you mean '--%s'?",
			(int)(size < 100 ? size : 100), name, nearest.name);
	else
		stemma_trouble("unknown option '--%.*s'; "
			       "'%s --help' lists them all",
			(int)(size < 100 ? size : 100), name, command->title);
	return STEMMA_PARSED_TROUBLE;
}

static bool
takes_value(const struct stemma_option *option)
{
	return option->value != STEMMA_VALUE_FLAG &&
	       option->value != STEMMA_VALUE_HELP;
}

static bool
is_given(const struct reader *reader, const char *name)
{
	for (size_t k = 0; k < reader->given_count; k++)
		if (!strcmp(reader->given[k]->name, name))
			return true;
	return false;
}

static void
note(struct reader *reader, const struct stemma_option *option)
{
	if (!is_given(reader, option->name) && reader->given_count < GIVEN_MAX)
		reader->given[reader->given_count++] = option;
}

/* Whether what was given goes together, with `operand`, the first one, too;
   says what does not. */
static bool
goes_together(const struct reader *reader, const char *operand)
{
	for (size_t k = 0; k < reader->given_count; k++) {
		const struct stemma_option *option = reader->given[k];

		if (option->only_with && !is_given(reader, option->only_with)) {
			stemma_trouble("--%s is for --%s", option->name,
				option->only_with);
			return false;
		}
		if (option->not_with && is_given(reader, option->not_with)) {
			stemma_trouble("--%s and --%s: it can be only one",
				option->name, option->not_with);
			return false;
		}
		if (option->no_operands && operand) {
			stemma_trouble("'%s' is one operand too many beside "
				       "--%s",
				operand, option->name);
			return false;
		}
	}
	return true;
}

/*
 * Store what `found` was given: `value`, or the next argument if that is NULL
 * and a value is wanted.
 */
static enum stemma_parsed
apply(struct reader *reader, struct found found, const char *value)
{
	const struct stemma_option *option = found.option;
	char *field = (char *)reader->settings + found.at + option->at;

	note(reader, option);
	if (option->value == STEMMA_VALUE_FLAG) {
		*(bool *)field = true;
		return STEMMA_PARSED_RUN;
	}
	if (!value && *reader->next)
		value = *reader->next++;
	if (!value) {
		stemma_trouble("option '--%s' needs a value: --%s=%s",
			option->name, option->name, option->metavar);
		return STEMMA_PARSED_TROUBLE;
	}
	return stemma_value_store(option, value, field) ? STEMMA_PARSED_RUN
							: STEMMA_PARSED_TROUBLE;
}

/* --name, --name=value, --name value */
static enum stemma_parsed
read_long(struct reader *reader)
{
	const char *name = *reader->next++ + 2;
	size_t size = strcspn(name, "=");
	const char *value = name[size] ? name + size + 1 : NULL;
	struct found found = find(reader->command, name, size, 0);

	if (!found.option)
		return unknown_option(reader->command, name, size);
	if (value && !takes_value(found.option)) {
		stemma_trouble("option '--%s' takes no value, but was given "
			       "'%s'",
			found.option->name, value);
		return STEMMA_PARSED_TROUBLE;
	}
	if (found.option->value == STEMMA_VALUE_HELP)
		return STEMMA_PARSED_FULL_HELP;
	return apply(reader, found, value);
}

/* -a, -abc, -ovalue, -o value */
static enum stemma_parsed
read_short(struct reader *reader)
{
	const char *letter = *reader->next++ + 1;
	enum stemma_parsed parsed = STEMMA_PARSED_RUN;
	struct found found;

	for (; *letter && parsed == STEMMA_PARSED_RUN; letter++) {
		found = find(reader->command, NULL, 0, *letter);
		if (!found.option) {
			stemma_trouble("unknown option '-%s'; "
				       "'%s -h' lists them all",
				letter, reader->command->title);
			return STEMMA_PARSED_TROUBLE;
		}
		if (found.option->value == STEMMA_VALUE_HELP)
			return STEMMA_PARSED_SHORT_HELP;
		if (takes_value(found.option))
			return apply(
				reader, found, letter[1] ? letter + 1 : NULL);
		parsed = apply(reader, found, NULL);
	}
	return parsed;
}

enum stemma_parsed
stemma_options_read(const struct stemma_command *command, char **arguments,
	bool leading, void *settings, size_t *count)
{
	struct reader reader = {
		.command = command, .next = arguments, .settings = settings};
	enum stemma_parsed parsed = STEMMA_PARSED_RUN;
	bool options = true;
	const char *argument;

	*count = 0;
	while ((argument = *reader.next) && parsed == STEMMA_PARSED_RUN) {
		if (!options || argument[0] != '-' || !argument[1]) {
			arguments[(*count)++] = *reader.next++;
			if (options && command->verbatim && *reader.next &&
				!strcmp(*reader.next, "--"))
				reader.next++;
			options = options && !leading && !command->verbatim;
		} else if (!strcmp(argument, "--")) {
			options = false;
			reader.next++;
		} else if (argument[1] == '-') {
			parsed = read_long(&reader);
		} else {
			parsed = read_short(&reader);
		}
	}
	if (parsed != STEMMA_PARSED_RUN)
		return parsed;
	arguments[*count] = NULL;
	return goes_together(&reader, arguments[0]) ? STEMMA_PARSED_RUN
						    : STEMMA_PARSED_TROUBLE;
}

/* "~/file" in an argument --name=~/file whose value is a file's name. */
static const char *
tilde_of(const struct stemma_command *command, const char *argument)
{
	const char *equals = strchr(argument, '=');
	struct found found = {0};

	if (strncmp(argument, "--", 2) != 0 || !equals ||
		strncmp(equals, "=~/", 3) != 0)
		return NULL;
	found = find(command, argument + 2, (size_t)(equals - argument) - 2, 0);
	if (!found.option)
		return NULL;
	switch (found.option->value) {
	case STEMMA_VALUE_FOLDER:
	case STEMMA_VALUE_REPOSITORY:
	case STEMMA_VALUE_ARCHIVE:
	case STEMMA_VALUE_REMOTE:
	case STEMMA_VALUE_FILE:
	case STEMMA_VALUE_INPUT:
		return equals + 1;
	default:
		return NULL;
	}
}

char *
stemma_options_expand(const struct stemma_command *command, char **arguments)
{
	const char *home = getenv("HOME"), *tilde;
	size_t size = 0;
	char *made, *at;

	for (char **next = arguments; home && *next && strcmp(*next, "--");
		next++)
		if (tilde_of(command, *next))
			size += strlen(*next) + strlen(home);
	at = made = size ? malloc(size) : NULL;
	for (char **next = arguments; made && *next && strcmp(*next, "--");
		next++) {
		tilde = tilde_of(command, *next);
		if (!tilde)
			continue;
		size = (size_t)sprintf(at, "%.*s%s%s", (int)(tilde - *next),
			*next, home, tilde + 1);
		*next = at;
		at += size + 1;
	}
	return made;
}

bool
stemma_operands_check(
	const struct stemma_command *command, char **operands, size_t count)
{
	size_t least = stemma_operands_least(command->operands);
	size_t most = stemma_operands_most(command->operands);

	if (count < least) {
		stemma_trouble("%s is missing: %s; for example: %s",
			command->operands[count].name,
			command->operands[count].help, command->examples->line);
		return false;
	}
	if (count > most) {
		stemma_trouble("'%s' is one operand too many; for example: %s",
			operands[most], command->examples->line);
		return false;
	}
	return true;
}
