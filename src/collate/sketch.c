/*
 * Bottom-k sketches (Broder 1997): of all hashes of two words in a row a
 * version keeps the least, and the share that two sketches have in common is
 * about the share that the versions have.
 *
 * SPDX-License-Identifier: MIT
 */
#include <stdlib.h>
#include <string.h>

#include "state.h"

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The hash of a word as it is spelled, which does not depend on the others. */
static uint32_t
hash_of(const struct stemma_doc *doc, const struct stemma_words *words,
	size_t at)
{
	size_t start = words->base + words->words[at].start;
	size_t end = words->base + words->words[at].end;

	return (uint32_t)stemma_hash(
		stemma_view_cut(doc->text, (struct stemma_span){start, end}));
}

/* The least distinct hashes of `count`, in order; the rest of the sketch is
   filled with the largest number. */
static void
keep_least(uint32_t sketch[STEMMA_SKETCH], uint32_t *hashes, size_t count)
{
	size_t kept = 0;

	qsort(hashes, count, sizeof *hashes, by_number);
	for (size_t i = 0; i < count && kept < STEMMA_SKETCH; i++)
		if (kept == 0 || hashes[i] != sketch[kept - 1])
			sketch[kept++] = hashes[i];
	while (kept < STEMMA_SKETCH)
		sketch[kept++] = UINT32_MAX;
}

static enum stemma_code
make(uint32_t sketch[STEMMA_SKETCH], const struct stemma_doc *doc,
	struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	struct stemma_intern *intern = stemma_intern_new(scratch);
	enum stemma_code code = STEMMA_NOMEM;
	struct stemma_words words;
	size_t count = 0, room = 1024;
	uint32_t *hashes = stemma_arena_alloc(scratch, room, sizeof *hashes);

	if (!intern || !hashes)
		goto done;
	for (size_t u = 0; u < doc->unit_count; u++) {
		struct stemma_span span = {
			doc->units[u].start, doc->units[u].end};
		uint32_t before = 0;

		code = stemma_words_split(&words, doc, span, intern, scratch);
		if (code != STEMMA_OK)
			goto done;
		if (room - count < words.count) {
			uint32_t *grown;

			room = 2 * (count + words.count);
			grown = stemma_arena_alloc(
				scratch, room, sizeof *grown);
			code = STEMMA_NOMEM;
			if (!grown)
				goto done;
			memcpy(grown, hashes, count * sizeof *grown);
			hashes = grown;
		}
		for (size_t k = 0; k < words.count; k++) {
			uint32_t hash = hash_of(doc, &words, k);

			hashes[count++] =
				(before * 0x9e3779b1u ^ hash) * 0x85ebca6bu;
			before = hash;
		}
	}
	keep_least(sketch, hashes, count);
	code = STEMMA_OK;
done:
	stemma_arena_rewind(scratch, mark);
	return code;
}

enum stemma_code
stemma_sketches_make(struct stemma_collating *collating)
{
	enum stemma_code code = STEMMA_OK;

	collating->sketches = stemma_arena_alloc(collating->scratch,
		(size_t)collating->count * STEMMA_SKETCH,
		sizeof *collating->sketches);
	if (!collating->sketches)
		return STEMMA_NOMEM;
	for (uint32_t n = 0; n < collating->count && code == STEMMA_OK; n++)
		code = make(collating->sketches + (size_t)n * STEMMA_SKETCH,
			collating->nodes[n], collating->scratch);
	return code;
}

uint32_t
stemma_sketches_likeness(
	const struct stemma_collating *collating, uint32_t a, uint32_t b)
{
	const uint32_t *x = collating->sketches + (size_t)a * STEMMA_SKETCH;
	const uint32_t *y = collating->sketches + (size_t)b * STEMMA_SKETCH;
	uint32_t both = 0, all = 0;

	/* The least of the two together, and how many of them are in both. */
	for (size_t i = 0, j = 0; all < STEMMA_SKETCH; all++) {
		uint32_t least;

		if (i == STEMMA_SKETCH || j == STEMMA_SKETCH)
			break;
		least = x[i] < y[j] ? x[i] : y[j];
		if (least == UINT32_MAX)
			break;
		both += x[i] == y[j];
		i += x[i] == least;
		j += y[j] == least;
	}
	return all ? (uint32_t)((uint64_t)both * 65536 / all) : 0;
}
