/* SPDX-License-Identifier: MIT */
#include "print.h"

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)

/* Spread all bits of the sum over those that are kept. */
static uint64_t
mix(uint64_t x)
{
	x ^= x >> 32;
	x *= UINT64_C(0xd6e8feb86659fd93);
	x ^= x >> 29;
	x *= UINT64_C(0xd6e8feb86659fd93);
	return x >> (64 - STEMMA_PRINT_BITS);
}

static uint64_t
power(uint64_t base, int exponent)
{
	uint64_t result = 1;

	while (exponent-- > 0)
		result *= base;
	return result;
}

static struct stemma_print *
in_window(struct stemma_prints *prints, uint32_t hash)
{
	return &prints->window[hash % STEMMA_PRINT_WINDOW];
}

/* Read one word; true if that makes another hash. */
static bool
read_hash(struct stemma_prints *prints)
{
	struct stemma_token token, *oldest;

	if (!stemma_tokens_next(&prints->tokens, &token)) {
		prints->ended = true;
		return false;
	}
	oldest = &prints->recent[prints->words % STEMMA_PRINT_WORDS];
	prints->rolling = prints->rolling * FACTOR + token.hash;
	if (prints->words >= STEMMA_PRINT_WORDS)
		prints->rolling -=
			oldest->hash * power(FACTOR, STEMMA_PRINT_WORDS);
	*oldest = token;
	if (++prints->words < STEMMA_PRINT_WORDS)
		return false;
	oldest = &prints->recent[prints->words % STEMMA_PRINT_WORDS];
	*in_window(prints, prints->hashes++) = (struct stemma_print){
		mix(prints->rolling), oldest->start, token.end};
	return true;
}

/* The last of the least hashes in the window, after one was added to it. */
static void
choose(struct stemma_prints *prints)
{
	uint32_t newest = prints->hashes - 1, first = 0;

	if (prints->hashes > STEMMA_PRINT_WINDOW)
		first = prints->hashes - STEMMA_PRINT_WINDOW;
	if (prints->least < first) {
		prints->least = first;
		for (uint32_t k = first + 1; k < newest; k++)
			if (in_window(prints, k)->hash <=
				in_window(prints, prints->least)->hash)
				prints->least = k;
	}
	if (in_window(prints, newest)->hash <=
		in_window(prints, prints->least)->hash)
		prints->least = newest;
}

bool
stemma_prints_next(struct stemma_prints *prints, struct stemma_print *print)
{
	bool few;

	while (!prints->ended) {
		if (!read_hash(prints))
			continue;
		choose(prints);
		if (prints->hashes < STEMMA_PRINT_WINDOW ||
			prints->told == prints->least + 1)
			continue;
		prints->told = prints->least + 1;
		*print = *in_window(prints, prints->least);
		return true;
	}
	/* A paragraph of less than a window has one hash all the same. */
	few = prints->hashes && !prints->told &&
	      prints->tokens.code == STEMMA_OK;
	if (few) {
		prints->told = prints->least + 1;
		*print = *in_window(prints, prints->least);
	}
	return few;
}
