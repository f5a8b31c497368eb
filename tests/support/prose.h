/*
 * prose.h - words made up from a seed, so that two seeds share no run of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_PROSE_H
#define STEMMA_TESTS_PROSE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <stemma/base.h>

static inline uint32_t
prose_draw(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* `words` words of two to four syllables, with a space between them. */
static inline char *
prose_make(struct stemma_arena *arena, uint32_t seed, int words)
{
	static const char *const syllables[] = {"ba", "den", "fo", "gul", "ha",
		"ker", "li", "mon", "nu", "pas", "ro", "sit", "ta", "vel", "wo",
		"zer"};
	char *text = stemma_arena_alloc(arena, (size_t)words * 13 + 1, 1);
	size_t at = 0;

	seed = seed * 2654435761u + 1;
	for (int k = 0; text && k < words; k++) {
		uint32_t count = 2 + prose_draw(&seed) % 3;

		if (k)
			text[at++] = ' ';
		while (count--) {
			const char *part = syllables[prose_draw(&seed) % 16];

			memcpy(text + at, part, strlen(part));
			at += strlen(part);
		}
	}
	if (text)
		text[at] = '\0';
	return text;
}

/* The first `words` words of `text`. */
static inline char *
prose_cut(struct stemma_arena *arena, const char *text, int words)
{
	const char *end = text;

	for (; words; words--)
		end += strcspn(end + 1, " ") + 1;
	return stemma_arena_string(
		arena, (struct stemma_view){text, (size_t)(end - text)});
}

#endif
