/*
 * run.h - words of letters and digits, in all scripts that put spaces between
 * words, without asking every rule at every code point.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TEXT_RUN_H
#define TEXT_RUN_H

#include <stemma/base.h>

#include "base/eight.h"

/* What a byte is to a word that it starts, goes on with or ends. */
enum {
	STEMMA_BYTE_MARK,   /* stands alone */
	STEMMA_BYTE_MIDDLE, /* may stand between letters or digits */
	STEMMA_BYTE_SPACE,
	STEMMA_BYTE_HIGH,   /* beyond ASCII */
	STEMMA_BYTE_LETTER, /* from here on, part of a word in any case */
	STEMMA_BYTE_DIGIT,
	STEMMA_BYTE_UNDERSCORE
};

extern const uint8_t stemma_byte_kinds[256];

/*
 * The end of the ASCII letters, digits and underscores from `at` on; `*digit`
 * is set if one of them is a digit. Eight at a time, as a loop over bytes is
 * mispredicted at the end of every word.
 */
static inline size_t
stemma_run_plain(struct stemma_view text, size_t at, bool *digit)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	const uint64_t high = STEMMA_EACH(0x80u);

	while (text.size - at >= 8) {
		uint64_t bytes = stemma_eight(s + at), low = bytes & ~high;
		uint64_t digits, all;

		digits = stemma_in_range(low, '0', '9' + 1) & ~bytes & high;
		all = stemma_in_range(low | STEMMA_EACH(0x20u), 'a', 'z' + 1) |
		      stemma_in_range(low, '_', '_' + 1);
		all = (all & ~bytes & high) | digits;
		all ^= high; /* now the first that does not belong is lowest */
		*digit |= (digits & (all - 1) & ~all) != 0;
		if (all)
			return at + (size_t)__builtin_ctzll(all) / 8;
		at += 8;
	}
	for (; at < text.size && stemma_byte_kinds[s[at]] > STEMMA_BYTE_HIGH;
		at++)
		*digit |= stemma_byte_kinds[s[at]] == STEMMA_BYTE_DIGIT;
	return at;
}

/* Whether it is plain that a word of ASCII ends at `at`. */
static inline bool
stemma_run_ends(struct stemma_view text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.bytes + at;

	if (at == text.size)
		return true;
	switch (stemma_byte_kinds[s[0]]) {
	case STEMMA_BYTE_SPACE:
	case STEMMA_BYTE_MARK:
		return true;
	case STEMMA_BYTE_MIDDLE:
		return at + 1 == text.size ||
		       stemma_byte_kinds[s[1]] <= STEMMA_BYTE_SPACE;
	default:
		return false;
	}
}

/* A word of letters and digits. */
struct stemma_run {
	size_t end;
	bool number; /* has a digit or another number */
	bool fold;   /* folding may change it */
};

/*
 * Take the word that starts at `at` with a letter or digit. False where only
 * the full rules can tell where it ends.
 */
bool
stemma_run_take(struct stemma_run *run, struct stemma_view text, size_t at);

#endif
