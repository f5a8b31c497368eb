/*
 * What the tests of renderers share: two texts in, a comparison or its
 * rendering out; and pairs of texts made from a seed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef STEMMA_TESTS_RENDER_HELP_H
#define STEMMA_TESTS_RENDER_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stemma.h>

typedef enum stemma_code
renderer(struct stemma_out *out, const struct stemma_comparison *comparison,
	const struct stemma_render_options *options,
	struct stemma_arena *scratch);

struct pair {
	struct stemma_arena *arena;
	struct stemma_arena *scratch;
	struct stemma_doc docs[2];
	struct stemma_comparison comparison;
};

static inline void
pair_make_views(struct pair *pair, struct stemma_view old,
	struct stemma_view new, const struct stemma_text_options *text,
	const struct stemma_compare_options *compare)
{
	static const struct stemma_compare_options everything = {
		.reading = STEMMA_READ_ALL};

	pair->arena = stemma_arena_new(0);
	pair->scratch = stemma_arena_new(0);
	assert_non_null(pair->arena);
	assert_non_null(pair->scratch);
	assert_int_equal(
		stemma_doc_split(&pair->docs[0], old, text, pair->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_doc_split(&pair->docs[1], new, text, pair->arena, NULL),
		STEMMA_OK);
	assert_int_equal(
		stemma_comparison_make(&pair->comparison, &pair->docs[0],
			&pair->docs[1], compare ? compare : &everything,
			pair->arena, pair->scratch),
		STEMMA_OK);
}

static inline void
pair_make(struct pair *pair, const char *old, const char *new)
{
	pair_make_views(
		pair, stemma_view_of(old), stemma_view_of(new), NULL, NULL);
}

static inline void
pair_free(struct pair *pair)
{
	stemma_arena_free(pair->arena);
	stemma_arena_free(pair->scratch);
}

/* What a renderer writes, NUL-terminated, to be freed. */
static inline char *
render_pair(const struct pair *pair, renderer *render,
	const struct stemma_render_options *options)
{
	struct stemma_out out = {0};

	assert_int_equal(
		render(&out, &pair->comparison, options, pair->scratch),
		STEMMA_OK);
	stemma_out_char(&out, '\0');
	assert_int_equal(stemma_out_finish(&out), STEMMA_OK);
	assert_int_equal(stemma_arena_used(pair->scratch), 0);
	return out.bytes;
}

static inline char *
render_texts(const char *old, const char *new, renderer *render,
	const struct stemma_render_options *options)
{
	struct pair pair;
	char *text;

	pair_make(&pair, old, new);
	text = render_pair(&pair, render, options);
	pair_free(&pair);
	return text;
}

static inline void
assert_renders(const char *old, const char *new, renderer *render,
	const struct stemma_render_options *options, const char *expected)
{
	char *text = render_texts(old, new, render, options);

	assert_string_equal(text, expected);
	free(text);
}

/*
 * The sweep that every part has: with less memory than is needed the answer
 * is STEMMA_NOMEM, and scratch is as it was.
 */
static inline void
sweep_memory(const char *old, const char *new, renderer *render,
	const struct stemma_render_options *options)
{
	struct pair pair;
	bool done = false;

	pair_make(&pair, old, new);
	for (size_t limit = 1; !done; limit += 1 + limit / 64) {
		struct stemma_arena *scratch = stemma_arena_new(limit);
		struct stemma_out out = {0};
		enum stemma_code code =
			render(&out, &pair.comparison, options, scratch);

		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_int_equal(stemma_out_finish(&out), code);
		assert_int_equal(stemma_arena_used(scratch), 0);
		done = code == STEMMA_OK;
		stemma_out_free(&out);
		stemma_arena_free(scratch);
	}
	done = false;
	for (size_t limit = 1; !done; limit += 1 + limit / 64) {
		struct stemma_out out = {.limit = limit};
		enum stemma_code code =
			render(&out, &pair.comparison, options, pair.scratch);

		assert_true(code == STEMMA_OK || code == STEMMA_NOMEM);
		assert_true(out.size <= limit);
		assert_int_equal(stemma_arena_used(pair.scratch), 0);
		done = code == STEMMA_OK;
		stemma_out_free(&out);
	}
	pair_free(&pair);
}

/* ---- texts from a seed -------------------------------------------------- */

static inline uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* A growing text of the test. */
struct text {
	char bytes[1 << 16];
	size_t size;
};

static inline void
text_add(struct text *text, const char *string)
{
	size_t size = strlen(string);

	assert_true(size < sizeof text->bytes - text->size);
	memcpy(text->bytes + text->size, string, size);
	text->size += size;
}

static inline struct stemma_view
text_view(const struct text *text)
{
	return (struct stemma_view){text->bytes, text->size};
}

struct generator {
	uint32_t seed;
	const char *const *words;
	size_t word_count;
};

enum { MOST_PARAGRAPHS = 24, MOST_WORDS = 60 };

struct draft {
	uint8_t words[MOST_PARAGRAPHS][MOST_WORDS];
	size_t sizes[MOST_PARAGRAPHS];
	size_t count;
};

static inline uint8_t
any_word(struct generator *generator)
{
	return (uint8_t)(next_random(&generator->seed) % generator->word_count);
}

static inline void
draft_make(struct draft *draft, struct generator *generator)
{
	draft->count = next_random(&generator->seed) % 9;
	for (size_t p = 0; p < draft->count; p++) {
		draft->sizes[p] = 1 + next_random(&generator->seed) % 20;
		for (size_t w = 0; w < draft->sizes[p]; w++)
			draft->words[p][w] = any_word(generator);
	}
}

/* Replace, drop or add a word here and there. */
static inline void
edit_paragraph(struct draft *draft, size_t to, const struct draft *old,
	size_t from, struct generator *generator)
{
	size_t size = 0;

	for (size_t w = 0; w < old->sizes[from]; w++) {
		uint32_t dice = next_random(&generator->seed) % 12;

		if (dice == 0)
			continue;
		draft->words[to][size++] =
			dice == 1 ? any_word(generator) : old->words[from][w];
		if (dice == 2)
			draft->words[to][size++] = any_word(generator);
	}
	if (size == 0)
		draft->words[to][size++] = any_word(generator);
	draft->sizes[to] = size;
}

/* Another version: paragraphs kept, edited, dropped, added, cut, swapped. */
static inline void
draft_revise(struct draft *draft, const struct draft *old,
	struct generator *generator)
{
	draft->count = 0;
	for (size_t p = 0; p < old->count; p++) {
		uint32_t dice = next_random(&generator->seed) % 8;
		size_t to = draft->count;

		if (dice == 0)
			continue;
		if (dice < 3) {
			edit_paragraph(draft, to, old, p, generator);
		} else {
			draft->sizes[to] = old->sizes[p];
			memcpy(draft->words[to], old->words[p], MOST_WORDS);
		}
		draft->count++;
		if (dice == 4 && draft->sizes[to] > 8) {
			size_t half = draft->sizes[to] / 2;

			draft->sizes[to + 1] = draft->sizes[to] - half;
			memcpy(draft->words[to + 1], draft->words[to] + half,
				draft->sizes[to + 1]);
			draft->sizes[to] = half;
			draft->count++;
		}
		if (dice == 5) {
			draft->sizes[draft->count] = 3;
			for (size_t w = 0; w < 3; w++)
				draft->words[draft->count][w] =
					any_word(generator);
			draft->count++;
		}
		if (dice == 6 && to > 0) {
			struct draft copy = *draft;

			memcpy(draft->words[0], copy.words[to], MOST_WORDS);
			memcpy(draft->words[to], copy.words[0], MOST_WORDS);
			draft->sizes[0] = copy.sizes[to];
			draft->sizes[to] = copy.sizes[0];
		}
	}
}

/* Written down with `gap` between paragraphs and `space` between words. */
static inline void
draft_write(struct text *text, const struct draft *draft,
	const struct generator *generator, const char *gap, const char *space,
	const char *end)
{
	text->size = 0;
	for (size_t p = 0; p < draft->count; p++) {
		if (p)
			text_add(text, gap);
		for (size_t w = 0; w < draft->sizes[p]; w++) {
			if (w)
				text_add(text, space);
			text_add(text, generator->words[draft->words[p][w]]);
		}
	}
	text_add(text, end);
}

/* Two versions of a text, in the layouts that chance gives them. */
static inline void
texts_make(struct text *old, struct text *new, struct generator *generator)
{
	static const char *const gaps[] = {
		"\n\n", "\n", "\r\n\r\n", "\n \n\n", "\n"};
	static const char *const spaces[] = {" ", " ", "  ", "\n"};
	static const char *const ends[] = {"\n", "", "\n\n", "\r\n", "\n"};
	struct draft first, second;
	struct text *texts[2] = {old, new};
	const struct draft *drafts[2] = {&first, &second};

	draft_make(&first, generator);
	draft_revise(&second, &first, generator);
	for (int side = 0; side < 2; side++)
		draft_write(texts[side], drafts[side], generator,
			gaps[next_random(&generator->seed) % 5],
			spaces[next_random(&generator->seed) % 4],
			ends[next_random(&generator->seed) % 5]);
}

#endif
