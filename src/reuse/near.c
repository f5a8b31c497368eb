/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "near.h"

/*
 * Bytes of a gram, and how far the places are apart at which others than the
 * wanted units are looked at: a common run of GRAM + STEP - 1 bytes, about four
 * words, is always seen.
 */
#define GRAM 16
#define STEP 8

/* Slots of the table for each gram, and their least number as a power of two. */
#define SPARE_SLOTS 4
#define LEAST_POWER 10

#define FACTOR_A 0x9e3779b97f4a7c15u
#define FACTOR_B 0xd1342543de82ef95u

/* A table of grams: by the upper bits of their numbers the lower ones, or 0. */
struct grams {
	uint32_t *slots;
	size_t last; /* slot */
	unsigned shift;
};

/* A number for the gram at `at`, whatever the case of ASCII letters. */
static inline uint64_t
gram_number(const char *at)
{
	const uint64_t lower = 0x2020202020202020u;
	uint64_t a, b;

	memcpy(&a, at, 8);
	memcpy(&b, at + 8, 8);
	a = ((a | lower) ^ (b | lower) * FACTOR_B) * FACTOR_A;
	return (a ^ a >> 29) * FACTOR_B;
}

/* The slot of a gram, or the empty one where it would be. */
static inline uint32_t *
slot_of(const struct grams *grams, uint64_t number)
{
	size_t at = number >> grams->shift;

	while (grams->slots[at] && grams->slots[at] != ((uint32_t)number | 1))
		at = (at + 1) & grams->last;
	return &grams->slots[at];
}

static void
add(struct grams *grams, struct stemma_view text)
{
	for (size_t at = 0; at + GRAM <= text.size; at++) {
		uint64_t number = gram_number(text.bytes + at);

		*slot_of(grams, number) = (uint32_t)number | 1;
	}
}

static bool
has_any(const struct grams *grams, struct stemma_view text)
{
	for (size_t at = 0; at + GRAM <= text.size; at += STEP)
		if (*slot_of(grams, gram_number(text.bytes + at)))
			return true;
	return false;
}

bool
stemma_near_find(uint8_t *worth, const struct stemma_doc *doc,
	const uint8_t *wanted, struct stemma_arena *scratch)
{
	struct stemma_mark mark = stemma_arena_mark(scratch);
	unsigned power = LEAST_POWER;
	struct grams grams;
	size_t bytes = 0;

	for (size_t u = 0; u < doc->unit_count; u++)
		bytes += wanted[u] ? stemma_doc_unit(doc, u).size : 0;
	while (power < 40 && (size_t)1 << power < bytes * SPARE_SLOTS)
		power++;
	grams.shift = 64 - power;
	grams.last = ((size_t)1 << power) - 1;
	grams.slots = stemma_arena_zalloc(
		scratch, grams.last + 1, sizeof *grams.slots);
	if (!grams.slots)
		return false;
	for (size_t u = 0; u < doc->unit_count; u++)
		if (wanted[u])
			add(&grams, stemma_doc_unit(doc, u));
	for (size_t u = 0; u < doc->unit_count; u++)
		worth[u] =
			wanted[u] || has_any(&grams, stemma_doc_unit(doc, u));
	stemma_arena_rewind(scratch, mark);
	return true;
}
