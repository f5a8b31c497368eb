/* SPDX-License-Identifier: MIT */
#include "values.h"

#include <string.h>

#include "nearest.h"
#include "trouble.h"

static const struct stemma_word_choice *
find_word(const struct stemma_word_choice *words, const char *name, size_t size)
{
	for (; words && words->name; words++) {
		if (strlen(words->name) == size &&
			memcmp(words->name, name, size) == 0)
			return words;
	}
	return NULL;
}

/* Say which words there are, or the one that was probably meant. */
static bool
unknown_word(const struct stemma_option *option, const char *name, size_t size)
{
	struct stemma_nearest nearest = {.typed = name, .size = size};
	const struct stemma_word_choice *word;
	struct stemma_out list = {0};
	int shown = (int)(size < 100 ? size : 100);

	for (word = option->words; word->name; word++) {
		stemma_nearest_offer(&nearest, word->name);
		if (word != option->words)
			stemma_out_string(&list, ", ");
		stemma_out_string(&list, word->name);
	}
	stemma_out_bytes(&list, "", 1);
	if (nearest.name)
		stemma_trouble("--%s cannot be '%.*s'; did you mean '%s'?",
			option->name, shown, name, nearest.name);
	else
		stemma_trouble("--%s cannot be '%.*s'; it can be: %s",
			option->name, shown, name,
			list.code == STEMMA_OK ? list.bytes : "");
	stemma_out_free(&list);
	return false;
}

static bool
store_choice(const struct stemma_option *option, const char *text, void *field)
{
	const struct stemma_word_choice *word =
		find_word(option->words, text, strlen(text));

	if (!word)
		return unknown_word(option, text, strlen(text));
	*(unsigned *)field = (unsigned)word->value;
	return true;
}

/* case,numbers: adds to what is there already. */
static bool
store_set(const struct stemma_option *option, const char *text, void *field)
{
	const struct stemma_word_choice *word;
	size_t size;

	for (;; text += size + 1) {
		size = strcspn(text, ",");
		word = find_word(option->words, text, size);
		if (!word)
			return unknown_word(option, text, size);
		*(unsigned *)field |= (unsigned)word->value;
		if (!text[size])
			return true;
	}
}

/* Decimal digits with at most one of k, M, G behind them; false if not. */
static bool
read_number(const char *text, uint64_t *number)
{
	static const char suffixes[] = "kMG";
	const char *suffix;
	uint64_t digit;

	*number = 0;
	if (*text < '0' || *text > '9')
		return false;
	for (; *text >= '0' && *text <= '9'; text++) {
		digit = (uint64_t)(*text - '0');
		if (*number > (UINT64_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	if (!*text)
		return true;
	suffix = strchr(suffixes, *text);
	if (!suffix || text[1])
		return false;
	for (; suffix >= suffixes; suffix--) {
		if (*number > UINT64_MAX / 1000)
			return false;
		*number *= 1000;
	}
	return true;
}

static bool
store_number(const struct stemma_option *option, const char *text, void *field)
{
	uint64_t most = option->most ? option->most : UINT64_MAX;
	const struct stemma_word_choice *word =
		find_word(option->words, text, strlen(text));
	uint64_t number = 0;

	if (word) {
		number = word->value;
	} else if (!read_number(text, &number) || number < option->least ||
		   number > most) {
		stemma_trouble("--%s cannot be '%s'; it is a number from %llu "
			       "to %llu%s%s",
			option->name, text, (unsigned long long)option->least,
			(unsigned long long)most, option->words ? " or " : "",
			option->words ? option->words->name : "");
		return false;
	}
	*(uint64_t *)field = number;
	return true;
}

static bool
store_text(const struct stemma_option *option, const char *text, void *field)
{
	struct stemma_texts *texts = field;

	if (texts->count == STEMMA_TEXTS_MAX) {
		stemma_trouble("--%s can be given %d times at most",
			option->name, STEMMA_TEXTS_MAX);
		return false;
	}
	texts->items[texts->count++] = text;
	return true;
}

bool
stemma_value_store(
	const struct stemma_option *option, const char *text, void *field)
{
	switch (option->value) {
	case STEMMA_VALUE_CHOICE:
		return store_choice(option, text, field);
	case STEMMA_VALUE_SET:
		return store_set(option, text, field);
	case STEMMA_VALUE_NUMBER:
	case STEMMA_VALUE_PARAGRAPH:
		return store_number(option, text, field);
	case STEMMA_VALUE_TEXTS:
		return store_text(option, text, field);
	default:
		*(const char **)field = text;
		return true;
	}
}
