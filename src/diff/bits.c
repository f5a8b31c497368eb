/*
 * The length of a longest common subsequence row by row, 64 columns at a time.
 * Bit i of row j is 0 where the length grows between columns i and i + 1; all
 * rows are kept, and walking back over them gives the pairs.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "diff/search.h"

/* Row words of the whole table: 16 MiB of memory, a few milliseconds. */
#define MOST_WORDS ((size_t)1 << 21)

bool
stemma_diff_bits_fit(size_t n, size_t m)
{
	return m <= MOST_WORDS / ((n + 63) / 64 + 1);
}

/* Symbols of b, numbered by an open-addressing table: what stands in a alone
   pairs with nothing, and a may be long where b is short. */
struct symbols {
	uint32_t *keys;    /* id + 1, 0 when empty */
	uint32_t *numbers; /* beside it */
	uint32_t mask;
	uint32_t count;
};

static uint32_t
probe(const struct symbols *symbols, uint32_t id)
{
	uint32_t at = id * 2654435769u;

	for (at ^= at >> 15;; at++) {
		at &= symbols->mask;
		if (symbols->keys[at] == 0 || symbols->keys[at] == id + 1)
			return at;
	}
}

static bool
symbols_make(struct symbols *symbols, const uint32_t *b, size_t m,
	struct stemma_arena *scratch)
{
	size_t size = 16;

	while (size < 2 * m)
		size *= 2;
	symbols->keys = stemma_arena_zalloc(scratch, size, sizeof(uint32_t));
	symbols->numbers = stemma_arena_alloc(scratch, size, sizeof(uint32_t));
	if (!symbols->keys || !symbols->numbers)
		return false;
	symbols->mask = (uint32_t)size - 1;
	symbols->count = 0;
	for (size_t j = 0; j < m; j++) {
		uint32_t at = probe(symbols, b[j]);

		if (symbols->keys[at] == 0) {
			symbols->keys[at] = b[j] + 1;
			symbols->numbers[at] = symbols->count++;
		}
	}
	return true;
}

static uint64_t *
masks_make(const struct symbols *symbols, const uint32_t *a, size_t n,
	size_t width, struct stemma_arena *scratch)
{
	uint64_t *masks = stemma_arena_zalloc(
		scratch, symbols->count * width, sizeof *masks);

	for (size_t i = 0; masks && i < n; i++) {
		uint32_t at = probe(symbols, a[i]);

		if (symbols->keys[at])
			masks[symbols->numbers[at] * width + i / 64] |=
				(uint64_t)1 << i % 64;
	}
	return masks;
}

static void
next_row(uint64_t *row, const uint64_t *above, const uint64_t *mask,
	size_t width)
{
	uint64_t carry = 0;

	for (size_t w = 0; w < width; w++) {
		uint64_t v = above[w], u = v & mask[w], sum = v + u;
		uint64_t over = sum < v;

		sum += carry;
		over |= sum < carry;
		row[w] = sum | (v - u);
		carry = over;
	}
}

static void
walk_back(const struct stemma_piece *piece, const uint64_t *rows, size_t width,
	uint32_t *partners)
{
	size_t i = piece->counts[0], j = piece->counts[1];

	while (i && j) {
		size_t word = (i - 1) / 64;
		uint64_t bit = (uint64_t)1 << (i - 1) % 64;

		if (rows[j * width + word] & bit) {
			i--;
		} else if (j > 1 && !(rows[(j - 1) * width + word] & bit)) {
			j--;
		} else {
			i--;
			j--;
			partners[piece->places[0][i]] = piece->places[1][j];
		}
	}
}

enum stemma_code
stemma_diff_bits(const struct stemma_piece *piece, uint32_t *partners,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	size_t n = piece->counts[0], m = piece->counts[1];
	size_t width = (n + 63) / 64;
	enum stemma_code code = STEMMA_NOMEM;
	struct symbols symbols;
	uint64_t *masks, *rows;

	if (!symbols_make(&symbols, piece->ids[1], m, scratch))
		goto out;
	masks = masks_make(&symbols, piece->ids[0], n, width, scratch);
	rows = stemma_arena_alloc(scratch, (m + 1) * width, sizeof *rows);
	if (!masks || !rows)
		goto out;
	for (size_t w = 0; w < width; w++)
		rows[w] = UINT64_MAX;
	for (size_t j = 0; j < m; j++) {
		uint32_t at = probe(&symbols, piece->ids[1][j]);
		const uint64_t *above = rows + j * width;
		uint64_t *row = rows + (j + 1) * width;

		if (symbols.keys[at])
			next_row(row, above,
				masks + symbols.numbers[at] * width, width);
		else
			memcpy(row, above, width * sizeof *row);
	}
	walk_back(piece, rows, width, partners);
	code = STEMMA_OK;
out:
	stemma_arena_rewind(scratch, mark);
	return code;
}
