/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "text/run.h"

#include "pairs.h"
#include "screen.h"

/* Bytes that are scanned at once; every second may be a token. */
#define SLICE 16384

/* Bytes of text for each token that room is made for ahead. */
#define BYTES_PER_TOKEN 5

/* One byte in so many beyond ASCII, and a unit is worth reading: the tokens of
   such text are not what its words are. */
#define FOREIGN_SHARE 8

#define HASH_FACTOR 0x9e3779b97f4a7c15u

struct scan {
	struct stemma_corpus corpus;
	size_t capacity; /* of its words */
	uint8_t **worth;
	struct stemma_arena *arena;
};

/*
 * Bytes of the mark beyond ASCII at `s`, of which `left` are there: the spaces,
 * quotation marks and dashes of typography (U+00A0 to U+00BB, U+2000 to
 * U+206F); 0 for anything else.
 */
static inline size_t
mark_size(const unsigned char *s, size_t left)
{
	if (s[0] == 0xc2 && left > 1 && s[1] <= 0xbb)
		return 2;
	return s[0] == 0xe2 && left > 2 &&
			       (s[1] == 0x80 || (s[1] == 0x81 && s[2] < 0xb0))
		       ? 3
		       : 0;
}

static bool
reserve(struct scan *scan, size_t more)
{
	struct stemma_corpus *corpus = &scan->corpus;
	size_t capacity = corpus->word_count + more;
	struct stemma_corpus_word *words;

	if (capacity <= scan->capacity)
		return true;
	capacity *= 2;
	words = stemma_arena_alloc(scan->arena, capacity, sizeof *words);
	if (!words)
		return false;
	if (corpus->word_count)
		memcpy(words, corpus->words,
			corpus->word_count * sizeof *words);
	corpus->words = words;
	scan->capacity = capacity;
	return true;
}

/* A number for the bytes [start, end), whatever the case of ASCII letters. */
static inline uint32_t
token_number(struct stemma_view text, size_t start, size_t end)
{
	uint64_t hash = end - start, bytes;

	for (; start < end; start += 8) {
		size_t size = end - start;

		if (text.size - start >= 8) {
			memcpy(&bytes, text.bytes + start, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
			bytes = __builtin_bswap64(bytes);
#endif
			if (size < 8)
				bytes &= (UINT64_C(1) << size * 8) - 1;
		} else {
			bytes = 0;
			for (size_t k = 0; k < size; k++)
				bytes |= (uint64_t)(unsigned char)
						 text.bytes[start + k]
					 << k * 8;
		}
		hash = (hash ^ (bytes | STEMMA_EACH(0x20u))) * HASH_FACTOR;
		hash ^= hash >> 32;
	}
	return (uint32_t)hash;
}

/* The end of the token at `at`, which is `at` where there is none; adds to
   `*foreign` how many bytes beyond ASCII it has. */
static inline size_t
token_end(struct stemma_view text, size_t at, size_t *foreign)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	bool digit = false;

	while (at < text.size) {
		uint8_t kind = stemma_byte_kinds[s[at]];

		if (kind > STEMMA_BYTE_HIGH) {
			at = stemma_run_plain(text, at, &digit);
		} else if (kind == STEMMA_BYTE_HIGH &&
			   !mark_size(s + at, text.size - at)) {
			at++;
			++*foreign;
		} else {
			break;
		}
	}
	return at;
}

/* Add the tokens of a slice; returns how many bytes beyond ASCII they have. */
static size_t
add_tokens(struct stemma_corpus *corpus, struct stemma_view text)
{
	const unsigned char *s = (const unsigned char *)text.bytes;
	struct stemma_corpus_word *to = &corpus->words[corpus->word_count];
	struct stemma_corpus_word *first = to;
	size_t foreign = 0;

	for (size_t at = 0, end; at < text.size; at = end) {
		if (stemma_byte_kinds[s[at]] == STEMMA_BYTE_SPACE) {
			end = at + 1;
			continue;
		}
		end = token_end(text, at, &foreign);
		if (end > at)
			*to++ = (struct stemma_corpus_word){
				.number = token_number(text, at, end),
				.weight = STEMMA_WEIGHT_WORD};
		else
			end += s[at] < 0x80 ? 1
					    : mark_size(s + at, text.size - at);
	}
	corpus->word_count += (uint32_t)(to - first);
	return foreign;
}

/* Where a slice may end without cutting a token of a reasonable size. */
static size_t
slice_size(struct stemma_view text)
{
	size_t size = text.size > SLICE ? SLICE : text.size, cut = size;

	if (size == text.size)
		return size;
	while (cut > SLICE / 2 && text.bytes[cut - 1] != ' ')
		cut--;
	return cut > SLICE / 2 ? cut : size;
}

/* Scan a unit; if its tokens are of little use it is worth reading. */
static bool
scan_unit(
	struct scan *scan, const struct stemma_doc *doc, uint8_t d, uint32_t u)
{
	struct stemma_corpus *corpus = &scan->corpus;
	struct stemma_view text = stemma_doc_unit(doc, u);
	uint32_t first = corpus->word_count;
	size_t foreign = 0, size = text.size;

	while (text.size) {
		size_t slice = slice_size(text);

		if (slice / 2 + 1 >= UINT32_MAX - corpus->word_count ||
			!reserve(scan, slice / 2 + 1))
			return false;
		foreign += add_tokens(
			corpus, (struct stemma_view){text.bytes, slice});
		text.bytes += slice;
		text.size -= slice;
	}
	if (foreign > size / FOREIGN_SHARE)
		scan->worth[d][u] = 1;
	if (corpus->word_count > first)
		corpus->units[corpus->unit_count++] =
			(struct stemma_corpus_unit){.doc = d,
				.unit = u,
				.first = first,
				.end = corpus->word_count};
	return true;
}

/* Mark the units that chains of tokens lead to; all, if not all were looked
   at. */
static bool
mark_units(struct scan *scan, const struct stemma_doc *const docs[])
{
	const struct stemma_corpus *corpus = &scan->corpus;
	uint8_t *found =
		stemma_arena_zalloc(scan->arena, corpus->unit_count, 1);
	struct stemma_matches matches;

	if (!found || !stemma_pairs_match(&matches, corpus, found, scan->arena))
		return false;
	for (uint32_t u = 0; u < corpus->unit_count; u++)
		if (found[u])
			scan->worth[corpus->units[u].doc]
				   [corpus->units[u].unit] = 1;
	for (size_t d = 0; matches.approximate && d < corpus->docs; d++)
		if (docs[d]->unit_count)
			memset(scan->worth[d], 1, docs[d]->unit_count);
	return true;
}

bool
stemma_screen(uint8_t *worth[2], const struct stemma_doc *const docs[],
	size_t count, struct stemma_arena *arena, struct stemma_arena *spare)
{
	struct scan scan = {
		.corpus.docs = count, .worth = worth, .arena = spare};
	struct stemma_mark mark = stemma_arena_mark(spare);
	size_t units = 0, bytes = 0;
	bool done = true;

	for (size_t d = 0; d < count; d++) {
		worth[d] = stemma_arena_zalloc(arena, docs[d]->unit_count, 1);
		done = done && worth[d];
		units += docs[d]->unit_count;
		bytes += docs[d]->text.size;
	}
	scan.corpus.units =
		stemma_arena_alloc(spare, units, sizeof *scan.corpus.units);
	done = done && scan.corpus.units &&
	       reserve(&scan, bytes / BYTES_PER_TOKEN / 2);
	for (size_t d = 0; d < count && done; d++)
		for (uint32_t u = 0; u < docs[d]->unit_count && done; u++)
			done = scan_unit(&scan, docs[d], (uint8_t)d, u);
	done = done && mark_units(&scan, docs);
	stemma_arena_rewind(spare, mark);
	return done;
}
