/*
 * Most edited paragraphs stand between the same neighbours as before and keep
 * most of their text to the byte. Those are paired here by reading both from
 * each end, at the speed of memory; what is left goes to the search by words.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

#include "align/state.h"

/* Equal bytes in a row that are no chance. */
#define LEAST_RUN 12

/* Words in a row that may differ before a reading is given up. */
#define MOST_MISSES 4

/* The share of the longer text that must be equal, and how much shorter the
   other may be: less could be a piece of a split. In percent. */
#define NEAR_SHARE 60
#define NEAR_SIZE 80

/* Units of the other side that are tried for one. */
#define MOST_TRIES 4

/* Past this many units on a side, a gap is left to the search by words. */
#define LARGEST_GAP 256

/* A reading of two texts in one direction. */
struct reading {
	struct stemma_view texts[2];
	bool backward;
};

static char
byte_at(const struct reading *reading, int side, size_t at)
{
	struct stemma_view text = reading->texts[side];

	return text.bytes[reading->backward ? text.size - 1 - at : at];
}

/* After the next space, or at the end. */
static size_t
skip_word(const struct reading *reading, int side, size_t at)
{
	size_t size = reading->texts[side].size;

	while (at < size && byte_at(reading, side, at) != ' ')
		at++;
	return at < size ? at + 1 : size;
}

/*
 * Read from one end, skipping a word on both sides where they differ. Counts
 * bytes in equal runs; `ends` tells how far the last such run reached.
 */
static size_t
read_equal(const struct reading *reading, size_t ends[2])
{
	size_t at[2] = {0, 0}, total = 0;

	ends[0] = ends[1] = 0;
	for (int misses = 0; misses < MOST_MISSES; misses++) {
		size_t run = 0;

		while (at[0] < reading->texts[0].size &&
			at[1] < reading->texts[1].size &&
			byte_at(reading, 0, at[0]) ==
				byte_at(reading, 1, at[1])) {
			at[0]++;
			at[1]++;
			run++;
		}
		if (run >= LEAST_RUN) {
			total += run;
			ends[0] = at[0];
			ends[1] = at[1];
			misses = -1;
		}
		if (at[0] == reading->texts[0].size ||
			at[1] == reading->texts[1].size)
			break;
		at[0] = skip_word(reading, 0, at[0]);
		at[1] = skip_word(reading, 1, at[1]);
	}
	return total;
}

static bool
is_near(struct stemma_view a, struct stemma_view b)
{
	struct reading reading = {.texts = {a, b}};
	size_t longer = a.size > b.size ? a.size : b.size;
	size_t shorter = a.size > b.size ? b.size : a.size;
	size_t ends[2], equal;

	if (shorter < longer / 100 * NEAR_SIZE)
		return false;
	equal = read_equal(&reading, ends);
	for (int side = 0; side < 2; side++) {
		reading.texts[side].bytes += ends[side];
		reading.texts[side].size -= ends[side];
	}
	reading.backward = true;
	equal += read_equal(&reading, ends);
	return equal >= (size_t)2 * LEAST_RUN &&
	       equal / NEAR_SHARE >= longer / 100;
}

static uint32_t
list_free(const struct stemma_aligner *aligner, const struct stemma_gap *gap,
	int side, uint32_t units[LARGEST_GAP])
{
	uint32_t count = 0;

	for (uint32_t u = gap->from[side]; u < gap->to[side]; u++) {
		if (aligner->link_of[side][u] != STEMMA_UNPAIRED ||
			aligner->weak[side][u])
			continue;
		if (count == LARGEST_GAP)
			return 0;
		units[count++] = u;
	}
	return count;
}

static void
pair_gap(struct stemma_aligner *aligner, const struct stemma_gap *gap)
{
	static const uint32_t one[2] = {1, 1};
	uint32_t units[2][LARGEST_GAP], counts[2], from = 0;

	counts[0] = list_free(aligner, gap, 0, units[0]);
	counts[1] = counts[0] ? list_free(aligner, gap, 1, units[1]) : 0;
	for (uint32_t i = 0; i < counts[0]; i++)
		for (uint32_t j = from; j < counts[1] && j < from + MOST_TRIES;
			j++) {
			uint32_t first[2] = {units[0][i], units[1][j]};

			if (!is_near(
				    stemma_doc_unit(aligner->docs[0], first[0]),
				    stemma_doc_unit(
					    aligner->docs[1], first[1])))
				continue;
			stemma_align_link(aligner, first, one,
				STEMMA_PAIR_SIMILAR, false);
			from = j + 1;
			break;
		}
}

enum stemma_code
stemma_align_near(struct stemma_aligner *aligner)
{
	struct stemma_gap gap = {{0, 0}, {0, 0}};
	uint32_t k = 0;

	while (stemma_align_next_gap(aligner, &k, &gap))
		if (gap.from[0] < gap.to[0] && gap.from[1] < gap.to[1])
			pair_gap(aligner, &gap);
	return stemma_align_order(aligner);
}
