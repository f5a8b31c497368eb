/*
 * print.h - the words of a text, for looking them up, and the hashes that are
 * chosen from them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INDEX_PRINT_H
#define INDEX_PRINT_H

#include <stemma/base.h>

enum {
	STEMMA_PRINT_WORDS = 6,  /* in a hash */
	STEMMA_PRINT_WINDOW = 8, /* hashes of which one is chosen for sure */
	STEMMA_PRINT_BITS = 40   /* of a hash */
};

/* A word, without case and typography. */
struct stemma_token {
	uint64_t hash;
	size_t start, end; /* in bytes of the text */
};

struct stemma_tokens {
	struct stemma_view text; /* valid UTF-8 */
	size_t at;
	struct stemma_arena *scratch;
	enum stemma_code code; /* STEMMA_NOMEM: it ended too early */
};

/* The next word, or false at the end. */
bool
stemma_tokens_next(struct stemma_tokens *tokens, struct stemma_token *token);

/* A chosen hash, and the words it stands for. */
struct stemma_print {
	uint64_t hash;
	size_t start, end; /* in bytes of the text */
};

/* Start as zeros, but for `tokens`. */
struct stemma_prints {
	struct stemma_tokens tokens;
	struct stemma_token recent[STEMMA_PRINT_WORDS];
	struct stemma_print window[STEMMA_PRINT_WINDOW];
	uint64_t rolling;
	uint32_t words;  /* read so far */
	uint32_t hashes; /* of them */
	uint32_t least;  /* which of the hashes is the window's */
	uint32_t told;   /* the last one given, plus one */
	bool ended;
};

/* The next chosen hash, or false at the end. */
bool
stemma_prints_next(struct stemma_prints *prints, struct stemma_print *print);

#endif
