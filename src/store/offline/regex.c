/*
 * regex.c - regular expressions as far as libgit2 needs them to open an archive:
 * whether a setting's name begins with "extensions.". All of PCRE is half a
 * megabyte that a start would have to read: see stubs.c.
 *
 * An expression is "^", then letters, and points behind backslashes: it fits what
 * begins with these. Any other does not compile.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC visibility push(hidden)

/* PCRE's numbers. */
enum { ZERO_TERMINATED = -1, NO_MATCH = -1, UNKNOWN = 100 };

void *pcre2_compile_8(const unsigned char *pattern, size_t size,
	uint32_t options, int *error, size_t *at, void *context);
void pcre2_code_free_8(void *code);
int pcre2_get_error_message_8(int error, unsigned char *text, size_t size);
void *pcre2_match_data_create_8(uint32_t size, void *context);
void pcre2_match_data_free_8(void *data);
size_t *pcre2_get_ovector_pointer_8(void *data);
int pcre2_match_8(const void *code, const unsigned char *text, size_t size,
	size_t start, uint32_t options, void *data, void *context);

/* The letters that the expression asks for, on the heap. */
void *
pcre2_compile_8(const unsigned char *pattern, size_t size, uint32_t options,
	int *error, size_t *at, void *context)
{
	const char *from = (const char *)pattern;
	char *letters =
		size == (size_t)ZERO_TERMINATED && !options && *from == '^'
			? malloc(strlen(from))
			: NULL;
	size_t count = 0;

	(void)context;
	*error = UNKNOWN;
	*at = 0;
	for (from++; letters && *from; from++) {
		if (*from == '\\' && from[1] == '.')
			from++;
		else if (*from < 'a' || *from > 'z')
			break;
		letters[count++] = *from;
	}
	if (letters && *from) {
		free(letters);
		return NULL;
	}
	if (letters)
		letters[count] = '\0';
	return letters;
}

void
pcre2_code_free_8(void *code)
{
	free(code);
}

int
pcre2_get_error_message_8(int error, unsigned char *text, size_t size)
{
	(void)error;
	return snprintf(
		(char *)text, size, "this program has no regular expressions");
}

/* Only whether it fits is asked for, so that nothing is kept. */
void *
pcre2_match_data_create_8(uint32_t size, void *context)
{
	static const char nothing;

	(void)size;
	(void)context;
	return (void *)(uintptr_t)&nothing;
}

void
pcre2_match_data_free_8(void *data)
{
	(void)data;
}

size_t *
pcre2_get_ovector_pointer_8(void *data)
{
	(void)data;
	return NULL;
}

int
pcre2_match_8(const void *code, const unsigned char *text, size_t size,
	size_t start, uint32_t options, void *data, void *context)
{
	size_t wanted = strlen(code);

	(void)options;
	(void)data;
	(void)context;
	return size >= start && size - start >= wanted &&
			       !memcmp(text + start, code, wanted)
		       ? 1
		       : NO_MATCH;
}
